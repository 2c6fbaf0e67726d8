import type { Knex } from 'knex'
import type { Judgement, Mapping, ObjectMapping, Remark } from '../contract/deliveries.ts'
import type { JudgedRow, RowToJudge } from './judge-rows.ts'

/** Whether a file holds objects; else it is the official list of street keys. */
export function isOfObjects(mapping: Mapping): mapping is ObjectMapping {
  return mapping.kind !== 'street'
}

interface JudgedStreet {
  key: string | null
  name: string | null
  judgement: Judgement
  reason: string | null
  by_key: string | null
  by_boundary: string | null
  has_point: boolean
}

/**
 * Judges rows of the list of street keys (SQL: judge_streets). The key names the district; where the boundary says another, that is a doubt
 * people can list, but takes the street in all the same.
 */
export async function judgeStreets(
  database: Knex,
  rows: readonly RowToJudge[],
  { columns }: Mapping,
  epsg: number | null,
): Promise<JudgedRow[]> {
  const { rows: streets } = await database.raw<{ rows: JudgedStreet[] }>(
    `with given as materialized (
       select coalesce(jsonb_agg(jsonb_build_object('key', e.value ->> 'key', 'name', e.value ->> 'name', 'geom',
         case when jsonb_typeof(e.value -> 'geom') = 'object'
           then st_asgeojson(st_transform(geometry_from_geojson(e.value ->> 'geom', :epsg), 4326), 9)::jsonb end) order by e.ordinality), '[]') as rows
       from jsonb_array_elements(cast(:rows as jsonb)) with ordinality e
     )
     select j.key, j.name, j.judgement, j.reason, k.name as by_key, b.name as by_boundary, j.geom is not null as has_point
     from given g, judge_streets(g.rows) j left join districts k on k.id = j.district_id left join districts b on b.id = j.polygon_district_id
     order by j.line`,
    {
      epsg: epsg ?? 4326,
      rows: JSON.stringify(
        rows.map(({ values, geometry }) => ({
          key: String(values[columns.streetKey ?? ''] ?? ''),
          name: String(values[columns.streetName ?? ''] ?? ''),
          geom: geometry,
        })),
      ),
    },
  )
  return rows.map((row, index) => toJudged(row, streets[index] as JudgedStreet))
}

function toJudged(row: RowToJudge, street: JudgedStreet): JudgedRow {
  const { key, name, judgement, reason } = street
  const isRefused = judgement === 'refused'
  return {
    row: row.rowNumber,
    judgement,
    decision: isRefused ? 'declined' : 'accepted',
    label: [name, key].filter(Boolean).join(', ') || 'Straße',
    raw: row.values,
    mended: {},
    content: isRefused ? null : { key, name },
    objectId: null,
    beforeVersion: null,
    remarks: [...row.remarks, ...remarksOf(street, reason)],
    changes: [],
    candidates: [],
    geometry: row.geometry,
  }
}

function remarksOf({ by_key, by_boundary, has_point, judgement }: JudgedStreet, reason: string | null): Remark[] {
  if (reason !== null) return [{ code: 'street-refused', severity: judgement === 'refused' ? 'error' : 'note', text: reason }]
  if (by_key === null) return [{ code: 'no-district', severity: 'doubt', text: 'Der Schlüssel nennt keinen Stadtteil.' }]
  if (!has_point || by_boundary === by_key) return []
  const place = by_boundary === null ? 'außerhalb der Stadt' : `in ${by_boundary}`
  return [
    {
      code: 'other-district',
      severity: 'doubt',
      text: `Der Schlüssel nennt ${by_key}, der Punkt liegt ${place}. Es gilt der Schlüssel.`,
    },
  ]
}

/** Writes the accepted rows of a list (SQL: record_streets), inside a transaction. */
export async function recordStreets(trx: Knex.Transaction, id: number): Promise<void> {
  await trx.raw(
    `select * from record_streets((
       select coalesce(jsonb_agg(jsonb_build_object('key', r.content ->> 'key', 'name', r.content ->> 'name', 'geom',
         case when r.has_geometry then st_asgeojson(st_transform(r.geom, 4326), 9)::jsonb end) order by r.row), '[]')
       from delivery_rows r where r.delivery_id = ? and r.decision = 'accepted' and r.content is not null))`,
    [id],
  )
}
