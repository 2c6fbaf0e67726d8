import { createReadStream } from 'node:fs'
import { type Cell, cleanText, dateOf, storable } from './cells.ts'
import { type DeclaredCrs, declaredByName } from './crs.ts'
import { FeatureCutter, type FeatureText } from './feature-cutter.ts'
import type { Remark } from './format.ts'
import type { RawBatch, RawRow, RawTable } from './raw.ts'
import { refusals, remarks } from './remarks.ts'

interface Feature {
  properties: Record<string, unknown> | null
  geometry: unknown
  id?: string | number
}

function parseFeature(text: string): Feature | null {
  try {
    const found = JSON.parse(text) as {
      type?: string
      geometry?: unknown
      properties?: unknown
      id?: unknown
    }
    if (found.type !== 'Feature' || isTooDeep(found.properties)) return null
    const { id } = found
    return {
      geometry: found.geometry ?? null,
      properties: (found.properties ?? {}) as Feature['properties'],
      ...(typeof id === 'string' || typeof id === 'number' ? { id } : {}),
    }
  } catch {
    return null
  }
}

/** Nobody nests properties that deep in good faith; to write them as text would exhaust the stack. */
function isTooDeep(value: unknown, left = 32): boolean {
  if (typeof value !== 'object' || value === null) return false
  return left === 0 || Object.values(value).some((part) => isTooDeep(part, left - 1))
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') {
    const text = cleanText(value)
    if (text === null) return null
    return /^\d{4}-\d\d-\d\d/.test(text) && dateOf(text) === text ? { date: text } : { text }
  }
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return { text: JSON.stringify(value) }
}

export interface FeatureFile {
  path: string
  name: string
  bytes: number
  /** Columns known from elsewhere (GDAL); null: the members of all properties. */
  columns: string[] | null
  /** Column for the ids beside the properties; undefined: "id", if there are any. */
  idColumn?: string | null
  /** undefined: look for the member `crs`. */
  declared?: RawTable['declared']
  remarks?: Remark[]
  /** To be said of a row, judged by its properties. */
  sayOfRow?: (properties: Record<string, unknown>) => Remark | null
}

/** A file of GeoJSON features as a table; read once to know its columns, its `crs` and that it is whole. */
export async function openFeatures(file: FeatureFile, signal?: AbortSignal): Promise<RawTable> {
  const known = await scanFeatures(file, signal)
  const columns = file.columns ?? known.columns
  return {
    name: file.name,
    columns,
    hasGeometry: true,
    declared: file.declared === undefined ? known.declared : file.declared,
    rowCount: known.count,
    remarks: file.remarks ?? [],
    read: (options) => readFeatures(file, columns, file.idColumn === undefined ? known.idColumn : file.idColumn, options.signal),
  }
}

interface Known {
  columns: string[]
  count: number
  idColumn: string | null
  declared: RawTable['declared']
}

async function scanFeatures({ path, columns }: FeatureFile, signal?: AbortSignal): Promise<Known> {
  const found = { names: new Set<string>(), count: 0, readable: 0, hasIds: false }
  const cutter = new FeatureCutter()
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20, signal })) {
    cutter.write(chunk)
    found.count += cutter.features.length
    // GDAL has said what columns there are.
    if (columns === null) for (const text of cutter.features) lookAt(text, found)
    cutter.features = []
    if (cutter.frame.length > 2 ** 20) throw refusals.noFeatures()
  }
  cutter.end()
  if (!cutter.isWhole()) throw refusals.unreadable('Die GeoJSON-Datei')
  const isOther = columns === null && found.readable === 0 && found.count > 0
  if (isOther || (found.count === 0 && !cutter.isCollection)) throw refusals.noFeatures()
  const idColumn = found.hasIds && !found.names.has('id') ? 'id' : null
  return {
    columns: idColumn ? [idColumn, ...found.names] : [...found.names],
    count: found.count,
    idColumn,
    declared: declaredIn(cutter.frame),
  }
}

function lookAt(text: FeatureText, found: { names: Set<string>; readable: number; hasIds: boolean }): void {
  const feature = text === null ? null : parseFeature(text)
  if (!feature) return
  found.readable += 1
  found.hasIds ||= feature.id !== undefined
  for (const name of Object.keys(feature.properties ?? {})) if (storable(name) === name) found.names.add(name)
}

const wgs84: DeclaredCrs & { isDefault: boolean } = { epsg: 4326, label: 'WGS 84', isDefault: true }

/** The member `crs` of the format of 2008; without it GeoJSON is WGS 84 (RFC 7946). */
function declaredIn(frame: string): RawTable['declared'] {
  const name = /"crs"\s*:\s*\{[^{}]*(?:\{[^{}]*"(?:name|code)"\s*:\s*"?([^",}]+)"?[^{}]*\})/.exec(frame)?.[1]
  return name === undefined ? wgs84 : declaredByName(/^\d+$/.test(name) ? `EPSG:${name}` : name)
}

async function* readFeatures(
  file: FeatureFile,
  columns: string[],
  idColumn: string | null,
  signal?: AbortSignal,
): AsyncGenerator<RawBatch> {
  const cutter = new FeatureCutter()
  let read = 0
  let count = 0
  for await (const chunk of createReadStream(file.path, { highWaterMark: 2 ** 18, signal })) {
    cutter.write(chunk)
    read += chunk.length
    const rows = cutter.features.map((text) => toRow(text, ++count, file, columns, idColumn))
    cutter.features = []
    yield { rows, bytes: chunk.length, progress: Math.min(read / Math.max(file.bytes, 1), 1) }
  }
}

function toRow(text: FeatureText, rowNumber: number, file: FeatureFile, columns: string[], idColumn: string | null): RawRow {
  const feature = text === null ? null : parseFeature(text)
  if (!feature) {
    const say = text === null ? remarks.featureTooLarge : remarks.featureUnreadable
    return { rowNumber, cells: [], geometry: null, notes: [{ index: 0, say }] }
  }
  const properties: Record<string, unknown> = { ...feature.properties, ...(idColumn ? { [idColumn]: feature.id } : {}) }
  const said = file.sayOfRow?.(properties)
  const row = {
    rowNumber,
    cells: columns.map((name) => cellOf(properties[name])),
    geometry: feature.geometry,
  }
  return said ? { ...row, notes: [{ index: 0, say: () => said }] } : row
}
