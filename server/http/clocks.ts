import { badParameter, Problem } from './problem.ts'

/** The clocks of a read, resolved. `knownAt` null: everything known now. */
export interface Clocks {
  asOf: string
  knownAt: string | null
}

const berlinDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' })

/** First day of the timeline: the year of the award of the first programme. */
export const timelineStart = '2019-01-01'

export function today(now = new Date()): string {
  return berlinDay.format(now)
}

/** End of a day in Germany as an instant: the offset is that of the following midnight. */
function endOfDay(day: string): Date {
  const next = new Date(`${day}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  const summer = berlinDay.format(new Date(next.getTime() - 90 * 60_000)) === berlinDay.format(next)
  return new Date(next.getTime() - (summer ? 2 : 1) * 3_600_000 - 1)
}

const dayPattern = /^\d{4}-\d{2}-\d{2}$/

function isDay(value: string): boolean {
  return dayPattern.test(value) && new Date(`${value}T00:00:00Z`).toISOString().startsWith(value)
}

function resolveKnownAt(value: string | undefined, now: Date): string | null {
  if (value === undefined || value === '') return null
  const wrong = badParameter(
    'knownAt',
    'knownAt ist kein Zeitpunkt. Erwartet wird zum Beispiel 2022-04-01 oder 2022-04-01T12:00:00Z.',
  )
  try {
    if (dayPattern.test(value) && !isDay(value)) throw wrong
    const moment = dayPattern.test(value) ? endOfDay(value) : new Date(value)
    if (!dayPattern.test(value) && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(value)) throw wrong
    if (dayPattern.test(value) && value === today(now)) return null
    if (moment > now) throw badParameter('knownAt', 'knownAt liegt in der Zukunft.')
    return moment.toISOString()
  } catch (error) {
    throw error instanceof Problem ? error : wrong
  }
}

/** Reads `asOf` and `knownAt` of a query; 400 names the parameter that is malformed or out of range. */
export function resolveClocks(query: { asOf?: string | undefined; knownAt?: string | undefined }, now = new Date()): Clocks {
  const knownAt = resolveKnownAt(query.knownAt, now)
  const asOf = query.asOf || today(knownAt === null ? now : new Date(knownAt))
  if (!query.asOf) return { asOf: asOf < timelineStart ? timelineStart : asOf, knownAt }
  let valid = false
  try {
    valid = isDay(asOf)
  } catch {
    valid = false
  }
  if (!valid) throw badParameter('asOf', 'asOf ist kein Datum. Erwartet wird zum Beispiel 2022-03-28.')
  if (asOf < timelineStart || asOf > today(now)) {
    throw badParameter('asOf', `asOf liegt außerhalb der Zeitleiste (${timelineStart} bis ${today(now)}).`)
  }
  return { asOf, knownAt }
}
