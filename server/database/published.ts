import type { Knex } from 'knex'
import type { IsoDate } from '../contract/dates.ts'
import { beginChange } from './change.ts'

/** Who published, and when. */
export interface Publication {
  /** Name shown in the history. */
  actorName: string
  reason: string
  /** Day of publication: known from its first moment in Germany on, never in the future. null: known from now on. */
  knownAt: IsoDate | null
  /** The day of publication is not known; `knownAt` follows from the event. */
  assumed: boolean
  /** Invented example data instead of published facts. */
  origin?: 'demo'
}

/**
 * A change by the loader of published facts: like `change()`, but the only one that may name an earlier known time.
 * Inside a transaction it belongs to that transaction, so several publications can be loaded together or not at all.
 */
export async function publishedChange<Result>(
  database: Knex,
  { actorName, reason, knownAt, assumed, origin }: Publication,
  work: (trx: Knex.Transaction) => Promise<Result>,
): Promise<{ revision: number; result: Result }> {
  const since = knownAt === null ? null : `${knownAt} 00:00 Europe/Berlin`
  return database.transaction(async (trx) => {
    const details = { actor: origin ?? 'published_facts', actorName, reason }
    const running = await beginChange(trx, details, { knownAt: since, assumed, ...(origin && { origin }) })
    return { revision: running.id, result: await work(trx) }
  })
}
