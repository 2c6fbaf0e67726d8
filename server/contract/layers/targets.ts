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
      codes: quantities.labels,
    },
    value: { type: 'number', label: { de: 'Wert', en: 'Value' } },
    unit: {
      type: 'string',
      label: { de: 'Einheit', en: 'Unit' },
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
