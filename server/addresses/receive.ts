import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Knex } from 'knex'
import { largestRegisterGb } from '../contract/addresses.ts'
import { FileRefused } from '../formats/format.ts'
import { Problem } from '../http/problem.ts'
import { writeReceived } from '../http/received-file.ts'
import { importFile } from './import.ts'
import { insertImport } from './queries.ts'
import { isStreetList } from './read-streets.ts'

interface Sender {
  fileName: string
  acceptsVanishing: boolean
  actor: string
  actorName: string
}

/**
 * Streams a file to disk, whatever its size, and puts it in the queue of imports. Returns the id of the import.
 * Problem 413 when it is larger than allowed, 422 when it is empty or a broken zip.
 */
export async function receiveFile(database: Knex, directory: string, body: Readable, sender: Sender): Promise<number> {
  await mkdir(directory, { recursive: true })
  const path = join(directory, `${randomUUID()}.part`)
  try {
    const { bytes, sha256 } = await writeReceived(body, path, largestRegisterGb)
    if (bytes === 0) throw refusal('Die Datei ist leer.')
    const kind = (await isStreetList(path).catch((error: unknown) => {
      throw error instanceof FileRefused ? refusal(error.message) : error
    }))
      ? 'streets'
      : 'register'
    return await database.transaction(async (trx) => {
      const id = await insertImport(trx, { ...sender, bytes, sha256, kind })
      await rename(path, importFile(directory, id))
      return id
    })
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

/** Nobody is still sending a file that has not grown for this long. */
const abandonedMs = 24 * 3_600_000

/** Removes what a crash left of files that were being received. */
export async function removeAbandoned(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => [])
  for (const name of names.filter((one) => one.endsWith('.part'))) {
    const { mtimeMs } = await stat(join(directory, name))
    if (Date.now() - mtimeMs > abandonedMs) await rm(join(directory, name), { force: true })
  }
}

function refusal(detail: string): Problem {
  return new Problem(422, detail, { errors: [{ field: 'file', detail }] })
}
