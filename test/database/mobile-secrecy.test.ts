import { describe, expect, it } from 'vitest'
import { endpoints } from '../../server/contract/index.ts'
import { testApp } from '../support/app.ts'
import { letter, mast, point } from '../support/mobile.ts'
import { daysFromNow, participationDesk } from '../support/participation.ts'
import { client } from '../support/sign-in.ts'
import { publicSweep } from '../support/sweep.ts'

const app = await testApp()
const participation = await participationDesk(app)
const { desk } = participation

/** Words and a place that only the mobile desk has. */
const word = 'Geheimwort'
const key = 'geheime-kennung'
const place = [7.016543219, 51.031234567] as const
const elsewhere = [7.0165432, 51.0312345] as const

const ids: Record<string, string> = {}
const { addresses, leaksOf, findLeaks } = await publicSweep(
  app,
  { words: [word, 'geheim@example'], key, place },
  {
    values: {
      collectionId: ['site_requests', 'site_candidates'],
      layer: ['site_requests', 'site_candidates'],
      featureId: [`q:${key}`, `k:${key}`],
    },
    addresses: [
      ...['site_request', 'site_candidate', 'municipal_site'].map((kind) => `/api/mobile/records/${kind}/q:${key}/history`),
      ...['/api/mobile/requests', `/api/mobile/requests/q:${key}`, '/api/mobile/municipal-sites', '/api/mobile/attachments/1'],
      ...[
        '/api/participation/deadlines',
        '/api/participation/requests/q:1',
        '/api/mails',
        '/api/activities',
        '/api/dead-zones/queue',
      ],
      `/kalender/${key}.ics`,
      `/stellungnahme`,
      '/mobilfunk',
      '/mobilfunk/stadtteil/manfort',
      `/api/mobile/place?longitude=${place[0]}&latitude=${place[1]}`,
    ],
  },
)

const secret = {
  caseNumber: `${word} 1`,
  towerCompany: `${word} GmbH`,
  operatorSiteCode: `${word}-2`,
  contactName: `${word} Name`,
  contactEmail: 'geheim@example.org',
  purposeNote: `${word} Zweck`,
  note: `${word} Notiz`,
}
const secretSite = {
  name: `${word} Mast`,
  address: `${word} Weg 1`,
  parcel: `${word} 12`,
  access: `${word} Zufahrt`,
  sensitiveNeighbours: `${word} Kita`,
  developmentPlan: `${word} 5`,
  note: `${word} Notiz`,
  publicName: `${word} öffentlich`,
  publicNote: `${word} Hinweis`,
}

/** What departments, citizens and the log say, and the mails that leave. */
async function plantWhatIsSaid(requestId: string): Promise<void> {
  const [review] = await participation.ask(['fb-63'], { dueOn: daysFromNow(20) }, requestId)
  const said = {
    opinion: 'agreed_with_conditions',
    conditions: `${word} Auflage`,
    remark: `${word} Bemerkung`,
    givenBy: `${word} Amt`,
  }
  const answered = await participation.answer(await participation.token('ask:%'), review?.id ?? 0, said)
  expect(answered.status, await answered.clone().text()).toBe(200)
  const report = {
    operator: 'telekom',
    technology: 'none',
    surroundings: 'outdoors',
    seenOn: daysFromNow(-1),
    dayPart: 'morning',
  }
  const sent = { ...report, point: [...place], remark: `${word} Anmerkung`, filledInMs: 9000 }
  expect((await client(app).send('POST', '/api/dead-zones', sent)).status).toBe(200)
  const call = {
    day: daysFromNow(-1),
    minutes: 45,
    kind: 'call',
    task: 'coordination',
    role: 'mobile',
    description: `${word} Anruf`,
  }
  expect((await desk.coordinator.send('POST', '/api/activities/records/activity', { content: call })).status).toBe(200)
}

describe('search areas, contacts, statements, reporters and unreleased sites stay inside', () => {
  it('whatever a stranger asks for, in every format, as of any day', async () => {
    const leaks = await findLeaks(async () => {
      const { id: requestId } = await desk.create('site_request', { ...letter, ...secret, geom: point(place) })
      const agreed = { decision: 'agreed', decidedOn: '2026-10-20', operatorConsentOn: '2026-10-25' }
      const geom = point(elsewhere)
      const { id: candidateId } = await desk.create('site_candidate', { ...mast, ...secretSite, ...agreed, requestId, geom })
      await desk.change('site_request', requestId, { steps: { site_agreed: { on: '2026-10-20', note: `${word} Az.` } } })
      const roof = {
        name: `${word} Dach`,
        kind: 'roof',
        owner: 'city',
        contact: `${word}`,
        note: `${word}`,
        publicNote: `${word}`,
        geom,
      }
      const { id: siteId } = await desk.create('municipal_site', roof)
      Object.assign(ids, { requestId, candidateId, siteId })
      await plantWhatIsSaid(requestId)
    })
    expect(leaks).toEqual([])
    expect(addresses.length).toBeGreaterThan(200)
  }, 120_000)

  it('nor by what is posted: wrong tokens, wrong shapes', async () => {
    const stranger = client(app)
    const open = endpoints.filter(({ method, access }) => method !== 'get' && access === 'public')
    expect(open.length).toBeGreaterThan(5)
    for (const { method, path } of open)
      for (const sent of [
        {},
        { token: key, reviewId: 1 },
        { token: key, reviewId: 1, opinion: word, givenBy: word, attachmentIds: [1] },
      ]) {
        const answer = await stranger.send(method.toUpperCase(), path.replace(/:\w+/g, '1'), sent)
        const text = (await answer.text()).replaceAll(`„${word}“`, '')
        if (path.startsWith('/api/statement')) expect(answer.status, path).toBeGreaterThanOrEqual(400)
        expect(leaksOf({ address: key, text }), path).toEqual([])
      }
  })

  it('while who may see them finds them all', async () => {
    const text = await (await desk.coordinator.get(`/api/mobile/requests/${ids.requestId}`)).text()
    expect(leaksOf({ address: '', text })).toEqual(expect.arrayContaining([word, 'geheim@example', '7.01654', '51.0312']))
  })

  it('also once the site is released: of the case nothing leaves but operators and technologies', async () => {
    const released = { releasedOn: '2026-10-26', publicName: 'Manfort', publicNote: 'Ersatz für einen Dachstandort' }
    await desk.change('site_candidate', ids.candidateId as string, released)
    const answer = await (await fetch(`${app.url}/ogc/collections/mobile_sites/items?f=json`)).json()
    const [feature] = answer.features
    expect(feature.properties).toMatchObject({
      name: 'Manfort',
      operators: ['telekom'],
      status: 'agreed',
      note: 'Ersatz für einen Dachstandort',
    })
    expect(JSON.stringify(answer)).not.toContain(word)
    expect(JSON.stringify(answer)).not.toContain(ids.requestId)
    const before = await (await fetch(`${app.url}/ogc/collections/mobile_sites/items?f=json&asOf=2026-10-25`)).json()
    expect(before.features).toEqual([])
  })
})
