import { expect, test } from 'vitest'
import { dayOf } from '../../server/contract/dates.ts'
import type { Draft } from '../../server/contract/facts.ts'
import { factsApp, read, refused, staff } from '../support/facts.ts'

const { app, coordinator, admin } = await factsApp()
const id = 'breitband:opladen:probe'
const today = dayOf(new Date())

function section(geom: unknown) {
  return { programmeId: 'breitband', districtId: 'opladen', part: 'probe', name: 'Probe', buildPhase: 1, note: null, geom }
}

/** A square with this south-west corner and side, in degrees. */
function square(west: number, south: number, side = 0.004): unknown {
  const [east, north] = [west + side, south + side]
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  return { type: 'Polygon', coordinates: [ring] }
}

const impossible: [string, unknown, string][] = [
  [
    'crosses itself',
    {
      type: 'Polygon',
      coordinates: [
        [
          [7.0, 51.06],
          [7.004, 51.064],
          [7.004, 51.06],
          [7.0, 51.064],
          [7.0, 51.06],
        ],
      ],
    },
    'Die Fläche überschneidet sich selbst (bei 7,002° Ost, 51,062° Nord)',
  ],
  [
    'has a hole outside',
    {
      type: 'Polygon',
      coordinates: [
        [
          [7.0, 51.06],
          [7.004, 51.06],
          [7.004, 51.064],
          [7.0, 51.06],
        ],
        [
          [7.01, 51.06],
          [7.011, 51.06],
          [7.011, 51.061],
          [7.01, 51.06],
        ],
      ],
    },
    'Eine Aussparung liegt außerhalb der Fläche',
  ],
  [
    'has parts on each other',
    {
      type: 'MultiPolygon',
      coordinates: [
        (square(7, 51.06) as { coordinates: unknown }).coordinates,
        (square(7.001, 51.061, 0.001) as { coordinates: unknown }).coordinates,
      ],
    },
    'Zwei Teilflächen liegen ineinander',
  ],
  [
    'is not closed',
    {
      type: 'Polygon',
      coordinates: [
        [
          [7.0, 51.06],
          [7.004, 51.06],
          [7.004, 51.064],
        ],
      ],
    },
    'Eine Grenze ist nicht geschlossen',
  ],
  ['has too few points', { type: 'Polygon', coordinates: [[[7.0, 51.06]]] }, 'Eine Grenze hat zu wenige Punkte'],
  ['is empty', { type: 'Polygon', coordinates: [] }, 'Die Geometrie ist leer'],
  [
    'has no numbers',
    {
      type: 'Polygon',
      coordinates: [
        [
          [{}, 'x'],
          [7.004, 51.06],
        ],
      ],
    },
    'Eine Grenze ist nicht geschlossen',
  ],
  ['has no coordinates of points', { type: 'Point', coordinates: [7] }, 'Die Geometrie ist nicht lesbar'],
  ['lies in Köln', square(6.95, 50.93), 'Die Geometrie liegt nicht in der Stadt.'],
  ['lies half outside the city', square(7.03, 51.08, 0.03), 'Die Geometrie liegt nicht in der Stadt.'],
  ['has latitude first', { type: 'Point', coordinates: [51.068, 7.003] }, 'Länge und Breite sind vertauscht'],
  ['is beyond every projection', { type: 'Point', coordinates: [1e30, 51] }, 'Die Geometrie ist nicht lesbar'],
  [
    'is a line',
    {
      type: 'LineString',
      coordinates: [
        [7, 51.06],
        [7.004, 51.06],
      ],
    },
    'Fläche: ',
  ],
  ['is a text', 'POLYGON EMPTY', 'Fläche: '],
]

test.each(impossible)('a section whose geometry %s is refused with the field', async (_title, geom, reason) => {
  const problem = await refused(await coordinator.put('section', id, { content: section(geom) }), 422)
  expect(problem.errors).toEqual([{ field: 'geom', detail: expect.stringContaining(reason) }])
})

test('a section in its district is fine, as area, in parts and as point', async () => {
  const parts = [square(7.0, 51.064), square(7.006, 51.064)].map((polygon) => (polygon as { coordinates: unknown }).coordinates)
  for (const geom of [
    square(7.0, 51.064),
    { type: 'MultiPolygon', coordinates: parts },
    { type: 'Point', coordinates: [7.003, 51.068, 55] },
  ]) {
    expect((await coordinator.draft('section', id, { content: section(geom) })).warnings.map(({ rule }) => rule)).toEqual([
      'whole-and-part',
    ])
  }
})

test('a section that sticks out of its district, or is tiny, warns', async () => {
  const rules = async (geom: unknown) =>
    (await coordinator.draft('section', id, { content: section(geom) })).warnings.map(({ rule }) => rule)
  expect(await rules(square(6.99, 51.046))).toContain('outside-district')
  expect(await rules({ type: 'Point', coordinates: [6.992, 51.029] })).toContain('outside-district')
  expect(await rules(square(7.003, 51.068, 0.0001))).toContain('tiny-area')
})

test('a published section is read back as it was drawn, three dimensions become two', async () => {
  const geom = square(7.0, 51.064)
  await coordinator.record('section', id, { content: section(geom) })
  expect((await coordinator.fact('section', id))?.content.geom).toEqual(geom)
  await coordinator.record('section', id, { content: { geom: { type: 'Point', coordinates: [7.003, 51.068, 55] } } })
  expect((await coordinator.fact('section', id))?.content.geom).toEqual({ type: 'Point', coordinates: [7.003, 51.068] })
})

test('a boundary is an area of its district; implausible ones warn', async () => {
  const published = await admin.fact('district_boundary', 'boundary:alkenrath')
  const rules = async (geom: unknown) =>
    (await admin.draft('district_boundary', 'boundary:alkenrath', { content: { geom }, trueOn: today })).warnings.map(
      ({ rule }) => rule,
    )
  expect(await rules(published?.content.geom)).toEqual([])
  expect(await rules(square(7.003, 51.068))).toEqual(['implausible-area', 'area-changed', 'overlap', 'label-outside'])
  const point = { type: 'Point', coordinates: [7.03, 51.041] }
  expect(
    (await refused(await admin.put('district_boundary', 'boundary:alkenrath', { content: { geom: point } }), 422)).errors,
  ).toEqual([{ field: 'geom', detail: 'Eine Stadtteilgrenze ist eine Fläche, kein Punkt.' }])
  await refused(await admin.put('district_boundary', 'boundary:alkenrath', { content: { geom: square(8, 51) } }), 422)
  await refused(await admin.put('district_boundary', 'boundary:alkenrath', { retracted: true }), 422)
})

test('boundaries drafted together are compared with each other, not with those they replace', async () => {
  const author = await staff(app, 'admin')
  const ids = ['boundary:opladen', 'boundary:quettingen']
  const [opladen, quettingen] = (await Promise.all(ids.map((one) => author.fact('district_boundary', one)))).map(
    (one) => one?.content.geom,
  )
  const first = await author.draft('district_boundary', 'boundary:opladen', { content: { geom: quettingen }, trueOn: today })
  expect(first.warnings.map(({ rule }) => rule)).toContain('overlap')
  await author.draft('district_boundary', 'boundary:quettingen', { content: { geom: opladen }, trueOn: today })
  const { drafts } = await read<{ drafts: Draft[] }>(author, '/api/drafts')
  const swapped = drafts.filter(({ mine }) => mine).map(({ warnings }) => warnings.map(({ rule }) => rule))
  expect(swapped).toEqual([
    ['area-changed', 'label-outside'],
    ['area-changed', 'label-outside'],
  ])
})
