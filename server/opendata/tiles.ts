import type { Router } from 'express'
import { publicLayers } from '../contract/features.ts'
import type { Layer, Property } from '../contract/layers/layer.ts'
import { media } from '../contract/media.ts'
import { getTile, getTileJson } from '../contract/opendata.ts'
import { demoNotice } from '../contract/text.ts'
import { immutable, revalidate, sendBody } from '../http/bodies.ts'
import { type Clocks, resolveClocks } from '../http/clocks.ts'
import type { AppContext } from '../http/context.ts'
import { answered, handle } from '../http/handle.ts'
import { badParameter, notFound } from '../http/problem.ts'
import { attributionOf, publisherOf } from './licence.ts'
import { addressOf } from './links.ts'
import { findExtent, findTile } from './queries.ts'

/** Beyond this zoom the map enlarges what it has: districts and sections gain nothing from further tiles. */
const deepestTiles = 14

/** Vector tiles of every public layer with geometry, and the TileJSON that names their addresses. */
export function mountTiles(router: Router, context: AppContext): void {
  handle(router, context, getTile, async ({ params: { layer: id, z, x, y }, query, request, response }) => {
    const layer = tiledLayer(id)
    if (x >= 2 ** z) throw badParameter('x', `x liegt bei Zoom ${z} zwischen 0 und ${2 ** z - 1}.`)
    if (y >= 2 ** z) throw badParameter('y', `y liegt bei Zoom ${z} zwischen 0 und ${2 ** z - 1}.`)
    const clocks = resolveClocks(query)
    await sendBody(context, request, response, {
      key: `${request.path} ${query.revision} ${clocks.asOf} ${clocks.knownAt}`,
      contentType: media.tile,
      load: () => findTile(context.tiles, layer, clocks, { z, x, y }, context.revisions.isDemo() ? demoNotice : null),
      cacheControl: cacheControl(query, context.revisions.current()),
    })
    return answered
  })

  handle(router, context, getTileJson, async ({ params, query, request, response }) => {
    const layer = tiledLayer(params.layer)
    const clocks = resolveClocks(query)
    await sendBody(context, request, response, {
      key: `${addressOf(context.config.publicBaseUrl, request).href} ${clocks.asOf} ${clocks.knownAt}`,
      contentType: media.json,
      load: async () => JSON.stringify(await describeTiles(context, layer, clocks)),
    })
    return answered
  })
}

function tiledLayer(id: string): Layer {
  const layer = publicLayers.find((candidate) => candidate.id === id && candidate.geometry)
  if (!layer) throw notFound(`Der Kachelsatz „${id}“`, 'layer')
  return layer
}

/**
 * A tile may be kept for ever when its address names what it shows: the current revision and the day. A revision this process
 * has not heard of yet may be wrong or early: nobody may keep the answer.
 */
export function cacheControl(query: { revision?: number | undefined; asOf?: string | undefined }, current: number): string {
  if (query.revision !== undefined && query.revision > current) return 'no-store'
  return query.revision === current && query.asOf !== undefined ? immutable : revalidate
}

async function describeTiles(context: AppContext, layer: Layer, clocks: Clocks) {
  const { config, tiles, revisions } = context
  const pinned = new URLSearchParams({ revision: String(revisions.current()), asOf: clocks.asOf })
  if (clocks.knownAt !== null) pinned.set('knownAt', clocks.knownAt)
  const extent = await findExtent(tiles, layer, clocks)
  return {
    tilejson: '3.0.0',
    name: layer.title.de,
    description: layer.description.de,
    attribution: attributionOf(publisherOf(context)),
    tiles: [`${config.publicBaseUrl}/tiles/${layer.id}/{z}/{x}/{y}.mvt?${pinned}`],
    ...(extent && { bounds: extent }),
    minzoom: 0,
    maxzoom: deepestTiles,
    vector_layers: [{ id: layer.id, description: layer.description.de, fields: fieldsOf(layer) }],
  }
}

const fieldTypes: Partial<Record<Property['type'], string>> = { integer: 'Number', number: 'Number', boolean: 'Boolean' }

function fieldsOf(layer: Layer): Record<string, string> {
  const fields = Object.entries(layer.properties).map(([name, { type }]) => [name, fieldTypes[type] ?? 'String'])
  return { id: 'String', ...Object.fromEntries(fields) }
}
