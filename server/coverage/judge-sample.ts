import { dayOf } from '../contract/dates.ts'
import type { MobileOperator, MobileTechnology } from '../contract/mobile/codes.ts'
import type { Row, Value } from '../formats/index.ts'
import { dateOf } from '../formats/index.ts'
import type { Columns } from './recognise.ts'
import { operatorOf, technologyOf } from './words.ts'

/** A measurement as it is aggregated. Position in the CRS of the table. */
export interface Sample {
  x: number
  y: number
  /** Milliseconds; only for telling measurements apart. */
  at: number
  /** ISO day in Germany. */
  day: string
  /** '': the file does not say. */
  operator: MobileOperator | ''
  technology: MobileTechnology | ''
  rsrp: number
  rsrq: number | null
}

/** What becomes of a row: measured, of a foreign operator, away from the land, or of no use (German, with a stable kind). */
export type Judged =
  | { sample: Sample; isMended: boolean }
  | { foreign: string }
  | { isOutside: true }
  | { problem: string; kind: string }

/** Levels that receivers can report at all (3GPP TS 38.133: RSRP −156 to −31 dBm, RSRQ −43 to 20 dB). */
const possible = { rsrp: [-156, -31], rsrq: [-43, 20] } as const

const firstDay = '2000-01-01'

/** Judges the rows of a drive test; `now` is the moment nothing can be measured after. */
export class SampleJudge {
  private readonly columns: Columns
  private readonly now: number
  private readonly operators = new Map<string, MobileOperator | null>()
  private readonly technologies = new Map<string, MobileTechnology | null>()
  private readonly moments = new Map<string, { day: string; at: number } | null>()

  constructor(columns: Columns, now = Date.now()) {
    this.columns = columns
    this.now = now
  }

  judge(row: Row): Judged {
    const codes = row.remarks.map(({ code }) => code)
    if (codes.includes('outside-nrw')) return { isOutside: true }
    const position = row.geometry?.type === 'Point' ? (row.geometry.coordinates as [number, number]) : null
    if (!position || codes.includes('crs-other'))
      return problem('position', 'Die Position fehlt, ist nicht lesbar oder passt nicht zu den übrigen.')
    const when = this.momentOf(row.values)
    if ('problem' in when) return when
    const rsrp = this.levelOf(row.values, 'rsrp')
    if (typeof rsrp !== 'number') return rsrp ?? problem('level-missing', 'Der Pegel (RSRP) fehlt.')
    const rsrq = this.levelOf(row.values, 'rsrq')
    if (rsrq !== null && typeof rsrq !== 'number') return rsrq
    const technology = this.technologyIn(row.values)
    if (technology === null)
      return problem('technology', `Die Technik ${quoted(row.values[this.columns.technology ?? ''])} wird nicht geführt.`)
    const operator = this.operatorIn(row.values)
    if (operator === null) return problem('operator-missing', 'Der Betreiber fehlt.')
    if (typeof operator === 'object') return operator
    const isMended = codes.includes('axes-swapped')
    const [x, y] = isMended ? [position[1], position[0]] : position
    return { sample: { x, y, ...when, operator, technology, rsrp, rsrq }, isMended }
  }

  private operatorIn(values: Row['values']): MobileOperator | '' | null | { foreign: string } {
    const { operator, networkCode, countryCode } = this.columns
    const column = operator ?? networkCode
    if (!column) return ''
    const country = countryCode && !operator ? String(values[countryCode] ?? '') : ''
    const word = country + textOf(values[column]).padStart(country ? 2 : 0, '0')
    if (word === '' || word === '00') return null
    if (!this.operators.has(word)) this.operators.set(word, operatorOf(word, column === networkCode || /mnc/i.test(column)))
    return this.operators.get(word) ?? { foreign: word.slice(0, 60) }
  }

  private technologyIn(values: Row['values']): MobileTechnology | '' | null {
    const { technology } = this.columns
    if (!technology) return ''
    const word = textOf(values[technology])
    if (!this.technologies.has(word)) this.technologies.set(word, technologyOf(word))
    return this.technologies.get(word) ?? null
  }

  private levelOf(values: Row['values'], which: 'rsrp' | 'rsrq'): number | null | { problem: string; kind: string } {
    const column = this.columns[which]
    const value = column ? (values[column] ?? null) : null
    if (value === null) return null
    const level = numberOf(value)
    const name = which === 'rsrp' ? 'Pegel (RSRP)' : 'Wert der Qualität (RSRQ)'
    if (level === null) return problem(`${which}-unreadable`, `Der ${name} ${quoted(value)} ist keine Zahl.`)
    const [least, most] = possible[which]
    if (level >= least && level <= most) return level
    const unit = which === 'rsrp' ? 'dBm' : 'dB'
    return problem(
      `${which}-impossible`,
      `Der ${name} ${quoted(value)} ist nicht möglich (${minus(least)} bis ${minus(most)} ${unit}).`,
    )
  }

  private momentOf(values: Row['values']): { day: string; at: number } | { problem: string; kind: string } {
    const text = this.momentText(values)
    if (text === '') return problem('time-missing', 'Die Zeit der Messung fehlt.')
    const known = this.moments.get(text)
    const found = known === undefined ? readMoment(text) : known
    // Measurements follow each other: the last moments suffice.
    if (this.moments.size > 5_000) this.moments.clear()
    this.moments.set(text, found)
    if (found === null) return problem('time-unreadable', `Die Zeit ${quoted(text)} ist nicht lesbar.`)
    if (found.day < firstDay) return problem('time-impossible', `Die Zeit ${quoted(text)} liegt vor dem Jahr 2000.`)
    // Half a day is left for clocks that are set to another zone.
    if (found.at > this.now + 12 * 3_600_000) return problem('time-impossible', `Die Zeit ${quoted(text)} liegt in der Zukunft.`)
    return found
  }

  private momentText(values: Row['values']): string {
    const time = textOf(values[this.columns.time ?? ''])
    const date = textOf(values[this.columns.date ?? ''])
    if (date === '' || /^\d{4}-\d{2}-\d{2}|^\d{1,2}\.\d{1,2}\.\d{2}/.test(time)) return time
    return time === '' || /[T ]\d{1,2}:/.test(date) ? date : `${date.slice(0, 10)} ${time}`
  }
}

/** ISO and German times, seconds or milliseconds since 1970; fractions of a second do not count. Times without a zone are German ones. null: not readable. */
export function readMoment(text: string): { day: string; at: number } | null {
  if (/^\d{9,10}(\.\d+)?$|^\d{12,13}$/.test(text)) {
    const at = Number(text) * (/^\d{12,13}$/.test(text) ? 1 : 1000)
    return { day: germanDay(at), at }
  }
  const found = dateOf(text.replace(/(:\d{2})[.,]\d+/, '$1'))
  if (found === null) return null
  if (/T.*(Z|[+-]\d{2}:?\d{2})$/.test(found)) {
    const at = Date.parse(found)
    return { day: germanDay(at), at }
  }
  return { day: found.slice(0, 10), at: Date.parse(`${found.length > 10 ? found : `${found}T00:00:00`}Z`) }
}

const hourMs = 3_600_000
const daysByHour = new Map<number, string>()

/** Days begin at full hours: so each hour is asked for once. */
function germanDay(at: number): string {
  const hour = Math.floor(at / hourMs)
  const day = daysByHour.get(hour) ?? dayOf(new Date(at))
  if (daysByHour.size > 10_000) daysByHour.clear()
  daysByHour.set(hour, day)
  return day
}

function problem(kind: string, text: string): { problem: string; kind: string } {
  return { problem: text, kind }
}

function textOf(value: Value | undefined): string {
  return value === null || value === undefined ? '' : String(value).trim()
}

/** Levels have no thousands: a point is a decimal one, whatever the file does elsewhere. */
function numberOf(value: Value): number | null {
  if (typeof value === 'number') return value
  const plain = textOf(value)
    .replace('−', '-')
    .replace(/\s*dBm?$/i, '')
    .replace(',', '.')
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null
}

function quoted(value: Value | undefined): string {
  const text = textOf(value)
  return `„${text.length > 40 ? `${text.slice(0, 37)}…` : text}“`
}

const minus = (number: number) => String(number).replace('-', '−')
