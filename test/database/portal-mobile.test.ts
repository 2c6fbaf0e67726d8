import { expect, test } from 'vitest'
import type * as z from 'zod/mini'
import { dayOf, today } from '../../server/contract/dates.ts'
import type { listDeadZoneReports } from '../../server/contract/dead-zones.ts'
import { getMobile, type Mobile } from '../../server/contract/portal-mobile.ts'
import { coverageSentence, measuredSentence, spotSentence } from '../../server/contract/portal-mobile-words.ts'
import { testApp } from '../support/app.ts'
import { fillCoverage } from '../support/coverage.ts'
import { mobileDesk } from '../support/mobile.ts'
import { client, signIn } from '../support/sign-in.ts'
import { publicSweep } from '../support/sweep.ts'

const app = await testApp()
const mobile = async (query = ''): Promise<Mobile> =>
  getMobile.response.parse(await (await fetch(`${app.url}${getMobile.path}${query}`)).json())

const city = { id: null, name: 'Leverkusen' }
const opladen = { id: 'opladen', name: 'Opladen' }

test('what people report stays inside until it is published, and remark, decision and exact place for good', async () => {
  const word = 'Geheimbemerkung'
  const place = [7.005432198, 51.068765432] as const
  const { findLeaks, addresses, ask, leaksOf } = await publicSweep(
    app,
    { words: [word], key: 'geheime-kennung', place },
    { values: {}, addresses: ['/api/dead-zone-reports', '/api/dead-zones'] },
  )
  const coordinator = await signIn(app, 'mobileCoordinator')
  const leaks = await findLeaks(async () => {
    const report = { operator: 'telekom', technology: 'none', surroundings: 'indoors', dayPart: 'night' }
    const body = { ...report, seenOn: dayOf(new Date()), point: place, remark: word, filledInMs: 9_000 }
    expect((await client(app).send('POST', '/api/dead-zones', body)).status).toBe(200)
  })
  expect(leaks).toEqual([])
  expect((await mobile()).deadZones).toEqual([])

  const list = async (): Promise<z.infer<(typeof listDeadZoneReports)['response']>> =>
    (await coordinator.get('/api/dead-zone-reports')).json()
  const [report] = (await list()).reports
  expect(report).toMatchObject({ remark: word, status: 'pending' })
  const decide = async (status: string, reason: string | null) => {
    const [{ id, decisions } = { id: 0, decisions: [] }] = (await list()).reports
    const reports = [{ id, decision: decisions[0]?.id ?? null }]
    return coordinator.send('POST', '/api/dead-zone-reports/decisions', { reports, status, reason })
  }
  expect((await decide('rejected', `${word} Grund`)).status).toBe(200)
  expect((await decide('published', `${word} Grund`)).status).toBe(200)
  expect((await mobile()).deadZones).toMatchObject([{ districtId: 'opladen', reports: 1, operators: ['telekom'], noService: 1 }])
  const found = []
  for (const address of addresses) {
    const answer = await ask(address)
    found.push(...leaksOf(answer), ...(answer.text.includes(coordinator.name) ? [address] : []))
  }
  expect(found).toEqual([])
})

test('without an edition it is said that nothing is published, on the page too; unknown districts are a 404', async () => {
  const answer = await mobile()
  expect([answer.editions, answer.coverage, answer.measured]).toEqual([[], [], []])
  expect(coverageSentence(answer, city, '4g', 'de')).toBe('Noch sind keine Angaben zur Mobilfunkversorgung veröffentlicht.')
  expect(spotSentence(answer, null, 'de')).toBe('')
  expect((await fetch(`${app.url}${getMobile.path}?asOf=gestern`)).status).toBe(400)
  expect((await fetch(`${app.url}${getMobile.path}?netz=telekom`)).status).toBe(400)
})

test('coverage, spots, measurements and sites are told by district and for the whole city, each with its edition', async () => {
  await fillCoverage(app)
  await (await mobileDesk(app)).releaseSites()
  const answer = await mobile()
  const datasets = ['authority_coverage', 'deficit_areas', 'drive_test', 'operator_count']
  expect(answer.editions.map(({ dataset }) => dataset).toSorted()).toEqual(datasets)
  const keys = answer.editions.map(({ key }) => key)
  expect(answer.coverage.every(({ edition }) => keys.includes(edition))).toBe(true)

  // The whole city is the sum of its districts.
  const telekom = answer.coverage.filter(({ operator, technology }) => operator === 'telekom' && technology === '4g')
  const [whole] = telekom.filter(({ districtId }) => districtId === null)
  const sum = telekom.filter(({ districtId }) => districtId !== null).reduce((area, { areaM2 }) => area + areaM2, 0)
  expect(telekom.length).toBe(answer.districts.length + 1)
  expect(Math.abs((whole?.areaM2 ?? 0) - sum)).toBeLessThan(1)
  expect(whole?.share).toBeGreaterThan(10)
  expect(whole?.share).toBeLessThan(90)

  expect(coverageSentence(answer, city, '4g', 'de')).toMatch(
    /^In Leverkusen versorgt laut Bundesnetzagentur \(Stand 01\.07\.2026\) mit 4G: Telekom [\d,]+\s% der Fläche\.$/,
  )
  expect(coverageSentence(answer, opladen, '5g', 'de')).toBe('Zu 5G ist nichts veröffentlicht.')
  expect(coverageSentence(answer, opladen, '4g', 'en')).toContain('according to Bundesnetzagentur (as of ')
  expect(spotSentence(answer, null, 'de')).toMatch(/^Weiße Flecken: [\d,]+\s% der Fläche \(/)
  const shown = { operator: 'telekom', technology: '4g' } as const
  expect(answer.measured).toMatchObject([
    { districtId: null, cells: 1, good: 1 },
    { districtId: expect.any(String), cells: 1, good: 1, firstDay: '2026-06-01' },
  ])
  expect(measuredSentence(answer, city, shown, 'de')).toMatch(/auf 100\s% von 1 Feld /)
  expect(measuredSentence(answer, city, { ...shown, operator: '1und1' }, 'de')).toContain('keine Messung')
  expect(answer.sites.length).toBeGreaterThan(0)
  // Before anything was imported.
  expect((await mobile(`?knownAt=2026-01-01&asOf=2026-01-01`)).editions).toEqual([])
  expect((await mobile(`?asOf=${today()}`)).editions).toEqual(answer.editions)
})
