import type { Knex } from 'knex'

/** A stretch of an invented street, in EPSG:25832 (m). */
export interface Stretch {
  districtId: string
  /** Number of the invented street in its district. */
  street: number
  from: Position
  to: Position
  lengthM: number
}

export type Position = [x: number, y: number]

/**
 * Invented streets: parallel lines across each district, 180 m apart and well inside its boundary, cut into stretches of at most
 * 240 m. Real streets are not used, so that nobody finds invented works in front of their house.
 */
const streetsSql = `
  with inner_areas as (
    select b.district_id, st_buffer(b.geom, -120) as geom from district_boundaries_at(current_date, clock_timestamp()) b
  ), lines as (
    select a.district_id, n as street, st_intersection(a.geom,
      st_setsrid(st_makeline(st_point(st_xmin(a.geom), y), st_point(st_xmax(a.geom), y + 60)), 25832)) as geom
    from inner_areas a, lateral (
      select row_number() over () as n, y from generate_series(st_ymin(a.geom)::numeric, st_ymax(a.geom)::numeric, 180) y) g
  ), parts as (
    select l.district_id, l.street, d.geom from lines l, lateral st_dump(st_collectionextract(l.geom, 2)) d where st_length(d.geom) > 100
  ), cut as (
    select p.district_id, p.street, st_linesubstring(p.geom, (i - 1)::float8 / n, i::float8 / n) as geom
    from parts p, lateral (select ceil(st_length(p.geom) / 240)::integer as n) c, generate_series(1, n) i
  )
  select district_id as "districtId", street::integer, st_x(st_startpoint(geom)) as x1, st_y(st_startpoint(geom)) as y1,
    st_x(st_endpoint(geom)) as x2, st_y(st_endpoint(geom)) as y2
  from cut order by district_id, street, x1`

export async function drawStreets(trx: Knex): Promise<Stretch[]> {
  const { rows } = await trx.raw<{
    rows: { districtId: string; street: number; x1: number; y1: number; x2: number; y2: number }[]
  }>(streetsSql)
  return rows.map(({ districtId, street, x1, y1, x2, y2 }) => stretch(districtId, street, [x1, y1], [x2, y2]))
}

function stretch(districtId: string, street: number, from: Position, to: Position): Stretch {
  return { districtId, street, from, to, lengthM: Math.hypot(to[0] - from[0], to[1] - from[1]) }
}

/** The first metres of a stretch. */
export function shorten(whole: Stretch, lengthM: number): Stretch {
  return stretch(whole.districtId, whole.street, whole.from, along(whole, lengthM))
}

/** The place so many metres along, and so many to the left of it. */
export function along({ from, to, lengthM }: Stretch, metres: number, aside = 0): Position {
  const [dx, dy] = [(to[0] - from[0]) / lengthM, (to[1] - from[1]) / lengthM]
  return [from[0] + dx * metres - dy * aside, from[1] + dy * metres + dx * aside]
}
