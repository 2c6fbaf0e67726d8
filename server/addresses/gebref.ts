import { isUtf8 } from 'node:buffer'
import { parse } from 'csv-parse/sync'

/** An address as a line of the register says it. Coordinates in EPSG:25832 (m). */
export interface RegisterRow {
  /** Official object id in small letters. */
  id: string
  streetKey: string
  /** Four digits of the part of the municipality. */
  locationKey: string
  street: string
  houseNumber: number
  suffix: string
  quality: string | null
  /** ISO date. */
  registerDate: string | null
  east: number
  north: number
}

/** Where the columns are. Newer form: 21 columns, UTF-8; older form: 15 columns, ISO-8859-1, decimal comma. */
interface Form {
  columns: number
  land: number
  region: number
  county: number
  municipality: number
  location: number
  streetKey: number
  street: number
  houseNumber: number
  suffix: number
  east: number
  north: number
  date: number
}

const forms: readonly Form[] = [
  {
    columns: 21,
    ...{ land: 3, region: 5, county: 7, municipality: 9, location: 11, streetKey: 13, street: 14, houseNumber: 15, suffix: 16 },
    ...{ east: 18, north: 19, date: 20 },
  },
  {
    columns: 15,
    ...{ land: 3, region: 4, county: 5, municipality: 6, location: 7, streetKey: 8, street: 13, houseNumber: 9, suffix: 10 },
    ...{ east: 11, north: 12, date: 14 },
  },
]

/** What a line is: an address of the wanted municipality, one of another (by AGS), a header, or broken (German, for a clerk). */
export type ReadLine = { row: RegisterRow } | { elsewhere: string } | { header: true } | { broken: string }

/** The form a file has, by its first line; null: it is no register. */
export function formOf(line: Buffer): Form | null {
  const count = cut(line.toString('latin1')).length
  return forms.find(({ columns }) => columns === count) ?? null
}

/** Reads one line. Only the lines of the wanted municipality (AGS, 8 digits) are decoded and checked. */
export function readLine(line: Buffer, form: Form, ags: string): ReadLine {
  const raw = cut(line.toString('latin1'))
  if (raw.length !== form.columns) return { broken: `Die Zeile hat ${raw.length} statt ${form.columns} Spalten.` }
  if (/^nba$/i.test(raw[0] as string)) return { header: true }
  const found = agsOf(raw, form)
  if (found !== ags) return /^\d{8}$/.test(found) ? { elsewhere: found } : { broken: 'Der Gemeindeschlüssel ist nicht lesbar.' }
  const text = isUtf8(line) ? line.toString('utf8') : line.toString('latin1')
  return readRow(cut(text.normalize('NFC')), form)
}

/** Signs that a text was decoded wrongly before it was saved: "StraÃŸe", "Stra�e". */
export function isGarbled(text: string): boolean {
  return /Ã[\u0080-\u00bf\u0178\u0152\u0153\u2013\u201e\u2026\u0160\u0161¤¶¼]|\ufffd/.test(text)
}

function cut(text: string): string[] {
  if (!text.includes('"')) return text.split(';').map((value) => value.trim())
  try {
    const [values = []] = parse(text, { delimiter: ';', relax_column_count: true, trim: true }) as string[][]
    return values
  } catch {
    return text.split(';').map((value) => value.replaceAll('"', '').trim())
  }
}

function agsOf(raw: readonly string[], form: Form): string {
  const part = (index: number, length: number) => (raw[index] ?? '').padStart(length, '0')
  return part(form.land, 2) + part(form.region, 1) + part(form.county, 2) + part(form.municipality, 3)
}

function readRow(values: readonly string[], form: Form): ReadLine {
  const at = (index: number) => values[index] ?? ''
  const [east, north] = [easting(at(form.east)), number(at(form.north))]
  const row: RegisterRow = {
    id: at(1).toLowerCase(),
    streetKey: at(form.streetKey).padStart(5, '0'),
    locationKey: at(form.location).padStart(4, '0'),
    street: at(form.street),
    houseNumber: /^\d{1,5}$/.test(at(form.houseNumber)) ? Number(at(form.houseNumber)) : 0,
    suffix: at(form.suffix).toLowerCase(),
    quality: at(2) || null,
    registerDate: dateOf(at(form.date)),
    east,
    north,
  }
  const broken = faultOf(row)
  return broken ? { broken } : { row }
}

function faultOf({ id, streetKey, locationKey, street, houseNumber, suffix, east, north }: RegisterRow): string | null {
  if (!/^[a-z0-9]{1,40}$/.test(id)) return 'Die Objekt-ID (oid) fehlt oder ist nicht lesbar.'
  if (!/^\d{5}$/.test(streetKey) || !/^\d{4}$/.test(locationKey)) return 'Der Straßenschlüssel ist nicht lesbar.'
  if (street === '' || street.length > 200) return 'Der Straßenname fehlt oder ist zu lang.'
  if (houseNumber < 1) return 'Die Hausnummer fehlt oder ist keine Zahl.'
  if (suffix.length > 20) return 'Der Zusatz der Hausnummer ist zu lang.'
  if (!Number.isFinite(east) || !Number.isFinite(north)) return 'Die Koordinate ist keine Zahl.'
  if (isInLand(east, north)) return null
  return isInLand(north, east)
    ? 'Die Koordinate liegt außerhalb von Nordrhein-Westfalen; Ost- und Nordwert sind vertauscht.'
    : 'Die Koordinate liegt außerhalb von Nordrhein-Westfalen.'
}

/** The same bounds as the SQL function `is_in_land`. */
function isInLand(east: number, north: number): boolean {
  return east > 277_000 && east < 536_000 && north > 5_560_000 && north < 5_830_000
}

function number(text: string): number {
  return /^-?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
}

/** The older form writes the zone in front of the easting (EPSG:4647). */
function easting(text: string): number {
  const value = number(text)
  return value >= 32_000_000 && value < 33_000_000 ? Math.round((value - 32_000_000) * 1000) / 1000 : value
}

/** "2022-01-01" and "01.01.2022" as ISO date; null: not readable. */
function dateOf(text: string): string | null {
  const iso = text.replace(/^(\d{2})\.(\d{2})\.(\d{4})$/, '$3-$2-$1').slice(0, 10)
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && new Date(`${iso}T00:00:00Z`).toJSON()?.startsWith(iso) ? iso : null
}
