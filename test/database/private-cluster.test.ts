import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { connect, isDatabaseDown, withClient } from '../../server/database/connect.ts'
import { type PrivateCluster, startPrivateCluster } from '../../server/database/private-cluster.ts'
import { temporaryDirectory } from '../support/cluster.ts'

const isRoot = process.getuid?.() === 0
const cleanups: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function dataDirectory(name = 'var'): Promise<string> {
  const directory = await temporaryDirectory()
  cleanups.push(() => rm(directory, { recursive: true, force: true }))
  return join(directory, name)
}

async function start(directory: string, events: string[] = []): Promise<PrivateCluster> {
  const cluster = await startPrivateCluster({ dataDirectory: directory, report: (event) => events.push(event) })
  cleanups.push(() => cluster.stop())
  return cluster
}

/** Runs a statement on a connection of its own. */
async function run({ connection }: Pick<PrivateCluster, 'connection'>, statement: string): Promise<Record<string, unknown>[]> {
  return withClient(connection, async (client) => (await client.query(statement)).rows)
}

/** Starts the product's cluster in a process of its own and reads what it says. */
async function startElsewhere(directory: string): Promise<{ process: ChildProcess; serverPid: number; refused: string }> {
  const child = spawn(process.execPath, ['test/support/hold-cluster.ts', directory], { stdio: ['ignore', 'pipe', 'inherit'] })
  cleanups.push(() => child.kill('SIGKILL'))
  const [line] = await once(child.stdout, 'data')
  return { process: child, ...JSON.parse(String(line)) }
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}/cwd`)
}

test('a new cluster is durable, checked, German, and reachable through its socket only', async () => {
  const cluster = await start(await dataDirectory())
  const [settings] = await run(
    cluster,
    `select current_setting('fsync') as fsync, current_setting('data_checksums') as checksums, current_setting('jit') as jit,
       current_setting('listen_addresses') as addresses, current_setting('server_encoding') as encoding,
       (select datlocprovider::text || daticulocale from pg_database where datname = 'ausbauatlas') as locale,
       postgis_lib_version() >= '3.3' as postgis`,
  )
  expect(settings).toEqual({
    fsync: 'on',
    checksums: 'on',
    jit: 'off',
    addresses: '',
    encoding: 'UTF8',
    locale: 'ide',
    postgis: true,
  })
  expect((await stat(cluster.connection.host as string)).mode & 0o777).toBe(0o700)
})

test('what was written is there after a stop and a second start', async () => {
  const directory = await dataDirectory()
  const first = await start(directory)
  await run(first, 'create table kept as select 1 as value')
  await first.stop()
  expect(isRunning(first.pid())).toBe(false)
  expect(await run(await start(directory), 'select * from kept')).toEqual([{ value: 1 }])
})

test('a second process on the same directory is refused in one sentence and disturbs nothing', async () => {
  const directory = await dataDirectory()
  const cluster = await start(directory)
  const second = await startElsewhere(directory)
  expect(second.refused).toBe(
    `Mit dem Verzeichnis ${directory} läuft der Ausbauatlas bereits: Er wird kein zweites Mal gestartet.`,
  )
  expect(await run(cluster, 'select 1 as value')).toEqual([{ value: 1 }])
})

test('after a kill -9 of the product the next start ends the server left behind and finds every commit', async () => {
  const directory = await dataDirectory()
  const killed = await startElsewhere(directory)
  const orphan = { connection: { host: `${directory}/postgres-socket`, user: 'ausbauatlas', database: 'ausbauatlas' } }
  await run(orphan, 'create table kept as select 1 as value')
  await kill(killed.process)
  expect(isRunning(killed.serverPid)).toBe(true)

  const events: string[] = []
  const cluster = await start(directory, events)
  expect(events).toEqual(['PostgreSQL of a killed product ended'])
  expect(cluster.pid()).not.toBe(killed.serverPid)
  expect(await run(cluster, 'select * from kept')).toEqual([{ value: 1 }])
})

test('after a kill -9 of the product and of PostgreSQL the next start recovers', async () => {
  const directory = await dataDirectory()
  const killed = await startElsewhere(directory)
  const orphan = { connection: { host: `${directory}/postgres-socket`, user: 'ausbauatlas', database: 'ausbauatlas' } }
  await run(orphan, 'create table kept as select 1 as value')
  process.kill(killed.serverPid, 'SIGKILL')
  await kill(killed.process)
  expect(await run(await start(directory), 'select * from kept')).toEqual([{ value: 1 }])
})

test('PostgreSQL killed under the running product comes back by itself, with every commit; queries meanwhile say so', async () => {
  const events: string[] = []
  const cluster = await start(await dataDirectory(), events)
  const { database, tiles, close } = connect(cluster.connection)
  cleanups.push(close)
  await database.raw('create table kept as select 1 as value')
  // A connection that is lent out and idle when it breaks must not end the process either.
  const lent = await tiles.connect()
  cleanups.push(() => lent.release(true))

  const killed = cluster.pid()
  process.kill(killed, 'SIGKILL')
  const errors: unknown[] = []
  for (;;) {
    const answers = await Promise.allSettled([database.raw('select * from kept'), tiles.query('select * from kept')])
    const failed = answers.filter((answer) => answer.status === 'rejected')
    errors.push(...failed.map((answer) => answer.reason))
    if (failed.length === 0 && cluster.pid() !== killed) break
    await sleep(10)
  }
  expect(errors.length).toBeGreaterThan(0)
  expect(errors.filter((error) => !isDatabaseDown(error))).toEqual([])
  expect(events).toEqual(['PostgreSQL died and is started again'])
})

test('a number in postmaster.pid that belongs to a stranger since does not prevent the start, nor hurt the stranger', async () => {
  const directory = await dataDirectory()
  const first = await start(directory)
  await first.stop()
  const { uid, gid } = await stat(first.directory)
  const stranger = spawn('sleep', ['60'], { uid, gid })
  cleanups.push(() => stranger.kill('SIGKILL'))
  await writeFile(join(first.directory, 'postmaster.pid'), `${stranger.pid}\n${first.directory}\n`)
  await start(directory)
  expect(stranger.exitCode).toBeNull()
})

test('what an interrupted first start left behind is cleared away', async () => {
  const directory = await dataDirectory()
  await mkdir(join(directory, 'postgres.unfinished/base'), { recursive: true })
  const cluster = await start(directory)
  expect(await readdir(directory)).not.toContain('postgres.unfinished')
  expect(await run(cluster, 'select 1 as value')).toEqual([{ value: 1 }])
})

test('a path too long for a socket gets a short socket directory', async () => {
  const directory = await dataDirectory('a-rather-long-name-of-a-directory/'.repeat(4))
  const cluster = await start(directory)
  expect(cluster.connection.host).toMatch(/^\/tmp\/ausbauatlas-[0-9a-f]{12}$/)
  cleanups.unshift(() => rm(cluster.connection.host as string, { recursive: true, force: true }))
  expect(await run(cluster, 'select 1 as value')).toEqual([{ value: 1 }])
})

test('a link to a directory that is not there is an error, not an empty start', async () => {
  const directory = await dataDirectory()
  await mkdir(directory)
  await symlink('/nowhere/postgres', join(directory, 'postgres'))
  await expect(start(directory)).rejects.toThrow('verweist auf ein Verzeichnis, das nicht da ist')
})

test.runIf(isRoot)('started as root below a closed directory, the cluster goes where its user can reach it', async () => {
  const directory = await dataDirectory()
  await chmod(join(directory, '..'), 0o700)
  const cluster = await start(directory)
  cleanups.unshift(() => rm(join(cluster.directory, '..'), { recursive: true, force: true }))
  expect(cluster.directory).toMatch(/^\/var\/lib\/ausbauatlas\/cluster-\w{6}\/postgres$/)
  expect(await realpath(join(directory, 'postgres'))).toBe(cluster.directory)
  await run(cluster, 'create table kept as select 1 as value')
  await cluster.stop()
  expect(await run(await start(directory), 'select * from kept')).toEqual([{ value: 1 }])
})

test.runIf(isRoot)('started as root, PostgreSQL runs as another user', async () => {
  const cluster = await start(await dataDirectory())
  expect((await stat(`/proc/${cluster.pid()}`)).uid).not.toBe(0)
})
