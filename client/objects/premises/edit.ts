import { parseImpreciseDate } from '../../../server/contract/date-input.ts'
import { formatImpreciseDate } from '../../../server/contract/dates.ts'
import type { PremisesContent } from './words.ts'

/**
 * What was typed, only of the fields that were touched. A step is called `step:connected`; `point` is a place chosen on the map,
 * "longitude latitude"; empty text takes a value away.
 */
export type TypedEdit = Readonly<Record<string, string>>

export interface EditReading {
  /** Values to set, as the server takes them. */
  set: Readonly<Record<string, unknown>>
  errors: Readonly<Record<string, string>>
  understood: Readonly<Record<string, string>>
}

const stepPrefix = 'step:'
const required = new Set(['state', 'kind', 'districtId', 'units'])

function readUnits(text: string): number | null {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  return number >= 1 && number <= 10_000 ? number : null
}

function readStep(text: string): { value: string | null; error?: string; understood?: string } {
  if (text === '') return { value: null }
  const value = parseImpreciseDate(text)
  if (value === null) return { value, error: `„${text}“ ist keine Zeitangabe. Beispiele: 31.12.2022, März 2022, Ende 2022.` }
  const understood = formatImpreciseDate(value, 'de')
  return understood === text ? { value } : { value, understood }
}

function readValue(name: string, text: string): { value: unknown; error?: string } {
  if (text === '') return required.has(name) ? { value: null, error: 'Bitte ausfüllen.' } : { value: null }
  if (name === 'point') return { value: { type: 'Point', coordinates: text.split(' ').map(Number) } }
  if (name !== 'units') return { value: text }
  const value = readUnits(text)
  return value === null ? { value, error: 'Erwartet wird eine ganze Zahl von 1 bis 10000.' } : { value }
}

/** Reads what was typed; what is not named stays as it is. */
export function readEdit(typed: TypedEdit): EditReading {
  const set: Record<string, unknown> = {}
  const steps: Record<string, string | null> = {}
  const errors: Record<string, string> = {}
  const understood: Record<string, string> = {}
  for (const [name, raw] of Object.entries(typed)) {
    const text = raw.trim()
    const step = name.startsWith(stepPrefix) ? readStep(text) : null
    const { value, error } = step ?? readValue(name, text)
    if (step) steps[name.slice(stepPrefix.length)] = step.value
    else set[name === 'point' ? 'geom' : name] = value
    if (error) errors[name] = error
    if (step?.understood) understood[name] = step.understood
  }
  if (typed.point && !typed.note?.trim()) errors.note = 'Bitte sagen Sie, warum es keine amtliche Adresse gibt.'
  return { set: { ...set, ...(Object.keys(steps).length > 0 && { steps }) }, errors, understood }
}

/** How a known value stands in its field. */
export function typedValue(content: PremisesContent, name: string): string {
  if (name.startsWith(stepPrefix)) {
    const date = content.steps[name.slice(stepPrefix.length) as keyof PremisesContent['steps']]
    return date ? formatImpreciseDate(date, 'de') : ''
  }
  const value = content[name as keyof PremisesContent]
  return value === null || value === undefined ? '' : String(value)
}

/** The typed values with one more; a field that says again what is known counts as untouched. */
export function typedWith(typed: TypedEdit, name: string, value: string | null, known: PremisesContent | null): TypedEdit {
  const { [name]: _before, ...others } = typed
  if (value === null || (known && typedValue(known, name) === value)) return others
  return { ...others, [name]: value }
}
