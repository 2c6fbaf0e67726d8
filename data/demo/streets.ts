import type { Knex } from 'knex'
import { randomFrom } from './random.ts'

/** A stretch of an invented street or of the line that links two quarters, in EPSG:25832 (m). */
export interface Stretch {
  districtId: string
  districtName: string
  /** Number of the invented quarter in its district, 0 in the middle of the district. */
  quarter: number
  role: 'spine' | 'side' | 'link'
  /** Number of the invented street in its district. */
  street: number
  /** Number of the stretch in its street. */
  part: number
  from: Position
  to: Position
  lengthM: number
}

export type Position = [x: number, y: number]

/** A quarter stands around its centre; `linkedTo` is the centre of the one before that its line comes from. */
interface Quarter {
  districtId: string
  districtName: string
  quarter: number
  centre: Position
  linkedTo: Position | null
}

/** From one side street to the next along the spine (m), and how many there are to either end. */
const blockM = 75
const blocks = 3
const longestStretchM = 240

/**
 * Centres of invented quarters: a grid of 620 m well inside each district, numbered from its middle outwards, each linked to the
 * nearest one before it that is in sight. Real streets are not used, so that nobody finds invented works in front of their house.
 */
const quartersSql = `
  with areas as (
    select b.district_id, b.geom, st_buffer(b.geom, -60) as inner_geom, st_pointonsurface(b.geom) as middle
    from district_boundaries_at(current_date, clock_timestamp()) b
  ), centres as (
    select a.district_id, p.centre, row_number() over (partition by a.district_id
      order by round(st_distance(p.centre, a.middle)::numeric), st_x(p.centre), st_y(p.centre)) - 1 as quarter
    from areas a,
      lateral (select round(st_xmin(a.geom)::numeric) as x0, round(st_ymin(a.geom)::numeric) as y0) corner,
      generate_series(0, 30) row_, generate_series(0, 30) column_,
      lateral (select st_setsrid(st_point(x0 + 620 * column_ + 310 * (row_ % 2), y0 + 540 * row_), 25832) as centre) p
    where st_coveredby(st_buffer(p.centre, 110), a.inner_geom)
  )
  select c.district_id as "districtId", d.name as "districtName", c.quarter::integer, st_x(c.centre) as x, st_y(c.centre) as y, st_x(l.centre) as "linkX", st_y(l.centre) as "linkY"
  from centres c join areas a using (district_id) join districts d on d.id = c.district_id left join lateral (
    select e.centre from centres e
    where e.district_id = c.district_id and e.quarter < c.quarter and st_coveredby(st_makeline(e.centre, c.centre), a.inner_geom)
    order by st_distance(e.centre, c.centre), e.quarter limit 1) l on true
  order by c.district_id, c.quarter`

/** Which of the drawn stretches lie inside their district. */
const insideSql = `
  select s.n from jsonb_to_recordset(:stretches) as s(n integer, district_id text, x1 float8, y1 float8, x2 float8, y2 float8)
  join district_boundaries_at(current_date, clock_timestamp()) b on b.district_id = s.district_id
  where st_coveredby(st_setsrid(st_makeline(st_point(s.x1, s.y1), st_point(s.x2, s.y2)), 25832), st_buffer(b.geom, -30))
  order by s.n`

interface QuarterRow {
  districtId: string
  districtName: string
  quarter: number
  x: number
  y: number
  linkX: number | null
  linkY: number | null
}

/** The streets of all quarters and the lines between them, those that lie inside their district. */
export async function drawStreets(trx: Knex): Promise<Stretch[]> {
  const { rows } = await trx.raw<{ rows: QuarterRow[] }>(quartersSql)
  const drawn = rows.flatMap(({ x, y, linkX, linkY, ...row }, index) =>
    drawQuarter(
      { ...row, centre: [x, y], linkedTo: linkX === null || linkY === null ? null : [linkX, linkY] },
      randomFrom(5000 + index),
    ),
  )
  const stretches = drawn.map(({ districtId, from, to }, n) => ({
    ...{ n, district_id: districtId, x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
  }))
  const inside = await trx.raw<{ rows: { n: number }[] }>(insideSql, { stretches: JSON.stringify(stretches) })
  return inside.rows.flatMap(({ n }) => drawn[n] ?? [])
}

/** A spine through the centre, side streets to its left and right in turn, and the link. */
function drawQuarter({ centre, linkedTo, ...place }: Quarter, random: () => number): Stretch[] {
  const direction = random() * Math.PI
  const streetOf = (index: number) => place.quarter * 20 + index + 1
  const draw = (role: Stretch['role'], street: number, from: Position, to: Position) =>
    cut({ ...place, role, street, part: 0, ...between(from, to) })
  const spine = [0, Math.PI].flatMap((turn) =>
    draw('spine', streetOf(0), centre, ahead(centre, direction + turn, blocks * blockM)),
  )
  const sides = Array.from({ length: 2 * blocks + 1 }, (_, index) => {
    const start = ahead(centre, direction, (index - blocks) * blockM)
    const turn = (index % 2 === 0 ? 1 : -1) * (Math.PI / 2) + (random() - 0.5) * 0.35
    return draw('side', streetOf(index + 1), start, ahead(start, direction + turn, 110 + random() * 100))
  })
  const link = linkedTo ? draw('link', streetOf(19), linkedTo, centre) : []
  return [...numbered(spine), ...sides.flat(), ...link]
}

function numbered(stretches: Stretch[]): Stretch[] {
  return stretches.map((stretch, part) => ({ ...stretch, part }))
}

/** Cut into equal stretches of at most 240 m. */
function cut(whole: Stretch): Stretch[] {
  const count = Math.ceil(whole.lengthM / longestStretchM)
  return Array.from({ length: count }, (_, part) => {
    const [from, to] = [part, part + 1].map((n) => along(whole, (whole.lengthM * n) / count)) as [Position, Position]
    return { ...whole, part, ...between(from, to) }
  })
}

function between(from: Position, to: Position) {
  return { from, to, lengthM: Math.hypot(to[0] - from[0], to[1] - from[1]) }
}

function ahead([x, y]: Position, direction: number, metres: number): Position {
  return [x + Math.cos(direction) * metres, y + Math.sin(direction) * metres]
}

/** The first metres of a stretch. */
export function shorten(whole: Stretch, lengthM: number): Stretch {
  return { ...whole, ...between(whole.from, along(whole, lengthM)) }
}

/** The place so many metres along, and so many to the left of it. */
export function along({ from, to, lengthM }: Stretch, metres: number, aside = 0): Position {
  const [dx, dy] = [(to[0] - from[0]) / lengthM, (to[1] - from[1]) / lengthM]
  return [from[0] + dx * metres - dy * aside, from[1] + dy * metres + dx * aside]
}
