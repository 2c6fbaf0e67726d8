import knex, { type Knex } from 'knex'
import pg from 'pg'

/** The connections of the product to its one database. */
export interface Connections {
  /** For everything: reads, changes and transactions. */
  database: Knex
  /** For tiles and boxes: plans are made anew for each envelope, which is 1.4 times faster there. */
  tiles: pg.Pool
  close(): Promise<void>
}

/** A URL (DATABASE_URL) or the settings of the private cluster. */
export type DatabaseAddress = string | pg.ClientConfig

const { builtins } = pg.types
const parsers: Record<number, (text: string) => unknown> = {
  [builtins.INT8]: Number,
  [builtins.NUMERIC]: Number,
  [builtins.DATE]: (text) => text,
  [builtins.TIMESTAMPTZ]: isoTimestamp,
}

/** bigint and numeric are numbers, DATE stays text, timestamptz is ISO 8601 in UTC with its microseconds. */
export const types = {
  getTypeParser: ((oid: number, format?: 'text') => parsers[oid] ?? pg.types.getTypeParser(oid, format)) as never,
}

/** Settings of every connection: a database that hangs must not take the product with it. */
export function connectionConfig(address: DatabaseAddress, settings: Record<string, string> = {}): pg.ClientConfig {
  const session: Record<string, string> = { timezone: 'UTC', jit: 'off', ...settings }
  const options = Object.entries(session).map(([name, value]) => `-c ${name}=${value}`)
  return {
    ...(typeof address === 'string' ? { connectionString: address } : address),
    application_name: 'ausbauatlas',
    options: options.join(' '),
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
    query_timeout: 20_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    types,
  }
}

/** Opens both pools; connections are made when first needed, so a database that is away fails only the queries. */
export function connect(address: DatabaseAddress): Connections {
  const database = knex({
    client: 'pg',
    connection: connectionConfig(address) as Knex.PgConnectionConfig,
    pool: { min: 0, max: 12 },
    acquireConnectionTimeout: 6_000,
    // Knex prints what it also rejects with; the caller decides what becomes of it.
    log: { warn: () => undefined },
  })
  const tiles = openPool({ ...connectionConfig(address, { plan_cache_mode: 'force_custom_plan' }), max: 8 })
  return {
    database,
    tiles,
    close: async () => {
      await Promise.all([database.destroy(), tiles.end()])
    },
  }
}

/**
 * A pool that outlives restarts of the database. Connections that break report it to their listeners, besides failing the query
 * under way; without a listener that would end the process, be the connection idle (first line) or lent out (second line).
 */
export function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config)
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Runs `work` on a connection of its own, outside the pools and their time limits. */
export async function withClient<Result>(
  address: DatabaseAddress,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(typeof address === 'string' ? { connectionString: address } : address)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const downStates = ['57P01', '57P02', '57P03', '53300']
const downCodes = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']
/** Of pg and knex, which have no codes for them; knex puts the statement in front. */
const downMessages = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Client has encountered a connection error',
  'Query read timeout',
  'Knex: Timeout acquiring a connection',
  'Defined query timeout of',
]

/** Whether the error means that the database cannot be reached now, and that trying again later can help. */
export function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code = '', syscall, severity } = error as { code?: string; syscall?: string; severity?: string }
  return (
    downStates.includes(code) ||
    /^08/.test(code) ||
    downCodes.includes(code) ||
    // The socket of the private cluster is gone while its server is.
    (code === 'ENOENT' && syscall === 'connect') ||
    // What the server itself says has a code; its text may quote anything.
    (severity === undefined && downMessages.some((message) => error.message.includes(message)))
  )
}

/** "2022-03-28 10:00:00.5+00" → "2022-03-28T10:00:00.5Z"; infinity stays as it is. */
function isoTimestamp(text: string): string {
  return text.endsWith('+00') ? `${text.slice(0, -3).replace(' ', 'T')}Z` : text
}
