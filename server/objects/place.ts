import type { Knex } from 'knex'
import type { FieldError } from '../http/problem.ts'
import type { Content } from './kinds.ts'

/** What an address says about premises that lie there. */
export interface PlacedAddress {
  label: string | null
  district: { districtId?: string }
  errors: FieldError[]
}

/** Looks up the address that content names; an unknown one is an error of `addressId`. */
export async function placeAddress(database: Knex, { addressId }: Content): Promise<PlacedAddress> {
  if (typeof addressId !== 'string') return { label: null, district: {}, errors: [] }
  const { rows } = (await database.raw('select a.label, a.district_id as "districtId" from current_addresses a where a.id = ?', [
    addressId,
  ])) as { rows: { label: string; districtId: string | null }[] }
  const [address] = rows
  if (!address)
    return {
      label: null,
      district: {},
      errors: [{ field: 'addressId', detail: `Die Adresse „${addressId}“ steht nicht im Adressverzeichnis.` }],
    }
  return { label: address.label, district: address.districtId === null ? {} : { districtId: address.districtId }, errors: [] }
}

export interface Place {
  districtId: string | null
  sections: { id: string; programmeId: string; name: string }[]
  address: { id: string; label: string; distanceM: number } | null
}

/** District, sections and nearest address of a point. Sections without a geometry are their whole district. */
export async function findPlace(database: Knex, longitude: number, latitude: number): Promise<Place> {
  const { rows } = (await database.raw(
    `with point as materialized (
      select st_transform(st_point(:longitude, :latitude, 4326), 25832) as geom
    ), district as materialized (
      select b.district_id, b.geom from district_boundaries_at(current_date, clock_timestamp()) b, point p
      where st_intersects(b.geom, p.geom) order by b.district_id limit 1
    )
    select (select d.district_id from district d) as "districtId",
      coalesce((
        select json_agg(json_build_object('id', s.id, 'programmeId', s.programme_id, 'name', coalesce(s.name, n.name)) order by s.id)
        from build_sections_at(current_date, clock_timestamp()) s join districts n on n.id = s.district_id cross join point p
        where case when st_dimension(s.geom) = 2 then st_intersects(s.geom, p.geom)
          else s.geom is null and s.district_id = (select d.district_id from district d) end), '[]'::json) as sections,
      (select json_build_object('id', a.id, 'label', a.label, 'distanceM', round(st_distance(a.geom, p.geom)::numeric, 1))
        from current_addresses a, point p where st_dwithin(a.geom, p.geom, 200) order by a.geom <-> p.geom limit 1) as address`,
    { longitude, latitude },
  )) as { rows: Place[] }
  return rows[0] as Place
}
