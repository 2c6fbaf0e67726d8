import { type Cell, cleanText } from './cells.ts'
import type { Limits } from './format.ts'
import type { RawNote, RawRow } from './raw.ts'
import { remarks } from './remarks.ts'
import { decodeEscapes, type Workbook } from './xlsx-parts.ts'

/** "AB12" → row 12, column 27. */
export function placeOf(reference: string): { row: number; column: number } {
  let column = 0
  let at = 0
  for (; at < reference.length; at++) {
    const code = reference.charCodeAt(at) - 64
    if (code < 1 || code > 26) break
    column = column * 26 + code
  }
  return { row: Number(reference.slice(at)), column: column - 1 }
}

/** Collects the rows of a sheet from its XML (ECMA-376 Part 1, 18.3.1). */
export class SheetReader {
  rows: RawRow[] = []
  #workbook: Workbook
  #limits: Limits
  #row: { cells: Cell[]; notes: RawNote[]; rowNumber: number } = { cells: [], notes: [], rowNumber: 0 }
  #cell = { column: -1, type: '', style: 0, value: '', hasValue: false, hasFormula: false, isTooLarge: false }
  #isCollecting = false

  constructor(workbook: Workbook, limits: Limits) {
    this.#workbook = workbook
    this.#limits = limits
  }

  takeRows(): RawRow[] {
    const rows = this.rows
    this.rows = []
    return rows
  }

  open = (name: string, attributes: Record<string, string>): void => {
    if (name === 'c') this.#openCell(attributes)
    else if (name === 'row') this.#openRow(attributes)
    else if (name === 'f') this.#cell.hasFormula = true
    this.#isCollecting = name === 'v' || name === 't'
    if (name === 'v') this.#cell.hasValue = true
  }

  close = (name: string): void => {
    this.#isCollecting = false
    if (name === 'c') this.#closeCell()
    else if (name === 'row') this.#closeRow()
  }

  text = (text: string): void => {
    if (!this.#isCollecting) return
    if (this.#cell.value.length + text.length > this.#limits.cellCharacters) this.#cell.isTooLarge = true
    else this.#cell.value += text
  }

  #openRow({ r, hidden }: Record<string, string>): void {
    const rowNumber = r ? Number(r) : this.#row.rowNumber + 1
    this.#row = { cells: [], notes: [], rowNumber }
    this.#cell.column = -1
    if (hidden === '1' || hidden === 'true') this.#row.notes.push({ index: 0, say: remarks.hiddenRow })
  }

  #openCell({ r, t = '', s }: Record<string, string>): void {
    const column = r ? placeOf(r).column : this.#cell.column + 1
    this.#cell = { column, type: t, style: Number(s ?? 0), value: '', hasValue: false, hasFormula: false, isTooLarge: false }
  }

  #closeCell(): void {
    const { column } = this.#cell
    // Cells beyond the widest sheet of Excel are not real.
    if (column < 0 || column > 16_383) return
    const value = this.#readValue()
    if (value === null) return
    while (this.#row.cells.length < column) this.#row.cells.push(null)
    this.#row.cells[column] = value
  }

  #readValue(): Cell {
    const { column, type, value, hasValue, hasFormula, isTooLarge } = this.#cell
    const remember = (say: RawNote['say']) => this.#row.notes.push({ index: column, say })
    if (isTooLarge) remember(remarks.cellTooLarge)
    else if (type === 'e') remember((name) => remarks.cellError(value, name))
    else if (hasFormula && (!hasValue || value === '') && type !== 'str') remember(remarks.formulaWithoutValue)
    if (isTooLarge || type === 'e' || value === '') return null
    if (type === 's') return textCell(this.#workbook.strings[Number(value)] ?? '')
    if (type === 'inlineStr' || type === 'str') return textCell(decodeEscapes(value))
    if (type === 'b') return value === '1' || value === 'true'
    if (type === 'd') return { date: value.replace(/\.\d+/, '') }
    return this.#readNumber(Number(value))
  }

  #readNumber(value: number): Cell {
    if (!Number.isFinite(value)) return null
    const isDate = this.#workbook.dateStyles[this.#cell.style] === true
    return isDate ? { date: dateOfSerial(value, this.#workbook.isFrom1904) } : value
  }

  #closeRow(): void {
    const { cells, notes, rowNumber } = this.#row
    this.rows.push(notes.length > 0 ? { rowNumber, cells, notes } : { rowNumber, cells })
  }
}

function textCell(value: string): Cell {
  const text = cleanText(value)
  return text === null ? null : { text }
}

const dayMs = 86_400_000

/** ISO date of a day counted by Excel, which holds 1900 for a leap year; with a time of day if it has one, to the second. */
export function dateOfSerial(serial: number, isFrom1904: boolean): string {
  const days = isFrom1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial
  const at = new Date(Date.UTC(1899, 11, 30) + Math.round((days * dayMs) / 1000) * 1000)
  if (Number.isNaN(at.getTime())) return String(serial)
  const iso = at.toISOString()
  if (serial > 0 && serial < 1) return iso.slice(11, 19)
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19)
}
