import type { Router } from 'express'
import * as z from 'zod/mini'
import { filtersOf, findPublicLayer, propertiesOf, publicLayers } from '../contract/features.ts'
import type { Layer } from '../contract/layers/layer.ts'
import { media } from '../contract/media.ts'
import * as contract from '../contract/ogc.ts'
import { resolveClocks } from '../http/clocks.ts'
import type { AppContext } from '../http/context.ts'
import { handle } from '../http/handle.ts'
import { notFound } from '../http/problem.ts'
import { answer } from './answer.ts'
import { collection, collections, conformanceClasses, landingPage } from './documents.ts'
import { publisherOf } from './licence.ts'
import { clockParameters, documentTypes, formatLinks } from './links.ts'
import { collectionHtml, collectionsHtml, conformanceHtml, landingHtml } from './pages.ts'
import { findExtent } from './queries.ts'

/** The documents of the OGC API that say what there is. */
export function mountDocuments(router: Router, context: AppContext): void {
  const config = () => publisherOf(context)
  handle(router, context, contract.getLandingPage, (call) =>
    answer(context, call, {
      types: documentTypes,
      clocks: resolveClocks(call.query),
      load: async (format, address) => {
        const page = landingPage(config(), clockParameters(call.query), formatLinks(address, format, documentTypes))
        return format === 'html' ? landingHtml(config(), page.description, page.links).text : JSON.stringify(page)
      },
    }),
  )
  handle(router, context, contract.getConformance, (call) =>
    answer(context, call, {
      types: documentTypes,
      clocks: resolveClocks({}),
      load: async (format, address) => {
        const links = formatLinks(address, format, documentTypes)
        return format === 'html'
          ? conformanceHtml(config(), conformanceClasses, links).text
          : JSON.stringify({ links, conformsTo: conformanceClasses })
      },
    }),
  )
  mountCollections(router, context)
  mountSchemas(router, context)
}

function mountCollections(router: Router, context: AppContext): void {
  const { tiles } = context
  const config = () => publisherOf(context)
  handle(router, context, contract.listCollections, (call) => {
    const clocks = resolveClocks(call.query)
    return answer(context, call, {
      types: documentTypes,
      clocks,
      load: async (format, address) => {
        const links = formatLinks(address, format, documentTypes)
        if (format === 'html') return collectionsHtml(config(), links).text
        const extents = await Promise.all(
          publicLayers.map(async (layer) => [layer.id, await findExtent(tiles, layer, clocks)] as const),
        )
        return JSON.stringify(collections(config(), clockParameters(call.query), new Map(extents), links))
      },
    })
  })
  handle(router, context, contract.getCollection, (call) => {
    const layer = publicLayer(call.params.collectionId)
    const clocks = resolveClocks(call.query)
    return answer(context, call, {
      types: documentTypes,
      clocks,
      load: async (format, address) => {
        const links = formatLinks(address, format, documentTypes)
        const extent = await findExtent(tiles, layer, clocks)
        const document = collection(config(), layer, clockParameters(call.query), extent, links)
        return format === 'html' ? collectionHtml(config(), layer, document.links).text : JSON.stringify(document)
      },
    })
  })
  // Items are bound per layer; what arrives here names none of them.
  router.get('/ogc/collections/:collectionId/items{/*rest}', (request) => {
    publicLayer(request.params.collectionId)
    throw notFound(`Die Adresse ${request.path}`)
  })
}

function mountSchemas(router: Router, context: AppContext): void {
  const describe = { clocks: resolveClocks({}), types: { json: media.schema } }
  handle(router, context, contract.getSchema, (call) => {
    const layer = publicLayer(call.params.collectionId)
    return answer(context, call, { ...describe, load: async (_format, address) => JSON.stringify(schemaOf(layer, address)) })
  })
  handle(router, context, contract.getQueryables, (call) => {
    const layer = publicLayer(call.params.collectionId)
    return answer(context, call, { ...describe, load: async (_format, address) => JSON.stringify(queryablesOf(layer, address)) })
  })
}

/** 404 names the data set that does not exist or is not public. */
export function publicLayer(id: string): Layer {
  const layer = findPublicLayer(id)
  if (!layer) throw notFound(`Der Datensatz „${id}“`, 'collectionId')
  return layer
}

/** The properties of a layer as JSON Schema, with the geometry marked as OGC API Features, Part 5 proposes. */
function schemaOf(layer: Layer, address: URL): unknown {
  const { $schema, properties, additionalProperties } = z.toJSONSchema(propertiesOf(layer))
  const format = layer.geometry === 'Geometry' ? 'any' : layer.geometry?.toLowerCase()
  return {
    $schema,
    $id: address.href,
    type: 'object',
    title: layer.title.de,
    description: layer.description.de,
    properties: {
      id: { type: 'string', title: 'Kennung', 'x-ogc-role': 'id' },
      ...(layer.geometry && { geometry: { 'x-ogc-role': 'primary-geometry', format: `geometry-${format}` } }),
      ...properties,
    },
    required: ['id'],
    additionalProperties,
  }
}

/** What can be filtered by, each also a query parameter of that name. */
function queryablesOf(layer: Layer, address: URL): unknown {
  const { $schema, properties } = z.toJSONSchema(z.object(filtersOf(layer)), { io: 'input', unrepresentable: 'any' })
  return { $schema, $id: address.href, type: 'object', title: layer.title.de, properties, additionalProperties: false }
}
