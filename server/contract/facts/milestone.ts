import * as z from 'zod/mini'
import { ImpreciseDate } from '../dates.ts'
import { FactId, factKind, Line, Paragraph, Slug } from './fact.ts'

/** A milestone of a programme, planned against actual. */
export const milestone = factKind({
  kind: 'milestone',
  table: 'milestones',
  label: { de: 'Meilenstein', en: 'Milestone' },
  roles: ['gigabitCoordinator', 'mobileCoordinator'],
  identity: z.object({ programmeId: FactId, slug: Slug }),
  values: z.object({
    title: Line,
    titleEn: z.nullable(Line),
    planned: z.nullable(ImpreciseDate),
    actual: z.nullable(ImpreciseDate),
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
    title: { label: { de: 'Meilenstein', en: 'Milestone' }, input: 'text' },
    titleEn: {
      label: { de: 'Meilenstein (englisch)', en: 'Milestone (English)' },
      input: 'text',
    },
    planned: {
      label: { de: 'geplant', en: 'planned' },
      input: 'impreciseDate',
    },
    actual: {
      label: { de: 'tatsächlich', en: 'actual' },
      input: 'impreciseDate',
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
