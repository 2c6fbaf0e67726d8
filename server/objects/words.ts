import { isDeepStrictEqual } from 'node:util'
import { formatImpreciseDate } from '../contract/dates.ts'
import { formatNumber } from '../contract/numbers.ts'
import type { ObjectKindName } from '../contract/objects/index.ts'
import { type Content, kindOf, pluralOf } from './kinds.ts'
import type { World } from './rules.ts'

const noValue = 'keine Angabe'

/** "1.240 Anschlussobjekte", "1 Trasse". */
export function amountOf(name: ObjectKindName, count: number): string {
  return `${formatNumber(count, 'de')} ${count === 1 ? kindOf(name).label.de : pluralOf[name]}`
}

/** What names an object in a sentence, the best first. */
const titleKeys = ['name', 'designation', 'externalId']

/** What a sentence about one object begins with: "Trasse evl-4711", "Anschlussobjekt Kölner Straße 12". */
export function subjectOf(name: ObjectKindName, content: Content, address: string | null = null): string {
  const own = titleKeys.map((key) => content[key]).find((title) => typeof title === 'string') ?? content.key
  return `${kindOf(name).label.de} ${address ?? own}`
}

function wordsOf(name: ObjectKindName, key: string, value: unknown, world: World): string {
  const field = kindOf(name).fields[key]
  if (value === null || value === undefined) return noValue
  if (typeof value === 'boolean') return value ? 'ja' : 'nein'
  if (field?.codes && field.input === 'code') return field.codes[String(value)]?.de ?? String(value)
  if (field?.input === 'steps') return stepWords(value as Record<string, string>, field.codes ?? {})
  if (field?.input === 'impreciseDate') return formatImpreciseDate(String(value), 'de')
  if (typeof value === 'number') return formatNumber(value, 'de')
  if (field?.refersTo === 'district') return world.districts.get(String(value)) ?? String(value)
  if (field?.refersTo === 'programme') return world.programmes.get(String(value)) ?? String(value)
  if (field?.refersTo === 'section') return world.sections.get(String(value))?.name ?? String(value)
  const line = String(value).replace(/\s+/g, ' ')
  return `„${line.length > 60 ? `${line.slice(0, 60)}…` : line}“`
}

function stepWords(steps: Readonly<Record<string, string | null>>, codes: Readonly<Record<string, { de: string }>>): string {
  const order = Object.keys(codes)
  const inOrder = Object.entries(steps).toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
  const words = inOrder.map(([step, date]) => {
    const label = codes[step]?.de ?? step
    return `${label} ${date === null ? 'entfernt' : formatImpreciseDate(date, 'de')}`
  })
  return words.length > 0 ? words.join(', ') : noValue
}

/** Only the steps that differ; a date that was another before is told with it. */
function stepDifferences(before: unknown, after: unknown, codes: Readonly<Record<string, { de: string }>>): string {
  const [old, next] = [before, after].map((steps) => (steps ?? {}) as Record<string, string>) as [
    Record<string, string>,
    Record<string, string>,
  ]
  return Object.keys(codes)
    .filter((step) => old[step] !== next[step])
    .map((step) => {
      const was = old[step] && next[step] ? ` (bisher ${formatImpreciseDate(old[step], 'de')})` : ''
      return `${stepWords({ [step]: next[step] ?? null }, codes)}${was}`
    })
    .join(', ')
}

/** "Status geplant → verlegt, verlegt 01.12.2021 (bisher keine Angabe)". Empty where nothing differs. */
export function describeDifferences(name: ObjectKindName, before: Content, after: Content, world: World): string[] {
  return Object.keys(kindOf(name).values.shape).flatMap((key) => {
    if (isDeepStrictEqual(before[key], after[key])) return []
    const field = kindOf(name).fields[key]
    const label = field?.label.de ?? key
    if (field?.input === 'geometry') return [`${label} ${after[key] === null ? 'entfernt' : 'geändert'}`]
    if (field?.input === 'steps') return [`${label}: ${stepDifferences(before[key], after[key], field.codes ?? {})}`]
    const [old, next] = [wordsOf(name, key, before[key], world), wordsOf(name, key, after[key], world)]
    if (old === noValue) return [`${label} ${next} (bisher ${noValue})`]
    return next === noValue ? [`${label} entfernt (bisher ${old})`] : [`${label} ${old} → ${next}`]
  })
}

/** "Anschlusszustand → angeschlossen, Betreiber → „EVL“": what is set on many objects alike. */
export function describeValues(name: ObjectKindName, set: Content, world: World): string {
  return Object.entries(set)
    .map(([key, value]) => {
      const field = kindOf(name).fields[key]
      const label = field?.label.de ?? key
      if (field?.input === 'geometry') return `${label} geändert`
      return value === null ? `${label} entfernt` : `${label} → ${wordsOf(name, key, value, world)}`
    })
    .join(', ')
}

/** What is said of a new object: its values, without what is usual or empty. */
export function describeNew(name: ObjectKindName, content: Content, world: World): string {
  const title = titleKeys.find((key) => typeof content[key] === 'string')
  const told = Object.entries(content).flatMap(([key, value]) => {
    const field = key === title ? undefined : kindOf(name).fields[key]
    if (!field || field.input === 'hidden' || field.input === 'geometry' || field.input === 'longText') return []
    if (value === null || value === false || isDeepStrictEqual(value, {})) return []
    return [`${field.label.de} ${wordsOf(name, key, value, world)}`]
  })
  return told.join(', ')
}
