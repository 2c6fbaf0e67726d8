import { expect, test } from 'vitest'
import type { Change, Draft } from '../../server/contract/facts.ts'
import { emptyStage, factsApp, read, staff } from '../support/facts.ts'

const { app, database, coordinator } = await factsApp()
const trades = ['planning', 'permit', 'duct_laying', 'fibre_blowing', 'splicing_measurement', 'house_connection']

/** Known times of statements of the same fact, day and source that do not join: a gap or an overlap. */
async function brokenHistory(): Promise<unknown[]> {
  const { rows } = await database.raw(`
    select s.id, s.version, s.known_to, n.known_from from stages s
    left join lateral (
      select n.known_from from stages n
      where n.id = s.id and n.true_on = s.true_on and n.source_id = s.source_id and n.known_from > s.known_from
      order by n.known_from limit 1) n on true
    where s.known_to is distinct from coalesce(n.known_from, 'infinity')`)
  return rows
}

test('many publications of different facts at once all arrive, each in a change of its own', async () => {
  const prepared = await Promise.all(
    trades.map(async (trade) => {
      const author = await staff(app, 'gigabitCoordinator')
      const content = { ...emptyStage, sectionId: 'breitband:opladen', trade, plannedEnd: '2027' }
      return { author, draft: await author.draft('stage', `breitband:opladen:${trade}`, { content }) }
    }),
  )
  const revisions = await Promise.all(prepared.map(({ author, draft }) => author.publish(draft)))
  expect(new Set(revisions).size).toBe(trades.length)
  const { rows } = await database.raw('select id from changes order by id desc limit 1')
  const { revision } = (await read<{ clocks: { revision: number } }>(coordinator, '/api/portal/overview')).clocks
  expect(revision).toBe(rows[0].id)
  expect(await brokenHistory()).toEqual([])
})

test('of many who publish the same fact from the same ground exactly one gets through', async () => {
  const id = 'breitband:manfort:civil_works'
  const authors = await Promise.all(Array.from({ length: 8 }, () => staff(app, 'gigabitCoordinator')))
  for (let round = 0; round < 3; round++) {
    const drafts = await Promise.all(
      authors.map((author, index) => author.draft('stage', id, { content: { note: `Runde ${round}, Person ${index}` } })),
    )
    const answers = await Promise.all(authors.map((author, index) => author.publishing(drafts[index] as Draft)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(7).fill(412)])
    const winner = answers.findIndex(({ status }) => status === 200)
    expect((await coordinator.fact('stage', id))?.content.note).toBe(`Runde ${round}, Person ${winner}`)
  }
  expect(await brokenHistory()).toEqual([])
})

test('the same draft published twice at once is published once', async () => {
  const draft = await coordinator.draft('stage', 'breitband:hitdorf:civil_works', { content: { percent: 42 } })
  const answers = await Promise.all([coordinator.publishing(draft), coordinator.publishing(draft), coordinator.publishing(draft)])
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(1)
  expect(statuses.every((status) => [200, 404, 409].includes(status))).toBe(true)
})

test('corrections, undos and redos at once leave one known version of each statement and a history in the order of its numbers', async () => {
  const authors = await Promise.all(Array.from({ length: 4 }, () => staff(app, 'gigabitCoordinator')))
  const id = 'breitband:wiesdorf:civil_works'
  await coordinator.record('stage', id, { content: { percent: 1 } })
  await Promise.all(
    authors.map(async (author, person) => {
      for (let turn = 0; turn < 6; turn++) {
        const answer = await author.publishing(await author.draft('stage', id, { content: { percent: person * 10 + turn } }))
        if (answer.status !== 200) continue
        const { revision } = (await answer.json()) as { revision: number }
        await author.send('POST', `/api/changes/${revision}/undo`)
      }
    }),
  )
  expect(await brokenHistory()).toEqual([])
  const { rows } = await database.raw(
    `select count(*) filter (where known_to = 'infinity') as open, count(*) as all from stages
     where id = ? and true_on = '2026-11-20' group by source_id`,
    [id],
  )
  expect(rows).toHaveLength(1)
  expect(rows[0].open).toBe(1)
  expect(rows[0].all).toBeGreaterThan(4)
  const { rows: order } = await database.raw(`
    select id from (select id, known_at, lag(known_at) over (order by id) as previous from changes where origin = 'workbench') c
    where known_at <= previous`)
  expect(order).toEqual([])
  const { changes } = await read<{ changes: Change[] }>(coordinator, '/api/changes?limit=200')
  expect(changes.every(({ sentences }) => sentences.length > 0)).toBe(true)
})

test('reading while others publish sees whole changes only', async () => {
  const ids = ['breitband:schlebusch:civil_works', 'breitband:alkenrath:civil_works']
  let isWriting = true
  const writing = (async () => {
    for (let turn = 1; turn <= 8; turn++) {
      const drafts: Draft[] = []
      for (const id of ids) drafts.push(await coordinator.draft('stage', id, { content: { note: `Stand ${turn}` } }))
      await coordinator.publish(...drafts)
    }
    isWriting = false
  })()
  const reader = await staff(app, 'viewer')
  const pairs: unknown[][] = []
  while (isWriting) {
    const facts = await reader.facts('stage')
    pairs.push(ids.map((id) => facts.find((fact) => fact.id === id)?.change.id))
  }
  await writing
  const torn = pairs.filter(([one, other]) => one !== other)
  expect(pairs.length).toBeGreaterThan(8)
  expect(torn).toEqual([])
})
