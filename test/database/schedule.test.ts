import { describe, expect, it } from 'vitest'
import type { AnnouncedDate, Forecast, LedgerDate, OperatorLedger, Pool } from '../../server/contract/schedule.ts'
import { body, emptyStage, factsApp, read } from '../support/facts.ts'
import { client } from '../support/sign-in.ts'

const { app, coordinator } = await factsApp()
const nobody = client(app)

const dates = async (query = '?districtId=manfort') =>
  (await read<{ dates: AnnouncedDate[] }>(nobody, `/api/portal/announced-dates${query}`)).dates
const ledger = (query = '') =>
  read<{ operators: OperatorLedger[]; dates: LedgerDate[] }>(coordinator, `/api/schedule/ledger${query}`)
const forecast = (query = '') =>
  read<{ pools: Pool[]; forecasts: Forecast[]; minimumCases: number }>(coordinator, `/api/schedule/forecast${query}`)
const end = 'breitband:manfort:civil_works:end'
const announce = (content: object, wish: object = {}) =>
  coordinator.record('stage', 'breitband:manfort:civil_works', { content: { ...content }, ...wish })
const kindsOf = (date: AnnouncedDate | undefined) => date?.events.map(({ kind, date: day }) => [kind, day])

describe('announced dates', () => {
  it('begin with what the sources said, and say when nothing followed', async () => {
    const [manfort] = await dates()
    expect(manfort).toMatchObject({ id: end, firstNamed: '2022-end', named: '2022-end', timesMoved: 0, outcome: 'overdue' })
    expect(manfort?.events[0]).toMatchObject({ kind: 'announced', source: { citation: expect.stringMatching(/^Sachstand/) } })
    const [friedenstal] = await dates('?programmeId=friedenstal')
    expect(friedenstal).toMatchObject({ firstNamed: '2020-winter', actual: 'by 2022-03-28', outcome: 'undecided' })
  })

  it('count each move with its days and its source, and keep the reason inside', async () => {
    await announce({ plannedEnd: '2023-Q2' }, { trueOn: '2023-01-15', citation: 'EVL-Brief', reason: 'Material fehlt' })
    await announce({ plannedEnd: '2023-Q2' }, { trueOn: '2023-02-01', citation: 'EVL-Mail' })
    await announce({ plannedEnd: '2024-06-30', note: 'Die Tiefbaufirma wurde gewechselt.' }, { trueOn: '2023-06-01' })
    const [manfort] = await dates()
    expect(kindsOf(manfort)).toEqual([
      ['announced', '2022-end'],
      ['moved', '2023-Q2'],
      ['repeated', '2023-Q2'],
      ['moved', '2024-06-30'],
    ])
    expect(manfort).toMatchObject({ timesMoved: 2, named: '2024-06-30', shift: { days: 547, least: 547, most: 668 } })
    expect(manfort?.events[1]).toMatchObject({ before: '2022-end', shift: { days: 181 }, source: { citation: 'EVL-Brief' } })
    expect(manfort?.events[3]?.note).toBe('Die Tiefbaufirma wurde gewechselt.')
    expect(JSON.stringify(manfort)).not.toContain('Material fehlt')
    const inside = (await ledger()).dates.find(({ id }) => id === end)
    expect(inside?.events[1]).toMatchObject({ reason: 'Material fehlt', recordedBy: coordinator.name })
  })

  it('are the ones of the day asked for, and of what was known then', async () => {
    const [before] = await dates('?districtId=manfort&asOf=2023-01-20')
    expect(before).toMatchObject({ named: '2023-Q2', timesMoved: 1, outcome: 'overdue' })
    expect(await dates('?districtId=manfort&knownAt=2022-01-01')).toEqual([])
    const [known] = await dates('?districtId=manfort&knownAt=2022-12-01')
    expect(known).toMatchObject({ named: '2022-end', timesMoved: 0, outcome: 'open' })
  })

  it('tell a correction under the same Stand and source, without counting it as a move', async () => {
    await announce({ plannedEnd: '2024-07-31' }, { trueOn: '2023-06-01' })
    const [manfort] = await dates()
    expect(manfort).toMatchObject({ timesMoved: 2, named: '2024-07-31' })
    expect(kindsOf(manfort)?.slice(3)).toEqual([
      ['corrected', '2024-06-30'],
      ['moved', '2024-07-31'],
    ])
  })

  it('do not know what was undone at once', async () => {
    const revision = await announce({ plannedEnd: '2030' }, { trueOn: '2024-01-01' })
    expect((await dates())[0]).toMatchObject({ named: '2030', timesMoved: 3 })
    await body(await coordinator.send('POST', `/api/changes/${revision}/undo`))
    expect((await dates())[0]).toMatchObject({ named: '2024-07-31', timesMoved: 2 })
    expect(JSON.stringify(await dates())).not.toContain('2030')
  })

  it('keep an announcement that is no longer named, or was taken back: both are events', async () => {
    await announce({ plannedEnd: null }, { trueOn: '2024-03-01' })
    const [dropped] = await dates()
    expect(dropped).toMatchObject({ named: null, timesMoved: 2, firstNamed: '2022-end' })
    expect(dropped?.events.at(-1)).toMatchObject({ kind: 'dropped', date: null, before: '2024-07-31' })
    await announce({}, { retracted: true, trueOn: '2024-03-01' })
    const [withdrawn] = await dates()
    expect(withdrawn).toMatchObject({ named: null, timesMoved: 2, firstNamed: '2022-end' })
    expect(withdrawn?.events.map(({ kind }) => kind).filter((kind) => kind === 'withdrawn')).toHaveLength(1)
    expect(withdrawn?.events.at(-1)).toMatchObject({ kind: 'withdrawn', date: '2024-07-31' })
  })

  it('leave as open data what they say on the page', async () => {
    const item = await (await nobody.get(`/ogc/collections/announced_dates/items/${end}?f=json`)).json()
    expect(item.properties).toMatchObject({
      firstNamed: '2022-end',
      named: null,
      timesMoved: 2,
      shiftDays: 578,
      district: 'Manfort',
    })
  })

  it('refuse what they cannot read', async () => {
    expect((await nobody.get('/api/portal/announced-dates?districtId=NEIN!')).status).toBe(400)
    expect((await nobody.get('/api/portal/announced-dates?asOf=2022-13-01')).status).toBe(400)
  })
})

describe('ledger and forecast', () => {
  it('say of the published facts that there are too few cases', async () => {
    const { operators } = await ledger('?knownAt=2026-01-01')
    expect(operators[0]).toMatchObject({
      announced: 8,
      happened: 1,
      undecided: 1,
      overdue: 7,
      medianSlipDays: null,
      onTimeShare: null,
    })
    const { pools, forecasts, minimumCases } = await forecast('?knownAt=2026-01-01')
    expect(minimumCases).toBe(8)
    expect(pools.map(({ trade, completed, running }) => [trade, completed, running])).toContainEqual(['civil_works', 7, 7])
    expect(forecasts.filter(({ trade }) => trade !== null)).toHaveLength(7)
    expect(forecasts.every(({ band }) => band === null)).toBe(true)
  })

  it('forecast from eight recorded durations on, the same each time, and say how often they would have been right', async () => {
    const ends = { alkenrath: '2022-11', schlebusch: '2023-02-15', steinbuechel: '2022-12' }
    for (const [district, actualEnd] of Object.entries(ends))
      await coordinator.record('stage', `breitband:${district}:civil_works`, { content: { actualEnd }, trueOn: '2023-04-01' })
    const answer = await forecast()
    const pool = answer.pools.find(({ trade, completed }) => trade === 'civil_works' && completed > 0)
    expect(pool).toMatchObject({ completed: 10, running: 3, backTest: { cases: 10 } })
    expect(pool?.backTest?.inside).toBeGreaterThanOrEqual(5)
    const wiesdorf = answer.forecasts.find(({ factId }) => factId === 'breitband:wiesdorf:civil_works')
    expect(wiesdorf).toMatchObject({ sectionId: 'breitband:wiesdorf', trade: 'civil_works', announcedEnd: '2022-end' })
    expect(wiesdorf?.band?.from && wiesdorf.band.from > wiesdorf.reportedOn).toBe(true)
    expect((await forecast()).forecasts).toEqual(answer.forecasts)
    expect((await forecast('?asOf=2022-11-01')).forecasts.every(({ band }) => band === null)).toBe(true)
  })

  it('forecast when a whole section is done, from sections that are, and show the cases', async () => {
    const whole = async (query = '') => {
      const { pools, forecasts } = await forecast(query)
      return { pool: pools.find(({ trade }) => trade === null), forecasts: forecasts.filter(({ trade }) => trade === null) }
    }
    const before = await whole()
    expect(before.pool).toMatchObject({ completed: 0, backTest: null })
    expect(before.forecasts.every(({ band }) => band === null)).toBe(true)
    const dug = (await forecast()).pools.find(({ trade, completed }) => trade === 'civil_works' && completed > 0)?.cases ?? []
    const done = dug.filter(({ ended }) => ended !== null).slice(0, 8)
    for (const [index, { sectionId }] of done.entries()) {
      const content = {
        ...emptyStage,
        sectionId,
        trade: 'activation',
        actualStart: '2023-05',
        actualEnd: `2023-0${2 + index}-15`,
      }
      const dates = { actualStart: `2023-0${1 + index}-01` }
      await coordinator.record('stage', `${sectionId}:activation`, { content: { ...content, ...dates }, trueOn: '2023-11-01' })
    }
    const { pool, forecasts } = await whole()
    expect(pool).toMatchObject({ completed: 8, backTest: { cases: 8 } })
    expect(pool?.cases.filter(({ ended }) => ended !== null).map(({ sectionId }) => sectionId)).toEqual(
      done.map(({ sectionId }) => sectionId),
    )
    expect(forecasts.map(({ sectionId }) => sectionId)).not.toContain(done[0]?.sectionId)
    const wiesdorf = forecasts.find(({ sectionId }) => sectionId === 'breitband:wiesdorf')
    expect(wiesdorf?.band?.from && wiesdorf.band.from > wiesdorf.reportedOn).toBe(true)
    await coordinator.record('stage', 'breitband:wiesdorf:civil_works', { content: { cancelled: true }, trueOn: '2023-12-01' })
    expect((await whole()).forecasts.map(({ sectionId }) => sectionId)).not.toContain('breitband:wiesdorf')
  })

  it('count nothing twice that has no dates', async () => {
    await coordinator.record('stage', 'breitband:manfort:splicing_measurement', {
      content: { sectionId: 'breitband:manfort', trade: 'splicing_measurement', ...emptyStage, percent: 10 },
    })
    expect((await dates()).map(({ trade }) => trade)).not.toContain('splicing_measurement')
  })
})
