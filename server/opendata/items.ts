import type { Request, Router } from 'express'
import { crs84, findCrs } from '../contract/crs.ts'
import { publicLayers } from '../contract/features.ts'
import type { Layer } from '../contract/layers/layer.ts'
import { media } from '../contract/media.ts'
import { defaultLimit, getItem, type ItemsQuery, type Link, listItems, maxLimit } from '../contract/ogc.ts'
import { demoNotice } from '../contract/text.ts'
import type { Content } from '../http/bodies.ts'
import type { Clocks } from '../http/clocks.ts'
import { resolveClocks } from '../http/clocks.ts'
import type { AppContext } from '../http/context.ts'
import { handle } from '../http/handle.ts'
import { badParameter, notFound } from '../http/problem.ts'
import { answer, chooseFormat } from './answer.ts'
import { readBox } from './box.ts'
import { itemsClocks } from './clocks.ts'
import { type Dialect, writeCsv } from './csv.ts'
import { itemPage, itemsPage } from './item-pages.ts'
import { licenceLinks, publisherOf } from './licence.ts'
import { clockParameters, type Format, featureTypes, formatLinks, itemsTypes, withParameters } from './links.ts'
import { findFeature, findFeatures, findRows, type Part } from './queries.ts'
import type { Selection } from './sql.ts'

/** Items and single items of every public layer. */
export function mountItems(router: Router, context: AppContext): void {
  for (const layer of publicLayers) {
    mountList(router, context, layer)
    mountFeature(router, context, layer)
  }
}

interface ItemsRequest {
  context: AppContext
  layer: Layer
  query: ItemsQuery
  selection: Selection
  part: Part
}

function mountList(router: Router, context: AppContext, layer: Layer): void {
  handle(router, context, listItems(layer), ({ query, request, response }) => {
    refuseEmpty(request)
    refuseMisplaced(query, chooseFormat(request, itemsTypes))
    const items = readRequest(context, layer, query)
    return answer(
      context,
      { request, response },
      {
        types: itemsTypes,
        clocks: items.selection.clocks,
        load: (format, address) => loads[format](items, address),
        headers: (format) => headers[format](layer, query, items.selection.clocks),
      },
    )
  })
}

/** "?district=" is a slip, not a search for nothing. */
function refuseEmpty(request: Request): void {
  const empty = Object.keys(request.query).find((name) => request.query[name] === '')
  if (empty) throw badParameter(empty, `„${empty}“ ist leer.`)
}

function refuseMisplaced(query: ItemsQuery, format: Format): void {
  if (query.crs !== undefined && format !== 'json') throw badParameter('crs', 'crs gilt nur für GeoJSON.')
  if (query.dialect !== undefined && format !== 'csv') throw badParameter('dialect', 'dialect gilt nur für CSV.')
}

function readRequest(context: AppContext, layer: Layer, query: ItemsQuery): ItemsRequest {
  const names = Object.keys(layer.properties)
  const filters = Object.fromEntries(names.filter((name) => query[name] !== undefined).map((name) => [name, query[name]]))
  return {
    context,
    layer,
    query,
    selection: { clocks: itemsClocks(query), box: query.bbox && readBox(query.bbox, query['bbox-crs']), filters },
    part: {
      properties: query.properties ? names.filter((name) => query.properties?.includes(name)) : names,
      limit: query.limit && Math.min(query.limit, maxLimit),
      after: readMark(query.after),
    },
  }
}

/** The mark of a page is opaque to callers: the id of the last feature of the page before. */
const markOf = (id: string) => Buffer.from(id).toString('base64url')

function readMark(mark: string | undefined): string | undefined {
  if (mark === undefined) return undefined
  const id = Buffer.from(mark, 'base64url').toString()
  if (markOf(id) !== mark) throw badParameter('after', 'after ist keine Seitenmarke. Bitte dem Link rel=next folgen.')
  return id
}

const loads: Record<Format, (items: ItemsRequest, address: URL) => Promise<Content>> = {
  json: async (items, address) => {
    const page = await loadPage(items)
    const links = [...pageLinks(items, address, 'json', page.next), ...licenceLinks(items.context.config)]
    const notice = items.context.revisions.isDemo() && { notice: demoNotice }
    const head = { type: 'FeatureCollection', ...notice, numberMatched: page.matched, numberReturned: page.returned, links }
    return `${JSON.stringify(head).slice(0, -1)},"features":[${page.features}]}`
  },
  html: async (items, address) => {
    const page = await loadPage(items)
    return itemsPage(publisherOf(items.context), {
      layer: items.layer,
      clocks: items.selection.clocks,
      properties: items.part.properties,
      features: JSON.parse(`[${page.features}]`),
      matched: page.matched,
      links: pageLinks(items, address, 'html', page.next),
      query: address.searchParams,
    }).text
  },
  csv: async ({ context, layer, selection, part, query }, address) => {
    const { rows, next } = await findRows(context.tiles, layer, selection, part)
    const notice = context.revisions.isDemo() ? demoNotice : null
    const content = writeCsv(layer, part.properties, rows, { dialect: query.dialect as Dialect | undefined, notice })
    if (next === null) return content
    return { content, headers: { Link: `<${withParameters(address, { after: markOf(next) })}>; rel="next"` } }
  },
}

function loadPage({ context, layer, selection, part, query }: ItemsRequest) {
  const page = { ...part, limit: part.limit ?? defaultLimit }
  return findFeatures(context.tiles, layer, selection, page, query.crs === undefined ? crs84 : findCrs(query.crs))
}

function pageLinks({ context, layer, query }: ItemsRequest, address: URL, format: Format, next: string | null): Link[] {
  const type = featureTypes[format as 'json' | 'html'].replace(/; charset.*$/, '')
  return [
    ...formatLinks(address, format, itemsTypes),
    ...(next ? [{ href: withParameters(address, { after: markOf(next) }), rel: 'next', type, title: 'Nächste Seite' }] : []),
    collectionLink(context, layer, query),
  ]
}

function collectionLink(
  { config }: AppContext,
  layer: Layer,
  query: { asOf?: string | undefined; knownAt?: string | undefined },
): Link {
  const address = new URL(`/ogc/collections/${layer.id}`, config.publicBaseUrl)
  return { href: withParameters(address, clockParameters(query)), rel: 'collection', type: media.json, title: layer.title.de }
}

const headers: Record<Format, (layer: Layer, query: ItemsQuery, clocks: Clocks) => Readonly<Record<string, string>>> = {
  json: (layer, query) => contentCrs(layer, query.crs),
  html: () => ({}),
  csv: (layer, _query, { asOf }) => ({
    'Content-Disposition': `attachment; filename="ausbauatlas-${layer.id}-${asOf}.csv"`,
  }),
}

function contentCrs(layer: Layer, crs: string | undefined): Readonly<Record<string, string>> {
  return layer.geometry ? { 'Content-Crs': `<${crs ?? crs84.uri}>` } : {}
}

function mountFeature(router: Router, context: AppContext, layer: Layer): void {
  handle(router, context, getItem(layer), ({ params: { featureId }, query, request, response }) => {
    if (query.crs !== undefined && chooseFormat(request, featureTypes) !== 'json')
      throw badParameter('crs', 'crs gilt nur für GeoJSON.')
    const clocks = resolveClocks(query)
    return answer(
      context,
      { request, response },
      {
        types: featureTypes,
        clocks,
        load: async (format, address) => {
          const feature = await findFeature(context.tiles, layer, clocks, featureId, findCrs(query.crs ?? crs84.uri))
          if (feature === null) throw notFound(`${layer.title.de}: Das Objekt „${featureId}“`, 'featureId')
          const links = [
            ...formatLinks(address, format, featureTypes),
            collectionLink(context, layer, query),
            ...licenceLinks(context.config),
          ]
          if (format === 'json') return `${feature},"links":${JSON.stringify(links)}}`
          return itemPage(publisherOf(context), {
            layer,
            clocks,
            feature: JSON.parse(`${feature}}`),
            links,
            query: address.searchParams,
          }).text
        },
        headers: (format) => (format === 'json' ? contentCrs(layer, query.crs) : {}),
      },
    )
  })
}
