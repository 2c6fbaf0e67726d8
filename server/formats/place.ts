import type { Cell } from './cells.ts'
import { shapeOfNumber } from './cells.ts'
import { fitOf } from './crs.ts'
import type { Geometry, PlaceColumns, Value } from './format.ts'
import { looksLikeWkt } from './wkt.ts'

/** Names of columns that hold an east and a north value, letters only, in lower case. */
const pairs: readonly [RegExp, RegExp][] = [
  [
    /^(rechtswert|rw|rechts|ostwert|ost|easting|east|e)(utm|etrs89?|gk|m)?$/,
    /^(hochwert|hw|hoch|nordwert|nord|northing|north|n)(utm|etrs89?|gk|m)?$/,
  ],
  [
    /^(lon|long|lng|longitude|laenge|länge|laengengrad|längengrad|geolaenge|geolänge|gpslon)(wgs|wgs84|etrs89?)?$/,
    /^(lat|latitude|breite|breitengrad|geobreite|gpslat)(wgs|wgs84|etrs89?)?$/,
  ],
  [
    /^(x|xkoord|xkoordinate|koordx|xcoord|xwert|utmx|utmost|utme|pointx|gkx|geox)$/,
    /^(y|ykoord|ykoordinate|koordy|ycoord|ywert|utmy|utmnord|utmn|pointy|gky|geoy)$/,
  ],
]

const letters = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^\p{Letter}\d]/gu, '')
    .replace(/\d+$/, (digits) => (/^(84|89)$/.test(digits) ? digits : ''))

/**
 * Columns a geometry can be made of: one with WKT, else two that are named like coordinates ("Rechtswert" and "Hochwert", "lon" and
 * "lat", "X" and "Y" …) and hold numbers. Single letters count only where the numbers lie in North Rhine-Westphalia.
 */
export function recognisePlace(names: readonly string[], rows: readonly (readonly Cell[])[]): PlaceColumns | null {
  const wkt = names.findIndex((_, index) => isWktColumn(rows, index))
  if (wkt >= 0) return { kind: 'wkt', column: names[wkt] as string }
  for (const [east, north] of pairs) {
    const x = names.findIndex((name) => east.test(letters(name)))
    const y = names.findIndex((name) => north.test(letters(name)))
    if (x >= 0 && y >= 0 && areCoordinates(rows, x, y, letters(names[x] as string).length === 1)) {
      return { kind: 'xy', x: names[x] as string, y: names[y] as string }
    }
  }
  return null
}

const textOf = (cell: Cell | undefined) =>
  typeof cell === 'string' ? cell : cell && typeof cell === 'object' && 'text' in cell ? cell.text : null

function isWktColumn(rows: readonly (readonly Cell[])[], index: number): boolean {
  const filled = rows.map((row) => textOf(row[index])).filter((text) => text !== null)
  return filled.length > 0 && filled.filter(looksLikeWkt).length >= 0.9 * filled.length
}

function areCoordinates(rows: readonly (readonly Cell[])[], x: number, y: number, mustLieInLand: boolean): boolean {
  const found = rows.map((row) => [coordinateOf(row[x]), coordinateOf(row[y])] as const)
  const given = found.filter((pair) => pair.some((value) => value !== null))
  const complete = given.filter((pair): pair is [number, number] => pair.every((value) => value !== null))
  if (complete.length === 0 || complete.length < 0.5 * given.length) return false
  return !mustLieInLand || complete.filter((pair) => fitOf(pair)).length >= 0.5 * complete.length
}

/**
 * Number of a coordinate, whatever its notation: coordinates in degrees have at most three digits before the decimals, those in
 * metres at least six, so that a separator is never ambiguous.
 */
export function coordinateOf(cell: Cell | Value | undefined): number | null {
  if (typeof cell === 'number') return cell
  const text = textOf(cell as Cell)?.replace(/[\s'°]|(?<=\d)[EN]$/g, '')
  if (!text || !/^-?[\d.,]+$/.test(text)) return null
  const shape = shapeOfNumber(text)
  if (shape === 'german') return Number(text.replaceAll('.', '').replace(',', '.'))
  if (shape === 'english') return Number(text.replaceAll(',', ''))
  const plain = Number(text.replace(',', '.'))
  return Number.isFinite(plain) ? plain : null
}

export function pointOf(x: number | null, y: number | null): Geometry | null {
  return x === null || y === null ? null : { type: 'Point', coordinates: [x, y] }
}
