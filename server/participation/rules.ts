import type { IsoDate } from '../contract/dates.ts'
import { type DeadlineLight, dueDay, lightOf, type Received, remaining } from '../contract/deadlines.ts'
import { answerDeadline } from '../contract/facts/deadline-rule.ts'
import type { FederalState } from '../contract/federal-state.ts'
import type { Clock } from '../contract/participation.ts'
import { chooseRule } from '../contract/validity.ts'
import { addDays, addWorkingDays, daysBetween, isWorkingDay } from '../contract/working-days.ts'
import type { CaseFile, DeadlineRule, ReviewRow } from './queries.ts'

/** The day it is, and where: holidays differ by Land. */
export interface Calendar {
  today: IsoDate
  state: FederalState
}

/** The later of two days or moments (ISO). */
export function later(a: string, b: string): string {
  return a.localeCompare(b) > 0 ? a : b
}

/** What a case is called in mails, letters and the calendar. */
export function caseName({
  caseNumber,
  operatorSiteCode,
  key,
}: Pick<CaseFile, 'caseNumber' | 'operatorSiteCode' | 'key'>): string {
  return caseNumber ?? operatorSiteCode ?? key
}

/** Nobody is asked, reminded or waited for any more. */
export function isOver({ steps }: Pick<CaseFile, 'steps'>): boolean {
  return ['withdrawn', 'rejected', 'decommissioned'].some((step) => step in steps)
}

export function isPaused({ pauses }: Pick<CaseFile, 'pauses'>, today: IsoDate): boolean {
  return pauses.some(({ from, to }) => from <= today && (to === null || today < to))
}

/** The clocks of a case by the rules in force when it was received, soonest first. */
export function clocksOf(file: CaseFile, rules: readonly DeadlineRule[], { today, state }: Calendar): Clock[] {
  const slugs = [...new Set(rules.map(({ slug }) => slug))]
  const clocks = slugs.flatMap((slug): Clock[] => {
    const { rule, doubt } = chooseRule(
      rules.filter((one) => one.slug === slug),
      file.receivedOn,
    )
    if (!rule) return []
    const received: Received = { receivedOn: file.receivedOn, length: rule, pauses: file.pauses, state }
    const { dueOn, daysLeft } = dueDay(received)
    const metOn = metDay(file, slug)
    return [
      {
        ...{ rule: slug, name: rule.name, legalNote: rule.legalNote ?? '', doubt, dueOn, daysLeft, metOn },
        workingDaysLeft: dueOn === null ? null : remaining(dueOn, today, state).workingDays,
        light: lightOf({ received, metOn, today, warnsFrom: rule.warningDays }),
      },
    ]
  })
  return clocks.toSorted((a, b) => (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999'))
}

/** The day a clock stopped: the answer, the reply or the agreed site; what ends a case ends its clocks. */
function metDay({ steps }: CaseFile, slug: string): IsoDate | null {
  const meeting = [
    'reply_sent',
    'site_agreed',
    'rejected',
    'withdrawn',
    ...(slug === answerDeadline ? ['answered' as const] : []),
  ] as const
  const days = meeting.flatMap((step) => steps[step]?.on ?? [])
  return days.toSorted()[0] ?? null
}

type SetDeadline = Pick<ReviewRow, 'dueOn' | 'dueSetOn'>

/** The time a department was given, stretched by what the case stood still since. */
function given({ dueOn, dueSetOn }: SetDeadline, { pauses }: Pick<CaseFile, 'pauses'>, state: FederalState): Received {
  const later = pauses.filter(({ from, to }) => from > dueSetOn && from <= dueOn && (to === null || to > from))
  const length = { amount: daysBetween(dueSetOn, dueOn), unit: 'days' as const, rollsForward: later.length > 0 }
  return { receivedOn: dueSetOn, length, pauses: later, state }
}

/** Last day for a department's statement; null while the case stands still. */
export function dueOf(review: SetDeadline, file: Pick<CaseFile, 'pauses'>, state: FederalState): IsoDate | null {
  return dueDay(given(review, file, state)).dueOn
}

/** The light of a review; null: withdrawn. What silence said was not said in time. */
export function lightOfReview(
  review: ReviewRow,
  file: Pick<CaseFile, 'pauses'>,
  firstGivenOn: IsoDate | null,
  { today, state }: Calendar,
): DeadlineLight | null {
  if (review.status === 'withdrawn') return null
  return lightOf({ received: given(review, file, state), metOn: firstGivenOn, today })
}

/** Due day suggested to departments: a week before the next clock of the case runs out, at least ten days from now, a working day. */
export function suggestDueDay(clocks: readonly Clock[], { today, state }: Calendar): IsoDate {
  const next = clocks.find(({ metOn, dueOn }) => metOn === null && dueOn !== null)?.dueOn
  const wished = next ? addDays(next, -replyDays) : addDays(today, usualDays)
  const day = later(wished, addDays(today, shortestDays))
  return isWorkingDay(day, state) ? day : addWorkingDays(day, 1, state)
}

/** Calendar days: for the reply after the last statement, the shortest time given to a department, and what is usual without a clock. */
const replyDays = 7
const shortestDays = 10
const usualDays = 21
