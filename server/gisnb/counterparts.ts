import type { Knex } from 'knex'
import { contentColumns, type FactKind } from '../contract/facts/fact.ts'
import { type ObjectKindName, objectKinds } from '../contract/objects/index.ts'
import type { Geometry } from '../formats/format.ts'
import { placeOf } from './features.ts'

/** An object of ours that an object of a package is. */
export interface Counterpart {
  id: string
  /** What is known about it now, without geometry. */
  content: Readonly<Record<string, unknown>>
  /** Premises without a location of their own lie where their address does. */
  hasGeometry: boolean
  /** It lies where the package says, to the centimetre. */
  isSamePlace: boolean
}

/** An object of a package, as it is looked for. */
export interface Sought {
  /** Under which it was recorded if it came by such a package before. */
  key: string
  /** null: it has none, and is known by its course alone. */
  number: number | null
  /** Of objects without number at the very same place, the how manieth this is. */
  nth: number
  geometry: Geometry | null
}

/** SQL of the content of `x` without its geometry, with the keys of the contract. */
function contentOf(kind: ObjectKindName): string {
  const columns = contentColumns(objectKinds[kind] as unknown as FactKind).filter(({ isGeometry }) => !isGeometry)
  return `jsonb_build_object(${columns.map(({ key, column }) => `'${key}', x.${column}`).join(', ')})`
}

/**
 * Which object of ours each object of a package is, in their order; null: none. It is known by the key it got when it was recorded
 * from a package, else by its number in ours (others number theirs as they like: it must lie within 100 m), else by its course.
 */
export async function findCounterparts(
  database: Knex,
  kind: ObjectKindName,
  { programmeId, epsg, sought }: { programmeId: string; epsg: number; sought: readonly Sought[] },
): Promise<(Counterpart | null)[]> {
  const { table } = objectKinds[kind]
  const { rows } = await database.raw<{ rows: (Counterpart | { id: null })[] }>(
    `with given as materialized (
       select e.position, e.value ->> 'key' as key, cast(e.value ->> 'number' as bigint) as number, cast(e.value ->> 'nth' as integer) as nth,
         geometry_from_geojson(e.value ->> 'geometry', :epsg) as geom
       from jsonb_array_elements(cast(:sought as jsonb)) with ordinality as e (value, position)
     ), own as materialized (
       select x.id, x.key, ${placeOf(kind)} as geom, x.geom is not null as has_geometry, ${contentOf(kind)} as content,
         (select min(v.version) from ${table} v where v.id = x.id) as number
       from ${table}_at(current_date, clock_timestamp()) x where x.programme_id = :programmeId
     )
     select o.id, o.content, o.has_geometry as "hasGeometry", coalesce(st_hausdorffdistance(o.geom, g.geom) < 0.01, false) as "isSamePlace"
     from given g
     left join own k on k.key = g.key
     left join own n on n.number = g.number and st_dwithin(n.geom, g.geom, 100)
     left join lateral (
       select array_agg(distinct v.id order by v.id) as ids from ${table} v
       where g.number is null and v.programme_id = :programmeId and not v.retracted and v.known_to = 'infinity'
         and v.geom_3857 && st_expand(st_transform(g.geom, 3857), 1) and st_hausdorffdistance(v.geom, g.geom) < 0.05
     ) h on true
     left join own o on o.id = coalesce(k.id, n.id, h.ids[g.nth])
     order by g.position`,
    { sought: JSON.stringify(sought), epsg, programmeId },
  )
  return rows.map((row) => (row.id === null ? null : row))
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
