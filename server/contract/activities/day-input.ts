import { parseImpreciseDate } from '../date-input.ts'
import { IsoDate, today } from '../dates.ts'

const words: Readonly<Record<string, number>> = { heute: 0, h: 0, gestern: 1, g: 1, vorgestern: 2 }

/** Reads a day as people type it: "heute", "gestern", "28.3." (the last one that has been), "28.03.2026". null: no such day. */
export function parseDay(text: string, now: IsoDate = today()): IsoDate | null {
  const typed = text.trim().toLowerCase()
  const ago = words[typed]
  if (ago !== undefined) return daysBefore(now, ago)
  const [, day, month] = /^(\d{1,2})\.\s?(\d{1,2})\.?$/.exec(typed) ?? []
  if (day !== undefined && month !== undefined) return lastOf(Number(month), Number(day), now)
  const date = parseImpreciseDate(typed)
  return date !== null && IsoDate.safeParse(date).success ? date : null
}

function daysBefore(day: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)
}

function lastOf(month: number, day: number, now: IsoDate): IsoDate | null {
  const year = Number(now.slice(0, 4))
  const inYear = (one: number) => `${one}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const date = inYear(year) <= now ? inYear(year) : inYear(year - 1)
  return IsoDate.safeParse(date).success ? date : null
}
