import type { Knex } from 'knex'
import type pg from 'pg'
import { listen } from './listen.ts'

export type RevisionListener = (revision: number) => void

/** The revision of the content (id of the latest change), known without asking the database for every request. */
export interface Revisions {
  current(): number
  /** Invented example data are present (`npm run demo`): whatever leaves must say so. */
  isDemo(): boolean
  /** Called after each new revision; returns the function that ends the subscription. */
  subscribe(listener: RevisionListener): () => void
  /** Told by the writer itself, so that its own next read never waits for the notification. */
  announce(revision: number): void
  /** Reads the state of the database now. */
  refresh(): Promise<void>
  close(): Promise<void>
}

async function readState(database: Knex): Promise<{ revision: number; isDemo: boolean }> {
  const { rows } = await database.raw('select coalesce(max(id), 0) as revision, is_demo() as demo from changes')
  return { revision: Number(rows[0].revision), isDemo: rows[0].demo }
}

/** Follows `NOTIFY revision`, so that changes of other processes arrive too; the revision is read anew after a lost connection. */
export async function followRevisions(database: Knex, connection: pg.ClientConfig): Promise<Revisions> {
  const listeners = new Set<RevisionListener>()
  let { revision, isDemo } = await readState(database)

  const announce = (next: number) => {
    if (next <= revision) return
    revision = next
    for (const listener of listeners) listener(next)
  }

  /** Reads again, since a notification does not say whether example data came or went. */
  const refresh = async () => {
    const state = await readState(database)
    isDemo = state.isDemo
    announce(state.revision)
  }

  const listening = await listen(connection, 'revision', {
    connected: refresh,
    heard: (payload) => void refresh().catch(() => announce(Number(payload))),
  })

  return {
    current: () => revision,
    isDemo: () => isDemo,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    announce,
    refresh,
    close: async () => {
      listeners.clear()
      await listening.close()
    },
  }
}
