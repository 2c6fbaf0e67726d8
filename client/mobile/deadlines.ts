import type { IsoDate } from '../../server/contract/dates.ts'
import type { DeadlineLight } from '../../server/contract/deadlines.ts'

/** A clock of a case, as far as lists show it. */
export interface CaseDeadline {
  name: string
  /** null: it stands still. */
  dueOn: IsoDate | null
  /** null: not met yet; otherwise it presses nobody any more, whether it was met in time or not. */
  metOn: IsoDate | null
  light: DeadlineLight
}

const pressing: readonly DeadlineLight[] = ['missed', 'red', 'yellow', 'paused', 'green']

/** The most pressing deadline that is still open; null: all are met. */
export function mostPressing(deadlines: readonly CaseDeadline[]): CaseDeadline | null {
  const open = deadlines.filter(({ metOn }) => metOn === null)
  const inOrder = open.toSorted((a, b) => urgencyOf(a) - urgencyOf(b) || ((a.dueOn ?? '9') < (b.dueOn ?? '9') ? -1 : 1))
  return inOrder[0] ?? null
}

/** 0: missed; the higher, the less it presses. */
export function urgencyOf(deadline: CaseDeadline | null): number {
  return deadline ? pressing.indexOf(deadline.light) : pressing.length
}
