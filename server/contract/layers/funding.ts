import { fundingRoles } from '../codes.ts'
import { approximate, note, programmeReference, provenance } from './common.ts'
import { layer } from './layer.ts'

export const fundingLayer = layer({
  id: 'funding',
  title: { de: 'Mittel', en: 'Funding' },
  description: {
    de: 'Zuwendungen und Eigenanteile der Programme. Ein Teilbetrag wird nie zu seinem Ganzen addiert.',
    en: 'Grants and own contributions. A share is never added to its whole.',
  },
  access: 'public',
  source: 'layer_funding',
  geometry: null,
  properties: {
    ...programmeReference,
    giver: { type: 'string', label: { de: 'Geber', en: 'Giver' } },
    role: {
      type: 'string',
      label: { de: 'Art', en: 'Kind' },
      codes: fundingRoles.labels,
    },
    amountEur: {
      type: 'number',
      label: { de: 'Betrag', en: 'Amount' },
      unit: 'EUR',
    },
    approximate,
    partOf: { type: 'string', label: { de: 'Teil von', en: 'Part of' } },
    note,
    ...provenance,
  },
})
