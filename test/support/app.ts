import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { Router } from 'express'
import type { ClientConfig } from 'pg'
import { afterAll } from 'vitest'
import { mountAccounts } from '../../server/accounts/handlers.ts'
import { type Accounts, createAccounts } from '../../server/accounts/sessions.ts'
import { type Config, readConfig } from '../../server/config.ts'
import { connect } from '../../server/database/connect.ts'
import type { AppContext } from '../../server/http/context.ts'
import { logError, logRequests } from '../../server/http/log.ts'
import { answerProblem, notFound } from '../../server/http/problem.ts'
import { securityHeaders } from '../../server/http/security.ts'
import { temporaryDirectory } from './cluster.ts'
import { testDatabase } from './database.ts'

/** A running server and the database behind it. */
export interface TestApp {
  url: string
  address: ClientConfig
  context: AppContext & { sessions: Accounts }
}

/** Where the tests' apps believe to be reached; callers say so in `Origin`. */
const publicBaseUrl = 'http://ausbauatlas.test'

export async function testApp(changes: Partial<Config> = {}, beside?: TestApp): Promise<TestApp> {
  const address = beside?.address ?? (await testDatabase()).address
  const config = {
    ...readConfig({ DATA_DIR: await temporaryDirectory(), TRUST_PROXY: '1', PORT: '0' }),
    publicBaseUrl,
    ...changes,
  }
  const { database, close } = connect(address)
  const sessions = createAccounts({ config, database, address })
  const context = { config, database, sessions } as unknown as TestApp['context']
  const app = express()
  app.set('trust proxy', config.trustProxy)
  app.use(logRequests())
  app.use(securityHeaders(config))
  const router = Router()
  router.use('/api', express.json({ limit: config.bodyLimit }))
  mountAccounts(router, context)
  app.use(router)
  app.use(() => {
    throw notFound('Die Adresse')
  })
  app.use(answerProblem(logError))
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await sessions.close()
    await close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, address, context }
}
