import { isDeepStrictEqual } from 'node:util'
import { formatImpreciseDate, type ImpreciseDate } from '../contract/dates.ts'
import type { FactKindName } from '../contract/facts/index.ts'
import { type Content, kindOf } from './content.ts'
import { noValue, subjectOf, wordsOf } from './words.ts'
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
    if (after[key] === null || after[key] === false) return []
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

/** "Quelle: EVL-Mail vom 20.11.2026, Stand 20.11.2026." */
export function describeSource(citation: string, trueOn: ImpreciseDate): string {
  return `Quelle: ${citation}, Stand ${formatImpreciseDate(trueOn, 'de')}.`
}
