import pg from 'pg'

/** A connection of its own that hears the notifications of one channel. */
export interface Listening {
  close(): Promise<void>
}

/**
 * Listens to `channel`. A lost connection is taken up again every second. `connected` is called after each start of listening, since
 * notifications are not queued for the absent; `lost` when the connection, and what its session held, is gone.
 */
export async function listen(
  connection: pg.ClientConfig,
  channel: string,
  told: { connected: (client: pg.Client) => Promise<void>; heard: (payload: string) => void; lost?: () => void },
): Promise<Listening> {
  let closed = false
  let client: pg.Client | undefined
  let retry: NodeJS.Timeout | undefined

  const start = async () => {
    if (closed) return
    const next = new pg.Client({ ...connection, connectionTimeoutMillis: 5000, keepAlive: true })
    const lost = () => {
      if (closed || client !== next) return
      client = undefined
      told.lost?.()
      retry = setTimeout(() => void start(), 1000)
    }
    client = next
    next.on('error', lost)
    next.on('end', lost)
    next.on('notification', ({ payload }) => told.heard(payload ?? ''))
    try {
      await next.connect()
      await next.query(`listen ${channel}`)
      await told.connected(next)
    } catch {
      await next.end().catch(() => undefined)
      lost()
    }
  }
  await start()
  return {
    close: async () => {
      closed = true
      clearTimeout(retry)
      await client?.end().catch(() => undefined)
    },
  }
}
