import { expect, test } from 'vitest'
import { portalApp } from '../support/portal.ts'

const { get, read } = await portalApp()
const hits = async (q: string): Promise<{ kind: string; name: string; districtName: string | null; point: number[] | null }[]> =>
  (await read(`/api/portal/search?q=${encodeURIComponent(q)}`)).hits
const first = async (q: string) => (await hits(q))[0]?.name

test.each([
  ['Opladen', 'Opladen'],
  ['opl', 'Opladen'],
  ['  KÜPPER ', 'Küppersteg'],
  ['kueppersteg', 'Küppersteg'],
  ['Ku\u0308ppersteg', 'Küppersteg'],
  ['Kuppersteg', 'Küppersteg'],
  ['Küpersteg', 'Küppersteg'],
  ['Opalden', 'Opladen'],
  ['hitdrof', 'Hitdorf'],
  ['Bergisch-Neukirchen', 'Bergisch Neukirchen'],
  ['Neukirchen', 'Bergisch Neukirchen'],
  ['bay arena', 'BayArena'],
  ['Opladen, Nordrhein-Westfalen', 'Opladen'],
])('“%s” finds %s', async (typed, name) => {
  expect(await first(typed)).toBe(name)
})

test('places are told with their district, programmes and English names are found too', async () => {
  expect((await hits('rathaus'))[0]).toEqual({
    kind: 'place',
    id: expect.any(String),
    name: expect.stringContaining('Rathaus'),
    nameEn: expect.any(String),
    districtId: 'wiesdorf',
    districtName: 'Wiesdorf',
    point: [6.9884, 51.0316],
  })
  expect(await hits('white spots')).toMatchObject([{ kind: 'programme', id: 'breitband', point: null }])
})

test.each(['', '   ', '%', '_', '*', '\\', "'", '日本', 'zzzz', 'Wiesbaden'])('“%s” finds nothing', async (typed) => {
  expect(await hits(typed)).toEqual([])
})

test('the best hit comes first and there are never more than ten', async () => {
  expect((await hits('opladen')).map(({ kind }) => kind)).toEqual(['district', 'place', 'place'])
  expect((await hits('e')).length).toBeLessThanOrEqual(10)
})

test('what was typed is stored nowhere on its way', async () => {
  const response = await get('/api/portal/search?q=opladen')
  expect(response.headers.get('Cache-Control')).toBe('no-store')
  expect(response.headers.get('ETag')).toBeNull()
})
