import * as z from 'zod/mini'

/** Longitude and latitude in degrees (WGS84), as in GeoJSON. */
export type Position = [longitude: number, latitude: number]

const Degrees = z.tuple(
  [z.number().check(z.minimum(-180), z.maximum(180)), z.number().check(z.minimum(-90), z.maximum(90))],
  z.number(),
)
const Ring = z.array(Degrees).check(z.minLength(4))
const Area = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Point'), coordinates: Degrees }),
  z.object({ type: z.literal('Polygon'), coordinates: z.array(Ring).check(z.minLength(1)) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(Ring).check(z.minLength(1))).check(z.minLength(1)) }),
])
export type Geometry = z.infer<typeof Area>

export type GeometryReading = { ok: true; geometry: Geometry } | { ok: false; reason: string }

/** The one area in a GeoJSON text: a geometry, a feature, or a collection with a single feature. */
export function readGeometry(text: string): GeometryReading {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refused('Das ist kein GeoJSON: Der Text lässt sich nicht als JSON lesen.')
  }
  const { features } = (value ?? {}) as { features?: unknown }
  if (Array.isArray(features) && features.length !== 1)
    return refused(
      `Die Datei enthält ${features.length} Flächen. Hier wird genau eine gebraucht; mehrere nimmt der Import der Bauabschnitte an.`,
    )
  const feature = Array.isArray(features) ? features[0] : value
  const parsed = z.safeParse(Area, (feature as { geometry?: unknown } | null)?.geometry ?? feature)
  if (parsed.success) return { ok: true, geometry: parsed.data }
  return refused('Gebraucht wird eine Fläche (Polygon, MultiPolygon) oder ein Punkt mit Länge und Breite in Grad.')
}

function refused(reason: string): GeometryReading {
  return { ok: false, reason }
}

/** West, south, east, north of a geometry. */
export function boxOf(geometry: Geometry): [number, number, number, number] {
  const positions = positionsOf(geometry)
  const longitudes = positions.map(([longitude]) => longitude)
  const latitudes = positions.map(([, latitude]) => latitude)
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)]
}

function positionsOf({ type, coordinates }: Geometry): Position[] {
  if (type === 'Point') return [short(coordinates)]
  const rings = type === 'Polygon' ? coordinates : coordinates.flat()
  return rings.flat().map(short)
}

function short([longitude, latitude]: readonly number[]): Position {
  return [longitude ?? 0, latitude ?? 0]
}

/** Rings of a polygon without heights; null: it is none, or has several parts, which cannot be drawn. */
export function ringsOf(geometry: Geometry | null): Position[][] | null {
  if (geometry?.type === 'Polygon') return geometry.coordinates.map((ring) => ring.map(short))
  if (geometry?.type !== 'MultiPolygon' || geometry.coordinates.length !== 1) return null
  return (geometry.coordinates[0] ?? []).map((ring) => ring.map(short))
}

/** "ein Punkt", "eine Fläche mit 12 Eckpunkten". */
export function describeGeometry(geometry: Geometry): string {
  if (geometry.type === 'Point') return 'ein Punkt (die Ausdehnung ist nicht bekannt)'
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const parts = polygons.length > 1 ? ` aus ${polygons.length} Teilen` : ''
  // The last position of a ring repeats its first.
  const corners = polygons.flat().reduce((sum, ring) => sum + ring.length - 1, 0)
  return `eine Fläche${parts} mit ${corners} Eckpunkten`
}
