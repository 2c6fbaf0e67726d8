import { quantities, units } from '../codes.ts'
import { approximate, note, programmeReference, provenance } from './common.ts'
import { layer } from './layer.ts'

export const targetsLayer = layer({
  id: 'targets',
  title: { de: 'Ziele', en: 'Targets' },
  description: {
    de: 'Ziele der Programme je Größe. Kabel, neues Leerrohr, mitgenutzte Infrastruktur und Trasse sind vier verschiedene Größen und werden nie addiert.',
    en: 'Targets of the programmes per quantity. Cable, new duct, reused infrastructure and trench are four quantities, never added.',
  },
  access: 'public',
  source: 'layer_targets',
  geometry: null,
  properties: {
    ...programmeReference,
    quantity: {
      type: 'string',
      label: { de: 'Größe', en: 'Quantity' },
      description: { de: 'Was erreicht werden soll', en: 'What is to be reached' },
      codes: quantities.labels,
    },
    value: {
      type: 'number',
      label: { de: 'Wert', en: 'Value' },
      description: { de: 'Zielwert in der Einheit daneben', en: 'Target value in the unit given' },
    },
    unit: {
      type: 'string',
      label: { de: 'Einheit', en: 'Unit' },
      description: {
        de: 'Einheit des Werts; jede Größe hat genau eine',
        en: 'Unit of the value; every quantity has exactly one',
      },
      codes: units.labels,
    },
    approximate,
    districtIds: {
      type: 'strings',
      label: { de: 'gilt für Stadtteile', en: 'holds for districts' },
      description: {
        de: 'leer: das ganze Programm',
        en: 'empty: the whole programme',
      },
    },
    note,
    ...provenance,
  },
})
