import * as z from 'zod/mini'
import { type ContentColumn, contentColumns, type FactKind } from '../contract/facts/fact.ts'
import { type ObjectKindName, objectKinds } from '../contract/objects/index.ts'
import { lineKinds } from '../contract/objects.ts'
import { contentErrors } from '../http/content-errors.ts'
import type { FieldError } from '../http/problem.ts'

/** What a statement about an object says: identity and values of its kind. */
export type Content = Readonly<Record<string, unknown>>

/** The declaration of a kind, for code that works on every kind alike. */
export function kindOf(name: ObjectKindName): FactKind {
  return objectKinds[name] as unknown as FactKind
}

export function columnsOf(name: ObjectKindName): ContentColumn[] {
  return contentColumns(kindOf(name))
}

export function isLine(name: ObjectKindName): boolean {
  return (lineKinds as readonly string[]).includes(name)
}

/** "1 Trasse", "12 Trassen": how many of a kind. */
export const pluralOf: Readonly<Record<ObjectKindName, string>> = {
  premises: 'Anschlussobjekte',
  route: 'Trassen',
  duct: 'Leerrohre',
  cable: 'Glasfaserkabel',
  structure: 'Bauwerke',
}

const usual: Content = { units: 1, count: 1, condition: 'new', coLaying: false, collocation: false, steps: {} }

/** New content with what was left out: null, or the usual. */
export function completed(name: ObjectKindName, given: Content): Content {
  const { values } = kindOf(name)
  const empty = Object.keys(values.shape).map((key) => [key, usual[key] ?? null])
  return { ...Object.fromEntries(empty), ...given }
}

type Parsed = { content: Content; errors: [] } | { content: null; errors: FieldError[] }

/** Checks whole content against its declaration; fields are called `<prefix>.<field>`. */
export function parseContent(name: ObjectKindName, raw: Content, prefix: string): Parsed {
  const { identity, values } = kindOf(name)
  return parse(name, z.strictObject({ ...identity.shape, ...values.shape }), raw, prefix)
}

/** Checks some values of a kind; `steps` may hold nulls, which remove a step. */
export function parseValues(name: ObjectKindName, raw: Content): Parsed {
  const { values } = kindOf(name)
  const shape = Object.fromEntries(Object.entries(values.shape).filter(([key]) => raw[key] !== undefined))
  const { steps } = raw
  const isPatch = typeof steps === 'object' && steps !== null && !Array.isArray(steps)
  const given = isPatch ? { ...raw, steps: Object.fromEntries(Object.entries(steps).filter(([, date]) => date !== null)) } : raw
  const parsed = parse(name, z.strictObject(shape), given, 'set')
  return parsed.content === null || !isPatch ? parsed : { content: { ...parsed.content, steps }, errors: [] }
}

function parse(name: ObjectKindName, schema: z.ZodMiniObject, raw: Content, prefix: string): Parsed {
  const parsed = z.safeParse(schema, raw)
  if (parsed.success) return { content: parsed.data, errors: [] }
  const geometry = `Erwartet wird ${isLine(name) ? 'eine Linie (LineString)' : 'ein Punkt'} mit Länge und Breite in Grad.`
  return { content: null, errors: contentErrors(kindOf(name), parsed.error, raw, { prefix: `${prefix}.`, geometry }) }
}
