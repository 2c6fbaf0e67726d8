/**
 * `npm run bench:coverage [rows]`: an invented drive test (default 1,000,000 rows; a tenth of it first) read from CSV and aggregated on the
 * 100 m grid, its import as an edition, then the public figures over 40 editions of every operator and technology, on the product's own
 * PostGIS. Prints seconds, how many times as long as a tenth of it took, and the memory at the peak. Ends with code 1 when reading takes
 * more than 30 s or the process more than 500 MB. On a machine with more work than cores the seconds of computing count, as in
 * deliveries.ts. Takes some minutes and 2 GB of disk.
 */
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Knex } from 'knex'
import type { CoverageFound } from '../../server/contract/coverage.ts'
import { importEdition } from '../../server/coverage/editions.ts'
import { findComparisons, findTrend, findWorstCells } from '../../server/coverage/figures.ts'
import { insertImport } from '../../server/coverage/queries.ts'
import { readCoverage } from '../../server/coverage/read.ts'
import { withCluster } from './cluster.ts'
import { computedSeconds } from './computing.ts'

const rows = Number(process.argv[2] ?? 1_000_000)
const mostSeconds = 30
const mostMb = 500
const editions = 40
const say = (text: string) => process.stdout.write(`${text}\n`)
const peakMb = () => Math.round(process.resourceUsage().maxRSS / 1024)
const user = { id: 'bench', name: 'Messung', username: 'bench', roles: [] }

/** Numbers from 0 to 1, the same on every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** A truck that turns now and then, back into the city when it has left it; every fifth second each of four phones measures. */
function* drive(count: number): Generator<string> {
  const random = seeded(7)
  let [longitude, latitude, direction] = [6.99, 51.04, 0]
  let block = 'Zeit;Laenge;Breite;PLMN;Technik;RSRP;RSRQ\n'
  for (let n = 0; n < count; n += 1) {
    if (n % 4 === 0) {
      if (random() < 0.05) direction += (random() - 0.5) * Math.PI
      if (longitude < 6.92 || longitude > 7.1 || latitude < 51.02 || latitude > 51.09)
        direction = Math.atan2(51.05 - latitude, 7 - longitude)
      longitude += 0.0004 * Math.cos(direction)
      latitude += 0.00025 * Math.sin(direction)
    }
    const moment = new Date(Date.UTC(2026, 4, 4) + Math.floor(n / 4) * 5_000).toISOString()
    const plmn = ['26201', '26202', '26203', '26223'][n % 4]
    const level = (-70 - 50 * random()).toFixed(1).replace('.', ',')
    block += `${moment};${longitude.toFixed(6)};${latitude.toFixed(6)};${plmn};${random() < 0.7 ? 'LTE' : '5G NSA'};${level};-${(8 + 8 * random()).toFixed(1).replace('.', ',')}\n`
    if (block.length < 1_000_000) continue
    yield block
    block = ''
  }
  yield block
}

interface Bench {
  database: Knex
  dataDirectory: string
}

/** Seconds by the clock, or of computing where others have the cores. */
async function timed<Result>({ dataDirectory }: Bench, name: string, work: () => Promise<Result>) {
  const [startedAt, before] = [performance.now(), computedSeconds(dataDirectory)]
  const result = await work()
  const clock = (performance.now() - startedAt) / 1000
  const computing = computedSeconds(dataDirectory) - before
  const took = (loadavg()[0] as number) > availableParallelism() ? Math.min(clock, computing) : clock
  say(`  ${name}: ${clock.toFixed(2)} s, ${computing.toFixed(2)} s of them computing; memory at most ${peakMb()} MB so far`)
  return { took, result }
}

async function readDrive(bench: Bench, count: number): Promise<{ id: number; took: number }> {
  say(`drive test of ${count} rows`)
  const path = join(bench.dataDirectory, `fahrt-${count}.csv`)
  await pipeline(Readable.from(drive(count)), createWriteStream(path))
  const file = {
    fileName: 'fahrt.csv',
    bytes: 1,
    sha256: 'a'.repeat(64),
    wishedDataset: null,
    actor: 'bench',
    actorName: 'Messung',
  }
  const id = await insertImport(bench.database, file)
  const signal = new AbortController().signal
  const waiting = { id, fileName: 'fahrt.csv', wishedDataset: null }
  const { took } = await timed(bench, 'read and aggregated', () =>
    readCoverage(bench.database, path, waiting, { signal, onProgress: () => undefined }),
  )
  const { found } = (await bench.database('coverage_imports').where('id', id).first('found')) as { found: CoverageFound }
  const cells = found.parts.reduce((sum, part) => sum + part.cells, 0)
  say(`  ${found.used} used, ${found.outside} outside; ${found.cells} cells, ${cells} with operator and technology`)
  return { id, took }
}

/** Editions of every operator and technology, a tenth of the cells missing in each. */
async function fillEditions({ database }: Bench, changeId: number): Promise<void> {
  const parts = `unnest(array['telekom', 'vodafone', 'telefonica', '1und1']) o (operator), unnest(array['2g', '4g', '5g', '5g_sa']) t (technology)`
  await database.transaction(async (trx) => {
    await trx.raw('set local statement_timeout = 0')
    const patient = { query_timeout: 600_000 }
    await trx.raw(
      `insert into coverage_editions (dataset, title, true_on, holds_from, source_id, attribution, file_name, sha256, change_id, known_from)
       select 'authority_coverage', 'Ausgabe ' || n, (date '2016-01-01' + 90 * n)::text, date '2016-01-01' + 90 * n, (select max(id) from sources), 'Messung',
         'm', repeat('b', 64), ?, now() from generate_series(1, ${editions}) n`,
      [changeId],
    )
    await trx.raw(
      `insert into coverage_parts select e.id, o.operator, t.technology from coverage_editions e, ${parts} where e.dataset = 'authority_coverage'`,
    )
    await trx
      .raw(
        `insert into coverage_cells (edition_id, cell, operator, technology)
         select p.edition_id, g.cell, p.operator, p.technology from coverage_parts p join coverage_editions e on e.id = p.edition_id, coverage_grid g
         where e.dataset = 'authority_coverage' and (g.east / 100 + g.north / 100 + e.id) % 10 > 0`,
      )
      .options(patient)
    await trx.raw('analyze coverage_cells')
    await trx.raw('select sum_coverage()').options(patient)
  })
}

await withCluster(async ({ database }, dataDirectory) => {
  await mkdir(dataDirectory, { recursive: true })
  const bench = { database, dataDirectory }
  const tenth = await readDrive(bench, Math.round(rows / 10))
  const whole = await readDrive(bench, rows)
  say(
    `  ${(whole.took / tenth.took).toFixed(1)} times as long as a tenth of it; ${Math.round(rows / whole.took)} rows per second`,
  )
  if (whole.took > mostSeconds) {
    process.exitCode = 1
    say(`  TOO LONG: more than ${mostSeconds} s`)
  }
  if (peakMb() > mostMb) {
    process.exitCode = 1
    say(`  TOO MUCH MEMORY: more than ${mostMb} MB`)
  }
  const wish = {
    dataset: 'drive_test',
    title: 'Messfahrt',
    trueOn: '2026-08',
    operator: null,
    technology: null,
    attribution: 'Messung',
  } as const
  const more = { source: { citation: 'Messung', url: null }, methodNote: null, methodBreak: null, missingIsNone: false }
  const { result } = await timed(bench, 'imported', () => importEdition(database, whole.id, { ...wish, ...more }, user))
  say(`${editions} editions of 16 operators and technologies`)
  await fillEditions(bench, result.revision)
  const clocks = { asOf: '2026-11-20', knownAt: null }
  const question = { ...clocks, dataset: 'authority_coverage', usableFromDbm: -110 } as const
  await timed(bench, 'table of the districts', () =>
    database.raw('select count(*) from layer_mobile_coverage_districts(current_date, now())'),
  )
  await timed(bench, 'trend', () => findTrend(database, clocks))
  await timed(bench, 'comparison', () => findComparisons(database, question))
  await timed(bench, 'worst cells', () => findWorstCells(database, question, 100))
})
