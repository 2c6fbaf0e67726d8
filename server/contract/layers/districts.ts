import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec'
import { provenance } from './common.ts'
import { layer, type Theme } from './layer.ts'
import { ground } from './phase-look.ts'

/** The wide line lies under the land, so that only its outer half shows: the outline of the city. */
function districtStyle(theme: Theme): LayerSpecification[] {
  const from = { source: 'districts', 'source-layer': 'districts' }
  return [
    {
      ...from,
      id: 'districts-city',
      type: 'line',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': ground.boundary[theme], 'line-width': 6 },
    },
    { ...from, id: 'districts-land', type: 'fill', paint: { 'fill-color': ground.land[theme] } },
    { ...from, id: 'districts-boundary', type: 'line', paint: { 'line-color': ground.boundary[theme], 'line-width': 1 } },
  ]
}

export const districtsLayer = layer({
  id: 'districts',
  title: { de: 'Stadtteile', en: 'Districts' },
  description: {
    de: 'Stadtteile mit ihren Grenzen. Solange „amtlich“ nein ist, sind es vereinfachte, nicht amtliche Grenzen.',
    en: 'Districts with their boundaries. Unless marked official, boundaries are generalised.',
  },
  access: 'public',
  source: 'layer_districts',
  geometry: 'Polygon',
  properties: {
    name: {
      type: 'string',
      label: { de: 'Stadtteil', en: 'District' },
      description: { de: 'Amtlicher Name', en: 'Official name' },
    },
    borough: {
      type: 'string',
      label: { de: 'Stadtbezirk', en: 'Borough' },
      description: { de: 'Stadtbezirk, zu dem der Stadtteil gehört', en: 'Borough the district belongs to' },
    },
    official: {
      type: 'boolean',
      label: { de: 'Grenze amtlich', en: 'Official boundary' },
      description: { de: 'nein: vereinfachte, nicht amtliche Grenze', en: 'false: generalised boundary, not the official one' },
    },
    attribution: {
      type: 'string',
      label: {
        de: 'Quellenvermerk der Grenze',
        en: 'Attribution of the boundary',
      },
      description: { de: 'Bei Verwendung der Grenze anzugeben', en: 'To be given when the boundary is used' },
    },
    ...provenance,
  },
  style: districtStyle,
})
