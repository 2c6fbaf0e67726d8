import type { Knex } from 'knex'
import type { Acknowledged } from './writers.ts'

/** Tables of statements: those whose rows are never changed or deleted. */
async function statementTables(database: Knex): Promise<string[]> {
  const { rows } = await database.raw(`
    select c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgname = 'protect_statement' order by 1`)
  return rows.map(({ name }: { name: string }) => name)
}

/** Everything that is wrong with the history; empty when no acknowledged change is lost and all of it fits together. */
export async function faultsInHistory(database: Knex, acknowledged: readonly Acknowledged[]): Promise<string[]> {
  const tables = await statementTables(database)
  const faults = [...(await lostChanges(database, acknowledged)), ...(await emptyChanges(database, tables))]
  for (const table of tables) faults.push(...(await brokenChains(database, table)))
  return faults
}

async function lostChanges(database: Knex, acknowledged: readonly Acknowledged[]): Promise<string[]> {
  const { rows } = await database.raw("select change_id as revision, id, note from stages where note like 'Probe %'")
  const kept = new Set(rows.map((row: { revision: number; id: string; note: string }) => `${row.revision} ${row.id} ${row.note}`))
  const drafts = new Set(await database('drafts').pluck('id'))
  return acknowledged.flatMap(({ revision, factId, note, draftId }) => [
    ...(kept.has(`${revision} ${factId} ${note}`) ? [] : [`revision ${revision} of ${factId} was acknowledged and is lost`]),
    ...(drafts.has(draftId) ? [`draft ${draftId} was published as revision ${revision} and is still there`] : []),
  ])
}

/** A publication is one transaction: no change without its statements. */
async function emptyChanges(database: Knex, tables: string[]): Promise<string[]> {
  const all = tables.map((table) => `select change_id from ${table}`).join(' union ')
  const { rows } = await database.raw(`select id from changes where origin = 'workbench' and id not in (${all})`)
  return rows.map(({ id }: { id: number }) => `change ${id} has no statements`)
}

/** Statements of one fact, day and source follow each other without gap or overlap, and the last one is still known. */
async function brokenChains(database: Knex, table: string): Promise<string[]> {
  const { rows } = await database.raw(`
    select version from (
      select version, known_to,
             lead(known_from, 1, 'infinity') over (partition by id, true_on, source_id order by known_from) as next_known
      from ${table}) as chain
    where known_to <> next_known`)
  return rows.map(({ version }: { version: number }) => `statement ${version} of ${table} does not end where the next begins`)
}
