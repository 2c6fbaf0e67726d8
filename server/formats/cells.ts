import type { Column, Remark } from './format.ts'
import { remarks } from './remarks.ts'
import { mendMojibake } from './text-encoding.ts'

/**
 * What a reader found in a cell. A plain string is to be interpreted (CSV); `{ text }` is text because the file says so (a cell
 * of a spreadsheet, a quoted number in CSV); `{ date }` is an ISO date.
 */
export type Cell = string | number | boolean | null | { text: string } | { date: string }

/** How numbers are written: "1.376,5" or "1,376.5". null: no or contradictory evidence. */
export type Notation = Column['notation']

const german = /^[-+]?(\d+|[1-9]\d{0,2}(\.\d{3})+),\d+$|^[-+]?[1-9]\d{0,2}(\.\d{3}){2,}$/
const english = /^[-+]?(\d+|[1-9]\d{0,2}(,\d{3})+)\.\d+([eE][-+]?\d+)?$|^[-+]?[1-9]\d{0,2}(,\d{3}){2,}$/
const ambiguous = /^[-+]?[1-9]\d{0,2}[.,]\d{3}$/
/** Leading zeros and more than 15 digits are ids, not numbers. */
const whole = /^-?(0|[1-9]\d{0,14})$/

type NumberShape = 'whole' | 'german' | 'english' | 'ambiguous' | null

export function shapeOfNumber(text: string): NumberShape {
  if (whole.test(text)) return 'whole'
  if (text.length > 40) return null
  if (ambiguous.test(text)) return 'ambiguous'
  if (german.test(text)) return 'german'
  return english.test(text) ? 'english' : null
}

function toNumber(text: string, notation: 'german' | 'english'): number {
  return Number(notation === 'german' ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', ''))
}

/**
 * Number that a text means, given the notation of its column (`Column.notation`): for columns of texts, whose meaning only the mapping
 * knows. 'ambiguous': "1.376" where neither notation is certain; null: it is no number.
 */
export function parseNumber(text: string, notation: Notation): number | 'ambiguous' | null {
  const shape = shapeOfNumber(text.trim())
  if (shape === null) return null
  if (shape === 'whole') return Number(text)
  if (shape !== 'ambiguous') return toNumber(text.trim(), shape)
  return notation ? toNumber(text.trim(), notation) : 'ambiguous'
}

/** ISO date of "1.3.2024", "01.03.24" (from 1950 to 2049), "2024-03-01", "2024-03-01T14:30", "01.03.2024 14:30"; null: none. */
export function dateOf(text: string): string | null {
  const found =
    /^(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(?<zone>Z|[+-]\d{2}:?\d{2})?)?$/.exec(
      text,
    ) ?? /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4}|\d{2})(?: +(?<time>\d{1,2}:\d{2}(?::\d{2})?))?$/.exec(text)
  if (!found?.groups) return null
  const { y = '', m = '', d = '', time, zone } = found.groups
  const year = y.length === 2 ? (Number(y) < 50 ? `20${y}` : `19${y}`) : y
  const day = `${year}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  const at = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day) return null
  if (time === undefined) return day
  const clock = time.padStart(time.length === 4 || time.length === 7 ? time.length + 1 : time.length, '0')
  return `${day}T${clock.length === 5 ? `${clock}:00` : clock}${zone ?? ''}`
}

const booleans: Record<string, boolean> = { true: true, false: false, wahr: true, falsch: false }

export function booleanOf(text: string): boolean | null {
  return text.length > 6 ? null : (booleans[text.toLowerCase()] ?? null)
}

/** Whether a text would be taken for something else by a reader of CSV; writers protect it. */
export function looksTyped(text: string): boolean {
  return shapeOfNumber(text) !== null || dateOf(text) !== null || booleanOf(text) !== null
}

/** Counts of what the first rows of a column hold. */
interface Evidence {
  filled: number
  number: number
  date: number
  boolean: number
  /** Number- and date-like texts that are texts because the file says so. */
  textNumber: number
  textDate: number
  textBoolean: number
  german: number
  english: number
}

function evidenceOf(cells: Iterable<Cell>): Evidence {
  const found: Evidence = {
    filled: 0,
    number: 0,
    date: 0,
    boolean: 0,
    textNumber: 0,
    textDate: 0,
    textBoolean: 0,
    german: 0,
    english: 0,
  }
  for (const cell of cells) {
    if (cell === null || cell === '') continue
    found.filled += 1
    if (typeof cell === 'number') found.number += 1
    else if (typeof cell === 'boolean') found.boolean += 1
    else if (typeof cell === 'object' && 'date' in cell) found.date += 1
    else weighText(found, cell)
  }
  return found
}

function weighText(found: Evidence, cell: string | { text: string }): void {
  const isPlain = typeof cell === 'string'
  const text = isPlain ? cell : cell.text
  const shape = shapeOfNumber(text)
  if (shape) found[isPlain ? 'number' : 'textNumber'] += 1
  else if (dateOf(text)) found[isPlain ? 'date' : 'textDate'] += 1
  else if (booleanOf(text) !== null) found[isPlain ? 'boolean' : 'textBoolean'] += 1
  if (shape === 'german' || shape === 'english') found[shape] += 1
}

/** Nine of ten suffice, so that one dirty cell does not turn a column of numbers into text. */
const enough = 0.9

function typeOf(found: Evidence): Column['type'] {
  const isMost = (count: number) => count > 0 && count >= enough * found.filled
  // Texts among numbers are dirt if numbers are the rule, and ids if texts are.
  if (isMost(found.number + (found.number > found.textNumber ? found.textNumber : 0)) && found.textNumber <= found.number)
    return 'number'
  if (isMost(found.date + (found.date > found.textDate ? found.textDate : 0)) && found.textDate <= found.date) return 'date'
  return isMost(found.boolean) && found.boolean === found.filled ? 'boolean' : 'text'
}

/** A reader of the cells of one column. */
export interface CellReader {
  type: Column['type']
  notation: Notation
  read(cell: Cell, remember: (remark: Remark) => void): string | number | boolean | null
}

/**
 * Judges the columns of a table by its first rows. Notation of numbers is judged by the column, else by the whole table; a number
 * that stays ambiguous is kept as text and remarked.
 */
export function judgeColumns(names: readonly string[], rows: readonly (readonly Cell[])[], isStrict = false): CellReader[] {
  const evidence = names.map((_, index) => evidenceOf(rows.map((row) => row[index] ?? null)))
  const sum = (key: 'german' | 'english') => evidence.reduce((total, found) => total + found[key], 0)
  const ofTable = notationOf({ german: sum('german'), english: sum('english') })
  return names.map((name, index) => {
    const found = evidence[index] as Evidence
    const isText = isStrict && found.textNumber + found.textDate + found.textBoolean > 0
    const type = isText ? 'text' : typeOf(found)
    const hasOwn = found.german + found.english > 0
    return cellReader(name, type, hasOwn ? notationOf(found) : ofTable)
  })
}

function notationOf({ german: ofGerman, english: ofEnglish }: { german: number; english: number }): Notation {
  if (ofGerman > 0 === ofEnglish > 0) return null
  return ofGerman > 0 ? 'german' : 'english'
}

function cellReader(name: string, type: Column['type'], notation: Notation): CellReader {
  const readText = (text: string, remember: (remark: Remark) => void) => {
    if (type === 'number') return readNumber(text, name, notation, remember)
    if (type === 'date') return dateOf(text) ?? readOddDate(text, name, remember)
    if (type === 'boolean') return booleanOf(text) ?? mended(text, name, remember)
    return mended(text, name, remember)
  }
  return {
    type,
    notation,
    read(cell, remember) {
      if (cell === null || cell === '') return null
      if (typeof cell === 'string') return readText(cell, remember)
      if (typeof cell !== 'object') return type === 'text' ? String(cell) : cell
      return 'date' in cell ? cell.date : readText(cell.text, remember)
    },
  }
}

function readNumber(text: string, name: string, notation: Notation, remember: (remark: Remark) => void): string | number {
  const number = parseNumber(text, notation)
  if (number === null) return mended(text, name, remember)
  if (number === 'ambiguous') {
    remember(remarks.numberAmbiguous(text, name))
    return text
  }
  const shape = shapeOfNumber(text)
  if (notation && shape !== notation && (shape === 'german' || shape === 'english')) remember(remarks.numberNotation(text, name))
  return number
}

function readOddDate(text: string, name: string, remember: (remark: Remark) => void): string {
  if (/^\d{1,2}\/\d{1,2}\/\d{2,4}$/.test(text)) remember(remarks.dateAmbiguous(text, name))
  return mended(text, name, remember)
}

function mended(given: string, name: string, remember: (remark: Remark) => void): string {
  const text = storable(given)
  const better = mendMojibake(text)
  if (better !== null) remember(remarks.mojibake(text, better, name))
  else if (text.includes('\ufffd')) remember(remarks.charactersLost(text, name))
  return better ?? text
}

/** Without NUL and halves of letters, which no database keeps; U+FFFD stands in their place. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd')
}

/** Trimmed, NFC, null when nothing is left. The no-break space of spreadsheets is a space. */
export function cleanText(text: string): string | null {
  const trimmed = text.trim()
  return trimmed === '' ? null : trimmed.normalize('NFC')
}
