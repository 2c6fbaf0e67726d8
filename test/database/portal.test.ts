import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import type { Endpoint } from '../../server/contract/endpoint.ts'
import * as contract from '../../server/contract/portal.ts'
import { portalApp, record } from '../support/portal.ts'

const app = await portalApp()
const { get, read } = app

type Answer<E extends Endpoint> = z.infer<E['response']>
const overview = (query = ''): Promise<Answer<typeof contract.getOverview>> => read(`/api/portal/overview${query}`)
const district = (id: string, query = ''): Promise<Answer<typeof contract.getDistrict>> =>
  read(`/api/portal/districts/${id}${query}`)
const programme = (id: string, query = ''): Promise<Answer<typeof contract.getProgramme>> =>
  read(`/api/portal/programmes/${id}${query}`)
const phaseOf = async (id: string, query = '') => (await overview(query)).sections.find((section) => section.id === id)?.phase
const secondPhase = async (query: string) =>
  (await overview(query)).sections.filter((section) => section.buildPhase === 2).map((section) => section.districtId)
const target = async (id: string, query = '') => (await programme('breitband', query)).targets.find((one) => one.id === id)

const { districts, programmes } = await overview()

describe('every public answer', () => {
  const pages = ['impressum', 'datenschutz', 'barrierefreiheit', 'leichte-sprache']
  const clocks = [
    '',
    '?asOf=2019-01-01',
    '?asOf=2021-05-01',
    '?knownAt=2021-06-01',
    '?asOf=2022-12-31&knownAt=2022-04-01',
    '?knownAt=2018-01-01',
  ]
  const asked: [Endpoint, string[]][] = [
    [contract.getOverview, clocks.map((query) => `/api/portal/overview${query}`)],
    [contract.getDistrict, districts.flatMap(({ id }) => clocks.map((query) => `/api/portal/districts/${id}${query}`))],
    [contract.getProgramme, programmes.map(({ id }) => `/api/portal/programmes/${id}`)],
    [contract.getTimeline, ['', '?knownAt=2021-06-01', '?knownAt=2018-01-01'].map((query) => `/api/portal/timeline${query}`)],
    [contract.searchPlaces, ['opladen', 'rathaus', 'e', ''].map((q) => `/api/portal/search?q=${q}`)],
    [contract.getPage, pages.flatMap((slug) => ['', '?language=en'].map((query) => `/api/portal/pages/${slug}${query}`))],
    [contract.getSettings, ['/api/portal/settings']],
  ]

  test.each(asked)('$path answers what it declares and nothing else', async (endpoint, paths) => {
    for (const path of paths) {
      const body = await read(path)
      expect(z.parse(endpoint.response, body), path).toEqual(body)
    }
  })

  test('all public questions of the contract are asked here', () => {
    const isPublicRead = (endpoint: Endpoint) => endpoint.access === 'public' && endpoint.method === 'get'
    const declared = Object.values<unknown>(contract).filter(
      (value) => typeof value === 'object' && value !== null && 'path' in value,
    )
    // An address is asked for where there is a register of them (addresses-search.test.ts).
    const elsewhere = [contract.getFoundPlace.path]
    expect([...asked.map(([endpoint]) => endpoint.path), ...elsewhere].toSorted()).toEqual(
      (declared as Endpoint[])
        .filter(isPublicRead)
        .map(({ path }) => path)
        .toSorted(),
    )
  })

  test('is JSON that browsers revalidate, answers 304 to its own tag and HEAD without a body', async () => {
    const response = await get('/api/portal/overview')
    expect(response.headers.get('Content-Type')).toBe('application/json')
    expect(response.headers.get('Cache-Control')).toBe('no-cache')
    const tag = response.headers.get('ETag') ?? ''
    expect((await get('/api/portal/overview', { 'If-None-Match': tag })).status).toBe(304)
    const head = await fetch(`${app.url}/api/portal/overview`, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })
})

describe('what was known', () => {
  test('in October 2021 the second phase had four districts, in April 2022 seven', async () => {
    expect(await secondPhase('?knownAt=2021-10-01')).toEqual(['alkenrath', 'manfort', 'schlebusch', 'steinbuechel'])
    expect(await secondPhase('?knownAt=2022-04-01')).toEqual([
      'alkenrath',
      'luetzenkirchen',
      'manfort',
      'quettingen',
      'schlebusch',
      'steinbuechel',
      'wiesdorf',
    ])
  })

  test('in June 2021 the duct target was 72 km, since 2022 it is 49 km, and both stay visible', async () => {
    expect(await target('breitband:new_duct', '?knownAt=2021-06-01')).toMatchObject({ value: 72_000, unit: 'm' })
    const now = await target('breitband:new_duct')
    expect(now).toMatchObject({ value: 49_000, provenance: { trueOn: '2022-03-28' } })
    expect(now?.statements.map(({ value }) => value)).toEqual([49_000, 72_000, 72_000])
  })

  test('before anything was known there are districts and no statements', async () => {
    const answer = await overview('?knownAt=2018-06-01')
    expect(answer.districts).toHaveLength(13)
    expect([answer.programmes, answer.sections, answer.lastPublished]).toEqual([[], [], null])
    expect((await get('/api/portal/programmes/breitband?knownAt=2018-06-01')).status).toBe(404)
  })

  test('the last published state is the report of March 2022', async () => {
    expect((await overview()).lastPublished).toMatchObject({ trueOn: '2022-03-28', knownAssumed: false })
  })
})

describe('what was true', () => {
  test('the phase follows the day: Hitdorf before, during and after its civil works', async () => {
    expect(await phaseOf('breitband:hitdorf', '?asOf=2021-03-30')).toBe('unknown')
    expect(await phaseOf('breitband:hitdorf', '?asOf=2021-03-31')).toBe('civil_works')
    expect(await phaseOf('breitband:hitdorf', '?asOf=2021-09-19')).toBe('civil_works')
    expect(await phaseOf('breitband:hitdorf', '?asOf=2021-09-20')).toBe('civil_works_done')
  })

  test('a programme keeps its page on days before its first statement, without anything said later', async () => {
    const before = await programme('breitband', '?asOf=2019-01-01')
    expect(before.programme.id).toBe('breitband')
    expect([before.targets, before.milestones, before.sections]).toEqual([[], [], []])
  })

  test('a district names its neighbours, its programmes and the targets that name it', async () => {
    const { neighbours, programmes, targets, figures, sections } = await district('opladen')
    expect(neighbours.map(({ name }) => name)).toEqual(['Bergisch Neukirchen', 'Küppersteg', 'Quettingen', 'Rheindorf'])
    expect(programmes.map(({ id }) => id)).toEqual(['breitband'])
    expect(targets.map(({ quantity, value }) => [quantity, value])).toEqual([
      ['household', 213],
      ['business', 98],
      ['educational_institution', 16],
      ['hospital', 1],
    ])
    expect(figures.find(({ quantity }) => quantity === 'inhabitants')).toMatchObject({ value: 25_494, unit: 'persons' })
    expect(sections[0]?.stages[0]?.revisions.map(({ actualStart, actualEnd }) => [actualStart, actualEnd])).toEqual([
      ['2021-03', 'by 2022-03-28'],
      ['2021-04', null],
      ['2021-04', null],
      ['2021-04', null],
    ])
  })
})

describe('statements', () => {
  const stage = { id: 'breitband:alkenrath:civil_works', section_id: 'breitband:alkenrath', trade: 'civil_works' }
  const ofAlkenrath = async () => (await district('alkenrath')).sections[0]?.stages.find(({ id }) => id === stage.id)

  test('a new one is seen at once, a correction replaces its own, a withdrawal brings back the one before', async () => {
    const before = await ofAlkenrath()
    await record(app.context, 'stages', 'EVL, Mail', {
      ...stage,
      true_on: '2023-05-02',
      actual_start: '2022-03',
      actual_end: '2023-04',
    })
    expect(await phaseOf('breitband:alkenrath')).toBe('civil_works_done')
    await record(app.context, 'stages', 'EVL, Mail', {
      ...stage,
      true_on: '2023-05-02',
      actual_start: '2022-03',
      actual_end: '2023-05-01',
    })
    const corrected = await ofAlkenrath()
    expect(corrected?.actualEnd).toBe('2023-05-01')
    expect(corrected?.revisions.slice(1)).toEqual(before?.revisions)
    await record(app.context, 'stages', 'EVL, Mail', { ...stage, true_on: '2023-05-02', retracted: true })
    expect(await ofAlkenrath()).toEqual(before)
  })

  test('of two sources for the same day both are told, the later one counts', async () => {
    const goal = { id: 'breitband:trench', programme_id: 'breitband', quantity: 'trench', true_on: '2022-03-28' }
    await record(app.context, 'targets', 'Zeitung A', { ...goal, value: 40_000 })
    await record(app.context, 'targets', 'Zeitung B', { ...goal, value: 41_500 })
    const said = await target('breitband:trench')
    expect(said?.value).toBe(41_500)
    expect(said?.statements.map(({ value, provenance }) => [value, provenance.citation])).toEqual([
      [41_500, 'Zeitung B'],
      [40_000, 'Zeitung A'],
    ])
    const known = said?.statements[1]?.provenance.knownFrom
    expect((await target('breitband:trench', `?knownAt=${known}`))?.value, 'the moment a statement names includes it').toBe(
      40_000,
    )
  })

  test('nobody reads who wrote them, why, or what is only drafted', async () => {
    await app.context.database('drafts').insert({
      kind: 'stage',
      fact_id: stage.id,
      author: 'secret-actor',
      author_name: 'Geheime Person',
      content: { note: 'geheimer Entwurf' },
      true_on: '2023-06',
      citation: 'geheime Quelle',
      reason: 'geheimer Grund',
    })
    const paths = ['overview', 'districts/alkenrath', 'programmes/breitband', 'timeline', 'settings', 'search?q=alkenrath']
    for (const path of paths)
      expect(await (await get(`/api/portal/${path}`)).text(), path).not.toMatch(/geheim|secret|actor|reason|change/i)
  })
})

describe('text pages', () => {
  test('are HTML in the wanted language, and German where there is no other', async () => {
    const page = { true_on: '2023-01-01', slug: 'probe' }
    await record(app.context, 'pages', 'Stadt', { ...page, id: 'probe:de', language: 'de', title: 'Probe', body: 'Ein **Text**' })
    const german = {
      slug: 'probe',
      language: 'de',
      title: 'Probe',
      trueOn: '2023-01-01',
      html: '<p>Ein <strong>Text</strong></p>\n',
    }
    expect(await read('/api/portal/pages/probe')).toEqual(german)
    expect(await read('/api/portal/pages/probe?language=en')).toEqual(german)
    await record(app.context, 'pages', 'Stadt', { ...page, id: 'probe:en', language: 'en', title: 'Sample', body: 'A text' })
    expect(await read('/api/portal/pages/probe?language=en')).toMatchObject({ language: 'en', title: 'Sample' })
    expect(await read('/api/portal/pages/probe')).toEqual(german)
  })
})

test('the settings name the city, its extent and the timeline', async () => {
  const settings = await read('/api/portal/settings')
  expect(settings).toMatchObject({
    cityName: 'Leverkusen',
    basemapStyleUrl: null,
    timelineStart: '2019-01-01',
    languages: ['de', 'en'],
  })
  expect(settings.revision).toBe(app.context.revisions.current())
  const [west, south, east, north] = settings.bbox
  for (const { labelPoint } of districts) {
    expect(labelPoint[0] > west && labelPoint[0] < east && labelPoint[1] > south && labelPoint[1] < north).toBe(true)
  }
})

describe('what cannot be answered', () => {
  test.each([
    ['overview?asOf=2018-12-31', 'asOf'],
    ['overview?asOf=2999-01-01', 'asOf'],
    ['overview?asOf=28.03.2022', 'asOf'],
    ['districts/opladen?knownAt=gestern', 'knownAt'],
    ['timeline?knownAt=2999-01-01', 'knownAt'],
    ['timeline?asOf=2022-01-01', 'asOf'],
    ['programmes/breitband?farbe=rot', 'farbe'],
    ['overview?asOf=2022-01-01&asOf=2022-01-02', 'asOf'],
    ['search', 'q'],
    [`search?q=${'x'.repeat(101)}`, 'q'],
    ['districts/Opladen', 'id'],
    ['pages/impressum?language=fr', 'language'],
  ])('%s is a 400 that names %s', async (path, field) => {
    const response = await get(`/api/portal/${path}`)
    expect(response.status).toBe(400)
    expect(response.headers.get('Content-Type')).toMatch('application/problem+json')
    expect(await response.json()).toMatchObject({ errors: [{ field }] })
  })

  test.each(['districts/nirgends', 'programmes/nichts', 'pages/nichts'])('%s is a 404', async (path) => {
    expect((await get(`/api/portal/${path}`)).status).toBe(404)
  })
})
