/**
 * `npm run bench`: what the fast paths are worth, as ratios within one run on the real product (figures of different machines
 * do not compare). Ends with code 1 when a ratio falls below what the design counts on.
 */
import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { Agent, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const port = Number(process.env.PORT ?? 3199)
const connections = 16
const secondsEach = 3
const agent = new Agent({ keepAlive: true, maxSockets: connections })

interface Result {
  perSecond: number
  bytes: number
}

function ask(path: string, headers: Record<string, string>): Promise<{ status: number; bytes: number; etag?: string }> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers, agent }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, bytes, etag: response.headers.etag as string }))
    }).on('error', reject)
  })
}

/** Requests per second of `connections` clients that ask one after the other; `path` may differ per request. */
async function measure(path: (turn: number) => string, headers: Record<string, string> = {}, expected = 200): Promise<Result> {
  const first = await ask(path(0), headers)
  if (first.status !== expected) throw new Error(`${path(0)}: ${first.status}`)
  const startedAt = performance.now()
  let turns = 0
  const client = async () => {
    while (performance.now() - startedAt < secondsEach * 1000) {
      turns += 1
      await ask(path(turns), headers)
    }
  }
  await Promise.all(Array.from({ length: connections }, client))
  return { perSecond: Math.round(turns / ((performance.now() - startedAt) / 1000)), bytes: first.bytes }
}

async function measureAll() {
  const items = '/ogc/collections/build_sections/items'
  const tile = '/tiles/build_sections/10/531/342.mvt'
  const { etag = '' } = await ask(items, { 'Accept-Encoding': 'br' })
  // A box of its own for each request: nothing can be kept.
  const unique = (turn: number) => `?bbox=6.8${turn},51,7.2,51.2`
  const moment = (turn: number) => `?knownAt=${new Date(Date.UTC(2024, 0, 1) + turn * 1000).toISOString()}`
  return {
    'items, kept, brotli': await measure(() => items, { 'Accept-Encoding': 'br' }),
    'items, kept, plain': await measure(() => items),
    'items, kept, unchanged (304)': await measure(() => items, { 'Accept-Encoding': 'br', 'If-None-Match': etag }, 304),
    'items, from the database': await measure((turn) => items + unique(turn)),
    'items, from the database, brotli': await measure((turn) => items + unique(turn + 1_000_000), { 'Accept-Encoding': 'br' }),
    'table, kept': await measure(() => `${items}?f=csv`),
    'tile, kept': await measure(() => tile, { 'Accept-Encoding': 'gzip' }),
    'tile, from the database': await measure((turn) => tile + moment(turn), { 'Accept-Encoding': 'gzip' }),
  }
}

type Name = keyof Awaited<ReturnType<typeof measureAll>>

/** [faster, slower, at least so many times]. */
const promises: [Name, Name, number][] = [
  ['items, kept, brotli', 'items, from the database', 5],
  ['items, kept, brotli', 'items, from the database, brotli', 5],
  ['tile, kept', 'tile, from the database', 5],
]

const directory = await mkdtemp(join(tmpdir(), 'ausbauatlas-bench-'))
await chmod(directory, 0o755)
const env = { ...process.env, PORT: String(port), DATA_DIR: directory, RATE_LIMIT: '0', DATABASE_URL: '' }
const product = spawn(process.execPath, ['server/main.ts'], { env, stdio: 'ignore' })
try {
  for (let tries = 0; ; tries++) {
    const ready = await ask('/health/ready', {}).catch(() => null)
    if (ready?.status === 200) break
    if (tries > 300) throw new Error('the product did not start')
    await sleep(100)
  }
  await ask('/ogc/collections/build_sections/items', { 'Accept-Encoding': 'br' })
  const results = await measureAll()
  for (const [name, { perSecond, bytes }] of Object.entries(results)) {
    process.stdout.write(`${name.padEnd(34)} ${String(perSecond).padStart(7)} /s  ${String(bytes).padStart(7)} bytes\n`)
  }
  for (const [faster, slower, times] of promises) {
    const ratio = results[faster].perSecond / results[slower].perSecond
    process.stdout.write(`${faster} : ${slower} = ${ratio.toFixed(1)} (at least ${times})\n`)
    if (ratio < times) process.exitCode = 1
  }
} finally {
  product.kill('SIGTERM')
  await new Promise((resolve) => product.once('exit', resolve))
  agent.destroy()
  await rm(directory, { recursive: true, force: true })
}
