import * as z from 'zod/mini'
import { fundingRoles } from '../codes.ts'
import { FactId, factKind, Line, Paragraph, Slug } from './fact.ts'

/** Money of a programme in euro: grants and own contributions; a share (`partOf`) is never added to its whole. */
export const funding = factKind({
  kind: 'funding',
  table: 'funding',
  label: { de: 'Mittel', en: 'Funding' },
  roles: ['gigabitCoordinator', 'mobileCoordinator'],
  identity: z.object({ programmeId: FactId, slug: Slug }),
  values: z.object({
    giver: Line,
    role: fundingRoles.schema,
    amountEur: z.number().check(z.minimum(0), z.maximum(1e11)),
    approximate: z.boolean(),
    partOf: z.nullable(FactId),
    note: z.nullable(Paragraph),
    noteEn: z.nullable(Paragraph),
    position: z.int().check(z.minimum(0), z.maximum(1000)),
  }),
  fields: {
    programmeId: {
      label: { de: 'Programm', en: 'Programme' },
      input: 'reference',
      refersTo: 'programme',
    },
    slug: { label: { de: 'Kennung', en: 'Identifier' }, input: 'text' },
    giver: { label: { de: 'Geber', en: 'Giver' }, input: 'text' },
    role: {
      label: { de: 'Art', en: 'Kind' },
      input: 'code',
      codes: fundingRoles.labels,
    },
    amountEur: {
      label: { de: 'Betrag', en: 'Amount' },
      input: 'number',
      unit: 'EUR',
    },
    approximate: {
      label: { de: 'ungefähr („rund“)', en: 'approximate' },
      input: 'boolean',
    },
    partOf: {
      label: { de: 'Teil von', en: 'Part of' },
      input: 'reference',
      refersTo: 'funding',
    },
    note: {
      label: { de: 'Hinweis (öffentlich)', en: 'Note (public)' },
      input: 'longText',
    },
    noteEn: {
      label: { de: 'Hinweis (englisch)', en: 'Note (English)' },
      input: 'longText',
    },
    position: { label: { de: 'Reihenfolge', en: 'Order' }, input: 'number' },
  },
  idOf: ({ programmeId, slug }) => `${programmeId}:${slug}`,
})
