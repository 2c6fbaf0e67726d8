import type { Knex } from 'knex'

/** What PostGIS says about a geometry somebody sets. Geometry stays in PostGIS; rules only see these findings. */
export interface GeometryFindings {
  isReadable: boolean
  /** It would lie in the city if latitude and longitude changed places. */
  isSwapped: boolean
  /** Where a line crosses itself. */
  crossing: { longitude: number; latitude: number } | null
  /** null: not a line. */
  lengthM: number | null
  /** no: within 200 m of the city as it is known; near: within 1 km; far: beyond. */
  beyondCity: 'no' | 'near' | 'far'
  /** Districts it touches, that with most of it first; within 200 m counts for points. */
  districtIds: string[]
  /** md5 of the stored form, to see whether it is what is stored already. */
  hash: string | null
}

/** The city is the union of its districts; their boundaries may be generalised by some 100 m. */
const findingsSql = `
  with given as materialized (
    select g.geom, case when st_dimension(g.geom) = 1 then st_length(g.geom) end as length_m
    from geometry_from_geojson(:geometry) as g (geom)
  ), known as materialized (
    select b.district_id, b.geom from district_boundaries_at(current_date, clock_timestamp()) b
  ), city as materialized (
    select st_union(k.geom) as geom from known k
  ), crossing as materialized (
    select st_transform(st_endpoint(part.geom), 4326) as geom
    from given g, lateral st_dump(st_node(g.geom)) part
    where g.length_m > 0 and not st_issimple(g.geom)
      and st_distance(st_endpoint(part.geom), st_boundary(g.geom)) > 0.001 limit 1
  )
  select json_build_object(
    'isReadable', g.geom is not null and not st_isempty(g.geom),
    'isSwapped', coalesce((
      select st_intersects(f.geom, c.geom)
      from geometry_from_geojson(st_asgeojson(st_flipcoordinates(st_geomfromgeojson(:geometry)))) as f (geom)
      where g.geom is not null and f.geom is not null), false),
    'crossing', (select case when not st_issimple(g.geom) then json_build_object(
      'longitude', coalesce(st_x(x.geom), st_x(st_transform(st_startpoint(g.geom), 4326))),
      'latitude', coalesce(st_y(x.geom), st_y(st_transform(st_startpoint(g.geom), 4326)))) end
      from (select 1) one left join crossing x on true where g.length_m > 0),
    'lengthM', g.length_m,
    'beyondCity', case when g.geom is null or c.geom is null or st_dwithin(g.geom, c.geom, 200) and st_within(g.geom, st_buffer(c.geom, 200)) then 'no'
      when st_within(g.geom, st_buffer(c.geom, 1000)) then 'near' else 'far' end,
    'districtIds', coalesce((
      select json_agg(k.district_id order by st_distance(g.geom, k.geom), st_length(st_intersection(g.geom, k.geom)) desc, k.district_id)
      from known k where st_dwithin(g.geom, k.geom, case when g.length_m is null then 200 else 0 end)), '[]'::json),
    'hash', md5(st_asbinary(g.geom))
  ) as findings
  from given g left join city c on true`

/** Asks PostGIS about a GeoJSON geometry in WGS84. */
export async function findAbout(database: Knex, geometry: unknown): Promise<GeometryFindings> {
  const { rows } = (await database.raw(findingsSql, { geometry: JSON.stringify(geometry) })) as {
    rows: { findings: GeometryFindings }[]
  }
  return (rows[0] as { findings: GeometryFindings }).findings
}
