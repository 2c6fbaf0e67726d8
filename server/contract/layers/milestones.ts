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
    title: { type: 'string', label: { de: 'Meilenstein', en: 'Milestone' } },
    titleEn: {
      type: 'string',
      label: { de: 'Meilenstein (englisch)', en: 'Milestone (English)' },
    },
    planned: { type: 'impreciseDate', label: { de: 'geplant', en: 'planned' } },
    actual: {
      type: 'impreciseDate',
      label: { de: 'tatsächlich', en: 'actual' },
    },
    note,
    ...provenance,
  },
})
