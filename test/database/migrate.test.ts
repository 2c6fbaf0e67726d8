import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { withClient } from '../../server/database/connect.ts'
import { type Migration, migrate, readMigrations } from '../../server/database/migrate.ts'
import { emptyDatabase } from '../support/database.ts'

const migration = (name: string, sql: string): Migration => ({
  name,
  sql,
  checksum: createHash('sha256').update(sql).digest('hex'),
})
const first = migration('0001_first', 'create table first (id int); insert into first values (1);')
const second = migration('0002_second', 'alter table first add column word text;')

async function tables(address: Awaited<ReturnType<typeof emptyDatabase>>): Promise<string[]> {
  return withClient(address, async (client) => {
    const { rows } = await client.query("select tablename from pg_tables where schemaname = 'public' order by 1")
    return rows.map(({ tablename }) => tablename)
  })
}

test('migrations are applied once, in order', async () => {
  const address = await emptyDatabase()
  expect(await migrate(address, [first])).toEqual(['0001_first'])
  expect(await migrate(address, [first, second])).toEqual(['0002_second'])
  expect(await migrate(address, [first, second])).toEqual([])
})

test('two products starting at once apply each migration once', async () => {
  const address = await emptyDatabase()
  const applied = await Promise.all([migrate(address, [first, second]), migrate(address, [first, second])])
  expect(applied.flat()).toEqual(['0001_first', '0002_second'])
})

test('a migration that fails leaves nothing behind, those before it stay', async () => {
  const address = await emptyDatabase()
  const broken = migration('0002_broken', 'create table half (id int); select 1 / 0;')
  await expect(migrate(address, [first, broken])).rejects.toThrow(
    'Die Migration 0002_broken ist fehlgeschlagen: division by zero',
  )
  expect(await tables(address)).toEqual(['first', 'migrations', 'spatial_ref_sys'])
  expect(await migrate(address, [first, second])).toEqual(['0002_second'])
})

test('a migration edited after it was applied is refused', async () => {
  const address = await emptyDatabase()
  await migrate(address, [first])
  const edited = migration('0001_first', 'create table other (id int);')
  await expect(migrate(address, [edited])).rejects.toThrow('Die Migration 0001_first wurde nach ihrer Anwendung verändert')
})

test('a database newer than the program is refused', async () => {
  const address = await emptyDatabase()
  await migrate(address, [first, second])
  await expect(migrate(address, [first])).rejects.toThrow('Die Datenbank ist neuer als das Programm')
})

test('a migration numbered before those applied is refused', async () => {
  const address = await emptyDatabase()
  await migrate(address, [first])
  const late = migration('0000_late', 'select 1;')
  await expect(migrate(address, [late, first])).rejects.toThrow('Bitte höher nummerieren')
})

test('the project numbers its migrations without gaps or doubles', () => {
  const numbers = readMigrations().map(({ name }) => Number(name.slice(0, 4)))
  expect(numbers).toEqual(numbers.map((_, index) => index + 1))
})
