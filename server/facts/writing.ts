import type { Knex } from 'knex'
import type { FactKindName } from '../contract/facts/index.ts'
import { type Content, columnsOf, kindOf } from './content.ts'

export interface NewStatement {
  id: string
  content: Content
  trueOn: string
  sourceId: number
}

/** Writes a statement; the triggers give it its known time and close the one it corrects. */
export async function insertStatement(trx: Knex.Transaction, name: FactKindName, statement: NewStatement): Promise<void> {
  const { table } = kindOf(name)
  const values = columnsOf(name).map(({ key, column, isGeometry }) => {
    const value = statement.content[key]
    return [column, isGeometry && value !== null ? geometry(trx, name, value) : value]
  })
  await trx(table).insert({
    id: statement.id,
    true_on: statement.trueOn,
    source_id: statement.sourceId,
    ...Object.fromEntries(values),
  })
}

/** Boundaries may have several parts; sections keep the form they were drawn in. */
function geometry(trx: Knex.Transaction, name: FactKindName, value: unknown): Knex.Raw {
  const read = 'geometry_from_geojson(?)'
  return trx.raw(name === 'district_boundary' ? `st_multi(${read})` : read, [JSON.stringify(value)])
}

/** Says again what the statement `version` said, or (`retracted`) takes it back: same fact, day and source. */
export async function repeatStatement(
  trx: Knex.Transaction,
  name: FactKindName,
  version: number,
  retracted: boolean,
): Promise<void> {
  const columns = columnsOf(name).map(({ column }) => column)
  await trx.raw(
    `insert into ${kindOf(name).table} (id, true_on, source_id, retracted, ${columns.join(', ')})
     select s.id, s.true_on, s.source_id, :retracted, ${columns.map((column) => `s.${column}`).join(', ')}
     from ${kindOf(name).table} s where s.version = :version`,
    { retracted, version },
  )
}
