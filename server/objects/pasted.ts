import type { Knex } from 'knex'
import type { ObjectKindName } from '../contract/objects/index.ts'
import { commonFit, isDeliveryEpsg, nameOf } from '../formats/crs.ts'
import type { Epsg, Geometry } from '../formats/format.ts'
import { flatten, positionsOf } from '../formats/geometry.ts'
import { parseWkt } from '../formats/wkt.ts'
import { invalid, type Problem } from '../http/problem.ts'
import { isLine } from './kinds.ts'

export interface Pasted {
  /** GeoJSON in WGS84. */
  geometry: unknown
  lengthM: number | null
  /** In which system it was read, in words. */
  crs: string
}

function refused(detail: string): Problem {
  return invalid([{ field: 'text', detail }])
}

/** Reads GeoJSON (geometry, feature, collection of one), WKT, or pairs of numbers, one to a line or separated by semicolons. */
export async function readPasted(database: Knex, name: ObjectKindName, text: string): Promise<Pasted> {
  const { geometry: raw, srid } = readText(text, isLine(name))
  const { geometry } = flatten(raw)
  if (!geometry) throw refused('Die Geometrie ist leer oder lässt sich nicht lesen.')
  const single = singlePart(geometry)
  const wanted = isLine(name) ? 'LineString' : 'Point'
  if (single.type !== wanted)
    throw refused(isLine(name) ? 'Gebraucht wird eine Linie (LineString) aus einem Stück.' : 'Gebraucht wird ein Punkt (Point).')
  const { epsg, isSwapped } = systemOf(single, srid)
  const { rows } = await database.raw(
    `select st_asgeojson(st_transform(g.geom, 4326), 9)::json as geometry, case when st_dimension(g.geom) = 1 then st_length(g.geom) end as "lengthM"
    from (select geometry_from_geojson(:geometry, :epsg) as geom) g where is_sound(g.geom)`,
    { geometry: JSON.stringify(isSwapped ? exchanged(single) : single), epsg },
  )
  if (!rows[0]) throw refused('Die Geometrie ist nicht gültig.')
  return { ...rows[0], crs: nameOf(epsg) + (isSwapped ? ', Achsen vertauscht gelesen' : '') }
}

function readText(text: string, asLine: boolean): { geometry: unknown; srid: number | null } {
  if (/^\s*[{[]\s*"/.test(text)) return { geometry: readJson(text), srid: null }
  const wkt = parseWkt(text.trim())
  if (wkt) return wkt
  const pairs = text
    .split(/[\n;]+/)
    .map((line) => line.trim())
    .filter(Boolean)
    .map(readPair)
  if (pairs.length === 0 || pairs.some((pair) => pair === null))
    throw refused(
      'Das ist weder GeoJSON noch WKT noch eine Liste von Koordinaten. Beispiel: eine Zeile je Punkt, Rechtswert und Hochwert durch Leerzeichen getrennt.',
    )
  return { geometry: asLine ? { type: 'LineString', coordinates: pairs } : { type: 'Point', coordinates: pairs[0] }, srid: null }
}

function readJson(text: string): unknown {
  try {
    const value = JSON.parse(text) as { geometry?: unknown; features?: { geometry?: unknown }[] }
    if (Array.isArray(value.features) && value.features.length !== 1)
      throw refused(`Der Text enthält ${value.features.length} Objekte. Hier wird genau eines gebraucht.`)
    return value.features?.[0]?.geometry ?? value.geometry ?? value
  } catch (error) {
    if (error instanceof SyntaxError) throw refused('Das ist kein GeoJSON: Der Text lässt sich nicht als JSON lesen.')
    throw error
  }
}

/** "357012,5 5654321,0", "357012.5, 5654321.0", "6,98 51,03": decimal commas where blanks separate. */
function readPair(line: string): [number, number] | null {
  const parts = /\s/.test(line) ? line.replace(/,(?=\s)/g, ' ').split(/\s+/) : line.split(',')
  if (parts.length !== 2) return null
  const [x, y] = parts.map((part) => Number(part.replace(',', '.'))) as [number, number]
  return Number.isFinite(x) && Number.isFinite(y) ? [x, y] : null
}

/** A multi-geometry of one part is that part. */
function singlePart(geometry: Geometry): Geometry {
  const { type, coordinates } = geometry
  const isSingle = type.startsWith('Multi') && Array.isArray(coordinates) && coordinates.length === 1
  return isSingle ? { type: type.slice('Multi'.length) as 'Point', coordinates: (coordinates as unknown[])[0] } : geometry
}

function systemOf(geometry: Geometry, srid: number | null): { epsg: Epsg; isSwapped: boolean } {
  if (srid !== null) {
    if (!isDeliveryEpsg(srid)) throw refused(`Das Koordinatensystem EPSG:${srid} wird nicht gelesen.`)
    return { epsg: srid, isSwapped: false }
  }
  const fit = commonFit([...positionsOf(geometry)])
  if (!fit) throw refused('Die Koordinaten liegen in keinem bekannten System in Nordrhein-Westfalen.')
  return fit
}

function exchanged(geometry: Geometry): Geometry {
  const swap = ([x, y]: number[]) => [y, x]
  const { type, coordinates } = geometry as { type: Geometry['type']; coordinates: number[] & number[][] }
  return { type, coordinates: type === 'Point' ? swap(coordinates) : coordinates.map(swap) }
}
