import { earliest, type IsoDate, latest } from '../contract/dates.ts'
import { type DayRange, minimumCases, type OperatorLedger, type Outcome } from '../contract/schedule.ts'

const dayMs = 86_400_000

/** Whole days from one day to another. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs)
}

export function addDays(day: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(day) + Math.round(days) * dayMs).toISOString().slice(0, 10)
}

/** Days from one imprecise date to another: counted last day to last day; least and most are what their precision allows. */
export function rangeBetween(from: string, to: string): DayRange {
  const [fromFirst, toFirst] = [earliest(from), earliest(to)]
  return {
    days: daysBetween(latest(from), latest(to)),
    least: toFirst === null ? null : daysBetween(latest(from), toFirst),
    most: fromFirst === null ? null : daysBetween(fromFirst, latest(to)),
  }
}

/** Announced against happened. On time: certainly by the last day of what was announced. */
export function outcomeOf(announced: string, actual: string | null, asOf: IsoDate): Outcome {
  const due = latest(announced)
  if (actual === null) return due < asOf ? 'overdue' : 'open'
  if (latest(actual) <= due) return 'on_time'
  const first = earliest(actual)
  return first !== null && first > due ? 'late' : 'undecided'
}

/** Middle value; of an even number, the mean of both in the middle. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

/** What the ledger counts of an announced date. */
export interface LedgerCase {
  operator: string | null
  timesMoved: number
  isWithdrawn: boolean
  outcome: Outcome
  /** Counted days, happened against first named; null: not happened. */
  slipDays: number | null
}

/** One line per operator, the one with most announced dates first; dates without an operator come last. */
export function ledgerOf(cases: readonly LedgerCase[]): OperatorLedger[] {
  const lines = [...Map.groupBy(cases, ({ operator }) => operator)].map(([operator, own]) => lineOf(operator, own))
  return lines.toSorted(
    (a, b) =>
      Number(a.operator === null) - Number(b.operator === null) || b.announced - a.announced || compare(a.operator, b.operator),
  )
}

function compare(a: string | null, b: string | null): number {
  return (a ?? '') < (b ?? '') ? -1 : 1
}

function lineOf(operator: string | null, cases: readonly LedgerCase[]): OperatorLedger {
  const count = (outcome: Outcome) => cases.filter((one) => one.outcome === outcome).length
  const slips = cases.flatMap(({ slipDays }) => slipDays ?? [])
  const [onTime, undecided] = [count('on_time'), count('undecided')]
  const isEnough = slips.length >= minimumCases
  return {
    operator,
    announced: cases.length,
    moved: cases.filter(({ timesMoved }) => timesMoved > 0).length,
    withdrawn: cases.filter(({ isWithdrawn }) => isWithdrawn).length,
    happened: slips.length,
    onTime,
    late: count('late'),
    undecided,
    overdue: count('overdue'),
    medianSlipDays: isEnough ? medianOf(slips) : null,
    onTimeShare: isEnough ? { least: onTime / slips.length, most: (onTime + undecided) / slips.length } : null,
  }
}
