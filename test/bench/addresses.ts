/**
 * `npm run bench:addresses`: search and matching over 40,000 and over 5 million invented addresses, and the import of an invented register of
 * the whole Land (5 million lines, one city's worth kept), on the product's own PostGIS. Prints p50 and p95 in ms, time and memory.
 * Ends with code 1 when a p95 exceeds 30 ms or the import 500 MB. Takes some minutes and 3 GB of disk.
 */
import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Knex } from 'knex'
import { loadHits } from '../../server/portal/search.ts'
import { withCluster } from './cluster.ts'
import { type Address, addressOf, fill, patient } from './invented-addresses.ts'

const asked = 200
const mostMs = 30
const mostMb = 500
const say = (text: string) => process.stdout.write(`${text}\n`)

/** Numbers from 0 to 1, the same on every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const transposed = (text: string) => `${text.slice(0, 3)}${text[4]}${text[3]}${text.slice(5)}`

/** What people type, by kind. */
const kinds: Record<string, (address: Address) => string> = {
  'beginning of a street': ({ street }) => street.slice(0, 5),
  'three letters': ({ street }) => street.slice(0, 3),
  street: ({ street }) => street,
  'street and number': ({ street, houseNumber, suffix }) => `${street} ${houseNumber}${suffix}`,
  '"str.", number and letter apart': ({ street, houseNumber, suffix }) =>
    `${street.replace('straße', 'str.')} ${houseNumber} ${suffix}`,
  'umlauts spelt out': ({ street, houseNumber }) => `${street.replace('ü', 'ue').replace('ö', 'oe')} ${houseNumber}`,
  'word in the middle': ({ street }) => street.slice(4, 12),
  'typing error': ({ street, houseNumber }) => `${transposed(street)} ${houseNumber}`,
  'nothing found': () => 'Qxyzwv Jkvbnm 7',
}

async function measure(work: (turn: number) => Promise<unknown>): Promise<{ p50: number; p95: number }> {
  const times: number[] = []
  for (let turn = 0; turn < asked; turn++) {
    const startedAt = performance.now()
    await work(turn)
    times.push(performance.now() - startedAt)
  }
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round((sorted[Math.floor(share * asked)] ?? 0) * 10) / 10
  return { p50: at(0.5), p95: at(0.95) }
}

async function measureAll(database: Knex, streets: number, perStreet: number): Promise<number> {
  let slowest = 0
  const random = seeded(20_261_121)
  const some = Array.from({ length: asked }, () => addressOf(Math.floor(random() * streets), Math.floor(random() * perStreet)))
  const one = (turn: number) => some[turn] as Address
  for (const [kind, typed] of Object.entries(kinds)) {
    const { p50, p95 } = await measure((turn) => loadHits(database, typed(one(turn)).slice(0, 100)))
    slowest = Math.max(slowest, p95)
    say(`  search, ${kind}: p50 ${p50} ms, p95 ${p95} ms`)
  }
  const matched = await measure((turn) =>
    database.raw('select * from match_address(:street, :houseNumber, :suffix)', {
      ...one(turn),
      houseNumber: String(one(turn).houseNumber),
    }),
  )
  slowest = Math.max(slowest, matched.p95)
  say(`  match one: p50 ${matched.p50} ms, p95 ${matched.p95} ms`)
  await measureMany(database, streets, perStreet)
  return slowest
}

/** 40,000 rows of a delivery, every twentieth with an error in the street. */
async function measureMany(database: Knex, streets: number, perStreet: number): Promise<void> {
  const random = seeded(7)
  const rows = Array.from({ length: 40_000 }, (_, n) => {
    const { street, houseNumber, suffix } = addressOf(
      Math.floor(random() * Math.min(streets, 1_248)),
      Math.floor(random() * perStreet),
    )
    return {
      street: n % 20 === 0 ? transposed(street) : street.replace('straße', 'str.'),
      houseNumber: `${houseNumber}${suffix}`,
    }
  })
  const startedAt = performance.now()
  const { rows: found } = (await database.transaction(async (trx) => {
    await trx.raw('set local statement_timeout = 0')
    return trx
      .raw('select count(*) filter (where confidence > 0.9) as sure, count(*) from match_addresses(cast(? as jsonb))', [
        JSON.stringify(rows),
      ])
      .options(patient)
  })) as { rows: [{ sure: number; count: number }] }
  const seconds = Math.round(performance.now() - startedAt) / 1000
  say(`  match 40,000 rows at once: ${seconds} s, ${found[0].sure} of ${found[0].count} sure`)
}

/** Lines of an invented register of the Land: every 125th is of the city. */
function* registerLines(count: number): Generator<string> {
  let block = ''
  for (let n = 0; n < count; n++) {
    const isOwn = n % 125 === 0
    const { street, houseNumber, suffix } = addressOf(isOwn ? (n / 125) % 1_248 : n % 90_000, Math.floor(n / 125 / 1_248) % 60)
    const place = isOwn
      ? '05;Nordrhein-Westfalen;3;Köln;16;Leverkusen;000;Leverkusen'
      : '05;Nordrhein-Westfalen;3;Köln;15;Köln;000;Köln'
    const key = String(isOwn ? 1_001 + ((n / 125) % 1_248) : 10_000 + (n % 90_000)).padStart(5, '0')
    const east = (354_000 + (n % 9_000)).toFixed(3)
    const north = (5_652_000 + (n % 7_000)).toFixed(3)
    block += `N;DENW${String(n).padStart(12, '0')};A;${place};0000;;${key};${street};${houseNumber};${suffix};32;${east};${north};2026-01-15\n`
    if (block.length > 1_000_000) {
      yield block
      block = ''
    }
  }
  yield block
}

/** The import as the administrator runs it, with its memory at the peak (MB) and its time (s). */
function importRegister(dataDirectory: string, file: string): Promise<{ mb: number; seconds: number; code: number | null }> {
  const telling = "process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + '\\n'))"
  const startedAt = performance.now()
  const child = spawn(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(telling)}`, 'server/import-addresses.ts', file, '--viele-fallen-weg'],
    { env: { ...process.env, DATA_DIR: dataDirectory, DATABASE_URL: '' }, stdio: ['ignore', 'inherit', 'pipe'] },
  )
  let said = ''
  child.stderr.on('data', (text: Buffer) => {
    said += text
  })
  return new Promise((resolve) =>
    child.once('close', (code) => {
      const mb = Math.round(Number(/peak (\d+)/.exec(said)?.[1] ?? 0) / 1024)
      if (code !== 0) say(said)
      resolve({ mb, seconds: Math.round((performance.now() - startedAt) / 100) / 10, code })
    }),
  )
}

await withCluster(async ({ database }, dataDirectory) => {
  say('40,000 addresses on 1,250 streets')
  await fill(database, 1_250, 32)
  let slowest = await measureAll(database, 1_250, 32)

  const file = join(dataDirectory, 'gebref.txt')
  await pipeline(Readable.from(registerLines(5_000_000)), createWriteStream(file))
  say('Register of 5,000,000 lines')
  const imported = await importRegister(dataDirectory, file)
  say(`  imported in ${imported.seconds} s, memory at most ${imported.mb} MB`)
  await rm(file)

  say('5,000,000 addresses on 99,000 streets')
  await fill(database, 99_000, 51)
  slowest = Math.max(slowest, await measureAll(database, 99_000, 51))
  if (slowest > mostMs || imported.mb > mostMb || imported.code !== 0) process.exitCode = 1
})
