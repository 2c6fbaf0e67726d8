import type { Knex } from 'knex'

/** What PostGIS says about a geometry in a draft. Geometry stays in PostGIS; rules only see these findings. */
export interface AreaFindings {
  isReadable: boolean
  isEmpty: boolean
  /** It would lie in the city if latitude and longitude changed places. */
  isSwapped: boolean
  invalid: { reason: string; at: { longitude: number; latitude: number } | null } | null
  /** null: the geometry is not sound. */
  measures: AreaMeasures | null
}

export interface AreaMeasures {
  isPoint: boolean
  areaM2: number
  /** Area of the boundary in force; null: none, or the geometry is no boundary. */
  areaBeforeM2: number | null
  /** no: within 200 m of the city as it is known; near: within 1 km; far: beyond. */
  beyondCity: 'no' | 'near' | 'far'
  /** Share (0 to 1) that lies outside its district. */
  outsideDistrict: number
  /** Shares (0 to 1) that other districts claim too. */
  overlaps: { name: string; share: number }[]
  /** null: the geometry is no boundary. */
  containsLabel: boolean | null
}

export interface AreaQuestion {
  key: number
  districtId: string
  /** A boundary of the district, or an area within it. Boundaries asked about together are compared with each other. */
  isBoundary: boolean
  /** GeoJSON geometry, WGS84. */
  geometry: unknown
}

/** The city is the union of its districts; their boundaries may be generalised by some 100 m. */
const findingsSql = `
  with given as materialized (
    select g.*, geometry_from_geojson(g.geometry::text) as geom
    from jsonb_to_recordset(cast(:questions as jsonb)) as g (key integer, "districtId" text, "isBoundary" boolean, geometry jsonb)
  ), sound as materialized (
    select * from given where is_sound(geom)
  ), known as materialized (
    select b.district_id, b.geom from district_boundaries_at(current_date, clock_timestamp()) b
  ), city as materialized (
    select st_union(k.geom) as geom, st_buffer(st_union(k.geom), 200) as near, st_buffer(st_union(k.geom), 1000) as far from known k
  ), boundaries as materialized (
    select s."districtId" as district_id, s.geom from sound s where s."isBoundary"
    union all
    select k.district_id, k.geom from known k
    where not exists (select from sound s where s."isBoundary" and s."districtId" = k.district_id)
  ), measures as materialized (
    select s.key, json_build_object(
      'isPoint', st_dimension(s.geom) = 0,
      'areaM2', st_area(s.geom),
      'areaBeforeM2', (select st_area(k.geom) from known k where s."isBoundary" and k.district_id = s."districtId"),
      'beyondCity', case when st_within(s.geom, c.near) or c.geom is null then 'no' when st_within(s.geom, c.far) then 'near' else 'far' end,
      'outsideDistrict', coalesce((
        select case when st_dimension(s.geom) = 2 then st_area(st_difference(s.geom, b.geom)) / st_area(s.geom)
          else (not st_dwithin(s.geom, b.geom, 200))::integer end
        from boundaries b where b.district_id = s."districtId" and not s."isBoundary"), 0),
      'overlaps', coalesce((
        select json_agg(json_build_object('name', d.name, 'share', st_area(st_intersection(s.geom, b.geom)) / st_area(s.geom)))
        from boundaries b join districts d on d.id = b.district_id
        where s."isBoundary" and st_dimension(s.geom) = 2 and b.district_id <> s."districtId" and st_intersects(s.geom, b.geom)), '[]'::json),
      'containsLabel', (select st_intersects(s.geom, d.label_point) from districts d where s."isBoundary" and d.id = s."districtId")
    ) as measures
    from sound s cross join city c
  )
  select g.key, json_build_object(
    'isReadable', g.geom is not null,
    'isEmpty', coalesce(st_isempty(g.geom), false),
    'isSwapped', coalesce((
      select st_intersects(f.geom, c.geom)
      from city c, geometry_from_geojson(st_asgeojson(st_flipcoordinates(st_geomfromgeojson(g.geometry)))) as f (geom)
      where g.geom is not null and is_sound(f.geom)), false),
    'invalid', case when g.geom is not null and m.key is null then (
      select json_build_object('reason', v.reason, 'at', case when st_x(v.location) between -1e7 and 1e7 and st_y(v.location) between -1e7 and 1e7 then (
        select json_build_object('longitude', st_x(p), 'latitude', st_y(p)) from st_transform(st_setsrid(v.location, 25832), 4326) p) end)
      from st_isvaliddetail(g.geom) v) end,
    'measures', m.measures
  ) as findings
  from given g left join measures m using (key)`

/** Asks PostGIS about geometries, all in one go. */
export async function findAreas(database: Knex, questions: AreaQuestion[]): Promise<Map<number, AreaFindings>> {
  if (questions.length === 0) return new Map()
  const { rows } = (await database.raw(findingsSql, { questions: JSON.stringify(questions) })) as {
    rows: { key: number; findings: AreaFindings }[]
  }
  return new Map(rows.map(({ key, findings }) => [key, findings]))
}
