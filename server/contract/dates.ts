import * as z from 'zod/mini'
import type { Language, Text } from './text.ts'

/** Days from 1900 to 2199 that exist, leap years included; a plain pattern, so that JSON Schema and SQL can carry it too. */
const year = '(19|20|21)[0-9]{2}'
const leapYear = '((19|20|21)(0[48]|[2468][048]|[13579][26])|2000)'
const dayOfMonth = '((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)'
const day = `(${year}-${dayOfMonth}|${leapYear}-02-29)`
const period = `${year}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]|spring|summer|autumn|winter|start|mid|end))?`

/** A calendar day, `2022-03-28`. Every IsoDate is an ImpreciseDate as well. */
export const IsoDate = z.stringFormat('date', new RegExp(`^${day}$`), 'Kein gültiges Datum.')
export type IsoDate = z.infer<typeof IsoDate>

/**
 * A date in the precision it was given in: `2022-03-28`, `2022-03`, `2022-Q4`, `2022-H2`, `2023-spring` (winter 2020 ends in
 * February 2021), `2022-start` / `mid` / `end` (thirds of the year) or `2022`. The prefix `by ` makes it an upper bound:
 * not later than. It counts as passed from its last day on, never earlier than certain. The SQL domain `imprecise_date` and
 * its functions (migrations/0001) say the same.
 */
export const ImpreciseDate = z
  .string('Keine gültige Zeitangabe.')
  .check(z.regex(new RegExp(`^(by )?(${day}|${period})$`), 'Keine gültige Zeitangabe.'))
export type ImpreciseDate = z.infer<typeof ImpreciseDate>

export type Precision = 'day' | 'month' | 'quarter' | 'season' | 'third' | 'half_year' | 'year'

interface Period {
  precision: Precision
  /** First month (1 to 12) and number of months. */
  month: number
  months: number
  /** What stands before the year. */
  name: Text
}

function periodOf(precision: Precision, month: number, months: number, de: string, en: string): Period {
  return { precision, month, months, name: { de, en } }
}

/** Every part that may follow the year in the stored form, except days. */
const periods: ReadonlyMap<string, Period> = new Map([
  ['', periodOf('year', 1, 12, '', '')],
  ['01', periodOf('month', 1, 1, 'Januar', 'January')],
  ['02', periodOf('month', 2, 1, 'Februar', 'February')],
  ['03', periodOf('month', 3, 1, 'März', 'March')],
  ['04', periodOf('month', 4, 1, 'April', 'April')],
  ['05', periodOf('month', 5, 1, 'Mai', 'May')],
  ['06', periodOf('month', 6, 1, 'Juni', 'June')],
  ['07', periodOf('month', 7, 1, 'Juli', 'July')],
  ['08', periodOf('month', 8, 1, 'August', 'August')],
  ['09', periodOf('month', 9, 1, 'September', 'September')],
  ['10', periodOf('month', 10, 1, 'Oktober', 'October')],
  ['11', periodOf('month', 11, 1, 'November', 'November')],
  ['12', periodOf('month', 12, 1, 'Dezember', 'December')],
  ['Q1', periodOf('quarter', 1, 3, '1. Quartal', 'Q1')],
  ['Q2', periodOf('quarter', 4, 3, '2. Quartal', 'Q2')],
  ['Q3', periodOf('quarter', 7, 3, '3. Quartal', 'Q3')],
  ['Q4', periodOf('quarter', 10, 3, '4. Quartal', 'Q4')],
  ['H1', periodOf('half_year', 1, 6, '1. Halbjahr', 'first half of')],
  ['H2', periodOf('half_year', 7, 6, '2. Halbjahr', 'second half of')],
  ['spring', periodOf('season', 3, 3, 'Frühjahr', 'spring')],
  ['summer', periodOf('season', 6, 3, 'Sommer', 'summer')],
  ['autumn', periodOf('season', 9, 3, 'Herbst', 'autumn')],
  ['winter', periodOf('season', 12, 3, 'Winter', 'winter')],
  ['start', periodOf('third', 1, 4, 'Anfang', 'start of')],
  ['mid', periodOf('third', 5, 4, 'Mitte', 'middle of')],
  ['end', periodOf('third', 9, 4, 'Ende', 'end of')],
])

/** The German and English names of all periods and the part they are stored as, for reading what people type. */
export function periodNames(): [name: Text, part: string][] {
  return [...periods].flatMap(([part, { name }]) => (part ? [[name, part]] : []))
}

interface Split {
  isUpperBound: boolean
  year: number
  part: string
  /** Absent for a day. */
  period?: Period
}

function split(value: ImpreciseDate): Split {
  const [, by, year, part = ''] = /^(by )?([0-9]{4})-?(.*)$/.exec(value) ?? []
  const period = periods.get(part)
  if (!year || !(period || /^[0-9]{2}-[0-9]{2}$/.test(part))) throw new RangeError(`Not an imprecise date: ${value}`)
  return {
    isUpperBound: by !== undefined,
    year: Number(year),
    part,
    ...(period && { period }),
  }
}

/** Months and days beyond their range carry over: month 15 is March of the next year, day 0 the last of the month before. */
function isoDay(year: number, month: number, day: number): IsoDate {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
}

/** First day it can have been; null for an upper bound ("bis …"), which has none. */
export function earliest(value: ImpreciseDate): IsoDate | null {
  const { isUpperBound, year, part, period } = split(value)
  if (isUpperBound) return null
  return period ? isoDay(year, period.month, 1) : `${year}-${part}`
}

/** Last day it can have been: from this day on it counts as passed. */
export function latest(value: ImpreciseDate): IsoDate {
  const { year, part, period } = split(value)
  return period ? isoDay(year, period.month + period.months, 0) : `${year}-${part}`
}

/** Precision in which the date was given; of an upper bound, that of the named date. */
export function precisionOf(value: ImpreciseDate): Precision {
  return split(value).period?.precision ?? 'day'
}

export function isUpperBound(value: ImpreciseDate): boolean {
  return split(value).isUpperBound
}

/** Whether it is certain on `asOf` (that day included) that the date has come. */
export function hasPassed(value: ImpreciseDate, asOf: IsoDate): boolean {
  return latest(value) <= asOf
}

/** Whether `a` ended before `b` began, however both are read; never true where `b` is an upper bound. */
export function certainlyBefore(a: ImpreciseDate, b: ImpreciseDate): boolean {
  const start = earliest(b)
  return start !== null && latest(a) < start
}

/** Order for lists: by the last day, then by the first (upper bounds before all others). */
export function compareImprecise(a: ImpreciseDate, b: ImpreciseDate): number {
  return compareText(latest(a), latest(b)) || compareText(earliest(a) ?? '', earliest(b) ?? '')
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

/** "28.03.2022" or "28 March 2022". */
export function formatDay(isoDate: IsoDate, language: Language): string {
  const [year, month = '', day] = isoDate.split('-')
  if (language === 'de') return `${day}.${month}.${year}`
  return `${Number(day)} ${periods.get(month)?.name.en} ${year}`
}

/** "Ende 2022", "Winter 2020/21", "bis 28.03.2022"; "end of 2022", "winter 2020/21", "by 28 March 2022". */
export function formatImpreciseDate(value: ImpreciseDate, language: Language): string {
  const { isUpperBound, year, part, period } = split(value)
  const prefix = { de: 'bis ', en: 'by ' }[language]
  const years = part === 'winter' ? `${year}/${String(year + 1).slice(2)}` : `${year}`
  const words = period ? `${period.name[language]} ${years}`.trim() : formatDay(`${year}-${part}`, language)
  return isUpperBound ? prefix + words : words
}

const germany = 'Europe/Berlin'

/** The calendar day of a moment, in Germany unless told otherwise. */
export function dayOf(moment: Date, timeZone = germany): IsoDate {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
  }).format(moment)
}

export function today(timeZone = germany): IsoDate {
  return dayOf(new Date(), timeZone)
}

/** A timestamp in German time: "28.03.2022, 14:05 Uhr" or "28 March 2022, 14:05". */
export function formatMoment(timestamp: string, language: Language): string {
  const moment = new Date(timestamp)
  const time = new Intl.DateTimeFormat('de-DE', {
    timeZone: germany,
    timeStyle: 'short',
  }).format(moment)
  return `${formatDay(dayOf(moment), language)}, ${time}${language === 'de' ? ' Uhr' : ''}`
}
