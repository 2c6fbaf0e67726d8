import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import type { Config } from '../../server/config.ts'
import { type TestApp, testApp } from './app.ts'

/** The product under the address it names itself in links, so that clients can follow them. */
export async function openDataApp(changes: Partial<Config> = {}): Promise<TestApp> {
  const port = await freePort()
  return testApp({ port, publicBaseUrl: `http://127.0.0.1:${port}`, ...changes })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
