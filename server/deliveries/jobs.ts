import type { Knex } from 'knex'
import type { DeliveryStatus, Mapping } from '../contract/deliveries.ts'
import type { Revisions } from '../database/revision.ts'
import { FileRefused } from '../formats/index.ts'
import { logError } from '../http/log.ts'
import { Problem } from '../http/problem.ts'
import { inspect } from './inspect.ts'
import { judgeFile } from './judge.ts'
import { publish } from './publish.ts'

/** The work on deliveries of this process: one step after the other. */
export interface DeliveryJobs {
  /** Does what the status of the delivery asks for. */
  wake(id: number): void
  /** Stops what is under way for the delivery; publishing that has begun is finished or undone as a whole. */
  cancel(id: number): void
  /** Lets the running step go; it is taken up again at the next start. */
  close(): Promise<void>
}

interface Row {
  id: number
  fileName: string
  status: DeliveryStatus
  mapping: Mapping | null
  releaseFigures: boolean
  publisher: { id: string; name: string } | null
}

const busy: readonly DeliveryStatus[] = ['reading', 'judging', 'publishing']

/** Takes up what a crash or a stop left behind, and does what is asked from then on. */
export async function followDeliveries(database: Knex, revisions: Pick<Revisions, 'announce'>): Promise<DeliveryJobs> {
  const running = new Map<number, AbortController>()
  const stopping = new AbortController()
  let queue: Promise<void> = Promise.resolve()

  const run = async (id: number) => {
    if (stopping.signal.aborted) return
    const abort = new AbortController()
    running.set(id, abort)
    const signal = AbortSignal.any([abort.signal, stopping.signal])
    try {
      // A step may ask for the next one: a known file is judged as soon as it has been read.
      while (await step(database, revisions, id, signal)) signal.throwIfAborted()
    } catch (error) {
      if (!signal.aborted) await fail(database, id, error)
    } finally {
      running.delete(id)
    }
  }
  const wake = (id: number) => {
    queue = queue.then(() => run(id)).catch(logError)
  }
  for (const { id } of await database('deliveries').whereIn('status', busy).orderBy('id').select('id')) wake(id)
  return {
    wake,
    cancel: (id) => running.get(id)?.abort(),
    close: async () => {
      stopping.abort()
      await queue
    },
  }
}

/** Does one step; true: there is another one to do. */
async function step(database: Knex, revisions: Pick<Revisions, 'announce'>, id: number, signal: AbortSignal): Promise<boolean> {
  const delivery = await findRow(database, id)
  if (!delivery || !busy.includes(delivery.status)) return false
  if (delivery.status === 'reading') return read(database, delivery, signal)
  const { mapping, publisher } = delivery
  if (mapping === null) throw new Error(`delivery ${id} has no mapping`)
  if (delivery.status === 'judging') {
    await judgeFile(database, { ...delivery, mapping }, { signal, onProgress: progressOf(database, id) })
    await move(database, id, 'judging', 'review')
    return false
  }
  if (publisher === null) throw new Error(`nobody asked for the publication of delivery ${id}`)
  try {
    const revision = await publish(database, { ...delivery, mapping, publisher }, signal)
    if (revision !== null) revisions.announce(revision)
    return false
  } catch (error) {
    if (isWaiting(error)) return true
    // Somebody has said something else in the meantime: what is shown must be judged anew before anybody decides again.
    if (!(error instanceof Problem) || error.status !== 409) throw error
    await database('deliveries').where('id', id).update({ status: 'judging', problem: error.message })
    return true
  }
}

/** Somebody else has been writing all the time: this one goes on waiting for its turn. */
function isWaiting(error: unknown): boolean {
  return (error as { code?: unknown }).code === '55P03'
}

async function findRow(database: Knex, id: number): Promise<Row | undefined> {
  const columns = {
    id: 'id',
    fileName: 'file_name',
    status: 'status',
    mapping: 'mapping',
    releaseFigures: 'release_figures',
    publisher: 'publisher',
  }
  return database('deliveries').where('id', id).first(columns)
}

async function read(database: Knex, { id, fileName }: Row, signal: AbortSignal): Promise<boolean> {
  const { tables, guess, unknownWords } = await inspect(database, { id, fileName }, signal)
  const isClear = guess.isClear && Object.keys(unknownWords).length === 0
  await database('deliveries')
    .where({ id, status: 'reading' })
    .update({
      tables: JSON.stringify(tables),
      guess: JSON.stringify({ ...guess, isClear }),
      unknown_words: JSON.stringify(unknownWords),
      status: isClear ? 'judging' : 'mapping',
      progress: null,
      ...(isClear && { mapping: JSON.stringify(guess.mapping) }),
    })
  return isClear
}

async function move(database: Knex, id: number, from: DeliveryStatus, to: DeliveryStatus): Promise<void> {
  await database('deliveries').where({ id, status: from }).update({ status: to, progress: null })
}

const progressEveryMs = 300

/** Writes down how far a step is, not too often. */
function progressOf(database: Knex, id: number): (share: number) => void {
  let last = 0
  return (share) => {
    if (Date.now() - last < progressEveryMs) return
    last = Date.now()
    void database('deliveries').where('id', id).update('progress', Math.min(share, 1)).catch(logError)
  }
}

/** A file that cannot be read is refused with its reason; what nobody expected is logged. */
async function fail(database: Knex, id: number, error: unknown): Promise<void> {
  const isRefused = error instanceof FileRefused
  if (!isRefused) logError(error)
  const problem = isRefused
    ? error.message
    : 'Bei der Verarbeitung ist ein unerwarteter Fehler aufgetreten. Er wurde protokolliert.'
  await database('deliveries')
    .where('id', id)
    .update({ status: isRefused ? 'refused' : 'failed', progress: null, problem })
}
