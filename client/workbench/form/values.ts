import * as z from 'zod/mini'
import { unitOf } from '../../../server/contract/codes.ts'
import { parseImpreciseDate } from '../../../server/contract/date-input.ts'
import { formatImpreciseDate } from '../../../server/contract/dates.ts'
import type { FactKind, Field } from '../../../server/contract/facts/fact.ts'
import { type FactKindName, factKinds } from '../../../server/contract/facts/index.ts'
import { type MobileKindName, mobileKinds } from '../../../server/contract/mobile/index.ts'
import { formatNumber, parseGermanNumber } from '../../../server/contract/numbers.ts'
import { type ObjectKindName, objectKinds } from '../../../server/contract/objects/index.ts'
import { exampleOf, formatMeasure, type MeasureUnit, parseMeasure } from './measure.ts'

/** What stands in one input: text as typed, a tick, several ticks, or a drawn geometry. */
export type TypedValue = string | boolean | readonly string[] | { type: string; coordinates: unknown } | null
export type Typed = Readonly<Record<string, TypedValue>>
export type Content = Readonly<Record<string, unknown>>

/** What an input means: its value, how it was understood (only where that is not what was typed), or why it was not. */
export interface Reading {
  value: unknown
  understood?: string
  error?: string
}

export interface FormReading {
  /** Identity and values as the server takes them; complete only without `errors`. */
  content: Content
  errors: Readonly<Record<string, string>>
  understood: Readonly<Record<string, string>>
}

/** What can be filled in: facts, objects (premises and network), and records of the mobile desk. */
export type FormKind = FactKindName | ObjectKindName | MobileKindName

/** The kinds without their exact types: forms treat all alike. */
const declarations = { ...factKinds, ...objectKinds, ...mobileKinds } as unknown as Readonly<Record<FormKind, FactKind>>

export function declarationOf(kind: FormKind): FactKind {
  return declarations[kind]
}

/** Unit of a number field: its own, or that of the quantity the fact counts. */
export function unitOfField(field: Field, content: Content | Typed): MeasureUnit {
  if (field.unit) return field.unit as MeasureUnit
  const quantity = content.quantity
  return typeof quantity === 'string' && quantity !== '' ? unitOf(quantity as Parameters<typeof unitOf>[0]) : 'count'
}

/** A number that is an amount of something, typed in the unit that suits; others (order, build phase, a height in m) are plain. */
function isMeasured(name: string, field: Field): boolean {
  return name === 'value' || (field.unit !== undefined && plainUnit(field) === null)
}

/** The one unit of numbers that are typed bare, so that it stands beside the name: "Höhe in m". null: none, or several are understood. */
export function plainUnit({ unit }: Field): string | null {
  return unit === undefined || unit === '%' || unit === 'EUR' ? null : unit
}

/** Name of a field, with the unit where it is not typed. */
export function labelOf(field: Field): string {
  const unit = plainUnit(field)
  return unit === null ? field.label.de : `${field.label.de} in ${unit}`
}

function readDate(text: string): Reading {
  const value = parseImpreciseDate(text)
  if (!value)
    return { value: null, error: `„${text}“ ist keine Zeitangabe. Beispiele: 31.12.2022, März 2022, Q4 2022, Ende 2022.` }
  const understood = formatImpreciseDate(value, 'de')
  return understood === text.trim() ? { value } : { value, understood }
}

function readNumber(text: string, unit: MeasureUnit): Reading {
  const number = parseMeasure(text, unit)
  if (!number.ok) return { value: null, error: number.reason }
  const understood = formatMeasure(number.value, unit)
  const isWhatWasTyped = understood.replaceAll('\u00a0', ' ') === text.trim().replace(/\s+/g, ' ')
  return isWhatWasTyped ? { value: number.value } : { value: number.value, understood }
}

/** "30", also "30 m": the unit may be said. */
function readPlain(text: string, unit: string): Reading {
  const number = parseGermanNumber(text.endsWith(unit) ? text.slice(0, -unit.length).trim() : text)
  return number.ok ? { value: number.value } : { value: null, error: number.reason }
}

/** "800, 1.800 und 3600": whole numbers. */
function readNumbers(text: string): Reading {
  const numbers = text
    .split(/[;\s]+|,|und/)
    .filter(Boolean)
    .map(parseGermanNumber)
  const refused = numbers.find((number) => !number.ok)
  if (refused) return { value: null, error: refused.reason }
  return { value: numbers.map((number) => (number.ok ? number.value : 0)) }
}

/** What is ticked, chosen or drawn; undefined: the input is a text. */
function readChoice({ input }: Field, typed: TypedValue | undefined): Reading | undefined {
  switch (input) {
    case 'boolean':
      return { value: typed === true }
    case 'unknownBoolean':
      return { value: typed === 'yes' ? true : typed === 'no' ? false : null }
    case 'references':
      return { value: Array.isArray(typed) && typed.length > 0 ? typed : null }
    case 'codes':
      return { value: Array.isArray(typed) ? typed : [] }
    case 'geometry':
      return { value: typed ?? null }
    default:
      return undefined
  }
}

/** Reads one input; empty ones are null. */
export function readField(name: string, field: Field, typed: TypedValue | undefined, all: Typed): Reading {
  const choice = readChoice(field, typed)
  if (choice) return choice
  const text = typeof typed === 'string' ? typed.trim() : ''
  if (field.input === 'numbers') return readNumbers(text)
  if (text === '') return { value: null }
  if (field.input === 'impreciseDate') return readDate(text)
  const unit = plainUnit(field)
  if (field.input === 'number' && unit !== null) return readPlain(text, unit)
  if (field.input === 'number') return readNumber(text, isMeasured(name, field) ? unitOfField(field, all) : 'count')
  return { value: text }
}

/** Issues of the declaration (too long, missing, out of range) by field, in German. */
function issuesOf(schema: z.ZodMiniObject, content: Content): Record<string, string> {
  const parsed = z.safeParse(schema, content)
  if (parsed.success) return {}
  return Object.fromEntries(parsed.error.issues.reverse().map((issue) => [String(issue.path[0]), messageOf(issue, content)]))
}

function messageOf(issue: z.core.$ZodIssue, content: Content): string {
  const value = content[String(issue.path[0])]
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    return 'Bitte ausfüllen.'
  // What the library says where the declaration says nothing.
  if (issue.message !== 'Invalid input') return issue.message
  const unit = 'origin' in issue && issue.origin === 'string' ? ' Zeichen' : ''
  if (issue.code === 'too_big') return `Höchstens ${issue.maximum}${unit}.`
  if (issue.code === 'too_small') return `Mindestens ${issue.minimum}${unit}.`
  return issue.message
}

/** Reads a whole form. An error of reading stands before one of the declaration. */
export function readForm(kind: FormKind, typed: Typed): FormReading {
  const { fields, identity, values } = declarations[kind]
  const readings = Object.entries(fields).map(([name, field]) => [name, readField(name, field, typed[name], typed)] as const)
  const content = Object.fromEntries(readings.map(([name, reading]) => [name, reading.value]))
  const unread = Object.fromEntries(readings.flatMap(([name, { error }]) => (error ? [[name, error]] : [])))
  return {
    content,
    errors: { ...issuesOf(identity, content), ...issuesOf(values, content), ...unread },
    understood: Object.fromEntries(readings.flatMap(([name, { understood }]) => (understood ? [[name, understood]] : []))),
  }
}

/** How a stored value is written into its input. */
export function typedFrom(name: string, field: Field, value: unknown, content: Content): TypedValue {
  switch (field.input) {
    case 'boolean':
      return value === true
    case 'unknownBoolean':
      return value === true ? 'yes' : value === false ? 'no' : ''
    case 'references':
    case 'codes':
      return Array.isArray(value) ? value : []
    case 'numbers':
      return Array.isArray(value) ? value.join(', ') : ''
    case 'geometry':
      return (value ?? null) as TypedValue
    default:
      return value === null || value === undefined ? '' : writtenText(name, field, value, content)
  }
}

function writtenText(name: string, field: Field, value: unknown, content: Content): string {
  if (field.input === 'impreciseDate') return formatImpreciseDate(String(value), 'de')
  if (field.input !== 'number') return String(value)
  if (plainUnit(field) !== null) return formatNumber(Number(value), 'de')
  return formatMeasure(Number(value), isMeasured(name, field) ? unitOfField(field, content) : 'count')
}

/** A form filled with what is known; missing values stay empty. */
export function typedForm(kind: FormKind, content: Content): Typed {
  const { fields } = declarations[kind]
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, typedFrom(name, field, content[name], content)]))
}

/** What may be typed into a field, for the hint under it. */
export function hintOf(name: string, field: Field, typed: Typed): string | undefined {
  if (field.hint) return field.hint.de
  if (field.input === 'number' && isMeasured(name, field)) return `z. B. ${exampleOf(unitOfField(field, typed))}`
  return undefined
}

/** Whether a field must not stay empty. */
export function isRequired(kind: FormKind, name: string): boolean {
  const { identity, values } = declarations[kind]
  const schema = identity.shape[name] ?? values.shape[name]
  return schema !== undefined && !z.safeParse(schema, null).success
}
