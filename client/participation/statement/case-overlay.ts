import type { Theme } from '../../../server/contract/layers/layer.ts'
import { ground, mapFont } from '../../../server/contract/layers/phase-look.ts'
import type { StatementSheet } from '../../../server/contract/statements.ts'
import type { Box } from '../../map/map.ts'
import type { Overlay } from '../../map/style.ts'

type Position = [longitude: number, latitude: number]

/** Colour of search area and candidates. */
const ink: Readonly<Record<Theme, string>> = { light: '#8a1c6b', dark: '#f08fd3' }
const metresPerDegree = 111_320
const corners = 64

/** Corners of the search area; of a circle as many as the map needs. */
function areaRing({ case: file }: StatementSheet): Position[] | null {
  const geom = file?.geom
  if (!geom) return null
  if (geom.type === 'Polygon') return (geom.coordinates[0] ?? []).map(([x = 0, y = 0]): Position => [x, y])
  const [longitude = 0, latitude = 0] = geom.coordinates
  const [up, right] = [(file.radiusM ?? 0) / metresPerDegree, metresPerDegree * Math.cos((latitude * Math.PI) / 180)]
  return Array.from({ length: corners + 1 }, (_, index): Position => {
    const angle = (2 * Math.PI * index) / corners
    return [longitude + ((file.radiusM ?? 0) / right) * Math.sin(angle), latitude + up * Math.cos(angle)]
  })
}

function candidatePoints({ candidates }: StatementSheet): { name: string; at: Position }[] {
  return candidates.map(({ name, geom: { coordinates } }) => ({ name, at: [coordinates[0] ?? 0, coordinates[1] ?? 0] }))
}

/** Search area dashed, candidates as points with their names. */
export function placeOverlay(sheet: StatementSheet, theme: Theme): Overlay {
  const ring = areaRing(sheet)
  const area = ring
    ? [{ type: 'Feature' as const, properties: { name: '' }, geometry: { type: 'Polygon' as const, coordinates: [ring] } }]
    : []
  const points = candidatePoints(sheet).map(({ name, at }) => ({
    type: 'Feature' as const,
    properties: { name },
    geometry: { type: 'Point' as const, coordinates: at },
  }))
  const source = 'case'
  const color = ink[theme]
  const isPoint = ['==', ['geometry-type'], 'Point'] as never
  return {
    sources: { [source]: { type: 'geojson', data: { type: 'FeatureCollection', features: [...area, ...points] } } },
    layers: [
      { id: 'case-area', type: 'fill', source, paint: { 'fill-color': color, 'fill-opacity': 0.14 } },
      { id: 'case-outline', type: 'line', source, paint: { 'line-color': color, 'line-width': 3, 'line-dasharray': [3, 1.5] } },
      {
        id: 'case-points',
        type: 'circle',
        source,
        filter: isPoint,
        paint: { 'circle-radius': 9, 'circle-color': color, 'circle-stroke-color': ground.halo[theme], 'circle-stroke-width': 3 },
      },
      {
        id: 'case-names',
        type: 'symbol',
        source,
        filter: isPoint,
        layout: {
          'text-field': ['get', 'name'],
          'text-font': [mapFont],
          'text-size': 14,
          'text-variable-anchor': ['top', 'bottom', 'left', 'right'],
          'text-radial-offset': 0.9,
        },
        paint: { 'text-color': ground.text[theme], 'text-halo-color': ground.halo[theme], 'text-halo-width': 2 },
      },
    ],
  }
}

/** West, south, east, north of search area and candidates, with room around a single point; null: nothing is placed. */
export function boxOf(sheet: StatementSheet): Box | null {
  const positions = [...(areaRing(sheet) ?? []), ...candidatePoints(sheet).map(({ at }) => at)]
  if (positions.length === 0) return null
  const [longitudes, latitudes] = [positions.map(([x]) => x), positions.map(([, y]) => y)]
  const room = 0.002
  return [
    Math.min(...longitudes) - room,
    Math.min(...latitudes) - room,
    Math.max(...longitudes) + room,
    Math.max(...latitudes) + room,
  ]
}
