import type { Knex } from 'knex'
import { type FactKindName, factKinds } from '../../server/contract/facts/index.ts'
import { columnOf } from '../../server/contract/layers/layer.ts'
import type { Said } from './missing.ts'
import type { PublishedStatement } from './statements.ts'

/** A statement with its source's citation, by which the database knows the source. */
export type CitedStatement = PublishedStatement & { citation: string }

/** What a statement says, as jsonb: the row without the columns the triggers fill and those that name the statement. */
function contentOf(row: string): string {
  const bookkeeping = '{version,true_on,holds_from,source_id,known_from,known_to,change_id,retracted,geom_3857}'
  return `to_jsonb(${row}) - cast('${bookkeeping}' as text[])`
}

/** The statements handed over as JSON, with `content` in the form its table takes it: geometries in EPSG:25832, to the millimetre. */
const handedOver = `
  select g.position, g.id, g.true_on, s.id as source_id, g.known::timestamp at time zone 'Europe/Berlin' as known_at,
    case when jsonb_typeof(g.content -> 'geom') = 'object' then jsonb_set(g.content, '{geom}', to_jsonb(encode(st_asewkb(
      st_snaptogrid(st_transform(st_setsrid(st_geomfromgeojson(g.content ->> 'geom'), 4326), 25832), 0.001)), 'hex')))
    else g.content end as content
  from jsonb_to_recordset(cast(:statements as jsonb))
    as g (position integer, id text, true_on text, citation text, known text, content jsonb)
  join sources s on s.citation = g.citation`

/** What the database holds about each of the statements (all of one kind), in their order. */
export async function whatIsSaid(trx: Knex.Transaction, kind: FactKindName, statements: CitedStatement[]): Promise<Said[]> {
  const { table } = factKinds[kind]
  const { rows } = await trx.raw<{ rows: Said[] }>(
    `with wanted as (
       select h.*, ${contentOf(`jsonb_populate_record(null::${table}, h.content)`)} as row from (${handedOver}) h
     ), said as (
       select f.id, f.true_on, f.source_id, f.known_from, c.origin = 'workbench' as recorded, ${contentOf('f')} as row
       from ${table} f join changes c on c.id = f.change_id
       where f.id in (select w.id from wanted w)
     )
     select exists (select from said s where s.id = w.id and s.recorded) as "isRecorded",
       coalesce((
         select json_agg(json_build_object('isEarly', s.known_from <= w.known_at, 'isRecorded', s.recorded, 'isSame', s.row = w.row)
           order by s.known_from)
         from said s where (s.id, s.true_on, s.source_id) = (w.id, w.true_on, w.source_id)
       ), '[]') as versions
     from wanted w order by w.position`,
    { statements: handOver(statements) },
  )
  return rows
}

/** Writes statements of one kind in the running change. */
export async function insertStatements(trx: Knex.Transaction, kind: FactKindName, statements: CitedStatement[]): Promise<void> {
  const { table, identity, values } = factKinds[kind]
  const columns = Object.keys({ ...identity.shape, ...values.shape }).map(columnOf)
  await trx.raw(
    `insert into ${table} (id, true_on, source_id, ${columns.join(', ')})
     select h.id, h.true_on, h.source_id, ${columns.map((column) => `r.${column}`).join(', ')}
     from (${handedOver}) h cross join lateral jsonb_populate_record(null::${table}, h.content) r
     order by h.position`,
    { statements: handOver(statements) },
  )
}

function handOver(statements: CitedStatement[]): string {
  const rows = statements.map(({ id, trueOn, citation, known, content }, position) => ({
    position,
    id,
    true_on: trueOn,
    citation,
    known,
    content: Object.fromEntries(Object.entries({ ...content, id }).map(([name, value]) => [columnOf(name), value])),
  }))
  return JSON.stringify(rows)
}
