import type { Knex } from 'knex'
import { today } from '../contract/dates.ts'
import { byName, list, loadBody } from './sql.ts'

const mostHits = 10

/** Everything that can be found; the address register joins here as one more branch. */
const entries = `
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
  from (${entries}) e`

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
