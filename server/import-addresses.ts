/** `npm run addresses -- <file>`: imports a file of the address register, whether or not the product runs. */
import { createReadStream } from 'node:fs'
import { basename, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import { loadContent } from '../data/leverkusen/load.ts'
import { importDirectory, runImport } from './addresses/import.ts'
import { findImport } from './addresses/queries.ts'
import { receiveFile } from './addresses/receive.ts'
import { loadConfig } from './config.ts'
import { borrowDatabase } from './database/borrow.ts'
import { connect } from './database/connect.ts'
import { migrate } from './database/migrate.ts'

const usage = 'Aufruf: npm run addresses -- <gebref.txt oder .zip> [--viele-fallen-weg]'
const reportMs = 2_000

try {
  const words = process.argv.slice(2)
  const acceptsVanishing = words.includes('--viele-fallen-weg')
  const [file, ...rest] = words.filter((word) => word !== '--viele-fallen-weg')
  if (!file || rest.length > 0) throw new Error(usage)
  const config = loadConfig()
  await borrowDatabase(config, false, async ({ address }) => {
    await migrate(address)
    const { database, close } = connect(address)
    try {
      await loadContent(database)
      await importFile(database, importDirectory(config.dataDir), resolve(file), acceptsVanishing)
    } finally {
      await close()
    }
  })
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}

async function importFile(database: Knex, directory: string, path: string, acceptsVanishing: boolean): Promise<void> {
  const id = await receiveFile(database, directory, createReadStream(path), {
    fileName: basename(path),
    acceptsVanishing,
    actor: 'npm run addresses',
    actorName: 'Administration',
  })
  const finished = new AbortController()
  const reporting = report(database, id, finished.signal)
  try {
    await runImport(database, directory, id)
  } finally {
    finished.abort()
    await reporting
  }
  const done = await findImport(database, id)
  if (done?.status !== 'done') throw new Error(done?.problem ?? 'Der Import ist fehlgeschlagen.')
  const counts = Object.entries(done.result ?? {}).map(([name, count]) => `${name} ${count}`)
  process.stdout.write(`Übernommen: ${done.kept} von ${done.lines} Zeilen (${counts.join(', ')})\n`)
}

async function report(database: Knex, id: number, signal: AbortSignal): Promise<void> {
  while (await sleep(reportMs, true, { signal }).catch(() => false)) {
    const { bytes = 1, bytesRead = 0, lines = 0 } = (await findImport(database, id)) ?? {}
    process.stdout.write(`${Math.round((100 * bytesRead) / bytes)} % gelesen, ${lines} Zeilen\n`)
  }
}
