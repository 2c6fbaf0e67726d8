import type { Knex } from 'knex'
import type { Decision, Mapping, ObjectMapping } from '../contract/deliveries.ts'
import { openFile } from '../formats/index.ts'
import { withRawFile } from './file.ts'
import { choicesFor, notationsOf } from './inspect.ts'
import { type JudgeContext, type JudgedRow, judgeRows, type RowToJudge } from './judge-rows.ts'
import { loadNames, loadProgrammes } from './reference.ts'
import { isOfObjects, judgeStreets } from './streets.ts'

interface Delivery {
  id: number
  fileName: string
  mapping: Mapping
}

/** A few thousand rows at a time: memory stays the same whatever the file holds. */
const batchRows = 2000

/**
 * Reads the file by its mapping and judges every row against what is known now. Rows are replaced one by one and those of an earlier
 * judging removed at the end, so that a run broken off loses nothing: what a person mended or decided stays.
 */
export async function judgeFile(
  database: Knex,
  delivery: Delivery,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (share: number) => void },
): Promise<void> {
  const { id, mapping } = delivery
  const [{ run }] = await database('deliveries').where('id', id).increment('run').returning('run')
  const kept = await findKept(database, id)
  let count = 0
  await withRawFile(database, id, async (path) => {
    await using file = await openFile(path, { name: delivery.fileName, choices: choicesFor(mapping), signal })
    const table = file.tables.find(({ name }) => name === mapping.table) ?? file.tables[0]
    if (!table) throw new RangeError('a file without tables')
    const epsg = table.crs?.epsg ?? mapping.crs
    const notations = notationsOf(table)
    await database('deliveries').where('id', id).update('notations', JSON.stringify(notations))
    const judgeBatch = await judgeBy(database, mapping, { epsg, notations })
    for await (const { rows, progress } of file.readRows(table.name, { batchRows, signal })) {
      const asked = rows.map((row): RowToJudge => ({ ...row, mended: kept.get(row.rowNumber)?.mended ?? {} }))
      const judged = (await judgeBatch(asked)).map((row) => decidedBefore(row, kept.get(row.row)))
      await insertRows(database, { id, run }, judged, epsg)
      count += judged.length
      onProgress(progress)
    }
  })
  // Without knowing how many rows there are now, the planner would compare each with each.
  if (count > batchRows) await database.raw('analyze delivery_rows')
  await database('delivery_rows').where('delivery_id', id).where('run', '<', run).delete()
  await markDoubles(database, id)
  if (mapping.isComplete && isOfObjects(mapping)) await findRemoved(database, delivery, run)
  await noteUnknownWords(database, delivery)
}

/** How the rows of a delivery of this kind are judged. */
async function judgeBy(
  database: Knex,
  mapping: Mapping,
  found: { epsg: number | null; notations: JudgeContext['notations'] },
): Promise<(rows: readonly RowToJudge[]) => Promise<JudgedRow[]>> {
  if (!isOfObjects(mapping)) return (rows) => judgeStreets(database, rows, mapping, found.epsg)
  const context = await makeContext(database, mapping, found)
  return (rows) => judgeRows(database, rows, context)
}

interface Kept {
  row: number
  mended: Readonly<Record<string, string>>
  decision: Decision
  is_decided: boolean
}

/** A person's decision holds for the row however it is judged now, but what cannot be recorded is not accepted. */
function decidedBefore(row: JudgedRow, before: Kept | undefined): JudgedRow {
  if (!before?.is_decided || (before.decision === 'accepted' && row.content === null)) return row
  return { ...row, decision: before.decision, isDecided: true }
}

export async function makeContext(
  database: Knex,
  mapping: ObjectMapping,
  { epsg, notations }: { epsg: number | null; notations: JudgeContext['notations'] },
): Promise<JudgeContext> {
  const [programmes, names] = await Promise.all([loadProgrammes(database), loadNames(database)])
  return { mapping, epsg, notations, programmes, names }
}

async function findKept(database: Knex, id: number): Promise<ReadonlyMap<number, Kept>> {
  const rows: Kept[] = await database('delivery_rows')
    .where('delivery_id', id)
    .whereRaw("(mended <> '{}' or is_decided)")
    .select('row', 'mended', 'decision', 'is_decided')
  return new Map(rows.map((row) => [row.row, row]))
}

/** Keeps judged rows; geometry of the file in EPSG:25832. */
export async function insertRows(
  database: Knex,
  { id, run }: { id: number; run: number },
  rows: readonly JudgedRow[],
  epsg: number | null,
): Promise<void> {
  const written = rows.map(({ objectId, beforeVersion, isDecided = false, ...row }) => ({
    ...row,
    object_id: objectId,
    before_version: beforeVersion,
    is_decided: isDecided,
  }))
  await database.raw(
    `insert into delivery_rows (delivery_id, row, judgement, decision, label, raw, mended, content, object_id, before_version, remarks, changes,
       candidates, geom, has_geometry, is_decided, run)
     select :id, r.row, r.judgement, r.decision, r.label, r.raw, r.mended, r.content, r.object_id, r.before_version, r.remarks, r.changes, r.candidates,
       coalesce(case when jsonb_typeof(r.geometry) = 'object' then one_part(geometry_from_geojson(r.geometry::text, :epsg)) end,
         (select a.geom from current_addresses a where a.id = r.content ->> 'addressId')), coalesce(jsonb_typeof(r.geometry) = 'object', false), r.is_decided, :run
     from jsonb_to_recordset(cast(:rows as jsonb)) as r (row integer, judgement text, decision text, label text, raw jsonb, mended jsonb,
       content jsonb, object_id text, before_version bigint, remarks jsonb, changes jsonb, candidates jsonb, geometry jsonb, is_decided boolean)
     on conflict (delivery_id, row) do update set judgement = excluded.judgement, decision = excluded.decision, label = excluded.label,
       mended = excluded.mended, content = excluded.content, object_id = excluded.object_id, before_version = excluded.before_version,
       remarks = excluded.remarks, changes = excluded.changes, candidates = excluded.candidates, geom = excluded.geom, raw = excluded.raw,
       has_geometry = excluded.has_geometry, is_decided = excluded.is_decided, run = excluded.run`,
    { id, run, rows: JSON.stringify(written), epsg: epsg ?? 25832 },
  )
}

/** The second row about the same object is in doubt: which of them holds? `objectId`: only rows about this one. */
export async function markDoubles(database: Knex, id: number, objectId: string | null = null): Promise<void> {
  const doubled = JSON.stringify([
    { code: 'doubled', severity: 'doubt', text: 'Dasselbe Objekt steht schon weiter oben in der Datei.' },
  ])
  await database.raw(
    `with first as materialized (
       select r.object_id, min(r.row) as row from delivery_rows r
       where r.delivery_id = :id and r.object_id is not null and (:objectId::text is null or r.object_id = :objectId) and r.judgement <> 'refused'
       group by 1 having count(*) > 1
     )
     update delivery_rows r set judgement = 'doubtful', decision = 'open', remarks = r.remarks || cast(:doubled as jsonb)
     from first f where r.delivery_id = :id and r.object_id = f.object_id and r.row > f.row and r.judgement <> 'refused' and not r.is_decided
       and not r.remarks @> '[{"code": "doubled"}]'`,
    { id, objectId, doubled },
  )
}

/** Objects of the sender's published deliveries of this kind that are no longer in the file. */
async function findRemoved(database: Knex, { id, mapping }: Delivery, run: number): Promise<void> {
  await database.raw(
    `with missing as materialized (
       select distinct on (r.object_id) r.object_id, r.label from delivery_rows r join deliveries d on d.id = r.delivery_id
       where d.published_at is not null and d.id <> :id and d.mapping ->> 'senderName' = :senderName and d.mapping ->> 'kind' = :kind
         and r.decision = 'accepted' and r.object_id is not null and r.judgement <> 'removed'
         and not exists (select from delivery_rows f where f.delivery_id = :id and f.object_id = r.object_id)
       order by r.object_id, d.id desc
     )
     insert into delivery_rows (delivery_id, row, judgement, decision, label, raw, content, object_id, before_version, geom, run)
     select :id, -(row_number() over (order by o.id))::integer, 'removed', 'open', coalesce(m.label, o.id), '{}', null, o.id, o.version, o.geom, :run
     from objects_in_force(:kind, (select array_agg(m.object_id) from missing m)) o join missing m on m.object_id = o.id`,
    { id, run, senderName: mapping.senderName, kind: mapping.kind },
  )
}

/** Words that rows were refused for, by field: asked for whenever the delivery is looked at. */
async function noteUnknownWords(database: Knex, { id, mapping }: Delivery): Promise<void> {
  const columns = Object.fromEntries(Object.entries(mapping.columns).map(([field, column]) => [column, field]))
  await database.raw(
    `update deliveries set unknown_words = coalesce((
       select jsonb_object_agg(w.field, w.words) from (
         select cast(:columns as jsonb) ->> u."column" as field, jsonb_agg(jsonb_build_object('word', u.word, 'count', u.count) order by u.count desc, u.word) as words
         from (
           select m.value ->> 'column' as "column", trim(r.raw ->> (m.value ->> 'column')) as word, count(*) as count
           from delivery_rows r, jsonb_array_elements(r.remarks) m
           where r.delivery_id = :id and r.remarks @> '[{"code": "unknown-word"}]' and m.value ->> 'code' = 'unknown-word'
           group by 1, 2 having trim(r.raw ->> (m.value ->> 'column')) <> '' order by 3 desc, 2 limit 200
         ) u where cast(:columns as jsonb) ->> u."column" is not null group by 1
       ) w), '{}') where id = :id`,
    { id, columns: JSON.stringify(columns) },
  )
}
