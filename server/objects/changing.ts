import { isDeepStrictEqual } from 'node:util'
import type { Knex } from 'knex'
import { today } from '../contract/dates.ts'
import type { ObjectKindName } from '../contract/objects/index.ts'
import type { ObjectForecast } from '../contract/objects.ts'
import { change } from '../database/change.ts'
import { findOrCreateSource, otherAddressOf } from '../database/sources.ts'
import type { SignedInUser } from '../http/context.ts'
import { type FieldError, invalid } from '../http/problem.ts'
import { findAbout, type GeometryFindings } from './geometry.ts'
import { type Content, columnsOf, kindOf, parseValues } from './kinds.ts'
import { placeAddress } from './place.ts'
import { refusalsOf, warningsOf } from './remark.ts'
import { judge, type World } from './rules.ts'
import { inForceNow } from './sql.ts'
import { findTargets, type Target, type Wish } from './targets.ts'
import { amountOf, describeDifferences, describeValues, subjectOf } from './words.ts'
import { loadWorld } from './world.ts'

/** What a change rests on. */
export interface Basis {
  trueOn: string
  source: { citation: string; url: string | null }
  reason: string
}

export type Edit = Wish & { set: Content; trueOn: string }

/** A change thought through: what it touches, what it means. */
interface Assessed {
  /** Ids of the objects that differ from what is wished. */
  ids: string[]
  set: Content
  forecast: ObjectForecast
}

/** Judges a change against what is known now; throws what is impossible. */
export async function assessChange(database: Knex, name: ObjectKindName, edit: Edit): Promise<Assessed> {
  const set = await readSet(database, name, edit)
  const targets = await findTargets(database, name, edit)
  if ('geom' in set && targets.length > 1)
    throw invalid([{ field: 'set.geom', detail: 'Der Verlauf kann nur für ein einzelnes Objekt geändert werden.' }])
  const world = await loadWorld(database)
  const geometry = set.geom ? await findAbout(database, set.geom) : null
  const different = targets.flatMap((target) => {
    const after = mergedContent(target.content, set, geometry)
    return isDeepStrictEqual(after, target.content) ? [] : [{ target, after }]
  })
  if (different.length === 0) throw invalid([{ field: 'set', detail: 'Es ändert sich nichts: Die Angaben sind schon so.' }])
  const touched = new Set(Object.keys(set))
  const judged = different.map(({ target, after }) => ({
    id: target.id,
    remarks: judge({ name, content: after, touched, trueOn: edit.trueOn, before: target, today: today(), world, geometry }),
  }))
  const refusals = refusalsOf(judged, 'set')
  if (refusals.length > 0) throw invalid(refusals)
  return {
    ids: different.map(({ target }) => target.id),
    set,
    forecast: {
      count: different.length,
      unchanged: targets.length - different.length,
      sentence: sentenceOf(name, different, set, world),
      warnings: warningsOf(judged),
    },
  }
}

/** The values as declared. Premises moved to another address take its district along. */
async function readSet(database: Knex, name: ObjectKindName, { set }: Edit): Promise<Content> {
  const parsed = parseValues(name, set)
  if (parsed.content === null) throw invalid(parsed.errors)
  const address = await placeAddress(database, parsed.content)
  if (address.errors.length > 0) throw invalid(address.errors.map((error) => ({ ...error, field: `set.${error.field}` })))
  return { ...parsed.content, ...('districtId' in parsed.content ? {} : address.district) }
}

function mergedContent(before: Content, set: Content, geometry: GeometryFindings | null): Content {
  const steps = { ...(before.steps as object), ...(set.steps as object) }
  return {
    ...before,
    ...set,
    ...('steps' in before && { steps: Object.fromEntries(Object.entries(steps).filter(([, date]) => date !== null)) }),
    ...(geometry && { geom: geometry.hash }),
  }
}

function sentenceOf(
  name: ObjectKindName,
  different: readonly { target: Target; after: Content }[],
  set: Content,
  world: World,
): string {
  const [only] = different
  if (different.length > 1 || !only) return `${amountOf(name, different.length)}: ${describeValues(name, set, world)}.`
  const { target, after } = only
  return `${subjectOf(name, after, target.address)}: ${describeDifferences(name, target.content, after, world).join(', ')}.`
}

/** Refuses a source that is known under another address. */
export async function checkSource(database: Knex, { source }: Basis): Promise<void> {
  const other = await otherAddressOf(database, source.citation, source.url)
  const error: FieldError = { field: 'source.url', detail: `Diese Quelle ist schon mit einer anderen Adresse erfasst: ${other}` }
  if (other !== null) throw invalid([error])
}

/** Rows written by one statement: within its time limit. */
const chunk = 2500

/** Changes objects in one change, all or nothing. */
export async function changeObjects(
  database: Knex,
  user: SignedInUser,
  name: ObjectKindName,
  edit: Edit & Basis,
): Promise<ObjectForecast & { revision: number }> {
  await checkSource(database, edit)
  const details = { actor: user.id, actorName: user.name, reason: edit.reason }
  const { revision, result } = await change(database, details, async (trx) => {
    const { ids, set, forecast } = await assessChange(trx, name, edit)
    const sourceId = await findOrCreateSource(trx, edit.source.citation, edit.source.url)
    for (let start = 0; start < ids.length; start += chunk)
      await writeSet(trx, name, ids.slice(start, start + chunk), set, { trueOn: edit.trueOn, sourceId })
    return forecast
  })
  return { ...result, revision }
}

/** Says again what is in force about the objects, with the values set. Geometry that is not set stays to the last bit. */
async function writeSet(
  trx: Knex.Transaction,
  name: ObjectKindName,
  ids: readonly string[],
  set: Content,
  { trueOn, sourceId }: { trueOn: string; sourceId: number },
): Promise<void> {
  const { table } = kindOf(name)
  const columns = columnsOf(name)
  const row = Object.fromEntries(
    columns
      .filter(({ key, isGeometry }) => key in set && !isGeometry && key !== 'steps')
      .map(({ key, column }) => [column, set[key]]),
  )
  const values = columns.map(({ key, column, isGeometry }) => {
    if (!(key in set)) return `s.${column}`
    if (isGeometry) return set.geom === null ? 'null' : 'geometry_from_geojson(:geom)'
    return key === 'steps' ? 'jsonb_strip_nulls(s.steps || cast(:steps as jsonb))' : `r.${column}`
  })
  await trx.raw(
    `insert into ${table} (id, true_on, source_id, ${columns.map(({ column }) => column).join(', ')})
      select s.id, :trueOn, :sourceId, ${values.join(', ')}
      from ${inForceNow(name)} s cross join jsonb_populate_record(null::${table}, cast(:row as jsonb)) r
      where s.id = any (:ids) order by s.id`,
    {
      trueOn,
      sourceId,
      ids,
      row: JSON.stringify(row),
      steps: JSON.stringify(set.steps ?? {}),
      geom: JSON.stringify(set.geom ?? null),
    } as unknown as Knex.ValueDict,
  )
}

/** Withdraws objects: all that is known about them is taken back. */
export async function withdraw(
  database: Knex,
  user: SignedInUser,
  name: ObjectKindName,
  wish: Wish & { reason: string },
): Promise<ObjectForecast & { revision: number }> {
  const details = { actor: user.id, actorName: user.name, reason: wish.reason }
  const { revision, result } = await change(database, details, async (trx) => {
    const targets = await findTargets(trx, name, wish)
    const ids = targets.map(({ id }) => id)
    for (let start = 0; start < ids.length; start += chunk)
      await trx.raw('select withdraw_objects(?, ?)', [name, ids.slice(start, start + chunk)])
    const [only] = targets
    const subject = targets.length === 1 && only ? subjectOf(name, only.content, only.address) : amountOf(name, targets.length)
    return { count: targets.length, unchanged: 0, sentence: `${subject}: zurückgezogen.`, warnings: [] }
  })
  return { ...result, revision }
}
