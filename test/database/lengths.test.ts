import { describe, expect, it } from 'vitest'
import type * as z from 'zod/mini'
import type { getLengths } from '../../server/contract/counts.ts'
import { change } from '../../server/database/change.ts'
import type { ObjectContent } from '../../server/database/objects.ts'
import { recordObjects } from '../../server/database/objects.ts'
import { findOrCreateSource } from '../../server/database/sources.ts'
import { body, read } from '../support/facts.ts'
import { objectsApp } from '../support/objects.ts'

const { app, viewer, coordinator, database } = await objectsApp()
type LengthRow = z.infer<(typeof getLengths)['response']>['measured'][number]
type Line = readonly (readonly [number, number])[]

const millimetre = 0.001
const statuses = ['planned', 'under_construction', 'laid']

/** Numbers from 0 to 1, the same on every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const random = seeded(5)
const { rows: sections } = await database.raw<{ rows: { id: string; programmeId: string }[] }>(
  `select id, programme_id as "programmeId" from build_sections_at(current_date, clock_timestamp()) order by id limit 4`,
)
const {
  rows: [city],
} = await database.raw(`
  select st_xmin(e) as west, st_ymin(e) as south, st_xmax(e) as east, st_ymax(e) as north,
    (select st_asgeojson(st_exteriorring(st_geometryn(b.geom, 1)), 9)::jsonb -> 'coordinates' from district_boundaries_at(current_date, clock_timestamp()) b
      where b.district_id = 'manfort') as border
  from (select st_extent(b.geom) as e from district_boundaries_at(current_date, clock_timestamp()) b) c`)

/** Anywhere in the city or a little outside, in EPSG:25832. */
const anywhere = (): [number, number] => [
  city.west - 500 + random() * (city.east - city.west + 1000),
  city.south - 500 + random() * (city.north - city.south + 1000),
]
const wandering = (corners: number): Line => Array.from({ length: corners }, anywhere)
const across = [anywhere(), anywhere(), anywhere()] as const

const special: Record<string, Line> = {
  'on a border of districts': city.border,
  'partly on a border': [anywhere(), ...city.border.slice(2, 6), anywhere()],
  'outside the city': [
    [300_000, 5_600_000],
    [300_100, 5_600_050],
  ],
  'half a millimetre': [
    [359_980, 5_659_400],
    [359_980.0005, 5_659_400],
  ],
  'out and back over borders': [across[0], across[1], across[0]],
  'twice around': [...across, ...across, across[0]],
  'touching itself': [across[0], across[1], across[2], [(across[0][0] + across[1][0]) / 2, (across[0][1] + across[1][1]) / 2]],
}
const lines = [...Object.values(special), ...Array.from({ length: 60 }, (_, n) => wandering(2 + (n % 5)))]

function objectOf(coordinates: Line, n: number): ObjectContent {
  const section = n % 5 === 0 ? undefined : sections[n % sections.length]
  return {
    key: `l-${n}`,
    status: statuses[n % 3],
    programmeId: section?.programmeId ?? (n % 2 === 0 ? 'breitband' : null),
    sectionId: section?.id ?? null,
    coLaying: false,
    geom: { type: 'LineString', coordinates },
  }
}

const { revision } = await change(database, { actor: 'test', actorName: 'Test', reason: 'Netz' }, async (trx) => {
  const basis = { trueOn: '2022-03-28', sourceId: await findOrCreateSource(trx, 'Netzplan', null), srid: 25832 }
  const objects = lines.map(objectOf)
  await recordObjects(trx, 'route', objects, basis)
  await recordObjects(
    trx,
    'duct',
    objects.map((object, n) => ({ ...object, ductType: 1, condition: n % 2 ? 'new' : 'reused', count: 1 + (n % 3) })),
    basis,
  )
  return recordObjects(
    trx,
    'cable',
    objects.map((object, n) => ({ ...object, fibreCount: 96, count: 1 + (n % 2) })),
    basis,
  )
})
app.context.revisions.announce(revision)

const { measured } = await read<{ measured: LengthRow[] }>(coordinator, '/api/counts/lengths')
const { rows: whole } = await database.raw<{ rows: LengthRow[] }>(`
  select null as "districtId", programme_id as "programmeId", section_id as "sectionId", quantity, status, sum(m)::float8 as "lengthM" from (
    select programme_id, section_id, 'trench' as quantity, status, st_length(geom) as m from routes
    union all select programme_id, section_id, case condition when 'new' then 'new_duct' else 'reused_infrastructure' end, status,
      st_length(geom) * count from ducts
    union all select programme_id, section_id, 'fibre_cable', status, st_length(geom) * count from cables) n group by 1, 2, 3, 4, 5`)

function sums(rows: readonly LengthRow[], keyOf: (row: LengthRow) => unknown): Map<unknown, number> {
  const found = new Map<unknown, number>()
  for (const row of rows) found.set(keyOf(row), (found.get(keyOf(row)) ?? 0) + row.lengthM)
  return found
}

const cuts: [string, (row: LengthRow) => unknown][] = [
  ['quantity', ({ quantity }) => quantity],
  ['section', ({ sectionId, quantity }) => `${sectionId} ${quantity}`],
  ['status', ({ status, quantity }) => `${status} ${quantity}`],
  ['programme', ({ programmeId, quantity }) => `${programmeId} ${quantity}`],
  ['all of them at once', ({ sectionId, programmeId, status, quantity }) => [sectionId, programmeId, status, quantity].join()],
]

describe('lengths', () => {
  it.each(cuts)('of all districts and outside add up to ST_Length, by %s', (_name, keyOf) => {
    const [parts, total] = [sums(measured, keyOf), sums(whole, keyOf)]
    expect([...parts.keys()].toSorted()).toEqual([...total.keys()].toSorted())
    for (const [key, lengthM] of total) expect(Math.abs((parts.get(key) ?? 0) - lengthM), String(key)).toBeLessThan(millimetre)
  })

  it('are cut where the boundaries are, each line by itself', async () => {
    const { rows } = await database.raw<{
      rows: { id: string; parts: number; length: number; inside: number; within: number }[]
    }>(`
      with b as materialized (select district_id, geom from district_boundaries_at(current_date, clock_timestamp()) b),
        every as (select array_agg(district_id order by district_id) as ids, array_agg(geom order by district_id) as geoms from b),
        city as (select st_union(geom) as geom from b)
      select r.id, st_length(r.geom) as length, sum(p.length_m) as parts, coalesce(sum(p.length_m) filter (where p.district_id is not null), 0) as inside,
        (select coalesce(sum(st_length(st_intersection(s.geom, city.geom))), 0) from st_dumpsegments(r.geom) s, city) as within
      from routes r, every e, cut_by_district(r.geom, e.ids, e.geoms) p group by r.id, r.geom`)
    expect(rows).toHaveLength(lines.length)
    for (const { id, parts, length, inside, within } of rows) {
      expect(Math.abs(parts - length), id).toBeLessThan(millimetre)
      // On the border of the city itself a line is neither in nor out; it is counted as in.
      if (!['r:l-0', 'r:l-1'].includes(id)) expect(Math.abs(inside - within), id).toBeLessThan(millimetre)
    }
  })

  it('are the same in the list, and of a line being drawn', async () => {
    const { objects } = await read<{ objects: { id: string; lengthM: number; content: { geom: unknown } }[] }>(
      viewer,
      '/api/objects/route?limit=1000',
    )
    const { rows } = await database.raw<{ rows: { id: string; m: number }[] }>('select id, st_length(geom) as m from routes')
    const known = new Map(rows.map(({ id, m }) => [id, m]))
    expect(objects).toHaveLength(lines.length)
    for (const { id, lengthM, content } of objects) {
      expect(Math.abs(lengthM - (known.get(id) ?? 0)), id).toBeLessThan(millimetre)
      const drawn = await body<{ lengthM: number }>(await viewer.send('POST', '/api/network/length', { geom: content.geom }))
      expect(Math.abs(drawn.lengthM - lengthM), id).toBeLessThan(millimetre)
    }
  })
})
