import type { Knex } from 'knex'
import type { Mapping } from '../contract/deliveries.ts'
import { openFile } from '../formats/index.ts'
import { withRawFile } from './file.ts'
import { choicesFor, notationsOf } from './inspect.ts'
import { type JudgeContext, type JudgedRow, judgeRows, type RowToJudge } from './judge-rows.ts'
import { loadNames, loadProgrammes } from './reference.ts'

interface Delivery {
  id: number
  fileName: string
  mapping: Mapping
}

/** A few thousand rows at a time: memory stays the same whatever the file holds. */
const batchRows = 2000

/**
 * Reads the file by its mapping and judges every row against what is known now. Begins anew each time, so that a run broken off
 * leaves nothing that counts; rows mended by a person stay mended.
 */
export async function judgeFile(
  database: Knex,
  delivery: Delivery,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (share: number) => void },
): Promise<void> {
  const { id, mapping } = delivery
  const mended = await findMended(database, id)
  await database('delivery_rows').where('delivery_id', id).delete()
  await withRawFile(database, id, async (path) => {
    await using file = await openFile(path, { name: delivery.fileName, choices: choicesFor(mapping), signal })
    const table = file.tables.find(({ name }) => name === mapping.table) ?? file.tables[0]
    if (!table) throw new RangeError('a file without tables')
    const epsg = table.crs?.epsg ?? mapping.crs
    const context = await makeContext(database, mapping, { epsg, notations: notationsOf(table) })
    for await (const { rows, progress } of file.readRows(table.name, { batchRows, signal })) {
      const asked = rows.map((row): RowToJudge => ({ ...row, mended: mended.get(row.rowNumber) ?? {} }))
      await insertRows(database, id, await judgeRows(database, asked, context), epsg)
      onProgress(progress)
    }
  })
  await markDoubles(database, id)
  if (mapping.isComplete) await findRemoved(database, delivery)
}

export async function makeContext(
  database: Knex,
  mapping: Mapping,
  { epsg, notations }: { epsg: number | null; notations: JudgeContext['notations'] },
): Promise<JudgeContext> {
  const [programmes, names] = await Promise.all([loadProgrammes(database), loadNames(database)])
  return { mapping, epsg, notations, programmes, names }
}

async function findMended(database: Knex, id: number): Promise<ReadonlyMap<number, Readonly<Record<string, string>>>> {
  const rows = await database('delivery_rows').where('delivery_id', id).whereRaw("mended <> '{}'").select('row', 'mended')
  return new Map(rows.map(({ row, mended }) => [row, mended]))
}

/** Keeps judged rows; geometry of the file in EPSG:25832. */
export async function insertRows(database: Knex, id: number, rows: readonly JudgedRow[], epsg: number | null): Promise<void> {
  const kept = rows.map(({ objectId, beforeVersion, geometry, ...row }) => ({
    ...row,
    object_id: objectId,
    before_version: beforeVersion,
    geometry,
  }))
  await database.raw(
    `insert into delivery_rows (delivery_id, row, judgement, decision, label, raw, mended, content, object_id, before_version, remarks, changes,
       candidates, geom)
     select :id, r.row, r.judgement, r.decision, r.label, r.raw, r.mended, r.content, r.object_id, r.before_version, r.remarks, r.changes, r.candidates,
       coalesce(case when jsonb_typeof(r.geometry) = 'object' then geometry_from_geojson(r.geometry::text, :epsg) end,
         (select a.geom from current_addresses a where a.id = r.content ->> 'addressId'))
     from jsonb_to_recordset(cast(:rows as jsonb)) as r (row integer, judgement text, decision text, label text, raw jsonb, mended jsonb,
       content jsonb, object_id text, before_version bigint, remarks jsonb, changes jsonb, candidates jsonb, geometry jsonb)
     on conflict (delivery_id, row) do update set judgement = excluded.judgement, decision = excluded.decision, label = excluded.label,
       mended = excluded.mended, content = excluded.content, object_id = excluded.object_id, before_version = excluded.before_version,
       remarks = excluded.remarks, changes = excluded.changes, candidates = excluded.candidates, geom = excluded.geom`,
    { id, rows: JSON.stringify(kept), epsg: epsg ?? 25832 },
  )
}

/** The second row about the same object is in doubt: which of them holds? */
async function markDoubles(database: Knex, id: number): Promise<void> {
  const doubled = JSON.stringify([
    { code: 'doubled', severity: 'doubt', text: 'Dasselbe Objekt steht schon weiter oben in der Datei.' },
  ])
  await database.raw(
    `update delivery_rows r set judgement = 'doubtful', decision = 'open', remarks = r.remarks || cast(:doubled as jsonb)
     where r.delivery_id = :id and r.object_id is not null and r.judgement <> 'refused'
       and exists (select from delivery_rows f where f.delivery_id = :id and f.object_id = r.object_id and f.row < r.row and f.judgement <> 'refused')`,
    { id, doubled },
  )
}

/** Objects of the sender's published deliveries of this kind that are no longer in the file. */
async function findRemoved(database: Knex, { id, mapping }: Delivery): Promise<void> {
  await database.raw(
    `insert into delivery_rows (delivery_id, row, judgement, decision, label, raw, content, object_id, before_version, geom)
     select :id, -(row_number() over (order by o.id))::integer, 'removed', 'open', coalesce(l.label, o.id), '{}', null, o.id, o.version, o.geom
     from (
       select distinct on (r.object_id) r.object_id, r.label from delivery_rows r join deliveries d on d.id = r.delivery_id
       where d.status = 'published' and d.mapping ->> 'senderName' = :senderName and d.mapping ->> 'kind' = :kind and r.decision = 'accepted'
         and r.object_id is not null and r.judgement <> 'removed'
       order by r.object_id, d.id desc
     ) l
     join objects_in_force(:kind, (select array_agg(distinct r.object_id) from delivery_rows r join deliveries d on d.id = r.delivery_id
       where d.status = 'published' and d.mapping ->> 'senderName' = :senderName and d.mapping ->> 'kind' = :kind)) o on o.id = l.object_id
     where not exists (select from delivery_rows f where f.delivery_id = :id and f.object_id = o.id)`,
    { id, senderName: mapping.senderName, kind: mapping.kind },
  )
}
