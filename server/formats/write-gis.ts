import { createWriteStream } from 'node:fs'
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify/sync'
import type { Field, TableToWrite } from './format.ts'
import { type GdalJob, runGdal } from './gdal.ts'
import { formatWkt } from './wkt.ts'
import { hashOfFile, writeZip } from './write-zip.ts'

export interface GisOptions {
  /** Moment the content was known: it stands in the file, so that the same content gives the same bytes. ISO timestamp. */
  knownAt: string
  signal?: AbortSignal | undefined
}

/** Writes tables as layers of one GeoPackage (OGC 12-128r18), each in the CRS of its geometry, with spatial index. */
export async function writeGeoPackage(path: string, tables: readonly TableToWrite[], options: GisOptions): Promise<void> {
  await inDirectory(async (directory) => {
    for (const [index, table] of tables.entries()) {
      const names = table.fields.map(({ name }) => name)
      const fid = ['fid', '_fid', '_fid_'].find((name) => !names.some((other) => other.toLowerCase() === name)) as string
      const format = ['-f', 'GPKG', '-lco', `FID=${fid}`, '-lco', 'GEOMETRY_NAME=geom', '-lco', `DESCRIPTION=${table.title.de}`]
      const config = ['--config', 'OGR_CURRENT_DATE', new Date(options.knownAt).toISOString()]
      const append = index > 0 ? ['-update'] : []
      await translate(directory, table, names, 'tables', [...format, ...append, ...config, '-nln', table.name], options.signal)
    }
    await copyFile(join(directory, 'tables.gpkg'), path)
  })
}

/** A file of a package, as its manifest names it. */
export interface PackedFile {
  name: string
  sha256: string
}

/**
 * Writes tables as zipped shapefiles in UTF-8. What dBase cannot hold: names are cut to ten characters (see `shapefileNames`), truth
 * values become 1 and 0, numbers have 15 decimals, texts 254 bytes.
 */
export async function writeShapefile(
  path: string,
  tables: readonly TableToWrite[],
  options: GisOptions & { readme?: string; manifest?: (files: readonly PackedFile[]) => string },
): Promise<void> {
  await inDirectory(async (directory) => {
    const entries: { name: string; path: string }[] = []
    for (const [index, table] of tables.entries()) {
      const names = [...shapefileNames(table.fields).values()]
      const format = [
        '-f',
        'ESRI Shapefile',
        '-lco',
        'ENCODING=UTF-8',
        '-lco',
        `DBF_DATE_LAST_UPDATE=${options.knownAt.slice(0, 10)}`,
      ]
      await translate(directory, table, names, `shape${index}`, format, options.signal)
      const files = (await readdir(directory))
        .filter((file) => new RegExp(`^shape${index}\\.(shp|shx|dbf|prj|cpg)$`).test(file))
        .sort()
      entries.push(...files.map((file) => ({ name: table.name + file.slice(file.indexOf('.')), path: join(directory, file) })))
    }
    const packed = await Promise.all(entries.map(async ({ name, path: file }) => ({ name, sha256: await hashOfFile(file) })))
    const texts = { 'MANIFEST.json': options.manifest?.(packed), 'README.txt': options.readme }
    const beside = Object.entries(texts).flatMap(([name, text]) => (text === undefined ? [] : [{ name, content: () => [text] }]))
    await writeZip(path, [...entries, ...beside], options.signal)
  })
}

/** Names a dBase file can hold: ten characters, ASCII, no two alike. By the name of the field. */
export function shapefileNames(fields: readonly Pick<Field, 'name'>[]): Map<string, string> {
  const used = new Set<string>()
  return new Map(
    fields.map(({ name }) => {
      const plain = name.replace(/\W/g, '_').slice(0, 10)
      let short = plain
      for (let turn = 1; used.has(short.toLowerCase()); turn++) short = `${plain.slice(0, 9 - String(turn).length)}_${turn}`
      used.add(short.toLowerCase())
      return [name, short]
    }),
  )
}

async function inDirectory(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'ausbauatlas-write-'))
  try {
    await work(directory)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

const gdalTypes: Record<Field['type'], string> = {
  text: 'String',
  integer: 'Integer64',
  number: 'Real',
  date: 'Date',
  boolean: 'Integer(Boolean)',
}
const wktColumn = '_wkt_'

/** GDAL gets the rows as CSV with declared types, so that nothing is guessed from the values. */
async function translate(
  directory: string,
  table: TableToWrite,
  names: string[],
  output: string,
  options: string[],
  signal?: AbortSignal,
): Promise<void> {
  const { geometry } = table
  const declared = [...table.fields.map(({ type }) => gdalTypes[type]), ...(geometry ? ['WKT'] : [])]
  await pipeline(rowPieces(table, names), createWriteStream(join(directory, 'rows.csv')), { signal })
  await writeFile(join(directory, 'rows.csvt'), declared.map((type) => `"${type}"`).join(','))
  const place = geometry ? ['-a_srs', `EPSG:${geometry.epsg}`, '-nlt', geometry.type.toUpperCase()] : ['-nlt', 'NONE']
  const openOptions = [
    'EMPTY_STRING_AS_NULL=YES',
    'KEEP_GEOM_COLUMNS=NO',
    ...(geometry ? [`GEOM_POSSIBLE_NAMES=${wktColumn}`] : []),
  ]
  const job: GdalJob = {
    directory,
    sources: [{ file: 'rows.csv', openOptions }],
    translate: [...options, ...place],
    names: false,
    output,
  }
  await runGdal(job, signal)
}

async function* rowPieces(table: TableToWrite, names: string[]): AsyncGenerator<string> {
  const cast = { boolean: (value: boolean) => (value ? '1' : '0') }
  const quoted = { quoted_string: true, cast }
  yield stringify([[...names, ...(table.geometry ? [wktColumn] : [])]], quoted)
  let rows: unknown[][] = []
  for await (const { values, geometry } of table.rows) {
    rows.push([
      ...table.fields.map(({ name }) => values[name] ?? null),
      ...(table.geometry ? [geometry ? formatWkt(geometry) : null] : []),
    ])
    if (rows.length < 500) continue
    yield stringify(rows, quoted)
    rows = []
  }
  if (rows.length > 0) yield stringify(rows, quoted)
}
