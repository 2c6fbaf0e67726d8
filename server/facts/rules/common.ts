import { formatImpreciseDate, latest } from '../../contract/dates.ts'
import type { FactKindName } from '../../contract/facts/index.ts'
import { type Content, kindOf, referencesOf } from '../content.ts'
import { hasFact } from '../world.ts'
import { isAfter } from './dates.ts'
import { type AnyCase, type Remark, refuse, warn } from './remark.ts'

/** Impossible: a Stand in the future; nobody can know it yet. */
function* standNotInFuture({ trueOn, today }: AnyCase): Iterable<Remark> {
  if (isAfter(trueOn, today)) yield refuse('trueOn', 'Der Stand liegt in der Zukunft.')
}

/** Impossible: a reference to something that does not exist (or was withdrawn). */
function* referencesExist({ content, world }: AnyCase, kind: FactKindName): Iterable<Remark> {
  for (const { field, label, refersTo, ids } of referencesOf(kind, content)) {
    const missing = ids.filter((id) => !hasFact(world, refersTo, id))
    if (missing.length > 0) yield refuse(field, `${label}: „${missing.join('“, „')}“ gibt es nicht.`)
  }
}

/**
 * The day from which a statement holds: the last one of its Stand, but not later than the day it was known (SQL: record_statement).
 */
export function holdsFrom(trueOn: string, knownOn: string): string {
  return latest(trueOn) < knownOn ? latest(trueOn) : knownOn
}

/** Implausible: an older Stand than the one in force; it stands beside it and is not shown as the present state. */
function* standNotOlder({ content, trueOn, before, today }: AnyCase): Iterable<Remark> {
  if (before === null || holdsFrom(trueOn, today) >= before.holdsFrom) return
  if (content.official === true && before.content.official === false) return
  const inForce = formatImpreciseDate(before.trueOn, 'de')
  yield warn(
    'older-than-in-force',
    'trueOn',
    `Der Stand ist älter als der geltende (${inForce}). Angezeigt wird weiter der neuere.`,
  )
}

/** Implausible: a year far from any rollout, mostly a slip of the finger (2202 for 2022). */
function* yearsPlausible({ content, today }: AnyCase, kind: FactKindName): Iterable<Remark> {
  const year = Number(today.slice(0, 4))
  for (const [field, { input }] of Object.entries(kindOf(kind).fields)) {
    const date = content[field]
    if (input !== 'impreciseDate' || typeof date !== 'string') continue
    const named = Number(latest(date).slice(0, 4))
    if (named < 2010 || named > year + 15) yield warn('implausible-year', field, `Ist das Jahr ${named} richtig?`)
  }
}

/** Rules of every kind. */
export function* commonRemarks(kind: FactKindName, one: AnyCase): Iterable<Remark> {
  yield* standNotInFuture(one)
  yield* referencesExist(one, kind)
  yield* standNotOlder(one)
  yield* yearsPlausible(one, kind)
}

/** Whether a value differs from that of the statement in force by more than half of it. */
export function changedByHalf(before: Content | null | undefined, content: Content, key: string): boolean {
  const [old, next] = [before?.[key], content[key]]
  return typeof old === 'number' && typeof next === 'number' && Math.abs(next - old) > old / 2
}
