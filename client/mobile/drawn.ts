import type { RequestSummary, RequestView } from '../../server/contract/mobile.ts'
import { areaRings, flat } from './circle.ts'
import type { Drawn } from './map-overlay.ts'

/** The search area of a case; none where there is none. */
export function drawArea({ id, content }: Pick<RequestSummary, 'id' | 'content'>, name: string): Drawn[] {
  const rings = areaRings(content)
  return rings ? [{ id, name, sign: 'area', shape: { type: 'Polygon', coordinates: rings } }] : []
}

/** A place: candidate, municipal site or the middle of another case, by its sign. */
export function drawPoint(id: string, name: string, sign: string, coordinates: readonly number[]): Drawn {
  return { id, name, sign, shape: { type: 'Point', coordinates: flat(coordinates) } }
}

/** The search area and its candidates, as the map shows them. */
export function drawnOf(request: RequestView): Drawn[] {
  return [
    ...drawArea(request, '').map((area) => ({ ...area, isSelected: true })),
    ...request.candidateList.map(({ id, content }) => drawPoint(id, content.name, content.decision, content.geom.coordinates)),
  ]
}
