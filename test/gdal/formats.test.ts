import { execFile } from 'node:child_process'
import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { RowToWrite, TableToWrite } from '../../server/formats/index.ts'
import { shapefileNames, writeCsv, writeGeoJson, writeGeoPackage, writeShapefile, writeXlsx } from '../../server/formats/index.ts'
import { codesOf, randomRows, readTable, refusalOf, sampleFields, tableOf, workDirectory } from '../support/formats.ts'

/** Files between this room and the real ogr2ogr and ogrinfo (Debian's gdal-bin). */
const run = (program: 'ogrinfo' | 'ogr2ogr' | 'zip', words: string[], directory: string) =>
  promisify(execFile)(program, words, { cwd: directory, maxBuffer: 64 * 2 ** 20 })

const knownAt = '2026-11-20T10:00:00Z'

const source = {
  type: 'FeatureCollection',
  crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::25832' } },
  features: [
    feature('Müllerstraße', 12, {
      type: 'LineString',
      coordinates: [
        [359_014.6, 5_655_362.8],
        [359_114.25, 5_655_462.5],
      ],
    }),
    feature('Am Weiher', 3.5, {
      type: 'LineString',
      coordinates: [
        [360_000, 5_655_000],
        [360_010, 5_655_020],
        [360_030, 5_655_020],
      ],
    }),
  ],
}

function feature(street: string, metres: number, geometry: object) {
  return { type: 'Feature', properties: { street, metres, plz: '01067', since: '2024-03-01' }, geometry }
}

/** The positions of the source as GDAL itself has them in another system. */
async function positionsIn(directory: string, epsg: number): Promise<number[][]> {
  const { stdout } = await run(
    'ogr2ogr',
    [
      '-f',
      'GeoJSON',
      '/vsistdout/',
      'source.geojson',
      '-t_srs',
      `EPSG:${epsg}`,
      '-lco',
      'RFC7946=NO',
      '-lco',
      'COORDINATE_PRECISION=9',
    ],
    directory,
  )
  return JSON.parse(stdout).features.flatMap((found: { geometry: { coordinates: number[][] } }) => found.geometry.coordinates)
}

async function written(name: string, epsg: number, ...options: string[]): Promise<string> {
  const directory = await workDirectory()
  await writeFile(join(directory, 'source.geojson'), JSON.stringify(source))
  await run('ogr2ogr', [name, 'source.geojson', '-t_srs', `EPSG:${epsg}`, ...options], directory)
  return directory
}

describe.each([25832, 4326, 4647, 3857, 4258, 31466, 31467])('in EPSG:%i', (epsg) => {
  const expectPositions = async (directory: string, rows: { geometry: unknown }[]) => {
    const expected = await positionsIn(directory, epsg)
    const found = rows.flatMap(({ geometry }) => (geometry as { coordinates: number[][] }).coordinates)
    expect(found).toHaveLength(expected.length)
    const tolerance = epsg === 4326 || epsg === 4258 ? 1e-8 : 1e-3
    for (const [index, position] of found.entries()) {
      for (const axis of [0, 1])
        expect(Math.abs((position[axis] as number) - (expected[index]?.[axis] as number))).toBeLessThan(tolerance)
    }
  }

  test('a GeoPackage of ogr2ogr is read with geometry and attributes', async () => {
    const directory = await written('a.gpkg', epsg)
    const { table, rows } = await readTable(join(directory, 'a.gpkg'))
    expect(table.crs).toEqual({ epsg, how: 'declared', isSwapped: false })
    expect(table.geometryType).toBe('line')
    expect(rows.map(({ values }) => values)).toEqual(source.features.map(({ properties }) => properties))
    expect(rows.flatMap(codesOf)).toEqual([])
    await expectPositions(directory, rows)
  })

  test.each(['UTF-8', 'ISO-8859-1'])(
    'a zipped shapefile of ogr2ogr in %s is read with geometry and attributes',
    async (encoding) => {
      const directory = await written('a.shp', epsg, '-lco', `ENCODING=${encoding}`)
      await run('zip', ['-q', 'a.zip', 'a.shp', 'a.shx', 'a.dbf', 'a.prj', 'a.cpg'], directory)
      const { table, rows } = await readTable(join(directory, 'a.zip'))
      expect(table.crs).toEqual({ epsg, how: 'declared', isSwapped: false })
      expect(rows.map(({ values }) => values)).toEqual(source.features.map(({ properties }) => properties))
      await expectPositions(directory, rows)
    },
  )

  test('a DXF of ogr2ogr is read with geometry, its system recognised from the coordinates', async () => {
    const directory = await written('a.dxf', epsg)
    const { table, rows } = await readTable(join(directory, 'a.dxf'))
    // 4258 cannot be told from 4326 without being named.
    expect(table.crs).toEqual({ epsg: epsg === 4258 ? 4326 : epsg, how: 'recognised', isSwapped: false })
    expect(rows.map(({ values }) => values.Layer)).toEqual(['0', '0'])
    await expectPositions(directory, rows)
  })
})

describe('a shapefile', () => {
  test('without .prj and .cpg, with capital endings, in a folder, is recognised', async () => {
    const directory = await written('a.shp', 25832, '-lco', 'ENCODING=ISO-8859-1')
    await promisify(execFile)(
      'sh',
      ['-c', 'mkdir D && for e in shp shx dbf; do mv a.$e D/TRASSE.$(echo $e | tr a-z A-Z); done'],
      { cwd: directory },
    )
    await run('zip', ['-qr', 'a.zip', 'D'], directory)
    const { file, table, rows } = await readTable(join(directory, 'a.zip'))
    expect(file.format).toBe('shapefile')
    expect(table).toMatchObject({ name: 'TRASSE', crs: { epsg: 25832, how: 'recognised' } })
    expect(table.remarks.map(({ code }) => code)).toEqual(['encoding-recognised', 'crs-recognised'])
    expect(rows[0]?.values.street).toBe('Müllerstraße')
  })

  test('whose .cpg lies is read as what it is', async () => {
    const directory = await written('a.shp', 25832, '-lco', 'ENCODING=UTF-8')
    await writeFile(join(directory, 'a.cpg'), 'ISO-8859-1')
    await run('zip', ['-q', 'a.zip', 'a.shp', 'a.dbf', 'a.prj', 'a.cpg'], directory)
    const { rows } = await readTable(join(directory, 'a.zip'))
    expect(rows[0]?.values.street).toBe('Müllerstraße')
  })

  test('with measures has them dropped, and says so', async () => {
    const directory = await written('a.shp', 25832, '-nlt', 'LINESTRINGM')
    await run('zip', ['-q', 'a.zip', 'a.shp', 'a.shx', 'a.dbf', 'a.prj'], directory)
    const { table, rows } = await readTable(join(directory, 'a.zip'))
    expect(table.remarks.map(({ code }) => code)).toContain('measures-dropped')
    expect(rows[0]?.geometry).toEqual(source.features[0]?.geometry)
  })

  test.each(['shp', 'dbf'])('whose .%s is cut short is refused, not read in part', async (ending) => {
    const directory = await workDirectory()
    const many = { ...source, features: Array.from({ length: 500 }, () => source.features[0]) }
    await writeFile(join(directory, 'source.geojson'), JSON.stringify(many))
    await run('ogr2ogr', ['a.shp', 'source.geojson'], directory)
    await truncate(join(directory, `a.${ending}`), 20_000)
    await run('zip', ['-q', 'a.zip', 'a.shp', 'a.shx', 'a.dbf', 'a.prj'], directory)
    expect((await refusalOf(join(directory, 'a.zip'))).code).toBe('unreadable')
  })

  test('of the same name in two folders is two tables', async () => {
    const directory = await written('a.shp', 25832)
    await promisify(execFile)('sh', ['-c', 'mkdir D E && cp a.* D && mv a.* E'], { cwd: directory })
    await run('zip', ['-qr', 'a.zip', 'D', 'E'], directory)
    const { file } = await readTable(join(directory, 'a.zip'))
    expect(file.tables.map(({ name }) => name)).toEqual(['D - a', 'E - a'])
  })

  test('beside another one in the zip is a table of its own; without attributes its geometry remains', async () => {
    const directory = await written('a.shp', 25832)
    await run('ogr2ogr', ['b.shp', 'a.shp'], directory)
    await run('zip', ['-q', 'a.zip', 'a.shp', 'a.shx', 'a.dbf', 'a.prj', 'b.shp', 'b.prj'], directory)
    const { file, rows, table } = await readTable(join(directory, 'a.zip'), { table: 'b' })
    expect(file.tables.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(table.remarks.map(({ code }) => code)).toContain('no-attributes')
    expect(rows.map(({ geometry }) => geometry?.type)).toEqual(['LineString', 'LineString'])
  })
})

test('a GeoPackage gives all its layers; heights, curves and empty geometries are said', async () => {
  const directory = await workDirectory()
  await writeFile(
    join(directory, 'a.csv'),
    'kind,wkt\nz,"LINESTRING Z (360000 5655000 50, 360010 5655020 51)"\nempty,"LINESTRING EMPTY"\ncurve,"CIRCULARSTRING (360000 5655000, 360005 5655005, 360010 5655000)"\nnone,\n',
  )
  const common = ['-oo', 'GEOM_POSSIBLE_NAMES=wkt', '-oo', 'KEEP_GEOM_COLUMNS=NO', '-a_srs', 'EPSG:25832']
  await run('ogr2ogr', ['a.gpkg', 'a.csv', '-nln', 'Trassen neu', ...common], directory)
  await run(
    'ogr2ogr',
    ['-update', 'a.gpkg', 'a.csv', '-nln', 'zweite', '-nlt', 'CURVE', '-where', "kind='curve'", ...common],
    directory,
  )
  const first = await readTable(join(directory, 'a.gpkg'))
  expect(first.file.tables.map(({ name }) => name)).toEqual(['Trassen neu', 'zweite'])
  expect(first.rows.map((row) => [row.values.kind, row.geometry?.type, codesOf(row)])).toEqual([
    ['z', 'LineString', ['z-dropped']],
    ['empty', undefined, ['geometry-empty']],
    ['curve', 'LineString', []],
    ['none', undefined, ['geometry-missing']],
  ])
  const second = await readTable(join(directory, 'a.gpkg'), { table: 'zweite' })
  expect(second.table.remarks.map(({ code }) => code)).toEqual(['curves-linearised'])
  expect(JSON.stringify(second.rows[0]?.geometry).split('],[').length).toBeGreaterThan(10)
})

test('a GeoPackage that is cut short is refused; a key of its own is a column; systems with heights are known', async () => {
  const directory = await workDirectory()
  const features = source.features.map((found, index) => ({ ...found, properties: { id: 70 + index, ...found.properties } }))
  await writeFile(join(directory, 'source.geojson'), JSON.stringify({ ...source, features }))
  await run('ogr2ogr', ['a.gpkg', 'source.geojson', '-lco', 'FID=id', '-a_srs', 'EPSG:5555'], directory)
  const { table, rows } = await readTable(join(directory, 'a.gpkg'))
  expect(rows.map(({ values }) => values.id)).toEqual([70, 71])
  expect(table.crs).toEqual({ epsg: 25832, how: 'declared', isSwapped: false })
  await truncate(join(directory, 'a.gpkg'), 60_000)
  expect((await refusalOf(join(directory, 'a.gpkg'))).code).toBe('unreadable')
})

test('a sheet that would be too long for Excel is refused', async () => {
  function* endless(): Generator<RowToWrite> {
    for (;;) yield { values: { id: 'a' } }
  }
  const table = { ...tableOf([], null), fields: sampleFields.slice(0, 1), rows: endless() }
  await expect(writeXlsx(join(await workDirectory(), 'x.xlsx'), [table])).rejects.toMatchObject({ code: 'too-many-rows' })
})

test('arcs and circles of a DXF become lines, and each is said', async () => {
  const directory = await workDirectory()
  const entity = (lines: (string | number)[]) => `${lines.join('\n')}\n`
  const circle = [0, 'CIRCLE', 100, 'AcDbEntity', 8, 'Schacht', 100, 'AcDbCircle', 10, 360_000, 20, 5_655_000, 40, 2.5]
  const line = [
    0,
    'LINE',
    100,
    'AcDbEntity',
    8,
    'Trasse',
    100,
    'AcDbLine',
    10,
    360_000,
    20,
    5_655_000,
    11,
    360_010,
    21,
    5_655_010,
  ]
  await writeFile(join(directory, 'a.dxf'), entity([0, 'SECTION', 2, 'ENTITIES', ...circle, ...line, 0, 'ENDSEC', 0, 'EOF']))
  const { rows } = await readTable(join(directory, 'a.dxf'))
  expect(rows.map((row) => [row.values.Layer, row.geometry?.type, codesOf(row)])).toEqual([
    ['Schacht', 'LineString', ['curves-linearised']],
    ['Trasse', 'LineString', []],
  ])
})

const pointAt = (random: () => number): RowToWrite['geometry'] => ({
  type: 'Point',
  coordinates: [355_000 + random() * 10_000, 5_650_000 + random() * 10_000],
})

describe('what we write opens in GDAL with its CRS, fields and counts', () => {
  const table = (epsg = 25832) =>
    tableOf(randomRows(5, 57, epsg === 4326 ? () => ({ type: 'Point', coordinates: [7, 51] }) : pointAt), { type: 'Point', epsg })
  const names = sampleFields.map(({ name }) => name)
  const short = [...shapefileNames(sampleFields).values()]
  test.each([
    [
      'a.gpkg',
      (path: string) => writeGeoPackage(path, [table()], { knownAt }),
      25832,
      names,
      ['String', 'String', 'Integer64', 'Real', 'Date', 'Integer'],
    ],
    [
      'a.shp.zip',
      (path: string) => writeShapefile(path, [table()], { knownAt, readme: 'Felder' }),
      25832,
      short,
      ['String', 'String', 'Integer64', 'Real', 'Date', 'Integer'],
    ],
    [
      'a.geojson',
      (path: string) => writeGeoJson(path, table(4326)),
      4326,
      names,
      ['String', 'String', 'Integer', 'Real', 'Date', 'Integer'],
    ],
    ['a.csv', (path: string) => writeCsv(path, table(), 'plain'), null, [...names, 'geometry'], null],
    [
      'a.xlsx',
      (path: string) => writeXlsx(path, [table()], { header: 'name' }),
      null,
      [...names, 'geometry'],
      ['String', 'String', 'Integer', 'Real', 'Date', 'Integer', 'String'],
    ],
  ])('%s', async (name, write, epsg, fields, types) => {
    const directory = await workDirectory()
    await write(join(directory, name))
    const { stdout, stderr } = await run('ogrinfo', ['-ro', '-al', '-so', name], directory)
    expect(stderr).toBe('')
    expect(stdout).toContain('Feature Count: 57')
    const found = [...stdout.matchAll(/^(\w+): (String|Integer64|Integer|Real|Date)/gm)]
    expect(found.map(([, field]) => field)).toEqual(fields)
    if (types) expect(found.map(([, , type]) => type)).toEqual(types)
    if (epsg) expect(stdout).toMatch(new RegExp(`ID\\["EPSG",${epsg}\\]\\]`))
  })
})

const lines = (random: () => number): RowToWrite['geometry'] => ({
  type: 'LineString',
  coordinates: Array.from({ length: 2 + Math.floor(random() * 20) }, (_, index) => [
    355_000 + index * 10 + random() * 5,
    5_650_000 + random() * 10_000,
  ]),
})

const writers: [string, (path: string, table: TableToWrite) => Promise<void>][] = [
  ['a.gpkg', (path, table) => writeGeoPackage(path, [table], { knownAt })],
  ['a.zip', (path, table) => writeShapefile(path, [table], { knownAt })],
]

test.each(writers)('export and import of %s changes nothing, whatever the rows', async (name, write) => {
  for (const seed of [11, 12, 13]) {
    const path = join(await workDirectory(), name)
    const rows = randomRows(seed, 200, lines)
    await write(path, tableOf(rows, { type: 'LineString', epsg: 25832 }))
    const { rows: read } = await readTable(path)
    const columns = name.endsWith('zip') ? shapefileNames(sampleFields) : null
    const plain = (value: unknown) =>
      columns && typeof value === 'boolean'
        ? Number(value)
        : columns && typeof value === 'number'
          ? Number(value.toFixed(15))
          : value
    expect(
      read.map(({ values, geometry }) => [sampleFields.map((field) => values[columns?.get(field.name) ?? field.name]), geometry]),
    ).toEqual(rows.map(({ values, geometry }) => [sampleFields.map((field) => plain(values[field.name])), geometry]))
  }
})
