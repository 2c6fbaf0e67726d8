import { createWriteStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Knex } from 'knex'
import { invalid } from '../http/problem.ts'
import { writeReceived } from '../http/received-file.ts'

const largestGb = 2
const partBytes = 2 ** 20

/** Streams a file to disk and from there into the database, all of it or nothing. Returns the id of the new delivery. */
export async function receive(
  database: Knex,
  body: Readable,
  { name, actor, actorName }: { name: string; actor: string; actorName: string },
): Promise<number> {
  return inDirectory(async (path) => {
    const { bytes, sha256 } = await writeReceived(body, path, largestGb)
    if (bytes === 0) throw invalid([{ field: 'file', detail: 'Die Datei ist leer.' }])
    return database.transaction(async (trx) => {
      const row = { file_name: name, bytes, sha256, actor, actor_name: actorName }
      const [{ id }] = await trx('deliveries').insert(row).returning('id')
      await writeParts(trx, id, path)
      return id
    })
  })
}

/** Gives the raw file of a delivery to `work` as a file on disk. */
export async function withRawFile<Result>(database: Knex, id: number, work: (path: string) => Promise<Result>): Promise<Result> {
  return inDirectory(async (path) => {
    await pipeline(readParts(database, id), createWriteStream(path))
    return work(path)
  })
}

async function* readParts(database: Knex, id: number): AsyncIterable<Buffer> {
  for (let part = 0; ; part += 1) {
    const row = await database('delivery_parts').where({ delivery_id: id, part }).first('bytes')
    if (!row) return
    yield row.bytes
  }
}

async function inDirectory<Result>(work: (path: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'ausbauatlas-delivery-'))
  try {
    return await work(join(directory, 'file'))
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function writeParts(trx: Knex.Transaction, id: number, path: string): Promise<void> {
  await using file = await open(path)
  for (let part = 0; ; part += 1) {
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(partBytes), position: part * partBytes })
    if (bytesRead === 0) return
    await trx('delivery_parts').insert({ delivery_id: id, part, bytes: buffer.subarray(0, bytesRead) })
  }
}
