import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Knex } from 'knex'
import { largestCoverageGb } from '../contract/coverage.ts'
import type { CoverageDataset } from '../contract/coverage-codes.ts'
import { invalid } from '../http/problem.ts'
import { writeReceived } from '../http/received-file.ts'
import { coverageDirectory, coverageFile } from './jobs.ts'
import { insertImport } from './queries.ts'

interface Sender {
  fileName: string
  wishedDataset: CoverageDataset | null
  actor: string
  actorName: string
}

/** Streams a file to disk, all of it or nothing. Returns the id of its import. Problem 413 when too large, 422 when empty. */
export async function receiveCoverageFile(
  database: Knex,
  dataDirectory: string,
  body: Readable,
  sender: Sender,
): Promise<number> {
  await mkdir(coverageDirectory(dataDirectory), { recursive: true })
  const path = join(coverageDirectory(dataDirectory), `${randomUUID()}.part`)
  try {
    const { bytes, sha256 } = await writeReceived(body, path, largestCoverageGb)
    if (bytes === 0) throw invalid([{ field: 'file', detail: 'Die Datei ist leer.' }])
    return await database.transaction(async (trx) => {
      const id = await insertImport(trx, { ...sender, bytes, sha256 })
      await rename(path, coverageFile(dataDirectory, id))
      return id
    })
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}
