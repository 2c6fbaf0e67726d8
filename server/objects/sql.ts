import { today } from '../contract/dates.ts'
import type { ObjectKindName } from '../contract/objects/index.ts'
import type { ObjectFilter } from '../contract/objects.ts'
import type { Clocks } from '../http/clocks.ts'
import { columnsOf, isLine, kindOf } from './kinds.ts'
import type { Statement } from './statement.ts'
import { matchesWords } from './words-sought.ts'

/** Later than anything known: "everything known now", also what was recorded this very moment. */
const everything = "timestamptz '9999-01-01'"

export const knownNow = (alias: string) => `not ${alias}.retracted and ${alias}.known_to = 'infinity'`

const statementColumns = ['version', 'true_on', 'holds_from', 'source_id', 'known_from', 'change_id', 'geom_3857']

/**
 * The statement in force of every object of the kind, as known now: known statements all hold by today. Which one that is an index
 * tells alone, however long the history; conditions on `id` reach it.
 */
export function inForceNow(name: ObjectKindName): string {
  const { table } = kindOf(name)
  const columns = [...statementColumns, ...columnsOf(name).map(({ column }) => column)].map((column) => `s.${column}`)
  return `(select n.id, ${columns.join(', ')} from (
    select distinct on (k.id) k.id, k.version from ${table} k where ${knownNow('k')}
    order by k.id, k.holds_from desc, k.known_from desc, k.version desc) n join ${table} s on s.version = n.version)`
}

/**
 * The objects of a kind at the clocks, to be called `o`; they have the content columns, id, version, true_on, source_id, known_from,
 * change_id, and `status_now`: status or state as of that day.
 */
export function objectsAt(statement: Statement, name: ObjectKindName, { asOf, knownAt }: Clocks): string {
  if (knownAt === null && asOf === today())
    return `(select n.*, n.${name === 'premises' ? 'state' : 'status'} as status_now from ${inForceNow(name)} n)`
  const day = statement.bind(asOf, 'date')
  const known = knownAt === null ? everything : statement.bind(knownAt, 'timestamptz')
  const { table } = kindOf(name)
  if (name === 'premises') return `(select n.*, n.state as status_now from premises_at(${day}, ${known}) n)`
  return `(select n.*, network_status(n.status, n.holds_from, n.planned_on, n.started_on, n.laid_on, ${day}) as status_now
    from ${table}_at(${day}, ${known}) n)`
}

/** Boundaries of the districts at the clocks. */
export function boundariesAt(statement: Statement, { asOf, knownAt }: Clocks): string {
  const known = knownAt === null ? everything : statement.bind(knownAt, 'timestamptz')
  return `district_boundaries_at(${statement.bind(asOf, 'date')}, ${known})`
}

/** A value of the official address of premises `o`; looked up only for rows that need it. */
const ofAddress = (value: string) => `(select ${value} from current_addresses a where a.id = o.address_id)`

/** Location of an object; premises without one of their own lie where their address does. */
export function geometryOf(name: ObjectKindName): string {
  return name === 'premises' ? `coalesce(o.geom, ${ofAddress('a.geom')})` : 'o.geom'
}

/** Official address in words; null: none. */
export function addressLabel(name: ObjectKindName): string {
  return name === 'premises' ? ofAddress('a.label') : 'null::text'
}

/** SQL of the content of the row `alias` as jsonb with the keys of the contract. */
export function contentSql(name: ObjectKindName, alias: string, geometry: 'geojson' | 'hash' | 'none'): string {
  const pairs = columnsOf(name)
    .filter(({ isGeometry }) => !isGeometry || geometry !== 'none')
    .map(({ key, column, isGeometry }) => {
      const value = `${alias}.${column}`
      if (!isGeometry) return `'${key}', ${value}`
      return `'${key}', ${geometry === 'hash' ? `md5(st_asbinary(${value}))` : `st_asgeojson(st_transform(${value}, 4326), 9)::jsonb`}`
    })
  return `jsonb_build_object(${pairs.join(', ')})`
}

const hasColumn = (name: ObjectKindName, key: string) => columnsOf(name).some((column) => column.key === key)

function inDistricts(statement: Statement, name: ObjectKindName, districts: readonly string[], clocks: Clocks): string {
  const ids = statement.bind(districts, 'text[]')
  if (name === 'premises') return `o.district_id = any (${ids})`
  const within = `exists (select from ${boundariesAt(statement, clocks)} b where b.district_id = any (${ids}) and st_intersects(o.geom, b.geom))`
  if (!districts.includes('outside')) return within
  return `(${within} or not exists (select from ${boundariesAt(statement, clocks)} b where st_intersects(o.geom, b.geom)))`
}

function inBox(statement: Statement, name: ObjectKindName, bbox: string): string {
  const corners = bbox.split(',').map((degree) => statement.bind(Number(degree), 'float8'))
  return `st_intersects(st_transform(${geometryOf(name)}, 3857), st_transform(st_makeenvelope(${corners.join(', ')}, 4326), 3857))`
}

const columnOfLack = { programme: 'o.programme_id', section: 'o.section_id' } as const

function lacking(name: ObjectKindName, lack: string): string {
  if (lack === 'address') return name === 'premises' ? 'o.address_id is null' : 'false'
  if (lack === 'location') return `${geometryOf(name)} is null`
  return `${columnOfLack[lack as keyof typeof columnOfLack]} is null`
}

/** Filters that compare a column with the values named; a kind without the column has nothing that fits. */
const columnFilters = [
  ['programmeId', 'programmeId'],
  ['sectionId', 'sectionId'],
  ['fundingClass', 'fundingClass'],
  ['addressId', 'addressId'],
  ['condition', 'condition'],
  ['structureType', 'structureType'],
] as const

const partsOfPremises: readonly (keyof ObjectFilter)[] = ['premisesKind', 'state', 'addressId', 'fundingClass']

/** The parts of a filter that a kind has; for maps that show several kinds. */
export function partsOf(name: ObjectKindName, filter: ObjectFilter): ObjectFilter {
  const isForeign = (part: string) =>
    name === 'premises'
      ? part === 'status'
      : partsOfPremises.includes(part as keyof ObjectFilter) ||
        (['condition', 'structureType'].includes(part) && !hasColumn(name, part))
  return Object.fromEntries(Object.entries(filter).filter(([part]) => !isForeign(part)))
}

/** The conditions of a filter on `o`; all must hold. */
export function conditionsOf(statement: Statement, name: ObjectKindName, filter: ObjectFilter, clocks: Clocks): string[] {
  const isOneOf = (sql: string, values: readonly string[]) => `${sql} = any (${statement.bind(values, 'text[]')})`
  const columns = columnFilters.flatMap(([part, key]) => {
    const values = filter[part]
    if (values === undefined) return []
    const column = columnsOf(name).find((candidate) => candidate.key === key)
    return column ? [isOneOf(`o.${column.column}`, values)] : ['false']
  })
  const only = (isThere: boolean, sql: () => string) => (isThere ? sql() : 'false')
  return [
    ...columns,
    ...(filter.premisesKind ? [only(name === 'premises', () => isOneOf('o.kind', filter.premisesKind ?? []))] : []),
    ...(filter.state ? [only(name === 'premises', () => isOneOf('o.status_now', filter.state ?? []))] : []),
    ...(filter.status ? [only(name !== 'premises', () => isOneOf('o.status_now', filter.status ?? []))] : []),
    ...(filter.districtId ? [inDistricts(statement, name, filter.districtId, clocks)] : []),
    ...(filter.operator !== undefined ? [`o.operator = ${statement.bind(filter.operator, 'text')}`] : []),
    ...(filter.lacks ? [`(${filter.lacks.map((lack) => lacking(name, lack)).join(' or ')})`] : []),
    ...(filter.q ? matchesWords(statement, columnsOf(name), filter.q) : []),
    ...(filter.bbox ? [inBox(statement, name, filter.bbox)] : []),
    ...(filter.changeId
      ? [
          `exists (select from ${kindOf(name).table} c where c.id = o.id and c.change_id = ${statement.bind(filter.changeId, 'bigint')})`,
        ]
      : []),
  ]
}

/** Metres in EPSG:25832; null: not a line. */
export function lengthOf(name: ObjectKindName, alias: string): string {
  return isLine(name) ? `st_length(${alias}.geom)` : 'null::float8'
}
