import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec'
import { layer, type Theme } from './layer.ts'
import { ground, mapFont } from './phase-look.ts'

function placeStyle(theme: Theme): LayerSpecification[] {
  const from = { source: 'places', 'source-layer': 'places', minzoom: 12.5 }
  return [
    {
      ...from,
      id: 'places-point',
      type: 'circle',
      paint: {
        'circle-radius': 4,
        'circle-color': ground.halo[theme],
        'circle-stroke-color': ground.text[theme],
        'circle-stroke-width': 2,
      },
    },
    {
      ...from,
      id: 'places-name',
      type: 'symbol',
      layout: {
        'text-field': ['get', 'name'],
        'text-font': [mapFont],
        'text-size': 12,
        'text-variable-anchor': ['left', 'right', 'bottom', 'top'],
        'text-radial-offset': 0.7,
        'text-max-width': 9,
      },
      paint: { 'text-color': ground.text[theme], 'text-halo-color': ground.halo[theme], 'text-halo-width': 1.75 },
    },
  ]
}

export const placesLayer = layer({
  id: 'places',
  title: { de: 'Orte', en: 'Places' },
  description: {
    de: 'Bekannte Orte zur Orientierung, auf etwa 100 m genau.',
    en: 'Well-known places for orientation, to about 100 m.',
  },
  access: 'public',
  source: 'layer_places',
  geometry: 'Point',
  properties: {
    name: { type: 'string', label: { de: 'Name', en: 'Name' }, description: { de: 'Gebräuchlicher Name', en: 'Common name' } },
  },
  style: placeStyle,
})
