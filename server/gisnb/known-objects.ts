import type { Knex } from 'knex'
import { contentColumns, type FactKind } from '../contract/facts/fact.ts'
import { type ObjectKindName, objectKinds } from '../contract/objects/index.ts'
import type { Geometry } from '../formats/format.ts'
import type { KnownObjects } from './to-objects.ts'

/** SQL of the content of `x` without its geometry, with the keys of the contract. */
function contentOf(kind: ObjectKindName): string {
  const columns = contentColumns(objectKinds[kind] as unknown as FactKind).filter(({ isGeometry }) => !isGeometry)
  return `jsonb_build_object(${columns.map(({ key, column }) => `'${key}', x.${column}`).join(', ')})`
}

/** What is known now about the objects of a programme, without geometry, by their number in packages. */
export async function findKnownObjects(database: Knex, kind: ObjectKindName, programmeId: string): Promise<KnownObjects> {
  const { table } = objectKinds[kind]
  const { rows } = await database.raw<{ rows: { number: number; content: Record<string, unknown> }[] }>(
    `select (select min(v.version) from ${table} v where v.id = x.id) as number, ${contentOf(kind)} as content
     from ${table}_at(current_date, clock_timestamp()) x where x.programme_id = ?`,
    [programmeId],
  )
  return new Map(rows.map(({ number, content }) => [number, content]))
}

/** What is known now about the object that lies exactly (to 5 cm) where each geometry lies; null: none, or no geometry. */
export async function findObjectsAt(
  database: Knex,
  kind: ObjectKindName,
  { programmeId, epsg, geometries }: { programmeId: string; epsg: number; geometries: readonly (Geometry | null)[] },
): Promise<(Readonly<Record<string, unknown>> | null)[]> {
  const { table } = objectKinds[kind]
  const { rows } = await database.raw<{ rows: { content: Record<string, unknown> | null }[] }>(
    `select (select ${contentOf(kind)} from ${table}_at(current_date, clock_timestamp()) x
        where x.programme_id = :programmeId and st_dwithin(x.geom, g.geom, 0.05) and st_hausdorffdistance(x.geom, g.geom) < 0.05
        order by x.id limit 1) as content
     from (select e.position, geometry_from_geojson(e.value::text, :epsg) as geom
       from jsonb_array_elements(cast(:geometries as jsonb)) with ordinality as e (value, position)) g order by g.position`,
    { geometries: JSON.stringify(geometries), epsg, programmeId },
  )
  return rows.map(({ content }) => content)
}

/** The district each place lies in; null: outside the city. */
export async function findDistricts(
  database: Knex,
  places: readonly (Geometry | null)[],
  epsg: number,
): Promise<(string | null)[]> {
  const { rows } = await database.raw<{ rows: { id: string | null }[] }>(
    `select (select b.district_id from district_boundaries_at(current_date, clock_timestamp()) b
        where st_intersects(b.geom, geometry_from_geojson(e.value::text, :epsg)) order by b.district_id limit 1) as id
     from jsonb_array_elements(cast(:places as jsonb)) with ordinality as e (value, position) order by e.position`,
    { places: JSON.stringify(places), epsg },
  )
  return rows.map(({ id }) => id)
}
