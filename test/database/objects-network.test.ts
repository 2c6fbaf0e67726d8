import { describe, expect, it } from 'vitest'
import type { ObjectRow, ObjectTotals } from '../../server/contract/objects.ts'
import { body, read, refused } from '../support/facts.ts'
import { basis, objectsApp, trench } from '../support/objects.ts'

const { coordinator, viewer, database, record } = await objectsApp()

interface List {
  objects: ObjectRow[]
  totals: ObjectTotals
  revision: number
}
const routes = (query = '') => read<List>(viewer, `/api/objects/route${query}`)
const revision = async () => (await routes()).revision
const post = (path: string, content: object) => coordinator.send('POST', `/api/${path}`, content)

const straight = [
  [6.99, 51.03],
  [6.995, 51.031],
  [7.0, 51.033],
] as const

describe('network', () => {
  it('has lengths of ST_Length in EPSG:25832, to a millimetre, singly and in sum', async () => {
    await record('route', [trench('eins', straight, { externalId: 'EVL-1' }), trench('zwei', [straight[2], [7.002, 51.034]])])
    const { objects, totals } = await routes()
    const { rows } = await database.raw(
      `select st_length(st_transform(st_geomfromgeojson(?), 25832)) as m union all select st_length(st_transform(st_geomfromgeojson(?), 25832))`,
      [
        JSON.stringify({ type: 'LineString', coordinates: straight }),
        JSON.stringify({ type: 'LineString', coordinates: [straight[2], [7.002, 51.034]] }),
      ],
    )
    expect(Math.abs((objects[0]?.lengthM ?? 0) - rows[0].m)).toBeLessThan(0.001)
    expect(Math.abs((totals.lengthM ?? 0) - rows[0].m - rows[1].m)).toBeLessThan(0.001)
    expect(objects[0]?.districtIds.length).toBeGreaterThan(0)
    const { lengthM } = await body<{ lengthM: number }>(
      await post('network/length', { geom: { type: 'LineString', coordinates: straight } }),
    )
    expect(Math.abs(lengthM - rows[0].m)).toBeLessThan(0.001)
  })

  it('is split without changing the metres of any day, and undone', async () => {
    const metres = async (asOf: string) => (await routes(`?asOf=${asOf}&q=eins`)).totals.lengthM ?? 0
    const days = ['2021-10-15', '2022-01-01', '2026-11-01']
    const before = await Promise.all(days.map(metres))
    expect(before[0]).toBeGreaterThan(100)
    const wish = { at: [6.995, 51.0311], reason: 'Abzweig', revision: await revision() }
    const parts = await body<{ ids: string[]; lengthsM: number[]; revision: number }>(
      await post('network/route/r:eins/split', wish),
    )
    expect(parts.ids).toEqual(['r:eins', 'r:eins-2'])
    const after = await Promise.all(days.map(metres))
    for (const [index, length] of before.entries()) expect(Math.abs((after[index] ?? 0) - length)).toBeLessThan(0.001)
    const { objects } = await routes('?q=eins')
    expect(objects.map(({ content }) => content.externalId)).toEqual(['EVL-1', null])
    await body(await coordinator.send('POST', `/api/changes/${parts.revision}/undo`))
    expect((await routes('?q=eins')).objects.map(({ id }) => id)).toEqual(['r:eins'])
  })

  it('is split only on the line and not at its ends', async () => {
    const at = async (longitude: number, latitude: number) =>
      refused(
        await post('network/route/r:eins/split', { at: [longitude, latitude], reason: 'Abzweig', revision: await revision() }),
        422,
      )
    expect((await at(6.995, 51.04)).errors?.[0]?.detail).toMatch(/neben der Linie/)
    expect((await at(6.99, 51.03)).errors?.[0]?.detail).toMatch(/am Ende/)
    await refused(await post('network/route/r:eins/split', { at: [6.995, 51.031], reason: 'alt', revision: 0 }), 412)
  })

  it('is merged where lines touch and say the same', async () => {
    await record('route', [
      trench('fern', [
        [7.01, 51.03],
        [7.011, 51.03],
      ]),
      trench(
        'anders',
        [
          [7.002, 51.034],
          [7.003, 51.034],
        ],
        { surface: 'sealed' },
      ),
    ])
    const merge = async (ids: string[]) => post('network/route/merge', { ids, reason: 'eine Trasse', revision: await revision() })
    expect((await refused(await merge(['r:eins', 'r:fern']), 422)).detail).toMatch(/berühren sich nicht/)
    expect((await refused(await merge(['r:zwei', 'r:anders']), 422)).detail).toMatch(/unterscheiden sich in „Oberfläche“/)
    const { totals } = await routes()
    const merged = await body<{ id: string; lengthM: number }>(await merge(['r:zwei', 'r:eins']))
    expect(merged.id).toBe('r:zwei')
    const after = await routes()
    expect(after.objects.map(({ id }) => id)).toEqual(['r:anders', 'r:fern', 'r:zwei'])
    expect(Math.abs((after.totals.lengthM ?? 0) - (totals.lengthM ?? 0))).toBeLessThan(0.001)
  })

  it.each([
    [
      [
        [6.99, 51.03],
        [6.99, 51.03],
      ],
      /keine Länge/,
    ],
    [
      [
        [13.4, 52.5],
        [13.41, 52.5],
      ],
      /mehr als 1 km außerhalb/,
    ],
    [
      [
        [51.03, 6.99],
        [51.031, 6.995],
      ],
      /vertauscht/,
    ],
    [[[6.99]], /Linie/],
  ])('refuses the line %j', async (coordinates, detail) => {
    const content = { status: 'planned', geom: { type: 'LineString', coordinates } }
    const problem = await refused(await post('objects/route', { ...basis, content }), 422)
    expect(problem.errors).toEqual([{ field: 'content.geom', detail: expect.stringMatching(detail) }])
  })

  it('warns of a line that crosses itself, and says where', async () => {
    const coordinates = [
      [6.99, 51.03],
      [6.992, 51.032],
      [6.992, 51.03],
      [6.99, 51.032],
    ]
    const content = { status: 'planned', geom: { type: 'LineString', coordinates } }
    const forecast = await body<{ lengthM: number; warnings: { rule: string; text: string }[] }>(
      await post('objects/route/preview', { content, trueOn: '2026-11-20' }),
    )
    expect(forecast.lengthM).toBeGreaterThan(400)
    expect(forecast.warnings[0]).toMatchObject({
      rule: 'line-crosses-itself',
      text: expect.stringContaining('51,03100 / 6,99100'),
    })
  })

  it.each([
    [{ status: 'planned', laidOn: '2022-01-01' }, 'content.status'],
    [{ status: 'laid', startedOn: '2022-05', laidOn: '2022-01-01' }, 'content.laidOn'],
    [{ status: 'laid', laidOn: '2039' }, 'content.laidOn'],
  ])('refuses dates that contradict: %j', async (more, field) => {
    const content = { geom: { type: 'LineString', coordinates: straight }, ...more }
    const problem = await refused(await post('objects/route', { ...basis, content }), 422)
    expect(problem.errors?.map((error) => error.field)).toContain(field)
  })

  it('reads pasted geometry: WKT, GeoJSON and coordinates, in the systems of the Land', async () => {
    const readText = async (text: string, kind = 'route') =>
      body<{ geometry: { coordinates: number[][] }; lengthM: number; crs: string }>(
        await post('network/geometry', { kind, text }),
      )
    const utm = await readText('LINESTRING (359000 5654000, 359100 5654000)')
    expect(utm.lengthM).toBeCloseTo(100, 3)
    expect(utm.crs).toContain('25832')
    expect((await readText('SRID=4647;LINESTRING (32359000 5654000, 32359100 5654000)')).lengthM).toBeCloseTo(100, 3)
    const pairs = await readText('359000,5 5654000,0\n359100,5 5654000,0')
    expect(pairs.lengthM).toBeCloseTo(100, 3)
    expect((await readText(JSON.stringify({ type: 'LineString', coordinates: straight }))).crs).toContain('4326')
    expect((await readText('51,03 6,99', 'structure')).crs).toContain('vertauscht')
    for (const text of [
      'Unsinn',
      'POINT (1 2)',
      'LINESTRING (1 2, 3 4)',
      '{"type": "LineString"',
      'SRID=2056;LINESTRING (1 2, 3 4)',
    ])
      await refused(await post('network/geometry', { kind: 'route', text }), 422)
  })
})
