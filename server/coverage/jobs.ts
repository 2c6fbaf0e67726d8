import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { FileRefused } from '../formats/index.ts'
import { logError } from '../http/log.ts'
import { endImport, findImport, findUnread, noteProgress, type WaitingImport } from './queries.ts'
import { readCoverage } from './read.ts'

/** The reading of received files in this process: one after the other. */
export interface CoverageJobs {
  /** Reads a received file. */
  wake(id: number): void
  /** Stops reading it, if it is being read. */
  cancel(id: number): void
  /** Lets the running one go; it is taken up again at the next start. */
  close(): Promise<void>
}

/** Where received files wait below the data directory until they are read; then they are deleted. */
export function coverageDirectory(dataDirectory: string): string {
  return join(dataDirectory, 'coverage-imports')
}

export function coverageFile(dataDirectory: string, id: number): string {
  return join(coverageDirectory(dataDirectory), `import-${id}`)
}

/** Takes up what a crash or a stop left unread, removes files nobody waits for, and reads what is received from then on. */
export async function followCoverage(database: Knex, dataDirectory: string): Promise<CoverageJobs> {
  const stopping = new AbortController()
  const running = new Map<number, AbortController>()
  let queue: Promise<void> = Promise.resolve()
  const read = async (id: number) => {
    const abort = new AbortController()
    running.set(id, abort)
    const signal = AbortSignal.any([abort.signal, stopping.signal])
    try {
      if (!stopping.signal.aborted) await readOne(database, dataDirectory, id, signal)
    } finally {
      running.delete(id)
      if (!stopping.signal.aborted) await rm(coverageFile(dataDirectory, id), { force: true })
    }
  }
  const wake = (id: number) => {
    queue = queue.then(() => read(id)).catch(logError)
  }
  const unread = await findUnread(database)
  await removeStray(dataDirectory, unread)
  for (const { id } of unread) wake(id)
  return {
    wake,
    cancel: (id) => running.get(id)?.abort(),
    close: async () => {
      stopping.abort()
      await queue
    },
  }
}

async function readOne(database: Knex, dataDirectory: string, id: number, signal: AbortSignal): Promise<void> {
  const waiting = (await findUnread(database)).find((one) => one.id === id)
  if (!waiting) return
  const path = coverageFile(dataDirectory, id)
  try {
    await stat(path).catch(() => {
      throw new FileRefused('gone', 'Die Datei ist nicht mehr da: Bitte geben Sie sie noch einmal.')
    })
    await readCoverage(database, path, waiting, { signal, onProgress: progressOf(database, id) })
  } catch (error) {
    if (signal.aborted || (await findImport(database, id))?.status !== 'reading') return
    const isRefused = error instanceof FileRefused
    const text = isRefused
      ? error.message
      : 'Beim Lesen ist ein unerwarteter Fehler aufgetreten. Er wurde protokolliert; es wurde nichts übernommen.'
    await endImport(database, id, isRefused ? 'refused' : 'failed', text)
    if (!isRefused) throw error
  }
}

const progressEveryMs = 300

function progressOf(database: Knex, id: number): (share: number) => void {
  let last = 0
  return (share) => {
    if (Date.now() - last < progressEveryMs) return
    last = Date.now()
    void noteProgress(database, id, share).catch(logError)
  }
}

/** Nobody is still sending a file that has not grown for this long. */
const abandonedMs = 24 * 3_600_000

/** What a crash left of files that were being received, or had been read already. */
async function removeStray(dataDirectory: string, unread: readonly WaitingImport[]): Promise<void> {
  const directory = coverageDirectory(dataDirectory)
  await mkdir(directory, { recursive: true })
  const awaited = new Set(unread.map(({ id }) => `import-${id}`))
  for (const name of await readdir(directory)) {
    if (awaited.has(name)) continue
    const { mtimeMs } = await stat(join(directory, name))
    const isOld = Date.now() - mtimeMs > abandonedMs
    if (isOld || name.startsWith('import-')) await rm(join(directory, name), { force: true })
  }
}
