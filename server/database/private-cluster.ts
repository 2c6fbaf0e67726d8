import { execFile } from 'node:child_process'
import { renameSync, rmSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { ClientConfig } from 'pg'
import { type ClusterPlace, clusterVersion, makePrivateDirectory, placeCluster } from './cluster-place.ts'
import { withClient } from './connect.ts'
import { lockDirectory } from './directory-lock.ts'
import { choosePostgres, installedPostgres } from './find-postgres.ts'
import { launchPostmaster, type Postmaster, StartFailed, stopOrphan } from './postmaster.ts'

/** The product's own PostgreSQL, on a Unix socket only. */
export interface PrivateCluster {
  /** Where its files are. */
  directory: string
  /** Process number of the server now running; it changes when a server that died was replaced. */
  pid(): number
  /** How the product reaches its database: as its owner, who is no superuser. */
  connection: ClientConfig
  /** Superuser of the cluster, for backup, restore and tests. */
  superuser: ClientConfig
  stop(): Promise<void>
}

/** How to start a private cluster. */
export interface ClusterOptions {
  dataDirectory: string
  /** Told when PostgreSQL died and was started again. */
  report: (event: string, detail: string) => void
  /** False only for throw-away clusters: nothing then survives a power cut. */
  isDurable?: boolean
}

/** Name of the product's database and of the role that owns it. */
const productName = 'ausbauatlas'
const patienceMs = 30_000
const retryMs = 250
const run = promisify(execFile)

/**
 * Makes the cluster when there is none, ends a server that a killed product left behind, starts PostgreSQL and keeps it
 * running until stop(). Throws DirectoryInUse when another process works with the directory.
 */
export async function startPrivateCluster(options: ClusterOptions): Promise<PrivateCluster> {
  await using opened = new AsyncDisposableStack()
  opened.defer(lockDirectory(options.dataDirectory))
  const place = placeCluster(options.dataDirectory)
  const { bin } = choosePostgres(installedPostgres(), clusterVersion(place.directory))
  if (clusterVersion(place.directory) === undefined) await initialise(bin, place)
  if (await stopOrphan(place.directory)) options.report('PostgreSQL of a killed product ended', place.directory)
  const launch = () => launchPostmaster(bin, place, settings(place, options.isDurable ?? true))
  const server = opened.adopt(await keepRunning(launch, options.report), ({ stop }) => stop())
  const { connection, superuser } = clusterConnections(place)
  await ensureDatabase(superuser)
  const everything = opened.move()
  return { directory: place.directory, pid: server.pid, connection, superuser, stop: () => everything.disposeAsync() }
}

/** How to reach a private cluster that runs on the place, as its database's owner and as superuser. */
export function clusterConnections(place: ClusterPlace): { connection: ClientConfig; superuser: ClientConfig } {
  const socket = { host: place.socketDirectory, port: 5432 }
  return {
    connection: { ...socket, user: productName, database: productName },
    superuser: { ...socket, user: 'postgres', database: 'postgres' },
  }
}

/** initdb beside the final place, so that an interrupted one leaves no half cluster. */
async function initialise(bin: string, place: ClusterPlace): Promise<void> {
  const unfinished = `${place.directory}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  makePrivateDirectory(unfinished, place.owner)
  const locale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
  const options = ['--username=postgres', '--auth-local=trust', '--auth-host=reject', '--data-checksums', '--encoding=UTF8']
  const languages = ['--locale-provider=icu', '--icu-locale=de', `--locale=${locale}`, '--lc-messages=C']
  await run(join(bin, 'initdb'), ['-D', unfinished, ...options, ...languages], {
    cwd: unfinished,
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    ...place.owner,
  })
  renameSync(unfinished, place.directory)
}

/** The socket directory is closed to everyone but the owner, hence no passwords; no network at all. */
function settings(place: ClusterPlace, isDurable: boolean): Record<string, string> {
  const safe = isDurable ? 'on' : 'off'
  const sharedMb = Math.round(Math.min(512, Math.max(64, totalmem() / 2 ** 20 / 16)))
  return {
    listen_addresses: '',
    port: '5432',
    unix_socket_directories: place.socketDirectory,
    unix_socket_permissions: '0700',
    fsync: safe,
    synchronous_commit: safe,
    full_page_writes: safe,
    shared_buffers: `${sharedMb}MB`,
    max_connections: '100',
    jit: 'off',
    random_page_cost: '1.1',
    timezone: 'UTC',
    // Statements and their details may name people and addresses.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  }
}

async function keepRunning(launch: () => Promise<Postmaster>, report: ClusterOptions['report']) {
  let isStopping = false
  let server = await launchPatiently(launch)
  const watch = async (): Promise<void> => {
    while (!isStopping) {
      const reason = await server.ended
      if (isStopping) return
      report('PostgreSQL died and is started again', reason)
      server = await launchUnless(() => isStopping, launch, server)
    }
  }
  const watching = watch()
  const stop = async () => {
    isStopping = true
    await server.stop()
    await watching
    // A server that was just being started again when the stop came.
    await server.stop()
  }
  return { pid: () => server.pid, stop }
}

/** Waits for what a killed server left behind; any other reason not to start is final. */
async function launchPatiently(launch: () => Promise<Postmaster>): Promise<Postmaster> {
  for (const giveUpAt = Date.now() + patienceMs; ; await sleep(retryMs)) {
    try {
      return await launch()
    } catch (error) {
      if (!(error instanceof StartFailed && error.isTransient) || Date.now() > giveUpAt) throw error
    }
  }
}

/** Tries again and again, however long the reason lasts (a full disk), since the product waits for its database. */
async function launchUnless(isStopping: () => boolean, launch: () => Promise<Postmaster>, last: Postmaster): Promise<Postmaster> {
  for (; !isStopping(); await sleep(retryMs)) {
    const next = await launch().catch(() => null)
    if (next) return next
  }
  return last
}

/** The product's role owns its database but is no superuser: PostGIS, which only one may install, is put there for it. */
async function ensureDatabase(superuser: ClientConfig): Promise<void> {
  await withClient(superuser, async (client) => {
    const { rows } = await client.query('select 1 from pg_roles where rolname = $1', [productName])
    if (rows.length === 0) await client.query(`create role ${productName} login`)
    const databases = await client.query('select 1 from pg_database where datname = $1', [productName])
    if (databases.rows.length === 0) await client.query(`create database ${productName} owner ${productName}`)
  })
  await withClient({ ...superuser, database: productName }, async (client) => {
    await client.query('create extension if not exists postgis')
  })
}
