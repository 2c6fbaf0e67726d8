import type { Router } from 'express'
import * as z from 'zod/mini'
import { type Access, type Endpoint, Problem } from '../contract/endpoint.ts'
import { endpoints } from '../contract/index.ts'
import { media } from '../contract/media.ts'
import { getOgcDefinition } from '../contract/ogc.ts'
import { getOpenApi } from '../contract/opendata.ts'
import { sendBody } from '../http/bodies.ts'
import type { AppContext } from '../http/context.ts'
import { answered, handle } from '../http/handle.ts'
import { attributionOf, licenceOf, type Publisher, publisherOf } from './licence.ts'

/** The description of every endpoint, and that of the OGC API alone, whose clients look for paths relative to its start. */
export function mountOpenApi(router: Router, context: AppContext): void {
  const isOgc = ({ path }: Endpoint) => path.startsWith('/ogc')
  const documents = [
    { endpoint: getOpenApi, types: [media.json], document: () => describeApi(publisherOf(context), endpoints, '') },
    {
      endpoint: getOgcDefinition,
      types: [media.json, media.openapi],
      document: () => describeApi(publisherOf(context), endpoints.filter(isOgc), '/ogc'),
    },
  ]
  for (const { endpoint, types, document } of documents) {
    handle(router, context, endpoint, async ({ request, response }) => {
      const load = async () => JSON.stringify(document())
      // Most clients (GDAL, QGIS) know version 3.0 or JSON by name, not 3.1.
      const contentType = request.accepts(types) || media.json
      await sendBody(context, request, response, { key: endpoint.path, contentType, load, vary: 'Accept' })
      return answered
    })
  }
}

type Json = Record<string, unknown>

/** OpenAPI 3.1 of the endpoints; their paths are given relative to `root`. */
export function describeApi(config: Publisher, described: readonly Endpoint[], root: string): Json {
  const paths: Record<string, Json> = {}
  for (const endpoint of described) {
    const path = endpoint.path.slice(root.length).replace(/:(\w+)/g, '{$1}') || '/'
    paths[path] = { ...paths[path], [endpoint.method]: operation(endpoint) }
  }
  const licence = licenceOf(config)
  return {
    openapi: '3.1.0',
    info: {
      title: `Ausbauatlas ${config.cityName}`,
      version: '1',
      description: `Stand des Glasfaser- und Mobilfunkausbaus. Daten: ${attributionOf(config)}. Alle Zeitangaben in ISO 8601, Längen in m.`,
      ...(licence && { license: licence }),
    },
    servers: [{ url: `${config.publicBaseUrl}${root}` }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(Problem, 'output') },
      responses: { Problem: problemResponse },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'ausbauatlas.session_token',
          description: 'Sitzung nach der Anmeldung; Anfragen, die etwas ändern, brauchen den Header Origin',
        },
      },
    },
  }
}

const problemResponse = {
  description: 'Die Anfrage ist gescheitert (RFC 9457); `errors` nennt die Felder',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

function operation(endpoint: Endpoint): Json {
  const { method, path, access, summary, params, query, body, response, produces = [media.json] } = endpoint
  const schema = jsonSchema(response, 'output')
  const isJson = (type: string) => type.includes('json')
  const content = produces.map((type) => [type, { schema: isJson(type) ? schema : { type: 'string' } }])
  const bodySchema = method === 'get' || method === 'delete' ? undefined : bodyOf(body)
  return {
    operationId: operationId(method, path),
    summary,
    tags: [path.split('/')[path.startsWith('/api/') ? 2 : 1]],
    ...(access === 'public' ? { security: [] } : { security: [{ session: [] }], description: roles(access) }),
    parameters: [...parameters(params, 'path'), ...parameters(query, 'query')],
    ...(bodySchema && { requestBody: { required: true, content: { [media.json]: { schema: bodySchema } } } }),
    responses: {
      200: { description: 'Gelungen', content: Object.fromEntries(content) },
      ...(produces.includes(media.tile) && { 204: { description: 'Die Kachel ist leer' } }),
      ...(method === 'get' && access === 'public' && { 304: { description: 'Unverändert (If-None-Match)' } }),
      default: { $ref: '#/components/responses/Problem' },
    },
  }
}

/** getApiPortalDistrictsById for `get /api/portal/districts/:id`. */
function operationId(method: string, path: string): string {
  const words = path.replace(/:(\w+)/g, 'by $1').split(/\W+/)
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

function roles(access: Access): string {
  return access === 'staff' ? 'Für alle angemeldeten Konten' : `Für Konten mit einer der Rollen ${[access].flat().join(', ')}`
}

function bodyOf(body: z.core.$ZodType): Json | undefined {
  return body instanceof z.ZodMiniUndefined ? undefined : jsonSchema(body, 'input')
}

function parameters(schema: z.core.$ZodType, place: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description !== undefined && { description }),
    schema: rest,
  }))
}

function jsonSchema(schema: z.core.$ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}
