import * as z from 'zod/mini'
import { factKind, Line } from './fact.ts'

/** Part of the page's address: letters and hyphens. */
const PageSlug = z.string().check(z.regex(/^[a-z]+(-[a-z]+)*$/), z.maxLength(80))

/** An editable text of the portal (Impressum, Datenschutz, Barrierefreiheit, Leichte Sprache …), in Markdown. */
export const page = factKind({
  kind: 'page',
  table: 'pages',
  label: { de: 'Textseite', en: 'Text page' },
  roles: ['admin'],
  identity: z.object({ slug: PageSlug, language: z.enum(['de', 'en']) }),
  values: z.object({
    title: Line,
    body: z.string().check(z.minLength(1), z.maxLength(100_000)),
  }),
  fields: {
    slug: { label: { de: 'Kennung', en: 'Identifier' }, input: 'text' },
    language: {
      label: { de: 'Sprache', en: 'Language' },
      input: 'code',
      codes: {
        de: { de: 'Deutsch', en: 'German' },
        en: { de: 'Englisch', en: 'English' },
      },
    },
    title: { label: { de: 'Überschrift', en: 'Title' }, input: 'text' },
    body: { label: { de: 'Text', en: 'Text' }, input: 'markdown' },
  },
  idOf: ({ slug, language }) => `${slug}:${language}`,
})
