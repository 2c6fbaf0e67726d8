import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Knex } from 'knex'
import type { Client } from 'pg'
import { type DatabaseAddress, withClient } from './connect.ts'
import { locks } from './locks.ts'

/** One step of the schema: a file of plain SQL. */
export interface Migration {
  name: string
  sql: string
  checksum: string
}

/** Thrown when database and files do not fit together; the message is one sentence. */
export class MigrationRefused extends Error {}

const projectMigrations = join(import.meta.dirname, '../../migrations')

/** The files `NNNN_name.sql` in the order of their numbers. */
export function readMigrations(directory = projectMigrations): Migration[] {
  const files = globSync(join(directory, '*.sql')).toSorted()
  return files.map((file) => {
    const sql = readFileSync(file, 'utf8')
    return { name: basename(file, '.sql'), sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

/**
 * Brings the schema forward, each migration in a transaction of its own, and returns the names of those applied.
 * Refuses when a migration was edited after it had been applied, or when the database is newer than the program.
 */
export async function migrate(address: DatabaseAddress, migrations = readMigrations()): Promise<string[]> {
  return withClient(address, async (client) => {
    await client.query('select pg_advisory_lock($1)', [locks.migration])
    await client.query(`
      create table if not exists migrations (
        name text primary key,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`)
    const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from migrations')
    const pending = pendingMigrations(migrations, rows)
    if (rows.length === 0) await ensureExtensions(client)
    for (const migration of pending) await apply(client, migration)
    return pending.map((migration) => migration.name)
  })
}

/** Whether every migration of the program has been applied; rejects when the database is away. */
export async function isMigrated(database: Knex, migrations: Migration[]): Promise<boolean> {
  const rows = await database<{ name: string }>('migrations').select('name').timeout(2_000)
  return migrations.every(({ name }) => rows.some((row) => row.name === name))
}

/** What remains to be applied. */
export function pendingMigrations(files: Migration[], applied: { name: string; checksum: string }[]): Migration[] {
  for (const { name, checksum } of applied) {
    const file = files.find((migration) => migration.name === name)
    if (!file) throw new MigrationRefused(`Die Datenbank ist neuer als das Programm: Es kennt die Migration ${name} nicht.`)
    if (file.checksum !== checksum) {
      throw new MigrationRefused(`Die Migration ${name} wurde nach ihrer Anwendung verändert: Bitte eine neue Migration anlegen.`)
    }
  }
  const pending = files.filter((file) => !applied.some(({ name }) => name === file.name))
  const latest =
    applied
      .map(({ name }) => name)
      .toSorted()
      .at(-1) ?? ''
  const late = pending.find(({ name }) => name < latest)
  if (late)
    throw new MigrationRefused(`Die Migration ${late.name} steht vor der schon angewendeten ${latest}: Bitte höher nummerieren.`)
  return pending
}

async function apply(client: Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(migration.sql)
    await client.query('insert into migrations (name, checksum) values ($1, $2)', [migration.name, migration.checksum])
    await client.query('commit')
  } catch (error) {
    throw new Error(`Die Migration ${migration.name} ist fehlgeschlagen: ${(error as Error).message}`, { cause: error })
  }
}

/** What the schema is made with, and its name for people. */
const extensions = [
  ['postgis', 'PostGIS'],
  ['pg_trgm', 'pg_trgm (im Paket postgresql-contrib)'],
] as const

/** The private cluster has PostGIS already; a city's own database may need its administrator for it. */
async function ensureExtensions(client: Client): Promise<void> {
  for (const [extension, name] of extensions) {
    try {
      await client.query(`create extension if not exists ${extension}`)
    } catch {
      throw new MigrationRefused(
        `${name} fehlt in der Datenbank: Bitte dort als Administrator „create extension ${extension}“ ausführen.`,
      )
    }
  }
}
