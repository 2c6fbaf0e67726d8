/**
 * `node test/bench/formats.ts [rows]`: memory and time of large files, each in a process of its own. Times compare only within one
 * run. Ends with code 1 when reading takes more memory than it may, however many the rows.
 */
import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import type { RowToWrite, TableToWrite } from '../../server/formats/index.ts'
import { openFile, writeCsv, writeGeoJson, writeGeoPackage, writeXlsx } from '../../server/formats/index.ts'

const text = (de: string) => ({ de, en: de })
const fields: TableToWrite['fields'] = [
  { name: 'id', label: text('Kennung'), type: 'text' },
  { name: 'street', label: text('Straße'), type: 'text' },
  { name: 'houseNumber', label: text('Hausnummer'), type: 'text' },
  { name: 'households', label: text('Wohneinheiten'), type: 'integer' },
  { name: 'lengthM', label: text('Länge'), type: 'number' },
  { name: 'passedOn', label: text('Versorgt am'), type: 'date' },
  { name: 'state', label: text('Zustand'), type: 'text' },
]
const states = ['passed', 'connected', 'activated', 'prepared']

function* rowsOf(count: number, isInDegrees: boolean): Generator<RowToWrite> {
  for (let n = 0; n < count; n++) {
    const values = {
      id: String(5_316_000_000 + n).padStart(16, '0'),
      street: `Müllerstraße ${n % 1_250}`,
      houseNumber: `${n % 200}${n % 7 === 0 ? 'a' : ''}`,
      households: n % 12,
      lengthM: (n % 100_000) / 8,
      passedOn: `2024-${String((n % 12) + 1).padStart(2, '0')}-15`,
      state: states[n % 4] as string,
    }
    const [x, y] = isInDegrees
      ? [6.9 + (n % 1_000) / 1e4, 51 + (n % 997) / 1e4]
      : [355_000 + (n % 10_000), 5_650_000 + (n % 9_973)]
    yield { values, geometry: { type: 'Point', coordinates: [x, y] } }
  }
}

const tableOf = (count: number, isInDegrees = false): TableToWrite => ({
  name: 'premises',
  title: text('Adressen'),
  fields,
  geometry: { type: 'Point', epsg: isInDegrees ? 4326 : 25832 },
  rows: rowsOf(count, isInDegrees),
})

async function* gebref(count: number): AsyncGenerator<string> {
  let piece = 'oid;straße;hausnr;ost;nord;datum;länge\n'
  for (let n = 0; n < count; n++) {
    piece += `DENW${n};Müllerstraße;${n % 200};${355_000 + (n % 10_000)},${n % 1_000};${5_650_000 + (n % 9_973)},5;01.0${(n % 9) + 1}.2024;${n % 977},25\n`
    if (piece.length < 65_536) continue
    yield piece
    piece = ''
  }
  yield piece
}

const knownAt = '2026-11-20T10:00:00Z'
const writers: Record<string, (path: string, count: number) => Promise<void>> = {
  'foreign.csv': (path, count) => pipeline(gebref(count), createWriteStream(path, 'utf8')),
  'excel.csv': (path, count) => writeCsv(path, tableOf(count), 'excel'),
  'x.xlsx': (path, count) => writeXlsx(path, [tableOf(count)]),
  'x.geojson': (path, count) => writeGeoJson(path, tableOf(count, true)),
  'x.gpkg': (path, count) => writeGeoPackage(path, [tableOf(count)], { knownAt }),
}

async function read(path: string): Promise<number> {
  await using file = await openFile(path, { name: path })
  let count = 0
  for await (const { rows } of file.readRows(file.tables[0]?.name ?? '')) count += rows.length
  return count
}

interface Figures {
  seconds: number
  peakMb: number
}

/** Runs one step in a fresh process, so that its peak is its own. */
function measure(step: 'write' | 'read', path: string, count: number): Promise<Figures> {
  return new Promise((resolve, reject) => {
    const words = [fileURLToPath(import.meta.url), step, path, String(count)]
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
    let answer = ''
    child.stdout.on('data', (chunk: Buffer) => {
      answer += chunk
    })
    child.once('exit', (code) =>
      code === 0 ? resolve(JSON.parse(answer) as Figures) : reject(new Error(`${step} ${path} failed`)),
    )
  })
}

async function runStep(step: string, path: string, count: number): Promise<void> {
  const startedAt = performance.now()
  if (step === 'write') await writers[path.split('/').at(-1) as string]?.(path, count)
  else if ((await read(path)) !== count) throw new Error('rows are missing')
  const figures: Figures = { seconds: (performance.now() - startedAt) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 }
  process.stdout.write(JSON.stringify(figures))
}

/** A reader may take this much at its peak, however long the file; the process alone takes about 60 MB, GDAL 180 MB. */
const mostMb = 400

/** Share of the rows each format is tried with, and of a tenth of them. */
const trials: [string, number][] = [
  ['foreign.csv', 1],
  ['excel.csv', 0.25],
  ['x.geojson', 0.25],
  ['x.xlsx', 0.25],
  ['x.gpkg', 0.1],
]

async function runAll(most: number): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'ausbauatlas-bench-'))
  try {
    for (const [name, share] of trials) {
      for (const count of [Math.ceil((most * share) / 10), Math.ceil(most * share)]) {
        const path = join(directory, name)
        const written = await measure('write', path, count)
        const found = await measure('read', path, count)
        if (found.peakMb > mostMb) process.exitCode = 1
        const size = (await stat(path)).size / 2 ** 20
        const figures = [written, found].map(({ seconds, peakMb }) => `${seconds.toFixed(1)} s, peak ${peakMb.toFixed(0)} MB`)
        process.stdout.write(
          `${name.padEnd(12)} ${String(count).padStart(8)} rows ${size.toFixed(0).padStart(4)} MB: written in ${figures[0]}, read in ${figures[1]}\n`,
        )
      }
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

const [step = '', path, count] = process.argv.slice(2)
if (path === undefined) await runAll(Number(step || 2_000_000))
else await runStep(step, path, Number(count))
