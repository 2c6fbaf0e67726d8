import type { Knex } from 'knex'

/** This moment by the clock of the database, which is the one statements are known by. ISO timestamp. */
export async function databaseTime(database: Knex): Promise<string> {
  const { rows } = await database.raw<{ rows: { now: string }[] }>('select clock_timestamp() as now')
  return new Date((rows[0] as { now: string }).now).toISOString()
}
