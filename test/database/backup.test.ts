import { execFile } from 'node:child_process'
import { appendFile, copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ClientConfig } from 'pg'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import type { Borrowed } from '../../server/database/borrow.ts'
import { change } from '../../server/database/change.ts'
import { connect, withClient } from '../../server/database/connect.ts'
import { backUp, restore } from '../../server/database/dump.ts'
import { installedPostgres } from '../../server/database/find-postgres.ts'
import { migrate } from '../../server/database/migrate.ts'
import { startPrivateCluster } from '../../server/database/private-cluster.ts'
import { runProgram } from '../../server/database/run-program.ts'
import { queueMail } from '../../server/mail/outbox.ts'
import { temporaryDirectory } from '../support/cluster.ts'
import { emptyDatabase, testDatabase } from '../support/database.ts'

const bin = installedPostgres()[0]?.bin ?? ''
const directory = await temporaryDirectory()
afterAll(() => rm(directory, { recursive: true, force: true }))

const { address, database } = await testDatabase()
await change(database, { actor: 'test', actorName: 'Test', reason: 'Vor der Sicherung' }, async () => undefined)
const source: Borrowed = { address, bin }
const file = join(directory, 'city.dump')
const manifest = await backUp(source, file)

/** Every table's rows, in one order, as one number per table. */
async function contents(of: ClientConfig): Promise<Record<string, string>> {
  return withClient(of, async (client) => {
    const tables = await client.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
    )
    const sums: Record<string, string> = {}
    for (const { name } of tables.rows) {
      const { rows } = await client.query(
        `select count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '') as sum from ${name} t`,
      )
      sums[name] = rows[0].sum
    }
    return sums
  })
}

async function schema(of: ClientConfig): Promise<string> {
  const options = ['--schema-only', '--no-owner', '--no-privileges']
  const sql = await runProgram({ bin, program: 'pg_dump', options, address: of })
  return sql.replaceAll(/^\\(un)?restrict .*$/gm, '')
}

test('a backup put into an empty database gives the same content and the same schema', async () => {
  const target = await emptyDatabase()
  await restore({ address: target, bin }, file)
  const before = await contents(address)
  expect(before['public.changes']).not.toMatch(/^0 /)
  expect(await contents(target)).toEqual(before)
  expect(await schema(target)).toBe(await schema(address))
})

test('the restored database can be written to and brought forward like any other', async () => {
  const target = await emptyDatabase()
  await restore({ address: target, bin }, file)
  expect(await migrate(target)).toEqual([])
  const restored = connect(target)
  const details = { actor: 'test', actorName: 'Test', reason: 'Nach der Wiederherstellung' }
  expect((await change(restored.database, details, async () => undefined)).revision).toBeGreaterThan(manifest.revision)
  await restored.close()
})

test('a mail that waited when the backup was made may have left since: a person decides', async () => {
  const mail = { key: 'waiting', to: 'a@b.example', subject: 'S', text: 'T', about: 'q:demo' }
  await database.transaction((trx) => queueMail(trx, mail))
  const later = join(directory, 'later.dump')
  await backUp(source, later)
  const target = await emptyDatabase()
  await restore({ address: target, bin }, later)
  const { rows } = await withClient(target, (client) =>
    client.query('select m.status, e.act from mails m join mail_events e on e.mail_id = m.id'),
  )
  expect(rows).toEqual([{ status: 'uncertain', act: 'lost' }])
})

test('the manifest names version, revision and sum, and only the product can read both files', async () => {
  const { rows } = await database.raw('select max(id) as revision from changes')
  expect(manifest).toMatchObject({ product: 'ausbauatlas', revision: rows[0].revision })
  expect(JSON.parse(await readFile(`${file}.json`, 'utf8'))).toEqual(manifest)
  for (const name of [file, `${file}.json`]) expect((await stat(name)).mode & 0o777).toBe(0o600)
})

test('a database that is not empty is left alone', async () => {
  const before = await contents(address)
  await expect(restore(source, file)).rejects.toThrow('Die Datenbank ist nicht leer')
  expect(await contents(address)).toEqual(before)
})

test('an empty database is not backed up', async () => {
  await expect(backUp({ address: await emptyDatabase(), bin }, join(directory, 'empty.dump'))).rejects.toThrow(
    'nichts zu sichern',
  )
})

test('a damaged backup, one without manifest and one of a newer program are refused before anything is written', async () => {
  const target = await emptyDatabase()
  const variant = async (name: string, beside: string | null) => {
    await copyFile(file, join(directory, name))
    if (beside) await writeFile(join(directory, `${name}.json`), beside)
    return join(directory, name)
  }
  const damaged = await variant('damaged.dump', JSON.stringify(manifest))
  await appendFile(damaged, 'x')
  const alone = await variant('alone.dump', null)
  const newer = await variant('newer.dump', JSON.stringify({ ...manifest, migrations: ['9999_future'], version: '9.0.0' }))
  const garbled = await variant('garbled.dump', '{')
  await expect(restore({ address: target, bin }, damaged)).rejects.toThrow('beschädigt')
  await expect(restore({ address: target, bin }, alone)).rejects.toThrow('Begleitzettel')
  await expect(restore({ address: target, bin }, newer)).rejects.toThrow('neueren Version 9.0.0')
  await expect(restore({ address: target, bin }, garbled)).rejects.toThrow('nicht lesbar')
  expect(Object.keys(await contents(target))).toEqual(['public.spatial_ref_sys'])
})

test('both scripts work on the private cluster, the backup also while the product runs', async () => {
  const dataDirectory = join(directory, 'var')
  const script = (name: string, ...words: string[]) =>
    promisify(execFile)(process.execPath, [`server/database/${name}.ts`, ...words], { env: { DATA_DIR: dataDirectory } })
  await mkdir(dataDirectory)
  const running = await startPrivateCluster({ dataDirectory, report: () => undefined })
  onTestFinished(running.stop)
  await migrate(running.connection)
  const inUse = join(directory, 'in-use.dump')
  await script('backup', inUse)
  await expect(script('restore', inUse)).rejects.toThrow('läuft der Ausbauatlas bereits')
  await running.stop()

  const stopped = join(directory, 'stopped.dump')
  await script('backup', stopped)
  await expect(script('restore', stopped)).rejects.toThrow('ist nicht leer')
  await rename(join(dataDirectory, 'postgres'), join(dataDirectory, 'postgres-before'))
  await script('restore', stopped)

  const again = await startPrivateCluster({ dataDirectory, report: () => undefined })
  onTestFinished(again.stop)
  expect(await migrate(again.connection)).toEqual([])
})
