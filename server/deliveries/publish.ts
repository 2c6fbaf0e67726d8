import type { Knex } from 'knex'
import { formatImpreciseDate, latest, today } from '../contract/dates.ts'
import type { Mapping, ObjectMapping } from '../contract/deliveries.ts'
import { objectKinds } from '../contract/objects/index.ts'
import { change } from '../database/change.ts'
import { type ObjectContent, recordObjects } from '../database/objects.ts'
import { releaseCounts } from '../database/release.ts'
import { findOrCreateSource } from '../database/sources.ts'
import { conflict } from '../http/problem.ts'
import { isOfObjects, recordStreets } from './streets.ts'

export interface Publication {
  id: number
  fileName: string
  mapping: Mapping
  releaseFigures: boolean
  publisher: { id: string; name: string }
}

const chunk = 5000

/**
 * Writes what was accepted as one change: statements of new and changed objects, withdrawals of removed ones, and the delivery's own
 * state, or nothing at all. Returns the revision; null: there was nothing to write.
 */
export async function publish(database: Knex, publication: Publication, signal: AbortSignal): Promise<number | null> {
  const { id, mapping, publisher } = publication
  const counts = await countAccepted(database, id)
  const sentence = describePublication(mapping, counts)
  if (counts.new + counts.changed + counts.doubtful + counts.removed === 0) {
    await database('deliveries')
      .where('id', id)
      .update({ status: 'published', progress: null, published_at: database.fn.now(), sentence })
    return null
  }
  const reason = `Lieferung ${mapping.senderName}: ${publication.fileName}`
  if (!isOfObjects(mapping)) {
    await database.transaction(async (trx) => {
      await recordStreets(trx, id)
      await trx('deliveries')
        .where('id', id)
        .update({ status: 'published', progress: null, published_at: trx.fn.now(), sentence })
    })
    return null
  }
  const objects = { ...publication, mapping }
  const details = { actor: publisher.id, actorName: publisher.name, reason }
  const { revision } = await change(database, details, async (trx, running) => {
    await refuseStale(trx, objects)
    await writeAccepted(trx, objects, signal)
    if (publication.releaseFigures) await releaseCounts(trx, { stand: standOf(mapping.trueOn), release: running.id })
    await trx('deliveries')
      .where('id', id)
      .update({
        status: 'published',
        progress: null,
        change_id: running.id,
        published_at: trx.raw('clock_timestamp()'),
        sentence,
      })
  })
  return revision
}

/** The day for which public figures are counted: the last of the Stand, today at the latest. */
function standOf(trueOn: string): string {
  return [latest(trueOn), today()].toSorted()[0] as string
}

/** Writes the statements inside a change. */
export async function writeAccepted(
  trx: Knex.Transaction,
  { id, mapping }: { id: number; mapping: ObjectMapping },
  signal?: AbortSignal,
): Promise<void> {
  const sourceId = await findOrCreateSource(trx, mapping.source.citation, mapping.source.url)
  let after = -1
  for (;;) {
    signal?.throwIfAborted()
    const rows = await nextAccepted(trx, id, after)
    if (rows.length === 0) break
    const contents = rows.map(({ content, geometry }): ObjectContent => ({ ...content, geom: geometry }))
    await recordObjects(trx, mapping.kind, contents, { trueOn: mapping.trueOn, sourceId, srid: 25832 })
    after = rows.at(-1)?.row ?? after
  }
  await trx.raw(
    `select withdraw_objects(:kind, array_agg(r.object_id)) from delivery_rows r
     where r.delivery_id = :id and r.judgement = 'removed' and r.decision = 'accepted' having count(*) > 0`,
    { id, kind: mapping.kind },
  )
}

interface Accepted {
  row: number
  content: ObjectContent
  geometry: unknown
}

/** Geometry: of the file, of the address, or as it was. */
async function nextAccepted(trx: Knex.Transaction, id: number, after: number): Promise<Accepted[]> {
  const { rows } = await trx.raw<{ rows: Accepted[] }>(
    `with chosen as materialized (
       select r.row, r.content, r.object_id, r.geom from delivery_rows r
       where r.delivery_id = :id and r.row > :after and r.decision = 'accepted' and r.content is not null
         and r.judgement in ('new', 'changed', 'doubtful')
       order by r.row limit :chunk
     )
     select c.row, c.content - 'geom' as content,
       st_asgeojson(case when c.content ->> 'geom' = 'kept' then coalesce(o.geom, c.geom) else c.geom end, 9)::json as geometry
     from chosen c
     left join objects_in_force((select d.mapping ->> 'kind' from deliveries d where d.id = :id),
       (select array_agg(k.object_id) from chosen k where k.content ->> 'geom' = 'kept')) o on o.id = c.object_id
     order by c.row`,
    { id, after, chunk },
  )
  return rows
}

/** Somebody has said something else about an object since it was judged: then the delivery is to be judged again. */
async function refuseStale(trx: Knex.Transaction, { id, mapping }: { id: number; mapping: ObjectMapping }): Promise<void> {
  const { rows } = await trx.raw<{ rows: { stale: number }[] }>(
    `with accepted as (select r.object_id, r.before_version from delivery_rows r
       where r.delivery_id = :id and r.decision = 'accepted' and r.judgement in ('new', 'changed', 'doubtful', 'removed') and r.object_id is not null)
     select count(*)::integer as stale from accepted a
     left join objects_in_force(:kind, (select array_agg(b.object_id) from accepted b)) o on o.id = a.object_id
     where o.version is distinct from a.before_version`,
    { id, kind: mapping.kind },
  )
  const stale = rows[0]?.stale ?? 0
  if (stale > 0) throw conflict(`${stale} Objekte wurden inzwischen anders geändert. Die Lieferung wird neu geprüft.`)
}

export interface AcceptedCounts {
  new: number
  changed: number
  doubtful: number
  removed: number
  left: number
}

export async function countAccepted(database: Knex, id: number): Promise<AcceptedCounts> {
  const counts = await database<{ judgement: string; decision: string; rows: number }>('delivery_counts').where('delivery_id', id)
  const sum = (rows: typeof counts) => rows.reduce((total, row) => total + row.rows, 0)
  const of = (judgement: string) => sum(counts.filter((row) => row.judgement === judgement && row.decision === 'accepted'))
  const left = sum(counts.filter(({ decision }) => decision !== 'accepted'))
  return { new: of('new'), changed: of('changed'), doubtful: of('doubtful'), removed: of('removed'), left }
}

const plurals: Record<Mapping['kind'], string> = {
  premises: 'Anschlussobjekte',
  route: 'Trassen',
  duct: 'Leerrohre',
  cable: 'Glasfaserkabel',
  structure: 'Bauwerke',
  street: 'Straßen',
}

/** "EVL, Stand 31.03.2026: 12 Anschlussobjekte neu, 240 geändert, 3 zurückgezogen. 20 Zeilen nicht übernommen." */
export function describePublication({ senderName, trueOn, kind }: Mapping, counts: AcceptedCounts): string {
  const changed = counts.changed + counts.doubtful
  const number = (count: number) => count.toLocaleString('de-DE')
  const label = (count: number) => (count === 1 ? (kind === 'street' ? 'Straße' : objectKinds[kind].label.de) : plurals[kind])
  const parts = [
    counts.new > 0 && `${number(counts.new)} ${label(counts.new)} neu`,
    changed > 0 && `${number(changed)} ${counts.new > 0 ? '' : `${label(changed)} `}geändert`,
    counts.removed > 0 && `${number(counts.removed)} zurückgezogen`,
  ].filter(Boolean)
  const unchanged = counts.left > 0 ? 'nichts geändert' : 'nichts geändert, alles war schon bekannt'
  const said = parts.length > 0 ? parts.join(', ') : unchanged
  const left = counts.left > 0 ? ` ${number(counts.left)} ${counts.left === 1 ? 'Zeile' : 'Zeilen'} nicht übernommen.` : ''
  return `${senderName}, Stand ${formatImpreciseDate(trueOn, 'de')}: ${said}.${left}`
}
