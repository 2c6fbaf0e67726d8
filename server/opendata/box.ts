import { type Crs, crs84, findCrs } from '../contract/crs.ts'
import { badParameter } from '../http/problem.ts'

/** Two opposite corners: x and y (or longitude and latitude), lower ones first. */
export type Rectangle = [number, number, number, number]

/** An area to select features by. */
export interface Box {
  /** Coordinates of the rectangles: degrees, Web Mercator or the coordinates the geometry is kept in. */
  srid: 4326 | 3857 | 25832
  /** Two where the box crosses the 180th meridian. */
  rectangles: Rectangle[]
}

/** Web Mercator ends here; nothing of a city lies beyond. */
const mercatorEnd = 85.06

/** Reads `bbox` (four or six numbers; heights are ignored) in the axis order of `bbox-crs`. 400 names `bbox`. */
export function readBox(numbers: readonly number[], crsUri?: string): Box {
  const crs = (crsUri && findCrs(crsUri)) || crs84
  const [a = 0, b = 0, c = 0, d = 0] = numbers.length === 6 ? [numbers[0], numbers[1], numbers[3], numbers[4]] : numbers
  const rectangle: Rectangle = crs.isLatitudeFirst ? [b, a, d, c] : [a, b, c, d]
  if (!rectangle.every(Number.isFinite)) throw wrong('Die Zahlen sind zu groß.')
  if (rectangle[1] > rectangle[3]) throw wrong('Der kleinere Hochwert oder die kleinere Breite steht zuerst.')
  return crs.isGeographic ? geographicBox(rectangle) : projectedBox(rectangle, crs)
}

function projectedBox(rectangle: Rectangle, crs: Crs): Box {
  if (rectangle[0] > rectangle[2]) throw wrong('Der kleinere Rechtswert steht zuerst.')
  return { srid: crs.srid === 3857 ? 3857 : 25832, rectangles: [rectangle] }
}

/** WGS 84 and ETRS89 differ by less than a metre here and are treated alike. */
function geographicBox([west, south, east, north]: Rectangle): Box {
  if (Math.abs(west) > 180 || Math.abs(east) > 180) throw wrong('Längen liegen zwischen -180 und 180.')
  if (Math.abs(south) > 90 || Math.abs(north) > 90) throw wrong('Breiten liegen zwischen -90 und 90.')
  const bottom = clamp(south)
  const top = clamp(north)
  const rectangles: Rectangle[] =
    west <= east
      ? [[west, bottom, east, top]]
      : [
          [west, bottom, 180, top],
          [-180, bottom, east, top],
        ]
  return { srid: 4326, rectangles }
}

function clamp(latitude: number): number {
  return Math.min(Math.max(latitude, -mercatorEnd), mercatorEnd)
}

function wrong(detail: string) {
  return badParameter('bbox', `bbox: ${detail}`)
}
