import type { FilterSpecification, LayerSpecification } from '@maplibre/maplibre-gl-style-spec'
import type { Map as MapLibre } from 'maplibre-gl'
import type { Theme } from '../../server/contract/layers/layer.ts'
import { ground, mapFont } from '../../server/contract/layers/phase-look.ts'
import type { Overlay } from '../map/style.ts'
import type { Position } from '../workbench/map/geometry.ts'
import { areaInk, drawPlaceSign } from './map-signs.ts'

/** What is drawn of a place: its search area, or where it stands. */
export interface Drawn {
  /** What a click on it opens. */
  id: string
  name: string
  /** Sign of a point: a decision on a candidate, `case`, `municipal` or `municipal-public`; of an area `area`. */
  sign: string
  /** Drawn strongly. */
  isSelected?: boolean
  shape: { type: 'Point'; coordinates: Position } | { type: 'Polygon'; coordinates: Position[][] }
}

const source = 'sites'
const isArea: FilterSpecification = ['==', ['geometry-type'], 'Polygon']
const isPoint: FilterSpecification = ['==', ['geometry-type'], 'Point']
const clickable = ['sites-area', 'sites-point']

/** Search areas, candidates and sites over the public map. For `StaffMap` as `overlay`. */
export function siteOverlay(drawn: readonly Drawn[], theme: Theme): Overlay {
  const features = drawn.map(({ id, name, sign, isSelected, shape }) => ({
    type: 'Feature' as const,
    properties: { id, name, sign, isSelected: isSelected === true },
    geometry: shape,
  }))
  return {
    sources: { [source]: { type: 'geojson', data: { type: 'FeatureCollection', features } } },
    layers: layersOf(theme),
    drawImage: drawPlaceSign,
  }
}

function layersOf(theme: Theme): LayerSpecification[] {
  const ink = areaInk[theme]
  const words = { 'text-color': ground.text[theme], 'text-halo-color': ground.halo[theme], 'text-halo-width': 2 }
  const text = { 'text-field': ['get', 'name'], 'text-font': [mapFont], 'text-size': 13, 'text-optional': true } as const
  return [
    {
      id: 'sites-area',
      type: 'fill',
      source,
      filter: isArea,
      paint: { 'fill-color': ink, 'fill-opacity': ['case', ['get', 'isSelected'], 0.28, 0.14] },
    },
    {
      id: 'sites-outline',
      type: 'line',
      source,
      filter: isArea,
      paint: { 'line-color': ink, 'line-width': ['case', ['get', 'isSelected'], 4, 2], 'line-dasharray': [3, 1.5] },
    },
    {
      id: 'sites-words',
      type: 'symbol',
      source,
      filter: isArea,
      minzoom: 12,
      layout: { ...text } as never,
      paint: words,
    },
    {
      id: 'sites-chosen',
      type: 'circle',
      source,
      filter: ['all', isPoint, ['get', 'isSelected']] as never,
      paint: { 'circle-radius': 17, 'circle-color': 'transparent', 'circle-stroke-color': ink, 'circle-stroke-width': 3 },
    },
    {
      id: 'sites-point',
      type: 'symbol',
      source,
      filter: isPoint,
      layout: {
        ...text,
        'icon-image': ['concat', 'place:', ['get', 'sign'], `:${theme}`],
        'icon-allow-overlap': true,
        // Over the whole city there is no room for names.
        'text-field': ['step', ['zoom'], '', 12.5, ['get', 'name']],
        'text-anchor': 'top',
        'text-offset': [0, 1.4],
      } as never,
      paint: words,
    },
  ]
}

/** Id of what is drawn at a point of the screen: places before areas, the smallest area first as it was drawn last. */
export function drawnAt(map: MapLibre, { x, y }: { x: number; y: number }): string | null {
  const there = clickable.filter((id) => map.getLayer(id))
  const hits = there.length > 0 ? map.queryRenderedFeatures([x, y], { layers: there }) : []
  const hit = hits.find(({ layer }) => layer.id === 'sites-point') ?? hits[0]
  const id = hit?.properties.id
  return typeof id === 'string' ? id : null
}

/** West, south, east, north of what is drawn; null: nothing. */
export function boxOfDrawn(drawn: readonly Drawn[]): [number, number, number, number] | null {
  const positions = drawn.flatMap(({ shape }) => (shape.type === 'Point' ? [shape.coordinates] : shape.coordinates.flat()))
  if (positions.length === 0) return null
  const [longitudes, latitudes] = [positions.map(([x]) => x), positions.map(([, y]) => y)]
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)]
}
