import type { Cell } from './cells.ts'
import type { DeclaredCrs } from './crs.ts'
import type { Remark } from './format.ts'

/** A row as a reader of a format finds it. */
export interface RawRow {
  rowNumber: number
  cells: Cell[]
  /** Geometry of formats that have one of their own; GeoJSON, not yet checked. */
  geometry?: unknown
  notes?: RawNote[]
}

/** A remark about a cell whose column has no name yet (`index`), or about the row. */
export interface RawNote {
  index: number
  say: (column: string) => Remark
}

export interface RawBatch {
  rows: RawRow[]
  /** About how much memory the rows take. */
  bytes: number
  /** Share of the table read, 0 to 1. */
  progress: number
}

/** A table as a reader of a format offers it; `prepareTable` makes a table of it that people understand. */
export interface RawTable {
  name: string
  /** null: the names stand in the rows. */
  columns: string[] | null
  hasGeometry: boolean
  /** What the file says about its coordinates; `isDefault`: it is what the format means if nothing is said. */
  declared: (DeclaredCrs & { isDefault?: boolean }) | null
  rowCount: number | null
  remarks: Remark[]
  /** Quoted numbers in CSV are texts. */
  isStrict?: boolean
  /** `isSample`: only the first rows are wanted, with all that helps to judge them. */
  read(options: { signal?: AbortSignal | undefined; isSample?: boolean }): AsyncIterable<RawBatch>
}

/** The first rows that are not blank. */
export async function readSample(table: RawTable, count: number, signal?: AbortSignal): Promise<RawRow[]> {
  const rows: RawRow[] = []
  let bytes = 0
  for await (const batch of table.read({ signal, isSample: true })) {
    rows.push(...batch.rows.filter((row) => !isBlank(row)))
    bytes += batch.bytes
    if (rows.length >= count || (rows.length > 0 && bytes > sampleBytes)) break
  }
  return rows.slice(0, count)
}

const sampleBytes = 16 * 2 ** 20

export function isBlank(row: RawRow): boolean {
  return row.geometry === undefined && row.cells.every((cell) => cell === null)
}
