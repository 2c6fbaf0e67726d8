import { getHolidays } from 'feiertagejs'
import type { IsoDate } from './dates.ts'
import type { FederalState } from './federal-state.ts'

const dayMs = 86_400_000

/** The day so many days later (earlier: negative). Dates have no time of day, so no change of clocks can shift one. */
export function addDays(day: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)
}

/** Whole days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return (Date.parse(to) - Date.parse(from)) / dayMs
}

const holidaysByYear = new Map<string, ReadonlyMap<IsoDate, string>>()

/** Name of the public holiday in German; null: the day is none. Sundays that are always Sundays (Easter) count only where the law says so. */
export function holidayName(day: IsoDate, state: FederalState): string | null {
  const year = day.slice(0, 4)
  const key = `${state} ${year}`
  const known = holidaysByYear.get(key) ?? readHolidays(Number(year), state)
  holidaysByYear.set(key, known)
  return known.get(day) ?? null
}

/** The library's `dateString` depends on the time zone of the machine; its `date` is noon UTC everywhere. */
function readHolidays(year: number, state: FederalState): ReadonlyMap<IsoDate, string> {
  const holidays = getHolidays(year, state)
  return new Map(holidays.map((holiday) => [holiday.date.toISOString().slice(0, 10), holiday.translate('de') ?? 'Feiertag']))
}

/** Monday to Friday, no public holiday. Saturdays do not count: a period never ends on one (§ 193 BGB, § 31 VwVfG). */
export function isWorkingDay(day: IsoDate, state: FederalState): boolean {
  const weekday = new Date(day).getUTCDay()
  return weekday !== 0 && weekday !== 6 && holidayName(day, state) === null
}

/** The n-th working day after the day; n = 0: the day itself. Negative n counts backwards. */
export function addWorkingDays(day: IsoDate, count: number, state: FederalState): IsoDate {
  const step = Math.sign(count)
  let [reached, left] = [day, Math.abs(count)]
  while (left > 0) {
    reached = addDays(reached, step)
    if (isWorkingDay(reached, state)) left -= 1
  }
  return reached
}

/** Working days after `from` up to and with `to`; negative when `to` is earlier. */
export function workingDaysBetween(from: IsoDate, to: IsoDate, state: FederalState): number {
  if (to < from) return 0 - workingDaysBetween(to, from, state)
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day, state)) count += 1
  return count
}
