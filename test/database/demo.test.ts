import { describe, expect, it } from 'vitest'
import { loadDemo, removeDemo } from '../../data/demo/load.ts'
import { keepAttachment } from '../../server/database/attachments.ts'
import { runQualityRules } from '../../server/quality/run.ts'
import { testApp } from '../support/app.ts'
import { body, read, staff } from '../support/facts.ts'
import { mast } from '../support/mobile.ts'
import { daysFromNow, participationDesk } from '../support/participation.ts'
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
  union all select 'cables', to_jsonb(c) - 'version' - 'change_id' - 'source_id' from cables c
  union all select 'reviews', to_jsonb(r) - 'id' - 'asked_at' from reviews r
  union all select 'statements', to_jsonb(s) - 'id' - 'review_id' - 'at' from review_statements s
  union all select 'cells', to_jsonb(c) - 'edition_id' from coverage_cells c
  union all select 'reports', to_jsonb(d) - 'id' from dead_zone_reports d
  union all select 'log', to_jsonb(a) - 'recorded_at' from activities a`
const digest = `select md5(string_agg(row::text, ',' order by kind, row::text)) from (${contents}) c`

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

  it('give the mobile desk something to see in each of its lists', async () => {
    const now = 'current_date, clock_timestamp()'
    const [seen] = await rows(`select
      (select array_agg(distinct spot order by spot) from layer_mobile_spots(${now})) as spots,
      (select count(*)::integer from (select distinct operator, technology from layer_mobile_coverage(${now})) c) as coverage,
      (select array_agg(distinct signal order by signal) from layer_mobile_measured(${now})) as signals,
      (select count(*)::integer from layer_mobile_dead_zones(${now})) as zones,
      (select count(*)::integer from dead_zone_reports r where not exists (select from dead_zone_decisions d where d.report_id = r.id)) as pending,
      (select array_agg(distinct coalesce(opinion, status)) from reviews_known(clock_timestamp())) as reviews,
      (select count(*)::integer from coverage_editions where title not like 'Beispieldaten (erfunden)%') as unnamed,
      (select count(*)::integer from mails) as mails`)
    expect(seen).toEqual({
      ...{
        spots: ['grey', 'white'],
        coverage: 7,
        signals: ['good', 'usable', 'weak'],
        zones: 5,
        pending: 2,
        unnamed: 0,
        mails: 0,
      },
      reviews: ['agreed', 'agreed_with_conditions', 'asked'],
    })
  })

  it('are named as such on every page, file and tile, and nothing else is; they come back the same', async () => {
    const before = await rows(digest)
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
      ['/mobilfunk', /<title>[^<]*Beispieldaten/],
      ['/ogc/collections/mobile_spots/items?f=csv', /Beispieldaten[^\r]*\r\n$/],
    ] as const
    for (const [path, notice] of answers) expect(await (await reader.get(path)).text(), path).toMatch(notice)
    expect(await removeDemo(database)).toBe(true)
    expect(await removeDemo(database)).toBe(false)
    await app.context.revisions.refresh()
    for (const [path, notice] of answers) expect(await (await reader.get(path)).text(), path).not.toMatch(notice)
    expect(await rows(contents)).toEqual([])
    await loadDemo(database)
    expect(await rows(digest)).toEqual(before)
  })

  it('go without a trace, whatever was done with them, and nothing else goes', async () => {
    await removeDemo(database)
    await runQualityRules(database, 'request')
    const desk = await participationDesk(app)
    await desk.ask(['fb-63'])
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
    await runQualityRules(database, 'request')
    const token = await tryOut(desk)

    expect(await removeDemo(database)).toBe(true)
    expect((await desk.post('open', { token })).status).toBe(410)
    const after = await everything()
    expect(after.premises?.map(({ id }) => id)).toEqual(['p:demo-kunde-1'])
    // What left the house stays, with its link that opens nothing; so does what was said of real cases.
    const kept = { mails: added(before.mails, after.mails), links: added(before.secret_links, after.secret_links) }
    expect(kept.mails).toMatchObject([{ about: 'q:demo-4', recipient: 'bauaufsicht@stadt.test', status: 'sent' }])
    expect(kept.links).toMatchObject([{ revoked_at: expect.any(String) }, { revoked_at: expect.any(String) }])
    expect(added(before.site_candidates, after.site_candidates)).toMatchObject([{ name: 'Echter Mast', municipal_site_id: null }])
    const realWork = { description: 'Echter Ortstermin', request_id: null }
    expect(added(before.activities, after.activities)).toMatchObject([realWork, realWork])
    for (const table of Object.keys(before)) expect(missing(before[table], after[table]), table).toEqual([])
    const grown = Object.keys(before).filter((table) => added(before[table], after[table]).length > 0)
    expect(grown).toEqual([...['site_candidates', 'premises', 'facts', 'sources', 'activities'], 'mails', 'secret_links'])
    expect(added(before.facts, after.facts).map(({ id }) => id)).toEqual([expect.stringMatching(/^k:/), 'p:demo-kunde-1'])
  })
})

type Row = Record<string, unknown>
type Desk = Awaited<ReturnType<typeof participationDesk>>

/** What people do with invented records of the mobile desk and beside them; returns the token of a statement link that has left. */
async function tryOut(desk: Desk): Promise<string> {
  const { coordinator } = desk
  const [question] = await desk.ask(['fb-63'], {}, 'q:demo-4')
  const token = await desk.token(`ask:${question?.id}:bauaufsicht@stadt.test`)
  await body(await desk.answer(token, question?.id ?? 0))
  await database('mails').where('key', `ask:${question?.id}:bauaufsicht@stadt.test`).update({ status: 'sent' })
  const file = { name: 'plan.txt', mediaType: 'text/plain', sha256: '0'.repeat(64), content: Buffer.from('Plan') }
  const planId = await database.transaction((trx) => keepAttachment(trx, file, { id: 'x', name: 'X' }))
  const [silent] = await rows<{ id: number }>("select id from reviews where request_id = 'q:demo-3' order by id desc limit 1")
  const said = {
    opinion: 'agreed',
    conditions: null,
    remark: null,
    source: 'mail',
    givenBy: 'Herr Plan',
    attachmentIds: [planId],
  }
  await body(await desk.act(silent?.id ?? 0, 'statements', { ...said, givenOn: daysFromNow(0) }))

  const { reports } = await read<{ reports: { id: number }[] }>(coordinator, '/api/dead-zone-reports?status=pending')
  const decided = { reports: reports.map(({ id }) => ({ id, decision: null })), status: 'published', reason: null }
  await body(await coordinator.send('POST', '/api/dead-zone-reports/decisions', decided))
  const [edition] = await rows<{ id: number }>("select id from coverage_editions where dataset = 'operator_count'")
  const withdrawal = { isWithdrawn: true, reason: 'Zum Ausprobieren' }
  await body(await coordinator.send('POST', `/api/coverage/editions/${edition?.id}/withdrawal`, withdrawal))

  const work = { day: daysFromNow(0), minutes: 30, kind: 'call', task: 'coordination', role: 'mobile', partners: null }
  const log = async (description: string) => {
    const content = { ...work, description, requestId: 'q:demo-4' }
    return body<{ id: string; version: number }>(await coordinator.send('POST', '/api/activities/records/activity', { content }))
  }
  await log('Über einen erfundenen Vorgang')
  const { id, version } = await log('Echter Ortstermin')
  const correction = { version, set: { requestId: null } }
  await body(await coordinator.send('PATCH', `/api/activities/records/activity/${id}`, correction))
  const real = { ...mast, name: 'Echter Mast', requestId: desk.requestId, municipalSiteId: 'm:demo-dach' }
  await desk.desk.create('site_candidate', real)
  return token
}

/** Rows that are not among the others. */
function added(before: Row[] = [], after: Row[] = []): Row[] {
  const known = new Set(before.map((row) => JSON.stringify(row)))
  return after.filter((row) => !known.has(JSON.stringify(row)))
}

const missing = (before: Row[] = [], after: Row[] = []) => added(after, before)

/** Tables of what the city keeps; changes tell what was done and stay, and the grid of coverage follows from the boundaries. */
const tables = [
  ...[
    'site_requests',
    'site_candidates',
    'municipal_sites',
    'premises',
    'routes',
    'ducts',
    'cables',
    'structures',
    'facts',
    'sources',
  ],
  ...['count_releases', 'released_counts', 'quality_runs', 'rule_results', 'findings'],
  ...['reviews', 'review_events', 'review_statements', 'review_files', 'reply_letters', 'attachments', 'attachment_parts'],
  ...['coverage_editions', 'coverage_parts', 'coverage_cells', 'coverage_areas', 'coverage_sums', 'coverage_withdrawals'],
  ...['coverage_imports', 'dead_zone_reports', 'dead_zone_remarks', 'dead_zone_decisions', 'demo_dead_zones'],
  ...['activities', 'expenses', 'vouchers', 'mails', 'mail_events', 'secret_links'],
]

async function everything(): Promise<Record<string, Row[]>> {
  const found = tables.map(
    async (table) =>
      [table, await rows<{ row: Row }>(`select to_jsonb(t) as row from ${table} t order by to_jsonb(t)::text`)] as const,
  )
  return Object.fromEntries((await Promise.all(found)).map(([table, list]) => [table, list.map(({ row }) => row)]))
}
