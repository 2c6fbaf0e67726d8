import type { Knex } from 'knex'
import type { Clocks } from '../http/clocks.ts'
import { notFound } from '../http/problem.ts'
import { counted } from './counted.ts'
import { byName, clockBindings, list, loadBody, resolvedClocks } from './sql.ts'
import { districtFields, districtsFrom, figures, programmes, sectionDetails, sections, targets } from './views.ts'

/** Generalised or drawn by hand, neighbouring boundaries need not meet to the centimetre. */
const neighbourDistanceM = 5

const neighbours = list(
  `'id', o.id, 'name', o.name`,
  `district_boundaries_at(:asOf, :knownAt) n join districts o on o.id = n.district_id
   where o.id <> d.id and st_dwithin(n.geom, g.geom, ${neighbourDistanceM})`,
  byName('o.name'),
)

/** Programmes that build here or name this district in a target or figure. */
const programmesHere = programmes(`p.id in (
  select b.programme_id from build_sections_at(:asOf, :knownAt) b where b.district_id = d.id
  union all select f.programme_id from targets_at(:asOf, :knownAt) f where d.id = any (f.district_ids)
  union all select f.programme_id from figures_at(:asOf, :knownAt) f where f.district_id = d.id)`)

/** The mark of the consistency rules. */
const quality = `(
  select json_build_object('mark', q.mark, 'errors', q.errors, 'warnings', q.warnings, 'notices', q.notices, 'checkedOn', q.checked_on)
  from layer_quality_marks(:asOf, :knownAt) q where q.id = d.id)`

const district = `
  select json_build_object(
    'clocks', ${resolvedClocks},
    'district', json_build_object(${districtFields}),
    'neighbours', ${neighbours},
    'programmes', ${programmesHere},
    'sections', ${sections('x.district_id = d.id', sectionDetails)},
    'figures', ${figures('f.district_id = d.id')},
    'targets', ${targets('d.id = any (f.district_ids)')},
    'counted', ${counted('c.district_id = d.id')},
    'quality', ${quality})
  from ${districtsFrom} where d.id = :id`

/** Body of `getDistrict`. */
export async function loadDistrict(database: Knex, id: string, clocks: Clocks): Promise<string> {
  const body = await loadBody(database, district, { ...clockBindings(database, clocks), id })
  if (body === null) throw notFound('Der Stadtteil', 'id')
  return body
}
