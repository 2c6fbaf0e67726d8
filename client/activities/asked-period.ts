import { today } from '../../server/contract/dates.ts'
import type { LogQuestion } from './typed.ts'

interface Period {
  from: string
  to: string
}

const lastDayOf = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)

/** Periods one asks for most, as of a day; those that are not over end with it. */
export function namedPeriods(now: string): Record<string, Period & { label: string }> {
  const [year = 0, month = 0] = now.split('-').map(Number)
  const before = month === 1 ? { year: year - 1, month: 12 } : { year, month: month - 1 }
  const quarter = Math.floor((month - 1) / 3) * 3 + 1
  const first = (y: number, m: number) => `${y}-${String(m).padStart(2, '0')}-01`
  return {
    monat: { label: 'dieser Monat', from: first(year, month), to: now },
    vormonat: { label: 'letzter Monat', from: first(before.year, before.month), to: lastDayOf(before.year, before.month) },
    quartal: { label: 'dieses Quartal', from: first(year, quarter), to: now },
    jahr: { label: 'dieses Jahr', from: first(year, 1), to: now },
    vorjahr: { label: 'letztes Jahr', from: first(year - 1, 1), to: `${year - 1}-12-31` },
    alles: { label: 'alles', from: '', to: now },
  }
}

/** What the address asks for: a named period (this year where none is), or two days; and the knowledge. */
export function askedPeriod(query: URLSearchParams): LogQuestion & { name: string } {
  const knownAt = query.get('stand')
  const periods = namedPeriods(knownAt?.slice(0, 10) ?? today())
  const [from, to] = [query.get('von') ?? '', query.get('bis') ?? '']
  const name = from || to ? 'eigener' : (query.get('zeitraum') ?? 'jahr')
  const period = name === 'eigener' ? { from, to } : (periods[name] ?? (periods.jahr as Period))
  return { name, ...(period.from && { from: period.from }), ...(period.to && { to: period.to }), ...(knownAt && { knownAt }) }
}
