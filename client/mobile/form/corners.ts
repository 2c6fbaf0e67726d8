import type { Geometry, Position, readGeometry } from '../../workbench/map/geometry.ts'

export type Polygon = Extract<Geometry, { type: 'Polygon' }>

/** Latitude and longitude in degrees a line; the ring is closed where it is not. */
export function readCorners(text: string): ReturnType<typeof readGeometry> {
  const lines = text.trim().split(/\n+/)
  const corners = lines.map((line) =>
    line
      .trim()
      .split(/[\s;/]+|,\s+/)
      .map((part) => Number(part.replace(',', '.'))),
  )
  const bad = corners.findIndex((numbers) => numbers.length !== 2 || numbers.some(Number.isNaN))
  if (bad >= 0) return { ok: false, reason: `Zeile ${bad + 1} ist keine Ecke. Beispiel: 51,034 6,988` }
  if (corners.length < 3) return { ok: false, reason: 'Eine Fläche braucht mindestens drei Ecken.' }
  const ring = corners.map(([latitude = 0, longitude = 0]): Position => [longitude, latitude])
  const [first = [0, 0]] = ring
  return { ok: true, geometry: { type: 'Polygon', coordinates: [[...ring, first]] } as Polygon }
}
