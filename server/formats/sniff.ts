import { open } from 'node:fs/promises'
import type { Entry } from 'yauzl'
import type { FormatName } from './format.ts'
import { refusals } from './remarks.ts'
import { type RecognisedEncoding, readStart, readText, recogniseEncoding } from './text-encoding.ts'

/** What a file is by its content. */
export type Sniffed =
  | { kind: 'zip' }
  | { kind: 'geopackage' }
  | { kind: 'csv' | 'geojson' | 'kml' | 'dxf'; encoding: RecognisedEncoding }

const magic: readonly [string, () => Error][] = [
  ['25504446', () => refusals.unknownFormat('Die Datei ist ein PDF')],
  ['41433130', () => refusals.unknownFormat('Die Datei ist eine DWG-Zeichnung; bitte speichern Sie sie als DXF')],
  [
    '4175746f4341442042696e617279',
    () => refusals.unknownFormat('Die Datei ist eine binäre DXF-Zeichnung; bitte speichern Sie sie als Text-DXF (ASCII)'),
  ],
  [
    '0000270a',
    () =>
      refusals.unknownFormat(
        'Ein Shapefile besteht aus mehreren Dateien; bitte packen Sie .shp, .dbf, .shx und .prj zusammen in eine Zip-Datei',
      ),
  ],
  ['1f8b', () => refusals.unknownFormat('Die Datei ist mit gzip gepackt; bitte packen Sie sie als Zip')],
  ['377abcaf271c', () => refusals.unknownFormat('Die Datei ist ein 7z-Archiv; bitte packen Sie sie als Zip')],
  ['526172211a07', () => refusals.unknownFormat('Die Datei ist ein RAR-Archiv; bitte packen Sie sie als Zip')],
  ['89504e47', () => refusals.unknownFormat('Die Datei ist ein Bild')],
  ['ffd8ff', () => refusals.unknownFormat('Die Datei ist ein Bild')],
]

/** Recognises a file by its content; refuses what is not read, saying what it is. */
export async function sniff(path: string, signal?: AbortSignal): Promise<Sniffed> {
  const start = await readBeginning(path)
  if (start.length === 0) throw refusals.empty()
  const hex = start.subarray(0, 16).toString('hex')
  if (hex.startsWith('504b0304') || hex.startsWith('504b0506')) return { kind: 'zip' }
  if (hex.startsWith('53514c69746520666f726d6174203300')) return { kind: 'geopackage' }
  if (hex.startsWith('d0cf11e0a1b11ae1')) throw await refuseCompound(path)
  const known = magic.find(([bytes]) => hex.startsWith(bytes))
  if (known) throw known[1]()
  const encoding = await recogniseEncoding(path, signal)
  if (!encoding) throw refusals.binary()
  return { kind: await sniffText(path, encoding), encoding }
}

async function readBeginning(path: string): Promise<Buffer> {
  await using file = await open(path)
  return readStart(file, 64)
}

/** Old Excel files and encrypted new ones are both compound files (MS-CFB); the directory of the latter names the package. */
async function refuseCompound(path: string): Promise<Error> {
  await using file = await open(path)
  const name = Buffer.from('EncryptedPackage', 'utf16le')
  const { size } = await file.stat()
  const block = Buffer.alloc(2 ** 20)
  for (let at = 0; at < size; at += block.length - name.length) {
    const { bytesRead } = await file.read(block, 0, block.length, at)
    if (block.subarray(0, bytesRead).includes(name)) return refusals.encrypted()
  }
  return refusals.oldExcel()
}

async function sniffText(path: string, encoding: RecognisedEncoding): Promise<'csv' | 'geojson' | 'kml' | 'dxf'> {
  let start = ''
  for await (const text of readText(path, encoding, { end: 8_192 })) start += text
  const text = start.replace(/^[\s\ufeff]+/, '').replace(String.fromCharCode(0x1e), '')
  if (text === '') throw refusals.empty()
  if (/^[{[]/.test(text)) return 'geojson'
  if (/^(999\r?\n.*\r?\n\s*)*0\r?\n\s*SECTION/.test(text)) return 'dxf'
  if (!text.startsWith('<')) return 'csv'
  if (/<(\w+:)?kml[\s>]/.test(text)) return 'kml'
  if (/<(!doctype )?html/i.test(text)) throw refusals.unknownFormat('Die Datei ist eine Webseite (HTML)')
  if (/gml|wfs:FeatureCollection/i.test(text))
    throw refusals.unknownFormat('Die Datei ist GML; bitte wandeln Sie sie in ein GeoPackage um')
  throw refusals.unknownFormat('Die Datei ist XML, aber kein KML')
}

/** What a zip holds. */
export type SniffedZip = { kind: 'xlsx' } | { kind: 'shapefile'; entries: Entry[] } | { kind: 'single'; entry: Entry }

const dataEndings = /\.(xlsx|csv|txt|tsv|geojson|geojsonl|json|gpkg|dxf|kml)$/i
/** What systems put into zips by themselves, and what comes along for people. */
const companions = /(^|\/)(\.|__MACOSX\/|readme[^/]*$|liesmich[^/]*$|manifest[^/]*$|thumbs\.db$|desktop\.ini$)/i

export function sniffZip(entries: readonly Entry[]): SniffedZip {
  const names = entries.map(({ fileName }) => fileName)
  if (names.includes('xl/vbaProject.bin')) throw refusals.macros()
  if (names.includes('xl/workbook.bin')) throw refusals.binaryExcel()
  if (names.includes('xl/workbook.xml')) return { kind: 'xlsx' }
  if (names.includes('mimetype') && names.includes('content.xml'))
    throw refusals.unknownFormat('Die Datei ist ein OpenDocument; bitte speichern Sie sie als Excel-Arbeitsmappe (*.xlsx)')
  if (names.includes('word/document.xml')) throw refusals.unknownFormat('Die Datei ist ein Word-Dokument')
  const own = entries.filter(({ fileName }) => !companions.test(fileName))
  const parts = own.filter(({ fileName }) => /\.(shp|shx|dbf|prj|cpg)$/i.test(fileName))
  if (parts.some(({ fileName }) => /\.shp$/i.test(fileName))) return { kind: 'shapefile', entries: parts }
  if (parts.some(({ fileName }) => /\.(shx|dbf)$/i.test(fileName))) throw refusals.shapefileWithoutShp()
  const data = own.filter(({ fileName }) => dataEndings.test(fileName))
  const [entry] = data
  if (!entry) throw own.some(({ fileName }) => /\.(zip|kmz)$/i.test(fileName)) ? refusals.nestedZip() : refusals.zipWithoutData()
  if (data.length > 1) throw refusals.zipSeveral(data.map(({ fileName }) => fileName))
  return { kind: 'single', entry }
}

/** Endings of a format, and what a clerk calls it. */
export const formatNames: Record<FormatName, { endings: RegExp; name: string }> = {
  xlsx: { endings: /\.xlsx$/i, name: 'eine Excel-Arbeitsmappe' },
  csv: { endings: /\.(csv|txt|tsv)$/i, name: 'eine CSV-Tabelle' },
  geojson: { endings: /\.(geojsonl?|json|geojsons|ndjson)$/i, name: 'GeoJSON' },
  geopackage: { endings: /\.gpkg$/i, name: 'ein GeoPackage' },
  shapefile: { endings: /\.zip$/i, name: 'ein gezipptes Shapefile' },
  dxf: { endings: /\.dxf$/i, name: 'eine DXF-Zeichnung' },
  kml: { endings: /\.km[lz]$/i, name: 'KML' },
}
