import type { Knex } from 'knex'
import { reasonInGerman } from './rules/area.ts'

/** A geometry of a file, made ready for a draft. */
export interface ImportedArea {
  /** Why it cannot be used; null: it can. */
  refusal: string | null
  /** It was broken and could be mended without changing its size. */
  isMended: boolean
  /** GeoJSON in WGS84; a single part stays single. */
  geometry: unknown
  /** The same, an area as MultiPolygon. */
  parts: unknown
  /** The district most of it lies in; null: none. */
  districtId: string | null
}

/** Mending may move a hair, but not give or take land. */
const toleratedChange = 0.001

const areasSql = `
  with given as materialized (
    select g.key, geometry_from_geojson(g.geometry::text, :srid) as geom
    from jsonb_to_recordset(cast(:features as jsonb)) as g (key integer, geometry jsonb)
  ), mended as materialized (
    select g.key, g.geom, is_sound(g.geom) as is_sound, case when is_sound(g.geom) then g.geom else mend_area(g.geom) end as good from given g
  ), usable as materialized (
    select m.key, not m.is_sound as is_mended, case when st_numgeometries(m.good) = 1 then st_geometryn(m.good, 1) else m.good end as geom
    from mended m
    where is_sound(m.good) and (m.is_sound or abs(st_area(m.good) - st_area(m.geom)) <= :toleratedChange * st_area(m.good))
  ), districts_now as materialized (
    select b.district_id, b.geom from district_boundaries_at(current_date, clock_timestamp()) b
  )
  select m.key, u.key is not null as "isUsable", m.geom is not null as "isReadable", coalesce(u.is_mended, false) as "isMended",
    case when m.geom is not null and not m.is_sound then (st_isvaliddetail(m.geom)).reason end as reason,
    st_asgeojson(st_transform(u.geom, 4326), 9)::jsonb as geometry,
    st_asgeojson(st_transform(case when st_dimension(u.geom) = 2 then st_multi(u.geom) else u.geom end, 4326), 9)::jsonb as parts,
    (select d.district_id from districts_now d where st_intersects(d.geom, u.geom)
      order by st_area(st_intersection(d.geom, u.geom)) desc limit 1) as "districtId"
  from mended m left join usable u using (key) order by m.key`

interface AreaRow extends Omit<ImportedArea, 'refusal'> {
  isUsable: boolean
  isReadable: boolean
  reason: string | null
}

/** Reads the geometries of a file in the coordinates of `srid`, in their order. */
export async function readAreas(
  database: Knex,
  features: readonly { geometry: unknown }[],
  srid: number,
): Promise<ImportedArea[]> {
  const keyed = features.map(({ geometry }, key) => ({ key, geometry }))
  const { rows } = (await database.raw(areasSql, { features: JSON.stringify(keyed), srid, toleratedChange })) as {
    rows: AreaRow[]
  }
  return rows.map(({ isUsable, isReadable, reason, ...area }) => ({
    ...area,
    refusal: isUsable ? null : refusalOf(isReadable, reason),
  }))
}

function refusalOf(isReadable: boolean, reason: string | null): string {
  if (!isReadable) return 'Die Geometrie fehlt oder ist nicht lesbar.'
  return reason === null ? 'Die Geometrie ist leer.' : `${reasonInGerman(reason)}.`
}
