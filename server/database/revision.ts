import type { Knex } from 'knex'
import pg from 'pg'

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

/**
 * Follows `NOTIFY revision` on a connection of its own, so that changes of other processes arrive too.
 * A lost connection is taken up again every second; the revision is read anew then, since notifications are not queued for the absent.
 */
export async function followRevisions(database: Knex, connection: pg.ClientConfig): Promise<Revisions> {
  const listeners = new Set<RevisionListener>()
  let { revision, isDemo } = await readState(database)
  let closed = false
  let client: pg.Client | undefined
  let retry: NodeJS.Timeout | undefined

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

  const listen = async () => {
    if (closed) return
    const next = new pg.Client({ ...connection, connectionTimeoutMillis: 5000, keepAlive: true })
    const lost = () => {
      if (closed || client !== next) return
      client = undefined
      retry = setTimeout(() => void listen(), 1000)
    }
    client = next
    next.on('error', lost)
    next.on('end', lost)
    next.on('notification', ({ payload }) => void refresh().catch(() => announce(Number(payload))))
    try {
      await next.connect()
      await next.query('listen revision')
      await refresh()
    } catch {
      await next.end().catch(() => undefined)
      lost()
    }
  }
  await listen()

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
      closed = true
      clearTimeout(retry)
      listeners.clear()
      await client?.end().catch(() => undefined)
    },
  }
}
