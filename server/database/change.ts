import type { Knex } from 'knex'
import { locks } from './locks.ts'

export interface ChangeDetails {
  /** Id of the account. */
  actor: string
  /** Name shown in the history. */
  actorName: string
  reason: string
  /** The change this one undoes. */
  undoes?: number
}

/** The change being written: its id is the next revision, its time the moment from which its statements are known. */
export interface RunningChange {
  id: number
  knownAt: string
}

/** Longer than 40,000 rows take to be published, shorter than a statement may take. */
const longestWaitMs = 12_000

/**
 * Waits for the turn to write and keeps it until the transaction ends; beginChange() does so itself. Whoever waits in vain is refused
 * with 55P03 (503: something large is being published).
 */
export async function lockWriters(trx: Knex.Transaction, waitMs = longestWaitMs): Promise<void> {
  await trx.raw("select set_config('lock_timeout', ?, true)", [`${waitMs}ms`])
  await trx.raw('select pg_advisory_xact_lock(?)', [locks.writers])
  await trx.raw("select set_config('lock_timeout', '0', true)")
}

/** Opens a change inside a transaction; the triggers of the fact tables take actor and known time from it. */
export async function beginChange(
  trx: Knex.Transaction,
  details: ChangeDetails,
  published?: { knownAt: string | null; assumed: boolean; origin?: 'demo' },
): Promise<RunningChange> {
  await lockWriters(trx)
  const rows = await trx('changes')
    .insert({
      origin: published ? (published.origin ?? 'published_facts') : 'workbench',
      actor: details.actor,
      actor_name: details.actorName,
      reason: details.reason,
      undoes: details.undoes ?? null,
      known_at: published?.knownAt ?? trx.raw('clock_timestamp()'),
      known_at_assumed: published?.assumed ?? false,
    })
    .returning(['id', 'known_at'])
  const { id, known_at: knownAt } = rows[0] as { id: number; known_at: string }
  await trx.raw("select set_config('history.change', ?, true), pg_notify('revision', ?)", [String(id), String(id)])
  return { id, knownAt }
}

/**
 * The only way to write facts: one transaction, one line in `changes`, one new revision. Throwing inside `work` undoes everything.
 * Serialised with every other change, so `work` may check what it read.
 */
export async function change<Result>(
  database: Knex,
  details: ChangeDetails,
  work: (trx: Knex.Transaction, running: RunningChange) => Promise<Result>,
): Promise<{ revision: number; result: Result }> {
  return database.transaction(async (trx) => {
    const running = await beginChange(trx, details)
    return { revision: running.id, result: await work(trx, running) }
  })
}

class RolledBack extends Error {}

/** Runs `work` like a change, keeps its result and nothing else: what a publication would do. */
export async function tryChange<Result>(
  database: Knex,
  details: ChangeDetails,
  work: (trx: Knex.Transaction, running: RunningChange) => Promise<Result>,
): Promise<Result> {
  const outcome: { result?: Result } = {}
  try {
    await change(database, details, async (trx, running) => {
      outcome.result = await work(trx, running)
      throw new RolledBack()
    })
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error
  }
  return outcome.result as Result
}
