import { createServer, IncomingMessage, type RequestListener, type Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Express } from 'express'
import { loadContent } from '../data/leverkusen/load.ts'
import { type Accounts, createAccounts } from './accounts/sessions.ts'
import { followAddressImports } from './addresses/jobs.ts'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { followRemarks } from './coverage/dead-zones-remarks.ts'
import { followCoverage } from './coverage/jobs.ts'
import { connect, type DatabaseAddress } from './database/connect.ts'
import { migrate } from './database/migrate.ts'
import { followRevisions } from './database/revision.ts'
import { followDeliveries } from './deliveries/jobs.ts'
import { createBodies } from './http/bodies.ts'
import type { AppContext } from './http/context.ts'
import { log } from './http/log.ts'
import { followOutbox } from './mail/jobs.ts'
import { followParticipation } from './participation/jobs.ts'
import { followQuality } from './quality/jobs.ts'

/** The product answering requests. */
export interface RunningServer {
  /** Where it listens. */
  url: string
  context: AppContext & { sessions: Accounts }
  /** Stops accepting, lets running requests finish, ends live connections, closes the database connections. */
  close(): Promise<void>
}

/** Thrown when the port cannot be listened on; the message is one sentence. */
export class ListenFailed extends Error {}

const graceMs = 10_000

/** Brings the database up to date (schema and published content) and answers requests from it. */
export async function serve(config: Config, address: DatabaseAddress): Promise<RunningServer> {
  const migrations = await migrate(address)
  if (migrations.length > 0) log('info', 'schema brought forward', { migrations })
  await using opened = new AsyncDisposableStack()
  const { database, tiles } = opened.adopt(connect(address), ({ close }) => close())
  const { statements } = await loadContent(database)
  if (statements > 0) log('info', 'published content loaded', { statements })
  const listening = typeof address === 'string' ? { connectionString: address } : address
  const revisions = opened.adopt(await followRevisions(database, listening), ({ close }) => close())
  const sessions = opened.adopt(createAccounts({ config, database, address }), ({ close }) => close())
  const addressImports = opened.adopt(await followAddressImports(database, config.dataDir), ({ close }) => close())
  const coverageJobs = opened.adopt(await followCoverage(database, config.dataDir), ({ close }) => close())
  const deliveryJobs = opened.adopt(await followDeliveries(database, revisions), ({ close }) => close())
  const context = {
    config,
    database,
    tiles,
    revisions,
    bodies: createBodies(revisions),
    sessions,
    addressImports,
    coverageJobs,
    deliveryJobs,
  }
  opened.defer(await followQuality(context))
  opened.defer(followParticipation(context))
  opened.defer(await followRemarks(database))
  opened.defer(await followOutbox(context, listening))
  const { url } = opened.adopt(await listen(createApp(context), config), ({ close }) => close())
  const everything = opened.move()
  return { url, context, close: () => everything.disposeAsync() }
}

async function listen(app: Express, { host, port }: Config): Promise<{ url: string; close(): Promise<void> }> {
  const open = new Set<ServerResponse>()
  const server = createExpressServer(app)
  server.on('request', (_request, response: ServerResponse) => {
    open.add(response)
    response.once('close', () => open.delete(response))
  })
  // Longer than a reverse proxy keeps its connections, so that it never writes into one just being closed.
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new ListenFailed(listenMessage(error, port), { cause: error })))
    server.listen(port, host, resolve)
  })
  const { port: actualPort, family, address } = server.address() as AddressInfo
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${actualPort}`
  return { url, close: () => closeGracefully(server, open) }
}

async function closeGracefully(server: Server, open: Set<ServerResponse>): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  for (const response of open) {
    // What was busy when the server closed stays open for a next request that it will not take.
    response.once('close', () => setImmediate(() => server.closeIdleConnections()))
    // Live connections never finish by themselves; browsers come back on their own.
    if (String(response.getHeader('Content-Type')).startsWith('text/event-stream')) response.end()
  }
  await Promise.race([closed, sleep(graceMs, undefined, { ref: false })])
  server.closeAllConnections()
  await closed
}

/**
 * Express sets the prototype of every request and response, which costs two thirds of its speed. Here they are born with the
 * right ones, so that setting them changes nothing.
 */
function createExpressServer(app: Express): Server {
  const options = {
    IncomingMessage: bornAs(IncomingMessage, app.request),
    ServerResponse: bornAs(ServerResponse, app.response),
  }
  return createServer(options, app as RequestListener)
}

function bornAs<Class extends new (...words: never[]) => object>(base: Class, prototype: object): Class {
  function Born(...words: unknown[]): object {
    return Reflect.construct(base, words, Born)
  }
  Born.prototype = prototype
  return Born as unknown as Class
}

function listenMessage({ code, message }: NodeJS.ErrnoException, port: number): string {
  if (code === 'EADDRINUSE') return `Der Port ${port} ist schon belegt: Bitte mit PORT einen anderen wählen.`
  if (code === 'EACCES') return `Der Port ${port} ist diesem Benutzer nicht erlaubt: Bitte mit PORT einen ab 1024 wählen.`
  return `Auf Port ${port} kann nicht gelauscht werden: ${message}`
}
