import { describe, expect, it } from 'vitest'
import type * as z from 'zod/mini'
import type * as contract from '../../server/contract/counts.ts'
import { change } from '../../server/database/change.ts'
import { type ObjectContent, recordObjects } from '../../server/database/objects.ts'
import { body, factsApp, read, refused } from '../support/facts.ts'

const { app, database, coordinator } = await factsApp()
const actor = { actor: 'test', actorName: 'Test', reason: 'Lieferung' }
const programmeId = 'breitband'
type Answer<E extends { response: z.core.$ZodType }> = z.infer<E['response']>

async function deliver(kind: 'premises' | 'route' | 'duct' | 'cable', rows: ObjectContent[], trueOn: string, srid = 4326) {
  const [source] = await database('sources')
    .insert({ citation: `Lieferung ${kind} ${trueOn} ${Math.random()}` })
    .returning('id')
  const { revision } = await change(database, actor, (trx) =>
    recordObjects(trx, kind, rows, { trueOn, sourceId: source.id, srid }),
  )
  app.context.revisions.announce(revision)
}

const premises = (district: string, count: number, connected: number, more: object = {}) =>
  Array.from({ length: count }, (_, index) => ({
    key: `${district}-${index}`,
    programmeId,
    districtId: district,
    kind: 'household',
    units: 1,
    fundingClass: 'funded',
    state: index < connected ? 'connected' : 'eligible',
    steps: {},
    ...more,
  }))

await deliver(
  'premises',
  [...premises('opladen', 40, 20), ...premises('manfort', 30, 2), ...premises('alkenrath', 25, 10)],
  '2022-03-01',
)
await deliver(
  'premises',
  premises('wiesdorf', 5, 0, {
    kind: 'business',
    units: 3,
    state: 'prepared',
    steps: { passed: '2021-05', prepared: '2022-02-01' },
  }),
  '2022-03-01',
)

const publish = (stand: string) => coordinator.send('POST', '/api/counts/releases', { stand, reason: 'Quartalszahlen' })
const published = async (query = '') =>
  read<{
    features: {
      properties: { districtId: string | null; quantity: string; measure: string; value: number | null; suppressed: boolean }
    }[]
  }>(coordinator, `/ogc/collections/counted_figures/items?f=json&limit=1000${query}`)
const figureOf = (
  answer: Awaited<ReturnType<typeof published>>,
  district: string | null,
  measure: string,
  quantity = 'household',
) =>
  answer.features
    .map(({ properties }) => properties)
    .find((one) => (one.districtId ?? null) === district && one.measure === measure && one.quantity === quantity)

describe('counted figures', () => {
  it('count units by the definition asked for, on both clocks', async () => {
    const counts = async (query = '') => {
      const answer = await read<Answer<typeof contract.getCounts>>(coordinator, `/api/counts?${query}`)
      return answer.counted.filter((row) => row.programmeId === programmeId)
    }
    const all = await counts()
    expect(all.find((row) => row.districtId === 'manfort')?.counts).toEqual({
      potential: 30,
      passed: 2,
      connected: 2,
      activated: 0,
    })
    expect(all.find((row) => row.kind === 'business')?.counts).toEqual({ potential: 15, passed: 15, connected: 0, activated: 0 })
    const breko = await counts('definition=breko')
    expect(breko.find((row) => row.kind === 'business')?.counts.connected).toBe(15)
    const early = await counts('definition=breko&asOf=2021-12-31')
    expect(early.map((row) => row.counts)).toEqual([{ potential: 15, passed: 15, connected: 0, activated: 0 }])
    expect(await counts('knownAt=2022-12-31')).toEqual([])
  })

  it('are exported for Excel, and say which parameter is wrong', async () => {
    const csv = await (await coordinator.get('/api/counts/export?f=csv')).text()
    expect(csv).toMatch(/^\ufeff?"?Programm/)
    expect(csv).toContain('Manfort')
    expect((await coordinator.get('/api/counts/export?f=xlsx')).headers.get('Content-Type')).toMatch(/spreadsheetml/)
    await refused(await coordinator.get('/api/counts?definition=unknown'), 400)
  })
})

describe('releases', () => {
  it('show nothing before the first one, and small numbers never', async () => {
    expect((await published()).features).toEqual([])
    const preview = await read<Answer<typeof contract.previewRelease>>(
      coordinator,
      '/api/counts/releases/preview?stand=2022-04-01',
    )
    expect(preview.figures.find((one) => one.districtId === 'manfort' && one.measure === 'connected')).toMatchObject({
      counted: 2,
      hidden: 'small',
    })
    expect((await published()).features).toEqual([])

    const first = await body<{ revision: number; hidden: number }>(await publish('2022-04-01'))
    expect(first.hidden).toBeGreaterThan(2)
    const shown = await published()
    expect(figureOf(shown, 'manfort', 'connected')).toMatchObject({ value: null, suppressed: true })
    expect(figureOf(shown, 'manfort', 'potential')).toMatchObject({ value: 30, suppressed: false })
    expect(figureOf(shown, null, 'connected')).toMatchObject({ value: 32 })
    // The partner: 32 - 20 - 10 would tell Manfort's.
    expect(
      shown.features.filter(
        ({ properties: one }) => one.measure === 'connected' && one.suppressed && one.quantity === 'household',
      ),
    ).toHaveLength(2)
    expect((await published('&asOf=2022-03-31')).features).toEqual([])

    // Manfort grows: what was hidden stays unknown, and may be shown now.
    await deliver('premises', [...premises('manfort', 30, 12), ...premises('alkenrath', 25, 14)], '2022-07-01')
    const second = await body<{ revision: number }>(await publish('2022-07-15'))
    expect(figureOf(await published(), 'manfort', 'connected')).toMatchObject({ value: 12 })
    expect(figureOf(await published('&asOf=2022-05-01'), 'manfort', 'connected')).toMatchObject({ value: null })

    const history = await read<Answer<typeof contract.getFigureHistory>>(
      coordinator,
      `/api/counts/history?programmeId=${programmeId}&districtId=manfort&kind=household&measure=connected`,
    )
    expect(history.values.map(({ counted, hidden }) => [counted, hidden])).toEqual([
      [12, null],
      [2, 'small'],
    ])

    await body(await coordinator.send('POST', `/api/counts/releases/${second.revision}/withdrawal`, { reason: 'Falscher Stand' }))
    expect(figureOf(await published(), 'manfort', 'connected')).toMatchObject({ value: null })
    await refused(
      await coordinator.send('POST', `/api/counts/releases/${second.revision}/withdrawal`, { reason: 'Noch einmal' }),
      409,
    )
    const changes = async () => {
      const answer = await read<{ changes: { id: number; sentences: string[]; undoable: boolean }[] }>(
        coordinator,
        '/api/changes',
      )
      return answer.changes.slice(0, 2).map(({ sentences, undoable }) => ({ sentences, undoable }))
    }
    const takenBack = { sentences: ['Gezählte Zahlen zum 15.07.2022 zurückgenommen.'], undoable: false }
    expect(await changes()).toEqual([
      takenBack,
      { sentences: ['Gezählte Zahlen zum 15.07.2022 veröffentlicht.'], undoable: false },
    ])
    await refused(await coordinator.send('POST', `/api/changes/${second.revision}/undo`), 409)
    const third = await body<{ revision: number }>(await publish('2022-07-15'))
    expect(figureOf(await published(), 'manfort', 'connected')).toMatchObject({ value: 12 })
    await body(await coordinator.send('POST', `/api/changes/${third.revision}/undo`))
    expect(figureOf(await published(), 'manfort', 'connected')).toMatchObject({ value: null })
    expect((await changes())[0]).toEqual(takenBack)
    await refused(await coordinator.send('POST', '/api/counts/releases/999999/withdrawal', { reason: 'Gibt es nicht' }), 404)
    await refused(await publish('2999-01-01'), 400)
    await expect(database('released_counts').update({ hidden: null })).rejects.toThrow('append-only')
  })
})

describe('lengths', () => {
  it('are cut by district so that the parts are the whole, also along shared boundaries', async () => {
    const { rows } = await database.raw<{ rows: { line: object }[] }>(`
      with districts as (select district_id, geom from district_boundaries_at(now()::date, now())),
      shared as (
        select (st_dump(st_linemerge(st_collectionextract(st_intersection(a.geom, b.geom), 2)))).geom from districts a join districts b on a.district_id < b.district_id and st_intersects(a.geom, b.geom)
      ), box as (select st_extent(geom) as b, st_setsrid(st_extent(geom)::geometry, 25832) as g from districts),
      random as (
        select st_makeline(p.geom order by p.path) as geom from box,
          lateral (select (st_dump(st_generatepoints(st_expand(g, 500), 240, 7))).*) p group by (p.path[1] - 1) / 4
      )
      select st_asgeojson(geom, 15)::json as line from (select geom from shared where st_length(geom) > 1 union all select geom from random) l`)
    expect(rows.length).toBeGreaterThan(60)
    const line =
      (kind: string) =>
      ({ line: geom }: { line: object }, index: number) => ({
        key: `${kind}-${index}`,
        programmeId,
        status: 'laid',
        geom,
        ...(kind === 'duct'
          ? { ductType: 2, condition: index % 2 ? 'new' : 'reused', count: 1 + (index % 3) }
          : { coLaying: false }),
      })
    await deliver('route', rows.map(line('route')), '2022-03-01', 25832)
    await deliver('duct', rows.map(line('duct')), '2022-03-01', 25832)
    const { measured } = await read<Answer<typeof contract.getLengths>>(coordinator, '/api/counts/lengths')
    const sum = (quantity: string, isOutside?: boolean) =>
      measured
        .filter((row) => row.quantity === quantity && (isOutside === undefined || (row.districtId === null) === isOutside))
        .reduce((total, row) => total + row.lengthM, 0)
    const {
      rows: [whole],
    } = await database.raw(`select (select sum(st_length(geom)) from routes) as trench,
      (select sum(st_length(geom) * count) filter (where condition = 'new') from ducts) as new_duct,
      (select sum(st_length(geom) * count) filter (where condition = 'reused') from ducts) as reused_infrastructure`)
    for (const quantity of ['trench', 'new_duct', 'reused_infrastructure'])
      expect(Math.abs(sum(quantity) - whole[quantity])).toBeLessThan(0.001)
    expect(sum('trench', true)).toBeGreaterThan(1000)
    expect(sum('trench', false)).toBeGreaterThan(1000)
    // Inside is what PostGIS says is inside all districts together, wherever boundaries meet.
    const {
      rows: [inside],
    } = await database.raw(`select sum(st_length(st_intersection(r.geom, u.geom))) as m from routes r,
      (select st_unaryunion(st_collect(geom)) as geom from district_boundaries_at(now()::date, now())) u`)
    expect(Math.abs(sum('trench', false) - inside.m)).toBeLessThan(0.1)
  })
})
