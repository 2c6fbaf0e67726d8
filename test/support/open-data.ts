import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { Router } from 'express'
import { afterAll } from 'vitest'
import { type Config, readConfig } from '../../server/config.ts'
import { followRevisions } from '../../server/database/revision.ts'
import { createBodies } from '../../server/http/bodies.ts'
import type { AppContext } from '../../server/http/context.ts'
import { logError } from '../../server/http/log.ts'
import { answerProblem, notFound } from '../../server/http/problem.ts'
import { securityHeaders } from '../../server/http/security.ts'
import { mountOpenData } from '../../server/opendata/handlers.ts'
import { type TestDatabase, testDatabase } from './database.ts'

export interface OpenDataServer {
  url: string
  context: AppContext
  database: TestDatabase
}

/** Open data as the product serves it, on a port and a database of its own, with the published facts loaded. */
export async function serveOpenData(changes: Partial<Config> = {}): Promise<OpenDataServer> {
  const connections = await testDatabase()
  const { database, tiles, address } = connections
  const revisions = await followRevisions(database, address)
  const app = express()
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const config = { ...readConfig({}), publicBaseUrl: url, ...changes }
  // Nobody can sign in here: open data must not even ask who is calling.
  const sessions = { findUser: () => Promise.reject(new Error('open data asked for a session')) }
  const context: AppContext = { config, database, tiles, revisions, bodies: createBodies(revisions), sessions }
  app.disable('x-powered-by').set('etag', false).set('query parser', 'simple')
  app.use(securityHeaders(config))
  const router = Router()
  mountOpenData(router, context)
  app.use(router)
  app.use((request) => {
    throw notFound(`Die Adresse ${request.path}`)
  })
  app.use(answerProblem(logError))
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await revisions.close()
  })
  return { url, context, database: connections }
}
