import { certainlyBefore, formatImpreciseDate, hasPassed } from '../../contract/dates.ts'
import { endNotBeforeStart, notInFuture } from './dates.ts'
import { type Case, type Remark, type Rule, refuse, warn } from './remark.ts'
import { sequenceRules } from './stage-sequence.ts'

type StageCase = Case<'stage'>

/** Impossible: an end before its start, planned and actual each. */
function* endsAfterStarts({ content }: StageCase): Iterable<Remark> {
  yield* endNotBeforeStart(content.plannedStart, content.plannedEnd, 'plannedEnd')
  yield* endNotBeforeStart(content.actualStart, content.actualEnd, 'actualEnd')
}

/** Impossible: actual dates in the future. */
function* actualIsPast({ content, today }: StageCase): Iterable<Remark> {
  yield* notInFuture(content.actualStart, today, 'actualStart')
  yield* notInFuture(content.actualEnd, today, 'actualEnd')
}

/** Impossible: more decimals than are kept. */
function* percentIsKept({ content }: StageCase): Iterable<Remark> {
  if (content.percent !== null && Math.round(content.percent * 100) / 100 !== content.percent) {
    yield refuse('percent', 'Fortschritt: höchstens zwei Nachkommastellen.')
  }
}

/** Implausible: done, but nobody knows since when it went on. */
function* doneWithoutStart({ content }: StageCase): Iterable<Remark> {
  if (content.actualEnd !== null && content.actualStart === null) {
    yield warn('done-without-start', 'actualStart', 'Das Gewerk ist beendet, aber ein tatsächlicher Beginn fehlt.')
  }
}

/** Implausible: percent and dates say different things. */
function* percentFitsDates({ content: { percent, actualStart, actualEnd } }: StageCase): Iterable<Remark> {
  if (percent === 100 && actualEnd === null) {
    yield warn('complete-without-end', 'actualEnd', 'Der Fortschritt ist 100 %, aber ein tatsächliches Ende fehlt.')
  }
  if (percent !== null && percent < 100 && actualEnd !== null) {
    yield warn('ended-incomplete', 'percent', 'Das Gewerk ist beendet, der Fortschritt aber unter 100 %.')
  }
  if (percent !== null && percent > 0 && actualStart === null && actualEnd === null) {
    yield warn('progress-without-start', 'actualStart', 'Es gibt Fortschritt, aber keinen tatsächlichen Beginn.')
  }
}

/** Implausible: halted or given up, and yet done. */
function* flagsFitDates({ content: { onHold, cancelled, actualEnd } }: StageCase): Iterable<Remark> {
  if (onHold && actualEnd !== null) yield warn('on-hold-and-done', 'onHold', 'Das Gewerk ist beendet und zugleich unterbrochen.')
  if (cancelled && actualEnd !== null)
    yield warn('cancelled-and-done', 'cancelled', 'Das Gewerk ist beendet und zugleich eingestellt.')
  if (cancelled && onHold) yield warn('cancelled-and-on-hold', 'onHold', 'Das Gewerk ist eingestellt und zugleich unterbrochen.')
}

/** Implausible: what was reached before is not reached any more, so the displayed phase may fall. */
function* noStepBackwards({ content, before }: StageCase): Iterable<Remark> {
  const old = before?.content
  if (!old) return
  if (old.actualEnd !== null && content.actualEnd === null) {
    yield warn(
      'end-taken-back',
      'actualEnd',
      'Das Gewerk galt als beendet und danach nicht mehr: Der angezeigte Stand kann zurückfallen.',
    )
  }
  if (old.actualStart !== null && content.actualStart === null && content.actualEnd === null) {
    yield warn(
      'start-taken-back',
      'actualStart',
      'Das Gewerk galt als begonnen und danach nicht mehr: Der angezeigte Stand kann zurückfallen.',
    )
  }
  if (old.percent !== null && content.percent !== null && content.percent < old.percent) {
    yield warn('percent-fell', 'percent', 'Der Fortschritt ist kleiner als zuvor.')
  }
}

/** Implausible: a plan that has run out without anyone saying what happened. */
function* plansNotOverdue({ content, today }: StageCase): Iterable<Remark> {
  const { plannedStart, plannedEnd, actualStart, actualEnd, onHold, cancelled } = content
  if (actualEnd !== null || onHold || cancelled) return
  if (plannedEnd !== null && hasPassed(plannedEnd, today)) {
    yield warn('planned-end-passed', 'plannedEnd', 'Das geplante Ende ist vorbei, ein tatsächliches Ende fehlt.')
  } else if (plannedStart !== null && actualStart === null && hasPassed(plannedStart, today)) {
    yield warn('planned-start-passed', 'plannedStart', 'Der geplante Beginn ist vorbei, ein tatsächlicher Beginn fehlt.')
  }
}

/** Implausible: the source reports something that happened only after its Stand. */
function* eventsBeforeStand({ content, trueOn }: StageCase): Iterable<Remark> {
  for (const field of ['actualStart', 'actualEnd'] as const) {
    const date = content[field]
    if (date === null || !certainlyBefore(trueOn, date)) continue
    yield warn('event-after-stand', 'trueOn', `Der Stand liegt vor dem Ereignis vom ${formatImpreciseDate(date, 'de')}.`)
  }
}

export const stageRules: readonly Rule<'stage'>[] = [
  endsAfterStarts,
  actualIsPast,
  percentIsKept,
  doneWithoutStart,
  percentFitsDates,
  flagsFitDates,
  noStepBackwards,
  plansNotOverdue,
  eventsBeforeStand,
  ...sequenceRules,
]
