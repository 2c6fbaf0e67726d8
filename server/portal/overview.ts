import type { Knex } from 'knex'
import type { Clocks } from '../http/clocks.ts'
import { byName, clockBindings, list, loadBody, provenance, resolvedClocks } from './sql.ts'
import { districtFields, districtsFrom, programmes, sections } from './views.ts'

const overview = `json_build_object(
  'clocks', ${resolvedClocks},
  'lastPublished', (
    select ${provenance('t')} from stages_at(:asOf, :knownAt) t
    order by imprecise_latest(t.true_on) desc, t.known_from desc, t.version desc limit 1),
  'boundaries', (
    select json_build_object('official', coalesce(bool_and(g.official), false),
      'attribution', coalesce(string_agg(distinct g.attribution, ', '), ''))
    from district_boundaries_at(:asOf, :knownAt) g),
  'programmes', ${programmes('true')},
  'districts', ${list(districtFields, districtsFrom, byName('d.name'))},
  'sections', ${sections('true')})`

/** Body of `getOverview`. */
export async function loadOverview(database: Knex, clocks: Clocks): Promise<string> {
  return (await loadBody(database, overview, clockBindings(database, clocks))) as string
}
