import { earliest, latest } from '../../server/contract/dates.ts'
import { dayNumber } from './days.ts'

/** Geometry of a timeline of planned and actual periods: which days are certain, which only possible. In days since 1970. */

export interface Span {
  from: number
  to: number
}

export interface Bar {
  /** Every day it may have lasted. */
  possible: Span
  /** Days it lasted in any case; null: no day is certain. */
  certain: Span | null
  /** Nothing is known before (after) the possible days: it begins (ends) in the open. */
  openStart: boolean
  openEnd: boolean
}

/** Days drawn for the side of a period about which nothing was said. */
const openDays = 60

/** Of work that has not ended: the day it was last reported to go on, and the day shown. */
export interface Running {
  reported: string
  asOf: string
}

/** A period from its two imprecise dates; null when neither was said. What is running is certain only as far as it was reported. */
export function barOf(start: string | null, end: string | null, running: Running | null = null): Bar | null {
  if (start === null && end === null) return null
  const last = end ? dayNumber(latest(end)) : running ? dayNumber(running.asOf) : null
  const firstKnown = start ? earliest(start) : null
  const from = firstKnown ? dayNumber(firstKnown) : boundary(start, last)
  const to = Math.max(last ?? from + openDays, from + 1)
  const certainFrom = start ? dayNumber(latest(start)) : null
  const endFirst = end ? earliest(end) : null
  const reported = running && Math.min(dayNumber(running.reported), dayNumber(running.asOf))
  const certainTo = end ? (endFirst ? dayNumber(endFirst) : null) : reported
  const certain =
    certainFrom !== null && certainTo !== null && certainFrom < certainTo ? { from: certainFrom, to: certainTo } : null
  return { possible: { from, to }, certain, openStart: firstKnown === null, openEnd: end === null }
}

/** Where a period without a first day begins to be drawn: some days before the one it is bounded by. */
function boundary(start: string | null, last: number | null): number {
  if (start) return dayNumber(latest(start)) - openDays
  return (last ?? 0) - openDays
}

/** The years shown: whole ones, from the first to the last day of all bars, `asOf` included. */
export function extentOf(bars: readonly Bar[], asOf: string): Span {
  const days = [dayNumber(asOf), ...bars.flatMap((bar) => [bar.possible.from, bar.possible.to])]
  const year = (day: number) => new Date(day * 86_400_000).getUTCFullYear()
  return {
    from: Date.UTC(year(Math.min(...days)), 0, 1) / 86_400_000,
    to: Date.UTC(year(Math.max(...days)) + 1, 0, 1) / 86_400_000,
  }
}

export interface Tick {
  day: number
  /** A year, or the first month of a quarter (1 to 12). */
  year: number
  month: number
}

/** First days of the years of an extent, thinned so that at most `most` remain; of the quarters, where there is room for them. */
export function ticksOf({ from, to }: Span, most: number): Tick[] {
  const first = new Date(from * 86_400_000).getUTCFullYear()
  const years = new Date(to * 86_400_000).getUTCFullYear() - first
  const months = years * 4 <= most ? 3 : 12 * Math.max(1, Math.ceil(years / most))
  return Array.from({ length: Math.ceil((years * 12) / months) }, (_, index) => {
    const date = new Date(Date.UTC(first, index * months, 1))
    return { day: date.getTime() / 86_400_000, year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 }
  })
}
