import type { Knex } from 'knex'

/** What PostGIS says about where a record would lie. */
export interface PlaceFindings {
  isReadable: boolean
  isValid: boolean
  /** It would lie in the city if latitude and longitude changed places. */
  isSwapped: boolean
  areaM2: number
  /** Metres to the city; 0: inside or touching it. */
  beyondCityM: number
  /** Metres to the search area of the case; null: there is none. */
  beyondSearchAreaM: number | null
}

const findingsSql = `
  with given as materialized (
    select search_area(g.geom, cast(:radiusM as numeric)) as geom from geometry_from_geojson(:geometry) as g (geom)
  ), city as materialized (
    select st_union(b.geom) as geom from district_boundaries_at(current_date, timestamptz '9999-01-01') b
  )
  select json_build_object(
    'isReadable', g.geom is not null and not st_isempty(g.geom),
    'isValid', is_sound(g.geom),
    'isSwapped', coalesce((
      select st_intersects(f.geom, c.geom)
      from geometry_from_geojson(st_asgeojson(st_flipcoordinates(st_geomfromgeojson(:geometry)))) as f (geom)
      where g.geom is not null and is_sound(f.geom)), false),
    'areaM2', coalesce(st_area(g.geom), 0),
    'beyondCityM', case when is_sound(g.geom) then coalesce(st_distance(g.geom, c.geom), 0) else 0 end,
    'beyondSearchAreaM', (select st_distance(g.geom, search_area(r.geom, r.radius_m))
      from site_requests_known(timestamptz '9999-01-01') r where r.id = :requestId and r.geom is not null and is_sound(g.geom))
  ) as findings
  from given g cross join city c`

/** Asks PostGIS about a GeoJSON geometry in WGS84; a point with a radius is a circle. */
export async function findAbout(
  database: Knex,
  geometry: unknown,
  { radiusM, requestId }: { radiusM: number | null; requestId: string | null },
): Promise<PlaceFindings> {
  const { rows } = await database.raw<{ rows: { findings: PlaceFindings }[] }>(findingsSql, {
    geometry: JSON.stringify(geometry),
    radiusM,
    requestId,
  } as unknown as Knex.ValueDict)
  return (rows[0] as { findings: PlaceFindings }).findings
}
