import { dayOf, IsoDate } from '../contract/dates.ts'
import type { ItemsQuery } from '../contract/ogc.ts'
import { type Clocks, resolveClocks, timelineStart } from '../http/clocks.ts'
import { badParameter } from '../http/problem.ts'

/**
 * Clocks of a request for items. `datetime` (OGC) is another way to say `asOf`: a feature holds from its reference date on
 * without end, so those that intersect an interval are those in force at its end.
 */
export function itemsClocks(query: Pick<ItemsQuery, 'asOf' | 'knownAt' | 'datetime'>, now = new Date()): Clocks {
  if (query.datetime === undefined) return resolveClocks(query, now)
  if (query.asOf !== undefined) throw wrong('sagt dasselbe wie asOf. Bitte nur eines angeben.')
  return resolveClocks({ knownAt: query.knownAt, asOf: dayOfDatetime(query.datetime, dayOf(now)) }, now)
}

const open = ['', '..']

function dayOfDatetime(datetime: string, today: string): string {
  const [first = '', last, ...more] = datetime.split('/')
  if (last === undefined) return onTimeline(readDay(first), today)
  if (more.length > 0 || (open.includes(first) && open.includes(last))) throw notUnderstood()
  const start = open.includes(first) ? timelineStart : readDay(first)
  const end = open.includes(last) ? latest(start, today) : readDay(last)
  if (start > end) throw wrong('beginnt nach dem Ende.')
  return onTimeline(end > today ? today : end, today)
}

const momentPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

function readDay(text: string): string {
  if (IsoDate.safeParse(text).success) return text
  const moment = new Date(text)
  if (!momentPattern.test(text) || Number.isNaN(moment.getTime())) throw notUnderstood()
  return dayOf(moment)
}

function onTimeline(day: string, today: string): string {
  if (day < timelineStart || day > today) throw wrong(`liegt außerhalb der Zeitleiste (${timelineStart} bis ${today}).`)
  return day
}

function latest(a: string, b: string): string {
  return a > b ? a : b
}

function notUnderstood() {
  return wrong('ist kein Zeitpunkt und kein Zeitraum. Erwartet wird zum Beispiel 2022-03-28 oder 2022-01-01/2022-03-28.')
}

function wrong(detail: string) {
  return badParameter('datetime', `datetime ${detail}`)
}
