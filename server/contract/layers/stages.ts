import { trades } from '../codes.ts'
import { districtReference, note, programmeReference, provenance } from './common.ts'
import { layer } from './layer.ts'

export const stagesLayer = layer({
  id: 'stages',
  title: { de: 'Bauphasen je Gewerk', en: 'Stages by trade' },
  description: {
    de: 'Geplante und tatsächliche Termine der Gewerke je Bauabschnitt. Termine haben die Genauigkeit, in der sie veröffentlicht wurden.',
    en: 'Planned and actual dates of the trades per build section, in the precision they were published in.',
  },
  access: 'public',
  source: 'layer_stages',
  geometry: null,
  properties: {
    ...districtReference,
    sectionId: {
      type: 'string',
      label: { de: 'Bauabschnitt (Kennung)', en: 'Build section (id)' },
    },
    section: {
      type: 'string',
      label: { de: 'Bauabschnitt', en: 'Build section' },
    },
    ...programmeReference,
    trade: {
      type: 'string',
      label: { de: 'Gewerk', en: 'Trade' },
      codes: trades.labels,
    },
    plannedStart: {
      type: 'impreciseDate',
      label: { de: 'Beginn geplant', en: 'Planned start' },
    },
    plannedEnd: {
      type: 'impreciseDate',
      label: { de: 'Ende geplant', en: 'Planned end' },
    },
    actualStart: {
      type: 'impreciseDate',
      label: { de: 'Beginn', en: 'Start' },
    },
    actualEnd: { type: 'impreciseDate', label: { de: 'Ende', en: 'End' } },
    percent: {
      type: 'number',
      label: { de: 'Fortschritt', en: 'Progress' },
      unit: '%',
    },
    onHold: { type: 'boolean', label: { de: 'Unterbrochen', en: 'On hold' } },
    cancelled: {
      type: 'boolean',
      label: { de: 'Eingestellt', en: 'Cancelled' },
    },
    surfaceRestored: {
      type: 'boolean',
      label: { de: 'Oberfläche wiederhergestellt', en: 'Surface restored' },
    },
    note,
    ...provenance,
  },
})
