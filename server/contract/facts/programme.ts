import * as z from 'zod/mini'
import { programmeKinds } from '../codes.ts'
import { factKind, Line, Paragraph, Slug } from './fact.ts'

/** A rollout programme: funded, special call, market-driven, or the mobile coordination. */
export const programme = factKind({
  kind: 'programme',
  table: 'programmes',
  label: { de: 'Programm', en: 'Programme' },
  roles: ['admin', 'gigabitCoordinator'],
  identity: z.object({ slug: Slug }),
  values: z.object({
    name: Line,
    nameEn: z.nullable(Line),
    kind: programmeKinds.schema,
    summary: z.nullable(Paragraph),
    summaryEn: z.nullable(Paragraph),
    passiveOperator: z.nullable(Line),
    activeOperator: z.nullable(Line),
    position: z.int().check(z.minimum(0), z.maximum(1000)),
  }),
  fields: {
    slug: {
      label: { de: 'Kennung', en: 'Identifier' },
      input: 'text',
      hint: {
        de: 'Kleinbuchstaben und Bindestriche; Teil der Adresse der Seite',
        en: 'Lower-case letters and hyphens; part of the page address',
      },
    },
    name: { label: { de: 'Name', en: 'Name' }, input: 'text' },
    nameEn: {
      label: { de: 'Name (englisch)', en: 'Name (English)' },
      input: 'text',
    },
    kind: {
      label: { de: 'Art', en: 'Kind' },
      input: 'code',
      codes: programmeKinds.labels,
    },
    summary: {
      label: { de: 'Kurzbeschreibung', en: 'Summary' },
      input: 'longText',
    },
    summaryEn: {
      label: { de: 'Kurzbeschreibung (englisch)', en: 'Summary (English)' },
      input: 'longText',
    },
    passiveOperator: {
      label: {
        de: 'Betreiber des passiven Netzes',
        en: 'Operator of the passive network',
      },
      input: 'text',
    },
    activeOperator: {
      label: {
        de: 'Betreiber des aktiven Netzes',
        en: 'Operator of the active network',
      },
      input: 'text',
    },
    position: { label: { de: 'Reihenfolge', en: 'Order' }, input: 'number' },
  },
  idOf: ({ slug }) => slug,
})
