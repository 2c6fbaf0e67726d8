import { isDeepStrictEqual } from 'node:util'
import { formatDay } from '../contract/dates.ts'
import type { Field } from '../contract/facts/fact.ts'
import type { Pause } from '../contract/mobile/fields.ts'
import type { MobileKindName } from '../contract/mobile/index.ts'
import { formatNumber } from '../contract/numbers.ts'
import { type Content, kindOf } from './content.ts'

const noValue = 'keine Angabe'

type Steps = Readonly<Record<string, { on: string; note: string | null } | undefined>>

/** "Standortkandidat Dach Rathaus": what a sentence about a record begins with. */
export function subjectOf(name: MobileKindName, content: Content): string {
  const own = [content.name, content.caseNumber, content.operatorSiteCode].find((title) => typeof title === 'string')
  return [kindOf(name).label.de, own ?? operatorWords(content)].filter(Boolean).join(' ')
}

function operatorWords({ operators }: Content): string {
  return Array.isArray(operators) ? listWords(kindOf('site_request').fields.operators, operators) : ''
}

function listWords(field: Field | undefined, values: readonly unknown[]): string {
  return values.map((value) => field?.codes?.[String(value)]?.de ?? String(value)).join(', ')
}

function wordsOf(field: Field | undefined, value: unknown): string {
  if (value === null || value === undefined) return noValue
  if (typeof value === 'boolean') return value ? 'ja' : 'nein'
  if (Array.isArray(value)) return value.length > 0 ? listWords(field, value) : noValue
  if (field?.codes) return field.codes[String(value)]?.de ?? String(value)
  if (field?.input === 'day') return formatDay(String(value), 'de')
  if (typeof value === 'number') return `${formatNumber(value, 'de')}${field?.unit ? `\u00a0${field.unit}` : ''}`
  const line = String(value).replace(/\s+/g, ' ')
  return `„${line.length > 60 ? `${line.slice(0, 60)}…` : line}“`
}

function stepDifferences(field: Field, before: Steps, after: Steps): string[] {
  return Object.entries(field.codes ?? {}).flatMap(([step, label]) => {
    const [old, next] = [before[step], after[step]]
    if (isDeepStrictEqual(old, next)) return []
    if (!next) return [`${label.de}: entfernt (bisher ${formatDay(old?.on ?? '', 'de')})`]
    const was = old && old.on !== next.on ? ` (bisher ${formatDay(old.on, 'de')})` : ''
    return [`${label.de}: ${formatDay(next.on, 'de')}${was}${next.note ? `, ${wordsOf(undefined, next.note)}` : ''}`]
  })
}

function pauseWords(pauses: readonly Pause[]): string {
  const words = pauses.map(
    ({ from, to, reason }) =>
      `${to === null ? `seit ${formatDay(from, 'de')}` : `vom ${formatDay(from, 'de')} bis vor dem ${formatDay(to, 'de')}`} (${reason})`,
  )
  return words.length > 0 ? words.join(', ') : 'keine Unterbrechung'
}

function difference(key: string, field: Field, before: Content, after: Content): string[] {
  if (key === 'steps') return stepDifferences(field, before.steps as Steps, after.steps as Steps)
  if (isDeepStrictEqual(before[key], after[key])) return []
  const label = field.label.de
  if (key === 'pauses') return [`${label}: ${pauseWords(after.pauses as Pause[])}`]
  if (key === 'attachmentIds') return [`${label} geändert`]
  if (field.input === 'geometry') return [`${label} ${after[key] === null ? 'entfernt' : 'geändert'}`]
  const [old, next] = [wordsOf(field, before[key]), wordsOf(field, after[key])]
  if (old === noValue) return [`${label} ${next} (bisher ${noValue})`]
  return next === noValue ? [`${label} entfernt (bisher ${old})`] : [`${label} ${old} → ${next}`]
}

function told(key: string, field: Field, content: Content): string[] {
  const value = content[key]
  if (key === 'steps') return stepDifferences(field, {}, content.steps as Steps)
  const isMinor = field.input === 'hidden' || field.input === 'longText' || ['name', 'decision'].includes(key)
  if (isMinor || value === null || (Array.isArray(value) && value.length === 0)) return []
  return field.input === 'geometry' ? [`mit ${field.label.de}`] : [`${field.label.de} ${wordsOf(field, value)}`]
}

/** "Standortanfrage 62-17/2026: Baugenehmigung erteilt: 01.03.2027." `before` null: newly recorded. */
export function describeChange(name: MobileKindName, before: Content | null, after: Content): string {
  const fields = Object.entries(kindOf(name).fields)
  const parts = fields.flatMap(([key, field]) =>
    before === null ? told(key, field, after) : difference(key, field, before, after),
  )
  const subject = subjectOf(name, after)
  if (before === null) return `${subject}: neu${parts.length > 0 ? ` – ${parts.join(', ')}` : ''}.`
  return `${subject}: ${parts.length > 0 ? parts.join(', ') : 'bestätigt, ohne Änderung'}.`
}
