import { dayOf } from '../../server/contract/dates.ts'

/** Days as numbers since 1970, for sliders and axes. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000)
}

export function dayFrom(number: number): string {
  return new Date(number * 86_400_000).toISOString().slice(0, 10)
}

export function dayInGermany(timestamp: string): string {
  return dayOf(new Date(timestamp))
}

/** First day of the quarter before or after the one of `day`; going back from within a quarter leads to its own first day. */
export function quarterStep(day: string, direction: 1 | -1): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const quarter = Math.floor((month - 1) / 3)
  const isInside = (month - 1) % 3 !== 0 || date !== 1
  const target = direction === 1 ? quarter + 1 : isInside ? quarter : quarter - 1
  return new Date(Date.UTC(year, target * 3, 1)).toISOString().slice(0, 10)
}
