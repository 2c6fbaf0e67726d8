import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { formatDay } from '../contract/dates.ts'
import { formatNumber } from '../contract/numbers.ts'
import { FileRefused } from '../formats/format.ts'
import {
  type Applied,
  applyRegister,
  applyStreets,
  beginReading,
  endImport,
  findDoubled,
  findImport,
  findMunicipality,
  findRegister,
  keepBatch,
  noteRemarks,
} from './queries.ts'
import { readRegister } from './read-register.ts'
import { readStreetList } from './read-streets.ts'

/** Where received files wait below the data directory. */
export function importDirectory(dataDirectory: string): string {
  return join(dataDirectory, 'address-imports')
}

export function importFile(directory: string, id: number): string {
  return join(directory, `import-${id}`)
}

/**
 * Reads a received file and applies it as differences: all of it or nothing. What is wrong with the file ends the import with a
 * sentence. After a crash, or when `signal` stops the product, it can be run again and begins anew. Rejects on what nobody expected.
 */
export async function runImport(database: Knex, directory: string, id: number, signal?: AbortSignal): Promise<void> {
  const path = importFile(directory, id)
  try {
    const running = (await beginReading(database, id)) ? await findImport(database, id) : undefined
    if (!running) return
    await stat(path).catch(() => {
      throw new FileRefused('gone', 'Die Datei ist nicht mehr da: Bitte geben Sie sie noch einmal.')
    })
    const applied =
      running.kind === 'streets' ? await importStreets(database, id, path) : await importRegister(database, id, path, signal)
    if (applied && 'olderByDays' in applied) throw new FileRefused('older', olderText(applied, await findRegister(database)))
    if (applied && 'tooManyVanish' in applied) throw new FileRefused('vanishing', vanishingText(applied))
  } catch (error) {
    if (signal?.aborted) return
    const sentence =
      error instanceof FileRefused
        ? error.message
        : 'Es ist ein unerwarteter Fehler aufgetreten. Er wurde protokolliert; es wurde nichts geändert.'
    await endImport(database, id, error instanceof FileRefused ? 'refused' : 'failed', sentence)
    if (!(error instanceof FileRefused)) throw error
  }
  await rm(path, { force: true })
}

async function importRegister(database: Knex, id: number, path: string, signal?: AbortSignal): Promise<Applied | null> {
  for await (const batch of readRegister(path, await findMunicipality(database), signal)) {
    if (!(await keepBatch(database, id, batch))) return null
  }
  await noteRemarks(database, id, await findDoubled(database, id))
  return applyRegister(database, id)
}

async function importStreets(database: Knex, id: number, path: string): Promise<Applied | null> {
  return applyStreets(database, id, await readStreetList(path))
}

function vanishingText({ tooManyVanish = 0, of = 0 }: Applied): string {
  return `In der Datei fehlen ${formatNumber(tooManyVanish, 'de', 0)} von ${formatNumber(of, 'de', 0)} Adressen, die bisher im Register stehen. Es wurde nichts geändert. Wenn das so stimmt, geben Sie die Datei noch einmal und bestätigen Sie, dass viele Adressen wegfallen dürfen.`
}

function olderText({ olderByDays = 0 }: Applied, { registerDate }: { registerDate: string | null }): string {
  return `Die Datei ist ${formatNumber(olderByDays, 'de', 0)} Tage älter als das Register (Stand ${formatDay(registerDate ?? '', 'de')}). Es wurde nichts geändert. Wenn der ältere Stand wieder gelten soll, geben Sie die Datei noch einmal und bestätigen Sie das.`
}
