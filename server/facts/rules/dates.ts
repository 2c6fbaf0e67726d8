import { certainlyBefore, earliest, type ImpreciseDate, isUpperBound } from '../../contract/dates.ts'
import { type Remark, refuse } from './remark.ts'

/** Whether the date, however it is read, lies after the day. Of "bis …" the named date counts: what has happened can be told by then. */
export function isAfter(date: ImpreciseDate, day: string): boolean {
  const first = earliest(isUpperBound(date) ? date.slice('by '.length) : date)
  return first !== null && first > day
}

/** Impossible: something ends before it begins. */
export function* endNotBeforeStart(start: ImpreciseDate | null, end: ImpreciseDate | null, field: string): Iterable<Remark> {
  if (start !== null && end !== null && certainlyBefore(end, start)) yield refuse(field, 'Das Ende liegt vor dem Beginn.')
}

/** Impossible: something has happened in the future. */
export function* notInFuture(date: ImpreciseDate | null, today: string, field: string): Iterable<Remark> {
  if (date !== null && isAfter(date, today))
    yield refuse(field, 'Was tatsächlich geschehen ist, kann nicht in der Zukunft liegen.')
}
