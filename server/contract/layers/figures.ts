import { figureStates, fundingClasses, quantities, units } from '../codes.ts'
import { approximate, districtReference, note, programmeReference, provenance } from './common.ts'
import { layer } from './layer.ts'

export const figuresLayer = layer({
  id: 'figures',
  title: { de: 'Kennzahlen', en: 'Figures' },
  description: {
    de: 'Gemeldete Zahlen je Stadtteil, Programm, Größe und Zustand.',
    en: 'Reported figures per district, programme, quantity and state.',
  },
  access: 'public',
  source: 'layer_figures',
  geometry: null,
  properties: {
    ...programmeReference,
    ...districtReference,
    quantity: {
      type: 'string',
      label: { de: 'Größe', en: 'Quantity' },
      codes: quantities.labels,
    },
    state: {
      type: 'string',
      label: { de: 'Zustand', en: 'State' },
      codes: figureStates.labels,
    },
    fundingClass: {
      type: 'string',
      label: { de: 'Förderklasse', en: 'Funding class' },
      codes: fundingClasses.labels,
    },
    value: { type: 'number', label: { de: 'Wert', en: 'Value' } },
    unit: {
      type: 'string',
      label: { de: 'Einheit', en: 'Unit' },
      codes: units.labels,
    },
    approximate,
    note,
    ...provenance,
  },
})
