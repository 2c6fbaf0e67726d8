import { describe, expect, test } from 'vitest'
import { areaRings, circleOf, distanceOf, ringOf } from '../../client/mobile/circle.ts'
import { csvOf } from '../../client/mobile/csv.ts'
import { type CaseDeadline, mostPressing, urgencyOf } from '../../client/mobile/deadlines.ts'
import { readCorners } from '../../client/mobile/form/corners.ts'
import { byAttention, queuesOf, stages } from '../../client/mobile/list/order.ts'
import { fits, readDisplay, readFilter } from '../../client/mobile/list/query.ts'
import { siteStatuses } from '../../server/contract/mobile/codes.ts'
import type { RequestSummary } from '../../server/contract/mobile.ts'

function request(id: string, more: Partial<RequestSummary> = {}, content: Partial<RequestSummary['content']> = {}) {
  return {
    id,
    status: 'candidates_under_review',
    statusSince: '2026-10-01',
    waiting: { for: 'city', since: '2026-10-01', what: 'Kandidaten abstimmen' },
    districtIds: ['opladen'],
    agreed: null,
    ...more,
    content: { operators: ['telekom'], caseType: 'new_macro', operatorSiteCode: 'LEV0471', caseNumber: null, ...content },
  } as RequestSummary
}

const waits = (id: string, whom: 'city' | 'operator', since: string) =>
  request(id, { waiting: { for: whom, since, what: 'etwas' } })

describe('The list of cases', () => {
  test('every status has its one column on the board', () => {
    expect(stages.flatMap(({ statuses }) => statuses).toSorted()).toEqual(siteStatuses.keys.toSorted())
  })

  test('what presses comes first, then what waits for the coordination, then what has waited longest; what is over comes last', () => {
    const missed = waits('missed', 'operator', '2026-11-01')
    const over = [
      request('older', { waiting: null, statusSince: '2024-01-01' }),
      request('newer', { waiting: null, statusSince: '2025-01-01' }),
    ]
    const list = [...over, waits('long', 'operator', '2025-01-01'), waits('mine', 'city', '2026-11-10'), missed]
    const order = list.toSorted(byAttention((one) => (one === missed ? 0 : 5))).map(({ id }) => id)
    expect(order).toEqual(['missed', 'mine', 'long', 'newer', 'older'])
  })

  test('queues: whoever keeps somebody waiting longest stands first, and nobody waits in none', () => {
    const list = [waits('a', 'city', '2026-05-01'), waits('b', 'operator', '2025-05-01'), request('c', { waiting: null })]
    const queues = queuesOf([...list, waits('d', 'city', '2026-01-01')])
    expect(queues.map(({ for: whom, requests }) => [whom, requests.map(({ id }) => id)])).toEqual([
      ['operator', ['b']],
      ['city', ['d', 'a']],
    ])
  })

  test('the filter of the address narrows by every part; what is not understood is left out', () => {
    const query = new URLSearchParams('betreiber=telekom&status=gibtesnicht&suche=lev0471 opladen&wartet=city&ansicht=tabelle')
    const filter = readFilter(query)
    expect(filter).toEqual({ operator: 'telekom', q: 'lev0471 opladen', waiting: 'city' })
    expect([readDisplay(query), readDisplay(new URLSearchParams('ansicht=toString'))]).toEqual(['tabelle', 'tafel'])
    const nameOf = (id: string) => (id === 'opladen' ? 'Opladen' : id)
    expect(fits(request('a'), filter, nameOf)).toBe(true)
    expect(fits(request('a', {}, { operators: ['vodafone'] }), filter, nameOf)).toBe(false)
    expect(fits(request('a', { waiting: null }), filter, nameOf)).toBe(false)
    expect(fits(request('a', { districtIds: [] }), filter, nameOf)).toBe(false)
    expect(fits(request('a'), { status: 'in_operation' }, nameOf)).toBe(false)
    expect(fits(request('a'), { district: 'manfort' }, nameOf)).toBe(false)
  })

  test('the most pressing open deadline is shown, none when all are met', () => {
    const clock = (light: CaseDeadline['light'], dueOn: string | null, metOn: string | null = null): CaseDeadline => ({
      name: light,
      dueOn,
      light,
      metOn,
    })
    const clocks = [
      clock('missed', '2026-01-01', '2026-02-01'),
      clock('green', '2026-12-24'),
      clock('yellow', '2026-12-01'),
      clock('paused', null),
    ]
    expect(mostPressing(clocks)?.light).toBe('yellow')
    expect(mostPressing([clock('met', '2026-01-01', '2025-12-24')])).toBeNull()
    expect(urgencyOf(clock('missed', '2026-01-01'))).toBeLessThan(urgencyOf(null))
  })

  test('the file for spreadsheets quotes, and runs nothing as a formula', () => {
    expect(csvOf([['a;b', 'sagt "ja"', '=1+1', '-5']])).toBe('\uFEFF"a;b";"sagt ""ja""";\'=1+1;\'-5\r\n')
  })
})

describe('A search area', () => {
  test.each([50, 300, 5000])('of %d m is a ring that far from its centre, and is read back', (radiusM) => {
    const center: [number, number] = [6.988, 51.034]
    const ring = ringOf({ center, radiusM })
    expect(ring.at(-1)).toEqual(ring[0])
    for (const corner of ring) expect(Math.abs(distanceOf(center, corner) / radiusM - 1)).toBeLessThan(0.002)
    const read = circleOf(ring)
    expect(distanceOf(read.center, center)).toBeLessThan(1)
    expect(Math.abs(read.radiusM - radiusM)).toBeLessThanOrEqual(Math.ceil(radiusM * 0.002))
  })

  test('that is a polygon is drawn as it is, without heights', () => {
    const geom = {
      type: 'Polygon' as const,
      coordinates: [
        [
          [7, 51, 90],
          [7.01, 51, 90],
          [7, 51.01, 90],
          [7, 51, 90],
        ],
      ],
    }
    expect(areaRings({ geom, radiusM: null })?.[0]?.[0]).toEqual([7, 51])
    expect(areaRings({ geom: null, radiusM: null })).toBeNull()
  })

  test('that is typed corner by corner is closed, and a line that is none is named', () => {
    const typed = '51,034 6,988\n51.04 6.99\n51,04; 6,97\n'
    const ring = [
      [6.988, 51.034],
      [6.99, 51.04],
      [6.97, 51.04],
      [6.988, 51.034],
    ]
    expect(readCorners(typed)).toEqual({ ok: true, geometry: { type: 'Polygon', coordinates: [ring] } })
    expect(readCorners('51,034 6,988\nhier\n51 7')).toMatchObject({ ok: false, reason: expect.stringContaining('Zeile 2') })
    expect(readCorners('51 7\n51 7,1')).toMatchObject({ ok: false, reason: expect.stringContaining('drei Ecken') })
  })
})
