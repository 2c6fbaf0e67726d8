/**
 * `npm run test:kill [rounds]`: kills the product and PostgreSQL with kill -9 while changes are being published, and checks after
 * each recovery that no acknowledged change is lost and the history fits together. Nobody helps: the product is only started again.
 */
import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from '../server/database/connect.ts'
import { faultsInHistory } from './support/check-history.ts'
import { temporaryDirectory } from './support/cluster.ts'
import { freePort, type Product, startProduct, untilReady } from './support/product.ts'
import { signIn } from './support/sign-in.ts'
import { type Acknowledged, startWriters } from './support/writers.ts'

const victims = ['product', 'PostgreSQL', 'both'] as const
const rounds = Number(process.argv[2] ?? 10)
const dataDirectory = await temporaryDirectory()
const port = await freePort()
const address = { host: `${dataDirectory}/postgres-socket`, user: 'ausbauatlas', database: 'ausbauatlas' }

let product = await startProduct(dataDirectory, port)
const { database, close } = connect(address)
const client = await signIn(
  { url: product.origin, context: { config: { publicBaseUrl: product.origin }, database } },
  'gigabitCoordinator',
)
const acknowledged: Acknowledged[] = []
let faults = 0

try {
  for (const victim of victims) for (let round = 1; round <= rounds; round++) await play(victim, round)
  say(`${acknowledged.length} acknowledged changes, ${faults} faults`)
} finally {
  await close()
  await product.kill('SIGTERM')
  await rm(dataDirectory, { recursive: true, force: true })
}
process.exitCode = faults === 0 && acknowledged.length > 0 ? 0 : 1

async function untilFirstWritten(acknowledgedNow: readonly Acknowledged[]): Promise<void> {
  for (let waitedMs = 0; acknowledgedNow.length === 0 && waitedMs < 15_000; waitedMs += 20) await sleep(20)
}

async function play(victim: (typeof victims)[number], round: number): Promise<void> {
  const writers = startWriters(client)
  // On a slow machine the first change may take longer than the wait: a kill before it would prove nothing.
  await untilFirstWritten(writers.acknowledged)
  await sleep(300 + Math.random() * 1_000)
  const before = writers.acknowledged.length
  const killedAt = performance.now()
  const struck = product
  const killed = await strike(victim, struck)
  product = killed ? await startProduct(dataDirectory, port) : product
  const recoveredMs = await untilWrittenAgain(writers.acknowledged, killedAt)
  await writers.stop()
  acknowledged.push(...writers.acknowledged)
  const found = await faultsInHistory(database, acknowledged)
  if (before === 0) found.push('nothing had been written when it was killed')
  // What the product could not explain to itself: a database that dies must be met as one that is away, never as a surprise.
  found.push(...struck.errors.splice(0).map((line) => `unexpected: ${line}`))
  faults += found.length
  const after = writers.acknowledged.length - before
  const refused = [...writers.refused].map(([status, times]) => `${status}: ${times}`).join(', ')
  say(`${victim} ${round}: ${before} changes before, ${after} after; writing again after ${recoveredMs} ms; refused ${refused}`)
  for (const fault of found) say(`  FAULT ${fault}`)
}

/** Returns whether the product has to be started again. */
async function strike(victim: (typeof victims)[number], { kill, serverPid, origin }: Product): Promise<boolean> {
  if (victim !== 'product') process.kill(serverPid(), 'SIGKILL')
  if (victim !== 'PostgreSQL') await kill('SIGKILL')
  else await untilReady(origin)
  return victim !== 'PostgreSQL'
}

/** Recovered means: a change begun after the kill has been acknowledged. */
async function untilWrittenAgain(written: readonly Acknowledged[], killedAt: number): Promise<number> {
  const alreadyOnTheWayMs = 100
  for (const giveUpAt = Date.now() + 60_000; Date.now() < giveUpAt; await sleep(10)) {
    const first = written.find(({ at }) => at > killedAt + alreadyOnTheWayMs)
    if (first) return Math.round(first.at - killedAt)
  }
  throw new Error('Nothing could be written within a minute after the kill.')
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
