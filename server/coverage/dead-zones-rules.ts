import type * as z from 'zod/mini'
import {
  type DayPart,
  type DeadZoneStatus,
  dayParts,
  oldestReportMonths,
  type reportDeadZone,
  shortestFillingMs,
} from '../contract/dead-zones.ts'
import type { FieldError } from '../http/problem.ts'

type Report = z.infer<(typeof reportDeadZone)['body']>

/** Whether a program filled in the form: the trap is filled, or it was done faster than anybody reads. */
export function isRobot({ website, filledInMs }: Pick<Report, 'website' | 'filledInMs'>): boolean {
  return Boolean(website) || filledInMs < shortestFillingMs
}

const hoursOfPart = 24 / dayParts.keys.length

/** A part of the day has begun when its first hour has, by the clock of Germany. */
function hasBegun(part: DayPart, now: Date): boolean {
  const hour = Number(
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit', hourCycle: 'h23' }).format(now),
  )
  return hour >= dayParts.keys.indexOf(part) * hoursOfPart
}

/** What is wrong with the day of a report: it lies in the future, or too far back to say something of the network of today. */
export function judgeDay({ seenOn, dayPart }: Pick<Report, 'seenOn' | 'dayPart'>, now: Date, today: string): FieldError[] {
  if (seenOn > today) return [{ field: 'seenOn', detail: 'Der Tag liegt in der Zukunft.' }]
  if (seenOn === today && !hasBegun(dayPart, now))
    return [{ field: 'dayPart', detail: 'Diese Tageszeit hat heute noch nicht begonnen.' }]
  const oldest = new Date(`${today}T12:00:00Z`)
  oldest.setUTCMonth(oldest.getUTCMonth() - oldestReportMonths)
  return seenOn < oldest.toISOString().slice(0, 10)
    ? [{ field: 'seenOn', detail: `Bitte melden Sie nur, was in den letzten ${oldestReportMonths} Monaten war.` }]
    : []
}

export function isTooFewWords(reason: string | null): boolean {
  return (reason ?? '').length < 3
}

const done: Readonly<Record<DeadZoneStatus, string>> = {
  pending: 'Entscheidung zurückgenommen',
  published: 'veröffentlicht',
  rejected: 'abgelehnt',
}

/** The sentence that stands in the history. */
export function wordsOfDecision(status: DeadZoneStatus, count: number): string {
  return `${count === 1 ? 'Eine Funkloch-Meldung' : `${count} Funkloch-Meldungen`}: ${done[status]}`
}
