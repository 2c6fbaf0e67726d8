import type { Knex } from 'knex'
import { today } from '../contract/dates.ts'
import { byName, list, loadBody } from './sql.ts'

const mostHits = 10
/** Below this, a street is only similar to what was typed; such hits come after everything that fits. */
const sureScore = 0.66

const names = `
  select 1 as position, 'district' as kind, d.id, d.name, cast(null as text) as name_en, cast(null as text) as district_id,
    cast(null as text) as district_name, lon_lat(d.label_point)::jsonb as point
  from districts d
  union all
  select 2, 'place', p.id, p.name, p.name_en, d.id, d.name, lon_lat(p.geom)::jsonb
  from places p
  left join district_boundaries_at(cast(:today as date), now()) g on st_covers(g.geom, p.geom)
  left join districts d on d.id = g.district_id
  union all
  select 3, 'programme', p.id, p.name, p.name_en, null, null, null
  from programmes_at(cast(:today as date), now()) p`

const hits = `
  select e.*, greatest(search_score(search_key(:q), search_key(e.name)), search_score(search_key(:q), search_key(e.name_en))) as score
  from (${names}) e
  union all
  select 4, a.kind, a.id, a.name, null, a.district_id, d.name, lon_lat(a.place)::jsonb,
    case when a.score < ${sureScore} then a.score * 0.6 else a.score end
  from search_addresses(:q, ${mostHits}) a left join districts d on d.id = a.district_id`

const search = `select json_build_object('hits', ${list(
  `'kind', h.kind, 'id', h.id, 'name', h.name, 'nameEn', h.name_en, 'districtId', h.district_id, 'districtName', h.district_name,
   'point', h.point`,
  `(select * from (${hits}) s where s.score > 0 order by s.score desc, s.position, s.name limit ${mostHits}) h`,
  `h.score desc, h.position, ${byName('h.name')}`,
)})`

/** Body of `searchPlaces`: best hits first. What was typed is neither kept nor logged. */
export async function loadHits(database: Knex, q: string): Promise<string> {
  return (await loadBody(database, search, { q, today: today() })) as string
}

const found = `
  select 'address' as kind, a.id, a.label as name, a.district_id, a.geom as point from current_addresses a
  where :kind = 'adresse' and a.id = :id
  union all
  select 'street', s.key, s.name, s.district_id, s.place from streets s where :kind = 'strasse' and s.key = :id and s.place is not null`

/** An address lies in the sections whose area holds it, and in those that are its whole district. */
const foundPlace = `select json_build_object('kind', f.kind, 'id', f.id, 'name', f.name, 'districtId', f.district_id, 'districtName', d.name,
  'point', lon_lat(f.point), 'sectionIds', coalesce((
    select json_agg(b.id order by b.id) from build_sections_at(cast(:today as date), now()) b
    where f.kind = 'address' and case when b.geom is null then b.district_id = f.district_id else st_covers(b.geom, f.point) end), '[]'::json))
  from (${found}) f left join districts d on d.id = f.district_id`

/** Body of `getFoundPlace`; null: there is no such street or address. `place` like "adresse:denw…" or "strasse:02530". */
export function loadFoundPlace(database: Knex, place: string): Promise<string | null> {
  const [kind = '', id = ''] = place.split(':')
  return loadBody(database, foundPlace, { kind, id, today: today() })
}
