import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { z } from 'zod/mini'
import type { Draft, importGeoJson } from '../../server/contract/facts.ts'
import { foldName } from '../../server/facts/import.ts'
import { body, factsApp, read, refused, type Staff, staff } from '../support/facts.ts'
import { client } from '../support/sign-in.ts'

const { app, database, coordinator, admin } = await factsApp()

type Report = z.infer<typeof importGeoJson.response>['features']

const common = { trueOn: '2026-11-20', source: { citation: 'Datei des Katasteramts', url: null }, reason: 'Amtliche Grenzen' }
const boundaries = { ...common, kind: 'district_boundary', official: true, attribution: '© Stadt Leverkusen' }
const sections = { ...common, kind: 'section', programmeId: 'breitband' }

function feature(name: unknown, geometry: unknown, properties: object = {}) {
  return { type: 'Feature', properties: { name, ...properties }, geometry }
}

function square(west: number, south: number, side = 0.004) {
  const [east, north] = [west + side, south + side]
  return {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  }
}

function send(user: Staff, kind: object, features: unknown[], more: object = {}): Promise<Response> {
  return user.send('POST', '/api/imports/geojson', { ...kind, collection: { type: 'FeatureCollection', features, ...more } })
}

async function imported(user: Staff, kind: object, features: unknown[], more: object = {}): Promise<Report> {
  return (await body<{ features: Report }>(await send(user, kind, features, more))).features
}

async function publishedBoundaries(srid: number): Promise<{ name: string; geometry: { coordinates: unknown } }[]> {
  const { rows } = await database.raw(
    `select d.name, st_asgeojson(st_transform(b.geom, ?::int), 9)::json as geometry
     from district_boundaries_at(current_date, clock_timestamp()) b join districts d on d.id = b.district_id order by d.id`,
    [srid],
  )
  return rows
}

test('all boundaries of a file in longitude and latitude become drafts', async () => {
  const own = await staff(app, 'admin')
  const report = await imported(
    own,
    boundaries,
    (await publishedBoundaries(4326)).map(({ name, geometry }) => feature(name, geometry)),
  )
  expect(report).toHaveLength(13)
  expect(
    report.every(({ draftId, refusals, warnings }) => draftId !== null && refusals.length === 0 && warnings.length === 0),
  ).toBe(true)
  const { drafts } = await read<{ drafts: Draft[] }>(own, '/api/drafts')
  expect(drafts.filter(({ mine }) => mine).map(({ id }) => id)).toEqual(report.map(({ draftId }) => draftId))
  expect(drafts[0]?.sentence).toContain('amtlich nein → ja')
  expect(drafts[0]?.sentence).not.toContain('Grenze geändert')
})

test('a file in EPSG:25832 says so and lands in the same place', async () => {
  const own = await staff(app, 'admin')
  const given = await publishedBoundaries(25832)
  const crs = { crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::25832' } } }
  const report = await imported(
    own,
    boundaries,
    given.map(({ name, geometry }) => feature(name.toUpperCase().replace('Ü', 'UE'), geometry)),
    crs,
  )
  expect(report.flatMap(({ refusals, warnings }) => [...refusals, ...warnings])).toEqual([])
  await own.publish(...report.map(({ draftId }) => ({ id: draftId as number })))
  const { rows } = await database.raw(`
    select max(st_hausdorffdistance(a.geom, b.geom)) as moved, count(distinct a.district_id)::int as districts
    from district_boundaries a join district_boundaries b using (district_id)`)
  expect(rows[0].districts).toBe(13)
  expect(rows[0].moved).toBeLessThan(0.001)
  expect((await own.fact('district_boundary', 'boundary:opladen'))?.content).toMatchObject({
    official: true,
    attribution: '© Stadt Leverkusen',
  })
  const without = await imported(
    own,
    boundaries,
    given.slice(0, 1).map(({ name, geometry }) => feature(name, geometry)),
  )
  expect(without[0]).toMatchObject({ draftId: null, refusals: [expect.stringMatching(/nicht lesbar|nicht in der Stadt/)] })
  const foreign = { crs: { type: 'name', properties: { name: 'EPSG:31466' } } }
  expect(
    (await refused(await send(own, boundaries, [feature('Opladen', square(7, 51.064))], foreign), 422)).errors?.[0]?.field,
  ).toBe('collection.crs')
})

test('what cannot be used is reported feature by feature, the rest becomes drafts', async () => {
  const own = await staff(app, 'admin')
  const [alkenrath] = await publishedBoundaries(4326)
  const bowTie = {
    type: 'Polygon',
    coordinates: [
      [
        [7.0, 51.06],
        [7.01, 51.07],
        [7.01, 51.06],
        [7.0, 51.07],
        [7.0, 51.06],
      ],
    ],
  }
  const report = await imported(own, boundaries, [
    feature('Alkenrath', alkenrath?.geometry),
    feature('Alkenrath', alkenrath?.geometry),
    feature('Waldsiedlung', alkenrath?.geometry),
    feature(undefined, alkenrath?.geometry),
    feature('Opladen', bowTie),
    feature('Hitdorf', null),
    feature('Manfort', square(8, 51)),
    feature('Wiesdorf', { type: 'Point', coordinates: [6.992, 51.029] }),
  ])
  expect(report.map(({ name, draftId, refusals }) => [name, draftId !== null, ...refusals])).toEqual([
    ['Alkenrath', true],
    ['Alkenrath', false, 'Diese Fläche kommt in der Datei mehrmals vor.'],
    ['Waldsiedlung', false, 'Einen Stadtteil „Waldsiedlung“ gibt es nicht.'],
    [null, false, 'Die Eigenschaft „name“ fehlt.'],
    ['Opladen', false, 'Die Fläche überschneidet sich selbst.'],
    ['Hitdorf', false, 'Die Geometrie fehlt oder ist nicht lesbar.'],
    ['Manfort', false, 'Die Geometrie liegt nicht in der Stadt.'],
    ['Wiesdorf', false, 'Eine Stadtteilgrenze ist eine Fläche, kein Punkt.'],
  ])
})

test('a hair that crosses itself is mended and said', async () => {
  const own = await staff(app, 'admin')
  const hair = [
    [7.0, 51.064],
    [7.006, 51.064],
    [7.006, 51.068],
    [7.003, 51.068],
    [7.003, 51.0680001],
    [7.003, 51.068],
    [7.0, 51.068],
    [7.0, 51.064],
  ]
  const [report] = await imported(own, sections, [feature('Haar', { type: 'Polygon', coordinates: [hair] })])
  expect(report?.refusals).toEqual([])
  expect(report?.warnings.map(({ rule }) => rule)).toContain('geometry-mended')
})

test('sections find their district by property, by name or by place, and keep what the file does not say', async () => {
  const own = await staff(app, 'admin')
  const report = await imported(own, sections, [
    feature('Neustadt Süd', square(7.0, 51.064), { buildPhase: 2 }),
    feature('Am Rand', square(7.0, 51.064), { District: 'OPLADEN' }),
    feature('Manfort', square(7.015, 51.031)),
    feature('Nirgends', square(7.0, 51.064), { district: 'Atlantis' }),
    feature('Fern', square(8, 51)),
    feature('Phase 100', square(7.0, 51.064), { buildPhase: 100 }),
  ])
  expect(report.map(({ factId, refusals }) => [factId, ...refusals])).toEqual([
    ['breitband:opladen:neustadt-sued'],
    ['breitband:opladen:am-rand'],
    ['breitband:manfort'],
    [null, 'Einen Stadtteil „Atlantis“ gibt es nicht.'],
    [null, 'Der Abschnitt liegt in keinem Stadtteil.'],
    ['breitband:opladen:phase-100', 'Bauphase: höchstens 99.'],
  ])
  const { drafts } = await read<{ drafts: Draft[] }>(own, '/api/drafts')
  const contents = new Map(drafts.filter(({ mine }) => mine).map(({ factId, content }) => [factId, content]))
  expect(contents.get('breitband:opladen:neustadt-sued')).toMatchObject({
    name: 'Neustadt Süd',
    buildPhase: 2,
    part: 'neustadt-sued',
  })
  expect(contents.get('breitband:manfort')).toMatchObject({ name: null, buildPhase: 2, part: null })
  await own.publish(...drafts.filter(({ mine }) => mine))
  expect((await own.facts('section')).find(({ id }) => id === 'breitband:opladen:am-rand')?.content.name).toBe('Am Rand')
})

test('only an admin imports, and only a file that is one', async () => {
  const one = [feature('Opladen', square(7, 51.064))]
  await refused(
    await client(app).send('POST', '/api/imports/geojson', {
      ...boundaries,
      collection: { type: 'FeatureCollection', features: one },
    }),
    401,
  )
  await refused(await send(coordinator, boundaries, one), 403)
  await refused(await admin.send('POST', '/api/imports/geojson', boundaries, { Origin: 'https://example.org' }), 403)
  for (const features of [[], [{ type: 'Feature' }], 'none']) {
    await refused(await send(admin, boundaries, features as unknown[]), 422)
  }
  await refused(await send(admin, { ...boundaries, reason: '' }, one), 422)
  await refused(await send(admin, { ...boundaries, kind: 'stage' }, one), 422)
})

test('20 MB are accepted here and nowhere else, and from nobody before signing in', async () => {
  const padding = { padding: 'x'.repeat(3_000_000) }
  const report = await imported(admin, sections, [feature('Gross', square(7.0, 51.064), padding)])
  expect(report[0]?.draftId).not.toBeNull()
  await refused(await admin.send('POST', '/api/publications', padding), 413)
  await refused(await send(admin, sections, [feature('Zu gross', null, { padding: 'x'.repeat(21_000_000) })]), 413)
  await refused(await client(app).send('POST', '/api/imports/geojson', padding), 401)
})

test('names are the same with and without umlauts, hyphens and capitals', () => {
  for (const same of ['Küppersteg', 'KUEPPERSTEG', 'Kuppersteg', ' küppersteg '])
    expect(foldName(same)).toBe(foldName('Küppersteg'))
  expect(foldName('Bergisch-Neukirchen')).toBe(foldName('bergisch neukirchen'))
  expect(foldName('Steinbüchel')).not.toBe(foldName('Schlebusch'))
})

const reference = join(import.meta.dirname, '../../../shared/reference/districts-reference.geojson')

test.skipIf(!existsSync(reference))(
  'a finer file of the real districts replaces the generalised ones without warning',
  async () => {
    const own = await staff(app, 'admin')
    const { features } = JSON.parse(readFileSync(reference, 'utf8'))
    const report = await imported(own, boundaries, features)
    expect(report.flatMap(({ name, refusals, warnings }) => [...refusals, ...warnings].map((remark) => [name, remark]))).toEqual(
      [],
    )
    await own.publish(...report.map(({ draftId }) => ({ id: draftId as number })))
    const { rows } = await database.raw(
      'select count(*)::int as districts, round(sum(st_area(b.geom)) / 1e6) as km2 from district_boundaries_at(current_date, clock_timestamp()) b',
    )
    expect(rows).toEqual([{ districts: 13, km2: 79 }])
  },
)
