import { expect, test } from 'vitest'
import type { Change, Draft, Statement } from '../../server/contract/facts.ts'
import { body, emptyStage, factsApp, read, refused, type Staff, staff } from '../support/facts.ts'
import { client } from '../support/sign-in.ts'

const { app, database, coordinator, admin } = await factsApp()
const opladen = 'breitband:opladen:civil_works'
const manfort = 'breitband:manfort:civil_works'

async function changes(user: Staff = coordinator, query = ''): Promise<Change[]> {
  return (await read<{ changes: Change[] }>(user, `/api/changes${query}`)).changes
}

async function change(id: number): Promise<Change | undefined> {
  return (await changes(coordinator, `?before=${id + 1}&limit=1`))[0]
}

function undo(user: Staff, id: number): Promise<Response> {
  return user.send('POST', `/api/changes/${id}/undo`)
}

async function undone(user: Staff, id: number): Promise<number> {
  return (await body<{ revision: number }>(await user.send('POST', `/api/changes/${id}/undo`))).revision
}

async function statementsOf(kind: string, id: string): Promise<Statement[]> {
  return (await read<{ statements: Statement[] }>(coordinator, `/api/facts/${kind}/${id}/statements`)).statements
}

test('the history says who changed what, when, why and after which source', async () => {
  await coordinator.record('stage', opladen, {
    content: { actualEnd: '2022-03-15' },
    citation: 'Vorabmeldung',
    trueOn: '2026-11-01',
  })
  const revision = await coordinator.record('stage', opladen, { content: { actualEnd: '2022-03-28' } })
  expect(await change(revision)).toMatchObject({
    id: revision,
    actorName: coordinator.name,
    reason: 'Abnahme',
    origin: 'workbench',
    undoes: null,
    undoneBy: null,
    undoable: true,
    sentences: ['Opladen, Tiefbau: Ende tatsächlich 15.03.2022 → 28.03.2022. Quelle: EVL-Mail vom 20.11.2026, Stand 20.11.2026.'],
  })
})

test('the history reaches back to the published facts and pages by key without gap or repetition', async () => {
  const all = await changes(coordinator, '?limit=200')
  const paged: Change[] = []
  for (let before = ''; ; ) {
    const page = await changes(coordinator, `?limit=5${before}`)
    if (page.length === 0) break
    paged.push(...page)
    before = `&before=${page.at(-1)?.id}`
  }
  expect(paged).toEqual(all)
  expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted((a, b) => b - a))
  expect(all.at(-1)).toMatchObject({ origin: 'published_facts', undoable: false })
  expect(all.every(({ sentences }) => sentences.length > 0)).toBe(true)
  expect(JSON.stringify(all)).not.toMatch(/undefined|\[object|NaN/)
})

test('all statements about a fact can be read, newest first, with what was corrected', async () => {
  await coordinator.record('stage', manfort, { content: { note: 'Tippfeler' } })
  await coordinator.record('stage', manfort, { content: { note: 'Tippfehler' } })
  const [latest, corrected, ...older] = await statementsOf('stage', manfort)
  expect([latest?.content.note, corrected?.content.note]).toEqual(['Tippfehler', 'Tippfeler'])
  expect(latest?.knownTo).toBeNull()
  expect(corrected?.knownTo).toBe(latest?.knownFrom)
  expect(older.length).toBeGreaterThan(0)
  await refused(await coordinator.get('/api/facts/stage/breitband:manfort:unknown/statements'), 404)
})

test('undoing a correction brings the corrected statement back, undoing that the correction', async () => {
  const first = await coordinator.record('target', 'breitband:business', { content: { value: 215 } })
  const second = await coordinator.record('target', 'breitband:business', { content: { value: 216 }, reason: 'Nachzählung' })
  const value = async () => (await coordinator.fact('target', 'breitband:business'))?.content.value
  const third = await undone(coordinator, second)
  expect(await value()).toBe(215)
  expect(await change(third)).toMatchObject({ undoes: second, reason: 'Rücknahme von: Nachzählung', undoable: true })
  expect((await change(third))?.sentences[0]).toContain('Wert 216\u00a0Anschlüsse → 215\u00a0Anschlüsse')
  expect(await change(second)).toMatchObject({ undoneBy: third, undoable: false })
  const fourth = await undone(coordinator, third)
  expect(await value()).toBe(216)
  await undone(coordinator, fourth)
  expect(await value()).toBe(215)
  await refused(await undo(coordinator, first), 409)
})

test('undoing what was new withdraws it, undoing that brings it back', async () => {
  const id = 'breitband:opladen:permit'
  const content = { ...emptyStage, sectionId: 'breitband:opladen', trade: 'permit', actualStart: '2020' }
  const first = await coordinator.record('stage', id, { content })
  const second = await undone(coordinator, first)
  expect(await coordinator.fact('stage', id)).toBeUndefined()
  expect((await change(second))?.sentences).toEqual([expect.stringMatching(/^Opladen, Genehmigung: zurückgezogen\./)])
  await undone(coordinator, second)
  expect((await coordinator.fact('stage', id))?.content.actualStart).toBe('2020')
  const all = await statementsOf('stage', id)
  expect(all.map(({ retracted }) => retracted)).toEqual([false, true, false])
})

test('undoing a statement that stands beside an older one lets the older one hold again', async () => {
  const before = await coordinator.fact('stage', 'breitband:hitdorf:civil_works')
  const revision = await coordinator.record('stage', 'breitband:hitdorf:civil_works', { content: { percent: 77 } })
  const undoing = await undone(coordinator, revision)
  expect(await coordinator.fact('stage', 'breitband:hitdorf:civil_works')).toEqual(before)
  expect((await change(undoing))?.sentences[0]).toMatch(
    /^Hitdorf, Tiefbau: zurückgezogen\. Es gilt wieder: .*Fortschritt entfernt/,
  )
})

test('undoing a withdrawal restores every statement', async () => {
  const id = 'breitband:buerrig:permit'
  const content = { ...emptyStage, sectionId: 'breitband:buerrig', trade: 'permit', actualStart: '2020' }
  await coordinator.record('stage', id, { content, citation: 'Quelle A' })
  await coordinator.record('stage', id, { content, citation: 'Quelle B' })
  const withdrawal = await coordinator.record('stage', id, { retracted: true })
  expect((await change(withdrawal))?.sentences).toHaveLength(1)
  await undone(coordinator, withdrawal)
  const known = (await statementsOf('stage', id)).filter(({ knownTo, retracted }) => knownTo === null && !retracted)
  expect(known.map(({ source }) => source.citation).toSorted()).toEqual(['Quelle A', 'Quelle B'])
})

test('a change of several facts is undone as one', async () => {
  const ids = ['breitband:alkenrath:civil_works', 'breitband:schlebusch:civil_works']
  const before = await Promise.all(ids.map((id) => coordinator.fact('stage', id)))
  const drafts: Draft[] = []
  for (const id of ids) drafts.push(await coordinator.draft('stage', id, { content: { percent: 10, actualStart: '2022-03' } }))
  const revision = await coordinator.publish(...drafts)
  await undone(coordinator, revision)
  expect(await Promise.all(ids.map((id) => coordinator.fact('stage', id)))).toEqual(before)
})

test('a fact that has moved on is not undone over the head of others', async () => {
  const colleague = await staff(app, 'gigabitCoordinator')
  const first = await coordinator.record('stage', manfort, { content: { note: 'von mir' } })
  await colleague.record('stage', manfort, { content: { note: 'von der Kollegin' }, citation: 'Telefonat' })
  const problem = await refused(await undo(coordinator, first), 409)
  expect(problem.detail).toContain('weiter geändert')
  expect((await change(first))?.undoable).toBe(false)
  expect((await coordinator.fact('stage', manfort))?.content.note).toBe('von der Kollegin')
})

test('what others refer to by now stays', async () => {
  const section = {
    programmeId: 'breitband',
    districtId: 'opladen',
    part: 'sued',
    name: 'Opladen Süd',
    buildPhase: 1,
    note: null,
    geom: null,
  }
  const creation = await coordinator.record('section', 'breitband:opladen:sued', { content: section })
  await coordinator.record('stage', 'breitband:opladen:sued:permit', {
    content: { ...emptyStage, sectionId: 'breitband:opladen:sued', trade: 'permit' },
  })
  const problem = await refused(await undo(coordinator, creation), 409)
  expect(problem.detail).toContain('Opladen Süd, Genehmigung')
  expect(await coordinator.fact('section', 'breitband:opladen:sued')).toBeDefined()
})

test('what was withdrawn does not come back without what it refers to', async () => {
  const section = {
    programmeId: 'breitband',
    districtId: 'opladen',
    part: 'west',
    name: 'Opladen West',
    buildPhase: 1,
    note: null,
    geom: null,
  }
  const id = 'breitband:opladen:west'
  const stage = { ...emptyStage, sectionId: id, trade: 'permit' }
  await coordinator.record('section', id, { content: section })
  await coordinator.record('stage', `${id}:permit`, { content: stage })
  const withdrawal = await coordinator.record('stage', `${id}:permit`, { retracted: true })
  const further = await coordinator.record('section', id, { retracted: true })
  expect((await refused(await undo(coordinator, withdrawal), 409)).detail).toContain('Opladen West, Genehmigung')
  await undone(coordinator, further)
  await undone(coordinator, withdrawal)
  expect(await coordinator.fact('stage', `${id}:permit`)).toBeDefined()
})

test('published facts, old changes and unknown ones cannot be undone', async () => {
  const loaded = (await changes(coordinator, '?limit=200')).find(({ origin }) => origin === 'published_facts')
  await refused(await undo(coordinator, loaded?.id ?? 0), 409)
  await refused(await undo(coordinator, 999_999), 404)
  await refused(await undo(coordinator, 'x' as unknown as number), 400)
})

test('undoing needs the role of the kinds, by whomever the change was', async () => {
  const viewer = await staff(app, 'viewer')
  const mobile = await staff(app, 'mobileCoordinator')
  const colleague = await staff(app, 'gigabitCoordinator')
  const revision = await coordinator.record('stage', opladen, { content: { percent: 99 } })
  await refused(await undo(viewer, revision), 403)
  await refused(await undo(mobile, revision), 403)
  await refused(await undo(admin, revision), 403)
  await refused(await client(app).send('POST', `/api/changes/${revision}/undo`), 401)
  await refused(await client(app).get('/api/changes'), 401)
  await undone(colleague, revision)
})

test('a change can be undone for ten minutes by the clock of the database', async () => {
  const revision = await coordinator.record('stage', opladen, { content: { percent: 98 } })
  const age = (minutes: number) =>
    database.transaction(async (trx) => {
      // Nothing but taking the trigger away makes a change older than it is.
      await trx.raw('alter table changes disable trigger refuse_rewriting')
      await trx.raw('update changes set recorded_at = recorded_at - make_interval(mins => ?) where id = ?', [minutes, revision])
      await trx.raw('alter table changes enable trigger refuse_rewriting')
    })
  await age(9)
  expect((await change(revision))?.undoable).toBe(true)
  await age(1)
  expect((await change(revision))?.undoable).toBe(false)
  expect((await refused(await undo(coordinator, revision), 409)).detail).toContain('zehn Minuten')
  expect((await coordinator.fact('stage', opladen))?.content.percent).toBe(98)
})

const factTables = [
  'programmes',
  'build_sections',
  'stages',
  'targets',
  'figures',
  'milestones',
  'funding',
  'district_boundaries',
  'pages',
]

test.each([...factTables, 'changes'])('the database itself refuses to rewrite %s', async (table) => {
  const before = await database(table).count({ rows: '*' }).first()
  expect(Number(before?.rows)).toBeGreaterThan(0)
  const statements = [
    `delete from ${table}`,
    `truncate ${table} cascade`,
    ...(table === 'changes'
      ? ["update changes set known_at = known_at - interval '1 day'", "update changes set reason = 'anders'"]
      : [
          `update ${table} set known_to = clock_timestamp() where known_to = 'infinity'`,
          `update ${table} set known_from = known_from - interval '1 day'`,
          `update ${table} set true_on = '2020'`,
          `update ${table} set retracted = true`,
        ]),
  ]
  for (const statement of statements) {
    await expect(database.raw(statement), statement).rejects.toMatchObject({ code: '23001' })
  }
  expect(await database(table).count({ rows: '*' }).first()).toEqual(before)
})

test('no statement is written without a change, and no change but that of the loader names its known time', async () => {
  const columns = 'id, true_on, source_id, section_id, trade'
  const insert = `insert into stages (${columns}) select ${columns} from stages limit 1`
  await expect(database.raw(insert)).rejects.toMatchObject({ code: '23514' })
  const { rows } = await database.raw(`
    insert into changes (actor, actor_name, reason, known_at, recorded_at) values ('x', 'x', 'vordatiert', '2020-01-01', '2020-01-01')
    returning known_at > clock_timestamp() - interval '1 minute' as "isNow", recorded_at = known_at as "isSame"`)
  expect(rows).toEqual([{ isNow: true, isSame: true }])
})
