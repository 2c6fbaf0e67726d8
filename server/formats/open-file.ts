import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Entry } from 'yauzl'
import { openCsv } from './csv.ts'
import { openFeatures } from './features.ts'
import { defaultLimits, type FormatName, type Limits, type OpenedFile, type OpenOptions, type Remark } from './format.ts'
import { openGisFile, openShapefiles } from './gis.ts'
import { convertKml } from './kml.ts'
import type { RawTable } from './raw.ts'
import { refusals, remarks } from './remarks.ts'
import { formatNames, type Sniffed, sniff, sniffZip } from './sniff.ts'
import { type PreparedTable, prepareTable } from './table.ts'
import { encodings, type RecognisedEncoding, readText } from './text-encoding.ts'
import { openXlsx } from './xlsx.ts'
import { openZip, type Zip } from './zip.ts'

interface Workplace {
  /** Own directory of this file, removed when it is closed. */
  directory: string
  limits: Limits
  signal: AbortSignal | undefined
  csv: OpenOptions['csv']
  within: OpenOptions['within']
  /** Zips that are read from until the file is closed. */
  zips: Zip[]
}

interface Opened {
  format: FormatName
  raw: RawTable[]
  said: Remark[]
}

/**
 * Opens a file of any format that is read (see `FormatName`), recognised by its content, and tells what tables are in it.
 * Throws `FileRefused` with a reason a clerk understands; whatever happens, nothing is left behind.
 */
export async function openFile(path: string, options: OpenOptions): Promise<OpenedFile> {
  const place: Workplace = {
    directory: await mkdtemp(join(tmpdir(), 'ausbauatlas-file-')),
    limits: { ...defaultLimits, ...options.limits },
    signal: options.signal,
    csv: options.csv,
    within: options.within,
    zips: [],
  }
  const close = async () => {
    for (const zip of place.zips.splice(0)) await zip[Symbol.asyncDispose]()
    await rm(place.directory, { recursive: true, force: true })
  }
  try {
    const opened = await openByContent(path, options.name, place, false)
    options.onProgress?.(0.5)
    const tables = await prepareAll(opened, options, place)
    return {
      format: opened.format,
      name: options.name,
      tables: tables.map(({ table }) => table),
      remarks: opened.said,
      readRows(name, reading) {
        const found = tables.find(({ table }) => table.name === name)
        if (!found) throw refusals.noSuchTable(name)
        return found.read(reading)
      },
      close,
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Tables with rows; that others have none is said. */
async function prepareAll(opened: Opened, options: OpenOptions, { limits, signal }: Workplace): Promise<PreparedTable[]> {
  const tables: PreparedTable[] = []
  for (const [index, raw] of opened.raw.entries()) {
    const prepared = await prepareTable(raw, options.choices?.[raw.name] ?? {}, limits, signal)
    if (prepared) tables.push(prepared)
    else opened.said.push(remarks.emptyTable(raw.name))
    options.onProgress?.(0.5 + (0.5 * (index + 1)) / opened.raw.length)
  }
  if (tables.length === 0) throw refusals.noRows()
  return tables
}

async function openByContent(path: string, name: string, place: Workplace, isInZip: boolean): Promise<Opened> {
  const { size } = await stat(path)
  if (size > place.limits.fileBytes) throw refusals.tooLarge(Math.floor(place.limits.fileBytes / 2 ** 20))
  place.signal?.throwIfAborted()
  const found = await sniff(path, place.signal)
  const opened =
    found.kind === 'zip' ? await openPacked(path, name, place, isInZip) : await openPlain(path, size, name, found, place)
  const isNamedRightly = formatNames[opened.format].endings.test(name) || found.kind === 'zip'
  if (!isNamedRightly && /\.\w{2,8}$/.test(name)) opened.said.push(remarks.wrongEnding(formatNames[opened.format].name))
  return opened
}

async function openPlain(
  path: string,
  bytes: number,
  name: string,
  found: Exclude<Sniffed, { kind: 'zip' }>,
  place: Workplace,
): Promise<Opened> {
  const { limits, signal, directory } = place
  const stem = basename(name).replace(/\.\w+$/, '')
  if (found.kind === 'geopackage')
    return { format: 'geopackage', raw: await openGisFile(path, 'geopackage', directory, place), said: [] }
  if (found.kind === 'dxf') return { format: 'dxf', raw: await openGisFile(path, 'dxf', directory, { signal }), said: [] }
  if (found.kind === 'kml') return { format: 'kml', raw: [await openKml(path, stem, found.encoding, place)], said: [] }
  if (found.kind === 'geojson') {
    const isUnicode = found.encoding.encoding === 'utf-8'
    const said = isUnicode ? [] : [remarks.encoding(encodings[found.encoding.encoding])]
    const source = isUnicode ? path : await recode(path, found.encoding, place)
    return { format: 'geojson', raw: [await openFeatures({ path: source, name: stem, bytes, columns: null }, signal)], said }
  }
  const chosen = place.csv?.encoding
  const table = await openCsv(
    path,
    bytes,
    stem,
    chosen ? { ...found.encoding, encoding: chosen } : found.encoding,
    limits,
    place.csv?.separator,
  )
  return { format: 'csv', raw: [table], said: table.remarks.splice(0) }
}

async function openKml(
  path: string,
  name: string,
  encoding: RecognisedEncoding,
  { directory, signal }: Workplace,
): Promise<RawTable> {
  const target = join(directory, 'placemarks.geojsonl')
  await convertKml(path, encoding, target, signal)
  const { size } = await stat(target)
  if (size === 0) throw refusals.noRows()
  return openFeatures({ path: target, name, bytes: size, columns: null, declared: { epsg: 4326, label: 'WGS 84' } }, signal)
}

async function openPacked(path: string, name: string, place: Workplace, isInZip: boolean): Promise<Opened> {
  const zip = await openZip(path, place.limits)
  place.zips.push(zip)
  const found = sniffZip(zip.entries)
  if (found.kind === 'xlsx') {
    const { tables, said } = await openXlsx(zip, place.limits, place.signal)
    return { format: 'xlsx', raw: tables, said }
  }
  if (isInZip) throw refusals.nestedZip()
  if (found.kind === 'shapefile') {
    for (const [name, entry] of nameParts(found.entries)) await zip.unpack(entry, join(place.directory, name), place.signal)
    return { format: 'shapefile', raw: await openShapefiles(place.directory, place), said: [] }
  }
  const inner = basename(found.entry.fileName)
  const target = join(place.directory, 'unpacked')
  await zip.unpack(found.entry, target, place.signal)
  const opened = await openByContent(target, inner, place, true)
  if (!/\.kmz$/i.test(name)) opened.said.unshift(remarks.unpacked(inner))
  return opened
}

/** Parts of shapefiles without their folders, unless two would then be called the same. */
function nameParts(entries: readonly Entry[]): Map<string, Entry> {
  const short = new Map(entries.map((entry) => [basename(entry.fileName).toLowerCase(), entry]))
  const nameOf = (path: string) => (short.size === entries.length ? basename(path) : path.replaceAll('/', ' - '))
  return new Map(entries.map((entry) => [nameOf(entry.fileName), entry]))
}

/** GeoJSON is UTF-8; what is not is made so. */
async function recode(path: string, encoding: RecognisedEncoding, { directory, signal }: Workplace): Promise<string> {
  const target = join(directory, 'recoded.geojson')
  await pipeline(readText(path, encoding, { signal }), createWriteStream(target))
  return target
}
