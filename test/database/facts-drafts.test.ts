import { expect, test } from 'vitest'
import type { Draft } from '../../server/contract/facts.ts'
import { endpoints } from '../../server/contract/index.ts'
import { layers } from '../../server/contract/layers/index.ts'
import { body, type DraftWish, emptyStage, factsApp, read, refused, staff } from '../support/facts.ts'
import { client } from '../support/sign-in.ts'

const { app, database, coordinator, admin } = await factsApp()
const manfort = 'breitband:manfort:civil_works'

function tomorrow(): string {
  return new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)
}

test('a coordinator saves a draft and reads the sentence, the warnings and the base', async () => {
  const draft = await coordinator.draft('stage', manfort, { content: { actualEnd: '2022-12-15', percent: 90 } })
  expect(draft.sentence).toBe(
    'Manfort, Tiefbau: Ende tatsächlich 15.12.2022 (bisher keine Angabe), Fortschritt 90\u00a0% (bisher keine Angabe).' +
      ' Grund: Abnahme. Quelle: EVL-Mail vom 20.11.2026, Stand 20.11.2026.',
  )
  expect(draft.warnings.map(({ rule }) => rule)).toEqual(['ended-incomplete'])
  expect(draft).toMatchObject({ kind: 'stage', factId: manfort, mine: true, stale: false, authorName: coordinator.name })
  expect(draft.base).toBe((await coordinator.fact('stage', manfort))?.version)
})

test('saving again replaces the own draft; others have theirs', async () => {
  const colleague = await staff(app, 'gigabitCoordinator')
  const first = await coordinator.draft('stage', manfort, { content: { note: 'eins' } })
  const second = await coordinator.draft('stage', manfort, { content: { note: 'zwei' } })
  const other = await colleague.draft('stage', manfort, { content: { note: 'drei' } })
  expect(second.id).toBe(first.id)
  expect(other.id).not.toBe(first.id)
  const { drafts } = await read<{ drafts: Draft[] }>(colleague, '/api/drafts')
  const notes = drafts.filter(({ factId }) => factId === manfort).map(({ content, mine }) => [content.note, mine])
  expect(notes).toEqual([
    ['zwei', false],
    ['drei', true],
  ])
})

test('an own draft can be discarded, that of a colleague only by an admin', async () => {
  const colleague = await staff(app, 'gigabitCoordinator')
  const { id } = await coordinator.draft('stage', 'breitband:opladen:permit', {
    content: { ...emptyStage, sectionId: 'breitband:opladen', trade: 'permit' },
  })
  await refused(await colleague.send('DELETE', `/api/drafts/${id}`), 403)
  expect(await body(await coordinator.send('DELETE', `/api/drafts/${id}`))).toEqual({ id })
  await refused(await coordinator.send('DELETE', `/api/drafts/${id}`), 404)
  const left = await colleague.draft('stage', manfort)
  expect(await body(await admin.send('DELETE', `/api/drafts/${left.id}`))).toEqual({ id: left.id })
})

test('drafting needs a role of the kind, reading any account', async () => {
  const viewer = await staff(app, 'viewer')
  const mobile = await staff(app, 'mobileCoordinator')
  const own = {
    slug: 'richtlinie',
    programmeId: 'mobilfunk',
    title: 'Richtlinie',
    titleEn: null,
    planned: null,
    actual: '2021-07-09',
    note: null,
    noteEn: null,
    position: 1,
  }
  await refused(await client(app).send('PUT', `/api/drafts/stage/${manfort}`, {}), 401)
  await refused(await client(app).get('/api/drafts'), 401)
  await refused(await viewer.put('stage', manfort), 403)
  await refused(await mobile.put('stage', manfort), 403)
  await refused(await admin.put('stage', manfort), 403)
  await refused(await coordinator.put('page', 'impressum:de'), 403)
  await refused(await coordinator.put('district_boundary', 'boundary:opladen'), 403)
  expect((await mobile.draft('milestone', 'mobilfunk:richtlinie', { content: own })).factId).toBe('mobilfunk:richtlinie')
  expect((await viewer.facts('stage')).length).toBeGreaterThan(0)
  await read(viewer, '/api/drafts')
  await refused(await viewer.send('DELETE', '/api/drafts/1'), 403)
})

const refusals: [string, string, DraftWish][] = [
  ['an end before the start', 'actualEnd', { content: { actualStart: '2022-03', actualEnd: '2021-12-31' } }],
  ['a planned end before the planned start', 'plannedEnd', { content: { plannedStart: '2028', plannedEnd: '2027' } }],
  ['percent over 100', 'percent', { content: { percent: 101 } }],
  ['percent below 0', 'percent', { content: { percent: -1 } }],
  ['percent as text', 'percent', { content: { percent: '50' } }],
  ['a Stand in the future', 'trueOn', { trueOn: tomorrow() }],
  ['an actual date in the future', 'actualStart', { content: { actualStart: tomorrow() } }],
  ['a section that does not exist', 'sectionId', { content: { sectionId: 'breitband:atlantis' } }],
  ['an unknown trade', 'trade', { content: { trade: 'digging' } }],
  ['a date that does not exist', 'actualEnd', { content: { actualEnd: '2022-02-30' } }],
  ['an unknown key', 'colour', { content: { colour: 'red' } }],
  ['a missing key', 'note', { content: { note: undefined } }],
  ['a source without words', 'source.citation', { citation: ' ' }],
  ['a source with a strange address', 'source.url', { url: 'javascript:alert(1)' }],
  ['no reason', 'reason', { reason: '' }],
  [
    'withdrawing what is not there',
    'retracted',
    { retracted: true, content: { ...emptyStage, sectionId: 'breitband:manfort', trade: 'permit' } },
  ],
]

test.each(refusals)('%s is refused with its field, and nothing is written', async (title, field, wish) => {
  const author = await staff(app, 'gigabitCoordinator')
  const unknownStage = ['sectionId', 'trade', 'retracted'].includes(field)
  const id = unknownStage
    ? { sectionId: 'breitband:atlantis:civil_works', trade: 'breitband:manfort:digging', retracted: 'breitband:manfort:permit' }[
        field
      ]
    : manfort
  const base = { ...(await author.fact('stage', manfort))?.content, ...wish.content }
  const problem = await refused(await author.put('stage', id ?? manfort, { ...wish, content: base }), 422)
  expect(
    problem.errors?.map((error) => error.field),
    title,
  ).toContain(field)
  const { drafts } = await read<{ drafts: Draft[] }>(author, '/api/drafts')
  expect(drafts.some(({ mine }) => mine)).toBe(false)
})

test('an id that does not follow from the identity, and an unknown kind, are refused', async () => {
  const content = { ...(await coordinator.fact('stage', manfort))?.content, trade: 'permit' }
  expect((await refused(await coordinator.put('stage', manfort, { content }), 422)).errors).toEqual([
    { field: 'id', detail: 'Die Kennung muss „breitband:manfort:permit“ lauten.' },
  ])
  await refused(await coordinator.send('PUT', `/api/drafts/weather/${manfort}`, {}), 400)
  await refused(await coordinator.get('/api/facts/weather'), 400)
  await refused(await coordinator.get('/api/facts/stage?asOf=2200-01-01'), 400)
})

test('what cannot be stored is refused before it reaches the database', async () => {
  for (const note of ['a\u0000b', 'half a pair: \ud83d'])
    await refused(await coordinator.put('stage', manfort, { content: { note } }), 400)
  const depth = 100_000
  const deep = `{"content":{"geom":${'['.repeat(depth)}${']'.repeat(depth)}}}`
  const headers = { 'Content-Type': 'application/json', Origin: app.context.config.publicBaseUrl }
  const cookie = [...coordinator.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const url = new URL(`/api/drafts/stage/${manfort}`, app.url)
  await refused(await fetch(url, { method: 'PUT', body: deep, headers: { ...headers, Cookie: cookie } }), 400)
  expect((await coordinator.draft('stage', manfort, { content: { note: 'Ganz: 😀' } })).content.note).toBe('Ganz: 😀')
})

test('an id that belongs to another kind is refused', async () => {
  const content = {
    programmeId: 'breitband',
    slug: 'opladen',
    title: 'Opladen',
    titleEn: null,
    planned: '2027',
    actual: null,
    note: null,
    noteEn: null,
    position: 1,
  }
  const problem = await refused(await coordinator.put('milestone', 'breitband:opladen', { content }), 422)
  expect(problem.errors).toEqual([{ field: 'id', detail: 'Diese Kennung gehört schon zu: Bauabschnitt.' }])
})

test('a figure beyond the target in force is refused, also through a target that is only drafted', async () => {
  const author = await staff(app, 'gigabitCoordinator')
  const figure = {
    programmeId: 'breitband',
    districtId: 'opladen',
    quantity: 'household',
    state: 'connected',
    fundingClass: null,
    approximate: false,
    note: null,
    noteEn: null,
  }
  const id = 'breitband:opladen:household:connected'
  const problem = await refused(await author.put('figure', id, { content: { ...figure, value: 1377 } }), 422)
  expect(problem.errors).toEqual([{ field: 'value', detail: expect.stringContaining('1.376\u00a0Anschlüsse') }])
  await author.draft('target', 'breitband:household', { content: { value: 1400 } })
  expect((await author.draft('figure', id, { content: { ...figure, value: 1377 } })).warnings.map(({ rule }) => rule)).toEqual([
    'beyond-partial-target',
  ])
  expect(
    (await refused(await author.put('figure', id, { content: { ...figure, value: 5, state: 'laid' } }), 422)).errors?.[0]?.field,
  ).toBe('id')
  await refused(
    await author.put('figure', 'breitband:opladen:household:laid', { content: { ...figure, value: 5, state: 'laid' } }),
    422,
  )
})

test('a draft may refer to what another own draft creates', async () => {
  const author = await staff(app, 'gigabitCoordinator')
  const programme = {
    slug: 'telekom',
    name: 'Telekom',
    nameEn: null,
    kind: 'market_driven',
    summary: null,
    summaryEn: null,
    passiveOperator: 'Telekom',
    activeOperator: 'Telekom',
    position: 9,
  }
  const section = {
    programmeId: 'telekom',
    districtId: 'wiesdorf',
    part: null,
    name: null,
    buildPhase: null,
    note: null,
    geom: null,
  }
  const problem = await refused(await author.put('section', 'telekom:wiesdorf', { content: section }), 422)
  expect(problem.errors?.map(({ field }) => field)).toEqual(['programmeId'])
  await author.draft('programme', 'telekom', { content: programme })
  expect((await author.draft('section', 'telekom:wiesdorf', { content: section })).sentence).toContain('Bauabschnitt Wiesdorf')
})

test('a source keeps its address: another one for the same words is refused', async () => {
  const author = await staff(app, 'gigabitCoordinator')
  await database('sources').insert({ citation: 'Bericht mit Adresse', url: 'https://example.org/a' })
  const wish = { citation: 'Bericht mit Adresse', url: 'https://example.org/b' }
  expect((await refused(await author.put('stage', manfort, wish), 422)).errors?.[0]?.field).toBe('source.url')
  await author.draft('stage', manfort, { ...wish, url: 'https://example.org/a' })
})

/** An address for every public endpoint that reads; a new one has to be added here. */
const placeOf: Record<string, string[]> = {
  '/api/portal/districts/:id': ['/api/portal/districts/manfort'],
  '/api/portal/pages/:slug': ['/api/portal/pages/impressum'],
  '/api/portal/programmes/:id': ['/api/portal/programmes/breitband'],
  '/bericht/:file': ['/bericht/1.html'],
  '/api/portal/search': ['/api/portal/search?q=geheimer'],
  '/tiles/:layer/:z/:x/:y.mvt': ['districts', 'build_sections'].map((layer) => `/tiles/${layer}/10/531/342.mvt`),
  '/tiles/:layer.json': ['/tiles/build_sections.json'],
  ...Object.fromEntries(
    ['', '/queryables', '/schema'].map((end) => [
      `/ogc/collections/:collectionId${end}`,
      layers.map(({ id }) => `/ogc/collections/${id}${end}`),
    ]),
  ),
  ...Object.fromEntries(
    layers.flatMap(({ id }) => [
      [`/ogc/collections/${id}/items`, ['json', 'csv'].map((form) => `/ogc/collections/${id}/items?f=${form}&limit=1000`)],
      [`/ogc/collections/${id}/items/:featureId`, [`/ogc/collections/${id}/items/breitband`]],
    ]),
  ),
}

/** What everybody can read. The live stream and the account of the caller are no content. */
async function publicAnswers(): Promise<Map<string, string>> {
  const paths = endpoints
    .filter(({ access, method, path }) => access === 'public' && method === 'get' && !['/api/live', '/api/me'].includes(path))
    .flatMap(({ path }) => placeOf[path] ?? [path])
  const anyone = client(app)
  const answers = new Map<string, string>()
  for (const path of paths) {
    expect(path).not.toContain(':')
    const response = await anyone.get(path)
    answers.set(path, `${response.status} ${Buffer.from(await response.arrayBuffer()).toString('latin1')}`)
  }
  return answers
}

test('nobody outside sees anything of a draft', { timeout: 60_000 }, async () => {
  const before = await publicAnswers()
  const note = 'Geheimer Entwurf'
  await coordinator.draft('stage', manfort, { content: { actualEnd: '2022-12-15', note } })
  await coordinator.draft('section', 'breitband:manfort', { content: { name: note, note } })
  await coordinator.draft('programme', 'breitband', { content: { name: note } })
  await coordinator.draft('target', 'breitband:household', { content: { value: 1234, note } })
  await admin.draft('page', 'impressum:de', { content: { title: note } })
  const after = await publicAnswers()
  expect(before.size).toBeGreaterThan(40)
  expect([...before.values()].filter((answer) => answer.startsWith('200')).length).toBeGreaterThan(30)
  expect([...after].filter(([path, answer]) => answer !== before.get(path)).map(([path]) => path)).toEqual([])
  expect([...after.values()].some((answer) => answer.includes('Geheimer Entwurf'))).toBe(false)
})
