import type { Knex } from 'knex'
import { formatDay, formatImpreciseDate } from '../contract/dates.ts'
import type { FactKindName } from '../contract/facts/index.ts'
import type { MobileKindName } from '../contract/mobile/index.ts'
import { formatNumber } from '../contract/numbers.ts'
import type { ObjectKindName } from '../contract/objects/index.ts'
import { type Content, kindNames, kindOf } from './content.ts'
import { contentSql, inForceFirst } from './queries.ts'
import { describeChange, describeSource } from './sentence.ts'
import type { World } from './world.ts'

/** A change as recorded, without what it says. */
export interface ChangeRow {
  id: number
  origin: string
  actorName: string
  reason: string
  knownAt: string
  recordedAt: string
  undoes: number | null
  undoneBy: number | null
  /** Within the ten minutes in which a change can be undone, by the clock of the database. */
  isFresh: boolean
}

const freshSql = "c.recorded_at > clock_timestamp() - interval '10 minutes'"

/** Changes newest first, from the one before `before`. */
export async function findChanges(database: Knex, before: number | undefined, limit: number): Promise<ChangeRow[]> {
  const query = selectChanges(database).orderBy('c.id', 'desc').limit(limit)
  return before === undefined ? query : query.where('c.id', '<', before)
}

export async function findChange(database: Knex, id: number): Promise<ChangeRow | undefined> {
  const [row] = await selectChanges(database).where('c.id', id)
  return row
}

function selectChanges(database: Knex): Knex.QueryBuilder<ChangeRow, ChangeRow[]> {
  return database('changes as c').select(
    'c.id',
    'c.origin',
    'c.actor_name as actorName',
    'c.reason',
    'c.known_at as knownAt',
    'c.recorded_at as recordedAt',
    'c.undoes',
    database.raw('(select min(u.id) from changes u where u.undoes = c.id) as "undoneBy"'),
    database.raw(`${freshSql} as "isFresh"`),
  )
}

/** A statement that a change wrote. */
export interface WrittenStatement {
  kind: FactKindName
  id: string
  changeId: number
  version: number
  retracted: boolean
  trueOn: string
  citation: string
  content: Content
  /** Version of the statement it closed (same fact, day and source), and whether that one withdrew the fact; null: there was none. */
  closed: { version: number; retracted: boolean } | null
  /** What was in force for the fact just before and just after. */
  before: Content | null
  after: Content | null
  /** A later change wrote about the same fact. */
  movedOn: boolean
}

function writtenSql(name: FactKindName): string {
  const { table } = kindOf(name)
  const inForce = (alias: string, known: string) => `(
    select ${contentSql(name, alias, 'hash')} from ${table} ${alias}
    where ${alias}.id = s.id and not ${alias}.retracted and ${known} order by ${inForceFirst(name, alias)} limit 1)`
  return `select '${name}' as kind, s.id, s.change_id as "changeId", s.version, s.retracted, s.true_on as "trueOn", o.citation,
    ${contentSql(name, 's', 'hash')} as content,
    (select json_build_object('version', p.version, 'retracted', p.retracted) from ${table} p
      where p.id = s.id and p.true_on = s.true_on and p.source_id = s.source_id and p.known_to = s.known_from) as closed,
    ${inForce('b', 'b.known_from < s.known_from and b.known_to >= s.known_from')} as before,
    ${inForce('a', 'a.known_from <= s.known_from and a.known_to > s.known_from')} as after,
    exists (select from ${table} l where l.id = s.id and l.change_id > s.change_id) as "movedOn"
    from ${table} s join sources o on o.id = s.source_id where s.change_id = any(:changes)`
}

/** What a change did to objects (premises, network) or records of the mobile desk, in numbers. */
export interface WrittenObjects {
  changeId: number
  kind: ObjectKindName | MobileKindName
  written: number
  withdrawn: number
  /** A later change wrote about the same objects. */
  movedOn: boolean
}

/** What these changes did to objects: they are too many to be told one by one. */
async function findWrittenObjects(database: Knex, changes: readonly number[]): Promise<WrittenObjects[]> {
  const statement =
    'select change_id as "changeId", kind, written, withdrawn, moved_on as "movedOn" from object_changes(:changes)'
  const { rows } = (await database.raw(statement, { changes })) as { rows: WrittenObjects[] }
  return rows
}

/** "1.240 Anschlussobjekte geändert, 3 zurückgezogen." */
function describeWrittenObjects({ kind, written, withdrawn }: WrittenObjects): string {
  const amount = (count: number) => `${formatNumber(count, 'de')} ${objectWords[kind][count === 1 ? 'one' : 'many']}`
  if (written === 0) return `${amount(withdrawn)} zurückgezogen.`
  return `${amount(written)} geändert${withdrawn > 0 ? `, ${formatNumber(withdrawn, 'de')} zurückgezogen` : ''}.`
}

const objectWords: Readonly<Record<WrittenObjects['kind'], { one: string; many: string }>> = {
  premises: { one: 'Anschlussobjekt', many: 'Anschlussobjekte' },
  route: { one: 'Trasse', many: 'Trassen' },
  duct: { one: 'Leerrohr', many: 'Leerrohre' },
  cable: { one: 'Glasfaserkabel', many: 'Glasfaserkabel' },
  structure: { one: 'Bauwerk', many: 'Bauwerke' },
  site_request: { one: 'Standortanfrage', many: 'Standortanfragen' },
  site_candidate: { one: 'Standortkandidat', many: 'Standortkandidaten' },
  municipal_site: { one: 'städtischer Standort', many: 'städtische Standorte' },
}

/** What a change did to the released counts (layer `counted_figures`). */
export interface WrittenRelease {
  changeId: number
  /** Day the figures hold for. */
  stand: string
  isWithdrawal: boolean
  /** Taken back since. */
  isWithdrawn: boolean
}

async function findWrittenReleases(database: Knex, changes: readonly number[]): Promise<WrittenRelease[]> {
  const { rows } = await database.raw<{ rows: WrittenRelease[] }>(
    `select change_id as "changeId", stand, is_withdrawal as "isWithdrawal", is_withdrawn as "isWithdrawn"
     from release_changes where change_id = any(:changes)`,
    { changes },
  )
  return rows
}

function describeWrittenRelease({ stand, isWithdrawal }: WrittenRelease): string {
  return `Gezählte Zahlen zum ${formatDay(stand, 'de')} ${isWithdrawal ? 'zurückgenommen' : 'veröffentlicht'}.`
}

/** What a change did to mobile coverage: an edition, or reports of dead zones decided on alike (`count`). */
export interface WrittenCoverage {
  changeId: number
  what: 'imported' | 'withdrawn' | 'restored' | 'dead_zones_published' | 'dead_zones_rejected' | 'dead_zones_pending'
  title: string | null
  trueOn: string | null
  count: number | null
}

async function findWrittenCoverage(database: Knex, changes: readonly number[]): Promise<WrittenCoverage[]> {
  const { rows } = await database.raw<{ rows: WrittenCoverage[] }>(
    `select change_id as "changeId", what, title, true_on as "trueOn", count from coverage_changes where change_id = any(:changes) order by what`,
    { changes },
  )
  return rows
}

const coverageWords: Readonly<Record<WrittenCoverage['what'], string>> = {
  imported: 'eingelesen',
  withdrawn: 'zurückgezogen',
  restored: 'wieder veröffentlicht',
  dead_zones_published: 'veröffentlicht',
  dead_zones_rejected: 'abgelehnt',
  dead_zones_pending: 'wieder zu prüfen',
}

function describeWrittenCoverage({ what, title, trueOn, count }: WrittenCoverage): string {
  if (trueOn === null) return `${count === 1 ? 'Eine Meldung' : `${count} Meldungen`} über Funklöcher ${coverageWords[what]}.`
  return `Netzabdeckung „${title}“, Stand ${formatImpreciseDate(trueOn, 'de')}: ${coverageWords[what]}.`
}

/** All that a change wrote. */
export interface Written {
  statements: WrittenStatement[]
  objects: WrittenObjects[]
  releases: WrittenRelease[]
  coverage: WrittenCoverage[]
}

/** What each of these changes wrote. */
export async function findWritten(database: Knex, changes: readonly number[]): Promise<(change: number) => Written> {
  const statements = await findWrittenStatements(database, changes)
  const objects = await findWrittenObjects(database, changes)
  const releases = await findWrittenReleases(database, changes)
  const coverage = await findWrittenCoverage(database, changes)
  const of = (change: number) => (row: { changeId: number }) => row.changeId === change
  return (change) => ({
    statements: statements.filter(of(change)),
    objects: objects.filter(of(change)),
    releases: releases.filter(of(change)),
    coverage: coverage.filter(of(change)),
  })
}

/** What a change did: one sentence per fact, kind of object, release and edition. */
export function describeWritten({ statements, objects, releases, coverage }: Written, names: World): string[] {
  return [
    ...describeStatements(statements, names),
    ...objects.map(describeWrittenObjects),
    ...releases.map(describeWrittenRelease),
    ...coverage.map(describeWrittenCoverage),
  ]
}

/** All statements of these changes in the order they were written. */
async function findWrittenStatements(database: Knex, changes: readonly number[]): Promise<WrittenStatement[]> {
  const statement = `select * from (${kindNames.map(writtenSql).join(' union all ')}) w order by w.version`
  const { rows } = (await database.raw(statement, { changes })) as { rows: WrittenStatement[] }
  return rows
}

function describeStatements(written: readonly WrittenStatement[], names: World): string[] {
  const byFact = Map.groupBy(written, ({ kind, id }) => `${kind} ${id}`)
  return [...byFact.values()].map((statements) => {
    const said = statements.findLast(({ retracted }) => !retracted)
    const { kind, content, before, after, citation, trueOn } = said ?? (statements.at(-1) as WrittenStatement)
    const source = describeSource(citation, trueOn)
    if (said) return `${describeChange(kind, before, said.content, names)} ${source}`
    const withdrawn = describeChange(kind, before ?? content, null, names)
    return after === null
      ? `${withdrawn} ${source}`
      : `${withdrawn} Es gilt wieder: ${describeChange(kind, before, after, names)} ${source}`
  })
}
