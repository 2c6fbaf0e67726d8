import { quantities, units } from '../codes.ts'
import { measures } from '../metrics.ts'
import { districtReference, programmeReference, provenance } from './common.ts'
import { layer } from './layer.ts'

/** Released counts: what may be public of premises, small numbers withheld (ADR 0012). */
export const countedFiguresLayer = layer({
  id: 'counted_figures',
  title: { de: 'Gezählte Anschlüsse', en: 'Counted connections' },
  description: {
    de: 'Aus den Anschlussobjekten gezählt, je Programm, Stadtteil, Art und Stufe. Zahlen unter vier und solche, aus denen sie sich errechnen ließen, sind nicht genannt.',
    en: 'Counted from premises, per programme, district, kind and level. Numbers below four, and those that would give them away, are withheld.',
  },
  access: 'public',
  source: 'layer_counted_figures',
  geometry: null,
  properties: {
    ...programmeReference,
    ...districtReference,
    quantity: {
      type: 'string',
      label: { de: 'Größe', en: 'Quantity' },
      description: { de: 'Was gezählt wurde', en: 'What was counted' },
      codes: quantities.labels,
    },
    measure: {
      type: 'string',
      label: { de: 'Stufe', en: 'Level' },
      description: {
        de: 'Ineinander liegende Mengen nach der Definition der Bundesnetzagentur',
        en: 'Nested sets by the definition of the Federal Network Agency',
      },
      codes: measures.labels,
    },
    value: {
      type: 'integer',
      label: { de: 'Wert', en: 'Value' },
      description: { de: 'Gezählte Anschlüsse; leer: nicht genannt', en: 'Connections counted; empty: withheld' },
    },
    suppressed: {
      type: 'boolean',
      label: { de: 'nicht genannt', en: 'withheld' },
      description: {
        de: 'Weniger als vier, oder aus dieser Zahl ließe sich eine solche errechnen (Datenschutz)',
        en: 'Below four, or such a number could be computed from it (data protection)',
      },
    },
    unit: {
      type: 'string',
      label: { de: 'Einheit', en: 'Unit' },
      description: { de: 'Einheit des Werts', en: 'Unit of the value' },
      codes: units.labels,
    },
    ...provenance,
  },
})
