import { expect, test } from 'vitest'
import { readContent } from '../../data/leverkusen/content.ts'
import { loadContent } from '../../data/leverkusen/load.ts'
import type { PublishedStatement } from '../../data/leverkusen/statements.ts'
import { factKinds } from '../../server/contract/facts/index.ts'
import { change } from '../../server/database/change.ts'
import { connect } from '../../server/database/connect.ts'
import { migrate } from '../../server/database/migrate.ts'
import { publishedChange } from '../../server/database/published.ts'
import { emptyDatabase, type TestDatabase, testDatabase } from '../support/database.ts'

const content = readContent()
const changed = await testDatabase()
const moved = await testDatabase()
const kept = await testDatabase()

test('a first start is quick, and the next ones have nothing to do', async () => {
  const address = await emptyDatabase()
  await migrate(address)
  const fresh = connect(address)
  const startedAt = performance.now()
  const first = await loadContent(fresh.database)
  expect(performance.now() - startedAt).toBeLessThan(3000)
  expect(first.statements).toBe(content.statements.length + 13)
  const tables = [...Object.values(factKinds).map(({ table }) => table), 'changes', 'sources', 'boroughs', 'districts', 'places']
  const everything = async () => Promise.all(tables.map((table) => fresh.database(table).select('*').orderBy(1)))
  const loaded = await everything()
  expect(await loadContent(fresh.database)).toEqual({ statements: 0 })
  expect(await everything()).toEqual(loaded)
  await fresh.close()
})

/** The content with one statement more, or another in its place. */
function edited(edit: (statements: PublishedStatement[]) => PublishedStatement[]) {
  return { ...content, statements: edit(content.statements) }
}

function find(id: string, source: string): PublishedStatement {
  const found = content.statements.find((statement) => statement.id === id && statement.source === source)
  if (!found) throw new Error(`no statement ${id} ${source}`)
  return found
}

function withValue(statement: PublishedStatement, value: unknown): PublishedStatement {
  return { ...statement, content: { ...statement.content, value } }
}

async function valuesOf({ database }: TestDatabase, id: string): Promise<number[]> {
  return database('targets').where({ id }).orderBy(['known_from', 'version']).pluck('value')
}

test('a load that fails anywhere leaves nothing behind', async () => {
  const before = await changed.database('changes').max('id')
  const duct = find('breitband:new_duct', 'report-2022-03-28')
  const news = { ...withValue(duct, 1), trueOn: '2022-04', known: '2022-05-01' }
  const tomorrow = { ...withValue(duct, 2), trueOn: '2199', known: '2199-01-01' }
  const stray = {
    ...duct,
    kind: 'section' as const,
    id: 'breitband:nowhere',
    content: { programmeId: 'breitband', districtId: 'nowhere' },
  }
  await expect(
    loadContent(
      changed.database,
      edited((all) => [...all, news, tomorrow]),
    ),
  ).rejects.toThrow(/known in the future/)
  await expect(
    loadContent(
      changed.database,
      edited((all) => [...all, news, stray]),
    ),
  ).rejects.toThrow(/foreign key/)
  expect(await valuesOf(changed, 'breitband:new_duct')).toEqual([72000, 72000, 49000])
  expect(await changed.database('changes').max('id')).toEqual(before)
})

test('an arc that is missing is noticed', async () => {
  const arcs = content.boundaries.arcs.slice(1)
  await expect(loadContent(changed.database, { ...content, boundaries: { ...content.boundaries, arcs } })).rejects.toThrow(
    /boundary-arcs\.txt/,
  )
})

test('only the loader names an earlier known time, and none names a later one', async () => {
  const publication = { actorName: 'Test', reason: 'Zukunft', knownAt: '2199-01-01', assumed: false }
  await expect(publishedChange(changed.database, publication, async () => undefined)).rejects.toThrow(/known in the future/)
  const row = { actor: 'a', actor_name: 'A', reason: 'Versuch', known_at: '2020-01-01', recorded_at: '2020-01-01' }
  const [written] = await changed
    .database('changes')
    .insert({ ...row, origin: 'workbench' })
    .returning('*')
  expect(written.known_at).toBe(written.recorded_at)
  expect(Date.now() - Date.parse(written.known_at)).toBeLessThan(60_000)
  await expect(changed.database('changes').where({ id: written.id }).update({ known_at: '2020-01-01' })).rejects.toThrow(
    /append-only/,
  )
})

test('a corrected file becomes a correction known from now on, once', async () => {
  const cable = find('breitband:fibre_cable', 'report-2022-03-28')
  const corrected = edited((all) => all.map((statement) => (statement === cable ? withValue(cable, 83000) : statement)))
  expect(await loadContent(changed.database, corrected)).toEqual({ statements: 1 })
  expect(await loadContent(changed.database, corrected)).toEqual({ statements: 0 })
  expect(await valuesOf(changed, 'breitband:fibre_cable')).toEqual([82000, 83000])
  const { rows } = await changed.database.raw(
    `select (select value from targets_at('2022-03-28', '2022-04-01') where id = :id) as formerly,
       (select value from targets_at('2022-03-28', now()) where id = :id) as today`,
    { id: cable.id },
  )
  expect(rows).toEqual([{ formerly: 82000, today: 83000 }])
})

test('a fact published earlier takes its place before what was loaded already', async () => {
  const hospital = find('breitband:hospital', 'report-2022-03-28')
  const earlier = edited((all) =>
    all.map((statement) => (statement === hospital ? { ...hospital, known: '2022-03-25' } : statement)),
  )
  expect(await loadContent(moved.database, earlier)).toEqual({ statements: 1 })
  expect(await loadContent(moved.database, earlier)).toEqual({ statements: 0 })
  const { rows } = await moved.database.raw(
    `select (select holds_from from targets_at('2022-03-26', '2022-03-26') where id = :id) as formerly`,
    { id: hospital.id },
  )
  expect(rows).toEqual([{ formerly: '2022-03-25' }])
})

const clerk = { actor: 'clerk', actorName: 'Sachbearbeitung', reason: 'Berichtigung' }

test('what the city has corrected stays as the city says', async () => {
  const households = find('breitband:household', 'report-2022-03-28')
  await change(kept.database, clerk, async (trx) => {
    await trx.raw(
      `insert into targets (id, true_on, source_id, programme_id, quantity, value)
       select id, true_on, source_id, programme_id, quantity, 1380 from targets where id = :id and true_on = '2022-03-28'`,
      { id: households.id },
    )
  })
  expect(await loadContent(kept.database)).toEqual({ statements: 0 })
  const shipped = edited((all) => all.map((statement) => (statement === households ? withValue(households, 1377) : statement)))
  await loadContent(kept.database, shipped)
  expect(await valuesOf(kept, households.id)).toEqual([1332, 1376, 1380])
})

test('a text the city has written is never replaced by the product’s', async () => {
  await change(kept.database, clerk, async (trx) => {
    await trx.raw(
      `insert into pages (id, true_on, source_id, slug, language, title, body)
       select 'impressum:de', '2024-01-01', id, 'impressum', 'de', 'Impressum', 'Der Text der Stadt' from sources limit 1`,
    )
  })
  const page = find('impressum:de', 'product')
  const newer = { ...page, trueOn: '2026-11-22', content: { ...page.content, body: 'Ein neuer Text des Programms' } }
  await loadContent(
    kept.database,
    edited((all) => all.map((statement) => (statement === page ? newer : statement))),
  )
  expect(await kept.database('pages').where({ id: page.id }).orderBy('version').pluck('body')).toEqual([
    page.content.body,
    'Der Text der Stadt',
  ])
})
