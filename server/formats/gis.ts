import { createReadStream } from 'node:fs'
import { copyFile, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { declaredByProjJson } from './crs.ts'
import { openFeatures } from './features.ts'
import type { Box, FormatName, Remark } from './format.ts'
import { FileRefused } from './format.ts'
import { GdalFailure, type GdalLayer, type GdalResult, runGdal } from './gdal.ts'
import type { RawTable } from './raw.ts'
import { refusals, remarks } from './remarks.ts'
import { encodings, guessSingleByte } from './text-encoding.ts'

/** Each layer becomes one file of GeoJSON in the coordinates of the source, one feature per line. */
const translation = [
  '-f',
  'GeoJSON',
  '-lco',
  'RFC7946=NO',
  '-lco',
  'COORDINATE_PRECISION=15',
  '-lco',
  'WRITE_NAME=NO',
  '-preserve_fid',
]

const drivers = { geopackage: 'GPKG', shapefile: 'ESRI Shapefile', dxf: 'DXF' } as const
const articles = { geopackage: 'Das GeoPackage', shapefile: 'Das Shapefile', dxf: 'Die DXF-Datei' } as const

interface Reading {
  signal?: AbortSignal | undefined
  within?: Box | undefined
}

type GisFormat = keyof typeof drivers & FormatName

/**
 * Reads what touches a box of EPSG:25832 only, part by part: the areas of a whole country are one feature each. It is not cut: GDAL
 * leaves out what it cannot cut.
 */
const touching = (box: Box) => [
  ...translation
    .map((word) => (word === 'COORDINATE_PRECISION=15' ? 'COORDINATE_PRECISION=8' : word))
    .filter((word) => word !== '-preserve_fid'),
  '-explodecollections',
  '-spat',
  ...box.map(String),
  '-spat_srs',
  'EPSG:25832',
]

interface Source {
  file: string
  /** Name of the table, where the file does not tell. */
  name: string | null
  said: Remark[]
}

/** Opens a GeoPackage or a DXF. GDAL works on a copy: it could write to what it sees. */
export async function openGisFile(
  path: string,
  format: 'geopackage' | 'dxf',
  directory: string,
  { signal, within }: Reading = {},
): Promise<RawTable[]> {
  const file = format === 'dxf' ? 'source.dxf' : 'source.gpkg'
  await copyFile(path, join(directory, file))
  return openSources([{ file, name: null, said: [] }], format, directory, { signal, within })
}

/**
 * Opens the shapefiles in a directory, whatever the case of their endings. Without .cpg, or with a wrong one, the encoding of the
 * attributes is recognised from them.
 */
export async function openShapefiles(directory: string, reading: Reading = {}): Promise<RawTable[]> {
  const files = await readdir(directory)
  const stems = files.filter((file) => /\.shp$/i.test(file)).sort()
  const sources: Source[] = []
  for (const [index, shp] of stems.entries()) {
    const stem = shp.slice(0, -4)
    for (const file of files) {
      const ending = file.slice(stem.length + 1).toLowerCase()
      if (file.startsWith(`${stem}.`) && /^(shp|shx|dbf|prj|cpg)$/.test(ending))
        await rename(join(directory, file), join(directory, `shape${index}.${ending}`))
    }
    sources.push({ file: `shape${index}.shp`, name: stem, said: await prepareAttributes(join(directory, `shape${index}`)) })
  }
  return openSources(sources, 'shapefile', directory, reading)
}

async function prepareAttributes(stem: string): Promise<Remark[]> {
  const exists = (ending: string) =>
    stat(`${stem}.${ending}`).then(
      () => true,
      () => false,
    )
  if (!(await exists('dbf'))) return [remarks.noAttributes()]
  const declared = (await exists('cpg')) ? (await readFile(`${stem}.cpg`, 'latin1')).trim() : ''
  const found = await encodingOfAttributes(`${stem}.dbf`)
  if (found === 'ascii' || isSameEncoding(declared, found)) return []
  const names: Record<string, string> = { 'utf-8': 'UTF-8', 'windows-1252': '1252', macintosh: 'macroman', cp850: '850' }
  await writeFile(`${stem}.cpg`, names[found] ?? '1252')
  return [remarks.attributeEncoding(encodings[found])]
}

function isSameEncoding(declared: string, found: string): boolean {
  const plain = declared.toLowerCase().replace(/[^a-z\d]/g, '')
  if (found === 'utf-8') return plain === 'utf8' || plain === '65001'
  // Others than UTF-8 are believed: they cannot be told apart for sure.
  return plain !== '' && plain !== 'utf8' && plain !== '65001'
}

/** UTF-8 if nearly all of the letters beyond ASCII are valid in it; fields may cut a letter in two. */
async function encodingOfAttributes(path: string): Promise<keyof typeof encodings | 'ascii'> {
  let valid = 0
  let broken = 0
  const others: number[] = []
  let isHeader = true
  for await (const chunk of createReadStream(path, { end: 16 * 2 ** 20 })) {
    const bytes = isHeader ? withoutHeader(chunk) : (chunk as Buffer)
    isHeader = false
    const high = bytes.filter((byte) => byte > 127)
    for (const byte of high) if (others.length < 65_536) others.push(byte)
    const text = bytes.toString('utf8')
    broken += text.split('\ufffd').length - 1
    valid += (text.match(/[\u0080-\ufffc]/g) ?? []).length
  }
  if (others.length === 0) return 'ascii'
  return valid > 0 && broken <= valid * 0.05 ? 'utf-8' : guessSingleByte(Uint8Array.from(others))
}

/** A dBase file says at byte 8 how long its header is. */
function withoutHeader(start: Buffer): Buffer {
  return start.length < 32 ? Buffer.alloc(0) : start.subarray(start.readUInt16LE(8))
}

async function openSources(sources: Source[], format: GisFormat, directory: string, reading: Reading): Promise<RawTable[]> {
  const result = await translate(sources, format, directory, reading)
  const tables: RawTable[] = []
  for (const layer of result.layers) {
    const source = sources.find(({ file }) => file === layer.source)
    const { size } = await stat(layer.output)
    const table = await openFeatures(
      {
        path: layer.output,
        name: source?.name ?? layer.name,
        bytes: size,
        columns: columnsOf(layer),
        idColumn: idColumnOf(layer),
        declared: declaredBy(layer),
        remarks: [...(source?.said ?? []), ...remarksOn(layer)],
        ...(format === 'dxf' ? { sayOfRow: sayOfEntity } : {}),
      },
      reading.signal,
    )
    tables.push(table)
  }
  return tables
}

async function translate(
  sources: Source[],
  format: GisFormat,
  directory: string,
  { signal, within }: Reading,
): Promise<GdalResult> {
  try {
    const job = {
      directory,
      sources: sources.map(({ file }) => ({ file })),
      translate: within ? touching(within) : translation,
      names: format === 'geopackage',
    }
    const result = await runGdal(job, signal)
    if (result.driver !== drivers[format]) throw refusals.unreadable(articles[format])
    return result
  } catch (error) {
    if (error instanceof FileRefused || !(error instanceof GdalFailure)) throw error
    throw refusals.unreadable(articles[format])
  }
}

function columnsOf(layer: GdalLayer): string[] {
  const names = (layer.fields ?? []).map(({ name }) => name)
  const id = idColumnOf(layer)
  return id === null ? names : [id, ...names]
}

/** A key of its own in a GeoPackage; GDAL makes one of a property called "id". What it names itself says nothing. */
function idColumnOf({ fidColumnName = '', fields = [] }: GdalLayer): string | null {
  const isOwn = fidColumnName !== '' && !/^_?(ogc_)?fid_?$/i.test(fidColumnName)
  return isOwn && !fields.some(({ name }) => name === fidColumnName) ? fidColumnName : null
}

function declaredBy({ geometryFields }: GdalLayer): RawTable['declared'] {
  const crs = geometryFields?.[0]?.coordinateSystem?.projjson
  return crs ? declaredByProjJson(crs) : null
}

function remarksOn({ geometryFields }: GdalLayer): Remark[] {
  const type = geometryFields?.[0]?.type ?? ''
  return [
    ...(/[a-z]Z?M$/.test(type) ? [remarks.measuresDropped()] : []),
    ...(/curve|surface|circular/i.test(type) ? [remarks.curvesTable()] : []),
  ]
}

/** DXF draws arcs, circles, ellipses and splines; GDAL has made lines of them. */
function sayOfEntity({ SubClasses }: Record<string, unknown>): Remark | null {
  return typeof SubClasses === 'string' && /AcDb(Circle|Arc|Ellipse|Spline)/.test(SubClasses) ? remarks.curvesRow() : null
}
