import * as z from 'zod/mini'
import { parseImpreciseDate } from '../contract/date-input.ts'
import type { Mapping, Remark } from '../contract/deliveries.ts'
import type { FactKind } from '../contract/facts/fact.ts'
import { type ObjectKindName, objectKinds } from '../contract/objects/index.ts'
import { parseNumber, type Value } from '../formats/index.ts'
import { codeOf, type DeliveryField, deliveryFields } from './fields.ts'
import { plain } from './words.ts'

/** What a row says, in our words. Fields the file does not tell are absent. */
export interface MappedRow {
  values: Record<string, unknown>
  /** Dates of states, and the date of the state itself. */
  steps: Record<string, string>
  stateOn: string | null
  place: { street: string; houseNumber: string; suffix: string; addressId: string | null } | null
  remarks: Remark[]
  /** Words that mean nothing to us, by field. */
  unknown: Record<string, string>
}

export interface MapContext {
  mapping: Mapping
  /** Ids of programmes by name, in `plain` spelling. */
  programmes: ReadonlyMap<string, string>
  notations: Readonly<Record<string, 'german' | 'english' | null>>
}

type Read = { value: unknown } | { remark: Remark } | null

/** Reads a row by the mapping. Pure. `mended`: what a person put in the place of values of the file. */
export function mapRow(
  raw: Readonly<Record<string, Value>>,
  context: MapContext,
  mended: Readonly<Record<string, string>> = {},
): MappedRow {
  const { mapping } = context
  const row: MappedRow = { values: {}, steps: {}, stateOn: null, place: null, remarks: [], unknown: {} }
  const place: Record<string, string> = {}
  for (const field of deliveryFields[mapping.kind]) {
    const column = mapping.columns[field.name]
    const said = mended[field.name] ?? (column === undefined ? null : raw[column]) ?? ''
    const value = said === '' ? (mapping.defaults[field.name] ?? '') : said
    if (value === '') continue
    if (field.reading === 'place') place[field.name] = String(value).trim()
    else keep(row, field, value, readValue(field, value, column, context))
  }
  row.place = placeOf(place)
  return row
}

/** Puts what was read where it belongs, or the remark why it could not be. */
function keep(row: MappedRow, field: DeliveryField, value: Value, read: Read): void {
  if (read === null) return
  if ('remark' in read) {
    row.remarks.push(read.remark)
    if (read.remark.code === 'unknown-word') row.unknown[field.name] = String(value).trim()
  } else if (field.name === 'stateOn') row.stateOn = String(read.value)
  else if (field.reading === 'step') row.steps[field.name.slice('step_'.length)] = String(read.value)
  else row.values[field.name] = read.value
}

function placeOf(place: Readonly<Record<string, string>>): MappedRow['place'] {
  const { street = '', houseNumber = '', suffix = '', address = '', addressId } = place
  const whole = street === '' && address !== '' ? splitAddress(address) : { street, houseNumber, suffix }
  if (whole.street === '' && !addressId) return null
  return { ...whole, addressId: addressId?.toLowerCase() ?? null }
}

/** "Lindenstr. 12 a, 51379 Leverkusen", "51379 Leverkusen, Lindenstr.12", "Straße des 17. Juni 5", "Lindenstr. 12-14" */
export function splitAddress(address: string): { street: string; houseNumber: string; suffix: string } {
  const parts = address.split(/[,;]/).map((part) => part.trim())
  const place = parts.find((part) => !/^(D-)?\d{5}\b/.test(part) && /\d/.test(part)) ?? parts[0] ?? ''
  const range = /^(.*[^\d\s-])\s*(\d+\s*-\s*\d+)$/.exec(place)
  if (range) return { street: range[1] ?? '', houseNumber: range[2] ?? '', suffix: '' }
  const found = /^(.*[^\d\s])\s*(?<!\d)(\d+)\s*([a-zA-Z]|1\/2)?$/.exec(place)
  return found
    ? { street: (found[1] ?? '').trim(), houseNumber: found[2] ?? '', suffix: found[3] ?? '' }
    : { street: place, houseNumber: '', suffix: '' }
}

function readValue(field: DeliveryField, value: Value, column: string | undefined, context: MapContext): Read {
  const text = String(value).trim()
  if (text === '') return null
  const refuse: Refuse = (code, words) => ({
    remark: { code, severity: 'error', text: `${field.label}: ${words}`, ...(column !== undefined && { column }) },
  })
  switch (field.reading) {
    case 'number':
      return readNumber(value, text, context.notations[column ?? ''] ?? null, refuse)
    case 'boolean':
      return readBoolean(value, text) ?? refuse('not-yes-or-no', `„${text}“ heißt weder ja noch nein.`)
    case 'date':
    case 'step': {
      const date = parseImpreciseDate(text)
      return date === null ? refuse('not-a-date', `„${text}“ ist kein Datum.`) : { value: date }
    }
    case 'code': {
      const chosen = chosenFor(context.mapping, field, text) ?? codeOf(field, text)
      if (chosen === undefined) return refuse('unknown-word', `Was „${text}“ bedeutet, ist nicht bekannt.`)
      return { value: field.name === 'ductType' ? Number(chosen) : chosen }
    }
    case 'reference': {
      const id = context.programmes.get(plain(chosenFor(context.mapping, field, text) ?? text))
      return id === undefined ? refuse('unknown-programme', `Das Programm „${text}“ gibt es nicht.`) : { value: id }
    }
    default:
      return { value: text }
  }
}

/** What a person said the word means; names like "constructor" are words too. */
function chosenFor({ values }: Mapping, { name }: DeliveryField, text: string): string | undefined {
  const words = Object.hasOwn(values, name) ? values[name] : undefined
  return words && Object.hasOwn(words, text) ? words[text] : undefined
}

type Refuse = (code: string, words: string) => Read

function readNumber(value: Value, text: string, notation: 'german' | 'english' | null, refuse: Refuse): Read {
  const number = typeof value === 'number' ? value : parseNumber(text, notation)
  if (number === 'ambiguous') return refuse('number-ambiguous', `„${text}“ kann zweierlei heißen (Komma oder Punkt).`)
  return number === null ? refuse('not-a-number', `„${text}“ ist keine Zahl.`) : { value: number }
}

function readBoolean(value: Value, text: string): Read {
  if (typeof value === 'boolean') return { value }
  if (/^(ja|j|yes|y|x|1|wahr|true)$/i.test(text)) return { value: true }
  return /^(nein|n|no|0|falsch|false|-)$/i.test(text) ? { value: false } : null
}

const schemas = Object.fromEntries(
  Object.entries(objectKinds).map(([name, kind]) => [name, z.strictObject({ ...kind.identity.shape, ...kind.values.shape })]),
)

/** What keeps content from being recorded, in German. */
export function contentRemarks(name: ObjectKindName, content: Readonly<Record<string, unknown>>): Remark[] {
  const parsed = z.safeParse(schemas[name] as z.ZodMiniObject, content)
  if (parsed.success) return []
  const kind = objectKinds[name] as unknown as FactKind
  return parsed.error.issues.map((issue) => {
    const field = String(issue.path[0] ?? '')
    const label = kind.fields[field]?.label.de ?? field
    const value = content[field]
    if (value === null || value === undefined)
      return { code: 'missing', severity: 'error', text: `${label}: die Angabe fehlt.` } as const
    return {
      code: 'impossible',
      severity: 'error',
      text: `${label}: „${String(value).slice(0, 60)}“ ist nicht möglich.`,
    } as const
  })
}
