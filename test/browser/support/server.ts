import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { getSettings } from '../../../server/contract/portal.ts'
import { temporaryDirectory } from '../../support/cluster.ts'

/** The product as it is installed: own process, own private cluster, published facts loaded. */
export interface RunningServer {
  baseUrl: string
  /** The one-time link the product prints as long as there is no account. */
  firstAdminLink: string
  /** Where its cluster and its secret lie. */
  dataDirectory: string
  /** What it has printed so far, for the message of a failing test. */
  output: () => string
  /** Adds the invented data, or takes them out again, as `npm run demo` does it beside the running product. */
  demo: (wish: 'add' | 'remove') => Promise<void>
  stop: () => Promise<void>
}

const root = join(import.meta.dirname, '../../..')
const startWithin = 60_000

/** Starts the built product on a free port with an empty data directory of its own; `environment` is its further configuration. */
export async function startServer(environment: Readonly<Record<string, string>> = {}): Promise<RunningServer> {
  const dataDirectory = await temporaryDirectory()
  const port = await freePort()
  const baseUrl = `http://127.0.0.1:${port}`
  const configuration = {
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_BASE_URL: baseUrl,
    DATA_DIR: dataDirectory,
    DATABASE_URL: '',
    ...environment,
  }
  const options = { cwd: root, env: { ...process.env, ...configuration } }
  const child = spawn(process.execPath, ['server/main.ts'], { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const demo = async (wish: 'add' | 'remove') => {
    await promisify(execFile)(process.execPath, ['data/demo/main.ts', wish], options)
    await untilDemo(wish === 'add', baseUrl)
  }
  const stop = async () => {
    await end(child)
    await rm(dataDirectory, { recursive: true, force: true })
  }
  try {
    const firstAdminLink = await untilReady(child, baseUrl, () => output)
    return { baseUrl, dataDirectory, firstAdminLink, output: () => output, demo, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Ready means: answers, and the link for the first account has been printed. */
async function untilReady(child: ChildProcess, baseUrl: string, output: () => string): Promise<string> {
  const deadline = Date.now() + startWithin
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The server ended while starting:\n${output()}`)
    const link = /https?:\/\/\S+\/arbeitsplatz\/einladung#[\w.-]+/.exec(output())?.[0]
    const isReady = await fetch(`${baseUrl}/health/ready`)
      .then((answer) => answer.ok)
      .catch(() => false)
    if (link && isReady) return link
    await wait(100)
  }
  throw new Error(`The server was not ready within ${startWithin / 1000} s:\n${output()}`)
}

/** The product hears of what another process wrote; a moment later it says so. */
async function untilDemo(wanted: boolean, baseUrl: string): Promise<void> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await wait(50)) {
    const { isDemo } = (await (await fetch(baseUrl + getSettings.path)).json()) as { isDemo: boolean }
    if (isDemo === wanted) return
  }
  throw new Error(`The product does not hear that the invented data ${wanted ? 'came' : 'went'}.`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await Promise.race([ended, wait(15_000, undefined, { ref: false }).then(() => child.kill('SIGKILL'))])
  await ended
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No port is free.')
  return address.port
}
