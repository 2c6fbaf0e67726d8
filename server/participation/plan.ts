import type { IsoDate } from '../contract/dates.ts'
import { addDays, addWorkingDays, isWorkingDay } from '../contract/working-days.ts'
import type { CaseFile, Department, EventRow, ReviewRow } from './queries.ts'
import { type Calendar, dueOf, isOver, isPaused, later } from './rules.ts'

/** A review that waits for a statement, and what is known about it. */
export interface Pending {
  review: ReviewRow
  file: CaseFile
  /** As it is now; undefined: there is none any more. */
  department: Department | undefined
  events: readonly EventRow[]
}

export interface PlannedReview extends Pending {
  dueOn: IsoDate
}

/** Something that happens by itself: on a day, to somebody, about reviews. */
export interface Step {
  /** Never before today: what was missed is made up for. */
  on: IsoDate
  kind: 'digest' | 'reminder' | 'escalation' | 'silence'
  /** null: nobody is told. */
  to: string | null
  reviews: readonly PlannedReview[]
}

/** A digest is known by its address and the Monday of its week. */
export interface SentDigest {
  to: string
  week: IsoDate
}

/**
 * What happens next, soonest first: the preview shows it, and the job does what is due of it, so the two cannot differ. Cases that stand
 * still or are over wait.
 */
export function planOf(pending: readonly Pending[], sent: readonly SentDigest[], calendar: Calendar): Step[] {
  const planned = pending.flatMap((one): PlannedReview[] => {
    if (isOver(one.file) || isPaused(one.file, calendar.today)) return []
    const dueOn = dueOf(one.review, one.file, calendar.state)
    return dueOn === null ? [] : [{ ...one, dueOn }]
  })
  const digests = digestsOf(planned, sent, calendar)
  const own = planned.flatMap((one) => [...reminderOf(one, digests, calendar), ...afterDue(one, calendar)])
  return [...digests, ...own].toSorted((a, b) => a.on.localeCompare(b.on))
}

/** The Monday of the week a day lies in. */
export function weekOf(day: IsoDate): IsoDate {
  return addDays(day, -((new Date(day).getUTCDay() + 6) % 7))
}

/** On the first working day of a week, everything that was open before it, in one mail for each address. */
function digestsOf(planned: readonly PlannedReview[], sent: readonly SentDigest[], calendar: Calendar): Step[] {
  const asked = planned.filter(({ review }) => review.askedVia === 'mail')
  const addresses = new Set(asked.flatMap(({ department }) => department?.email?.toLowerCase() ?? []))
  return [...addresses].flatMap((to) => {
    const own = asked.filter(({ department }) => department?.email?.toLowerCase() === to)
    const thisWeek = weekOf(calendar.today)
    const isSent = sent.some((digest) => digest.to === to && digest.week === thisWeek)
    const soon = isSent ? [] : own.filter(({ review }) => review.askedOn < thisWeek)
    if (soon.length > 0)
      return [{ on: later(firstWorkingDay(thisWeek, calendar), calendar.today), kind: 'digest', to, reviews: soon }]
    return [{ on: firstWorkingDay(addDays(thisWeek, 7), calendar), kind: 'digest', to, reviews: own }]
  })
}

function firstWorkingDay(day: IsoDate, { state }: Calendar): IsoDate {
  return isWorkingDay(day, state) ? day : addWorkingDays(day, 1, state)
}

/** Whether a reminder is due for it on the day, or was. */
export function isToRemind({ review, dueOn, events }: PlannedReview, day: IsoDate, { state }: Calendar): boolean {
  const from = addWorkingDays(dueOn, -review.remindWorkingDays, state)
  const isReminded = events.some((event) => event.kind === 'reminded' && event.dueOn === dueOn)
  return review.askedVia === 'mail' && !isReminded && from > review.dueSetOn && day >= from && day <= dueOn
}

/** Some working days before the due day, unless the digest of that day says it already. */
function reminderOf(one: PlannedReview, digests: readonly Step[], calendar: Calendar): Step[] {
  const from = addWorkingDays(one.dueOn, -one.review.remindWorkingDays, calendar.state)
  const on = later(from, calendar.today)
  const to = one.department?.email ?? null
  if (to === null || !isToRemind(one, on, calendar)) return []
  const isSaid = digests.some((digest) => digest.on === on && digest.reviews.includes(one))
  return isSaid ? [] : [{ on, kind: 'reminder', to, reviews: [one] }]
}

/** On the first working day after the due day: whoever leads is told, and silence means what was announced. */
function afterDue(one: PlannedReview, calendar: Calendar): Step[] {
  const { review, department, dueOn, events } = one
  const on = later(addWorkingDays(dueOn, 1, calendar.state), calendar.today)
  const isDone = events.some((event) => event.kind === 'escalated' && event.dueOn === dueOn)
  const escalation: Step = { on, kind: 'escalation', to: department?.escalationEmail ?? null, reviews: [one] }
  const silence: Step = { on, kind: 'silence', to: null, reviews: [one] }
  return [...(isDone ? [] : [escalation]), ...(review.silence === 'stays_open' ? [] : [silence])]
}
