import * as z from 'zod/mini'
import { opinions } from '../mobile/codes.ts'
import { factKind, Line, Paragraph, Slug } from './fact.ts'

/** A sentence offered to whoever writes a statement, for one opinion or department or for all. */
export const textModule = factKind({
  kind: 'text_module',
  table: 'text_modules',
  label: { de: 'Textbaustein', en: 'Text module' },
  roles: ['mobileCoordinator', 'admin'],
  isInternal: true,
  identity: z.object({ slug: Slug }),
  values: z.object({
    title: Line,
    text: Paragraph,
    opinion: z.nullable(opinions.schema),
    departmentSlug: z.nullable(Slug),
  }),
  fields: {
    slug: { label: { de: 'Kennung', en: 'Identifier' }, input: 'text' },
    title: { label: { de: 'Überschrift', en: 'Title' }, input: 'text' },
    text: { label: { de: 'Text', en: 'Text' }, input: 'longText' },
    opinion: {
      label: { de: 'Angeboten bei', en: 'Offered for' },
      input: 'code',
      codes: opinions.labels,
      hint: { de: 'leer: bei jeder Haltung', en: 'empty: for every opinion' },
    },
    departmentSlug: {
      label: { de: 'Nur für', en: 'Only for' },
      input: 'reference',
      refersTo: 'department',
      hint: { de: 'leer: für alle Fachbereiche', en: 'empty: for all departments' },
    },
  },
  idOf: ({ slug }) => `text:${slug}`,
})
