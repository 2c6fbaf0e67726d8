import { describe, expect, it } from 'vitest'
import { loadDemo, removeDemo } from '../../data/demo/load.ts'
import { runQualityRules } from '../../server/quality/run.ts'
import { testApp } from '../support/app.ts'
import { body, read, staff } from '../support/facts.ts'
import { client } from '../support/sign-in.ts'

const app = await testApp()
const { database } = app.context

async function rows<Row>(statement: string): Promise<Row[]> {
  return (await database.raw(statement)).rows
}

const contents = `
  select 'premises' as kind, to_jsonb(p) - 'version' - 'change_id' - 'source_id' as row from premises p
  union all select 'routes', to_jsonb(r) - 'version' - 'change_id' - 'source_id' from routes r
  union all select 'ducts', to_jsonb(d) - 'version' - 'change_id' - 'source_id' from ducts d
  union all select 'cables', to_jsonb(c) - 'version' - 'change_id' - 'source_id' from cables c`

describe('the invented example data', () => {
  it('stand at the real totals of the programme, in metres and connections', async () => {
    expect(await loadDemo(database)).toBeGreaterThan(2000)
    expect(await loadDemo(database)).toBe(0)

    const now = `'2023-04-12', clock_timestamp()`
    const counts = await rows(`select kind, sum(units)::integer as units from premises_at(${now}) group by kind order by kind`)
    expect(counts).toEqual([
      { kind: 'business', units: 214 },
      { kind: 'educational_institution', units: 34 },
      { kind: 'hospital', units: 1 },
      { kind: 'household', units: 1376 },
    ])
    const [lengths] = await rows<Record<string, number>>(`select
      (select sum(st_length(geom)) from routes_at(${now})) as trench,
      (select sum(st_length(geom)) from ducts_at(${now}) where condition = 'new') as "newDuct",
      (select sum(st_length(geom)) from ducts_at(${now}) where condition = 'reused') as reused,
      (select sum(st_length(geom)) from cables_at(${now})) as cable`)
    expect(lengths?.trench).toBeCloseTo(41_000, 2)
    expect(lengths?.newDuct).toBeCloseTo(49_000, 2)
    expect(lengths?.reused).toBeCloseTo(23_000, 2)
    expect(lengths?.cable).toBeCloseTo(82_000, 2)
  })

  it('lie in the districts they name and grow over two years', async () => {
    const outside = await rows(`select p.id from premises_at('2023-04-12', clock_timestamp()) p
      where not exists (select from district_boundaries_at(current_date, clock_timestamp()) b where b.district_id = p.district_id and st_intersects(b.geom, p.geom))`)
    expect(outside).toEqual([])
    const connected = async (asOf: string, knownAt: string) =>
      (
        await rows<{ n: number }>(
          `select count(*)::integer as n from premises_at('${asOf}', '${knownAt}') p where premises_reached(p.state, p.steps, '${asOf}', 'connected')`,
        )
      )[0]?.n ?? 0
    expect(await connected('2021-04-01', '2030-01-01')).toBe(0)
    const early = await connected('2022-04-01', '2030-01-01')
    expect(early).toBeGreaterThan(20)
    expect(await connected('2023-04-01', '2030-01-01')).toBeGreaterThan(early)
    expect(await connected('2023-04-01', '2022-01-01')).toBeLessThan(early)
  })

  it('are named as such on every page, file and tile, and nothing else is', async () => {
    const reader = client(app)
    await app.context.revisions.refresh()
    const answers = [
      ['/', /<title>[^<]*Beispieldaten/],
      ['/api/portal/settings', /"isDemo":true/],
      ['/ogc?f=json', /Beispieldaten/],
      ['/ogc/collections/targets?f=html', /<aside class="notice"[^>]*>Beispieldaten/],
      ['/ogc/collections/targets/items?f=json', /"notice":"Beispieldaten/],
      ['/ogc/collections/targets/items?f=csv', /Beispieldaten[^\r]*\r\n$/],
      ['/tiles/districts/10/531/342.mvt', /Beispieldaten/],
      ['/tiles/districts.json', /Beispieldaten/],
    ] as const
    for (const [path, notice] of answers) expect(await (await reader.get(path)).text(), path).toMatch(notice)
    await removeDemo(database)
    await app.context.revisions.refresh()
    for (const [path, notice] of answers) expect(await (await reader.get(path)).text(), path).not.toMatch(notice)
    await loadDemo(database)
  })

  it('come back the same', async () => {
    const before = await rows<{ md5: string }>(
      `select md5(string_agg(row::text, ',' order by kind, row::text)) from (${contents}) c`,
    )
    expect(await removeDemo(database)).toBe(true)
    expect(await removeDemo(database)).toBe(false)
    expect(await rows(contents)).toEqual([])
    await loadDemo(database)
    expect(await rows(`select md5(string_agg(row::text, ',' order by kind, row::text)) from (${contents}) c`)).toEqual(before)
  })

  it('go without a trace, whatever was done with them, and nothing else goes', async () => {
    await removeDemo(database)
    await runQualityRules(database, 'request')
    const before = await everything()
    await loadDemo(database)
    const coordinator = await staff(app, 'gigabitCoordinator')
    const [line] = await rows<{ id: string; middle: [number, number] }>(
      `select r.id, lon_lat(st_lineinterpolatepoint(r.geom, 0.5)) as middle from routes_at(current_date, clock_timestamp()) r order by r.id limit 1`,
    )
    const { revision } = await read<{ revision: number }>(coordinator, `/api/objects/route/${line?.id}`)
    await body(
      await coordinator.send('POST', `/api/network/route/${line?.id}/split`, { at: line?.middle, reason: 'Muffe', revision }),
    )
    const source = { citation: 'Beispieldaten (erfunden), Stand 2022-03-31', url: null }
    const content = { externalId: '1', districtId: 'opladen', kind: 'household', state: 'eligible', operator: 'Demo' }
    const real = { content: { ...content, key: 'demo-kunde-1' }, source, trueOn: '2022-04-01', reason: 'Echter Anschluss' }
    await body(await coordinator.send('POST', '/api/objects/premises', real))
    const mobile = await staff(app, 'mobileCoordinator')
    const asked = { departments: [{ departmentId: 'fb-63', question: 'Bedenken?' }], via: 'other', candidateId: null }
    const due = { dueOn: '2199-01-04', attachmentIds: [] }
    await body(await mobile.send('POST', '/api/participation/requests/q:demo-3/reviews', { ...asked, ...due }))
    await runQualityRules(database, 'request')

    expect(await removeDemo(database)).toBe(true)
    const after = await everything()
    expect(after.premises?.map(({ id }) => id)).toEqual(['p:demo-kunde-1'])
    expect({ ...after, premises: [], facts: withoutReal(after.facts), sources: withoutReal(after.sources) }).toEqual(before)
  })
})

const withoutReal = (found: Row[] = []) =>
  found.filter(({ id, citation }) => id !== 'p:demo-kunde-1' && !String(citation).startsWith('Beispieldaten'))

type Row = Record<string, unknown>

/** Every row of what the city keeps, by table; changes tell what was done and stay. */
async function everything(): Promise<Record<string, Row[]>> {
  const mobile = ['site_requests', 'site_candidates', 'municipal_sites', 'reviews', 'review_events']
  const tables = [
    ...mobile,
    'premises',
    'routes',
    'ducts',
    'cables',
    'structures',
    'facts',
    'sources',
    'count_releases',
    'released_counts',
  ]
  const found = [...tables, 'quality_runs', 'rule_results', 'findings'].map(
    async (table) =>
      [table, await rows<{ row: Row }>(`select to_jsonb(t) as row from ${table} t order by to_jsonb(t)::text`)] as const,
  )
  return Object.fromEntries((await Promise.all(found)).map(([table, list]) => [table, list.map(({ row }) => row)]))
}
