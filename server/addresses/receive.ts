import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Knex } from 'knex'
import { largestRegisterBytes } from '../contract/addresses.ts'
import { FileRefused } from '../formats/format.ts'
import { Problem } from '../http/problem.ts'
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
    const { bytes, sha256 } = await keep(body, path)
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

async function keep(body: Readable, path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      hash.update(chunk)
      if (bytes > largestRegisterBytes) done(new Problem(413, 'Die Datei ist größer als 4 GB.'))
      else done(null, chunk)
    },
  })
  await pipeline(body, counted, createWriteStream(path))
  return { bytes, sha256: hash.digest('hex') }
}

function refusal(detail: string): Problem {
  return new Problem(422, detail, { errors: [{ field: 'file', detail }] })
}
