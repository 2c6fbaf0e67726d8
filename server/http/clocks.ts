import { dayOf, IsoDate } from '../contract/dates.ts'
import { badParameter } from './problem.ts'

/** The clocks of a read, resolved. `knownAt` null: everything known now. */
export interface Clocks {
  asOf: string
  knownAt: string | null
}

/** First day of the timeline: the year in which the first programme was awarded. */
export const timelineStart = '2019-01-01'

const dayPattern = /^\d{4}-\d{2}-\d{2}$/
const momentPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/

function isDay(value: string): boolean {
  return IsoDate.safeParse(value).success
}

/** Last millisecond of a day in Germany (the following midnight is 22:00 UTC in summer, 23:00 UTC in winter). */
function endOfDay(day: string): Date {
  const midnight = new Date(`${day}T00:00:00Z`)
  midnight.setUTCDate(midnight.getUTCDate() + 1)
  const inSummer = new Date(midnight.getTime() - 2 * 3_600_000)
  const next = dayOf(inSummer) > day ? inSummer : new Date(midnight.getTime() - 3_600_000)
  return new Date(next.getTime() - 1)
}

function parseMoment(value: string): Date | null {
  if (dayPattern.test(value)) return isDay(value) ? endOfDay(value) : null
  const moment = new Date(value)
  return momentPattern.test(value) && !Number.isNaN(moment.getTime()) ? moment : null
}

function resolveKnownAt(value: string | undefined, now: Date): Date | null {
  if (value === undefined || value === dayOf(now)) return null
  const moment = parseMoment(value)
  if (!moment)
    throw badParameter('knownAt', 'knownAt ist kein Zeitpunkt. Erwartet wird zum Beispiel 2022-04-01 oder 2022-04-01T12:00:00Z.')
  if (moment > now) throw badParameter('knownAt', 'knownAt liegt in der Zukunft.')
  return moment
}

function resolveAsOf(value: string | undefined, knownAt: Date | null, now: Date): string {
  if (value === undefined) {
    const day = dayOf(knownAt ?? now)
    return day < timelineStart ? timelineStart : day
  }
  if (!isDay(value)) throw badParameter('asOf', 'asOf ist kein Datum. Erwartet wird zum Beispiel 2022-03-28.')
  if (value < timelineStart || value > dayOf(now)) {
    throw badParameter('asOf', `asOf liegt außerhalb der Zeitleiste (${timelineStart} bis ${dayOf(now)}).`)
  }
  return value
}

/** Reads `asOf` and `knownAt` of a query; 400 names the parameter that is malformed or out of range. */
export function resolveClocks(query: { asOf?: string | undefined; knownAt?: string | undefined }, now = new Date()): Clocks {
  const knownAt = resolveKnownAt(query.knownAt, now)
  return { asOf: resolveAsOf(query.asOf, knownAt, now), knownAt: knownAt?.toISOString() ?? null }
}
