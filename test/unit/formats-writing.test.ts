import { createHash } from 'node:crypto'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RowToWrite, TableToWrite } from '../../server/formats/index.ts'
import {
  formatReadme,
  shapefileNames,
  writeBundle,
  writeCsv,
  writeGeoJson,
  writeGeoPackage,
  writeShapefile,
  writeXlsx,
} from '../../server/formats/index.ts'
import { randomRows, readTable, sampleFields, tableOf, workDirectory } from '../support/formats.ts'

const knownAt = '2026-11-20T10:00:00Z'
const metres = { type: 'Point', epsg: 25832 } as const
const degrees = { type: 'Point', epsg: 4326 } as const

const pointInMetres = (random: () => number) => ({
  type: 'Point' as const,
  coordinates: [355_000 + random() * 10_000, 5_650_000 + random() * 10_000],
})
const pointInDegrees = (random: () => number) => ({
  type: 'Point' as const,
  coordinates: [6.9 + random() / 10, 51 + random() / 10],
})

type Writer = (path: string, table: TableToWrite, signal?: AbortSignal) => Promise<void>

/** dBase knows no truth values, and 15 decimals. */
const asInShapefile = (value: unknown) =>
  typeof value === 'boolean' ? Number(value) : typeof value === 'number' ? Number(value.toFixed(15)) : value

/** Name of the file, how it is written, its geometry, and what a column is called in it. */
const formats: [string, Writer, typeof metres | typeof degrees, (name: string) => string][] = [
  ['x.xlsx', (path, table, signal) => writeXlsx(path, [table], { header: 'name', signal }), metres, (name) => name],
  ['label.xlsx', (path, table, signal) => writeXlsx(path, [table], { signal }), metres, labelOf],
  ['plain.csv', (path, table, signal) => writeCsv(path, table, 'plain', { signal }), metres, (name) => name],
  ['excel.csv', (path, table, signal) => writeCsv(path, table, 'excel', { signal }), metres, labelOf],
  ['x.geojson', (path, table, signal) => writeGeoJson(path, table, { signal }), degrees, (name) => name],
  ['x.gpkg', (path, table, signal) => writeGeoPackage(path, [table], { knownAt, signal }), metres, (name) => name],
  [
    'x.zip',
    (path, table, signal) => writeShapefile(path, [table], { knownAt, signal }),
    metres,
    (name) => shapefileNames(sampleFields).get(name) ?? name,
  ],
]

function labelOf(name: string): string {
  return sampleFields.find((field) => field.name === name)?.label.de ?? name
}

describe.each(formats)('what is written as %s', (name, write, geometry, columnOf) => {
  const rows = (seed: number) => randomRows(seed, 120, geometry === metres ? pointInMetres : pointInDegrees)

  // GDAL takes a second each time; more seeds are tried beside the real one (test/gdal/formats.test.ts).
  test.each(/gpkg|zip/.test(name) ? [1] : [1, 2, 3])('is read back the same (%i)', async (seed) => {
    const path = join(await workDirectory(), name)
    const written = rows(seed)
    await write(path, tableOf(written, geometry))
    const { table, rows: read } = await readTable(path)
    expect(read.map(({ values }) => sampleFields.map((field) => values[columnOf(field.name)]))).toEqual(
      written.map(({ values }) =>
        sampleFields.map((field) => (name === 'x.zip' ? asInShapefile(values[field.name]) : values[field.name])),
      ),
    )
    expect(read.map((row) => row.geometry)).toEqual(written.map((row) => row.geometry))
    expect(read.flatMap((row) => row.remarks)).toEqual([])
    expect(table.crs).toMatchObject({ epsg: geometry.epsg, isSwapped: false })
  })

  test('has the same bytes each time', async () => {
    const directory = await workDirectory()
    const hashes = []
    for (const turn of ['a', 'b']) {
      const path = join(directory, turn + name)
      await write(path, tableOf(rows(7), geometry))
      hashes.push(
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
      )
    }
    expect(hashes[0]).toBe(hashes[1])
  })
})

const shapes: RowToWrite['geometry'][] = [
  {
    type: 'LineString',
    coordinates: [
      [360_000.125, 5_655_000.5],
      [360_010, 5_655_020],
      [360_030, 5_655_020],
    ],
  },
  {
    type: 'MultiLineString',
    coordinates: [
      [
        [360_000, 5_655_000],
        [360_010, 5_655_020],
      ],
      [
        [360_100, 5_655_000],
        [360_110, 5_655_020],
      ],
    ],
  },
  {
    type: 'Polygon',
    coordinates: [
      [
        [360_000, 5_655_000],
        [360_100, 5_655_000],
        [360_100, 5_655_100],
        [360_000, 5_655_000],
      ],
    ],
  },
  null,
]

test.each([
  ['shapes.gpkg', (path: string, table: TableToWrite) => writeGeoPackage(path, [table], { knownAt })],
  ['shapes.xlsx', (path: string, table: TableToWrite) => writeXlsx(path, [table])],
  ['shapes.csv', (path: string, table: TableToWrite) => writeCsv(path, table, 'excel')],
])('lines, areas and rows without geometry come back from %s', async (name, write) => {
  const path = join(await workDirectory(), name)
  const rows = shapes.map((geometry, index) => ({ values: { id: `r:${index}` }, geometry }))
  await write(path, tableOf(rows, { type: 'Geometry', epsg: 25832 }))
  expect((await readTable(path)).rows.map(({ geometry }) => geometry)).toEqual(shapes)
})

test('a GeoPackage holds several layers, also with a property called fid', async () => {
  const path = join(await workDirectory(), 'x.gpkg')
  const row = { values: { id: '01', fid: 7 }, geometry: { type: 'Point', coordinates: [360_000, 5_655_000] } as const }
  const fid = {
    ...tableOf([row], metres, 'other'),
    fields: [...sampleFields, { name: 'fid', label: { de: 'Nr', en: 'No' }, type: 'integer' as const }],
  }
  await writeGeoPackage(path, [tableOf([row], metres), fid, tableOf([{ values: { id: 'x' } }], null, 'codes')], { knownAt })
  const first = await readTable(path, { table: 'premises' })
  expect(first.file.tables.map(({ name, geometryType }) => [name, geometryType])).toEqual([
    ['premises', 'point'],
    ['other', 'point'],
    ['codes', null],
  ])
  expect((await readTable(path, { table: 'other' })).rows[0]?.values).toMatchObject({ id: '01', fid: 7 })
  expect((await readTable(path, { table: 'codes' })).rows[0]?.values).toMatchObject({ id: 'x' })
})

test('names of a shapefile are cut to ten characters without becoming the same', () => {
  const fields = ['connectionState', 'connectionStep', 'connectionStateLabel', 'größe'].map((name) => ({
    name,
    label: { de: name, en: name },
    type: 'text' as const,
  }))
  expect([...shapefileNames(fields).values()]).toEqual(['connection', 'connecti_1', 'connecti_2', 'gr__e'])
})

test('sheets get names Excel accepts, and several come back', async () => {
  const path = join(await workDirectory(), 'x.xlsx')
  const one = (name: string) => tableOf([{ values: { id: name } }], null, name)
  await writeXlsx(path, [
    one('Trassen/Rohre: 2024 [geplant] und noch viel mehr'),
    one('Trassen/Rohre: 2024 [geplant] und anderes'),
    one('trassen'),
  ])
  const { file } = await readTable(path)
  expect(file.tables.map(({ name }) => name)).toEqual([
    'Trassen-Rohre- 2024 -geplant- u',
    'Trassen-Rohre- 2024 -geplant- 2',
    'trassen',
  ])
})

test.each(formats)('when the rows fail in the middle, %s says so and the process lives', async (name, write, geometry) => {
  async function* failing(): AsyncGenerator<RowToWrite> {
    for (let row = 0; row < 5_000; row++) yield { values: { id: `p:${row}`, street: 'Am Wald' } }
    throw new Error('the rows failed')
  }
  const path = join(await workDirectory(), name)
  await expect(write(path, { ...tableOf([], geometry), rows: failing() })).rejects.toThrow('the rows failed')
  await expect(access(path)).rejects.toThrow('ENOENT')
})

test.each(formats)('writing %s stops when it is cancelled', async (name, write, geometry) => {
  const controller = new AbortController()
  async function* endless(): AsyncGenerator<RowToWrite> {
    for (let row = 0; ; row++) {
      if (row === 3_000) controller.abort()
      yield { values: { id: `p:${row}`, street: 'Am Wald' } }
    }
  }
  const path = join(await workDirectory(), name)
  await expect(write(path, { ...tableOf([], geometry), rows: endless() }, controller.signal)).rejects.toThrow(/abort/i)
  await expect(access(path)).rejects.toThrow('ENOENT')
})

test('CSV for Excel has mark, semicolons, commas in numbers, and ids that stay text', async () => {
  const path = join(await workDirectory(), 'x.csv')
  await writeCsv(
    path,
    tableOf([{ values: { id: '00123', street: '=cmd()', lengthM: 1.376, passedOn: '2024-03-01', isFunded: true } }], null),
    'excel',
  )
  expect(await readFile(path, 'utf8')).toBe(
    '\ufeffKennung;Straße;Wohneinheiten;Länge;Versorgt am;Gefördert\r\n"=""00123""";\'=cmd();;1,3760;2024-03-01;WAHR\r\n',
  )
})

test('what Excel would make a date or a number of stays text in CSV', async () => {
  const path = join(await workDirectory(), 'x.csv')
  const texts = ['12-14', '3/4', '5. Mai', '1E5', '12:30', '007', 'Mai 24', 'Maiweg 3', '+1 %']
  await writeCsv(
    path,
    tableOf(
      texts.map((street, index) => ({ values: { id: `p:${index}`, street } })),
      null,
    ),
    'excel',
  )
  const protectedTexts = [...(await readFile(path, 'utf8')).matchAll(/"=""(.*?)"""/g)].map(([, found]) => found)
  expect(protectedTexts).toEqual(texts.filter((text) => text !== 'Maiweg 3'))
  expect((await readTable(path)).rows.map(({ values }) => values.Straße)).toEqual(texts)
})

test('a bundle carries a README of its fields and is read like the file in it', async () => {
  const directory = await workDirectory()
  const table = tableOf([{ values: { id: 'a' } }], null)
  const fields = [
    {
      name: 'state',
      label: { de: 'Zustand', en: 'State' },
      type: 'text' as const,
      unit: 'm',
      codes: { ok: { de: 'gut', en: 'good' } },
    },
  ]
  const readme = formatReadme(
    {
      title: { de: 'Ausbaustand', en: 'Status' },
      licence: { name: 'dl-de/by-2-0', url: 'https://www.govdata.de/dl-de/by-2-0' },
      attribution: 'Stadt Leverkusen',
      asOf: '2026-11-20',
      knownAt,
      notes: ['Beispieldaten (erfunden)'],
    },
    [{ ...table, fields }],
  )
  expect(readme).toContain('Beispieldaten (erfunden)\r\n')
  expect(readme).toContain('Stand (asOf): 2026-11-20\r\nKenntnis von (knownAt): 2026-11-20T10:00:00Z\r\n')
  expect(readme).toContain('Lizenz: dl-de/by-2-0 (https://www.govdata.de/dl-de/by-2-0)')
  expect(readme).toContain('state: Zustand / State; Text in m\r\n    ok = gut / good')
  await writeCsv(join(directory, 'a.csv'), table, 'plain')
  await writeBundle(join(directory, 'b.zip'), [{ name: 'a.csv', path: join(directory, 'a.csv') }], readme)
  const { file, rows } = await readTable(join(directory, 'b.zip'))
  expect(file.format).toBe('csv')
  expect(file.remarks.map(({ code }) => code)).toContain('unpacked')
  expect(rows[0]?.values.id).toBe('a')
})
