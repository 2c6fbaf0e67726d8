import { crs84, crsList, storageCrs } from '../contract/crs.ts'
import { publicLayers } from '../contract/features.ts'
import type { Layer } from '../contract/layers/layer.ts'
import { media } from '../contract/media.ts'
import type { Collection, LandingPage, Link } from '../contract/ogc.ts'
import { timelineStart } from '../http/clocks.ts'
import type { Rectangle } from './box.ts'
import { attributionOf, licenceLinks, type Publisher } from './licence.ts'
import { type ClockParameters, withParameters } from './links.ts'

const title = ({ cityName }: Publisher) => `Ausbauatlas ${cityName}: offene Daten`

/** The API's first page: where everything else is. */
export function landingPage(config: Publisher, clocks: ClockParameters, formats: readonly Link[]): LandingPage {
  const at = (path: string, rel: string, type: string, words: string, parameters = {}): Link => ({
    href: withParameters(new URL(path, config.publicBaseUrl), parameters),
    rel,
    type,
    title: words,
  })
  return {
    title: title(config),
    description:
      'Stand des Glasfaser- und Mobilfunkausbaus: Bauabschnitte, Termine der Gewerke, Ziele, Kennzahlen, Meilensteine und Mittel, jede Angabe mit Quelle und Stand. ' +
      'Jede Abfrage kennt zwei Zeiten: asOf (welcher Tag) und knownAt (was war damals bekannt).',
    attribution: attributionOf(config),
    links: [
      ...formats,
      at('/ogc/api', 'service-desc', media.openapi, 'Beschreibung dieser Schnittstelle (OpenAPI 3.1)'),
      at('/ogc', 'service-doc', 'text/html', 'Anleitung', { f: 'html' }),
      at('/ogc/conformance', 'conformance', media.json, 'Erfüllte Konformitätsklassen'),
      at('/ogc/collections', 'data', media.json, 'Datensätze', clocks),
      ...licenceLinks(config),
    ],
  }
}

/** Only what the tests of this project show to hold. */
export const conformanceClasses: readonly string[] = [
  'http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/landing-page',
  'http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/json',
  'http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/html',
  'http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html',
  'http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs',
  'http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables',
  'http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters',
]

function collectionLinks(config: Publisher, layer: Layer, clocks: ClockParameters): Link[] {
  const base = new URL(`/ogc/collections/${layer.id}`, config.publicBaseUrl)
  const words = layer.title.de
  const items = (type: string, format: string, parameters: Record<string, string>): Link => ({
    href: withParameters(new URL(`${base}/items`), { ...clocks, ...parameters }),
    rel: 'items',
    type,
    title: `${words} ${format}`,
  })
  const schema = (path: string, rel: string, title: string): Link => ({ href: `${base}${path}`, rel, type: media.schema, title })
  return [
    items(media.geojson, 'als GeoJSON', { f: 'json' }),
    items('text/html', 'als Tabelle', { f: 'html' }),
    items('text/csv', 'als CSV', { f: 'csv' }),
    items('text/csv', 'als CSV für Excel', { f: 'csv', dialect: 'excel' }),
    schema('/schema', 'describedby', 'Merkmale (JSON Schema)'),
    schema('/schema', 'http://www.opengis.net/def/rel/ogc/1.0/schema', 'Merkmale (JSON Schema)'),
    schema('/queryables', 'http://www.opengis.net/def/rel/ogc/1.0/queryables', 'Merkmale, nach denen gefiltert werden kann'),
    ...(layer.geometry ? [tilesLink(config, layer, clocks)] : []),
    ...licenceLinks(config),
  ]
}

function tilesLink(config: Publisher, layer: Layer, clocks: ClockParameters): Link {
  return {
    href: withParameters(new URL(`/tiles/${layer.id}.json`, config.publicBaseUrl), clocks),
    rel: 'http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector',
    type: media.json,
    title: 'Vektorkacheln (TileJSON)',
  }
}

/** A layer as OGC collection; `formats` are the links of the answer it stands in. */
export function collection(
  config: Publisher,
  layer: Layer,
  clocks: ClockParameters,
  extent: Rectangle | null,
  formats: readonly Link[],
): Collection {
  return {
    id: layer.id,
    title: layer.title.de,
    description: layer.description.de,
    attribution: attributionOf(config),
    itemType: 'feature',
    extent: {
      ...(extent && { spatial: { bbox: [extent], crs: crs84.uri } }),
      temporal: {
        interval: [[`${timelineStart}T00:00:00Z`, null]],
        trs: 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian',
      },
    },
    ...(layer.geometry && { crs: crsList.map((crs) => crs.uri), storageCrs: storageCrs.uri }),
    links: [...formats, ...collectionLinks(config, layer, clocks)],
  }
}

/** All collections; each links to itself. */
export function collections(
  config: Publisher,
  clocks: ClockParameters,
  extents: ReadonlyMap<string, Rectangle | null>,
  formats: readonly Link[],
) {
  const self = (layer: Layer): Link => ({
    href: withParameters(new URL(`/ogc/collections/${layer.id}`, config.publicBaseUrl), clocks),
    rel: 'self',
    type: media.json,
    title: layer.title.de,
  })
  return {
    links: [...formats, ...licenceLinks(config)],
    collections: publicLayers.map((layer) => collection(config, layer, clocks, extents.get(layer.id) ?? null, [self(layer)])),
    crs: crsList.map((crs) => crs.uri),
  }
}
