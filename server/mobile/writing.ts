import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Knex } from 'knex'
import type * as z from 'zod/mini'
import { today } from '../contract/dates.ts'
import { contentColumns } from '../contract/facts/fact.ts'
import type { SourceInput } from '../contract/facts.ts'
import type { MobileKindName } from '../contract/mobile/index.ts'
import type { RecordForecast } from '../contract/mobile.ts'
import { change } from '../database/change.ts'
import { findOrCreateSource, otherAddressOf } from '../database/sources.ts'
import type { SignedInUser } from '../http/context.ts'
import { conflict, invalid, notFound, stale } from '../http/problem.ts'
import { type Content, completed, kindOf, merged } from './content.ts'
import { type Judged, judge } from './judge.ts'
import { findRecord, findReferrers } from './queries.ts'

/** What a change rests on; without a reason the sentence is the reason, without a source the desk itself is. */
export interface Basis {
  reason?: string | undefined
  source?: z.infer<typeof SourceInput> | undefined
}

type Written = RecordForecast & { id: string; version: number; revision: number }

const ownSource = { citation: 'Mobilfunkkoordination der Stadt', url: null }
const longestReason = 500

/** Judges content as a change or a new record (`id` null) without writing it. */
export async function preview(
  database: Knex,
  name: MobileKindName,
  { id, content }: { id: string | null; content: Content },
): Promise<RecordForecast> {
  const before = id === null ? null : await known(database, name, id)
  const after = before ? merged(before.content, content) : completed(name, { ...content, key: newKey() })
  return (await judge(database, name, { id: id ?? '', before: before?.content ?? null, after })).forecast
}

export async function create(
  database: Knex,
  user: SignedInUser,
  name: MobileKindName,
  { content, ...basis }: Basis & { content: Content },
): Promise<Written> {
  const after = completed(name, { ...content, key: newKey() })
  const id = kindOf(name).idOf(after as never)
  const judged = await judge(database, name, { id, before: null, after })
  return write(database, user, name, { id, judged, basis, set: null, keptVersion: null })
}

/** Changes what `set` names. Problem 412: somebody else has changed the record since `version`. */
export async function changeRecord(
  database: Knex,
  user: SignedInUser,
  name: MobileKindName,
  { id, version, set, ...basis }: Basis & { id: string; version: number; set: Content },
): Promise<Written> {
  const before = await known(database, name, id)
  if (before.version !== version) throw stale([{ id, version: before.version, content: before.content }])
  const judged = await judge(database, name, { id, before: before.content, after: merged(before.content, set) })
  if (isDeepStrictEqual(judged.content, before.content))
    throw invalid([{ field: 'set', detail: 'Es ändert sich nichts: Die Angaben sind schon so.' }])
  return write(database, user, name, { id, judged, basis, set, keptVersion: version })
}

interface Writing {
  id: string
  judged: Judged
  basis: Basis
  /** null: a new record. */
  set: Content | null
  /** Statement whose geometry stays to the last bit where `set` has none. */
  keptVersion: number | null
}

async function write(
  database: Knex,
  user: SignedInUser,
  name: MobileKindName,
  { id, judged: { content, forecast }, basis, set, keptVersion }: Writing,
): Promise<Written> {
  const source = basis.source ?? ownSource
  const other = await otherAddressOf(database, source.citation, source.url)
  if (other !== null)
    throw invalid([{ field: 'source.url', detail: `Diese Quelle ist schon mit einer anderen Adresse erfasst: ${other}` }])
  const reason = basis.reason ?? shortened(forecast.sentence)
  const details = { actor: user.id, actorName: user.name, reason }
  const { revision, result } = await change(database, details, async (trx) => {
    // Writers take turns: what was read before may have moved on since.
    const present = keptVersion === null ? undefined : await known(trx, name, id)
    if (present && present.version !== keptVersion) throw stale([{ id, version: present.version, content: present.content }])
    const sourceId = await findOrCreateSource(trx, source.citation, source.url)
    return insertStatement(trx, name, { id, content, sourceId, keptVersion: set && !('geom' in set) ? keptVersion : null })
  })
  return { ...forecast, id, version: result, revision }
}

async function insertStatement(
  trx: Knex.Transaction,
  name: MobileKindName,
  { id, content, sourceId, keptVersion }: { id: string; content: Content; sourceId: number; keptVersion: number | null },
): Promise<number> {
  const { table } = kindOf(name)
  const columns = contentColumns(kindOf(name))
  const row = Object.fromEntries(columns.filter(({ isGeometry }) => !isGeometry).map(({ key, column }) => [column, content[key]]))
  const geometry =
    keptVersion === null
      ? 'case when cast(:geom as text) is not null then geometry_from_geojson(:geom) end'
      : `(select k.geom from ${table} k where k.version = :keptVersion)`
  const values = columns.map(({ column, isGeometry }) => (isGeometry ? geometry : `r.${column}`))
  const { rows } = await trx.raw<{ rows: { version: number }[] }>(
    `insert into ${table} (id, true_on, source_id, ${columns.map(({ column }) => column).join(', ')})
     select :id, :trueOn, :sourceId, ${values.join(', ')} from jsonb_populate_record(null::${table}, cast(:row as jsonb)) r
     returning version`,
    {
      ...{ id, trueOn: today(), sourceId, keptVersion, row: JSON.stringify(row) },
      geom: content.geom ? JSON.stringify(content.geom) : null,
    } as unknown as Knex.ValueDict,
  )
  return (rows[0] as { version: number }).version
}

/** Takes a record back. Problem 409 while candidates refer to it. */
export async function withdraw(
  database: Knex,
  user: SignedInUser,
  name: MobileKindName,
  { id, reason }: { id: string; reason: string },
): Promise<{ revision: number }> {
  const { revision } = await change(database, { actor: user.id, actorName: user.name, reason }, async (trx) => {
    await known(trx, name, id)
    const referrers = await findReferrers(trx, id)
    if (referrers.length > 0)
      throw conflict(
        `Darauf beziehen sich noch Standortkandidaten: ${referrers.join(', ')}. Bitte nehmen Sie diese zuerst zurück.`,
      )
    await trx.raw('select withdraw_objects(?, ?)', [name, [id]])
  })
  return { revision }
}

async function known(database: Knex, name: MobileKindName, id: string): Promise<{ version: number; content: Content }> {
  const record = await findRecord(database, name, id)
  if (!record) throw notFound(`${kindOf(name).label.de} „${id}“`, 'id')
  return record
}

function newKey(): string {
  return randomBytes(5).toString('hex')
}

function shortened(sentence: string): string {
  return sentence.length > longestReason ? `${sentence.slice(0, longestReason - 1)}…` : sentence
}
