import { describe, expect, it } from 'vitest'
import type { Change } from '../../server/contract/facts.ts'
import type { ObjectRow, ObjectStatement, ObjectTotals } from '../../server/contract/objects.ts'
import { body, read, refused } from '../support/facts.ts'
import { basis, household, objectsApp, trench } from '../support/objects.ts'
import { signIn } from '../support/sign-in.ts'

const { app, coordinator, viewer, database, record } = await objectsApp()

interface List {
  objects: ObjectRow[]
  next: string | null
  totals: ObjectTotals | null
  revision: number
}
interface Written {
  revision: number
  count: number
  unchanged: number
  sentence: string
  warnings: { rule: string; count: number }[]
}

const list = (query: string) => read<List>(viewer, `/api/objects/${query}`)
const ids = ({ objects }: List) => objects.map(({ id }) => id)
const change = async (wish: object, kind = 'premises') =>
  coordinator.send('POST', `/api/objects/${kind}/changes`, { ...basis, ...wish })
const revision = async () => (await list('premises?limit=1')).revision

await record('premises', [
  household('a', { operator: 'EVL', name: 'Lindenhof', units: 3, geom: { type: 'Point', coordinates: [6.99, 51.05] } }),
  household('b', { operator: 'EVL', state: 'passed', steps: { passed: '2021-10' }, units: 1 }),
  household('c', { districtId: 'manfort', kind: 'business', state: 'connected', steps: { connected: '2022-01-15' }, units: 2 }),
  household('d', { districtId: 'manfort', externalId: 'X-77', units: 8 }),
])

describe('lists of objects', () => {
  it('filter, sort, and say what all that fits amounts to', async () => {
    const all = await list('premises')
    expect(ids(all)).toEqual(['p:a', 'p:b', 'p:c', 'p:d'])
    expect(all.totals).toMatchObject({ count: 4, units: 14, lengthM: null })
    expect(all.totals?.bounds?.[0]).toBeCloseTo(6.99, 4)
    expect(all.objects[0]).toMatchObject({ status: 'eligible', districtIds: ['opladen'], address: null, trueOn: '2022-03-28' })
    expect(ids(await list('premises?districtId=manfort&sort=-units'))).toEqual(['p:d', 'p:c'])
    expect(ids(await list('premises?state=passed,connected'))).toEqual(['p:b', 'p:c'])
    expect(ids(await list('premises?premisesKind=business'))).toEqual(['p:c'])
    expect(ids(await list('premises?q=linden'))).toEqual(['p:a'])
    expect(ids(await list('premises?q=x 77'))).toEqual(['p:d'])
    expect(ids(await list('premises?q=100%25'))).toEqual([])
    expect(ids(await list('premises?bbox=6.98,51.04,7,51.06'))).toEqual(['p:a'])
    expect(ids(await list('premises?lacks=location'))).toEqual(['p:b', 'p:c', 'p:d'])
    expect(ids(await list('premises?status=laid'))).toEqual([])
    expect((await read<{ operators: object[] }>(viewer, '/api/objects/premises/operators')).operators).toEqual([
      { name: 'EVL', count: 2 },
    ])
  })

  it('page by key: every object once, whatever they are sorted by', async () => {
    for (const sort of [
      'id',
      'units',
      '-units',
      'name',
      '-operator',
      'state',
      'changed',
      'trueOn',
      'district',
      'address',
      'kind',
    ]) {
      const seen: string[] = []
      let after = ''
      do {
        const page = await list(`premises?limit=1&sort=${sort}${after && `&after=${after}`}`)
        seen.push(...ids(page))
        expect(page.totals === null).toBe(after !== '')
        after = page.next ?? ''
      } while (after)
      expect(seen.toSorted(), sort).toEqual(['p:a', 'p:b', 'p:c', 'p:d'])
    }
    await refused(await viewer.get('/api/objects/premises?after=unsinn'), 400)
    await refused(await viewer.get('/api/objects/premises?state=unsinn'), 400)
    await refused(await viewer.get('/api/objects/unsinn'), 400)
  })

  it('are read as of a day: before the Stand, what the dates of the steps say', async () => {
    const then = await list('premises?asOf=2021-11-15')
    expect(then.objects.map(({ id, status }) => [id, status])).toEqual([['p:b', 'passed']])
    expect(ids(await list('premises?asOf=2021-11-15&knownAt=2021-12-01'))).toEqual([])
  })
})

describe('changing many objects', () => {
  it('previews, writes one change, tells it in the history, and is undone', async () => {
    const wish = { filter: { districtId: 'opladen' }, revision: await revision(), set: { operator: 'Neu AG' } }
    const forecast = await body<Written>(
      await coordinator.send('POST', '/api/objects/premises/changes/preview', { ...wish, trueOn: '2026-11-20' }),
    )
    expect(forecast).toMatchObject({ count: 2, unchanged: 0, sentence: '2 Anschlussobjekte: Betreiber → „Neu AG“.' })
    expect(ids(await list('premises?operator=Neu AG'))).toEqual([])
    const written = await body<Written>(await change(wish))
    expect(written.count).toBe(2)
    expect(ids(await list('premises?operator=Neu AG'))).toEqual(['p:a', 'p:b'])
    expect(ids(await list(`premises?changeId=${written.revision}`))).toEqual(['p:a', 'p:b'])
    const { changes } = await read<{ changes: Change[] }>(coordinator, '/api/changes?limit=1')
    expect(changes[0]).toMatchObject({
      id: written.revision,
      undoable: true,
      reason: 'Abnahme',
      sentences: ['2 Anschlussobjekte geändert.'],
    })
    await body(await coordinator.send('POST', `/api/changes/${written.revision}/undo`))
    expect(ids(await list('premises?operator=EVL'))).toEqual(['p:a', 'p:b'])
    const { object, statements } = await read<{ object: ObjectRow; statements: ObjectStatement[] }>(
      viewer,
      '/api/objects/premises/p:a',
    )
    expect(object.content.operator).toBe('EVL')
    expect(statements.map(({ retracted, sentence }) => [retracted, sentence])).toEqual([
      [true, 'Zurückgezogen.'],
      [false, 'Betreiber „EVL“ → „Neu AG“.'],
      [false, expect.stringMatching(/^Neu: .*Betreiber „EVL“/)],
    ])
  })

  it('is undone only by who may record objects', async () => {
    const written = await body<Written>(await change({ ids: ['p:a'], revision: await revision(), set: { note: 'x' } }))
    const mobile = await signIn(app, 'mobileCoordinator')
    await refused(await mobile.send('POST', `/api/changes/${written.revision}/undo`), 403)
    await body(await coordinator.send('POST', `/api/changes/${written.revision}/undo`))
  })

  it('keeps the steps that are not named, removes those set to null', async () => {
    const at = await revision()
    await body(await change({ ids: ['p:b'], revision: at, set: { state: 'connected', steps: { connected: '2022-02' } } }))
    const [now] = (await list('premises?q=b')).objects.filter(({ id }) => id === 'p:b')
    expect(now?.content).toMatchObject({ state: 'connected', steps: { passed: '2021-10', connected: '2022-02' } })
    const back = { ids: ['p:b'], revision: await revision(), set: { state: 'passed' } }
    const problem = await refused(await change(back), 422)
    expect(problem.errors?.[0]).toMatchObject({ field: 'set.state', detail: expect.stringContaining('widerspricht dem Datum') })
    const written = await body<Written>(await change({ ...back, set: { state: 'passed', steps: { connected: null } } }))
    expect(written.warnings.map(({ rule }) => rule)).toEqual(['state-backwards'])
    expect((await list('premises?state=passed')).objects[0]?.content.steps).toEqual({ passed: '2021-10' })
  })

  it('is refused whole where somebody else was faster, with what is known now', async () => {
    const before = await revision()
    await body(await change({ ids: ['p:d'], revision: before, set: { units: 9 } }))
    const one = await refused(await change({ ids: ['p:d'], revision: before, set: { units: 10 } }), 412)
    expect(one.conflicts?.[0]).toMatchObject({ id: 'p:d', current: { content: { units: 9 } } })
    const many = await refused(await change({ filter: {}, revision: before, set: { operator: 'Z' } }), 412)
    expect(many.conflicts).toHaveLength(1)
    expect(ids(await list('premises?operator=Z'))).toEqual([])
  })

  it.each([
    [{ set: { units: 0 } }, 'set.units'],
    [{ set: { unsinn: 1 } }, 'set.unsinn'],
    [{ set: { key: 'neu' } }, 'set.key'],
    [{ set: { programmeId: 'gibt-es-nicht' } }, 'set.programmeId'],
    [{ set: { addressId: 'gibtesnicht' } }, 'set.addressId'],
    [{ set: { districtId: 'atlantis' } }, 'set.districtId'],
    [{ set: { steps: { connected: '2039' }, state: 'connected' } }, 'set.steps'],
    [{ set: { schoolType: 'primary' } }, 'set.schoolType'],
    [{ set: {} }, 'set'],
    [{ trueOn: '2039-01-01', set: { note: 'morgen' } }, 'trueOn'],
    [{ set: { note: 'x' }, ids: undefined }, 'ids'],
    [{ set: { note: 'x' }, filter: {} }, 'ids'],
    [{ set: { geom: { type: 'Point', coordinates: [13.4, 52.5] } } }, 'set.geom'],
    [{ set: { geom: { type: 'Point', coordinates: [51.05, 6.99] } } }, 'set.geom'],
    [{ set: { geom: { type: 'LineString', coordinates: [[6.9, 51]] } } }, 'set.geom'],
  ])('refuses %j and names the field', async (wish, field) => {
    const problem = await refused(await change({ ids: ['p:a'], revision: await revision(), ...wish }), 422)
    expect(problem.errors?.map((error) => error.field)).toContain(field)
  })

  it('does not know objects that never were', async () => {
    await refused(await change({ ids: ['p:nie'], revision: await revision(), set: { note: 'x' } }), 404)
    await refused(await viewer.get('/api/objects/premises/p:nie'), 404)
  })
})

describe('a new object', () => {
  it('gets its district from where it lies, and is withdrawn and brought back', async () => {
    const wish = {
      ...basis,
      content: { kind: 'household', state: 'eligible', geom: { type: 'Point', coordinates: [6.985, 51.03] } },
    }
    const made = await body<Written & { id: string }>(await coordinator.send('POST', '/api/objects/premises', wish))
    const { objects } = await list('premises?sort=-changed&limit=1')
    expect(objects[0]).toMatchObject({ id: made.id, content: { units: 1, steps: {}, districtId: expect.any(String) } })
    const away = { ids: [made.id], revision: made.revision, reason: 'doppelt' }
    const gone = await body<Written>(await coordinator.send('POST', '/api/objects/premises/withdrawals', away))
    expect((await read<{ object: unknown }>(viewer, `/api/objects/premises/${made.id}`)).object).toBeNull()
    await refused(await change({ ids: [made.id], revision: made.revision, set: { note: 'x' } }), 412)
    const { changes } = await read<{ changes: Change[] }>(coordinator, '/api/changes?limit=1')
    expect(changes[0]?.sentences).toEqual(['1 Anschlussobjekt zurückgezogen.'])
    await body(await coordinator.send('POST', `/api/changes/${gone.revision}/undo`))
    expect((await read<{ object: ObjectRow }>(viewer, `/api/objects/premises/${made.id}`)).object.id).toBe(made.id)
  })

  it('is refused twice under one key, and where something is missing', async () => {
    const wish = { ...basis, content: { key: 'a', kind: 'household', state: 'eligible', districtId: 'opladen' } }
    expect((await refused(await coordinator.send('POST', '/api/objects/premises', wish), 409)).detail).toContain('gibt es schon')
    const nowhere = { ...basis, content: { kind: 'household', state: 'eligible' } }
    const problem = await refused(await coordinator.send('POST', '/api/objects/premises', nowhere), 422)
    expect(problem.errors?.[0]?.field).toBe('content.districtId')
  })

  it('at an official address lies there and bears its name', async () => {
    await database.raw(`select record_streets('[{"key": "12000", "name": "Kölner Straße"}]')`)
    await database.raw(`insert into addresses (id, street_key, house_number, suffix, geom, district_id)
      values ('denw1', '12000', 12, 'a', st_transform(st_point(6.99, 51.06, 4326), 25832), 'opladen')`)
    const wish = { ...basis, content: { kind: 'household', state: 'eligible', addressId: 'denw1' } }
    const { id, sentence } = await body<Written & { id: string }>(await coordinator.send('POST', '/api/objects/premises', wish))
    expect(id).toBe('p:denw1-household')
    expect(sentence).toMatch(/^Anschlussobjekt Kölner Straße 12a: neu/)
    const { objects } = await list('premises?q=koelner 12a'.replace('oe', 'ö'))
    expect(objects[0]).toMatchObject({ id, address: 'Kölner Straße 12a', districtIds: ['opladen'] })
    expect(objects[0]?.point?.[0]).toBeCloseTo(6.99, 6)
    const place = await read<object>(viewer, '/api/places/at?longitude=6.9901&latitude=51.06')
    expect(place).toMatchObject({ address: { id: 'denw1', label: 'Kölner Straße 12a', distanceM: 7 } })
  })
})

describe('tiles of objects', () => {
  it('hold each kind in its layer, for staff only, and premises in cells from afar', async () => {
    await record('route', [
      trench('t', [
        [6.99, 51.05],
        [6.991, 51.05],
      ]),
    ])
    const far = await viewer.get('/api/objects/tiles/10/531/342.mvt')
    expect(far.status).toBe(200)
    const text = Buffer.from(await far.arrayBuffer()).toString('latin1')
    expect(text).toContain('premises_count')
    expect(text).not.toContain('p:a')
    const near = await viewer.get('/api/objects/tiles/14/8510/5481.mvt')
    const close = Buffer.from(await near.arrayBuffer()).toString('latin1')
    expect(close).toContain('p:a')
    expect(close).toContain('r:t')
    expect(near.headers.get('Cache-Control')).toContain('no-store')
    const filtered = await viewer.get('/api/objects/tiles/14/8510/5481.mvt?kinds=route&status=planned')
    expect(filtered.status).toBe(204)
    await refused(await viewer.get('/api/objects/tiles/3/9/0.mvt'), 400)
  })
})
