import { describe, expect, test } from 'vitest'
import { commonFit, declaredByName, declaredByProjJson, fitOf } from '../../server/formats/crs.ts'
import type { Epsg } from '../../server/formats/index.ts'
import { gridNeededFor } from '../../server/formats/index.ts'
import { formatWkt, looksLikeWkt, parseWkt } from '../../server/formats/wkt.ts'
import { codesOf, fileOf, readTable, zipOf } from '../support/formats.ts'

/** Rathaus of Leverkusen in each system, computed with PROJ. */
const townHall: [Epsg, number, number][] = [
  [25832, 359_014.6, 5_655_362.8],
  [4647, 32_359_014.6, 5_655_362.8],
  [3857, 778_045.3, 6_627_044.6],
  [31466, 2_569_440.7, 5_655_728.1],
  [31467, 3_359_033, 5_657_184.4],
  [3035, 4_109_868.7, 3_106_704.6],
  [4326, 6.9893, 51.0325],
]

test.each(townHall)('a position of EPSG:%i is recognised, also with exchanged axes', (epsg, x, y) => {
  expect(fitOf([x, y])).toEqual({ epsg, isSwapped: false })
  expect(fitOf([y, x])).toEqual({ epsg, isSwapped: true })
})

test('positions elsewhere, or of several systems, are not recognised', () => {
  expect(fitOf([13.4, 52.5])).toBeNull()
  expect(fitOf([0, 0])).toBeNull()
  expect(
    commonFit([
      [359_164, 5_655_180],
      [6.9, 51],
    ]),
  ).toBeNull()
})

test.each([
  ['EPSG:25832', 25832],
  ['urn:ogc:def:crs:EPSG::4647', 4647],
  ['http://www.opengis.net/def/crs/EPSG/0/31467', 31467],
  ['urn:ogc:def:crs:OGC:1.3:CRS84', 4326],
  ['EPSG:2056', null],
])('the declaration %s is understood', (name, epsg) => {
  expect(declaredByName(name).epsg).toBe(epsg)
})

test.each([
  ['ETRS_1989_UTM_Zone_32N', 25832],
  ['ETRS_1989_UTM_Zone_32N_zE-N', 4647],
  ['DHDN_3_Degree_Gauss_Zone_2', 31466],
  ['DHDN / 3-degree Gauss-Kruger zone 3', 31467],
  ['WGS_1984_Web_Mercator_Auxiliary_Sphere', 3857],
  ['GCS_WGS_1984', 4326],
  ['GCS_ETRS_1989', 4258],
  ['CH1903+ / LV95', null],
])('the name %s of a .prj without codes is understood', (name, epsg) => {
  expect(declaredByProjJson({ name })?.epsg).toBe(epsg)
})

test('Gauß-Krüger needs the grid BETA2007', () => {
  expect([gridNeededFor(31466), gridNeededFor(31467), gridNeededFor(25832)]).toEqual(['BETA2007', 'BETA2007', null])
})

describe('WKT', () => {
  test.each([
    'POINT (1 2.5)',
    'MULTIPOINT (1 2, 3 4)',
    'LINESTRING (1 2, 3 4, -5.5 6)',
    'MULTILINESTRING ((1 2, 3 4), (5 6, 7 8))',
    'POLYGON ((0 0, 1 0, 1 1, 0 0), (0.2 0.2, 0.3 0.2, 0.3 0.3, 0.2 0.2))',
    'MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))',
    'GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (1 2, 3 4))',
    'POINT EMPTY',
  ])('%s is read and written the same', (text) => {
    const read = parseWkt(text)
    expect(read && formatWkt(read.geometry)).toBe(text)
  })

  test.each([
    ['SRID=25832;POINT Z(1 2 3)', { geometry: { type: 'Point', coordinates: [1, 2, 3] }, srid: 25832 }],
    [
      'multipoint((1 2),(3 4))',
      {
        geometry: {
          type: 'MultiPoint',
          coordinates: [
            [1, 2],
            [3, 4],
          ],
        },
        srid: null,
      },
    ],
    [
      'LineStringZM (1 2 3 4,5 6 7 8)',
      {
        geometry: {
          type: 'LineString',
          coordinates: [
            [1, 2, 3, 4],
            [5, 6, 7, 8],
          ],
        },
        srid: null,
      },
    ],
  ])('%s is read', (text, expected) => {
    expect(parseWkt(text)).toEqual(expected)
  })

  test.each(['POINT (1)', 'POINT (1 2', 'POINT (1 2) x', 'POINT (1 a)', 'CIRCLE (1 2)', 'LINESTRING ((1 2, 3 4))', 'Am Wald 3'])(
    '%s is no WKT',
    (text) => {
      expect(parseWkt(text)).toBeNull()
    },
  )

  test('a street is not taken for WKT', () => {
    expect(looksLikeWkt('Polygonstraße')).toBe(false)
    expect(looksLikeWkt('POLYGON((0 0')).toBe(true)
  })
})

const rowsOf = (header: string, ...rows: string[]) => fileOf('a.csv', `${[header, ...rows].join('\n')}\n`)

describe('columns with coordinates', () => {
  test.each([
    ['Rechtswert;Hochwert', '359164,5;5655180,3', 25832],
    ['RW_UTM;HW_UTM', '32359164,5;5655180,3', 4647],
    ['X;Y', '2569100;5655700', 31466],
    ['x_koord;y_koord', '3359200.5;5657000.5', 31467],
    ['lon;lat', '6.9893;51.0325', 4326],
    ['Längengrad;Breitengrad', '6,9893;51,0325', 4326],
    ['Easting;Northing', '778050.123;6628300.123', 3857],
    ['E;N', '359.164,500;5.655.180,300', 25832],
  ])('%s are recognised', async (header, row, epsg) => {
    const { table, rows } = await readTable(await rowsOf(`Nr;${header}`, `1;${row}`, `2;${row}`))
    expect(table.crs).toEqual({ epsg, how: 'recognised', isSwapped: false })
    expect(rows[1]?.geometry?.type).toBe('Point')
    expect(codesOf(rows[1])).toEqual([])
  })

  test('that only are called E and N are none', async () => {
    const { table } = await readTable(await rowsOf('E;N', '4;5', '6;7'))
    expect(table).toMatchObject({ place: null, crs: null, needsCrs: false, geometryType: null })
  })

  test('may be exchanged: said once, and put right', async () => {
    const { table, rows } = await readTable(await rowsOf('lat;lon', '6.9893;51.0325', '6.99;51.04'))
    expect(table.crs).toEqual({ epsg: 4326, how: 'recognised', isSwapped: true })
    expect(table.remarks.map(({ code }) => code)).toContain('axes-swapped')
    expect(rows[0]?.geometry).toEqual({ type: 'Point', coordinates: [6.9893, 51.0325] })
  })

  test('of single rows may be exchanged, elsewhere, in another system, or missing: each is said of its row', async () => {
    const good = Array.from({ length: 40 }, () => '6.9893;51.0325')
    const { rows } = await readTable(
      await rowsOf('lon;lat', ...good, '51.0325;6.9893', '13.4;52.5', '359164;5655180', '6.98;', ';'),
    )
    expect(rows.slice(40).map(codesOf)).toEqual([['axes-swapped'], ['outside-nrw'], ['crs-other'], ['coordinate-missing']])
  })

  test('without a recognisable system must be asked about, and then are what was answered', async () => {
    const path = await rowsOf('X;Y', '13.4;52.5', '13.5;52.4')
    const names = await rowsOf('lon;lat', '13.4;52.5', '13.5;52.4')
    expect((await readTable(path)).table.place).toBeNull()
    expect((await readTable(names)).table).toMatchObject({ crs: null, needsCrs: true })
    const chosen = await readTable(names, { choices: { a: { crs: 4326 } } })
    expect(chosen.table).toMatchObject({ crs: { epsg: 4326, how: 'asked' }, needsCrs: false })
    expect(codesOf(chosen.rows[0])).toEqual(['outside-nrw'])
  })

  test('can be chosen, or left alone', async () => {
    const path = await rowsOf('links;oben', '6.9893;51.0325', '6.99;51.03')
    expect((await readTable(path)).table.place).toBeNull()
    const { rows } = await readTable(path, { choices: { a: { place: { kind: 'xy', x: 'links', y: 'oben' } } } })
    expect(rows[0]?.geometry).toEqual({ type: 'Point', coordinates: [6.9893, 51.0325] })
    const left = await readTable(await rowsOf('lon;lat', '6.9893;51.0325', '6.99;51.03'), { choices: { a: { place: null } } })
    expect([left.table.crs, left.rows[0]?.geometry]).toEqual([null, null])
  })

  test('as WKT may carry their system', async () => {
    const { table } = await readTable(
      await rowsOf('Nr;geom', '1;"SRID=31466;POINT(2569100 5655700)"', '2;"SRID=31466;POINT(2569101 5655701)"'),
    )
    expect(table).toMatchObject({
      crs: { epsg: 31466, how: 'declared' },
      geometryType: 'point',
      place: { kind: 'wkt', column: 'geom' },
    })
    expect(table.remarks.map(({ code }) => code)).toEqual(['grid-needed'])
  })
})

const collection = (geometries: unknown[], more = '') =>
  fileOf(
    'a.geojson',
    `{"type":"FeatureCollection"${more},"features":[${geometries.map((geometry, n) => JSON.stringify({ type: 'Feature', properties: { n }, geometry })).join(',')}]}`,
  )

const crs = (name: string) => `,"crs":{"type":"name","properties":{"name":"${name}"}}`
const utm = { type: 'Point', coordinates: [359_164.5, 5_655_180.3] }

describe('GeoJSON', () => {
  test('is WGS 84 where nothing is said, and what its member crs says', async () => {
    expect((await readTable(await collection([{ type: 'Point', coordinates: [7, 51] }]))).table.crs).toEqual({
      epsg: 4326,
      how: 'declared',
      isSwapped: false,
    })
    expect((await readTable(await collection([utm], crs('urn:ogc:def:crs:EPSG::25832')))).table.crs).toEqual({
      epsg: 25832,
      how: 'declared',
      isSwapped: false,
    })
  })

  test('with coordinates that contradict it is recognised, and said', async () => {
    const silent = await readTable(await collection([utm]))
    expect(silent.table.crs).toEqual({ epsg: 25832, how: 'recognised', isSwapped: false })
    expect(silent.table.remarks.map(({ code }) => code)).toEqual(['crs-recognised'])
    const wrong = await readTable(await collection([utm], crs('EPSG:3857')))
    expect(wrong.table.crs?.epsg).toBe(25832)
    expect(wrong.table.remarks.map(({ code }) => code)).toEqual(['crs-contradicted'])
  })

  test('in a system that is not read must be asked about', async () => {
    const { table } = await readTable(
      await collection([{ type: 'Point', coordinates: [2_600_000, 1_200_000] }], crs('EPSG:2056')),
    )
    expect(table).toMatchObject({
      crs: null,
      needsCrs: true,
      remarks: [{ code: 'crs-unsupported', text: expect.stringContaining('EPSG:2056') }],
    })
  })

  test('with the crs behind the features, ids beside the properties, and separators of RFC 8142 is read', async () => {
    const feature = JSON.stringify({ type: 'Feature', id: 7, properties: { a: '{"}[' }, geometry: utm })
    const behind = await readTable(
      await fileOf('a.geojson', `{"features":[${feature}],"type":"FeatureCollection"${crs('EPSG:25832')}}`),
    )
    expect(behind.table.crs?.how).toBe('declared')
    expect(behind.rows[0]?.values).toEqual({ id: 7, a: '{"}[' })
    const sequence = await readTable(await fileOf('a.geojsons', `\u001e${feature}\n\u001e${feature}\n`))
    expect(sequence.rows).toHaveLength(2)
  })

  test('columns are those of all features, also of the last', async () => {
    const features = [{ a: 1 }, { b: 'x' }].map((properties) => JSON.stringify({ type: 'Feature', properties, geometry: null }))
    const { rows } = await readTable(await fileOf('a.geojson', features.join('\n')))
    expect(rows.map(({ values }) => values)).toEqual([
      { a: 1, b: null },
      { a: null, b: 'x' },
    ])
  })
})

describe('what is wrong with a geometry is said of its row', () => {
  const at = (...positions: [number, number][]) => positions.map(([x, y]) => [7 + x / 1000, 51 + y / 1000])
  test.each([
    ['an empty one', { type: 'LineString', coordinates: [] }, 'geometry-empty'],
    ['none', null, 'geometry-missing'],
    ['a line of one position', { type: 'LineString', coordinates: at([0, 0]) }, 'geometry-unreadable'],
    ['a ring of three positions', { type: 'Polygon', coordinates: [at([0, 0], [1, 0], [0, 0])] }, 'geometry-unreadable'],
    ['an unknown type', { type: 'Circle', coordinates: [7, 51] }, 'geometry-unreadable'],
    ['coordinates that are texts', { type: 'Point', coordinates: ['7', '51'] }, 'geometry-unreadable'],
    ['a line that crosses itself', { type: 'LineString', coordinates: at([0, 0], [2, 2], [2, 0], [0, 2]) }, 'self-crossing'],
    [
      'an area whose boundary crosses itself',
      { type: 'Polygon', coordinates: [at([0, 0], [2, 2], [2, 0], [0, 2], [0, 0])] },
      'self-crossing',
    ],
    ['heights', { type: 'Point', coordinates: [7, 51, 48.5] }, 'z-dropped'],
    ['a place elsewhere', { type: 'Point', coordinates: [13.4, 52.5] }, 'outside-nrw'],
  ])('%s', async (_name, geometry, code) => {
    const good = Array.from({ length: 20 }, () => ({ type: 'Point', coordinates: [7, 51] }))
    const { rows } = await readTable(await collection([...good, geometry]))
    expect(codesOf(rows.at(-1))).toEqual([code])
    expect(codesOf(rows[0])).toEqual([])
  })

  test('a line may touch itself and end where it began', async () => {
    const { rows } = await readTable(
      await collection([{ type: 'LineString', coordinates: at([0, 0], [2, 0], [2, 2], [0, 2], [0, 0]) }]),
    )
    expect(codesOf(rows[0])).toEqual([])
  })

  test('heights are dropped and zero heights are not worth a word', async () => {
    const { rows } = await readTable(
      await collection([
        {
          type: 'LineString',
          coordinates: [
            [7, 51, 0],
            [7.1, 51, 0],
          ],
        },
      ]),
    )
    expect(rows[0]).toMatchObject({
      geometry: {
        coordinates: [
          [7, 51],
          [7.1, 51],
        ],
      },
      remarks: [],
    })
  })
})

const kml = `<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>d</name><Folder><name>Manfort</name>
<Placemark><name>Am Wald &amp; Feld</name><ExtendedData><Data name="we"><value>12</value></Data><SchemaData><SimpleData name="art">EFH</SimpleData></SchemaData></ExtendedData>
<Point><coordinates>7.0,51.03,50</coordinates></Point></Placemark>
<Placemark><name>Trasse</name><MultiGeometry><LineString><coordinates>7.0,51.03 7.1,51.04</coordinates></LineString><LineString><coordinates>7.2,51.03
 7.1,51.05</coordinates></LineString></MultiGeometry></Placemark></Folder>
<Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>7,51 7.1,51 7.1,51.1 7,51</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
</Document></kml>`

test.each(['KML', 'KMZ'])('%s is read with folders and extended data', async (kind) => {
  const path = kind === 'KML' ? await fileOf('a.kml', kml) : await zipOf('a.kmz', { 'doc.kml': kml, 'files/icon.png': 'x' })
  const { file, table, rows } = await readTable(path)
  expect(file).toMatchObject({ format: 'kml', remarks: [] })
  expect(table).toMatchObject({ crs: { epsg: 4326, how: 'declared' }, geometryType: 'mixed' })
  expect(rows.map(({ values, geometry }) => [values.folder, values.name, values.we, values.art, geometry?.type])).toEqual([
    ['Manfort', 'Am Wald & Feld', '12', 'EFH', 'Point'],
    ['Manfort', 'Trasse', null, null, 'MultiLineString'],
    [null, null, null, null, 'Polygon'],
  ])
  expect(rows.map(codesOf)).toEqual([['z-dropped'], [], []])
})
