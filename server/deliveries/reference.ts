import type { Knex } from 'knex'
import type { Names } from './describe.ts'
import { plain } from './words.ts'

interface Named {
  id: string
  name: string
}

async function programmes(database: Knex): Promise<Named[]> {
  const { rows } = await database.raw<{ rows: Named[] }>(
    'select id, name from programmes_at(current_date, clock_timestamp()) order by position',
  )
  return rows
}

/** Ids of programmes by id and name in `plain` spelling. */
export async function loadProgrammes(database: Knex): Promise<ReadonlyMap<string, string>> {
  return new Map((await programmes(database)).flatMap(({ id, name }) => [[plain(id), id] as const, [plain(name), id] as const]))
}

/** Names of programmes by id. */
export async function loadProgrammeNames(database: Knex): Promise<Record<string, string>> {
  return Object.fromEntries((await programmes(database)).map(({ id, name }) => [id, name]))
}

/** Names of programmes and districts by id. */
export async function loadNames(database: Knex): Promise<Names> {
  const districts = await database<Named>('districts').select('id', 'name')
  return new Map([...districts, ...(await programmes(database))].map(({ id, name }) => [id, name]))
}
