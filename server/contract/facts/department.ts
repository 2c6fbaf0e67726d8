import * as z from 'zod/mini'
import { silences } from '../mobile/codes.ts'
import { Email } from '../mobile/fields.ts'
import { factKind, Line, Paragraph, Slug } from './fact.ts'

const optionalEmail = z.nullable(Email)
const optionalLine = z.nullable(Line)

/** A department of the city that is asked about sites: whom to write to, who stands in, what its silence means. Never public. */
export const department = factKind({
  kind: 'department',
  table: 'departments',
  label: { de: 'Fachbereich', en: 'Department' },
  roles: ['mobileCoordinator', 'admin'],
  isInternal: true,
  identity: z.object({ slug: Slug }),
  values: z.object({
    code: Line,
    name: Line,
    email: optionalEmail,
    deputyName: optionalLine,
    deputyEmail: optionalEmail,
    escalationName: optionalLine,
    escalationEmail: optionalEmail,
    question: z.nullable(Paragraph),
    silence: silences.schema,
    active: z.boolean(),
    position: z.int().check(z.minimum(0), z.maximum(1000)),
  }),
  fields: {
    slug: {
      label: { de: 'Kennung', en: 'Identifier' },
      input: 'text',
      hint: { de: 'Kleinbuchstaben, Ziffern und Bindestriche, z. B. fb-63', en: 'Lower-case letters, digits and hyphens' },
    },
    code: { label: { de: 'Kurzzeichen', en: 'Code' }, input: 'text', hint: { de: 'z. B. FB 63', en: 'e.g. FB 63' } },
    name: { label: { de: 'Bezeichnung', en: 'Name' }, input: 'text' },
    email: {
      label: { de: 'E-Mail', en: 'E-mail' },
      input: 'text',
      hint: {
        de: 'am besten ein Funktionspostfach; leer: kann nicht gefragt werden',
        en: 'best a shared mailbox; empty: cannot be asked',
      },
    },
    deputyName: { label: { de: 'Vertretung', en: 'Deputy' }, input: 'text' },
    deputyEmail: { label: { de: 'E-Mail der Vertretung', en: 'E-mail of the deputy' }, input: 'text' },
    escalationName: {
      label: { de: 'Bei Ausbleiben geht es an', en: 'Escalated to' },
      input: 'text',
      hint: { de: 'wer erfährt, dass eine Antwort aussteht', en: 'who is told that an answer is overdue' },
    },
    escalationEmail: { label: { de: 'E-Mail dafür', en: 'E-mail of escalation' }, input: 'text' },
    question: {
      label: { de: 'Frage an den Fachbereich', en: 'Question to the department' },
      input: 'longText',
      hint: { de: 'wird vorgeschlagen und lässt sich je Fall ändern', en: 'proposed, and can be changed for each case' },
    },
    silence: {
      label: { de: 'Keine Antwort bis zur Frist', en: 'No answer by the deadline' },
      input: 'code',
      codes: silences.labels,
    },
    active: { label: { de: 'wird beteiligt', en: 'is asked' }, input: 'boolean' },
    position: { label: { de: 'Reihenfolge', en: 'Order' }, input: 'number' },
  },
  idOf: ({ slug }) => slug,
})
