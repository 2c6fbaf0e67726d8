import * as z from 'zod/mini'
import { ClockQuery, Clocks } from './clocks.ts'
import { endpoint } from './endpoint.ts'
import { media } from './media.ts'

export const getOpenApi = endpoint({
  method: 'get',
  path: '/api/openapi.json',
  access: 'public',
  summary: 'Beschreibung aller Schnittstellen (OpenAPI 3.1)',
  response: z.record(z.string(), z.unknown()),
})

const wholeNumber = z.coerce.number('Erwartet wird eine ganze Zahl.').check(z.int('Erwartet wird eine ganze Zahl.'))
export const maxZoom = 22

/**
 * A vector tile; each feature carries its id as property `id`. 204 when the tile is empty. An address that names the current
 * `revision` and a day (`asOf`) may be kept for ever; one without is checked by ETag before each use.
 */
export const getTile = endpoint({
  method: 'get',
  path: '/tiles/:layer/:z/:x/:y.mvt',
  access: 'public',
  summary: 'Vektorkachel (Mapbox Vector Tile)',
  params: z.strictObject({
    layer: z.string(),
    z: wholeNumber.check(z.minimum(0, 'Zu klein.'), z.maximum(maxZoom, 'Zu groß.')),
    x: wholeNumber.check(z.minimum(0, 'Zu klein.')),
    y: wholeNumber.check(z.minimum(0, 'Zu klein.')),
  }),
  query: z.strictObject({
    revision: z.optional(
      wholeNumber.check(
        z.minimum(0, 'Zu klein.'),
        z.meta({ description: 'Stand des Inhalts; macht die Adresse mit asOf unveränderlich' }),
      ),
    ),
    ...Clocks,
  }),
  response: z.string(),
  produces: [media.tile],
})

/** TileJSON 3.0; the tile addresses in it name the current revision and the resolved day. */
export const getTileJson = endpoint({
  method: 'get',
  path: '/tiles/:layer.json',
  access: 'public',
  summary: 'Beschreibung der Kacheln eines Datensatzes (TileJSON 3.0)',
  params: z.strictObject({ layer: z.string() }),
  query: ClockQuery,
  response: z.object({
    tilejson: z.literal('3.0.0'),
    name: z.string(),
    description: z.string(),
    attribution: z.string(),
    tiles: z.array(z.string()),
    bounds: z.optional(z.array(z.number())),
    minzoom: z.int(),
    maxzoom: z.int(),
    vector_layers: z.array(z.object({ id: z.string(), description: z.string(), fields: z.record(z.string(), z.string()) })),
  }),
})

/** Server-sent events: `revision` with `{"revision": n}` at once and after every change of the content. */
export const followLive = endpoint({
  method: 'get',
  path: '/api/live',
  access: 'public',
  summary: 'Meldet jede Änderung des Inhalts (Server-Sent Events)',
  response: z.string(),
  produces: [media.events],
})
