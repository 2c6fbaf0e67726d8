import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../server/config.ts'
import { startPrivateCluster } from '../../server/database/private-cluster.ts'
import { logTo } from '../../server/http/log.ts'
import { ListenFailed, serve } from '../../server/serve.ts'
import { testApp } from '../support/app.ts'
import { temporaryDirectory } from '../support/cluster.ts'
import { client, makeAccount, signIn, testPassword } from '../support/sign-in.ts'

const app = await testApp()

test('the process is alive and ready, and supervision is told so without a cache in between', async () => {
  for (const path of ['/health/live', '/health/ready']) {
    const answer = await fetch(`${app.url}${path}`)
    expect([answer.status, answer.headers.get('Cache-Control'), await answer.json()]).toEqual([200, 'no-store', { status: 'ok' }])
  }
})

test('a schema that is not the program’s is not ready', async () => {
  const applied = await app.context.database('migrations').where('name', 'like', '0003%').delete().returning('*')
  expect((await fetch(`${app.url}/health/ready`)).status).toBe(503)
  await app.context.database('migrations').insert(applied)
  expect((await fetch(`${app.url}/health/ready`)).status).toBe(200)
})

test('each answer names its request, and the log line of that request bears the same id', async () => {
  let lines = ''
  logTo((text) => {
    lines += text
  })
  const answer = await fetch(`${app.url}/api/portal/search?q=Hauptstra%C3%9Fe+5`)
  await sleep(100)
  expect(lines).toContain(answer.headers.get('X-Request-Id'))
  expect(lines).toContain('"path":"/api/portal/search"')
  expect(lines).not.toContain('Hauptstra')
})

test('a port in use is said in one sentence', async () => {
  const port = Number(new URL(app.url).port)
  const second = serve({ ...app.context.config, port }, app.address)
  await expect(second).rejects.toThrow(ListenFailed)
  await expect(second).rejects.toThrow(`Der Port ${port} ist schon belegt`)
})

test('a stop ends live connections, lets a running request finish, and takes no new one', async () => {
  const server = await serve({ ...app.context.config, port: 0 }, app.address)
  const [live] = (await once(get(`${server.url}/api/live`), 'response')) as [IncomingMessage]
  const liveEnded = once(live.resume(), 'close')
  const { username } = await makeAccount(server, ['viewer'])
  const running = client(server).send('POST', '/api/sign-in', { username, password: testPassword })
  await sleep(30)
  const startedAt = performance.now()
  await server.close()
  expect(performance.now() - startedAt).toBeLessThan(2_000)
  await liveEnded
  expect((await running).status).toBe(200)
  await expect(fetch(`${server.url}/health/live`)).rejects.toThrow()
})

test('while PostgreSQL is away everything that needs it answers 503 with Retry-After; afterwards all is well without a restart', async () => {
  const dataDirectory = await temporaryDirectory()
  onTestFinished(() => rm(dataDirectory, { recursive: true, force: true }))
  const start = () => startPrivateCluster({ dataDirectory, report: () => undefined })
  let cluster = await start()
  onTestFinished(() => cluster.stop())
  const config = {
    ...readConfig({ DATA_DIR: dataDirectory, PORT: '0', TRUST_PROXY: '1' }),
    publicBaseUrl: 'http://ausbauatlas.test',
  }
  const server = await serve(config, cluster.connection)
  onTestFinished(server.close)
  const visitor = await signIn(server, 'viewer')
  const paths = ['/health/ready', '/ogc/collections/districts/items', '/tiles/districts/10/531/342.mvt', '/api/facts/stage']
  const statuses = async () => Promise.all(paths.map(async (path) => (await visitor.get(path)).status))
  expect(await statuses()).toEqual([200, 200, 200, 200])

  await cluster.stop()
  await sleep(50)
  server.context.bodies.drop()
  const answers = await Promise.all(paths.map((path) => visitor.get(path)))
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503])
  expect(answers.map(({ headers }) => Number(headers.get('Retry-After')) > 0)).toEqual([true, true, true, true])
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200)

  cluster = await start()
  expect(await statuses()).toEqual([200, 200, 200, 200])
})
