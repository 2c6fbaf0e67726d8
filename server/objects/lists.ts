import type { Knex } from 'knex'
import type { ObjectKindName } from '../contract/objects/index.ts'
import type { ObjectFilter, ObjectOrder, ObjectRow, ObjectTotals } from '../contract/objects.ts'
import type { Clocks } from '../http/clocks.ts'
import { badParameter } from '../http/problem.ts'
import { isLine } from './kinds.ts'
import { addressLabel, boundariesAt, conditionsOf, contentSql, geometryOf, inForceNow, lengthOf, objectsAt } from './sql.ts'
import { Statement } from './statement.ts'

/** Which part of a list is wanted. */
export interface Part {
  sort: ObjectOrder
  descending: boolean
  limit: number
  after: string | undefined
}

const german = 'collate "de-x-icu"'

/** What a list is sorted by and its type; objects without a value come last in both directions. */
function sortOf(name: ObjectKindName, sort: ObjectOrder): { value: string; type: string } {
  const text = (value: string) => ({ value: `${value} ${german}`, type: `text` })
  const premises = name === 'premises'
  switch (sort) {
    case 'address':
      // 2 comes before 12.
      return text(premises ? `a.street || ' ' || lpad(a.house_number::text, 5, '0') || a.suffix` : 'null::text')
    case 'district':
      return premises ? text('o.district_id') : text('null::text')
    case 'kind':
      return text(premises ? 'o.kind' : name === 'structure' ? 'o.structure_type' : 'null::text')
    case 'name':
      return text(premises ? 'o.name' : name === 'structure' ? 'o.designation' : 'o.external_id')
    case 'units':
      return { value: premises ? 'o.units::float8' : 'null::float8', type: 'float8' }
    case 'state':
      return premises
        ? { value: 'premises_rank(o.status_now)::float8', type: 'float8' }
        : { value: `array_position(array['planned', 'under_construction', 'laid'], o.status_now)::float8`, type: 'float8' }
    case 'operator':
      return text('o.operator')
    case 'length':
      return { value: lengthOf(name, 'o'), type: 'float8' }
    case 'trueOn':
      return { value: `imprecise_latest(o.true_on)`, type: 'date' }
    case 'changed':
      return { value: 'o.known_from', type: 'timestamptz' }
    case 'id':
      return { value: 'null::text', type: 'text' }
  }
}

/** Where a page ends: value of the sorted column and id of its last object. */
type Cursor = readonly [value: string | number | null, id: string]

function readCursor(after: string): Cursor {
  try {
    const [value, id] = JSON.parse(Buffer.from(after, 'base64url').toString()) as Cursor
    if (typeof id === 'string' && (value === null || typeof value === 'string' || typeof value === 'number')) return [value, id]
  } catch {
    // Said below.
  }
  throw badParameter('after', 'after ist keine Fortsetzung dieser Liste.')
}

function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

/** Objects after the cursor in the order of the list. */
function isAfter(statement: Statement, { value, type }: { value: string; type: string }, part: Part): string {
  if (part.after === undefined) return 'true'
  const [last, id] = readCursor(part.after)
  const next = `o.id > ${statement.bind(id, 'text')}`
  if (last === null) return `(${value} is null and ${next})`
  const bound = `${statement.bind(last, type)}${type === 'text' ? ` ${german}` : ''}`
  return `(${value} is null or ${value} ${part.descending ? '<' : '>'} ${bound} or (${value} = ${bound} and ${next}))`
}

/**
 * The last change, to be read before the rows: what is recorded meanwhile is newer than what they show. Asked of the database, for
 * other processes record too, and their news travels behind their rows.
 */
export async function findRevision(database: Knex): Promise<number> {
  const row = await database('changes').max({ revision: 'id' }).first()
  return Number(row?.revision ?? 0)
}

type Page = { objects: ObjectRow[]; next: string | null }

/** A page of the objects that fit the filter. */
export async function findPage(
  database: Knex,
  name: ObjectKindName,
  filter: ObjectFilter,
  clocks: Clocks,
  part: Part,
): Promise<Page> {
  const statement = new Statement()
  const sort = sortOf(name, part.sort)
  const addresses = name === 'premises' && part.sort === 'address' ? ' left join current_addresses a on a.id = o.address_id' : ''
  const source = `${objectsAt(statement, name, clocks)} o${addresses}`
  const conditions = [...conditionsOf(statement, name, filter, clocks), isAfter(statement, sort, part)]
  const order = part.sort === 'id' ? 'o.id' : `${sort.value} ${part.descending ? 'desc' : 'asc'} nulls last, o.id`
  const rows = await statement.run<ObjectRow & { sortValue: string | number | null }>(
    database,
    `with page as materialized (
      select o.*, ${addressLabel(name)} as address_label, ${geometryOf(name)} as place, ${sort.value} as sort_value
      from ${source}
      where ${conditions.join(' and ')} order by ${order} limit ${statement.bind(part.limit + 1, 'int')}
    ) ${rowsOf(statement, name, clocks)} order by ${order.replaceAll(sort.value, 'o.sort_value')}`,
  )
  const isCut = rows.length > part.limit
  const page = isCut ? rows.slice(0, part.limit) : rows
  const last = page.at(-1)
  return {
    objects: page.map(({ sortValue: _sorted, ...row }) => row),
    next: isCut && last ? writeCursor([last.sortValue, last.id]) : null,
  }
}

/** Rows as the contract has them, from `page`. */
function rowsOf(statement: Statement, name: ObjectKindName, clocks: Clocks): string {
  const districts =
    name === 'premises'
      ? 'array[o.district_id]'
      : `coalesce((select array_agg(b.district_id order by st_length(st_intersection(o.geom, b.geom)) desc, b.district_id)
          from boundaries b where st_intersects(o.geom, b.geom)), '{}')`
  const point = `st_transform(${isLine(name) ? 'st_lineinterpolatepoint(o.place, 0.5)' : 'o.place'}, 4326)`
  return `, boundaries as materialized (select b.district_id, b.geom from ${boundariesAt(statement, clocks)} b)
    select o.id, o.version, ${contentSql(name, 'o', 'geojson')} as content, o.status_now as status, o.address_label as address,
      ${districts} as "districtIds", ${lengthOf(name, 'o')} as "lengthM",
      (select json_build_array(st_x(p), st_y(p)) from ${point} p where p is not null) as point,
      o.true_on as "trueOn", json_build_object('citation', s.citation, 'url', s.url) as source,
      o.change_id as "changeId", o.known_from as "knownFrom", o.sort_value as "sortValue"
    from page o join sources s on s.id = o.source_id`
}

/** The objects with these ids at the clocks, in no order. */
export async function findRows(
  database: Knex,
  name: ObjectKindName,
  ids: readonly string[],
  clocks: Clocks,
): Promise<ObjectRow[]> {
  const statement = new Statement()
  const source = objectsAt(statement, name, clocks)
  const rows = await statement.run<ObjectRow & { sortValue: null }>(
    database,
    `with page as materialized (
      select o.*, ${addressLabel(name)} as address_label, ${geometryOf(name)} as place, null as sort_value
      from ${source} o where o.id = any (${statement.bind(ids, 'text[]')})
    ) ${rowsOf(statement, name, clocks)}`,
  )
  return rows.map(({ sortValue: _sorted, ...row }) => row)
}

/** How many fit the filter, what they amount to and where they lie. */
export async function findTotals(
  database: Knex,
  name: ObjectKindName,
  filter: ObjectFilter,
  clocks: Clocks,
): Promise<ObjectTotals> {
  const statement = new Statement()
  const source = objectsAt(statement, name, clocks)
  const conditions = ['true', ...conditionsOf(statement, name, filter, clocks)]
  const [totals] = await statement.run<ObjectTotals>(
    database,
    `select t.count, t.units, t."lengthM", (
        select json_build_array(st_xmin(e), st_ymin(e), st_xmax(e), st_ymax(e))
        from st_transform(st_setsrid(t.extent::geometry, 25832), 4326) e where e is not null) as bounds
      from (
        select count(*)::int as count, ${name === 'premises' ? 'coalesce(sum(o.units), 0)::int' : 'null::int'} as units,
          ${isLine(name) ? 'coalesce(sum(st_length(o.geom)), 0)' : 'null::float8'} as "lengthM",
          st_extent(${geometryOf(name)}) as extent
        from ${source} o where ${conditions.join(' and ')}
      ) t`,
  )
  return totals as ObjectTotals
}

/** Operators named by the objects known now, most frequent first. */
export async function findOperators(database: Knex, name: ObjectKindName): Promise<{ name: string; count: number }[]> {
  const { rows } = await database.raw(
    `select o.operator as name, count(*)::int as count from ${inForceNow(name)} o
      where o.operator is not null group by o.operator order by count(*) desc, o.operator limit 100`,
  )
  return rows
}
