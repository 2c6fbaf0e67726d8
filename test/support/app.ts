import { rm } from 'node:fs/promises'
import type { ClientConfig } from 'pg'
import { afterAll } from 'vitest'
import { type Config, readConfig } from '../../server/config.ts'
import { type RunningServer, serve } from '../../server/serve.ts'
import { temporaryDirectory } from './cluster.ts'
import { testDatabase } from './database.ts'

/** The whole product, listening on a free port, and the database behind it. */
export interface TestApp extends RunningServer {
  address: ClientConfig
}

/** Where the tests' apps believe to be reached; callers say so in `Origin`. */
const publicBaseUrl = 'http://ausbauatlas.test'

/**
 * The product on a database of its own, or on that of the app `beside`, closed after the tests of the file:
 * `const app = await testApp()`, then `signIn(app, 'gigabitCoordinator')`.
 */
export async function testApp(changes: Partial<Config> = {}, beside?: TestApp): Promise<TestApp> {
  const address = beside?.address ?? (await testDatabase()).address
  const dataDirectory = await temporaryDirectory()
  const settings = { DATA_DIR: dataDirectory, PORT: '0', TRUST_PROXY: '1', RATE_LIMIT: '0' }
  const server = await serve({ ...readConfig(settings), publicBaseUrl, ...changes }, address)
  afterAll(async () => {
    await server.close()
    await rm(dataDirectory, { recursive: true })
  })
  return { ...server, address }
}
