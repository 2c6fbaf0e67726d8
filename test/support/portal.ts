import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { Router } from 'express'
import type { Knex } from 'knex'
import { afterAll } from 'vitest'
import { mountAccounts } from '../../server/accounts/handlers.ts'
import { createAccounts } from '../../server/accounts/sessions.ts'
import { readConfig } from '../../server/config.ts'
import { change } from '../../server/database/change.ts'
import { followRevisions } from '../../server/database/revision.ts'
import { createBodies } from '../../server/http/bodies.ts'
import { logError } from '../../server/http/log.ts'
import { answerProblem, notFound } from '../../server/http/problem.ts'
import { securityHeaders } from '../../server/http/security.ts'
import { mountPortal, mountSite } from '../../server/portal/handlers.ts'
import { testDatabase } from './database.ts'

export type PortalApp = Awaited<ReturnType<typeof portalApp>>

/** The portal as the product runs it, on a database of its own. `client`: directory of a built client; `away`: read from there instead. */
export async function portalApp({ client, away }: { client?: string; away?: Knex } = {}) {
  const own = await testDatabase()
  const { tiles, address } = own
  const database = away ?? own.database
  const revisions = await followRevisions(own.database, address)
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const config = { ...readConfig({ TRUST_PROXY: '1' }), publicBaseUrl: url }
  const sessions = createAccounts({ config, database, address })
  const context = { config, database, tiles, revisions, bodies: createBodies(revisions), sessions }
  const app = express()
  app.set('trust proxy', config.trustProxy)
  app.set('etag', false)
  app.set('query parser', 'simple')
  app.use(securityHeaders(config))
  const router = Router()
  router.use('/api', express.json({ limit: '20kb' }))
  mountAccounts(router, context)
  mountPortal(router, context)
  if (client) mountSite(router, context, client)
  app.use(router)
  app.use((request) => {
    throw notFound(`Die Adresse ${request.path}`)
  })
  app.use(answerProblem(logError))
  server.on('request', app)
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await Promise.all([revisions.close(), sessions.close()])
  })
  const get = (path: string, headers: Record<string, string> = {}) => fetch(url + path, { headers })
  const read = async (path: string) => {
    const response = await get(path)
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  return { url, context, get, read }
}

/** Records one statement as the workbench does; what readers see next includes it. */
export async function record(
  { database, revisions }: PortalApp['context'],
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
