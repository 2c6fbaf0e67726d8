import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import express, { type Router } from 'express'
import { exportObjects } from '../contract/exports.ts'
import { media } from '../contract/media.ts'
import {
  changeObjects,
  countObjects,
  createObject,
  describePlace,
  getObject,
  getObjectTile,
  listObjects,
  listOperators,
  measureLine,
  mergeLines,
  type ObjectFilter,
  type ObjectOrder,
  objectFilters,
  previewChange,
  previewObject,
  readGeometry,
  splitLine,
  withdrawObjects,
} from '../contract/objects.ts'
import { demoNotice } from '../contract/text.ts'
import { databaseTime } from '../database/clock.ts'
import { sendBody } from '../http/bodies.ts'
import { resolveClocks } from '../http/clocks.ts'
import type { AppContext } from '../http/context.ts'
import { answered, handle } from '../http/handle.ts'
import { badParameter, forbidden, invalid, notFound, unauthenticated } from '../http/problem.ts'
import { assessChange, changeObjects as change, withdraw } from './changing.ts'
import { findCounts } from './counts.ts'
import { assessNew, create } from './creating.ts'
import { withExport } from './export.ts'
import { findStatements } from './history.ts'
import { kindOf } from './kinds.ts'
import { findOperators, findPage, findRevision, findRows, findTotals } from './lists.ts'
import { measure, merge, split } from './network.ts'
import { readPasted } from './pasted.ts'
import { findPlace } from './place.ts'
import { findObjectTile } from './tiles.ts'

/** Premises and network: objects that are counted and measured. Internal: nothing here is public. Mounted before the common limit on bodies. */
export function mountObjects(router: Router, context: AppContext): void {
  mountBodies(router, context)
  mountReading(router, context)
  mountTiles(router, context)
  mountObject(router, context)
  mountChanging(router, context)
  mountNetwork(router, context)
}

/** Changes of 50,000 objects name them all: here bodies may be large, once it is clear who sends them. */
function mountBodies(router: Router, context: AppContext): void {
  const large = express.json({ limit: '8mb' })
  router.use(['/api/objects', '/api/network'], async (request, response, next) => {
    if (request.method === 'GET') {
      next()
      return
    }
    const user = await context.sessions.findUser(request)
    if (!user) throw unauthenticated()
    if (!user.roles.some((role) => measureLine.access.includes(role))) throw forbidden()
    large(request, response, next)
  })
}

type Filtered = ObjectFilter & Record<string, unknown>

/** The parts of a query that filter. */
function filterOf(query: Filtered): ObjectFilter {
  return Object.fromEntries(Object.entries(query).filter(([name, value]) => name in objectFilters && value !== undefined))
}

function mountReading(router: Router, context: AppContext): void {
  const { database } = context

  handle(router, context, listObjects, async ({ params: { kind }, query }) => {
    const clocks = resolveClocks(query)
    const filter = filterOf(query)
    const sort = query.sort ?? 'id'
    const part = {
      sort: sort.replace(/^-/, '') as ObjectOrder,
      descending: sort.startsWith('-'),
      limit: query.limit ?? 100,
      after: query.after,
    }
    const revision = await findRevision(database)
    const [page, totals] = await Promise.all([
      findPage(database, kind, filter, clocks, part),
      query.after === undefined ? findTotals(database, kind, filter, clocks) : null,
    ])
    return { ...page, totals, revision }
  })

  handle(router, context, countObjects, ({ params: { kind }, query }) =>
    findCounts(database, kind, filterOf(query), resolveClocks(query)),
  )

  handle(router, context, listOperators, async ({ params }) => ({ operators: await findOperators(database, params.kind) }))

  handle(router, context, exportObjects, async ({ params: { kind }, query, response }) => {
    const { asOf, knownAt } = resolveClocks(query)
    const order = {
      ...{ kind, format: query.format, filter: filterOf(query) },
      clocks: { asOf, knownAt: knownAt ?? (await databaseTime(database)) },
      facts: { attribution: `Stadt ${context.config.cityName}`, notes: context.revisions.isDemo() ? [demoNotice] : [] },
    }
    await withExport(database, order, async (path) => {
      response.attachment(`${kind}-${asOf}.zip`).type('application/zip')
      await pipeline(createReadStream(path), response)
    })
    return answered
  })

  handle(router, context, describePlace, ({ query }) => findPlace(database, query.longitude, query.latitude))
}

/** After `/api/objects/:kind/counts` and `operators`: it would take the words for ids. */
function mountObject(router: Router, context: AppContext): void {
  const { database } = context
  handle(router, context, getObject, async ({ params: { kind, id }, query }) => {
    const clocks = resolveClocks(query)
    const revision = await findRevision(database)
    const [[object = null], statements] = await Promise.all([
      findRows(database, kind, [id], clocks),
      findStatements(database, kind, id),
    ])
    if (statements.length === 0) throw notFound(`${kindOf(kind).label.de} „${id}“`, 'id')
    return { object, statements, revision }
  })
}

function mountTiles(router: Router, context: AppContext): void {
  handle(router, context, getObjectTile, async ({ params: { z, x, y }, query, request, response }) => {
    if (x >= 2 ** z) throw badParameter('x', `x liegt bei Zoom ${z} zwischen 0 und ${2 ** z - 1}.`)
    if (y >= 2 ** z) throw badParameter('y', `y liegt bei Zoom ${z} zwischen 0 und ${2 ** z - 1}.`)
    const clocks = resolveClocks(query)
    const question = { z, x, y, kinds: query.kinds, filter: filterOf(query), clocks }
    await sendBody(context, request, response, {
      key: `objects ${JSON.stringify(question)} ${query.revision}`,
      contentType: media.tile,
      load: () => findObjectTile(context.tiles, question),
      cacheControl: 'no-store',
    })
    return answered
  })
}

function mountChanging(router: Router, context: AppContext): void {
  const { database, revisions } = context

  handle(router, context, previewObject, async ({ params: { kind }, body }) => {
    const { id, lengthM, districtIds, forecast } = await assessNew(database, kind, body.content, body.trueOn)
    return { ...forecast, id, lengthM, districtIds }
  })

  handle(router, context, createObject, async ({ params: { kind }, body, user }) => {
    const written = await create(database, user, kind, body)
    revisions.announce(written.revision)
    return written
  })

  handle(router, context, previewChange, async ({ params: { kind }, body }) => {
    const { forecast } = await assessChange(database, kind, body)
    return forecast
  })

  handle(router, context, changeObjects, async ({ params: { kind }, body, user }) => {
    const written = await change(database, user, kind, body)
    revisions.announce(written.revision)
    return written
  })

  handle(router, context, withdrawObjects, async ({ params: { kind }, body, user }) => {
    const written = await withdraw(database, user, kind, body)
    revisions.announce(written.revision)
    return written
  })
}

function mountNetwork(router: Router, context: AppContext): void {
  const { database, revisions } = context

  handle(router, context, splitLine, async ({ params: { kind, id }, body, user }) => {
    const parts = await split(database, user, kind, { id, ...body })
    revisions.announce(parts.revision)
    return parts
  })

  handle(router, context, mergeLines, async ({ params: { kind }, body, user }) => {
    const merged = await merge(database, user, kind, body)
    revisions.announce(merged.revision)
    return merged
  })

  handle(router, context, readGeometry, ({ body }) => readPasted(database, body.kind, body.text))

  handle(router, context, measureLine, async ({ body }) => {
    const lengthM = await measure(database, body.geom)
    if (lengthM === null) throw invalid([{ field: 'geom', detail: 'Die Geometrie lässt sich nicht lesen.' }])
    return { lengthM }
  })
}
