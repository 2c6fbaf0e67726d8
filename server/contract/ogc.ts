import * as z from 'zod/mini'
import { ClockQuery, Clocks } from './clocks.ts'
import { crsList } from './crs.ts'
import { endpoint } from './endpoint.ts'
import { filtersOf, propertiesOf, publicLayers } from './features.ts'
import type { Layer } from './layers/layer.ts'
import { media } from './media.ts'

const described = (description: string) => z.meta({ description })

const Format = z.optional(z.enum(['json', 'html']).check(described('Format; Vorgabe nach dem Accept-Header, sonst JSON')))
const FormatQuery = z.strictObject({ f: Format })
/** Documents that lead to data take the clocks too and hand them on in their links. */
const DocumentQuery = z.strictObject({ f: Format, ...Clocks })

const Link = z.object({
  href: z.string(),
  rel: z.string(),
  type: z.optional(z.string()),
  title: z.optional(z.string()),
  templated: z.optional(z.boolean()),
})
export type Link = z.infer<typeof Link>

const LandingPage = z.object({ title: z.string(), description: z.string(), attribution: z.string(), links: z.array(Link) })
export type LandingPage = z.infer<typeof LandingPage>

export const getLandingPage = endpoint({
  method: 'get',
  path: '/ogc',
  access: 'public',
  summary: 'OGC API Features: Einstieg',
  query: DocumentQuery,
  response: LandingPage,
  produces: [media.json, media.html],
})

const Conformance = z.object({ conformsTo: z.array(z.string()) })

export const getConformance = endpoint({
  method: 'get',
  path: '/ogc/conformance',
  access: 'public',
  summary: 'OGC API Features: erfüllte Konformitätsklassen',
  query: FormatQuery,
  response: Conformance,
  produces: [media.json, media.html],
})

const Collection = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  attribution: z.string(),
  itemType: z.literal('feature'),
  /** `spatial` only with geometry. */
  extent: z.object({
    spatial: z.optional(z.object({ bbox: z.array(z.array(z.number())), crs: z.string() })),
    temporal: z.object({ interval: z.array(z.array(z.nullable(z.string()))), trs: z.string() }),
  }),
  crs: z.optional(z.array(z.string())),
  storageCrs: z.optional(z.string()),
  links: z.array(Link),
})
export type Collection = z.infer<typeof Collection>

export const listCollections = endpoint({
  method: 'get',
  path: '/ogc/collections',
  access: 'public',
  summary: 'Alle Datensätze',
  query: DocumentQuery,
  response: z.object({ links: z.array(Link), collections: z.array(Collection), crs: z.array(z.string()) }),
  produces: [media.json, media.html],
})

const CollectionParams = z.strictObject({ collectionId: z.string().check(described('Kennung des Datensatzes')) })

export const getCollection = endpoint({
  method: 'get',
  path: '/ogc/collections/:collectionId',
  access: 'public',
  summary: 'Ein Datensatz',
  params: CollectionParams,
  query: DocumentQuery,
  response: Collection,
  produces: [media.json, media.html],
})

const JsonSchema = z.record(z.string(), z.unknown())

export const getSchema = endpoint({
  method: 'get',
  path: '/ogc/collections/:collectionId/schema',
  access: 'public',
  summary: 'Merkmale eines Datensatzes als JSON Schema',
  params: CollectionParams,
  response: JsonSchema,
  produces: [media.schema],
})

export const getQueryables = endpoint({
  method: 'get',
  path: '/ogc/collections/:collectionId/queryables',
  access: 'public',
  summary: 'Merkmale, nach denen gefiltert werden kann, als JSON Schema',
  params: CollectionParams,
  response: JsonSchema,
  produces: [media.schema],
})

export const maxLimit = 10_000
export const defaultLimit = 100

const crsUri = z.enum(crsList.map((crs) => crs.uri) as [string, ...string[]], 'Dieses Koordinatensystem wird nicht angeboten.')

const Crs = z.optional(crsUri.check(described('Koordinatensystem der Geometrie (nur GeoJSON); Vorgabe: CRS84')))

const spatialParameters = {
  crs: Crs,
  'bbox-crs': z.optional(crsUri.check(described('Koordinatensystem von bbox; Vorgabe: CRS84'))),
}

const decimal = '-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?'

const itemsParameters = {
  f: z.optional(
    z.enum(['json', 'html', 'csv']).check(described('Format: GeoJSON, Seite oder CSV; Vorgabe nach dem Accept-Header')),
  ),
  dialect: z.optional(
    z.enum(['excel']).check(described('Nur CSV. excel: BOM, Semikolon, Dezimalkomma und deutsche Datumsangaben')),
  ),
  limit: z.optional(
    z.coerce.number('Erwartet wird eine ganze Zahl ab 1.').check(
      z.int('Erwartet wird eine ganze Zahl ab 1.'),
      z.minimum(1, 'Erwartet wird eine ganze Zahl ab 1.'),
      z.meta({
        description: 'Höchstzahl je Antwort; eine größere als die höchste gilt wie diese. CSV ohne limit ist vollständig',
        maximum: maxLimit,
        default: defaultLimit,
      }),
    ),
  ),
  after: z.optional(z.string().check(described('Seitenmarke aus dem Link rel=next'))),
  bbox: z.optional(
    z.pipe(
      z
        .string()
        .check(
          z.regex(
            new RegExp(`^${decimal}(,${decimal}){3}((,${decimal}){2})?$`),
            'Erwartet werden vier (oder sechs) Zahlen mit Komma.',
          ),
          described('Rechteck: minx,miny,maxx,maxy in der Achsfolge von bbox-crs. Objekte ohne Geometrie gehören immer dazu'),
        ),
      z.transform((text) => text.split(',').map(Number)),
    ),
  ),
  datetime: z.optional(
    z
      .string()
      .check(described('Zeitpunkt, Tag oder Zeitraum (Anfang/Ende, .. für offen): der Stand am Ende des Zeitraums. Statt asOf')),
  ),
  ...Clocks,
}

type StaticItemsQuery = z.infer<z.ZodMiniObject<typeof itemsParameters & typeof spatialParameters>>
/** A parsed query of items; filters stand under the names of their properties. */
export type ItemsQuery = StaticItemsQuery & { properties?: string[] | undefined } & { [property: string]: unknown }

/** Names that no property may have, since they mean something else in a query. */
export const reservedNames: readonly string[] = [...Object.keys({ ...itemsParameters, ...spatialParameters }), 'properties', 'id']

function selectedProperties(layer: Layer) {
  const isDeclared = (text: string) => text.split(',').every((name) => Object.hasOwn(layer.properties, name))
  return z.optional(
    z.pipe(
      z
        .string()
        .check(
          z.refine(isDeclared, `Erwartet werden Merkmale aus: ${Object.keys(layer.properties).join(', ')}.`),
          described('Auswahl der Merkmale, mit Komma getrennt'),
        ),
      z.transform((text) => text.split(',')),
    ),
  )
}

const featureOf = (layer: Layer) =>
  z.strictObject({
    type: z.literal('Feature'),
    id: z.string(),
    geometry: layer.geometry ? z.nullable(z.looseObject({ type: z.string() })) : z.null(),
    properties: propertiesOf(layer),
  })

/** Features of a layer: GeoJSON (RFC 7946), a page for people, or a table. */
export const listItems = (layer: Layer) =>
  endpoint({
    method: 'get',
    path: `/ogc/collections/${layer.id}/items`,
    access: 'public',
    summary: layer.title.de,
    query: z.strictObject({
      ...itemsParameters,
      ...(layer.geometry ? spatialParameters : {}),
      properties: selectedProperties(layer),
      ...filtersOf(layer),
    }) as unknown as z.ZodMiniType<ItemsQuery>,
    response: z.strictObject({
      type: z.literal('FeatureCollection'),
      numberMatched: z.int(),
      numberReturned: z.int(),
      links: z.array(Link),
      features: z.array(featureOf(layer)),
    }),
    produces: [media.geojson, media.html, media.csv],
  })

const itemParameters = { f: Format, ...Clocks }
type ItemQuery = z.infer<z.ZodMiniObject<typeof itemParameters & { crs: typeof Crs }>>

/** One feature of a layer. */
export const getItem = (layer: Layer) =>
  endpoint({
    method: 'get',
    path: `/ogc/collections/${layer.id}/items/:featureId`,
    access: 'public',
    summary: `${layer.title.de}: ein Objekt`,
    params: z.strictObject({ featureId: z.string() }),
    query: z.strictObject({ ...itemParameters, ...(layer.geometry ? { crs: Crs } : {}) }) as unknown as z.ZodMiniType<ItemQuery>,
    response: z.extend(featureOf(layer), { links: z.array(Link) }),
    produces: [media.geojson, media.html],
  })

export const listItemsOfLayers = publicLayers.map(listItems)
export const getItemOfLayers = publicLayers.map(getItem)

export const getOgcDefinition = endpoint({
  method: 'get',
  path: '/ogc/api',
  access: 'public',
  summary: 'Beschreibung der OGC API (OpenAPI 3.1)',
  query: ClockQuery,
  response: JsonSchema,
  produces: [media.json, media.openapi],
})
