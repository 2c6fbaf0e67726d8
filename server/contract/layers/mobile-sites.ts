import type { ExpressionSpecification, LayerSpecification } from '@maplibre/maplibre-gl-style-spec'
import { mobileOperators, mobileTechnologies, publicSiteStatuses } from '../mobile/codes.ts'
import { districtReference, note, provenance } from './common.ts'
import { layer, type Theme } from './layer.ts'
import { mobileLooks } from './mobile-look.ts'
import { ground, mapFont } from './phase-look.ts'

const looks = { agreed: 'site-agreed', under_construction: 'site-under-construction', in_operation: 'site-in-operation' } as const

function siteStyle(theme: Theme): LayerSpecification[] {
  const cases = publicSiteStatuses.keys.flatMap((status) => [status, `point:${looks[status]}:${theme}`])
  return [
    {
      id: 'mobile_sites-point',
      type: 'symbol',
      source: 'mobile_sites',
      'source-layer': 'mobile_sites',
      layout: {
        'icon-image': ['match', ['get', 'status'], ...cases, ''] as unknown as ExpressionSpecification,
        'icon-allow-overlap': true,
        'text-field': ['step', ['zoom'], '', 13, ['get', 'name']],
        'text-font': [mapFont],
        'text-size': 12,
        'text-anchor': 'left',
        'text-offset': [1.4, 0],
        'text-max-width': 9,
        'text-optional': true,
      },
      paint: { 'text-color': ground.text[theme], 'text-halo-color': ground.halo[theme], 'text-halo-width': 1.75 },
    },
  ]
}

/** Released sites. Nothing of the case behind them leaves but operators and technologies. */
export const mobileSitesLayer = layer({
  id: 'mobile_sites',
  topic: 'mobile',
  title: { de: 'Mobilfunkstandorte', en: 'Mobile sites' },
  description: {
    de: 'Abgestimmte, im Bau befindliche und betriebene Mobilfunkstandorte, die die Stadt mit Zustimmung der Betreiber veröffentlicht. Nicht vollständig: Bestehende Standorte zeigt die EMF-Karte der Bundesnetzagentur.',
    en: 'Mobile sites agreed, under construction or in operation that the city publishes with the consent of the operators. Not complete: the EMF map of the Federal Network Agency shows existing sites.',
  },
  access: 'public',
  source: 'layer_mobile_sites',
  geometry: 'Point',
  properties: {
    name: {
      type: 'string',
      label: { de: 'Standort', en: 'Site' },
      description: { de: 'Öffentliche Bezeichnung, sonst der Stadtteil', en: 'Public name, otherwise the district' },
    },
    ...districtReference,
    operators: {
      type: 'strings',
      label: { de: 'Betreiber', en: 'Operators' },
      description: { de: 'Betreiber, für die der Standort vorgesehen ist', en: 'Operators the site is for' },
      codes: mobileOperators.labels,
    },
    technologies: {
      type: 'strings',
      label: { de: 'Technik', en: 'Technologies' },
      description: { de: 'Vorgesehene Technik; leer: nicht genannt', en: 'Technologies foreseen; empty: not named' },
      codes: mobileTechnologies.labels,
    },
    status: {
      type: 'string',
      label: { de: 'Stand', en: 'Status' },
      description: { de: 'Ergibt sich aus den Schritten des Verfahrens', en: 'Derived from the steps of the procedure' },
      codes: publicSiteStatuses.labels,
    },
    since: {
      type: 'date',
      label: { de: 'seit', en: 'since' },
      description: { de: 'Tag, seit dem der Stand gilt', en: 'Day since which it has this status' },
    },
    note,
    releasedOn: {
      type: 'date',
      label: { de: 'veröffentlicht am', en: 'released on' },
      description: { de: 'Tag, ab dem der Standort öffentlich ist', en: 'Day from which the site is public' },
    },
    knownFrom: provenance.knownFrom,
  },
  style: siteStyle,
  legend: publicSiteStatuses.keys.map((status) => ({ label: publicSiteStatuses.labels[status], ...mobileLooks[looks[status]] })),
})
