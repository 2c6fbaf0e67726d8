import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { Router } from 'express'
import type { Knex } from 'knex'
import { afterAll } from 'vitest'
import { change } from '../../server/database/change.ts'
import { createBodies } from '../../server/http/bodies.ts'
import type { AppContext } from '../../server/http/context.ts'
import { logError } from '../../server/http/log.ts'
import { answerProblem, notFound } from '../../server/http/problem.ts'
import { securityHeaders } from '../../server/http/security.ts'
import { mountPortal, mountSite } from '../../server/portal/handlers.ts'
import { testApp } from './app.ts'

export type PortalApp = Awaited<ReturnType<typeof portalApp>>

/** The whole product on a database of its own. */
export async function portalApp() {
  const app = await testApp({ bodyLimit: '20kb' })
  return { ...app, ...reader(app.url) }
}

/** The website of `app` with `client` (a directory) as its built client; `away`: a database that is not there. */
export async function siteApp(app: PortalApp, client: string, away?: Knex) {
  const context: AppContext = away ? { ...app.context, database: away, bodies: createBodies(app.context.revisions) } : app.context
  const router = Router()
  mountPortal(router, context)
  mountSite(router, context, client)
  const site = express().set('query parser', 'simple')
  site.use(securityHeaders(context.config), router, (request) => {
    throw notFound(`Die Adresse ${request.path}`)
  })
  const server = createServer(site.use(answerProblem(logError)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => new Promise((resolve) => server.close(resolve)))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, ...reader(url) }
}

function reader(url: string) {
  const get = (path: string, headers: Record<string, string> = {}) => fetch(url + path, { headers })
  const read = async (path: string) => {
    const response = await get(path)
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  return { get, read }
}

/** Records one statement as the workbench does; what readers see next includes it. */
export async function record(
  { database, revisions }: Pick<AppContext, 'database' | 'revisions'>,
  table: string,
  citation: string,
  row: Record<string, unknown>,
): Promise<void> {
  const details = { actor: 'secret-actor', actorName: 'Geheime Person', reason: 'geheimer Grund' }
  const { revision } = await change(database, details, async (trx) => {
    await trx('sources').insert({ citation }).onConflict('citation').ignore()
    const source = await trx('sources').where({ citation }).first('id')
    await trx(table).insert({ ...row, source_id: source.id })
  })
  revisions.announce(revision)
}
