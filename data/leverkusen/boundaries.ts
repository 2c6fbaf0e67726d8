import type { Knex } from 'knex'
import type { Content } from './content.ts'
import { expand, type PublishedStatement } from './statements.ts'

/**
 * The generalised boundaries as statements: the faces that the arcs enclose, each given to the district whose label point it holds.
 * They were drawn for this product and are known from the day they are loaded; reads show them for every day (district_boundaries_at).
 */
export async function drawBoundaries(trx: Knex.Transaction, { boundaries, districts }: Content): Promise<PublishedStatement[]> {
  const { rows } = await trx.raw<{ rows: { id: string; geom: string }[] }>(
    `with faces as (
       select (st_dump(st_polygonize(st_geomfromtext(arc, 4326)))).geom from unnest(cast(:arcs as text[])) as arcs (arc)
     )
     select d.id, st_asgeojson(st_multi(f.geom), 6) as geom
     from faces f join districts d on st_contains(f.geom, st_transform(d.label_point, 4326))`,
    { arcs: boundaries.arcs },
  )
  const geometries = new Map(rows.map(({ id, geom }) => [id, JSON.parse(geom)]))
  const faces = new Set(rows.map(({ geom }) => geom))
  if ([rows.length, geometries.size, faces.size].some((count) => count !== districts.length)) {
    throw new Error('boundary-arcs.txt: the arcs do not give each district a polygon of its own around its label point')
  }
  const { source, trueOn, attribution } = boundaries
  const entries = districts.map(({ id }) => ({
    districtId: id,
    official: false,
    attribution,
    geom: geometries.get(id),
    statements: [{ sources: [source], trueOn }],
  }))
  return expand('district_boundary', entries)
}
