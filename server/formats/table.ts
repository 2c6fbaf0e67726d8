import { type Cell, type CellReader, judgeColumns } from './cells.ts'
import type { Column, FoundCrs, Geometry, Limits, ReadOptions, Remark, Row, RowBatch, Table, TableChoices } from './format.ts'
import { finishGeometry, flatten, kindOf } from './geometry.ts'
import { findHeader, type Header } from './header.ts'
import { isBlank, type RawRow, type RawTable, readSample } from './raw.ts'
import { refusals, remarks } from './remarks.ts'
import { choosePlace, decideCrs, geometryMaker, type MadeGeometry } from './table-place.ts'

/** Rows a table is judged by. */
const sampleRows = 2_000
const batchBytes = 8 * 2 ** 20

export interface PreparedTable {
  table: Table
  read(options?: ReadOptions): AsyncIterable<RowBatch>
}

/** Makes of what a reader finds a table with named and typed columns, a place and a CRS. null: it has no rows with data. */
export async function prepareTable(
  raw: RawTable,
  choices: TableChoices,
  limits: Limits,
  signal?: AbortSignal,
): Promise<PreparedTable | null> {
  const sample = await readSample(raw, sampleRows, signal)
  const header: Header = raw.columns
    ? { place: null, names: raw.columns, firstRow: 0, remarks: [] }
    : findHeader(sample, choices.header)
  const data = sample.filter((row) => row.rowNumber >= header.firstRow)
  if (data.length === 0) return null
  if (header.names.length > limits.columns) throw refusals.tooManyColumns(limits.columns)
  const cells = data.map((row) => row.cells)
  const readers = judgeColumns(header.names, cells, raw.isStrict)
  const place = raw.hasGeometry ? null : choosePlace(header.names, cells, choices.place)
  const makeGeometry = geometryMaker(raw.hasGeometry, header.names, place)
  const geometries = data.map((row) => makeGeometry(row).found).filter((found) => found !== undefined)
  const { crs, needsCrs, said } = decideCrs(raw, place, header.names, data, geometries, choices.crs)
  const table: Table = {
    name: raw.name,
    columns: header.names.map((name, index) => describeColumn(name, readers[index] as CellReader, cells, index)),
    geometryType: kindOf(geometries.map((found) => flatten(found).geometry).filter((geometry) => geometry !== null)),
    crs,
    needsCrs,
    place,
    header: header.place,
    rowCount: sample.length < sampleRows && raw.columns === null ? data.length : countData(raw, sample.length - data.length),
    remarks: [...raw.remarks, ...header.remarks, ...said],
  }
  const mustHaveGeometry = raw.hasGeometry && geometries.length > 0
  const finish = rowFinisher(header.names, readers, makeGeometry, crs, mustHaveGeometry)
  return { table, read: (options) => readBatches(raw, header.firstRow, finish, options) }
}

/** Rows above the data do not count; blank ones below do, as far as the file does not tell. */
function countData({ rowCount }: RawTable, above: number): number | null {
  return rowCount === null ? null : rowCount - above
}

function describeColumn(name: string, reader: CellReader, cells: Cell[][], index: number): Column {
  const samples = new Set<string>()
  for (const row of cells) {
    const value = reader.read(row[index] ?? null, () => {})
    if (value !== null) samples.add(String(value).slice(0, 100))
    if (samples.size === 5) break
  }
  return { name, type: reader.type, notation: reader.notation, samples: [...samples] }
}

type Finish = (row: RawRow) => Row

function rowFinisher(
  names: readonly string[],
  readers: CellReader[],
  makeGeometry: (row: RawRow) => MadeGeometry,
  crs: FoundCrs | null,
  mustHaveGeometry: boolean,
): Finish {
  return (row) => {
    const said: Remark[] = []
    const remember = (remark: Remark) => said.push(remark)
    const values: Row['values'] = {}
    for (let index = 0; index < names.length; index++) {
      values[names[index] as string] = (readers[index] as CellReader).read(row.cells[index] ?? null, remember)
    }
    for (const { index, say } of row.notes ?? []) remember(say(names[index] ?? ''))
    if (mustHaveGeometry && row.geometry === null && !row.notes) remember(remarks.geometryMissing())
    if (row.cells.length > names.length) remember(remarks.tooManyCells(row.cells.length, names.length))
    return { rowNumber: row.rowNumber, values, geometry: readGeometry(makeGeometry(row), crs, remember), remarks: said }
  }
}

function readGeometry(
  { found, problem, column }: MadeGeometry,
  crs: FoundCrs | null,
  remember: (remark: Remark) => void,
): Geometry | null {
  if (problem) remember(problem)
  return found === undefined ? null : finishGeometry(found, crs, remember, column)
}

/** Batches of rows with data, bounded by number and by size. */
async function* readBatches(
  raw: RawTable,
  firstRow: number,
  finish: Finish,
  options: ReadOptions = {},
): AsyncGenerator<RowBatch> {
  const { signal, batchRows = 1_000 } = options
  let rows: Row[] = []
  let bytes = 0
  let progress = 0
  for await (const batch of raw.read({ signal })) {
    signal?.throwIfAborted()
    bytes += batch.bytes
    progress = batch.progress
    for (const row of batch.rows) {
      if (row.rowNumber < firstRow || isBlank(row)) continue
      rows.push(finish(row))
      if (rows.length < batchRows) continue
      yield { rows, progress }
      rows = []
      bytes = 0
    }
    if (bytes < batchBytes || rows.length === 0) continue
    yield { rows, progress }
    rows = []
    bytes = 0
  }
  if (rows.length > 0) yield { rows, progress: 1 }
}
