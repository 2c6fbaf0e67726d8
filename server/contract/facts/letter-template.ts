import * as z from 'zod/mini'
import { factKind, Line, Slug } from './fact.ts'

/** Slug of the template the reply to the operator is made from. */
export const replyTemplate = 'reply'

/** The form of a letter in Markdown, with placeholders (contract/letter-placeholders.ts) filled from the case. */
export const letterTemplate = factKind({
  kind: 'letter_template',
  table: 'letter_templates',
  label: { de: 'Briefvorlage', en: 'Letter template' },
  roles: ['mobileCoordinator', 'admin'],
  isInternal: true,
  identity: z.object({ slug: Slug }),
  values: z.object({
    name: Line,
    subject: Line.check(z.regex(/^[^\r\n]*$/, 'Der Betreff hat nur eine Zeile.')),
    body: z.string().check(z.minLength(1), z.maxLength(20_000)),
  }),
  fields: {
    slug: {
      label: { de: 'Kennung', en: 'Identifier' },
      input: 'text',
      hint: { de: 'reply: die Antwort an den Betreiber', en: 'reply: the answer to the operator' },
    },
    name: { label: { de: 'Name', en: 'Name' }, input: 'text' },
    subject: { label: { de: 'Betreff', en: 'Subject' }, input: 'longText' },
    body: { label: { de: 'Text', en: 'Text' }, input: 'markdown' },
  },
  idOf: ({ slug }) => `letter:${slug}`,
})
