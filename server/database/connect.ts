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
  const tiles = new pg.Pool({ ...connectionConfig(address, { plan_cache_mode: 'force_custom_plan' }), max: 8 })
  // Without a listener the first restart of the database would end the process; the pool replaces the connection itself.
  tiles.on('error', () => undefined)
  return {
    database,
    tiles,
    close: async () => {
      await Promise.all([database.destroy(), tiles.end()])
    },
  }
}

/** Runs `work` on a connection of its own, outside the pools and their time limits. */
export async function withClient<Result>(
  address: DatabaseAddress,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(typeof address === 'string' ? { connectionString: address } : address)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const downStates = ['57P01', '57P02', '57P03', '53300']
const downCodes = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']
const downMessages = [
  /^Connection terminated/,
  /^timeout (exceeded when trying|expired)/,
  /^Client has encountered a connection error/,
  /^Query read timeout/,
  /^Knex: Timeout acquiring a connection/,
  /^Defined query timeout of/,
]

/** Whether the error means that the database cannot be reached now, and that trying again later can help. */
export function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code = '', syscall } = error as { code?: string; syscall?: string }
  return (
    downStates.includes(code) ||
    /^08/.test(code) ||
    downCodes.includes(code) ||
    // The socket of the private cluster is gone while its server is.
    (code === 'ENOENT' && syscall === 'connect') ||
    downMessages.some((message) => message.test(error.message))
  )
}

/** "2022-03-28 10:00:00.5+00" → "2022-03-28T10:00:00.5Z"; infinity stays as it is. */
function isoTimestamp(text: string): string {
  return text.endsWith('+00') ? `${text.slice(0, -3).replace(' ', 'T')}Z` : text
}
