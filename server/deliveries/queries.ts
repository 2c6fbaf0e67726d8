import type { Knex } from 'knex'
import type { Delivery, DeliveryDetail, DeliveryRow, Judgement, Mapping, Remark } from '../contract/deliveries.ts'
import { type DeliveryField, deliveryFields, mappableFields } from './fields.ts'
import { loadProgrammeNames } from './reference.ts'

const delivery = (where: string, order: string) => `
  select json_build_object('id', d.id, 'fileName', d.file_name, 'bytes', d.bytes, 'sha256', d.sha256, 'receivedAt', d.received_at,
    'actorName', d.actor_name, 'senderName', d.mapping ->> 'senderName', 'trueOn', d.mapping ->> 'trueOn', 'status', d.status,
    'progress', d.progress, 'problem', coalesce(d.problem, e.said), 'counts', c.counts, 'openDoubts', coalesce(c.open, 0), 'returned', coalesce(c.returned, 0), 'changeId', d.change_id,
    'publishedAt', d.published_at, 'sentence', d.sentence) as delivery
  from deliveries d
  left join lateral (
    select 'Dieselbe Datei wurde schon am ' || to_char(s.received_at at time zone 'Europe/Berlin', 'DD.MM.YYYY') || ' aufgenommen.' as said
    from deliveries s where s.sha256 = d.sha256 and s.id < d.id and s.status = 'published' and d.status in ('mapping', 'review') order by s.id desc limit 1) e on true
  left join lateral (
    select json_object_agg(j.judgement, j.rows) as counts, max(j.open) filter (where j.judgement = 'doubtful') as open,
      sum(j.left) filter (where j.judgement <> 'removed') as returned from (
      select n.judgement, coalesce(sum(c.rows), 0) as rows, coalesce(sum(c.rows) filter (where c.decision = 'open'), 0) as open,
        coalesce(sum(c.rows) filter (where c.decision <> 'accepted'), 0) as left
      from unnest(array['new', 'changed', 'unchanged', 'removed', 'doubtful', 'refused']) n (judgement)
      left join delivery_counts c on c.delivery_id = d.id and c.judgement = n.judgement group by 1
    ) j where d.status in ('review', 'publishing', 'published') having sum(j.rows) > 0) c on true
  where ${where} order by ${order}`

/** What needs attention first, then the newest. */
export async function findDeliveries(database: Knex): Promise<Delivery[]> {
  const order = `d.status in ('published', 'cancelled', 'refused'), d.id desc limit 200`
  const { rows } = await database.raw<{ rows: { delivery: Delivery }[] }>(delivery('true', order))
  return rows.map((row) => row.delivery)
}

export async function findDelivery(database: Knex, id: number): Promise<Delivery | undefined> {
  const { rows } = await database.raw<{ rows: { delivery: Delivery }[] }>(delivery('d.id = ?', 'd.id'), [id])
  return rows[0]?.delivery
}

export async function findSenders(database: Knex): Promise<string[]> {
  const { rows } = await database.raw<{ rows: { name: string }[] }>(
    `select distinct s.sender_name as name from sender_mappings s order by 1`,
  )
  return rows.map(({ name }) => name)
}

export async function findDetail(database: Knex, found: Delivery): Promise<DeliveryDetail> {
  const row = await database('deliveries').where('id', found.id).first('tables', 'guess', 'mapping', 'unknown_words')
  return {
    delivery: found,
    tables: row.tables,
    guess: row.guess,
    mapping: row.mapping,
    fields: mappableFields(await loadProgrammeNames(database)),
    unknownWords: row.unknown_words,
  }
}

interface RowRow extends Omit<DeliveryRow, 'objectId' | 'mendable' | 'isMended'> {
  object_id: string | null
  raw: Record<string, unknown>
  mended: Record<string, string>
}

export interface RowFilter {
  judgement?: Judgement | undefined
  decision?: string | undefined
  reason?: string | undefined
}

const fits = `r.delivery_id = :id and (:judgement::text is null or r.judgement = :judgement) and (:decision::text is null or r.decision = :decision)
  and (:reason::text is null or r.remarks @> jsonb_build_array(jsonb_build_object('code', :reason::text)))`

const bind = (id: number, { judgement, decision, reason }: RowFilter) => ({
  id,
  judgement: judgement ?? null,
  decision: decision ?? null,
  reason: reason ?? null,
})

/** Rows that fit, after the row named, in the order of the file. */
export async function findRows(
  database: Knex,
  id: number,
  filter: RowFilter,
  { after, limit, row }: { after?: number | undefined; limit: number; row?: number },
): Promise<DeliveryRow[]> {
  const [{ mapping = null } = {}] = await database('deliveries').where('id', id).select('mapping')
  const { rows } = await database.raw<{ rows: RowRow[] }>(
    `select r.row, r.judgement, r.decision, r.label, r.object_id, r.remarks, r.changes, r.candidates, r.raw, r.mended
     from delivery_rows r where ${fits} and (:after::integer is null or r.row > :after) and (:row::integer is null or r.row = :row)
     order by r.row limit :limit`,
    { ...bind(id, filter), after: after ?? null, row: row ?? null, limit },
  )
  return rows.map((found) => toRow(found, mapping))
}

export async function findReasons(database: Knex, id: number, filter: RowFilter) {
  const { rows } = await database.raw<{ rows: { code: string; text: string; count: number }[] }>(
    `select m.value ->> 'code' as code, min(m.value ->> 'text') as text, count(distinct r.row)::integer as count
     from delivery_rows r, jsonb_array_elements(r.remarks) m where ${fits} and m.value ->> 'severity' <> 'note'
     group by 1 order by 3 desc, 1`,
    bind(id, { judgement: filter.judgement }),
  )
  return rows
}

function toRow({ object_id: objectId, raw, mended, ...row }: RowRow, mapping: Mapping | null): DeliveryRow {
  return {
    ...row,
    objectId,
    mendable: mapping ? mendableOf(mapping, row.remarks, raw, mended) : [],
    isMended: Object.keys(mended).length > 0,
  }
}

/** What the remarks are about: columns they name, and the address when it is in doubt. */
function mendableOf(
  mapping: Mapping,
  remarks: readonly Remark[],
  raw: Readonly<Record<string, unknown>>,
  mended: Readonly<Record<string, string>>,
): DeliveryRow['mendable'] {
  const isAboutPlace = remarks.some(({ code }) => code.startsWith('address-') || code === 'not-identified')
  const named = new Set(remarks.flatMap(({ column }) => column ?? []))
  const wanted = (field: DeliveryField) => {
    const column = mapping.columns[field.name]
    return (
      (column !== undefined && named.has(column)) ||
      (isAboutPlace && field.reading === 'place' && field.name !== 'addressId' && column !== undefined)
    )
  }
  return deliveryFields[mapping.kind].filter(wanted).map(({ name, label }) => {
    const value = mended[name] ?? raw[mapping.columns[name] ?? ''] ?? null
    return { field: name, label, value: value === null ? null : String(value) }
  })
}

/** Decides on rows; those that cannot be recorded stay declined. */
export async function writeDecision(
  database: Knex,
  id: number,
  { decision, rows, judgement, reason }: { decision: string; rows?: number[] | undefined } & RowFilter,
): Promise<void> {
  await database.raw(
    `update delivery_rows r set decision = :set, is_decided = :set <> 'open' where ${fits} and (:rows::integer[] is null or r.row = any (:rows))
       and (:set <> 'accepted' or r.content is not null or r.judgement in ('removed', 'unchanged'))`,
    { ...bind(id, { judgement, reason }), set: decision, rows: rows ?? null },
  )
}

/** Places of what changes, as GeoJSON, the doubtful first. */
export async function findDifference(database: Knex, id: number, most: number) {
  const { rows } = await database.raw<{
    rows: { collection: Record<string, unknown>; bounds: [number, number, number, number] | null; total: number }[]
  }>(
    `with shown as (
       select r.row, r.judgement, r.decision, r.label, st_transform(r.geom, 4326) as geom, count(*) over ()::integer as total from delivery_rows r
       where r.delivery_id = :id and r.judgement <> 'unchanged' and r.geom is not null
       order by array_position(array['doubtful', 'removed', 'changed', 'new', 'refused'], r.judgement), r.row limit :most
     )
     select json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg(json_build_object('type', 'Feature', 'id', s.row,
         'geometry', st_asgeojson(s.geom, 7)::json,
         'properties', json_build_object('row', s.row, 'judgement', s.judgement, 'decision', s.decision, 'label', s.label))), '[]')) as collection,
       case when count(*) > 0 then json_build_array(min(st_xmin(s.geom)), min(st_ymin(s.geom)), max(st_xmax(s.geom)), max(st_ymax(s.geom))) end as bounds,
       coalesce(max(s.total), 0) as total
     from shown s`,
    { id, most },
  )
  const found = rows[0]
  return { collection: found?.collection ?? {}, bounds: found?.bounds ?? null, isWhole: (found?.total ?? 0) <= most }
}
