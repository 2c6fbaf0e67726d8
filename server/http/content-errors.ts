import type * as z from 'zod/mini'
import type { FactKind } from '../contract/facts/fact.ts'
import type { FieldError } from './problem.ts'

type Content = Readonly<Record<string, unknown>>

/** What is wrong with content by the declaration of its kind, in German, each once. `geometry`: what is expected of one. */
export function contentErrors(
  kind: FactKind,
  { issues }: Pick<z.core.$ZodError, 'issues'>,
  raw: Content,
  { prefix = '', geometry }: { prefix?: string; geometry: string },
): FieldError[] {
  const errors = issues.flatMap((issue) => errorsOf(kind, issue, raw, geometry))
  // Each broken position of a geometry is an issue of its own: once is enough.
  const once = new Map(errors.map((error) => [`${error.field} ${error.detail}`, error]))
  return [...once.values()].map(({ field, detail }) => ({ field: `${prefix}${field}`, detail }))
}

function errorsOf(kind: FactKind, issue: z.core.$ZodIssue, raw: Content, geometry: string): FieldError[] {
  const field = String(issue.path[0] ?? '')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ field: field || key, detail: `„${key}“ ist hier nicht bekannt.` }))
  const declared = kind.fields[field]
  return [
    {
      field,
      detail: `${declared?.label.de ?? field}: ${declared?.input === 'geometry' && isGiven(raw[field]) ? geometry : reasonOf(issue, raw[field])}`,
    },
  ]
}

const isGiven = (value: unknown) => value !== undefined && value !== null

function reasonOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (!isGiven(value)) return 'Die Angabe fehlt.'
  if (issue.code === 'too_big')
    return issue.origin === 'string' ? `höchstens ${issue.maximum} Zeichen.` : `höchstens ${issue.maximum}.`
  if (issue.code === 'too_small') {
    if (issue.origin === 'string' || issue.origin === 'array') return 'darf nicht leer sein.'
    return `mindestens ${issue.minimum}.`
  }
  if (issue.code === 'invalid_value') return 'Diesen Wert gibt es nicht.'
  return issue.message
}
