import type { RequestHandler, Router } from 'express'
import type { AppContext } from '../http/context.ts'
import { mountItems } from './items.ts'
import { mountLive } from './live.ts'
import { mountDocuments } from './ogc.ts'
import { mountOpenApi } from './openapi.ts'
import { mountTiles } from './tiles.ts'

/** Open data: OGC API Features, CSV, vector tiles, their descriptions, and the news that something changed. */
export function mountOpenData(router: Router, context: AppContext): void {
  router.use(['/ogc', '/tiles', '/api/openapi.json'], openToEveryOrigin)
  mountItems(router, context)
  mountDocuments(router, context)
  mountTiles(router, context)
  mountOpenApi(router, context)
  mountLive(router, context)
}

/** Public data may be read by the pages of others; nothing here knows who is asking. */
const openToEveryOrigin: RequestHandler = (_request, response, next) => {
  response.set({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'Content-Crs, ETag, Link',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  })
  next()
}
