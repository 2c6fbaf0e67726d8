import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec'
import { layer, type Theme } from './layer.ts'
import { coverageProvenance, modelNote } from './mobile-common.ts'
import { areaStyle, mobileLooks } from './mobile-look.ts'

function deficitStyle(theme: Theme): LayerSpecification[] {
  return areaStyle({ id: 'mobile_deficits', property: 'method', looks: { predicted: 'mobile-deficit' } }, theme)
}

/** Areas the Bundesnetzagentur names as having a rollout deficit (§ 84 TKG), as it draws them. */
export const mobileDeficitsLayer = layer({
  id: 'mobile_deficits',
  topic: 'mobile',
  title: { de: 'Gebiete mit Ausbaudefizit im Mobilfunk', en: 'Areas with a mobile rollout deficit' },
  description: {
    de: `${modelNote.de} Von der Bundesnetzagentur benannt (§ 84 TKG, © Bundesnetzagentur); gezeigt wird, was in der Stadt und ihrer Umgebung liegt.`,
    en: `${modelNote.en} Named by the Bundesnetzagentur (section 84 TKG, © Bundesnetzagentur); shown is what lies in and around the city.`,
  },
  access: 'public',
  source: 'layer_mobile_deficits',
  geometry: 'Geometry',
  properties: {
    number: {
      type: 'string',
      label: { de: 'Nummer', en: 'Number' },
      description: { de: 'Nummer des Gebiets bei der Bundesnetzagentur', en: 'Number of the area' },
    },
    municipalities: {
      type: 'string',
      label: { de: 'Betroffene Gemeinden', en: 'Municipalities' },
      description: { de: 'Wie von der Bundesnetzagentur genannt', en: 'As named by the Bundesnetzagentur' },
    },
    statedAreaKm2: {
      type: 'number',
      label: { de: 'Fläche', en: 'Area' },
      description: { de: 'Fläche des ganzen Gebiets, wie genannt', en: 'Area of the whole, as stated' },
      unit: 'km²',
    },
    ...coverageProvenance,
  },
  style: deficitStyle,
  legend: [{ label: { de: 'Gebiet mit Ausbaudefizit', en: 'Area with a rollout deficit' }, ...mobileLooks['mobile-deficit'] }],
})
