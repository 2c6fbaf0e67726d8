import { type Cell, type CellReader, judgeColumns } from './cells.ts'
import { commonFit, declaredByName, gridNeededFor, isSameFit, nameOf, type Position } from './crs.ts'
import type {
  Column,
  Epsg,
  FoundCrs,
  Geometry,
  Limits,
  PlaceColumns,
  ReadOptions,
  Remark,
  Row,
  RowBatch,
  Table,
  TableChoices,
} from './format.ts'
import { finishGeometry, flatten, kindOf, positionsOf } from './geometry.ts'
import { findHeader, type Header } from './header.ts'
import { coordinateOf, pointOf, recognisePlace } from './place.ts'
import { isBlank, type RawRow, type RawTable, readSample } from './raw.ts'
import { refusals, remarks } from './remarks.ts'
import { parseWkt } from './wkt.ts'

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
  const makeGeometry = geometryMaker(raw, header.names, place)
  const geometries = data.map((row) => makeGeometry(row).found).filter((found) => found !== undefined && found !== null)
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
  const finish = rowFinisher(header.names, readers, makeGeometry, crs)
  return { table, read: (options) => readBatches(raw, header.firstRow, finish, options) }
}

/** Rows above the data do not count; blank ones below do, as far as the file does not tell. */
function countData({ rowCount }: RawTable, above: number): number | null {
  return rowCount === null ? null : rowCount - above
}

function choosePlace(names: readonly string[], cells: Cell[][], chosen: PlaceColumns | null | undefined): PlaceColumns | null {
  if (chosen === undefined) return recognisePlace(names, cells)
  const wanted = chosen === null ? [] : chosen.kind === 'xy' ? [chosen.x, chosen.y] : [chosen.column]
  return wanted.every((name) => names.includes(name)) ? chosen : null
}

function describeColumn(name: string, reader: CellReader, cells: Cell[][], index: number): Column {
  const samples = new Set<string>()
  for (const row of cells) {
    const value = reader.read(row[index] ?? null, () => {})
    if (value !== null) samples.add(String(value).slice(0, 100))
    if (samples.size === 5) break
  }
  return { name, type: reader.type, samples: [...samples] }
}

interface MadeGeometry {
  /** undefined: the row gives no geometry; null: an empty one. */
  found: unknown
  problem?: Remark
  column?: string
}

function geometryMaker(raw: RawTable, names: readonly string[], place: PlaceColumns | null): (row: RawRow) => MadeGeometry {
  if (raw.hasGeometry) return (row) => ({ found: row.geometry ?? null })
  if (place?.kind === 'wkt') {
    const index = names.indexOf(place.column)
    return (row) => wktGeometry(row.cells[index], place.column)
  }
  if (place?.kind !== 'xy') return () => ({ found: undefined })
  const [x, y] = [names.indexOf(place.x), names.indexOf(place.y)]
  return (row) => {
    const [east, north] = [coordinateOf(row.cells[x]), coordinateOf(row.cells[y])]
    if ((row.cells[x] ?? null) === null && (row.cells[y] ?? null) === null) return { found: undefined }
    const point = pointOf(east, north)
    return point ? { found: point } : { found: undefined, problem: remarks.coordinateMissing(east === null ? place.x : place.y) }
  }
}

function wktGeometry(cell: Cell | undefined, column: string): MadeGeometry {
  const text = typeof cell === 'string' ? cell : cell && typeof cell === 'object' && 'text' in cell ? cell.text : null
  if (text === null) return { found: undefined }
  const read = parseWkt(text)
  return read ? { found: read.geometry, column } : { found: undefined, problem: remarks.geometryUnreadable(column) }
}

interface Decision {
  crs: FoundCrs | null
  needsCrs: boolean
  said: Remark[]
}

function decideCrs(
  raw: RawTable,
  place: PlaceColumns | null,
  names: readonly string[],
  data: RawRow[],
  geometries: unknown[],
  chosen?: Epsg,
): Decision {
  const positions = geometries.flatMap(firstPosition)
  const fit = commonFit(positions)
  const declared = place?.kind === 'wkt' ? declaredInWkt(data, names.indexOf(place.column)) : raw.declared
  const swapped = (epsg: Epsg) => fit?.isSwapped === true && isSameFit(fit, epsg)
  const decide = (epsg: Epsg, how: FoundCrs['how'], said: Remark[] = []): Decision => {
    const crs = { epsg, how, isSwapped: swapped(epsg) }
    const more = [...(crs.isSwapped ? [remarks.swappedTable()] : []), ...(gridNeededFor(epsg) ? [remarks.gridNeeded()] : [])]
    return { crs, needsCrs: false, said: [...said, ...more] }
  }
  if (positions.length === 0)
    return { crs: declared?.epsg ? { epsg: declared.epsg, how: 'declared', isSwapped: false } : null, needsCrs: false, said: [] }
  if (chosen) return decide(chosen, 'asked')
  if (declared?.epsg && (!fit || isSameFit(fit, declared.epsg))) return decide(declared.epsg, 'declared')
  if (declared?.epsg && fit && !declared.isDefault)
    return decide(fit.epsg, 'recognised', [remarks.crsContradicted(declared.label, nameOf(fit.epsg))])
  if (declared && !declared.epsg) return { crs: null, needsCrs: true, said: [remarks.crsUnsupported(declared.label)] }
  if (fit) return decide(fit.epsg, 'recognised', [remarks.crsRecognised(nameOf(fit.epsg))])
  return { crs: null, needsCrs: true, said: [remarks.crsUnknown()] }
}

function firstPosition(found: unknown): Position[] {
  const { geometry } = flatten(found)
  if (!geometry) return []
  for (const position of positionsOf(geometry)) return [position]
  return []
}

function declaredInWkt(data: RawRow[], index: number): RawTable['declared'] {
  for (const { cells } of data) {
    const cell = cells[index]
    const text = typeof cell === 'string' ? cell : cell && typeof cell === 'object' && 'text' in cell ? cell.text : null
    const srid = text === null ? null : parseWkt(text)?.srid
    if (srid) return declaredByName(`EPSG:${srid}`)
  }
  return null
}

type Finish = (row: RawRow) => Row

function rowFinisher(
  names: readonly string[],
  readers: CellReader[],
  makeGeometry: (row: RawRow) => MadeGeometry,
  crs: FoundCrs | null,
): Finish {
  return (row) => {
    const said: Remark[] = []
    const remember = (remark: Remark) => said.push(remark)
    const values: Row['values'] = {}
    for (let index = 0; index < names.length; index++) {
      values[names[index] as string] = (readers[index] as CellReader).read(row.cells[index] ?? null, remember)
    }
    for (const { index, say } of row.notes ?? []) remember(say(names[index] ?? ''))
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
