import type { Knex } from 'knex'
import type { FactKindName } from '../contract/facts/index.ts'
import type { Statement } from '../contract/facts.ts'
import type { Clocks } from '../http/clocks.ts'
import { type Content, columnsOf, kindOf } from './content.ts'

/** How geometry is read: for people and maps, only to see whether it changed, or not at all. */
type GeometryForm = 'geojson' | 'hash' | 'none'

/** Nine decimals are a tenth of a millimetre: reading and writing again does not move anything. */
const geometrySql: Record<GeometryForm, (column: string) => string> = {
  geojson: (column) => `st_asgeojson(st_transform(${column}, 4326), 9)::jsonb`,
  hash: (column) => `md5(st_asbinary(${column}))`,
  none: () => '',
}

/** SQL of the content of the row `alias` as jsonb with the keys of the contract. */
export function contentSql(name: FactKindName, alias: string, geometry: GeometryForm): string {
  const pairs = columnsOf(name)
    .filter(({ isGeometry }) => !isGeometry || geometry !== 'none')
    .map(({ key, column, isGeometry }) => {
      const value = `${alias}.${column}`
      return `'${key}', ${isGeometry ? geometrySql[geometry](value) : value}`
    })
  return `jsonb_build_object(${pairs.join(', ')})`
}

/** The statement in force comes first. An official boundary is not replaced by a simplified one, however new (district_boundaries_at). */
export function inForceFirst(name: FactKindName, alias: string): string {
  const official = name === 'district_boundary' ? `${alias}.official desc, ` : ''
  return `${official}${alias}.holds_from desc, ${alias}.known_from desc, ${alias}.version desc`
}

/** Known now: also what was published this very moment, whatever the clock of the reader says. */
export function knownNow(alias: string): string {
  return `not ${alias}.retracted and ${alias}.known_to = 'infinity'`
}

interface StatementRow {
  version: number
  id: string
  content: Content
  true_on: string
  citation: string
  url: string | null
  known_from: string
  known_to: string | null
  retracted: boolean
  change_id: number
  actor_name: string
  reason: string
  recorded_at: string
}

function statementColumns(name: FactKindName): string {
  return `s.version, s.id, ${contentSql(name, 's', 'geojson')} as content, s.true_on, o.citation, o.url, s.known_from,
    nullif(s.known_to, 'infinity') as known_to, s.retracted, s.change_id, c.actor_name, c.reason, c.recorded_at
    from ${kindOf(name).table} s join sources o on o.id = s.source_id join changes c on c.id = s.change_id`
}

async function selectStatements(database: Knex, name: FactKindName, statement: string, bindings: Knex.ValueDict) {
  const { rows } = (await database.raw(statement, bindings)) as { rows: StatementRow[] }
  return rows.map((row) => toStatement(name, row))
}

function toStatement(name: FactKindName, row: StatementRow): Statement {
  return {
    version: row.version,
    kind: name,
    id: row.id,
    content: row.content,
    trueOn: row.true_on,
    source: { citation: row.citation, url: row.url },
    knownFrom: row.known_from,
    knownTo: row.known_to,
    retracted: row.retracted,
    change: { id: row.change_id, actorName: row.actor_name, reason: row.reason, recordedAt: row.recorded_at },
  }
}

/** For each fact of a kind the statement in force at both clocks. */
export function findFacts(database: Knex, name: FactKindName, clocks: Clocks): Promise<Statement[]> {
  const known = clocks.knownAt === null ? knownNow('s') : 'not s.retracted and s.known_from <= :knownAt and s.known_to > :knownAt'
  const statement = `select distinct on (s.id) ${statementColumns(name)}
    where s.holds_from <= :asOf and ${known} order by s.id, ${inForceFirst(name, 's')}`
  return selectStatements(database, name, statement, { asOf: clocks.asOf, knownAt: clocks.knownAt ?? '' })
}

/** Everything ever said about a fact, corrected and withdrawn statements included, last recorded first. */
export function findStatements(database: Knex, name: FactKindName, id: string): Promise<Statement[]> {
  const statement = `select ${statementColumns(name)} where s.id = :id order by s.known_from desc, s.version desc`
  return selectStatements(database, name, statement, { id })
}

/** The statements about these facts that are known now, of every source and day, the one in force first. */
export function findKnownStatements(database: Knex, name: FactKindName, ids: string[]): Promise<Statement[]> {
  const statement = `select ${statementColumns(name)} where s.id = any(:ids) and ${knownNow('s')} order by s.id, ${inForceFirst(name, 's')}`
  return selectStatements(database, name, statement, { ids })
}
