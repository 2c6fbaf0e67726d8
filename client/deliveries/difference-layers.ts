import type { FilterSpecification, LayerSpecification } from '@maplibre/maplibre-gl-style-spec'
import type { GeoJSONSource, GeoJSONSourceSpecification, Map as MapLibre } from 'maplibre-gl'
import type { Theme } from '../../server/contract/layers/layer.ts'
import { drawnJudgements, drawSign, judgementLooks } from './judgement-look.tsx'

export type DifferenceData = Extract<GeoJSONSourceSpecification['data'], { type: 'FeatureCollection' }>

/** The prefix that stays on top of every next style of the city map. */
const sourceId = 'td-difference'

/** Puts the rows of a delivery on the map, each with the sign of its judgement (property `judgement`, `row`). */
export function showDifference(map: MapLibre, data: DifferenceData, theme: Theme): void {
  for (const judgement of drawnJudgements) {
    const name = signName(judgement, theme)
    if (!map.hasImage(name)) map.addImage(name, drawSign(judgement, theme), { pixelRatio: 2 })
  }
  const source = map.getSource(sourceId) as GeoJSONSource | undefined
  if (source) source.setData(data)
  else map.addSource(sourceId, { type: 'geojson', data })
  for (const layer of layersOf(theme)) {
    if (map.getLayer(layer.id)) map.removeLayer(layer.id)
    map.addLayer(layer)
  }
}

export const differenceLayers: readonly string[] = [
  ...drawnJudgements.map((judgement) => `td-${judgement}-line`),
  'td-difference-sign',
]

function signName(judgement: string, theme: Theme): string {
  return `sign:${judgement}:${theme}`
}

function layersOf(theme: Theme): LayerSpecification[] {
  const lines = drawnJudgements.map((judgement): LayerSpecification => {
    const { color, dash } = judgementLooks[judgement]
    const filter: FilterSpecification = ['all', ['==', ['get', 'judgement'], judgement], ['!=', ['geometry-type'], 'Point']]
    return {
      id: `td-${judgement}-line`,
      source: sourceId,
      type: 'line',
      filter,
      layout: { 'line-cap': 'round' },
      paint: { 'line-color': color[theme], 'line-width': 4, ...(dash && { 'line-dasharray': [...dash] }) },
    }
  })
  const sign: LayerSpecification = {
    id: 'td-difference-sign',
    source: sourceId,
    type: 'symbol',
    layout: {
      'icon-image': ['concat', 'sign:', ['get', 'judgement'], `:${theme}`],
      'icon-allow-overlap': true,
      'symbol-placement': 'point',
      'symbol-sort-key': ['get', 'weight'],
      'icon-size': ['interpolate', ['linear'], ['zoom'], 11, 0.35, 14, 0.6, 16, 1],
    },
  }
  return [...lines, sign]
}
