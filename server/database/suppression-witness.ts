import { type CountTable, type Figure, type KnownSum, released, totalRow } from './suppression.ts'

/** One unit more (1) or less (-1) for these measures of a row, from one release to another. */
interface Shift {
  row: string
  sign: 1 | -1
  measures: readonly number[]
}

/** Neighbouring measures that can move together. */
const together = [[0], [1], [2], [0, 1], [1, 2], [0, 1, 2]] as const
const directions = [
  [1, -1],
  [-1, 1],
] as const

/**
 * Whether a hidden figure could have another value than its own with everything public unchanged: one unit is moved between its district
 * and another one (or between it and a hidden total), over as many releases as it takes. What the attacker knows: every published figure,
 * the sums known from elsewhere, that parts are not larger than the whole, that hidden figures are not 0, and that counts do not fall.
 */
export function hasWitness(tables: readonly CountTable[], known: readonly KnownSum[], { row, measure, time }: Figure): boolean {
  const partners = [...(tables[time] as CountTable).hidden.keys()].filter((other) => other !== row)
  return partners.some((partner) =>
    together.some(
      (measures) =>
        (measures as readonly number[]).includes(measure) &&
        directions.some(([sign, opposite]) => {
          const isTotal = row === totalRow || partner === totalRow
          const shifts: Shift[] = [
            { row, sign, measures },
            { row: partner, sign: isTotal ? sign : opposite, measures },
          ]
          return fits(tables, known, shifts, time)
        }),
    ),
  )
}

/** Widens the span around a release until the shift contradicts nothing at its ends; false: it cannot. */
function fits(tables: readonly CountTable[], known: readonly KnownSum[], shifts: readonly Shift[], time: number): boolean {
  let [first, last] = [time, time]
  if (!isPossible(tables, known, shifts, time)) return false
  while (!isFreeBetween(tables, shifts, last, 1)) {
    last++
    if (!isPossible(tables, known, shifts, last)) return false
  }
  while (!isFreeBetween(tables, shifts, first, -1)) {
    first--
    if (!isPossible(tables, known, shifts, first)) return false
  }
  return true
}

const countOf = (table: CountTable, row: string, measure: number) => table.counts.get(row)?.[measure] ?? 0

/** Whether one release allows the shift: its figures are hidden, stay nested and above 0, and no known sum would change. */
function isPossible(tables: readonly CountTable[], known: readonly KnownSum[], shifts: readonly Shift[], time: number): boolean {
  const table = tables[time]
  if (!table) return false
  return (
    shifts.every((shift) => isRowPossible(table, shift)) &&
    keepsTotals(table, shifts) &&
    known.every((sum) => keepsSum(table, sum, shifts))
  )
}

function isRowPossible(table: CountTable, { row, sign, measures }: Shift): boolean {
  const hidden = table.hidden.get(row)
  if (!hidden || measures.some((measure) => (hidden[measure] ?? null) === null)) return false
  const moved = released.map((_, measure) => countOf(table, row, measure) + (measures.includes(measure) ? sign : 0))
  return (
    measures.every((measure) => (moved[measure] as number) >= 1) &&
    moved.every((value, measure) => measure === 0 || value <= (moved[measure - 1] as number))
  )
}

/** A move between two districts keeps the total; one between a district and the total must change both alike. */
function keepsTotals(table: CountTable, shifts: readonly Shift[]): boolean {
  return table.counts.has(totalRow) || !shifts.some(({ row }) => row === totalRow)
}

function keepsSum(table: CountTable, { measure, rows, value }: KnownSum, shifts: readonly Shift[]): boolean {
  if (rows.reduce((sum, row) => sum + countOf(table, row, measure), 0) !== value) return true
  const change = shifts.reduce(
    (sum, shift) => sum + (rows.includes(shift.row) && shift.measures.includes(measure) ? shift.sign : 0),
    0,
  )
  return change === 0
}

/** Whether the shift may begin (-1) or end (1) here: from the neighbouring release on, counts still do not fall. */
function isFreeBetween(tables: readonly CountTable[], shifts: readonly Shift[], time: number, direction: 1 | -1): boolean {
  const [here, there] = [tables[time], tables[time + direction]]
  if (!here || !there) return true
  return shifts.every(({ row, sign, measures }) =>
    measures.every((measure) => {
      const growth = (countOf(there, row, measure) - countOf(here, row, measure)) * direction
      if (growth < 0) return true
      if (here.stand === there.stand) return growth !== 0
      return sign === direction ? growth > 0 : true
    }),
  )
}
