import { expect, test } from 'vitest'
import { beginChange } from '../../server/database/change.ts'
import { factsApp, read } from '../support/facts.ts'
import { client } from '../support/sign-in.ts'

const { app, database, coordinator } = await factsApp()

/** A statement of the past, as the loader of published facts writes it. */
async function published(section: string, knownAt: string, citation: string, trueOn: string, values: object): Promise<void> {
  await database.transaction(async (trx) => {
    await beginChange(trx, { actor: 'test', actorName: 'Test', reason: 'Nachgeladen' }, { knownAt, assumed: false })
    const [source] = await trx('sources').insert({ citation }).onConflict('citation').merge().returning('id')
    await trx('stages').insert({
      id: `${section}:civil_works`,
      section_id: section,
      trade: 'civil_works',
      true_on: trueOn,
      source_id: source.id,
      ...values,
    })
  })
}

async function phaseAsOf(asOf: string): Promise<string | undefined> {
  const { sections } = await read<{ sections: { id: string; phase: string }[] }>(client(app), `/api/portal/overview?asOf=${asOf}`)
  return sections.find((section) => section.id === 'breitband:manfort')?.phase
}

test('saying again what is known, with a newer Stand, does not make it happen later', async () => {
  await published('breitband:manfort', '2026-03-10T12:00:00Z', 'Bericht März 2026', '2026-03-10', {
    actual_start: '2022-03',
    actual_end: '2026',
  })
  expect([await phaseAsOf('2026-03-09'), await phaseAsOf('2026-03-10')]).toEqual(['civil_works', 'civil_works_done'])
  await coordinator.record('stage', 'breitband:manfort:civil_works', { content: { note: 'Abnahme steht noch aus' } })
  expect([await phaseAsOf('2026-03-09'), await phaseAsOf('2026-03-10')]).toEqual(['civil_works', 'civil_works_done'])
})

test('a correction holds from when the corrected statement held', async () => {
  const id = 'breitband:wiesdorf:civil_works'
  const noteAsOf = async (asOf: string) =>
    (await coordinator.facts('stage', `?asOf=${asOf}`)).find((fact) => fact.id === id)?.content.note
  await published('breitband:wiesdorf', '2026-05-04T12:00:00Z', 'Bericht Mai 2026', '2026', {
    actual_start: '2022-03',
    actual_end: '2026',
    note: 'Tippfeler',
  })
  expect([await noteAsOf('2026-05-03'), await noteAsOf('2026-05-04')]).toEqual([null, 'Tippfeler'])
  await coordinator.record('stage', id, {
    content: { note: 'Tippfehler' },
    trueOn: '2026',
    citation: 'Bericht Mai 2026',
  })
  expect([await noteAsOf('2026-05-03'), await noteAsOf('2026-05-04')]).toEqual([null, 'Tippfehler'])
})

test('a milestone said again, and the tick of a stage, stay on the day they were first known to have happened', async () => {
  await database.transaction(async (trx) => {
    await beginChange(
      trx,
      { actor: 'test', actorName: 'Test', reason: 'Nachgeladen' },
      { knownAt: '2026-04-01T12:00:00Z', assumed: false },
    )
    const [source] = await trx('sources').insert({ citation: 'Bericht April 2026' }).returning('id')
    const said = { id: 'breitband:award', programme_id: 'breitband', slug: 'award', title: 'Zuschlag', actual: '2026' }
    await trx('milestones').insert({ ...said, true_on: '2026-04-01', source_id: source.id })
  })
  const days = async () => {
    const { events } = await read<{ events: { kind: string; day: string; date: string }[] }>(client(app), '/api/portal/timeline')
    return events.filter((event) => event.date === '2026').map((event) => `${event.kind} ${event.day}`)
  }
  expect(await days()).toEqual(expect.arrayContaining(['milestone 2026-04-01', 'stage_done 2026-03-10']))
  await coordinator.record('milestone', 'breitband:award', { content: { note: 'noch einmal gesagt' } })
  expect(await days()).toEqual(expect.arrayContaining(['milestone 2026-04-01', 'stage_done 2026-03-10']))
})
