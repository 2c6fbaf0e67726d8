import type { Cell } from './cells.ts'
import { dateOf, shapeOfNumber, storable } from './cells.ts'
import type { HeaderPlace, Remark } from './format.ts'
import type { RawRow } from './raw.ts'
import { remarks } from './remarks.ts'

export interface Header {
  place: HeaderPlace | null
  names: string[]
  /** Number of the first row with data. */
  firstRow: number
  remarks: Remark[]
}

/** How far down a header is looked for. */
const farthest = 40

const textOf = (cell: Cell | undefined): string | null => {
  if (cell === null || cell === undefined) return null
  if (typeof cell === 'object') return 'text' in cell ? cell.text : cell.date
  return String(cell)
}

const isLabel = (cell: Cell | undefined) => {
  if (typeof cell === 'number' || typeof cell === 'boolean' || (cell && typeof cell === 'object' && 'date' in cell)) return false
  const text = textOf(cell)
  return text !== null && shapeOfNumber(text) === null && dateOf(text) === null
}

const countFilled = (row: RawRow) => row.cells.filter((cell) => cell !== null).length
const isAllLabels = (row: RawRow) => row.cells.every((cell) => cell === null || isLabel(cell))

/** Finds the header among the first rows, or takes the one that was chosen. */
export function findHeader(rows: readonly RawRow[], chosen?: HeaderPlace): Header {
  const width = usualWidth(rows)
  const at = chosen ? rows.findIndex((row) => row.rowNumber === chosen.row) : guessRow(rows)
  const first = rows[at]
  if (!first) return { place: null, names: nameColumns([], width).names, firstRow: 1, remarks: [remarks.noHeader()] }
  const second = rows[at + 1]
  const isDouble = chosen ? chosen.rows === 2 : second !== undefined && isSecondRow(first, second, rows[at + 2])
  const cells = isDouble && second ? joinRows(first, second, width) : first.cells.map(textOf)
  const { names, said } = nameColumns(cells, Math.max(width, cells.length))
  const above = rows.some((row) => row.rowNumber < first.rowNumber)
  return {
    place: { row: first.rowNumber, rows: isDouble ? 2 : 1 },
    names,
    firstRow: first.rowNumber + (isDouble ? 2 : 1),
    remarks: [
      ...(above ? [remarks.headerNotFirst(first.rowNumber)] : []),
      ...(isDouble ? [remarks.twoHeaderRows(first.rowNumber)] : []),
      ...said,
    ],
  }
}

/** The greatest width that one in ten rows has: a stray separator in one row makes no column. */
function usualWidth(rows: readonly RawRow[]): number {
  const widths = rows.map((row) => row.cells.length).sort((a, b) => b - a)
  return widths[Math.floor(widths.length / 10)] ?? 0
}

/** The first row that is as wide as the table, all labels and no label twice; titles above it are narrower. -1: there is none. */
function guessRow(rows: readonly RawRow[]): number {
  const widths = rows.map(countFilled)
  const usual = widths.toSorted((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 0
  const least = Math.max(1, Math.min(usual, Math.ceil(usual * 0.6)))
  const candidates = rows.slice(0, farthest)
  const found = candidates.findIndex((row, index) => (widths[index] ?? 0) >= least && isAllLabels(row))
  const [above, row] = [rows[found - 1], rows[found]]
  // Groups above the labels fill fewer cells than these.
  const isBelowGroups = above && row && countFilled(above) >= 2 && isAllLabels(above) && isSecondRow(above, row, rows[found + 1])
  return isBelowGroups ? found - 1 : found
}

/** A second row of labels: the first has gaps or repeats itself (merged cells), and what follows looks different. */
function isSecondRow(first: RawRow, second: RawRow, third: RawRow | undefined): boolean {
  if (!third || second.rowNumber !== first.rowNumber + 1 || !isAllLabels(second)) return false
  const labels = first.cells.map(textOf)
  const below = second.cells.map(textOf)
  const wide = Math.max(labels.length, below.length)
  const columns = Array.from({ length: wide }, (_, index) => index)
  const isGrouped = columns.some((index) => {
    const repeats = labels[index] != null && labels[index] === labels[index + 1] && below[index] !== below[index + 1]
    const gap = labels[index] == null && below[index] != null && index > 0
    return repeats || gap
  })
  const distinct = new Set(below.filter((label) => label !== null))
  return (
    isGrouped && distinct.size >= 2 && distinct.size === below.filter((label) => label !== null).length && !isAllLabels(third)
  )
}

/** "Adresse" above "Straße" and "Hausnummer" → "Adresse / Straße", "Adresse / Hausnummer"; the same twice is said once. */
function joinRows(first: RawRow, second: RawRow, width: number): (string | null)[] {
  let group: string | null = null
  return Array.from({ length: width }, (_, index) => {
    const above = textOf(first.cells[index])
    const below = textOf(second.cells[index])
    if (above !== null) group = above
    if (below === null || below === above) return above
    return group === null ? below : `${group} / ${below}`
  })
}

/** "A", …, "Z", "AA": as a spreadsheet calls its columns. */
export function letterOf(index: number): string {
  return (index >= 26 ? letterOf(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))
}

/** Names that are unique: doubled ones get a number, nameless ones their letter. */
export function nameColumns(cells: readonly (string | null)[], width: number): { names: string[]; said: Remark[] } {
  const names: string[] = []
  const said: Remark[] = []
  for (let index = 0; index < width; index++) {
    const given = storable(cells[index] ?? '')
      .replace(/\s+/g, ' ')
      .trim()
    const wanted = given || `Spalte ${letterOf(index)}`
    let name = wanted
    for (let turn = 2; names.includes(name); turn++) name = `${wanted} (${turn})`
    if (!given && cells.length > 0) said.push(remarks.namelessColumn(name))
    else if (name !== wanted) said.push(remarks.doubledColumn(wanted, name))
    names.push(name)
  }
  return { names, said }
}
