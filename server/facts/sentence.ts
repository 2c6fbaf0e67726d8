import { isDeepStrictEqual } from 'node:util'
import { formatImpreciseDate, type ImpreciseDate } from '../contract/dates.ts'
import type { FactKindName } from '../contract/facts/index.ts'
import { type Content, kindOf } from './content.ts'
import { noValue, subjectOf, titleKeys, wordsOf } from './words.ts'
import type { World } from './world.ts'

/** "Opladen, Tiefbau: Ende tatsächlich 15.03.2022 → 28.03.2022." `before` null: newly recorded; `after` null: withdrawn. */
export function describeChange(kind: FactKindName, before: Content | null, after: Content | null, world: World): string {
  const subject = subjectOf(kind, after ?? before ?? {}, world)
  if (after === null) return `${subject}: zurückgezogen.`
  const changes = Object.keys(kindOf(kind).values.shape).flatMap((key) => changeOf(kind, key, before, after, world))
  if (before === null) return `${subject}: neu${changes.length > 0 ? ` – ${changes.join(', ')}` : ''}.`
  return `${subject}: ${changes.length > 0 ? changes.join(', ') : 'bestätigt, ohne Änderung'}.`
}

function changeOf(kind: FactKindName, key: string, before: Content | null, after: Content, world: World): string[] {
  const field = kindOf(kind).fields[key]
  const label = field?.label.de ?? key
  if (before === null) {
    if (after[key] === null || after[key] === false || isMinor(kind, key)) return []
    if (field?.input === 'geometry') return [`mit ${label}`]
    return [`${label} ${wordsOf(kind, key, after, world)}`]
  }
  if (isDeepStrictEqual(before[key], after[key])) return []
  if (field?.input === 'geometry') return [`${label} ${after[key] === null ? 'entfernt' : 'geändert'}`]
  const [old, next] = [wordsOf(kind, key, before, world), wordsOf(kind, key, after, world)]
  if (old === noValue) return [`${label} ${next} (bisher ${noValue})`]
  if (next === noValue) return [`${label} entfernt (bisher ${old})`]
  return [old === next ? `${label} geändert` : `${label} ${old} → ${next}`]
}

/** What need not be said of a new fact: long texts, translations, its place in lists, and what names it already. */
function isMinor(kind: FactKindName, key: string): boolean {
  const input = kindOf(kind).fields[key]?.input
  return input === 'longText' || input === 'markdown' || key.endsWith('En') || key === 'position' || key === titleKeys[kind]
}

/** "Quelle: EVL-Mail vom 20.11.2026, Stand 20.11.2026." */
export function describeSource(citation: string, trueOn: ImpreciseDate): string {
  return `Quelle: ${citation}, Stand ${formatImpreciseDate(trueOn, 'de')}.`
}
