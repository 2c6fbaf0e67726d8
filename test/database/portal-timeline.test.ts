import { expect, test } from 'vitest'
import type * as z from 'zod/mini'
import type { getTimeline } from '../../server/contract/portal.ts'
import { portalApp, record } from '../support/portal.ts'

const app = await portalApp()
const timeline = (query = ''): Promise<z.infer<(typeof getTimeline)['response']>> => app.read(`/api/portal/timeline${query}`)
const ofDistrict = async (district: string, query = '') =>
  (await timeline(query)).events
    .filter(({ districtId }) => districtId === district)
    .map(({ day, date, kind, trade }) => [day, date, kind, trade])

test('the timeline begins in 2019, ends today and is in order', async () => {
  const { start, end, events, publications } = await timeline()
  expect(start).toBe('2019-01-01')
  expect(end).toBe(new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Berlin' }))
  expect(events.map(({ day }) => day)).toEqual(events.map(({ day }) => day).toSorted())
  expect(events.every(({ day }) => day >= start && day <= end)).toBe(true)
  expect(publications.map(({ knownAt }) => knownAt)).toEqual([...new Set(publications.map(({ knownAt }) => knownAt))].toSorted())
})

test('trades begin and end on the day from which it is certain', async () => {
  expect(await ofDistrict('hitdorf')).toEqual([
    ['2021-03-31', '2021-03', 'announcement', null],
    ['2021-03-31', '2021-03', 'stage_begun', 'civil_works'],
    ['2021-09-20', 'by 2021-09-20', 'stage_done', 'civil_works'],
  ])
})

test('milestones are told by title in both languages, a planned one as an announcement', async () => {
  const { events } = await timeline()
  expect(events.find(({ kind }) => kind === 'milestone')).toEqual({
    day: '2019-04-30',
    date: '2019-04',
    kind: 'milestone',
    programmeId: 'breitband',
    districtId: null,
    trade: null,
    title: 'Zuschlag an die Bietergemeinschaft NetCologne / EVL',
    titleEn: 'Contract awarded to the bidder group NetCologne / EVL',
  })
  const planned = events.filter(({ kind, title }) => kind === 'announcement' && title?.startsWith('Start der Dienste'))
  expect(planned).toHaveLength(1)
})

test('only what was known by then is on the timeline of the second clock', async () => {
  const then = await timeline('?knownAt=2021-06-01')
  expect(then.events.at(-1)?.day).toBe('2021-04-30')
  expect(then.publications.at(-1)).toEqual({
    knownAt: '2021-04-30T22:00:00.000Z',
    assumed: true,
    citations: ['Kölner Stadt-Anzeiger online, 148091', 'Rheinische Post online, aid-57426015'],
  })
  expect((await timeline('?knownAt=2018-01-01')).events).toEqual([])
})

test('a plan is announced once, and again when it moves; repeating it announces nothing', async () => {
  const stage = { id: 'breitband:wiesdorf:activation', section_id: 'breitband:wiesdorf', trade: 'activation' }
  const count = (await timeline()).publications.length
  await record(app.context, 'stages', 'EVL A', { ...stage, true_on: '2023-01-10', planned_end: '2023-Q4' })
  await record(app.context, 'stages', 'EVL B', { ...stage, true_on: '2023-02-10', planned_end: '2023-Q4', percent: 10 })
  await record(app.context, 'stages', 'EVL C', { ...stage, true_on: '2023-03-10', planned_end: '2024-Q1' })
  const announced = async () => (await ofDistrict('wiesdorf')).filter(([, , , trade]) => trade === 'activation')
  expect(await announced()).toEqual([
    ['2023-01-10', '2023-01-10', 'announcement', 'activation'],
    ['2023-03-10', '2023-03-10', 'announcement', 'activation'],
  ])
  await record(app.context, 'stages', 'EVL C', { ...stage, true_on: '2023-03-10', retracted: true })
  expect(await announced()).toHaveLength(1)
  const { publications } = await timeline()
  expect(publications.slice(count).map(({ citations }) => citations)).toEqual([['EVL A'], ['EVL B'], ['EVL C'], []])
})

test('a trade of a day learnt later appears on its own day', async () => {
  const stage = { id: 'breitband:opladen:fibre_blowing', section_id: 'breitband:opladen', trade: 'fibre_blowing' }
  await record(app.context, 'stages', 'EVL D', {
    ...stage,
    true_on: '2023-06-30',
    actual_start: '2022-05-02',
    actual_end: '2022-07',
  })
  expect((await ofDistrict('opladen')).filter(([, , , trade]) => trade === 'fibre_blowing')).toEqual([
    ['2022-05-02', '2022-05-02', 'stage_begun', 'fibre_blowing'],
    ['2022-07-31', '2022-07', 'stage_done', 'fibre_blowing'],
  ])
  const { sections } = await app.read('/api/portal/districts/opladen?asOf=2022-08-01')
  expect(sections[0].phase).toBe('fibre_blown')
})
