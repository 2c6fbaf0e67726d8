import { note, programmeReference, provenance } from './common.ts'
import { layer } from './layer.ts'

export const milestonesLayer = layer({
  id: 'milestones',
  title: { de: 'Meilensteine', en: 'Milestones' },
  description: {
    de: 'Meilensteine der Programme, geplant und tatsächlich.',
    en: 'Milestones of the programmes, planned and actual.',
  },
  access: 'public',
  source: 'layer_milestones',
  geometry: null,
  properties: {
    ...programmeReference,
    title: {
      type: 'string',
      label: { de: 'Meilenstein', en: 'Milestone' },
      description: { de: 'Was erreicht werden soll oder wurde', en: 'What is to be or was reached' },
    },
    titleEn: {
      type: 'string',
      label: { de: 'Meilenstein (englisch)', en: 'Milestone (English)' },
      description: { de: 'Englische Fassung, wenn es eine gibt', en: 'English version, where there is one' },
    },
    planned: {
      type: 'impreciseDate',
      label: { de: 'geplant', en: 'planned' },
      description: { de: 'Angekündigter Termin', en: 'Announced date' },
    },
    actual: {
      type: 'impreciseDate',
      label: { de: 'tatsächlich', en: 'actual' },
      description: {
        de: 'Tatsächlicher Termin; leer: bis zum Datum der Antwort nicht erreicht',
        en: 'Actual date; empty: not reached by the day of the answer',
      },
    },
    note,
    ...provenance,
  },
})
