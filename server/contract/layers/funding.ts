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
    giver: {
      type: 'string',
      label: { de: 'Geber', en: 'Giver' },
      description: { de: 'Wer das Geld gibt', en: 'Who gives the money' },
    },
    role: {
      type: 'string',
      label: { de: 'Art', en: 'Kind' },
      description: { de: 'Zuwendung eines anderen oder eigener Anteil', en: 'Grant of others or own share' },
      codes: fundingRoles.labels,
    },
    amountEur: {
      type: 'number',
      label: { de: 'Betrag', en: 'Amount' },
      description: { de: 'Betrag in Euro', en: 'Amount in euro' },
      unit: 'EUR',
    },
    approximate,
    partOf: {
      type: 'string',
      label: { de: 'Teil von', en: 'Part of' },
      description: {
        de: 'Kennung der Mittel, von denen dies ein Teilbetrag ist; nie zu ihnen addieren',
        en: 'Id of the funding this is a share of; never added to it',
      },
    },
    note,
    ...provenance,
  },
})
