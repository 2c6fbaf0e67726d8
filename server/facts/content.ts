import * as z from 'zod/mini'
import { type ContentColumn, contentColumns, type FactKind, type Field } from '../contract/facts/fact.ts'
import { type FactKindName, factKinds } from '../contract/facts/index.ts'
import { contentErrors } from '../http/content-errors.ts'
import type { FieldError } from '../http/problem.ts'

/** What a statement says: identity and values of its kind. */
export type Content = Readonly<Record<string, unknown>>

/** The same, typed for one kind. */
export type ContentOf<K extends FactKindName> = z.infer<(typeof factKinds)[K]['identity']> &
  z.infer<(typeof factKinds)[K]['values']>

export const kindNames = Object.keys(factKinds) as FactKindName[]

/** The declaration of a kind, for code that works on every kind alike. */
export function kindOf(name: FactKindName): FactKind {
  return factKinds[name] as unknown as FactKind
}

/** The columns in which the content of a kind is kept. */
export function columnsOf(name: FactKindName): ContentColumn[] {
  return contentColumns(kindOf(name))
}

/** What is expected of a geometry. */
const area = 'Erwartet wird ein Punkt oder eine Fläche (GeoJSON).'

const schemas = new Map(
  kindNames.map((name) => {
    const { identity, values } = kindOf(name)
    return [name, z.strictObject({ ...identity.shape, ...values.shape })]
  }),
)

/** Checks content against its declaration; every key must be there and no other. Also checks that `id` follows from the identity. */
export function parseContent(
  name: FactKindName,
  id: string,
  raw: unknown,
): { content: Content; errors: [] } | { content: null; errors: FieldError[] } {
  const parsed = z.safeParse(schemas.get(name) as z.ZodMiniObject, raw)
  if (!parsed.success)
    return { content: null, errors: contentErrors(kindOf(name), parsed.error, raw as Content, { geometry: area }) }
  const expected = kindOf(name).idOf(parsed.data as never)
  if (expected === id) return { content: parsed.data, errors: [] }
  return { content: null, errors: [{ field: 'id', detail: `Die Kennung muss „${expected}“ lauten.` }] }
}

/** A field that points to another fact or to a district. */
export interface Reference {
  field: string
  label: string
  refersTo: string
  ids: string[]
}

/** What a content refers to. */
export function referencesOf(name: FactKindName, content: Content): Reference[] {
  return Object.entries(kindOf(name).fields).flatMap(([field, { refersTo, label }]: [string, Field]) => {
    const value = content[field]
    if (refersTo === undefined || value === null || value === undefined) return []
    return [{ field, label: label.de, refersTo, ids: (Array.isArray(value) ? value : [value]) as string[] }]
  })
}
