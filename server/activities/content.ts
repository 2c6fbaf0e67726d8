import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod/mini'
import { formatDuration } from '../contract/activities/duration.ts'
import { type LogKindName, logKinds } from '../contract/activities/index.ts'
import { formatDay, formatImpreciseDate } from '../contract/dates.ts'
import type { FactKind, Field } from '../contract/facts/fact.ts'
import { formatMoney } from '../contract/numbers.ts'
import { contentErrors } from '../http/content-errors.ts'
import { invalid } from '../http/problem.ts'

/** What an entry says. */
export type Content = Readonly<Record<string, unknown>>

export function kindOf(name: LogKindName): FactKind {
  return logKinds[name] as unknown as FactKind
}

/** Checks whole content against its declaration; what was left out is null. Problem 422: names each field. */
export function parseContent(name: LogKindName, given: Content): Content {
  const { values } = kindOf(name)
  const raw = { ...Object.fromEntries(Object.keys(values.shape).map((key) => [key, null])), ...given }
  const parsed = z.safeParse(z.strictObject(values.shape), raw)
  if (parsed.success) return parsed.data
  throw invalid(contentErrors(kindOf(name), parsed.error, raw, { geometry: '' }))
}

const longestQuote = 60

function wordsOf(key: string, field: Field, value: unknown): string {
  if (value === null) return 'keine Angabe'
  if (typeof value === 'boolean') return value ? 'ja' : 'nein'
  if (key === 'minutes') return formatDuration(Number(value))
  if (key === 'amountEur') return formatMoney(Number(value))
  if (field.codes) return field.codes[String(value)]?.de ?? String(value)
  if (field.input === 'day') return formatDay(String(value), 'de')
  if (field.input === 'impreciseDate') return formatImpreciseDate(String(value), 'de')
  const line = String(value).replace(/\s+/g, ' ')
  return `„${line.length > longestQuote ? `${line.slice(0, longestQuote)}…` : line}“`
}

/** "Tätigkeit vom 20.11.2026, Telefonat: Dauer 0:30 h → 0:45 h." `before` null: newly recorded; `after` null: withdrawn. */
export function describeEntry(name: LogKindName, before: Content | null, after: Content | null): string {
  const { fields, label } = kindOf(name)
  const shown = (after ?? before ?? {}) as Content
  const words = (key: string, content: Content) => wordsOf(key, fields[key] as Field, content[key] ?? null)
  const dated = name === 'activity' ? `vom ${words('day', shown)}` : `${words('dated', shown)}`
  const amount = words(name === 'activity' ? 'minutes' : 'amountEur', shown)
  const subject = `${label.de} ${dated}, ${words('kind', shown)}`
  if (after === null) return `${subject}, ${amount}: zurückgezogen.`
  if (before === null) return `${subject}, ${amount}: erfasst.`
  const changes = Object.entries(fields).flatMap(([key, { label: named }]) =>
    isDeepStrictEqual(before[key], after[key])
      ? []
      : [key === 'voucherId' ? `${named.de} geändert` : `${named.de} ${words(key, before)} → ${words(key, after)}`],
  )
  return `${subject}: ${changes.length > 0 ? changes.join(', ') : 'ohne Änderung'}.`
}
