/**
 * `npm run bench:deliveries [rows]`: deliveries of 40,000 invented premises on as many invented addresses, and one large file (default 2,000,000
 * rows, addresses by their official ids), on the product's own PostGIS, inside the limits of its connections. Prints the time of each
 * step, how many times as long it took as the first of its kind (which holds on a busy machine too), how long people wait for their pages
 * meanwhile and afterwards, and the memory at the peak. Ends with code 1 when judging 40,000 rows takes more than 20 s, publishing them
 * more than 15 s (others wait so long to write), a step fails, or judging takes more than 700 MB. On a machine with more work than cores
 * the seconds of computing count (of this process and of PostgreSQL), for the clock then measures the others. Takes some minutes and
 * 10 GB of disk.
 */
import { availableParallelism, loadavg } from 'node:os'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import type { Mapping } from '../../server/contract/deliveries.ts'
import { receive } from '../../server/deliveries/file.ts'
import { type DeliveryJobs, followDeliveries } from '../../server/deliveries/jobs.ts'
import { findDeliveries, findReasons, findRows } from '../../server/deliveries/queries.ts'
import { withCluster } from './cluster.ts'
import { computedSeconds } from './computing.ts'
import { addressOf, fill } from './invented-addresses.ts'

const mostSeconds = { judged: 20, published: 15 }
const mostMb = 700
const [streets, perStreet] = [1_250, 32]
const count = streets * perStreet
const large = Number(process.argv[2] ?? 2_000_000)
const say = (text: string) => process.stdout.write(`${text}\n`)
const seconds = (startedAt: number) => Math.round((performance.now() - startedAt) / 100) / 10
const peakMb = () => Math.round(process.resourceUsage().maxRSS / 1024)

type Line = (n: number) => string

const header = 'Lfd. Nr.;Straße;Hausnummer;Adresskennung;Objektart;WE;Status;Datum'
const streetOf = (n: number) => n % streets
const houseOf = (n: number) => Math.floor(n / streets) % perStreet

/** What an operator writes, with what is different this time. */
const lineOf =
  (changes: { id?: Line; street?: Line; official?: Line; state?: Line } = {}): Line =>
  (n) => {
    const { street, houseNumber, suffix } = addressOf(streetOf(n), houseOf(n))
    const spelt = n % 2 === 0 ? street.replace('straße', 'str.') : street
    const { id = () => `K-${n}`, official = () => '', state = () => 'HP' } = changes
    return [
      ...[id(n), changes.street?.(n) ?? spelt, `${houseNumber}${suffix}`, official(n)],
      ...['Wohnhaus', 1 + (n % 6), state(n), '15.03.2026'],
    ].join(';')
  }

function* csv(rows: number, line: Line): Generator<string> {
  let block = `${header}\n`
  for (let n = 0; n < rows; n += 1) {
    block += `${line(n)}\n`
    if (block.length < 1_000_000) continue
    yield block
    block = ''
  }
  yield block
}

const columns = {
  ...{ externalId: 'Lfd. Nr.', street: 'Straße', houseNumber: 'Hausnummer', addressId: 'Adresskennung' },
  ...{ kind: 'Objektart', units: 'WE', state: 'Status', stateOn: 'Datum' },
}

/** By their own ids, by the official ids of the addresses, or by address and kind alone. */
function mappingOf(name: string, by: 'address' | 'id' | 'official'): Mapping {
  const { externalId: _, addressId, ...rest } = columns
  const chosen = { address: rest, id: { ...columns, addressId }, official: columns }[by]
  return {
    ...{
      table: name.replace(/\.csv$/, ''),
      kind: 'premises',
      senderName: 'Messung',
      trueOn: '2026-03-31',
      crs: null,
      columns: chosen,
    },
    ...{ source: { citation: 'Messung', url: null }, values: {}, defaults: {}, isComplete: true },
  }
}

interface Bench {
  database: Knex
  jobs: DeliveryJobs
  dataDirectory: string
  /** Seconds the first step of each name took. */
  first: Map<string, number>
}

/** Waits for the end of a step; meanwhile asks for the inbox as people do, and tells the longest wait (ms). */
async function settled({ database }: Bench, id: number): Promise<{ status: string; problem: string | null; longestMs: number }> {
  for (let longestMs = 0; ; ) {
    const startedAt = performance.now()
    const { status, problem } = (await findDeliveries(database)).find((delivery) => delivery.id === id) ?? {
      status: 'lost',
      problem: null,
    }
    longestMs = Math.max(longestMs, Math.round(performance.now() - startedAt))
    if (!['reading', 'judging', 'publishing'].includes(status)) return { status, problem, longestMs }
    await sleep(200)
  }
}

/** Returns how long it took (s). */
async function step(bench: Bench, id: number, name: string, changes: Record<string, unknown>): Promise<number> {
  const startedAt = performance.now()
  const computedBefore = computedSeconds(bench.dataDirectory)
  await bench.database('deliveries').where('id', id).update(changes)
  bench.jobs.wake(id)
  const { status, problem, longestMs } = await settled(bench, id)
  const clock = seconds(startedAt)
  const computing = Math.round((computedSeconds(bench.dataDirectory) - computedBefore) * 10) / 10
  const took = (loadavg()[0] as number) > availableParallelism() ? Math.min(clock, computing) : clock
  const first = bench.first.get(name) ?? took
  bench.first.set(name, first)
  const share = `${clock} s, ${computing} s of them computing (${(took / first).toFixed(1)} times the first)`
  say(`  ${name}: ${share}; inbox shown in at most ${longestMs} ms meanwhile; memory at most ${peakMb()} MB so far`)
  if (status === 'failed' || status === 'refused') {
    process.exitCode = 1
    say(`  FAILED: ${problem}`)
  }
  return took
}

/** Takes in a file and judges it. Returns its id. */
async function judge(
  bench: Bench,
  title: string,
  { rows, line, by = 'id' }: { rows: number; line: Line; by?: Parameters<typeof mappingOf>[1] },
): Promise<number> {
  say(title)
  const { database } = bench
  const startedAt = performance.now()
  const id = await receive(database, Readable.from(csv(rows, line)), {
    name: 'messung.csv',
    actor: 'bench',
    actorName: 'Messung',
  })
  say(`  received: ${seconds(startedAt)} s`)
  await step(bench, id, 'read', { status: 'reading' })
  const took = await step(bench, id, 'judged', { status: 'judging', mapping: JSON.stringify(mappingOf('messung.csv', by)) })
  if (rows <= count) notLonger('judged', took)
  const counted: { judgement: string; n: number }[] = await database('delivery_rows')
    .where('delivery_id', id)
    .groupBy('judgement')
    .select('judgement')
    .count({ n: '*' })
  say(`  ${counted.map(({ judgement, n }) => `${n} ${judgement}`).join(', ')}`)
  for (const [name, ask] of [
    ['page of rows', () => findRows(database, id, {}, { limit: 100 })],
    ['reasons', () => findReasons(database, id, {})],
  ] as const) {
    const askedAt = performance.now()
    await ask()
    say(`  ${name}: ${Math.round(performance.now() - askedAt)} ms`)
  }
  return id
}

function notLonger(name: keyof typeof mostSeconds, took: number): void {
  if (took <= mostSeconds[name]) return
  process.exitCode = 1
  say(`  TOO LONG: more than ${mostSeconds[name]} s`)
}

const publish = (bench: Bench, id: number) =>
  step(bench, id, 'published', { status: 'publishing', publisher: JSON.stringify({ id: 'bench', name: 'Messung' }) })

async function run(bench: Bench): Promise<void> {
  say(`${count} addresses`)
  const first = await judge(bench, 'all new', { rows: count, line: lineOf() })
  notLonger('published', await publish(bench, first))
  const changed = { state: () => 'HC' }
  const second = await judge(bench, 'all changed by one field', { rows: count, line: lineOf(changed) })
  notLonger('published', await publish(bench, second))
  await publish(bench, await judge(bench, 'unchanged', { rows: count, line: lineOf(changed) }))
  await judge(bench, 'without ids, matched by address', { rows: count, line: lineOf(changed), by: 'address' })
  const misspelt: Line = (n) => addressOf(streetOf(n), 0).street.replace(/^(...)(.)(.)/, '$1$3$2')
  await judge(bench, 'every tenth street misspelt', {
    rows: count,
    line: (n) => lineOf(n % 10 === 0 ? { ...changed, street: misspelt } : changed)(n),
  })
  await judge(bench, 'no street known (a wrong column)', {
    rows: count,
    line: lineOf({ ...changed, street: (n) => `Auftrag ${n} Kunde` }),
  })
  await judge(bench, 'all streets different, none known, all like known ones', {
    rows: count,
    line: lineOf({ ...changed, street: (n) => `${addressOf(streetOf(n), 0).street.slice(2, 9)}er ${n} Feld` }),
  })
  const corrected = await judge(bench, 'the same day corrected', { rows: count, line: lineOf({ state: () => 'HA' }) })
  notLonger('published', await publish(bench, corrected))
  const official: Line = (n) => `denw${String(streetOf(n) + 1).padStart(5, '0')}${houseOf(n)}`
  const whole = await judge(bench, `${large} rows by official ids of addresses`, {
    rows: large,
    line: lineOf({ ...changed, official, street: () => '' }),
    by: 'official',
  })
  if (peakMb() > mostMb) process.exitCode = 1
  await publish(bench, whole)
}

await withCluster(async ({ database }, dataDirectory) => {
  await fill(database, streets, perStreet)
  const jobs = await followDeliveries(database, { announce: () => undefined })
  await run({ database, jobs, dataDirectory, first: new Map() })
  await jobs.close()
})
