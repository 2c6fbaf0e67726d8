import { readFile, stat } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { FileRefused } from '../formats/format.ts'
import { openSource } from './read-register.ts'

/** A row of the list of street keys as `record_streets` takes it. */
export interface StreetRow {
  key: string
  name: string
  geom: { type: 'Point'; coordinates: [number, number] } | null
}

/** The list of a city has some thousand rows. */
const largestBytes = 50 * 2 ** 20

/** Whether the file is a list of street keys: its header says so. */
export async function isStreetList(path: string): Promise<boolean> {
  await using source = await openSource(path)
  for await (const chunk of source.stream) return /^\ufeff?"?strassenschluessel"?;/i.test((chunk as Buffer).toString('utf8'))
  return false
}

/** Reads `strassenschluessel;bezeichnung;geometry` (UTF-8; WKT points in WGS84). Throws `FileRefused`. */
export async function readStreetList(path: string): Promise<StreetRow[]> {
  if ((await stat(path)).size > largestBytes)
    throw new FileRefused('streets', 'Die Liste der Straßenschlüssel ist größer als 50 MB.')
  const rows = parse(await readFile(path), {
    bom: true,
    columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
    delimiter: ';',
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  }) as Record<string, string | undefined>[]
  if (rows.length === 0) throw new FileRefused('streets', 'Die Liste der Straßenschlüssel enthält keine Zeile.')
  return rows.map((row) => ({
    key: row.strassenschluessel ?? '',
    name: row.bezeichnung ?? '',
    geom: pointOf(row.geometry ?? ''),
  }))
}

function pointOf(wkt: string): StreetRow['geom'] {
  const [, x, y] = /^POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)$/i.exec(wkt) ?? []
  return x && y ? { type: 'Point', coordinates: [Number(x), Number(y)] } : null
}
