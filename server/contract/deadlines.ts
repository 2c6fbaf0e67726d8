import type * as z from 'zod/mini'
import { codes } from './codes.ts'
import type { IsoDate } from './dates.ts'
import type { FederalState } from './federal-state.ts'
import { addDays, daysBetween, isWorkingDay, workingDaysBetween } from './working-days.ts'

/** What the length of a deadline is counted in. Weeks are seven days each. */
export const deadlineUnits = codes({
  days: { de: 'Tage', en: 'days' },
  weeks: { de: 'Wochen', en: 'weeks' },
  working_days: { de: 'Arbeitstage', en: 'working days' },
})
export type DeadlineUnit = z.infer<typeof deadlineUnits.schema>

/** How long a deadline is, and whether one that would end on a Saturday, Sunday or holiday ends on the next working day. */
export interface DeadlineLength {
  /** Whole number from 1 on. */
  amount: number
  unit: DeadlineUnit
  rollsForward: boolean
}

/**
 * A time in which the clock of a deadline stands still: `from` is the first day that does not count, `to` the first that counts again
 * (half-open, so that two pauses may touch). `to` null: not resumed yet. `to` not after `from`: no day at all.
 */
export interface Pause {
  from: IsoDate
  to: IsoDate | null
}

export interface Received {
  receivedOn: IsoDate
  length: DeadlineLength
  /** In any order, overlapping or not. */
  pauses: readonly Pause[]
  state: FederalState
}

/**
 * When a deadline ends, both days included in it. `countedOn` is the last day counted; `dueOn` differs from it where the deadline rolls
 * forward. While a pause is open there is no due day, but `daysLeft` (working days where the deadline counts those).
 */
export type Due = { dueOn: IsoDate; countedOn: IsoDate; daysLeft: null } | { dueOn: null; countedOn: null; daysLeft: number }

/**
 * The last day of a deadline. The day of receipt does not count (§ 187 (1) BGB); the deadline ends with the last day counted (§ 188
 * BGB); days in a pause do not count; a deadline that rolls forward ends on a working day outside every pause (§ 193 BGB).
 */
export function dueDay({ receivedOn, length, pauses, state }: Received): Due {
  const { amount, unit, rollsForward } = length
  const counts = (day: IsoDate) => unit !== 'working_days' || isWorkingDay(day, state)
  let left = unit === 'weeks' ? amount * 7 : amount
  let countedOn = receivedOn
  for (let day = addDays(receivedOn, 1); ; day = addDays(day, 1)) {
    const pause = pauseOn(day, pauses)
    if (pause?.to === null) return { dueOn: null, countedOn: null, daysLeft: left }
    if (pause) continue
    if (left > 0 && counts(day)) {
      left -= 1
      countedOn = day
    }
    if (left === 0 && (!rollsForward || isWorkingDay(day, state))) return { dueOn: day, countedOn, daysLeft: null }
  }
}

/** The pause a day lies in: an open one before others. */
function pauseOn(day: IsoDate, pauses: readonly Pause[]): Pause | undefined {
  const covering = pauses.filter(({ from, to }) => from <= day && (to === null || day < to))
  return covering.find(({ to }) => to === null) ?? covering[0]
}

export interface Remaining {
  /** Calendar days until the due day; 0: it is today, negative: it has passed. */
  days: number
  /** Working days after today up to and with the due day; negative: those since it passed. */
  workingDays: number
}

/** What is left of a deadline. */
export function remaining(dueOn: IsoDate, today: IsoDate, state: FederalState): Remaining {
  return { days: daysBetween(today, dueOn), workingDays: workingDaysBetween(today, dueOn, state) }
}

/** The traffic light of a deadline, in words: colour alone says nothing. `met` and `missed` are final. */
export const deadlineLights = codes({
  green: { de: 'im Plan', en: 'on track' },
  yellow: { de: 'bald fällig', en: 'due soon' },
  red: { de: 'unmittelbar fällig', en: 'due now' },
  paused: { de: 'angehalten', en: 'paused' },
  met: { de: 'eingehalten', en: 'met' },
  missed: { de: 'überschritten', en: 'missed' },
})
export type DeadlineLight = z.infer<typeof deadlineLights.schema>

/** Working days before the due day from which a light is yellow, unless the rule says otherwise; red on the last one and the due day. */
export const defaultWarning = 5
const redWorkingDays = 1

export interface Running {
  received: Received
  /** The day on which what was due happened; null: not yet. */
  metOn: IsoDate | null
  today: IsoDate
  /** Working days before the due day from which the light is yellow. */
  warnsFrom?: number
}

/** Where a deadline stands today. What happened on the due day was in time; what happened later, or not by then, missed it. */
export function lightOf({ received, metOn, today, warnsFrom = defaultWarning }: Running): DeadlineLight {
  const { dueOn } = dueDay(received)
  if (metOn !== null) return dueOn === null || metOn <= dueOn ? 'met' : 'missed'
  if (dueOn !== null && dueOn < today) return 'missed'
  if (dueOn === null || pauseOn(today, received.pauses)) return 'paused'
  const { workingDays } = remaining(dueOn, today, received.state)
  if (workingDays <= redWorkingDays) return 'red'
  return workingDays <= warnsFrom ? 'yellow' : 'green'
}
