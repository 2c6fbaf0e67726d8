import * as z from 'zod/mini'
import type { Role } from '../endpoint.ts'
import type { Text } from '../text.ts'

/** How a field is entered and shown; the forms of the workbench derive from it. */
export type FieldInput =
  | 'text'
  | 'longText'
  | 'markdown'
  | 'impreciseDate'
  /** A day of the calendar. */
  | 'day'
  | 'number'
  /** Whole numbers, separated by commas. */
  | 'numbers'
  | 'boolean'
  | 'unknownBoolean'
  | 'code'
  /** Some of `codes`. */
  | 'codes'
  | 'reference'
  | 'references'
  | 'geometry'
  /** Dates of the states in `codes`. */
  | 'steps'
  | 'hidden'

export interface Field {
  label: Text
  input: FieldInput
  /** Words of a `code` or `codes` field. */
  codes?: Readonly<Record<string, Text>>
  /** Kind of fact (or `district`) a `reference` points to. */
  refersTo?: string
  hint?: Text
  unit?: string
}

/**
 * A kind of fact the city keeps: a plain value from which draft, publication, undo, history and form derive.
 * `identity` are the values that make a fact what it is (they never change); `values` is what a statement says.
 * Both are columns of `table` (camelCase here, snake_case there). `idOf` builds the readable, stable id.
 */
export interface FactKind<Identity extends z.ZodMiniObject = z.ZodMiniObject, Values extends z.ZodMiniObject = z.ZodMiniObject> {
  kind: string
  table: string
  label: Text
  /** Roles that may record it. */
  roles: readonly Role[]
  /** Nothing of it is ever public. */
  isInternal?: true
  identity: Identity
  values: Values
  fields: Readonly<Record<string, Field>>
  idOf: (identity: z.infer<Identity>) => string
}

export function factKind<Identity extends z.ZodMiniObject, Values extends z.ZodMiniObject>(
  declaration: FactKind<Identity, Values>,
): FactKind<Identity, Values> {
  return declaration
}

/** Last part of an id: lower-case letters, digits and hyphens. */
export const Slug = z.string().check(z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/), z.maxLength(80))
/** Id of a fact: slugs (or codes with underscores) joined by colons, e.g. `breitband:opladen:civil_works`. */
export const FactId = z.string().check(z.regex(/^[a-z0-9_-]+(:[a-z0-9_-]+)*$/), z.maxLength(300))

/** A short text people wrote; empty is not a text. */
export const Line = z.string().check(z.trim(), z.minLength(1), z.maxLength(300))
export const Paragraph = z.string().check(z.trim(), z.minLength(1), z.maxLength(4000))

/** GeoJSON geometry in WGS84 (RFC 7946); the server checks validity and extent in PostGIS. */
export const Geometry = z.object({
  type: z.enum(['Point', 'Polygon', 'MultiPolygon']),
  coordinates: z.array(z.unknown()),
})

const Position = z.array(z.number()).check(z.minLength(2), z.maxLength(3))
export const PointGeometry = z.object({ type: z.literal('Point'), coordinates: Position })
export const LineGeometry = z.object({
  type: z.literal('LineString'),
  coordinates: z.array(Position).check(z.minLength(2), z.maxLength(10_000)),
})

/** A column in which a key of a kind's content is kept: camelCase there, snake_case here. */
export interface ContentColumn {
  key: string
  column: string
  isGeometry: boolean
}

/** The columns in which the content of a kind is kept, identity first. */
export function contentColumns(kind: FactKind): ContentColumn[] {
  const keys = [...Object.keys(kind.identity.shape), ...Object.keys(kind.values.shape)]
  return keys.map((key) => ({ key, column: snakeCase(key), isGeometry: kind.fields[key]?.input === 'geometry' }))
}

function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
