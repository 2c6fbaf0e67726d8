import { type Trade, trades } from '../../contract/codes.ts'
import { certainlyBefore } from '../../contract/dates.ts'
import type { FactOf } from '../world.ts'
import { type Case, type Remark, type Rule, warn } from './remark.ts'

type Stage = FactOf<'stage'>
type StagesOfSection = ReadonlyMap<Trade, Stage>

/**
 * Crews do not work in a fixed order, so nothing here blocks. Some orders are impossible on site all the same: then one of the
 * dates is wrong. `later` should not be reached while `earlier` is not done.
 */
interface Sequence {
  rule: string
  later: Trade
  reached: (later: Stage) => boolean
  earlier: Trade
  /** What to think where nothing is recorded about the earlier trade. */
  isImplied: (stages: StagesOfSection) => boolean
}

const begun = (stage: Stage) => stage.actualStart !== null || stage.actualEnd !== null
const done = (stage: Stage) => stage.actualEnd !== null

const sequences: readonly Sequence[] = [
  { rule: 'activation-before-civil-works', later: 'activation', reached: begun, earlier: 'civil_works', isImplied: () => false },
  // A line can be ordered only after measurement; often nobody reports the measurement itself.
  {
    rule: 'activation-before-measurement',
    later: 'activation',
    reached: done,
    earlier: 'splicing_measurement',
    isImplied: () => true,
  },
  // Civil works are often reported together with the ducts they are for.
  {
    rule: 'fibre-before-ducts',
    later: 'fibre_blowing',
    reached: done,
    earlier: 'duct_laying',
    isImplied: (stages) => isDone(stages, 'civil_works'),
  },
  {
    rule: 'splicing-before-fibre',
    later: 'splicing_measurement',
    reached: done,
    earlier: 'fibre_blowing',
    isImplied: () => true,
  },
]

function isDone(stages: StagesOfSection, trade: Trade): boolean {
  const stage = stages.get(trade)
  return stage !== undefined && done(stage)
}

function stagesOf({ world, content }: Case<'stage'>): StagesOfSection {
  const stages = [...world.facts.stage.values()].filter((stage) => stage.sectionId === content.sectionId)
  return new Map(stages.map((stage) => [stage.trade, stage]))
}

/** Implausible: a trade is reached before another without which it cannot be done. */
function* tradesInOrder(one: Case<'stage'>): Iterable<Remark> {
  const stages = stagesOf(one)
  for (const { rule, later, reached, earlier, isImplied } of sequences) {
    if (one.content.trade !== later && one.content.trade !== earlier) continue
    const [last, first] = [stages.get(later), stages.get(earlier)]
    if (last === undefined || !reached(last)) continue
    const [lastName, firstName] = [trades.labels[later].de, trades.labels[earlier].de]
    if (first === undefined ? !isImplied(stages) : !done(first)) {
      yield warn(rule, null, `${lastName} ist weiter als ${firstName}: ${firstName} ist noch nicht beendet.`)
    } else if (first?.actualEnd && last.actualEnd && certainlyBefore(last.actualEnd, first.actualEnd)) {
      yield warn(rule, null, `${lastName} endete vor ${firstName}.`)
    }
  }
}

/** Implausible: the plan lets a trade end before another without which it cannot be done. */
function* plansInOrder(one: Case<'stage'>): Iterable<Remark> {
  const stages = stagesOf(one)
  for (const { later, earlier } of sequences) {
    if (one.content.trade !== later && one.content.trade !== earlier) continue
    const [last, first] = [stages.get(later)?.plannedEnd, stages.get(earlier)?.plannedEnd]
    if (!last || !first || !certainlyBefore(last, first)) continue
    yield warn('planned-order', 'plannedEnd', `${trades.labels[later].de} soll vor ${trades.labels[earlier].de} enden.`)
  }
}

/** Implausible: the surface is restored although the civil works under it go on. */
function* surfaceAfterCivilWorks(one: Case<'stage'>): Iterable<Remark> {
  const stages = stagesOf(one)
  const concerns = one.content.surfaceRestored === true || one.content.trade === 'civil_works'
  const isRestored = [...stages.values()].some((stage) => stage.surfaceRestored === true)
  if (concerns && isRestored && !isDone(stages, 'civil_works')) {
    yield warn(
      'surface-before-civil-works',
      'surfaceRestored',
      'Die Oberfläche ist wiederhergestellt, der Tiefbau aber nicht beendet.',
    )
  }
}

/** Implausible: a trade is given up while others of the section go on after it. */
function* cancelledWhileOthersGoOn(one: Case<'stage'>): Iterable<Remark> {
  const stages = stagesOf(one)
  const cancelled = [...stages.values()].filter((stage) => stage.cancelled && !done(stage))
  const active = [...stages.values()].filter((stage) => begun(stage) && !done(stage) && !stage.cancelled && !stage.onHold)
  const concerns = one.content.cancelled || active.some((stage) => stage.trade === one.content.trade)
  if (!concerns || cancelled.length === 0 || active.length === 0) return
  const names = (list: Stage[]) => list.map((stage) => trades.labels[stage.trade].de).join(', ')
  yield warn('cancelled-and-active', 'cancelled', `Eingestellt: ${names(cancelled)}. Es läuft aber noch: ${names(active)}.`)
}

export const sequenceRules: readonly Rule<'stage'>[] = [
  tradesInOrder,
  plansInOrder,
  surfaceAfterCivilWorks,
  cancelledWhileOthersGoOn,
]
