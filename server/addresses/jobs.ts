import type { Knex } from 'knex'
import { logError } from '../http/log.ts'
import { importDirectory, runImport } from './import.ts'
import { findOpenImports } from './queries.ts'
import { removeAbandoned } from './receive.ts'

/** The imports of this process: one after the other. */
export interface AddressImports {
  /** Puts a received import in the queue. */
  start(id: number): void
  /** Lets the running one go; it is taken up again at the next start. */
  close(): Promise<void>
}

/** Takes up what a crash or a stop left behind, and runs what is received from then on. */
export async function followAddressImports(database: Knex, dataDirectory: string): Promise<AddressImports> {
  const directory = importDirectory(dataDirectory)
  await removeAbandoned(directory)
  const stopping = new AbortController()
  let queue: Promise<void> = Promise.resolve()
  const start = (id: number) => {
    queue = queue
      .then(() => (stopping.signal.aborted ? undefined : runImport(database, directory, id, stopping.signal)))
      .catch(logError)
  }
  for (const id of await findOpenImports(database)) start(id)
  return {
    start,
    close: async () => {
      stopping.abort()
      await queue
    },
  }
}
