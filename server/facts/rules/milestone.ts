import { certainlyBefore, hasPassed } from '../../contract/dates.ts'
import { notInFuture } from './dates.ts'
import { type Case, type Remark, type Rule, refuse, warn } from './remark.ts'

type MilestoneCase = Case<'milestone'>

/** Impossible: a milestone without any date. */
function* hasDate({ content: { planned, actual } }: MilestoneCase): Iterable<Remark> {
  if (planned === null && actual === null)
    yield refuse('planned', 'Ein Meilenstein braucht ein geplantes oder ein tatsächliches Datum.')
}

/** Impossible: reached in the future. */
function* actualIsPast({ content, today }: MilestoneCase): Iterable<Remark> {
  yield* notInFuture(content.actual, today, 'actual')
}

/** Implausible: the planned date has gone by without anyone saying what happened. */
function* planNotOverdue({ content: { planned, actual }, today }: MilestoneCase): Iterable<Remark> {
  if (actual === null && planned !== null && hasPassed(planned, today)) {
    yield warn('planned-date-passed', 'planned', 'Das geplante Datum ist vorbei, ein tatsächliches fehlt.')
  }
}

/** Implausible: reached before and not reached any more. */
function* noStepBackwards({ content, before }: MilestoneCase): Iterable<Remark> {
  if (before && before.content.actual !== null && content.actual === null) {
    yield warn('milestone-taken-back', 'actual', 'Der Meilenstein galt als erreicht und danach nicht mehr.')
  }
}

/** Implausible: the source reports something that happened only after its Stand. */
function* eventBeforeStand({ content: { actual }, trueOn }: MilestoneCase): Iterable<Remark> {
  if (actual !== null && certainlyBefore(trueOn, actual))
    yield warn('event-after-stand', 'trueOn', 'Der Stand liegt vor dem Ereignis.')
}

export const milestoneRules: readonly Rule<'milestone'>[] = [
  hasDate,
  actualIsPast,
  planNotOverdue,
  noStepBackwards,
  eventBeforeStand,
]
