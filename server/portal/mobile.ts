import type { Knex } from 'knex'
import type { Clocks } from '../http/clocks.ts'
import { byName, clockBindings, list, loadBody, resolvedClocks } from './sql.ts'

const editionKey = (row: string) => `concat_ws('|', ${row}.dataset, ${row}.title, ${row}.true_on)`

/** Per district as the open data have it, and for the whole city. */
const tables = `
  figures as materialized (select * from layer_mobile_coverage_districts(:asOf, :knownAt)),
  areas as materialized (
    select d.district_id, sum(d.area_m2) as m2 from coverage_districts_at(:asOf, :knownAt) d group by d.district_id),
  coverage as (
    select f.district_id, ${editionKey('f')} as edition, f.dataset, f.operator, f.technology, f.spot, f.area_m2, f.share from figures f
    union all
    select null, ${editionKey('f')}, f.dataset, f.operator, f.technology, f.spot, sum(f.area_m2),
      round((100 * sum(f.area_m2) / (select nullif(sum(a.m2), 0) from areas a))::numeric, 1)
    from figures f group by f.dataset, f.title, f.true_on, f.operator, f.technology, f.spot),
  homes as (
    select distinct on (d.cell) d.cell, d.district_id from coverage_districts_at(:asOf, :knownAt) d
    order by d.cell, d.area_m2 desc, d.district_id),
  measured as (
    select h.district_id, m.operator, m.technology, count(*) as cells,
      count(*) filter (where signal_class(m.median_rsrp) = 'good') as good,
      count(*) filter (where signal_class(m.median_rsrp) = 'usable') as usable,
      count(*) filter (where signal_class(m.median_rsrp) = 'weak') as weak, min(m.first_day) as first_day, max(m.last_day) as last_day
    from coverage_measured_at(:asOf, :knownAt) m join homes h on h.cell = m.cell
    group by grouping sets ((h.district_id, m.operator, m.technology), (m.operator, m.technology)))`

const editionFields = `'key', e.key, 'dataset', e.dataset, 'method', e.method, 'title', e.title, 'methodNote', e.method_note,
  'attribution', e.attribution, 'source', e.source, 'trueOn', e.true_on, 'knownFrom', iso_moment(e.known_from)`

/** Editions that count then: of each dataset those of the latest Stand, of drive tests all that are not withdrawn. */
const editions = `(
  select ${editionKey('c')} as key, c.dataset, c.method, c.title, c.method_note, c.attribution, s.citation as source, c.true_on, c.known_from
  from coverage_editions_at(:asOf, :knownAt) c join sources s on s.id = c.source_id
  where c.dataset = 'drive_test' or c.id in (select p.edition_id from coverage_parts_at(:asOf, :knownAt) p)) e`

const mobile = `with ${tables} select json_build_object(
  'clocks', ${resolvedClocks},
  'districts', ${list("'id', d.id, 'name', d.name", 'districts d', byName('d.name'))},
  'editions', ${list(editionFields, editions, 'e.dataset, e.true_on desc, e.title')},
  'coverage', ${list(
    `'districtId', c.district_id, 'edition', c.edition, 'dataset', c.dataset, 'operator', c.operator, 'technology', c.technology,
     'spot', c.spot, 'areaM2', c.area_m2, 'share', c.share`,
    'coverage c',
    'c.district_id nulls first, c.dataset, c.operator, c.technology, c.spot',
  )},
  'spotRules', ${list(
    `'spot', r.spot, 'label', r.label, 'fewest', r.fewest, 'most', r.most, 'validFrom', r.valid_from, 'note', r.legal_note`,
    'mobile_spot_rules_at(:asOf, :knownAt) r',
    'r.fewest',
  )},
  'measured', ${list(
    `'districtId', m.district_id, 'operator', m.operator, 'technology', m.technology, 'cells', m.cells, 'good', m.good,
     'usable', m.usable, 'weak', m.weak, 'firstDay', m.first_day, 'lastDay', m.last_day`,
    'measured m',
    'm.district_id nulls first, m.operator, m.technology',
  )},
  'deadZones', ${list(
    `'cell', z.id, 'districtId', z.district_id, 'reports', z.reports, 'operators', z.operators, 'noService', z.no_service,
     'indoors', z.indoors, 'outdoors', z.outdoors, 'inVehicles', z.in_vehicles, 'latestMonth', z.latest_month`,
    'layer_mobile_dead_zones(:asOf, :knownAt) z',
    'z.latest_month desc, z.reports desc, z.id',
  )},
  'sites', ${list(
    `'id', s.id, 'name', s.name, 'districtId', s.district_id, 'operators', coalesce(s.operators, '{}'),
     'technologies', coalesce(s.technologies, '{}'), 'status', s.status, 'since', s.since, 'note', s.note`,
    'layer_mobile_sites(:asOf, :knownAt) s',
    `${byName('s.name')}, s.id`,
  )})`

/** Body of `getMobile`. */
export async function loadMobile(database: Knex, clocks: Clocks): Promise<string> {
  return (await loadBody(database, mobile, clockBindings(database, clocks))) as string
}
