import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'

const { database } = await testDatabase()

const endOf = (day: string) => `${day} 24:00 Europe/Berlin`
const names = (rows: { name: string }[]) => rows.map(({ name }) => name)

/** Rows of a statement, its names as they stand in SQL. */
async function select<Row>(sql: string, bindings: Record<string, string> = {}): Promise<Row[]> {
  return (await database.raw(sql, bindings)).rows
}

test('three boroughs hold the 13 districts with their street keys', async () => {
  const rows = await select<{ borough: string; district: string; keys: string }>(
    `select b.name as borough, d.name as district, array_to_string(d.street_key_prefixes, ' ') as keys
     from districts d join boroughs b on b.id = d.borough_id order by b.position, d.name collate "de-x-icu"`,
  )
  expect(rows.map(({ borough, district, keys }) => [borough, district, keys].join(': '))).toEqual([
    'Stadtbezirk I: Hitdorf: 014',
    'Stadtbezirk I: Manfort: 012',
    'Stadtbezirk I: Rheindorf: 013',
    'Stadtbezirk I: Wiesdorf: 010 011 99',
    'Stadtbezirk II: Bergisch Neukirchen: 025',
    'Stadtbezirk II: Bürrig: 023',
    'Stadtbezirk II: Küppersteg: 022',
    'Stadtbezirk II: Opladen: 020 021',
    'Stadtbezirk II: Quettingen: 024',
    'Stadtbezirk III: Alkenrath: 034',
    'Stadtbezirk III: Lützenkirchen: 033',
    'Stadtbezirk III: Schlebusch: 030 031 035 036',
    'Stadtbezirk III: Steinbüchel: 032 037',
  ])
  expect(await database('places').pluck('id')).toHaveLength(7)
})

test('a street key names one district only', async () => {
  const overlapping = await select(
    `select a.id, b.id from districts a, unnest(a.street_key_prefixes) x, districts b, unnest(b.street_key_prefixes) y
     where a.id <> b.id and starts_with(x, y)`,
  )
  expect(overlapping).toEqual([])
})

test('13 polygons cover the city without gap or overlap, each around its label point', async () => {
  const [whole] = await select<Record<string, number | boolean>>(
    `select count(*) as polygons, bool_and(st_isvalid(g.geom)) as valid, bool_and(st_contains(g.geom, d.label_point)) as around,
       bool_and(st_numgeometries(g.geom) = 1) as single, bool_or(g.official) as official,
       abs(sum(st_area(g.geom)) - st_area(st_union(g.geom))) < 1 as no_overlap,
       st_numinteriorrings(st_geometryn(st_multi(st_union(g.geom)), 1)) as gaps, st_numgeometries(st_multi(st_union(g.geom))) as parts,
       abs(sum(st_area(g.geom)) / 78870000 - 1) < 0.01 as size_of_the_city
     from district_boundaries_at(current_date, now()) g join districts d on d.id = g.district_id`,
  )
  expect(whole).toEqual({
    polygons: 13,
    valid: true,
    around: true,
    single: true,
    official: false,
    no_overlap: true,
    gaps: 0,
    parts: 1,
    size_of_the_city: true,
  })
})

test('the polygons are drawn for every day, and say that they are not official', async () => {
  const rows = await select<{ attribution: string; count: number }>(
    `select attribution, count(*) from layer_districts('2019-06-01', '2019-06-01') group by 1`,
  )
  expect(rows).toEqual([{ attribution: 'vereinfachte, nicht amtliche Grenzen, © OpenStreetMap-Mitwirkende, ODbL', count: 13 }])
})

const reference = '../shared/reference/districts-reference.geojson'
test.skipIf(!existsSync(reference))('the polygons resemble a finer reconstruction', async () => {
  const rows = await select<{ name: string; alike: number }>(
    `select d.name, st_area(st_intersection(g.geom, r.geom)) / st_area(st_union(g.geom, r.geom)) as alike
     from jsonb_array_elements(cast(:collection as jsonb) -> 'features') f
     cross join lateral (select st_makevalid(st_transform(st_geomfromgeojson(f ->> 'geometry'), 25832))) r (geom)
     join districts d on d.name = f -> 'properties' ->> 'name'
     join district_boundaries_at(current_date, now()) g on g.district_id = d.id`,
    { collection: readFileSync(reference, 'utf8') },
  )
  expect(rows).toHaveLength(13)
  expect(rows.filter(({ alike }) => alike < 0.85)).toEqual([])
})

test('two programmes with sections and the mobile one, with their operators', async () => {
  const rows = await select<Record<string, unknown>>(
    `select p.id, p.kind, p.passive_operator like 'EVL%' as evl, p.active_operator as active,
       (select count(*) from build_sections_at('2026-01-01', now()) s where s.programme_id = p.id) as sections
     from programmes_at('2026-01-01', now()) p order by p.position`,
  )
  expect(rows).toEqual([
    { id: 'breitband', kind: 'funded', evl: true, active: 'NetCologne', sections: 13 },
    { id: 'friedenstal', kind: 'special_call', evl: true, active: 'NetCologne', sections: 1 },
    { id: 'mobilfunk', kind: 'mobile', evl: null, active: null, sections: 0 },
  ])
})

async function targetsAt(day: string): Promise<Record<string, number>> {
  const rows = await select<{ id: string; value: number }>('select id, value from targets_at(:day, :moment)', {
    day,
    moment: endOf(day),
  })
  return Object.fromEntries(rows.map(({ id, value }) => [id, value]))
}

test('the targets are those of their time', async () => {
  const first = {
    'breitband:household': 1332,
    'breitband:business': 95,
    'breitband:educational_institution': 33,
    'breitband:hospital': 1,
    'friedenstal:business': 13,
    'friedenstal:fibre_cable': 300,
  }
  const partial = {
    'breitband:household:fuenf-stadtteile': 213,
    'breitband:business:fuenf-stadtteile': 98,
    'breitband:educational_institution:fuenf-stadtteile': 16,
    'breitband:hospital:fuenf-stadtteile': 1,
  }
  expect(await targetsAt('2020-06-15')).toEqual(first)
  expect(await targetsAt('2021-06-01')).toEqual({
    ...first,
    ...partial,
    'breitband:new_duct': 72000,
    'breitband:reused_infrastructure': 23000,
  })
  expect(await targetsAt('2022-03-28')).toEqual({
    ...first,
    ...partial,
    'breitband:household': 1376,
    'breitband:business': 214,
    'breitband:educational_institution': 34,
    'breitband:fibre_cable': 82000,
    'breitband:new_duct': 49000,
    'breitband:reused_infrastructure': 23000,
  })
})

test('the connections of the report add up to 1,625', async () => {
  const rows = await select(
    `select sum(value) from layer_targets('2022-03-28', now()) where programme_id = 'breitband' and unit = 'connections' and district_ids is null`,
  )
  expect(rows).toEqual([{ sum: 1625 }])
})

test('the partial targets name their five districts, and only round figures are approximate', async () => {
  const scopes = await select(
    `select distinct array_to_string(district_ids, ' ') as districts from targets where scope is not null`,
  )
  expect(scopes).toEqual([{ districts: 'rheindorf buerrig kueppersteg opladen bergisch-neukirchen' }])
  const round = await select<{ id: string }>(
    'select distinct id from targets where approximate union select id from funding where approximate order by 1',
  )
  expect(round.map(({ id }) => id)).toEqual([
    'breitband:fibre_cable',
    'breitband:grant',
    'breitband:grant-federal',
    'breitband:grant-state',
    'friedenstal:fibre_cable',
  ])
})

async function phasesAt(day: string): Promise<Record<string, string[]>> {
  const rows = await select<{ name: string; state: string }>(
    `select name, concat_ws(' ', phase, build_phase, planned_end) as state from sections_with_phase(:day, :moment)
     where programme_id = 'breitband' order by name collate "de-x-icu"`,
    { day, moment: endOf(day) },
  )
  return Object.fromEntries([...Map.groupBy(rows, ({ state }) => state)].map(([state, group]) => [state, names(group)]))
}

const sixOfPhaseOne = ['Bergisch Neukirchen', 'Bürrig', 'Hitdorf', 'Küppersteg', 'Opladen', 'Rheindorf']
const sevenOfPhaseTwo = ['Alkenrath', 'Lützenkirchen', 'Manfort', 'Quettingen', 'Schlebusch', 'Steinbüchel', 'Wiesdorf']

test('on 1 June 2021 six districts were being built and no second phase was known', async () => {
  expect(await phasesAt('2021-06-01')).toEqual({ 'civil_works 1': sixOfPhaseOne, unknown: sevenOfPhaseTwo })
})

test('on 1 October 2021 the second phase had four districts, and three of the first were done', async () => {
  expect(await phasesAt('2021-10-01')).toEqual({
    'civil_works 1': ['Küppersteg', 'Opladen', 'Rheindorf'],
    'civil_works_done 1': ['Bergisch Neukirchen', 'Bürrig', 'Hitdorf'],
    'planning 2': ['Alkenrath', 'Manfort', 'Schlebusch', 'Steinbüchel'],
    unknown: ['Lützenkirchen', 'Quettingen', 'Wiesdorf'],
  })
})

test('on 1 April 2022 it had seven, and nothing newer is known today', async () => {
  const state = { 'civil_works_done 1': sixOfPhaseOne, 'civil_works 2 2022-end': sevenOfPhaseTwo }
  expect(await phasesAt('2022-04-01')).toEqual(state)
  expect(await phasesAt('2026-11-20')).toEqual(state)
  const last = await select(`select max(imprecise_latest(true_on)) as last from stages_at('2026-11-20', now())`)
  expect(last).toEqual([{ last: '2022-03-28' }])
})

test('Friedenstal is built and connected, at a point whose extent is not known', async () => {
  const rows = await select(
    `select phase, geometrytype(geom) as shape, round(st_x(st_transform(geom, 4326))::numeric, 4) as lon,
       round(st_y(st_transform(geom, 4326))::numeric, 4) as lat
     from sections_with_phase('2022-03-28', now()) where programme_id = 'friedenstal'`,
  )
  expect(rows).toEqual([{ phase: 'connecting', shape: 'POINT', lon: 7.0172, lat: 51.0763 }])
  const stages = await select(
    `select trade, planned_end, actual_start, actual_end from stages_at('2022-03-28', now()) where section_id like 'friedenstal:%' order by trade`,
  )
  expect(stages).toEqual([
    { trade: 'civil_works', planned_end: '2020-winter', actual_start: '2020-05', actual_end: 'by 2022-03-28' },
    { trade: 'house_connection', planned_end: null, actual_start: null, actual_end: 'by 2022-03-28' },
  ])
})

async function statementsOf(table: string, id: string, columns: string): Promise<string[]> {
  const rows = await select<{ said: string }>(
    `select concat_ws(' | ', s.citation, f.true_on, (f.known_from at time zone 'Europe/Berlin')::date, ${columns}) as said
     from ${table} f join sources s on s.id = f.source_id where f.id = :id order by f.known_from, s.citation`,
    { id },
  )
  return rows.map(({ said }) => said)
}

const report = 'Sachstand Digitalisierung bei der Stadt Leverkusen, 28.03.2022 (Finanz- und Digitalisierungsausschuss)'
const portal = 'Gigabit.NRW, Meldung 2118 vom 20.09.2021 (auch presse-service.de, 1082532)'

test('contradicting sources stand side by side', async () => {
  expect(await statementsOf('stages', 'breitband:buerrig:civil_works', 'actual_start, actual_end')).toEqual([
    'Kölner Stadt-Anzeiger online, 148091 | 2021-04 | 2021-05-01 | 2021-04',
    'Rheinische Post online, aid-57426015 | 2021-04 | 2021-05-01 | 2021-04',
    `${portal} | 2021-09-20 | 2021-09-20 | 2021-04 | by 2021-09-20`,
    `${report} | 2022-03-28 | 2022-03-28 | 2021-03 | by 2021-09-20`,
  ])
  expect(await statementsOf('stages', 'breitband:opladen:civil_works', 'actual_start, actual_end')).toEqual([
    'Kölner Stadt-Anzeiger online, 148091 | 2021-04 | 2021-05-01 | 2021-04',
    'Rheinische Post online, aid-57426015 | 2021-04 | 2021-05-01 | 2021-04',
    `${portal} | 2021-09-20 | 2021-09-20 | 2021-04`,
    `${report} | 2022-03-28 | 2022-03-28 | 2021-03 | by 2022-03-28`,
  ])
  expect(await statementsOf('milestones', 'mobilfunk:directive', 'actual')).toEqual([
    'Ministerialblatt für das Land Nordrhein-Westfalen 2021, Nr. 23, S. 575 | 2021-07-08 | 2021-07-08 | 2021-07-08',
    `${report} | 2021-07-09 | 2022-03-28 | 2021-07-09`,
  ])
})

test('the milestones stand with plan and actual date', async () => {
  const rows = await select<{ id: string; dates: string }>(
    `select id, concat_ws(' ', 'planned ' || planned, actual) as dates from layer_milestones('2023-01-01', now()) order by id`,
  )
  expect(Object.fromEntries(rows.map(({ id, dates }) => [id, dates]))).toEqual({
    'breitband:award': '2019-04',
    'breitband:grant-notice-federal': '2020-12',
    'breitband:grant-notice-state': '2021-03',
    'breitband:service-start': 'planned 2023-spring',
    'friedenstal:completion': 'planned 2020-winter by 2022-03-28',
    'friedenstal:grant-notice-federal': '2020-06',
    'friedenstal:grant-notice-state': '2020-08',
    'friedenstal:works-start': '2020-05',
    'mobilfunk:application-intended': '2022-03-28',
    'mobilfunk:council-order-measurement': '2022',
    'mobilfunk:directive': '2021-07-09',
  })
})

test('the money is there, and shares never exceed their whole', async () => {
  const rows = await select<{ id: string; amount: number }>(
    `select id, amount_eur as amount from funding_at('2022-03-28', now()) order by id`,
  )
  expect(Object.fromEntries(rows.map(({ id, amount }) => [id, amount]))).toEqual({
    'breitband:grant': 7500000,
    'breitband:grant-federal': 3700000,
    'breitband:grant-state': 3700000,
    'breitband:own-evl': 6400000,
    'breitband:own-netcologne': 446000,
    'friedenstal:grant': 87296,
    'friedenstal:grant-federal': 43648,
    'friedenstal:grant-state': 43648,
    'mobilfunk:grant': 210000,
  })
  const shares = await select(
    `select whole.id, sum(share.amount_eur) <= whole.amount_eur as fits from funding_at('2022-03-28', now()) share
     join funding_at('2022-03-28', now()) whole on whole.id = share.part_of group by whole.id, whole.amount_eur order by 1`,
  )
  expect(shares).toEqual([
    { id: 'breitband:grant', fits: true },
    { id: 'friedenstal:grant', fits: true },
  ])
})

test('the statistics hold published figures only: a dash is no figure', async () => {
  const rows = await select<{ id: string; value: number }>(`select id, value from figures_at('2026-01-01', now()) order by id`)
  expect(Object.fromEntries(rows.map(({ id, value }) => [id, value]))).toEqual({
    'area:alkenrath:area': 3840000,
    'area:alkenrath:inhabitants': 4489,
    'area:bergisch-neukirchen:area': 7960000,
    'area:buerrig:inhabitants': 6677,
    'area:city:area': 78870000,
    'area:city:dwellings': 84018,
    'area:city:inhabitants': 169658,
    'area:city:residential_buildings': 31147,
    'area:luetzenkirchen:area': 4165000,
    'area:luetzenkirchen:inhabitants': 11669,
    'area:opladen:area': 6770000,
    'area:opladen:inhabitants': 25494,
    'area:quettingen:area': 3460000,
    'area:quettingen:inhabitants': 12677,
    'area:rheindorf:area': 6250000,
    'area:rheindorf:inhabitants': 16446,
  })
})

test('revisions follow the order of publication, and nothing is known before its day began in Germany', async () => {
  const rows = await select<{ day: string; assumed: boolean; midnight: boolean }>(
    `select (known_at at time zone 'Europe/Berlin')::date as day, known_at_assumed as assumed,
       (known_at at time zone 'Europe/Berlin')::time = '00:00' as midnight
     from changes where origin = 'published_facts' order by id`,
  )
  expect(rows.slice(0, -1).map(({ day, assumed }) => `${day}${assumed ? ' assumed' : ''}`)).toEqual([
    '2019-05-01 assumed',
    '2020-06-01 assumed',
    '2020-06-15',
    '2020-07-01 assumed',
    '2020-09-01 assumed',
    '2021-01-01 assumed',
    '2021-04-01 assumed',
    '2021-05-01 assumed',
    '2021-07-08 assumed',
    '2021-09-19 assumed',
    '2021-09-20',
    '2022-03-28',
    '2023-01-01 assumed',
    '2023-12-31 assumed',
  ])
  expect(rows.slice(0, -1).every(({ midnight }) => midnight)).toBe(true)
})
