import { layer } from './layer.ts'

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
    name: { type: 'string', label: { de: 'Name', en: 'Name' } },
  },
})
