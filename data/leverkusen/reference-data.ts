import type { Knex } from 'knex'
import type { Content } from './content.ts'

/** Writes the municipality, sources, boroughs, districts and places as the files say them; rows that are so already stay untouched. */
export async function writeReferenceData(trx: Knex.Transaction, content: Content): Promise<void> {
  const { municipality, boroughs, districts, places } = content
  await trx.raw(
    `insert into municipality (ags) values (:municipality)
     on conflict (is_only) do update set ags = excluded.ags where municipality.ags <> excluded.ags`,
    { municipality },
  )
  await trx.raw(
    `insert into sources (citation, url, published)
     select s.citation, s.url, s.published
     from jsonb_to_recordset(cast(:sources as jsonb)) as s (citation text, url text, published text)
     on conflict (citation) do update set url = coalesce(excluded.url, sources.url), published = coalesce(excluded.published, sources.published)
     where sources.url is distinct from coalesce(excluded.url, sources.url)
        or sources.published is distinct from coalesce(excluded.published, sources.published)`,
    { sources: JSON.stringify(Object.values(content.sources)) },
  )
  await trx.raw(
    `insert into boroughs (id, name, position)
     select b.id, b.name, b.position from jsonb_to_recordset(cast(:boroughs as jsonb)) as b (id text, name text, position integer)
     on conflict (id) do update set name = excluded.name, position = excluded.position
     where (boroughs.name, boroughs.position) is distinct from (excluded.name, excluded.position)`,
    { boroughs: JSON.stringify(boroughs) },
  )
  await trx.raw(
    `insert into districts (id, name, borough_id, street_key_prefixes, label_point)
     select d.id, d.name, d."boroughId", d."streetKeyPrefixes", ${point('d."labelPoint"')}
     from jsonb_to_recordset(cast(:districts as jsonb))
       as d (id text, name text, "boroughId" text, "streetKeyPrefixes" text[], "labelPoint" jsonb)
     on conflict (id) do update set name = excluded.name, borough_id = excluded.borough_id,
       street_key_prefixes = excluded.street_key_prefixes, label_point = excluded.label_point
     where (districts.name, districts.borough_id, districts.street_key_prefixes, districts.label_point)
       is distinct from (excluded.name, excluded.borough_id, excluded.street_key_prefixes, excluded.label_point)`,
    { districts: JSON.stringify(districts) },
  )
  await trx.raw(
    `insert into places (id, name, name_en, geom)
     select p.id, p.name, p."nameEn", ${point('p.point')}
     from jsonb_to_recordset(cast(:places as jsonb)) as p (id text, name text, "nameEn" text, point jsonb)
     on conflict (id) do update set name = excluded.name, name_en = excluded.name_en, geom = excluded.geom
     where (places.name, places.name_en, places.geom) is distinct from (excluded.name, excluded.name_en, excluded.geom)`,
    { places: JSON.stringify(places) },
  )
}

/** [lon, lat] in WGS84 as a stored point, to the millimetre. */
function point(lonLat: string): string {
  const wgs84 = `st_setsrid(st_makepoint((${lonLat} ->> 0)::float8, (${lonLat} ->> 1)::float8), 4326)`
  return `st_snaptogrid(st_transform(${wgs84}, 25832), 0.001)`
}
