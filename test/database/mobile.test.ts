import { describe, expect, it } from 'vitest'
import { today } from '../../server/contract/dates.ts'
import { testApp } from '../support/app.ts'
import { besideManfort, candidateOf, letter, manfort, mast, mobileDesk, point } from '../support/mobile.ts'
import { signIn } from '../support/sign-in.ts'

const app = await testApp()
const desk = await mobileDesk(app)
const { coordinator, create, change, request } = desk

const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)

async function refusal(
  kind: string,
  content: Record<string, unknown>,
): Promise<{ status: number; text: string; fields: string[] }> {
  const response = await coordinator.send('POST', `/api/mobile/records/${kind}`, { content })
  const { detail, errors = [] } = (await response.json()) as { detail: string; errors?: { field: string }[] }
  return { status: response.status, text: detail, fields: errors.map(({ field }) => field) }
}

async function warnings(kind: string, content: Record<string, unknown>, id: string | null = null): Promise<string[]> {
  const response = await coordinator.send('POST', `/api/mobile/records/${kind}/preview`, { id, content })
  expect(response.status).toBe(200)
  return ((await response.json()) as { warnings: { rule: string }[] }).warnings.map(({ rule }) => rule)
}

const step = (on: string, note: string | null = null) => ({ on, note })

describe('a case', () => {
  it('moves through its statuses by its steps alone, and says whom it waits for', async () => {
    const { id } = await create('site_request', letter)
    expect(await request(id)).toMatchObject({ status: 'search_area_received', waiting: { for: 'city', since: '2026-10-12' } })
    const { id: candidateId } = await create('site_candidate', { ...mast, requestId: id })
    const places = [{ id: candidateId, name: mast.name, decision: 'open', point: [expect.any(Number), expect.any(Number)] }]
    expect(await request(id)).toMatchObject({
      status: 'candidates_under_review',
      candidates: 1,
      places,
      districtIds: ['manfort'],
    })
    await change('site_candidate', candidateId, { decision: 'agreed', decidedOn: '2026-10-20' })
    const path: [string, string, string, string | undefined][] = [
      ['site_agreed', '2026-10-20', 'building_law_check', 'city'],
      ['permit_applied', '2026-10-22', 'permit_procedure', 'building_control'],
      ['permit_granted', '2026-11-02', 'site_certificate_pending', 'operator'],
      ['site_certificate_applied', '2026-11-03', 'site_certificate_pending', 'network_agency'],
      ['site_certificate_issued', '2026-11-05', 'ready_to_build', 'operator'],
      ['construction_started', '2026-11-06', 'under_construction', 'operator'],
      ['construction_finished', '2026-11-10', 'under_construction', 'network'],
      ['power_ready', '2026-11-11', 'under_construction', 'network'],
      ['fibre_ready', '2026-11-12', 'under_construction', 'operator'],
      ['commissioning_notified', '2026-11-12', 'commissioning_notified', 'operator'],
      ['in_operation', '2026-11-20', 'in_operation', undefined],
    ]
    for (const [name, on, status, waitsFor] of path) {
      await change('site_request', id, { steps: { [name]: step(on) } })
      const view = await request(id)
      expect([view.status, view.waiting?.for], name).toEqual([status, waitsFor])
    }
    const past = await coordinator.get('/api/mobile/requests?asOf=2026-11-04')
    const { requests } = (await past.json()) as { requests: { id: string; status: string; statusSince: string }[] }
    expect(requests.find((one) => one.id === id)).toMatchObject({ status: 'site_certificate_pending', statusSince: '2026-11-02' })
    const before = await coordinator.get('/api/mobile/requests?asOf=2026-10-11')
    expect(((await before.json()) as { requests: unknown[] }).requests).toEqual([])
  })

  it('tells its history in sentences, can be undone, and refuses who has seen an older version', async () => {
    const { id, version } = await create('site_request', { ...letter, caseNumber: '02-18/2026', operatorSiteCode: 'LEV-2' })
    const { revision } = await change('site_request', id, { steps: { answered: step('2026-10-30', 'Az. 7') } })
    const stale = await coordinator.send('PATCH', `/api/mobile/records/site_request/${id}`, { version, set: { note: 'x' } })
    expect(stale.status).toBe(412)
    expect(((await stale.json()) as { conflicts: { id: string }[] }).conflicts).toMatchObject([{ id }])
    const read = async () =>
      (
        (await (await coordinator.get(`/api/mobile/records/site_request/${id}/history`)).json()) as {
          entries: { sentence: string }[]
        }
      ).entries
    expect((await read())[0]?.sentence).toBe('Standortanfrage 02-18/2026: Mitwirkung erklärt: 30.10.2026, „Az. 7“.')
    expect((await coordinator.send('POST', `/api/changes/${revision}/undo`)).status).toBe(200)
    expect((await request(id)).content.steps).toEqual({})
    const list = (await (await coordinator.get('/api/changes')).json()) as { changes: { sentences: string[] }[] }
    expect(JSON.stringify(list)).toContain('1 Standortanfrage geändert')
  })

  it('keeps its search area to the last bit when something else changes', async () => {
    const { id } = await create('site_request', {
      ...letter,
      operatorSiteCode: 'LEV-3',
      geom: point([7.0170000001, 51.0330000001]),
    })
    const bits = async () =>
      (await app.context.database.raw('select st_asbinary(geom) as bits from site_requests_known(now()) where id = ?', [id]))
        .rows[0].bits
    const before = await bits()
    await change('site_request', id, { note: 'Rückruf' })
    expect(await bits()).toEqual(before)
  })

  it('points out duplicates and neighbours', async () => {
    const { id } = await create('site_request', { ...letter, caseNumber: '02-20/2026', operatorSiteCode: 'LEV-9' })
    expect(await warnings('site_request', { ...letter, operatorSiteCode: ' lev-9 ' })).toContain('same-code')
    expect(await warnings('site_request', { ...letter, operators: ['vodafone'], operatorSiteCode: 'LEV-9' })).not.toContain(
      'same-code',
    )
    const { id: far } = await create('site_request', { ...letter, operatorSiteCode: 'lev-9', geom: point([6.96, 51.06]) })
    const { neighbours } = await request(id)
    expect(neighbours[0]).toMatchObject({ kind: 'site_request', id: far, isSameCode: true })
    expect(neighbours.some(({ isSameCode, distanceM }) => !isSameCode && distanceM === 0)).toBe(true)
  })
})

describe('the building law', () => {
  it('suggests by the rule of the day with its reason, never decides, and gives way to a reasoned override', async () => {
    const { id: requestId } = await create('site_request', { ...letter, operatorSiteCode: 'LEV-30' })
    const { id } = await create('site_candidate', { ...mast, requestId, heritage: true, mastHeightM: 30 })
    const { suggestion } = candidateOf(await request(requestId), id)
    expect(suggestion.finding).toBe('permit_required')
    expect(suggestion.reasons.join(' ')).toContain('30')
    expect(suggestion.reasons.join(' ')).toContain('Denkmal')
    expect(suggestion.legalNote).toBeTruthy()
    await change('site_candidate', id, { builtArea: 'outside' })
    expect(candidateOf(await request(requestId), id).suggestion.finding).toBe('permit_exempt')
    await change('site_candidate', id, { mastHeightM: null })
    expect(candidateOf(await request(requestId), id).suggestion).toMatchObject({ finding: null, ruleId: null })
    expect((await refusal('site_candidate', { ...mast, requestId, permitOverride: 'permit_exempt' })).fields).toEqual([
      'permitOverrideReason',
    ])
  })
})

describe('bad input', () => {
  const cases: [string, Record<string, unknown>, string][] = [
    ['a search area outside the city', { geom: point([13.4, 52.5]) }, 'geom'],
    ['swapped axes', { geom: point([51.033, 7.017]) }, 'geom'],
    ['a radius of 0', { radiusM: 0 }, 'radiusM'],
    ['a radius of 50 km', { radiusM: 50_000 }, 'radiusM'],
    ['a circle without radius', { radiusM: null }, 'radiusM'],
    ['a height of −3 m', { minAntennaHeightM: -3 }, 'minAntennaHeightM'],
    ['a height of 900 m', { minAntennaHeightM: 900 }, 'minAntennaHeightM'],
    ['a receipt in the future', { receivedOn: tomorrow }, 'receivedOn'],
    ['a step in the future', { steps: { in_operation: step(tomorrow) } }, 'steps'],
    ['an unknown step', { steps: { flown: step('2026-10-20') } }, 'steps'],
    ['no operator', { operators: [] }, 'operators'],
    ['an unknown operator', { operators: ['quam'] }, 'operators'],
    ['a pause that ends before it begins', { pauses: [{ from: '2026-10-20', to: '2026-10-19', reason: 'Nachfrage' }] }, 'pauses'],
    ['an attachment that is not there', { attachmentIds: [4711] }, 'attachmentIds'],
    [
      'an area that crosses itself',
      {
        radiusM: null,
        geom: {
          type: 'Polygon',
          coordinates: [
            [
              [7.01, 51.03],
              [7.02, 51.04],
              [7.02, 51.03],
              [7.01, 51.04],
              [7.01, 51.03],
            ],
          ],
        },
      },
      'geom',
    ],
    ['an unknown value', { colour: 'blue' }, 'colour'],
  ]
  it.each(cases)('%s is refused with its field and leaves nothing behind', async (_name, wrong, field) => {
    const count = async () => (await app.context.database('site_requests').count())[0]?.count
    const before = await count()
    const answer = await refusal('site_request', { ...letter, ...wrong })
    expect(answer).toMatchObject({ status: 422, fields: [field] })
    expect(answer.text).toMatch(/[a-zäöü]{4,}.*\./)
    expect(await count()).toBe(before)
  })

  it('of a candidate names its field too', async () => {
    const { id: requestId } = await create('site_request', { ...letter, operatorSiteCode: 'LEV-40' })
    const of = async (wrong: Record<string, unknown>) =>
      (await refusal('site_candidate', { ...mast, requestId, ...wrong })).fields
    expect(await of({ mastHeightM: 900 })).toEqual(['mastHeightM'])
    expect(await of({ requestId: 'q:none' })).toEqual(['requestId'])
    expect(await of({ decision: 'agreed' })).toEqual(['decidedOn'])
    expect(await of({ decision: 'rejected', decidedOn: '2026-10-20' })).toEqual(['decisionReason'])
    expect(await of({ releasedOn: today() })).toEqual(['releasedOn', 'operatorConsentOn'])
    expect(await of({ municipalSiteId: 'm:none' })).toEqual(['municipalSiteId'])
    expect(await of({ geom: point([7.2, 51.2]) })).toEqual(['geom'])
    expect(await warnings('site_candidate', { ...mast, requestId, geom: point([7.03, 51.03]) })).toContain('beyond-search-area')
  })

  it('a file too large or of a forbidden kind is told by its content', async () => {
    const send = (name: string, content: BodyInit) =>
      fetch(`${app.url}/api/mobile/attachments?name=${name}`, {
        method: 'POST',
        body: content,
        headers: {
          Origin: app.context.config.publicBaseUrl,
          Cookie: [...coordinator.cookies].map((pair) => pair.join('=')).join('; '),
          'Content-Type': 'application/octet-stream',
        },
      })
    expect((await send('plan.pdf', '<html><script>')).status).toBe(415)
    expect((await send('plan.png', '%PDF-1.7 …')).status).toBe(422)
    expect((await send('plan.pdf', new Uint8Array(26 * 2 ** 20).fill(37))).status).toBe(413)
    const kept = await send('plan.pdf', '%PDF-1.7 Lageplan')
    expect(kept.status).toBe(200)
    const { id } = (await kept.json()) as { id: number }
    const back = await coordinator.get(`/api/mobile/attachments/${id}`)
    expect(back.headers.get('Content-Disposition')).toContain('plan.pdf')
    expect(await back.text()).toBe('%PDF-1.7 Lageplan')
    const { id: requestId } = await create('site_request', { ...letter, operatorSiteCode: 'LEV-41', attachmentIds: [id] })
    expect((await request(requestId)).attachments).toMatchObject([{ id, name: 'plan.pdf', mediaType: 'application/pdf' }])
  })
})

describe('withdrawal', () => {
  it('is refused while candidates refer to the case, and keeps the history', async () => {
    const { id } = await create('site_request', { ...letter, operatorSiteCode: 'LEV-50' })
    const { id: candidateId } = await create('site_candidate', { ...mast, requestId: id })
    const withdraw = (kind: string, record: string) =>
      coordinator.send('POST', `/api/mobile/records/${kind}/${record}/withdrawal`, { reason: 'Irrtümlich erfasst' })
    expect((await withdraw('site_request', id)).status).toBe(409)
    expect((await withdraw('site_candidate', candidateId)).status).toBe(200)
    expect((await withdraw('site_request', id)).status).toBe(200)
    expect((await coordinator.get(`/api/mobile/requests/${id}`)).status).toBe(404)
    expect((await coordinator.get(`/api/mobile/records/site_request/${id}/history`)).status).toBe(200)
  })
})

describe('what others may', () => {
  it('viewers read, only the mobile coordinator writes', async () => {
    const viewer = await signIn(app, 'viewer')
    expect((await viewer.get('/api/mobile/requests')).status).toBe(200)
    expect((await viewer.send('POST', '/api/mobile/records/site_request', { content: letter })).status).toBe(403)
    const both = await signIn(app, 'mobileCoordinator', 'gigabitCoordinator')
    expect((await both.get('/api/mobile/requests')).status).toBe(200)
    const place = await both.get(`/api/mobile/place?longitude=${besideManfort[0]}&latitude=${besideManfort[1]}`)
    expect(await place.json()).toMatchObject({ districtId: 'manfort', nearestDuct: null })
    expect(manfort).toHaveLength(2)
  })
})
