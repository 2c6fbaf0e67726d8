import { expect, test } from 'vitest'
import type * as z from 'zod/mini'
import { latest, today } from '../../server/contract/dates.ts'
import type { listDeadZoneReports, reportDeadZone } from '../../server/contract/dead-zones.ts'
import { cellOf, centreOf, cornersOf, type LonLat } from '../../server/contract/inspire-grid.ts'
import { removeOldRemarks } from '../../server/coverage/dead-zones-queries.ts'
import { logTo } from '../../server/http/log.ts'
import { portalApp } from '../support/portal.ts'
import { client, signIn } from '../support/sign-in.ts'

type Body = z.input<(typeof reportDeadZone)['body']>
type Listed = z.infer<(typeof listDeadZoneReports)['response']>

const app = await portalApp()
const { database } = app.context
const path = '/api/dead-zones'
const opladen: [number, number] = [7.0051234, 51.0687654]
const day = (daysAgo: number) => new Date(Date.parse(`${today()}T12:00:00Z`) - daysAgo * 86_400_000).toISOString().slice(0, 10)
const report: Body = {
  operator: 'telekom',
  technology: 'none',
  surroundings: 'indoors',
  seenOn: day(1),
  dayPart: 'evening',
  point: opladen,
  remark: null,
  filledInMs: 20_000,
}
const send = (changes: Record<string, unknown> = {}, from = client(app), headers = {}) =>
  from.send('POST', path, { ...report, ...changes }, headers)
const stored = () => database('dead_zone_reports').select('*').orderBy('id')
const layer = (query = '') => app.read(`/ogc/collections/mobile_dead_zones/items?f=json&limit=100${query}`)

async function keep(changes: Record<string, unknown> = {}): Promise<number> {
  expect((await send(changes)).status).toBe(200)
  return (await stored()).at(-1).id
}

const coordinator = await signIn(app, 'mobileCoordinator')
const decide = (
  reports: { id: number; decision: number | null }[],
  status: string,
  reason: string | null = null,
  by = coordinator,
) => by.send('POST', '/api/dead-zone-reports/decisions', { reports, status, reason })
const list = async (query = ''): Promise<Listed> => (await coordinator.get(`/api/dead-zone-reports${query}`)).json()

test('the 100 m grid is the one PROJ draws', async () => {
  const places: LonLat[] = [opladen, [6.9, 51], [7.12, 51.11], [10, 52], [5.9, 47.3], [15, 55], [8.123456, 50.000001]]
  for (const place of places) {
    const { rows } = await database.raw(
      `select floor(st_x(p) / 100) * 100 as east, floor(st_y(p) / 100) * 100 as north
       from (select st_transform(st_setsrid(st_makepoint(?, ?), 4326), 3035)) s (p)`,
      [...place],
    )
    expect(cellOf(place)).toBe(`CRS3035RES100mN${rows[0].north}E${rows[0].east}`)
    const cell = cellOf(place)
    for (const [index, corner] of [...cornersOf(cell), centreOf(cell)].entries()) {
      const { rows: away } = await database.raw(
        `select st_distance(st_transform(st_setsrid(st_makepoint(?, ?), 4326), 3035),
           case when ? = 4 then st_centroid(area_of_cell(?)) else st_pointn(st_exteriorring(st_forcepolygonccw(area_of_cell(?))), ? + 1) end) as m`,
        [...corner, index, cell, cell, index],
      )
      expect(away[0].m, `${cell} corner ${index}`).toBeLessThan(0.001)
    }
    expect(cellOf(centreOf(cell))).toBe(cell)
  }
})

test('a report is kept as a cell of 100 m, and the exact place is nowhere: not in the database, not in the log', async () => {
  let logged = ''
  logTo((text) => {
    logged += text
  })
  const remark = 'Im Keller der Bücherei'
  const response = await send({ remark: ` ${remark} ` }, client(app), { 'User-Agent': 'Verräterisch/1.0' })
  const cell = cellOf(opladen)
  expect([response.status, await response.json()]).toEqual([
    200,
    { received: true, cell, district: 'Opladen', isRepeated: false },
  ])
  expect((await stored()).at(-1)).toMatchObject({ operator: 'telekom', cell, received_on: expect.any(String), seen_on: day(1) })
  await send({ point: [6.5, 51.0687654] })
  await new Promise((resolve) => setTimeout(resolve, 80))

  const { rows: tables } = await database.raw(`select format('%I', c.relname) as name from pg_class c
    join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'`)
  let everything = logged
  for (const { name } of tables) {
    if (['addresses', 'streets', 'spatial_ref_sys'].includes(name)) continue
    const { rows } = await database.raw(`select string_agg(t::text, E'\\n') as text from ${name} t`)
    everything += rows[0].text ?? ''
  }
  expect(everything).toContain(cell)
  for (const trace of ['7.00512', '51.06876', 'Verräterisch', '198.51.']) expect(everything).not.toContain(trace)
  const { rows: near } = await database.raw(
    `select count(*)::int as points from dead_zone_reports r, st_dumppoints(r.geom) d,
       (select st_transform(st_setsrid(st_makepoint(?, ?), 4326), 25832)) p (exact) where st_distance(d.geom, p.exact) < 0.5`,
    opladen,
  )
  expect(near[0].points).toBe(0)
  expect(logged).toContain(path)
})

test.each([
  ['point', { point: [6.96, 50.94] }, 'außerhalb der Stadt'],
  ['point', { point: [51.0687654, 7.0051234] }, 'außerhalb der Stadt'],
  ['point.0', { point: [700, 51] }, ''],
  ['point', { point: 'Opladen' }, ''],
  ['seenOn', { seenOn: day(-1) }, 'Zukunft'],
  ['seenOn', { seenOn: day(380) }, 'letzten 12 Monaten'],
  ['seenOn', { seenOn: '2026-02-30' }, ''],
  ['operator', { operator: 'swisscom' }, ''],
  ['technology', { technology: '3g' }, ''],
  ['surroundings', { surroundings: null }, ''],
  ['dayPart', { dayPart: 'noon' }, ''],
  ['remark', { remark: 'x'.repeat(501) }, ''],
  ['filledInMs', { filledInMs: -1 }, ''],
  ['contact', { contact: 'ada@example.org' }, ''],
])('a report with an impossible %s is refused with 422 and nothing is kept', async (field, changes, words) => {
  const before = await stored()
  const response = await send(changes)
  expect(response.status).toBe(422)
  expect(response.headers.get('Content-Type')).toMatch('application/problem+json')
  expect(await response.json()).toMatchObject({ errors: [{ field, detail: expect.stringContaining(words) }] })
  expect(await stored()).toEqual(before)
})

test('robots are thanked and nothing is kept; the eleventh report in ten minutes waits; another origin is refused', async () => {
  const before = await stored()
  for (const trap of [{ website: 'https://spam.example' }, { filledInMs: 900 }]) {
    const response = await send(trap)
    expect([response.status, await response.json()]).toMatchObject([200, { received: true, isRepeated: false }])
  }
  expect((await send({}, client(app), { Origin: 'https://anderswo.example' })).status).toBe(403)
  expect(await stored()).toEqual(before)

  const eager = client(app)
  const statuses = []
  for (let count = 0; count < 10; count += 1) statuses.push((await send({ seenOn: day(count + 2) }, eager)).status)
  expect(statuses).toEqual(Array(10).fill(200))
  const refused = await send({ seenOn: day(20) }, eager)
  expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '600'])
  expect((await refused.json()).detail).toContain('mehrere Meldungen')
})

test('the same cell, network and day from one browser counts once, also when sent twice at the same time', async () => {
  const before = (await stored()).length
  const phone = client(app)
  const [lon, lat] = centreOf(cellOf(opladen))
  const twice = await Promise.all([send({}, phone), send({ point: [lon, lat], technology: '2g' }, phone)])
  const answers = await Promise.all(twice.map((response) => response.json()))
  expect(answers.map(({ isRepeated }) => isRepeated).toSorted()).toEqual([false, true])
  expect((await stored()).length).toBe(before + 1)
  for (const other of [{ operator: 'vodafone' }, { seenOn: day(3) }, { point: [6.99, 51.033] }])
    expect(await (await send(other, phone)).json()).toMatchObject({ isRepeated: false })
  expect(await (await send({}, client(app))).json()).toMatchObject({ isRepeated: false })
  expect((await stored()).length).toBe(before + 5)
})

test('a report is public only while it is published, and says nothing about its sender', async () => {
  const point = [6.945, 51.045]
  const remark = 'Geheime Bemerkung'
  const first = await keep({ point, remark, operator: 'vodafone', seenOn: day(40) })
  const second = await keep({ point, operator: 'telefonica', surroundings: 'outdoors', technology: '2g', seenOn: day(100) })
  const cell = cellOf([6.945, 51.045])
  const cells = async (query = '') => (await layer(query)).features.filter(({ id }: { id: string }) => id === cell)
  expect(await cells()).toEqual([])

  const published = await decide(
    [
      { id: first, decision: null },
      { id: second, decision: null },
    ],
    'published',
  )
  expect(await published.json()).toMatchObject({ reports: [{ id: first, decision: expect.any(Number) }, { id: second }] })
  const [feature] = await cells()
  expect(feature.properties).toMatchObject({
    reports: 2,
    operators: ['telefonica', 'vodafone'],
    noService: 1,
    indoors: 1,
    outdoors: 1,
    inVehicles: 0,
    latestMonth: day(40).slice(0, 7),
  })
  expect(JSON.stringify(feature)).not.toMatch(new RegExp(`${remark}|${day(40)}|${coordinator.name}|received`, 'i'))
  // The day on which somebody was there does not show by asking for one day after the other: only the end of its month does.
  const end = latest(day(40).slice(0, 7))
  const dayBefore = new Date(Date.parse(end) - 86_400_000).toISOString().slice(0, 10)
  expect((await cells(`&asOf=${dayBefore}`))[0].properties.reports).toBe(1)
  expect((await cells(`&asOf=${end}`))[0].properties.reports).toBe(2)
  expect((await app.get(`/ogc/collections/mobile_dead_zones/items/${cell}?f=json`)).status).toBe(200)

  const { reports, counts } = await list('?status=published&operator=vodafone')
  expect(reports[0]).toMatchObject({ id: first, remark, status: 'published', publishedNearby: 1, districtId: expect.any(String) })
  expect(counts.published).toBe(2)
  const decision = reports[0]?.decisions[0]?.id ?? null
  const rejected = await decide([{ id: first, decision }], 'rejected', 'War im Funkmast-Umbau')
  expect(rejected.status).toBe(200)
  expect((await cells())[0].properties).toMatchObject({ reports: 1, operators: ['telefonica'] })
  expect(await cells(`&knownAt=${reports[0]?.decisions[0]?.decidedAt ?? ''}&asOf=${today()}`)).toMatchObject([
    { properties: { reports: 2 } },
  ])

  const history = (await list()).reports.find(({ id }) => id === first)?.decisions
  expect(history).toMatchObject([
    { status: 'rejected', reason: 'War im Funkmast-Umbau', decidedBy: coordinator.name },
    { status: 'published' },
  ])
  await expect(database('dead_zone_decisions').where({ id: decision }).update({ status: 'pending' })).rejects.toThrow(
    'append-only',
  )
  await expect(database('dead_zone_reports').where({ id: first }).delete()).rejects.toThrow('append-only')
})

test('whoever decides on what has moved on is told, a rejection needs a reason, and nothing is half written', async () => {
  const one = await keep({ point: [6.99, 51.02], seenOn: day(5) })
  const two = await keep({ point: [6.99, 51.02], seenOn: day(6) })
  expect((await decide([{ id: one, decision: null }], 'rejected', '  ')).status).toBe(422)
  expect((await decide([{ id: one, decision: null }], 'published')).status).toBe(200)
  const late = await decide(
    [
      { id: two, decision: null },
      { id: one, decision: null },
    ],
    'rejected',
    'doppelt',
  )
  expect([late.status, (await late.json()).detail]).toEqual([409, expect.stringContaining('inzwischen')])
  expect((await decide([{ id: 999_999, decision: null }], 'published')).status).toBe(409)
  expect((await decide([], 'published')).status).toBe(422)
  expect((await list()).reports.find(({ id }) => id === two)?.decisions).toEqual([])
  for (const role of ['viewer', 'gigabitCoordinator', 'departmentReviewer'] as const) {
    const other = await signIn(app, role)
    expect((await decide([{ id: two, decision: null }], 'published', null, other)).status).toBe(403)
    expect((await other.get('/api/dead-zone-reports')).status).toBe(403)
  }
})

test('a remark goes 30 days after the decision, or a year after its receipt; the report stays', async () => {
  const decided = await keep({ remark: 'Eins', seenOn: day(8) })
  const open = await keep({ remark: 'Zwei', seenOn: day(9) })
  await decide([{ id: decided, decision: null }], 'rejected', 'Kein Funkloch')
  const remarks = async () =>
    (await database('dead_zone_remarks').whereIn('report_id', [decided, open])).map(({ remark }) => remark)
  await removeOldRemarks(database, 30, 12)
  expect(await remarks()).toEqual(['Eins', 'Zwei'])
  await removeOldRemarks(database, 0, 12)
  expect(await remarks()).toEqual(['Zwei'])
  await removeOldRemarks(database, 30, -1)
  expect(await remarks()).toEqual([])
  expect((await list()).reports.find(({ id }) => id === decided)).toMatchObject({ remark: null, status: 'rejected' })
})
