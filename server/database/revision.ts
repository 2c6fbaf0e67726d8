import type { Knex } from 'knex'
import pg from 'pg'

export type RevisionListener = (revision: number) => void

/** The revision of the content (id of the latest change), known without asking the database for every request. */
export interface Revisions {
  current(): number
  /** Called after each new revision; returns the function that ends the subscription. */
  subscribe(listener: RevisionListener): () => void
  /** Told by the writer itself, so that its own next read never waits for the notification. */
  announce(revision: number): void
  close(): Promise<void>
}

async function readRevision(database: Knex): Promise<number> {
  const row = await database('changes').max({ revision: 'id' }).first()
  return Number(row?.revision ?? 0)
}

/**
 * Follows `NOTIFY revision` on a connection of its own, so that changes of other processes arrive too.
 * A lost connection is taken up again every second; the revision is read anew then, since notifications are not queued for the absent.
 */
export async function followRevisions(database: Knex, connection: pg.ClientConfig): Promise<Revisions> {
  const listeners = new Set<RevisionListener>()
  let revision = await readRevision(database)
  let closed = false
  let client: pg.Client | undefined
  let retry: NodeJS.Timeout | undefined

  const announce = (next: number) => {
    if (next <= revision) return
    revision = next
    for (const listener of listeners) listener(next)
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
    next.on('notification', (message) => announce(Number(message.payload)))
    try {
      await next.connect()
      await next.query('listen revision')
      announce(await readRevision(database))
    } catch {
      await next.end().catch(() => undefined)
      lost()
    }
  }
  await listen()

  return {
    current: () => revision,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    announce,
    close: async () => {
      closed = true
      clearTimeout(retry)
      listeners.clear()
      await client?.end().catch(() => undefined)
    },
  }
}
