import type { SiteRequest } from '../../server/contract/mobile/site-request.ts'
import type { Position } from '../workbench/map/geometry.ts'

/** A circle on the map: centre, and radius in m. */
export interface Circle {
  center: Position
  radiusM: number
}

const corners = 64
const metresPerDegree = 111_320
/** Seven decimals are about a centimetre. */
const short = (degrees: number) => Number(degrees.toFixed(7))

/** The ring of a circle, as round as the map needs it; first and last position are the same. */
export function ringOf({ center: [longitude, latitude], radiusM }: Circle): Position[] {
  const ring = Array.from({ length: corners }, (_, index): Position => {
    const angle = (2 * Math.PI * index) / corners
    return [
      short(longitude + (radiusM * Math.sin(angle)) / (metresPerDegree * Math.cos((latitude * Math.PI) / 180))),
      short(latitude + (radiusM * Math.cos(angle)) / metresPerDegree),
    ]
  })
  return [...ring, ring[0] as Position]
}

/** Distance of two near positions in m: within a city the earth is flat enough. */
export function distanceOf([x, y]: Position, [otherX, otherY]: Position): number {
  const east = (otherX - x) * metresPerDegree * Math.cos((((y + otherY) / 2) * Math.PI) / 180)
  return Math.hypot(east, (otherY - y) * metresPerDegree)
}

/** Centre and radius of a ring that was drawn as a circle; whole metres. */
export function circleOf(ring: readonly Position[]): Circle {
  const open = ring.slice(0, -1)
  const mean = (axis: 0 | 1) => open.reduce((sum, position) => sum + position[axis], 0) / open.length
  const center: Position = [short(mean(0)), short(mean(1))]
  const radiusM = open.reduce((sum, position) => sum + distanceOf(center, position), 0) / open.length
  return { center, radiusM: Math.round(radiusM) }
}

/** The rings of a search area as the map draws them; null: there is none. */
export function areaRings({ geom, radiusM }: Pick<SiteRequest, 'geom' | 'radiusM'>): Position[][] | null {
  if (!geom) return null
  if (geom.type === 'Polygon') return geom.coordinates.map((ring) => ring.map(flat))
  return [ringOf({ center: flat(geom.coordinates), radiusM: radiusM ?? 0 })]
}

/** A position without its height. */
export function flat([longitude = 0, latitude = 0]: readonly number[]): Position {
  return [longitude, latitude]
}
