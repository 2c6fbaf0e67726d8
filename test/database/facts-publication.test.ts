import { expect, test } from 'vitest'
import { dayOf } from '../../server/contract/dates.ts'
import type { Draft, Statement } from '../../server/contract/facts.ts'
import { body, emptyStage, factsApp, read, refused, staff } from '../support/facts.ts'
import { client } from '../support/sign-in.ts'

const { app, database, coordinator, admin } = await factsApp()
const manfort = 'breitband:manfort:civil_works'
const opladen = 'breitband:opladen:civil_works'

interface Section {
  id: string
  phase: string
}

async function phaseOf(id: string, query = ''): Promise<string | undefined> {
  const { sections } = await read<{ sections: Section[] }>(client(app), `/api/portal/overview${query}`)
  return sections.find((section) => section.id === id)?.phase
}

async function stageRows(): Promise<number> {
  const row = await database('stages').count({ rows: '*' }).first()
  return Number(row?.rows)
}

const today = dayOf(new Date())

function yesterday(): string {
  return dayOf(new Date(Date.now() - 86_400_000))
}

test('publishing shows the change to everybody at once; the past and what was known stay as they were', async () => {
  const beforePublication = new Date().toISOString()
  expect(await phaseOf('breitband:manfort')).toBe('civil_works')
  const draft = await coordinator.draft('stage', manfort, { content: { actualEnd: today }, trueOn: today })
  const revision = await coordinator.publish(draft)
  expect(await phaseOf('breitband:manfort')).toBe('civil_works_done')
  const overview = await read<{ clocks: { revision: number } }>(client(app), '/api/portal/overview')
  expect(overview.clocks.revision).toBe(revision)
  expect(await phaseOf('breitband:manfort', `?asOf=${yesterday()}`)).toBe('civil_works')
  expect(await phaseOf('breitband:manfort', `?knownAt=${beforePublication}`)).toBe('civil_works')
  const { drafts } = await read<{ drafts: Draft[] }>(coordinator, '/api/drafts')
  expect(drafts.filter(({ factId }) => factId === manfort)).toEqual([])
})

test('the facts of a kind are read at both clocks', async () => {
  const end = (facts: Statement[]) => facts.find(({ id }) => id === manfort)?.content.actualEnd
  expect(end(await coordinator.facts('stage'))).not.toBeNull()
  expect(end(await coordinator.facts('stage', '?knownAt=2022-04-01'))).toBeNull()
  expect(await coordinator.facts('stage', '?asOf=2019-01-01')).toEqual([])
  const target = (await coordinator.facts('target', '?knownAt=2021-06-01')).find(({ id }) => id.startsWith('breitband:new_duct'))
  expect(target?.content.value).toBe(72_000)
})

test('a preview shows what publishing would change and changes nothing', async () => {
  const rows = await stageRows()
  const draft = await coordinator.draft('stage', 'breitband:rheindorf:civil_works', { content: { actualEnd: null, percent: 50 } })
  const preview = await body<{
    changed: { before: Section; after: Section }[]
    sentences: string[]
    warnings: { rule: string; text: string }[]
  }>(await coordinator.send('POST', '/api/publications/preview', { drafts: [draft.id] }))
  expect(preview.changed.map(({ before, after }) => [before.id, before.phase, after.phase])).toEqual([
    ['breitband:rheindorf', 'civil_works_done', 'civil_works'],
  ])
  expect(preview.sentences).toEqual([draft.sentence])
  expect(preview.warnings.map(({ rule }) => rule)).toEqual(['end-taken-back', 'phase-falls'])
  expect(preview.warnings[0]?.text).toMatch(/^Rheindorf, Tiefbau: /)
  expect(await stageRows()).toBe(rows)
  expect(await phaseOf('breitband:rheindorf')).toBe('civil_works_done')
  await body(await coordinator.send('DELETE', `/api/drafts/${draft.id}`))
})

test('several drafts are published in one change, whoever wrote them', async () => {
  const colleague = await staff(app, 'gigabitCoordinator')
  const one = await colleague.draft('stage', 'breitband:opladen:permit', {
    content: { ...emptyStage, sectionId: 'breitband:opladen', trade: 'permit', actualStart: '2020', actualEnd: '2021-02' },
    reason: 'Genehmigung nachgetragen',
  })
  const two = await coordinator.draft('target', 'breitband:business', { content: { value: 220 }, reason: 'Neue Zählung' })
  const revision = await coordinator.publish(one, two)
  const permit = await coordinator.fact('stage', 'breitband:opladen:permit')
  const target = await coordinator.fact('target', 'breitband:business')
  expect([permit?.change.id, target?.change.id]).toEqual([revision, revision])
  expect(permit?.change).toMatchObject({ actorName: coordinator.name, reason: 'Genehmigung nachgetragen; Neue Zählung' })
  expect(target?.knownFrom).toBe(permit?.knownFrom)
})

test('what creates and what refers to it are published together, in whichever order they were drafted', async () => {
  const author = await staff(app, 'gigabitCoordinator')
  const programme = {
    slug: 'telekom',
    name: 'Telekom',
    nameEn: null,
    kind: 'market_driven',
    summary: null,
    summaryEn: null,
    passiveOperator: null,
    activeOperator: null,
    position: 9,
  }
  const first = await author.draft('programme', 'telekom', { content: programme })
  const section = await author.draft('section', 'telekom:wiesdorf', {
    content: { programmeId: 'telekom', districtId: 'wiesdorf', part: null, name: null, buildPhase: null, note: null, geom: null },
  })
  const stage = await author.draft('stage', 'telekom:wiesdorf:planning', {
    content: { ...emptyStage, sectionId: 'telekom:wiesdorf', trade: 'planning', actualStart: '2026' },
  })
  expect(stage.sentence).toMatch(/^Wiesdorf \(Telekom\), Feinplanung: neu – Beginn tatsächlich 2026\. /)
  const problem = await refused(await author.publishing(stage, section), 422)
  expect(problem.errors).toEqual([{ field: `drafts.${section.id}.programmeId`, detail: expect.stringContaining('telekom') }])
  await author.publish(stage, section, first)
  expect(await phaseOf('telekom:wiesdorf')).toBe('planning')
})

test('one bad draft among several: nothing is published, all drafts stay', async () => {
  const author = await staff(app, 'gigabitCoordinator')
  const good = await author.draft('stage', 'breitband:alkenrath:civil_works', { content: { note: 'gut' } })
  const figure = {
    programmeId: 'breitband',
    districtId: 'opladen',
    quantity: 'hospital',
    state: 'connected',
    fundingClass: null,
    approximate: false,
    note: null,
    noteEn: null,
    value: 2,
  }
  const target = await author.draft('target', 'breitband:hospital', { content: { value: 2 } })
  const bad = await author.draft('figure', 'breitband:opladen:hospital:connected', { content: figure })
  const rows = await stageRows()
  const problem = await refused(await author.publishing(good, bad), 422)
  expect(problem.errors).toEqual([{ field: `drafts.${bad.id}.value`, detail: expect.stringContaining('Krankenhaus') }])
  expect(await stageRows()).toBe(rows)
  const { drafts } = await read<{ drafts: Draft[] }>(author, '/api/drafts')
  expect(drafts.filter(({ mine }) => mine).map(({ id }) => id)).toEqual([good.id, target.id, bad.id])
  await author.publish(good, bad, target)
})

test('two drafts of the same fact, or one that is gone, cannot be published', async () => {
  const colleague = await staff(app, 'gigabitCoordinator')
  const mine = await coordinator.draft('stage', manfort, { content: { note: 'a' } })
  const theirs = await colleague.draft('stage', manfort, { content: { note: 'b' } })
  expect((await refused(await coordinator.publishing(mine, theirs), 422)).errors?.[0]?.field).toBe('drafts')
  await refused(await coordinator.publishing(mine, { id: 999_999 }), 404)
  await refused(await coordinator.send('POST', '/api/publications', { drafts: [] }), 422)
  await refused(await coordinator.send('POST', '/api/publications', { drafts: ['1'] }), 422)
})

test('publishing and previewing need the role of every kind among the drafts', async () => {
  const page = await admin.draft('page', 'impressum:de', { content: { title: 'Impressum der Stadt' }, trueOn: today })
  const viewer = await staff(app, 'viewer')
  for (const path of ['/api/publications', '/api/publications/preview']) {
    await refused(await client(app).send('POST', path, { drafts: [page.id] }), 401)
    await refused(await viewer.send('POST', path, { drafts: [page.id] }), 403)
    await refused(await coordinator.send('POST', path, { drafts: [page.id] }), 403)
    await refused(await admin.send('POST', path, { drafts: [page.id] }, { Origin: 'https://example.org' }), 403)
  }
  await admin.publish(page)
  expect((await read<{ title: string }>(client(app), '/api/portal/pages/impressum')).title).toBe('Impressum der Stadt')
})

test('the second of two editors gets a 412 with both versions, merges, and nothing is lost', async () => {
  const anna = await staff(app, 'gigabitCoordinator')
  const ben = await staff(app, 'gigabitCoordinator')
  const annas = await anna.draft('stage', opladen, { content: { note: 'Restarbeiten im Gehweg' } })
  const bens = await ben.draft('stage', opladen, { content: { surfaceRestored: true }, citation: 'Begehung' })
  const extra = await ben.draft('stage', 'breitband:hitdorf:civil_works', { content: { note: 'mit im Paket' } })
  await anna.publish(annas)

  const { drafts } = await read<{ drafts: Draft[] }>(ben, '/api/drafts')
  expect(drafts.filter(({ mine }) => mine).map(({ stale }) => stale)).toEqual([true, false])
  await refused(await ben.send('POST', '/api/publications/preview', { drafts: [bens.id] }), 412)
  const { conflicts } = await refused(await ben.publishing(bens, extra), 412)
  expect(conflicts).toHaveLength(1)
  const [conflict] = conflicts ?? []
  expect(conflict?.draft).toMatchObject({ id: bens.id, stale: true, content: { surfaceRestored: true } })
  expect(conflict?.draft.content.note).not.toBe('Restarbeiten im Gehweg')
  expect(conflict?.current).toMatchObject({ content: { note: 'Restarbeiten im Gehweg' }, change: { actorName: anna.name } })
  expect((await ben.fact('stage', 'breitband:hitdorf:civil_works'))?.content.note).not.toBe('mit im Paket')

  const merged = { ...conflict?.current?.content, surfaceRestored: true }
  const again = await ben.draft('stage', opladen, {
    content: merged,
    citation: 'Begehung',
    base: conflict?.current?.version ?? null,
  })
  expect(again).toMatchObject({ id: bens.id, stale: false })
  await ben.publish(again, extra)
  expect((await ben.fact('stage', opladen))?.content).toMatchObject({ note: 'Restarbeiten im Gehweg', surfaceRestored: true })
})

test('two who create the same fact: the second gets a 412', async () => {
  const anna = await staff(app, 'gigabitCoordinator')
  const content = { ...emptyStage, sectionId: 'breitband:opladen', trade: 'planning', actualStart: '2019' }
  const one = await anna.draft('stage', 'breitband:opladen:planning', { content })
  const two = await coordinator.draft('stage', 'breitband:opladen:planning', { content: { ...content, actualEnd: '2020' } })
  await anna.publish(one)
  const { conflicts } = await refused(await coordinator.publishing(two), 412)
  expect(conflicts?.[0]?.current?.content.actualEnd).toBeNull()
})

test('two who correct the same older statement: the second gets a 412 although the one in force did not change', async () => {
  const anna = await staff(app, 'gigabitCoordinator')
  const ben = await staff(app, 'gigabitCoordinator')
  const id = 'breitband:schlebusch:civil_works'
  await anna.record('stage', id, { trueOn: '2026-11-01', citation: 'Bericht A', content: { note: 'alt' } })
  await anna.record('stage', id, { trueOn: '2026-11-15', citation: 'Bericht B', content: { note: 'neu' } })
  const correction = { trueOn: '2026-11-01', citation: 'Bericht A' }
  const annas = await anna.draft('stage', id, { ...correction, content: { note: 'berichtigt von Anna' } })
  const bens = await ben.draft('stage', id, { ...correction, content: { note: 'berichtigt von Ben' } })
  await anna.publish(annas)
  expect((await anna.fact('stage', id))?.content.note).toBe('neu')
  const { conflicts } = await refused(await ben.publishing(bens), 412)
  expect(conflicts?.[0]?.current?.content.note).toBe('berichtigt von Anna')
  const again = await ben.draft('stage', id, {
    ...correction,
    content: { note: 'berichtigt von beiden' },
    base: conflicts?.[0]?.current?.version ?? null,
  })
  await ben.publish(again)
  const { statements } = await read<{ statements: Statement[] }>(ben, `/api/facts/stage/${id}/statements`)
  const known = statements.filter(({ knownTo, source }) => knownTo === null && source.citation.startsWith('Bericht'))
  expect(known.map(({ content }) => content.note).toSorted()).toEqual(['berichtigt von beiden', 'neu'])
})

test('contradicting sources of one day stand side by side', async () => {
  const id = 'breitband:educational_institution'
  await coordinator.record('target', id, { trueOn: '2026-11-18', citation: 'Presse', content: { value: 35 } })
  await coordinator.record('target', id, { trueOn: '2026-11-18', citation: 'Betreiber', content: { value: 36 } })
  const { statements } = await read<{ statements: Statement[] }>(coordinator, `/api/facts/target/${id}/statements`)
  const sideBySide = statements.filter(({ trueOn, knownTo }) => trueOn === '2026-11-18' && knownTo === null)
  expect(sideBySide.map(({ source, content }) => [source.citation, content.value])).toEqual([
    ['Betreiber', 36],
    ['Presse', 35],
  ])
  expect((await coordinator.fact('target', id))?.content.value).toBe(36)
})

test('withdrawing takes back every statement about the fact, but not what was known before', async () => {
  const id = 'breitband:quettingen:permit'
  const content = { ...emptyStage, sectionId: 'breitband:quettingen', trade: 'permit', actualStart: '2021' }
  await coordinator.record('stage', id, { content, trueOn: '2026-10', citation: 'Erste Quelle' })
  await coordinator.record('stage', id, { content: { actualEnd: '2022' }, trueOn: '2026-11-02', citation: 'Zweite Quelle' })
  const before = new Date().toISOString()
  const draft = await coordinator.draft('stage', id, { retracted: true, reason: 'Verwechselt', citation: 'Telefonat' })
  expect(draft.sentence).toBe('Quettingen, Genehmigung: zurückgezogen. Grund: Verwechselt. Quelle: Telefonat, Stand 20.11.2026.')
  await coordinator.publish(draft)
  expect(await coordinator.fact('stage', id)).toBeUndefined()
  const { statements } = await read<{ statements: Statement[] }>(coordinator, `/api/facts/stage/${id}/statements`)
  expect(statements.map(({ retracted, knownTo }) => [retracted, knownTo === null])).toEqual([
    [true, true],
    [true, true],
    [false, false],
    [false, false],
  ])
  expect(statements[0]?.change.reason).toBe('Verwechselt (Telefonat, Stand 20.11.2026)')
  const then = (await coordinator.facts('stage', `?knownAt=${before}`)).find((fact) => fact.id === id)
  expect(then?.content.actualEnd).toBe('2022')
  await coordinator.record('stage', id, { content, citation: 'Zweite Quelle', trueOn: '2026-11-02' })
  expect((await coordinator.fact('stage', id))?.content.actualEnd).toBeNull()
})

test('what others refer to is withdrawn only together with them', async () => {
  const section = {
    programmeId: 'breitband',
    districtId: 'opladen',
    part: 'nord',
    name: 'Opladen Nord',
    buildPhase: 1,
    note: null,
    geom: null,
  }
  const id = 'breitband:opladen:nord'
  const stageId = `${id}:permit`
  await coordinator.record('section', id, { content: section })
  await coordinator.record('stage', stageId, { content: { ...emptyStage, sectionId: id, trade: 'permit' } })
  const problem = await refused(await coordinator.put('section', id, { retracted: true }), 422)
  expect(problem.errors).toEqual([{ field: 'retracted', detail: expect.stringContaining('Opladen Nord, Genehmigung') }])
  const stage = await coordinator.draft('stage', stageId, { retracted: true })
  const whole = await coordinator.draft('section', id, { retracted: true })
  await refused(await coordinator.publishing(whole), 422)
  await coordinator.publish(whole, stage)
  expect(await phaseOf(id)).toBeUndefined()
})

test('a draft changed by its author while a colleague publishes is not published unseen', async () => {
  const colleague = await staff(app, 'gigabitCoordinator')
  const draft = await colleague.draft('stage', manfort, { content: { note: 'erste Fassung' } })
  const answers = await Promise.all([
    coordinator.publishing(draft),
    colleague.put('stage', manfort, { content: { note: 'zweite Fassung' } }),
  ])
  expect([200, 409]).toContain(answers[0].status)
  expect(answers[1].status).toBe(200)
  const published = (await coordinator.fact('stage', manfort))?.content.note
  expect(published === 'zweite Fassung' ? answers[0].status : 200).toBe(200)
})

test('editing the name of a section does not move its area', async () => {
  const geom = {
    type: 'Polygon',
    coordinates: [
      [
        [7.0, 51.066],
        [7.0061, 51.0662123],
        [7.006, 51.0711119],
        [7.0, 51.066],
      ],
    ],
  }
  const section = { programmeId: 'breitband', districtId: 'opladen', part: 'ost', name: 'Ost', buildPhase: 1, note: null, geom }
  await coordinator.record('section', 'breitband:opladen:ost', { content: section })
  for (const name of ['Opladen Ost', 'Opladen-Ost']) {
    const draft = await coordinator.draft('section', 'breitband:opladen:ost', { content: { name } })
    expect(draft.sentence).not.toContain('Fläche')
    await coordinator.publish(draft)
  }
  const { rows } = await database.raw("select distinct st_asewkb(geom) from build_sections where id = 'breitband:opladen:ost'")
  expect(rows.length).toBeGreaterThan(0)
  const [{ moved }] = (
    await database.raw(
      `select max(st_hausdorffdistance(a.geom, b.geom)) as moved from build_sections a join build_sections b using (id) where a.id = 'breitband:opladen:ost'`,
    )
  ).rows
  expect(moved).toBeLessThan(0.001)
  expect((await coordinator.fact('section', 'breitband:opladen:ost'))?.content.geom).toEqual(geom)
})
