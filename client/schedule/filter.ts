import { type LedgerDate, outcomes } from '../../server/contract/schedule.ts'
import { addressWith } from '../workbench/place.ts'

/** Which announced dates are listed; kept in the address. '' is all. */
export interface DateFilter {
  operator: string
  result: string
}

/** Heading of the list, to which the numbers of the ledger lead. */
export const listId = 'termine'
/** Stands for milestones and programmes without a named operator. */
export const nobody = '-'

/** What can be asked for: every outcome, and what the ledger counts beside. */
export const results: Readonly<Record<string, string>> = {
  ...Object.fromEntries(outcomes.keys.map((outcome) => [outcome, outcomes.labels[outcome].de])),
  moved: 'verschoben',
  withdrawn: 'zurückgenommen',
  happened: 'eingetreten',
}

export function operatorKey({ operator }: { operator: string | null }): string {
  return operator ?? nobody
}

export function readDateFilter(query: URLSearchParams): DateFilter {
  const result = query.get('ergebnis') ?? ''
  return { operator: query.get('betreiber') ?? '', result: Object.hasOwn(results, result) ? result : '' }
}

/** Address of this page with the list narrowed to what a number of the ledger counts. */
export function filterAddress(operator: string | null, result: string): string {
  return addressWith({ betreiber: operator ?? nobody, ergebnis: result || null })
}

export function fits(date: LedgerDate, { operator, result }: DateFilter): boolean {
  if (operator !== '' && operatorKey(date) !== operator) return false
  switch (result) {
    case '':
      return true
    case 'moved':
      return date.timesMoved > 0
    case 'withdrawn':
      return date.named === null && date.actual === null
    case 'happened':
      return date.actual !== null
    default:
      return date.outcome === result
  }
}
