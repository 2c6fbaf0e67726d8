import type { Knex } from 'knex'
import { today } from '../contract/dates.ts'
import type { ObjectKindName } from '../contract/objects/index.ts'
import { mostObjects, type ObjectFilter } from '../contract/objects.ts'
import type { Clocks } from '../http/clocks.ts'
import { invalid, notFound, Problem, stale } from '../http/problem.ts'
import { type Content, kindOf } from './kinds.ts'
import { findRows } from './lists.ts'
import { addressLabel, conditionsOf, contentSql, knownNow, objectsAt } from './sql.ts'
import { Statement } from './statement.ts'

/** Which objects a change is about, and what the person had seen. */
export interface Wish {
  ids?: readonly string[] | undefined
  filter?: ObjectFilter | undefined
  revision: number
}

/** An object as it is in force now; geometry as its hash. */
export interface Target {
  id: string
  content: Content
  address: string | null
  trueOn: string
  holdsFrom: string
  /** The last change that wrote about it. */
  changeId: number
}

export const now = (): Clocks => ({ asOf: today(), knownAt: null })

/** The objects meant, as they are now; refuses when one has moved on since the revision the person saw. */
export async function findTargets(database: Knex, name: ObjectKindName, { ids, filter, revision }: Wish): Promise<Target[]> {
  if ((ids === undefined) === (filter === undefined))
    throw invalid([{ field: 'ids', detail: 'Bitte nennen Sie entweder Objekte (ids) oder einen Filter.' }])
  const wanted = ids && [...new Set(ids)]
  const targets = await selectTargets(database, name, wanted, filter)
  if (targets.length > mostObjects)
    throw invalid([{ field: 'filter', detail: `Höchstens ${mostObjects.toLocaleString('de')} Objekte auf einmal.` }])
  if (wanted) await refuseMissing(database, name, wanted, targets, revision)
  const moved = targets.filter(({ changeId }) => changeId > revision)
  if (moved.length > 0)
    throw await conflictsOf(
      database,
      name,
      moved.map(({ id }) => id),
    )
  if (targets.length === 0) throw invalid([{ field: 'filter', detail: 'Kein Objekt passt zum Filter.' }])
  return targets
}

async function selectTargets(
  database: Knex,
  name: ObjectKindName,
  ids: readonly string[] | undefined,
  filter: ObjectFilter | undefined,
): Promise<Target[]> {
  const statement = new Statement()
  const conditions = ids
    ? [`o.id = any (${statement.bind(ids, 'text[]')})`]
    : ['true', ...conditionsOf(statement, name, filter ?? {}, now())]
  return statement.run<Target>(
    database,
    `select o.id, ${contentSql(name, 'o', 'hash')} as content, ${addressLabel(name)} as address, o.true_on as "trueOn",
      o.holds_from as "holdsFrom",
      (select max(c.change_id) from ${kindOf(name).table} c where c.id = o.id and c.known_to = 'infinity') as "changeId"
    from ${objectsAt(statement, name, now())} o
    where ${conditions.join(' and ')} order by o.id limit ${mostObjects + 1}`,
  )
}

/** Named objects that are not there: withdrawn since (412), or never were (404). */
async function refuseMissing(
  database: Knex,
  name: ObjectKindName,
  wanted: readonly string[],
  found: readonly Target[],
  revision: number,
): Promise<void> {
  if (found.length === wanted.length) return
  const there = new Set(found.map(({ id }) => id))
  const missing = wanted.filter((id) => !there.has(id))
  const withdrawn = await database(kindOf(name).table)
    .distinct('id')
    .whereIn('id', missing.slice(0, 1000))
    .where('change_id', '>', revision)
  if (withdrawn.length > 0) throw await conflictsOf(database, name, missing)
  throw notFound(`${kindOf(name).label.de} „${missing[0]}“`, 'ids')
}

const mostConflicts = 100

async function conflictsOf(database: Knex, name: ObjectKindName, ids: readonly string[]): Promise<Problem> {
  const some = ids.slice(0, mostConflicts)
  const rows = await findRows(database, name, some, now())
  const conflicts = some.map((id) => ({ id, current: rows.find((row) => row.id === id) ?? null }))
  if (ids.length === 1) return stale(conflicts)
  const detail = `${ids.length} der Objekte wurden inzwischen von jemand anderem geändert. Bitte laden Sie die Liste neu und prüfen Sie Ihre Änderung.`
  return new Problem(412, detail, { conflicts })
}

/** Whether something is known now about an object with this id, of whatever kind. */
export async function existsNow(database: Knex, name: ObjectKindName, id: string): Promise<boolean> {
  const { rows } = await database.raw(
    `select exists (select from facts f where f.id = :id and f.kind <> :kind)
      or exists (select from ${kindOf(name).table} s where s.id = :id and ${knownNow('s')}) as there`,
    { id, kind: kindOf(name).kind },
  )
  return rows[0].there
}
