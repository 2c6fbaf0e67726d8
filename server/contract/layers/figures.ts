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
      description: { de: 'Was gezählt oder gemessen wurde', en: 'What was counted or measured' },
      codes: quantities.labels,
    },
    state: {
      type: 'string',
      label: { de: 'Zustand', en: 'State' },
      description: {
        de: 'Zustand der gezählten Anschlüsse oder Strecken; leer: trifft nicht zu',
        en: 'State of the connections or lengths counted; empty: does not apply',
      },
      codes: figureStates.labels,
    },
    fundingClass: {
      type: 'string',
      label: { de: 'Förderklasse', en: 'Funding class' },
      description: {
        de: 'Wie die gezählten Anschlüsse finanziert sind; leer: nicht unterschieden',
        en: 'How the connections counted are paid for; empty: not told apart',
      },
      codes: fundingClasses.labels,
    },
    value: {
      type: 'number',
      label: { de: 'Wert', en: 'Value' },
      description: { de: 'Gemeldeter Wert in der Einheit daneben', en: 'Reported value in the unit given' },
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
    note,
    ...provenance,
  },
})
