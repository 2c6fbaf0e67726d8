import { ImpreciseDate, periodNames } from './dates.ts'

/** Abbreviations and second names beside the full ones; umlauts spelt out. */
const synonyms: Record<string, string> = {
  jan: '01',
  jaenner: '01',
  feb: '02',
  febr: '02',
  mrz: '03',
  apr: '04',
  jun: '06',
  jul: '07',
  aug: '08',
  sep: '09',
  sept: '09',
  okt: '10',
  nov: '11',
  dez: '12',
  'i. quartal': 'Q1',
  'ii. quartal': 'Q2',
  'iii. quartal': 'Q3',
  'iv. quartal': 'Q4',
  h1: 'H1',
  h2: 'H2',
  fruehling: 'spring',
}

const parts = new Map(Object.entries(synonyms))
for (const [name, part] of periodNames()) parts.set(plain(name.de), part).set(plain(name.en), part)

/** One spelling for many: lower case, umlauts as ae/oe/ue, single blanks, a blank after "4." before a word. */
function plain(text: string): string {
  const umlauts: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue' }
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöü]/g, (letter) => umlauts[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .replace(/ ?([/–-]) ?/g, '$1')
    .replace(/\. ?(?=[a-z])/g, '. ')
    .trim()
}

/**
 * Reads what a German clerk types ("28.3.22", "Mrz 22", "4. Quartal 2022", "bis Ende 2022", "Winter 2020/21"), also the
 * stored form and what `formatImpreciseDate` writes. Two-digit years below 70 belong to this century.
 * null: not understood, or no such day.
 */
export function parseImpreciseDate(text: string): ImpreciseDate | null {
  const [, bound, rest = ''] =
    /^((?:bis spaetestens|spaetestens bis|spaetestens|bis)(?: zum)? |by )?(?:(?:im|am|in)(?: jahre?)? )?(.*)$/.exec(
      plain(text),
    ) ?? []
  const value = parseNumeric(rest) ?? parseWords(rest)
  const result = ImpreciseDate.safeParse(bound ? `by ${value}` : value)
  return result.success ? result.data : null
}

/** "28.3.22", "3.2022", "03/2022", and the stored form. "3.22" stays open: it could be a day as well as a month. */
function parseNumeric(text: string): string | null {
  const [, day, month, year] = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})$/.exec(text) ?? []
  if (day && month && year) return `${fullYear(year)}-${twoDigits(month)}-${twoDigits(day)}`
  const [, monthOnly, itsYear] = /^(\d{1,2})[./] ?(\d{4})$/.exec(text) ?? []
  if (monthOnly && itsYear) return `${itsYear}-${twoDigits(monthOnly)}`
  return /^\d{4}(-.+)?$/.test(text) ? text.replace(/-[qh]/, (letter) => letter.toUpperCase()) : null
}

/** "März 2022", "28. März 2022", "Q4/2022", "2. Halbjahr 2022", "Ende 2022", "Winter 2020/21". */
function parseWords(text: string): string | null {
  const [, first, second] = /^winter (\d{4}|\d{2})[/–-](\d{4}|\d{2})$/.exec(text) ?? []
  if (first && second) return String(fullYear(first) + 1).endsWith(second) ? `${fullYear(first)}-winter` : null
  const [, words = '', year] = /^(.+?)\.?[ /-](\d{4}|\d{2})$/.exec(text) ?? []
  if (!year) return null
  const part = parts.get(words.replace(/^([qh]) /, '$1'))
  if (part) return `${fullYear(year)}-${part}`
  const [, day, monthName = ''] = /^(\d{1,2})\.? ([a-z]+)$/.exec(words) ?? []
  const month = parts.get(monthName)
  return day && month ? `${fullYear(year)}-${month}-${twoDigits(day)}` : null
}

function fullYear(digits: string): number {
  const number = Number(digits)
  if (digits.length === 4) return number
  return number + (number < 70 ? 2000 : 1900)
}

function twoDigits(number: string): string {
  return number.padStart(2, '0')
}
