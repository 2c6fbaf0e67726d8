import { formatNumber } from '../../contract/numbers.ts'
import type { AreaFindings } from '../geometry.ts'
import { type Remark, refuse } from './remark.ts'

/** PostGIS (GEOS) names what is wrong in English; these are its words. */
const reasons: readonly [words: RegExp, reason: string][] = [
  [/^Self-intersection/, 'Die Fläche überschneidet sich selbst'],
  [/^Ring Self-intersection/, 'Die Grenze berührt oder überschneidet sich selbst'],
  [/^Duplicate Rings/, 'Eine Grenze kommt doppelt vor'],
  [/^Hole lies outside shell/, 'Eine Aussparung liegt außerhalb der Fläche'],
  [/^Holes are nested/, 'Zwei Aussparungen liegen ineinander'],
  [/^Nested shells/, 'Zwei Teilflächen liegen ineinander'],
  [/^Interior is disconnected/, 'Eine Aussparung zerschneidet die Fläche'],
  [/Too few points|point array must contain/, 'Eine Grenze hat zu wenige Punkte'],
  [/closed/, 'Eine Grenze ist nicht geschlossen'],
  [/^Invalid Coordinate/, 'Eine Koordinate ist keine gültige Zahl'],
]

export function reasonInGerman(words: string): string {
  return reasons.find(([pattern]) => pattern.test(words))?.[1] ?? 'Die Geometrie ist ungültig'
}

function place({ longitude, latitude }: { longitude: number; latitude: number }): string {
  return `bei ${formatNumber(longitude, 'de', 5)}° Ost, ${formatNumber(latitude, 'de', 5)}° Nord`
}

/** Impossible: a geometry that cannot be read, is empty or crosses itself. */
export function* areaIsSound(area: AreaFindings): Iterable<Remark> {
  if (!area.isReadable) yield refuse('geom', 'Die Geometrie ist nicht lesbar.')
  else if (area.isEmpty) yield refuse('geom', 'Die Geometrie ist leer.')
  else if (area.invalid) {
    yield refuse('geom', `${reasonInGerman(area.invalid.reason)}${area.invalid.at ? ` (${place(area.invalid.at)})` : ''}.`)
  }
}

/** What to say of a geometry that lies elsewhere. */
export function outsideCity(area: AreaFindings): Remark {
  if (area.isSwapped) return refuse('geom', 'Die Geometrie liegt nicht in der Stadt: Länge und Breite sind vertauscht.')
  return refuse('geom', 'Die Geometrie liegt nicht in der Stadt.')
}
