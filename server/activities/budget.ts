import type { Expense } from '../contract/activities/expense.ts'
import type { Budget } from '../contract/activities.ts'
import { earliest } from '../contract/dates.ts'

/** A funding frame as it is recorded. */
export type Frame = Pick<
  Budget,
  'frameId' | 'name' | 'directive' | 'mostEur' | 'sharePercent' | 'months' | 'legalNote' | 'source'
> & {
  grantedEur: number | null
  /** `2026-01` */
  firstMonth: string | null
  noticeOn: string | null
}

export function euro(value: number): number {
  return Math.round(value * 100) / 100
}

/** A frame against time and money as of a day (that day included). */
export function budgetOf(frame: Frame, expenses: readonly Expense[], asOf: string): Budget {
  const { grantedEur, firstMonth, noticeOn, ...told } = frame
  if (grantedEur === null || firstMonth === null) return { ...told, state: 'not_granted', grant: null }
  const firstDay = `${firstMonth}-01`
  const lastDay = dayBefore(monthsAfter(firstMonth, frame.months))
  const time = timeOf(firstDay, lastDay, asOf)
  const monthsPassed = Math.min(frame.months, monthsBetween(firstMonth, asOf))
  const eligibleEur = euro(sumOf(expenses, firstDay, asOf < lastDay ? asOf : lastDay))
  const chargedEur = euro((eligibleEur * (frame.sharePercent ?? 100)) / 100)
  return {
    ...told,
    state: asOf < firstDay ? 'not_begun' : asOf > lastDay ? 'ended' : 'running',
    grant: {
      ...{ grantedEur, noticeOn, firstDay, lastDay, monthsPassed, monthsLeft: frame.months - monthsPassed },
      ...{ timeShare: time, eligibleEur, chargedEur, restEur: euro(grantedEur - chargedEur) },
      spentShare: chargedEur / grantedEur,
      // Of a few days nothing can be told.
      forecastEur: monthsPassed < 1 ? null : euro(chargedEur / time),
    },
  }
}

function sumOf(expenses: readonly Expense[], from: string, to: string): number {
  const inside = (dated: string) => {
    const day = earliest(dated) ?? dated
    return from <= day && day <= to
  }
  return expenses.filter(({ eligible, dated }) => eligible && inside(dated)).reduce((sum, { amountEur }) => sum + amountEur, 0)
}

const dayMs = 86_400_000
const at = (day: string) => Date.parse(`${day}T00:00:00Z`)

/** Share of the period that has passed, the day itself included. */
function timeOf(firstDay: string, lastDay: string, asOf: string): number {
  const whole = at(lastDay) - at(firstDay) + dayMs
  return Math.min(1, Math.max(0, (at(asOf) - at(firstDay) + dayMs) / whole))
}

function monthsAfter(month: string, count: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 10)
}

function dayBefore(day: string): string {
  return new Date(at(day) - dayMs).toISOString().slice(0, 10)
}

/** Whole months that have passed at the end of that day. */
function monthsBetween(month: string, asOf: string): number {
  const next = new Date(at(asOf) + dayMs)
  const [year = 0, number = 0] = month.split('-').map(Number)
  return Math.max(0, (next.getUTCFullYear() - year) * 12 + next.getUTCMonth() + 1 - number)
}
