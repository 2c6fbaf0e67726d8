import { provenance } from './common.ts'
import { layer } from './layer.ts'

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
    name: { type: 'string', label: { de: 'Stadtteil', en: 'District' } },
    borough: { type: 'string', label: { de: 'Stadtbezirk', en: 'Borough' } },
    official: {
      type: 'boolean',
      label: { de: 'Grenze amtlich', en: 'Official boundary' },
    },
    attribution: {
      type: 'string',
      label: {
        de: 'Quellenvermerk der Grenze',
        en: 'Attribution of the boundary',
      },
    },
    ...provenance,
  },
})
