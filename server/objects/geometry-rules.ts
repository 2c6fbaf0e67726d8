import type { ObjectKindName } from '../contract/objects/index.ts'
import type { GeometryFindings } from './geometry.ts'
import { type Content, isLine } from './kinds.ts'
import { type Remark, refuse, warn } from './remark.ts'

const farAway = 'mehr als 1 km außerhalb der Stadt'

/** What speaks against a geometry. Impossible: unreadable, no length, swapped axes, beyond the city. */
export function* geometryRemarks(name: ObjectKindName, content: Content, found: GeometryFindings | null): Iterable<Remark> {
  if (!found) return
  if (!found.isReadable) {
    yield refuse('geom', 'Die Geometrie lässt sich nicht lesen oder ist leer.')
    return
  }
  if (isLine(name) && !((found.lengthM ?? 0) > 0)) {
    yield refuse('geom', 'Die Linie hat keine Länge: Alle Punkte liegen an derselben Stelle.')
    return
  }
  if (found.beyondCity === 'far') {
    yield refuse(
      'geom',
      found.isSwapped
        ? 'Länge und Breite sind vertauscht: Zuerst kommt die Länge (um 7°), dann die Breite (um 51°).'
        : `Die Geometrie liegt ${farAway}.`,
    )
    return
  }
  if (found.beyondCity === 'near')
    yield warn('outside-city', 'geom', 'Die Geometrie liegt außerhalb der Stadt (weniger als 1 km).')
  if (found.crossing) {
    const place = [found.crossing.latitude, found.crossing.longitude]
      .map((degrees) => degrees.toFixed(5).replace('.', ','))
      .join(' / ')
    yield warn('line-crosses-itself', 'geom', `Die Linie kreuzt oder berührt sich selbst (bei ${place}).`)
  }
  if (found.lengthM !== null && found.lengthM < 0.5)
    yield warn('short-line', 'geom', 'Die Linie ist kürzer als einen halben Meter.')
  if (found.lengthM !== null && found.lengthM > 20_000) yield warn('long-line', 'geom', 'Die Linie ist länger als 20 km.')
  if (name === 'premises' && !found.districtIds.includes(String(content.districtId)))
    yield warn('outside-district', 'geom', 'Die Lage ist mehr als 200 m von dem Stadtteil entfernt, der angegeben ist.')
}
