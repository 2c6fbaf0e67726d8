import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec'
import { reportedOperators } from '../dead-zones.ts'
import { districtReference } from './common.ts'
import { layer, type Property, type Theme } from './layer.ts'
import { mobileLooks } from './mobile-look.ts'

const count = (de: string, en: string, explained: string, explainedEn: string): Property => ({
  type: 'integer',
  label: { de, en },
  description: { de: explained, en: explainedEn },
})

const look = mobileLooks['mobile-reported']

/** A cell of 100 m is smaller than a pixel from afar: there it is a disc, near by a square. */
function deadZoneStyle(theme: Theme): LayerSpecification[] {
  const from = { source: 'mobile_dead_zones', 'source-layer': 'mobile_dead_zones' }
  const [near, far] = [{ minzoom: 13.5 }, { maxzoom: 14.5 }]
  return [
    {
      ...from,
      ...near,
      id: 'mobile_dead_zones-fill',
      type: 'fill',
      paint: { 'fill-color': look.color[theme], 'fill-opacity': 0.55 },
    },
    {
      ...from,
      ...near,
      id: 'mobile_dead_zones-pattern',
      type: 'fill',
      paint: { 'fill-pattern': `pattern:mobile-reported:${theme}` },
    },
    {
      ...from,
      ...near,
      id: 'mobile_dead_zones-outline',
      type: 'line',
      paint: { 'line-color': look.color[theme], 'line-width': 2 },
    },
    {
      ...from,
      ...far,
      id: 'mobile_dead_zones-point',
      type: 'symbol',
      layout: {
        'icon-image': `point:mobile-reported:${theme}`,
        'icon-size': ['interpolate', ['linear'], ['zoom'], 10, 0.5, 14, 0.9],
        'icon-allow-overlap': true,
      },
    },
  ]
}

/** What citizens reported and the city has looked at: cells of 100 m, nothing about who reported or when exactly. */
export const mobileDeadZonesLayer = layer({
  id: 'mobile_dead_zones',
  topic: 'mobile',
  title: { de: 'Gemeldete Funklöcher', en: 'Reported dead zones' },
  description: {
    de: 'Funklöcher, die Bürgerinnen und Bürger in den letzten zwei Jahren gemeldet haben und die die Stadt nach einer Prüfung auf Plausibilität veröffentlicht hat, je Zelle des Rasters von 100 m (INSPIRE). Gemeldet, nicht gemessen: Wo nichts gemeldet ist, kann ein Funkloch sein.',
    en: 'Dead zones reported by citizens in the last two years and published by the city after a plausibility check, by cell of the 100 m grid (INSPIRE). Reported, not measured: where nothing is reported there may be a dead zone.',
  },
  access: 'public',
  source: 'layer_mobile_dead_zones',
  geometry: 'Polygon',
  properties: {
    reports: count('Meldungen', 'Reports', 'Veröffentlichte Meldungen in der Zelle', 'Published reports in the cell'),
    operators: {
      type: 'strings',
      label: { de: 'Netze', en: 'Networks' },
      description: { de: 'Betreiber, deren Netz gemeldet wurde', en: 'Operators whose network was reported' },
      codes: reportedOperators.labels,
    },
    noService: count('davon ohne Netz', 'without service', 'Das Telefon zeigte kein Netz', 'The phone showed no service'),
    indoors: count('in Gebäuden', 'indoors', 'Meldungen aus Gebäuden', 'Reports from indoors'),
    outdoors: count('im Freien', 'outdoors', 'Meldungen aus dem Freien', 'Reports from outdoors'),
    inVehicles: count('in Fahrzeugen', 'in vehicles', 'Meldungen aus Auto, Bus oder Bahn', 'Reports from cars, buses or trains'),
    latestMonth: {
      type: 'impreciseDate',
      label: { de: 'zuletzt', en: 'latest' },
      description: { de: 'Monat der jüngsten Meldung', en: 'Month of the latest report' },
    },
    ...districtReference,
  },
  style: deadZoneStyle,
  legend: [{ label: { de: 'Funkloch, gemeldet', en: 'Dead zone, reported' }, ...look }],
})
