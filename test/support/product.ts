import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

/** The product as `npm start` runs it: a process of its own on a data directory. */
export interface Product {
  origin: string
  /** How long it took to answer. */
  readyAfterMs: number
  /** Number of the PostgreSQL process now running for it. */
  serverPid(): number
  /** Log lines that call for a human. */
  errors: string[]
  kill(signal: NodeJS.Signals): Promise<void>
}

const root = join(import.meta.dirname, '../..')
const startWithinMs = 60_000

/** Starts the product, with further variables, and resolves once it is ready; rejects with what it said when it ends before. */
export async function startProduct(dataDirectory: string, port: number, more: Record<string, string> = {}): Promise<Product> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH, DATA_DIR: dataDirectory, PORT: String(port), TRUST_PROXY: '1', RATE_LIMIT: '0', ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const errors: string[] = []
  createInterface(child.stdout).on('line', (line) => {
    if (line.includes('"level":"error"')) errors.push(line)
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      said = (said + text).slice(-5_000)
    })
  }
  const origin = `http://localhost:${port}`
  await untilReady(origin, child, () => said)
  return {
    origin,
    readyAfterMs: Math.round(performance.now() - startedAt),
    serverPid: () => Number.parseInt(readFileSync(join(dataDirectory, 'postgres/postmaster.pid'), 'utf8'), 10),
    errors,
    kill: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill(signal)
      await ended
    },
  }
}

/** Resolves once the product says that it and its database are ready. */
export async function untilReady(origin: string, child?: ChildProcess, said = () => ''): Promise<void> {
  for (const giveUpAt = Date.now() + startWithinMs; ; await sleep(25)) {
    const answer = await fetch(`${origin}/health/ready`).catch(() => null)
    if (answer?.ok) return
    if (child && child.exitCode !== null) throw new Error(`The product ended while starting:\n${said()}`)
    if (Date.now() > giveUpAt) throw new Error(`The product was not ready within ${startWithinMs / 1000} s:\n${said()}`)
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
