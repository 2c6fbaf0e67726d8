import type { TableToWrite } from './format.ts'
import { writeWhole } from './write-file.ts'

const rowsPerPiece = 200

/**
 * Writes a table as GeoJSON (RFC 7946): WGS 84, longitude first, a feature per line. Rows without geometry stay, with null. Rings are
 * expected to be counter-clockwise outside (`ST_ForcePolygonCCW`).
 */
export async function writeGeoJson(
  path: string,
  table: TableToWrite,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<void> {
  if (table.geometry && table.geometry.epsg !== 4326) throw new Error('GeoJSON is written in WGS 84 (EPSG:4326).')
  await writeWhole(path, featurePieces(table), options.signal)
}

async function* featurePieces({ name, fields, rows }: TableToWrite): AsyncGenerator<string> {
  let piece = `{"type":"FeatureCollection","name":${JSON.stringify(name)},"features":[`
  let count = 0
  for await (const row of rows) {
    const properties = Object.fromEntries(
      fields.map((field) => [field.name, row.values[field.name] === '' ? null : (row.values[field.name] ?? null)]),
    )
    piece += `${count === 0 ? '' : ','}\n${JSON.stringify({ type: 'Feature', properties, geometry: row.geometry ?? null })}`
    count += 1
    if (count % rowsPerPiece !== 0) continue
    yield piece
    piece = ''
  }
  yield `${piece}\n]}\n`
}
