import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { DeliveryDetail, Mapping } from '../../server/contract/deliveries.ts'
import { testApp } from '../support/app.ts'
import { refused, staff } from '../support/facts.ts'
import { workDirectory } from '../support/formats.ts'
import { inbox } from '../support/inbox.ts'

/** Files written by the real ogr2ogr (Debian's gdal-bin), through the inbox into the statements. */
const run = promisify(execFile)
const app = await testApp()
const { database } = app.context
const { deliver, map, judge, publish, rows } = inbox(app, await staff(app, 'gigabitCoordinator'))

interface Feature {
  properties: Record<string, string | number | null>
  geometry: { type: string; coordinates: unknown } | null
}

const line = (x: number, y: number) => ({
  type: 'LineString',
  coordinates: [
    [x, y],
    [x + 100.123, y + 0.456],
    [x + 100.789, y + 50.321],
  ],
})
const point = (x: number, y: number) => ({ type: 'Point', coordinates: [x, y] })

/** Columns as short as dBase wants them; Kategorie is what a DXF keeps as its layer. */
const layers: Record<Exclude<Mapping['kind'], 'structure' | 'street'>, { features: Feature[]; recorded: object[] }> = {
  route: {
    features: [
      {
        properties: { id_t: 'T-1', status: 'verlegt', oberfl: 'Asphalt', bemerkung: 'Müllerstraße' },
        geometry: line(360_000, 5_655_000),
      },
      { properties: { id_t: 'T-2', status: 'im Bau', oberfl: 'Grün', bemerkung: null }, geometry: line(360_200.5, 5_655_020.25) },
    ],
    recorded: [
      { external_id: 'T-1', status: 'laid', surface: 'sealed', note: 'Müllerstraße' },
      { external_id: 'T-2', status: 'under_construction', surface: 'unsealed', note: null },
    ],
  },
  duct: {
    features: [
      {
        properties: { id_t: 'L-1', status: 'verlegt', lr_art: '15', zustand: 'neu', anzahl: 3 },
        geometry: line(360_000, 5_655_001),
      },
    ],
    recorded: [{ external_id: 'L-1', status: 'laid', duct_type: 15, condition: 'new', count: 3 }],
  },
  cable: {
    features: [{ properties: { id_t: 'K-1', status: 'geplant', fasern: 144 }, geometry: line(360_000, 5_655_002) }],
    recorded: [{ external_id: 'K-1', status: 'planned', fibre_count: 144 }],
  },
  premises: {
    features: [
      { properties: { id_t: 'A-1', status: 'HP', art: 'Privat', we: 3 }, geometry: point(360_010.125, 5_655_010.875) },
      { properties: { id_t: 'A-2', status: 'aktiv', art: 'Gewerbe', we: 1 }, geometry: point(360_110.5, 5_655_020.333) },
    ],
    recorded: [
      { external_id: 'A-1', state: 'passed', kind: 'household', units: 3 },
      { external_id: 'A-2', state: 'activated', kind: 'business', units: 1 },
    ],
  },
}

type Kind = keyof typeof layers
const kinds = Object.keys(layers) as Kind[]
const tables = { route: 'routes', duct: 'ducts', cable: 'cables', premises: 'premises' }
const columns: Record<Kind, Record<string, string>> = {
  route: { externalId: 'id_t', status: 'status', surface: 'oberfl', note: 'bemerkung' },
  duct: { externalId: 'id_t', status: 'status', ductType: 'lr_art', condition: 'zustand', count: 'anzahl' },
  cable: { externalId: 'id_t', status: 'status', fibreCount: 'fasern' },
  premises: { externalId: 'id_t', state: 'status', kind: 'art', units: 'we' },
}
const drivers = { gpkg: 'GPKG', zip: 'ESRI Shapefile', dxf: 'DXF' }

/** A file of ogr2ogr with these features (given in EPSG:25832). */
async function fileOf(format: keyof typeof drivers, features: readonly Feature[], options: readonly string[]): Promise<Buffer> {
  const directory = await workDirectory()
  const collection = {
    type: 'FeatureCollection',
    crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::25832' } },
    features: features.map((feature) => ({ type: 'Feature', ...feature })),
  }
  await writeFile(join(directory, 'netz.geojson'), JSON.stringify(collection))
  const name = `netz.${format === 'zip' ? 'shp' : format}`
  await run('ogr2ogr', ['-f', drivers[format], name, 'netz.geojson', ...options], { cwd: directory })
  if (format === 'zip')
    await run('zip', ['-q', 'netz.zip', 'netz.shp', 'netz.shx', 'netz.dbf', 'netz.prj', 'netz.cpg'], { cwd: directory })
  return readFile(join(directory, `netz.${format}`))
}

/** What was recorded of a sender's objects, with how far they are from where they were drawn (m). */
async function recorded(kind: Kind, sender: string, features: readonly Feature[]) {
  const { rows: found } = await database.raw<{ rows: { content: Record<string, unknown>; away: number }[] }>(
    `select to_jsonb(o) as content, (
        select min(st_hausdorffdistance(o.geom, st_setsrid(st_geomfromgeojson(f.value::text), 25832))) from jsonb_array_elements(cast(? as jsonb)) f
      ) as away
     from ${tables[kind]}_at(current_date, clock_timestamp()) o where o.id like ? order by o.external_id, st_xmin(o.geom)`,
    [JSON.stringify(features.flatMap(({ geometry }) => (isEmpty(geometry) ? [] : geometry))), `_:${sender}-%`],
  )
  return found
}

const isEmpty = (geometry: Feature['geometry']) => geometry === null || (geometry.coordinates as unknown[]).length === 0

const codesOf = (list: readonly { code: string }[]) => list.map(({ code }) => code)
const tableOf = ({ tables: [table] }: DeliveryDetail) => {
  if (!table) throw new Error('a delivery without tables')
  return table
}

describe.each([25832, 4326])('from ogr2ogr in EPSG:%i', (epsg) => {
  test.each(['gpkg', 'zip'] as const)('%s: each kind comes with its attributes and lies where it was drawn', async (format) => {
    for (const kind of kinds) {
      const sender = `${format}${epsg}`
      const { features, recorded: wanted } = layers[kind]
      const delivered = await deliver(`netz.${format}`, await fileOf(format, features, ['-t_srs', `EPSG:${epsg}`]))
      expect(tableOf(delivered)).toMatchObject({ needsCrs: false, crs: { epsg, how: 'declared', isSwapped: false } })
      const judged = await judge(delivered, { kind, senderName: sender, columns: columns[kind], defaults: {} })
      expect(judged.counts, JSON.stringify(await rows(judged.id))).toMatchObject({
        new: features.length,
        doubtful: 0,
        refused: 0,
      })
      expect((await publish(judged.id)).status).toBe('published')
      const found = await recorded(kind, sender, features)
      expect(found.map(({ content }) => content)).toMatchObject(wanted)
      expect(Math.max(...found.map(({ away }) => away))).toBeLessThan(0.001)
    }
  })

  test('dxf: what it does not tell is said for all rows; its layers are a column', async () => {
    for (const kind of ['route', 'premises'] as const) {
      const sender = `dxf${epsg}`
      const features = layers[kind].features.map(({ geometry }, index) => ({ properties: { Layer: `Los_${index}` }, geometry }))
      const delivered = await deliver('netz.dxf', await fileOf('dxf', features, ['-t_srs', `EPSG:${epsg}`]))
      expect(tableOf(delivered)).toMatchObject({ needsCrs: false, crs: { epsg, how: 'recognised' } })
      const defaults: Record<string, string> = kind === 'route' ? { status: 'planned' } : { kind: 'household', state: 'eligible' }
      const judged = await judge(delivered, { kind, senderName: sender, columns: { note: 'Layer' }, defaults })
      expect(judged.counts, JSON.stringify(await rows(judged.id))).toMatchObject({
        new: features.length,
        doubtful: 0,
        refused: 0,
      })
      expect((await publish(judged.id)).status).toBe('published')
      const found = await recorded(kind, sender, features)
      expect(found.map(({ content }) => content)).toMatchObject([{ note: 'Los_0' }, { note: 'Los_1' }])
      expect(Math.max(...found.map(({ away }) => away))).toBeLessThan(0.001)
    }
  })
})

test.each(['route', 'premises'] as const)(
  'geometries of one part in a layer for several parts (%s), as QGIS writes them, are taken',
  async (kind) => {
    const sender = `multi-${kind}`
    const { features } = layers[kind]
    const delivered = await deliver('netz.gpkg', await fileOf('gpkg', features, ['-nlt', 'PROMOTE_TO_MULTI']))
    const judged = await judge(delivered, { kind, senderName: sender, columns: columns[kind], defaults: {} })
    expect(judged.counts, JSON.stringify(await rows(judged.id))).toMatchObject({ new: features.length, doubtful: 0, refused: 0 })
    expect(await publish(judged.id)).toMatchObject({ status: 'published', problem: null })
    expect((await recorded(kind, sender, features)).map(({ away }) => away < 0.001)).toEqual([true, true])
  },
)

describe('the coordinate system', () => {
  const { features } = layers.route
  const said = { kind: 'route', columns: columns.route } as const

  test('is asked for where none is said and none recognised, with the places it may be; a wrong answer is refused row by row', async () => {
    const local = features.map((_, index) => ({ properties: {}, geometry: line(1_000 + index, 2_000) }))
    const layer = { kind: 'route', senderName: 'lokal', columns: { note: 'Layer' }, defaults: { status: 'planned' } } as const
    const delivered = await deliver('lokal.dxf', await fileOf('dxf', local, []))
    expect(tableOf(delivered)).toMatchObject({ needsCrs: true, crs: null, places: [] })
    expect(codesOf(tableOf(delivered).remarks)).toContain('crs-unknown')
    expect(delivered.delivery.status).toBe('mapping')
    const { errors } = await refused(await map(delivered, { ...layer, crs: null }), 422)
    expect(errors?.map(({ field }) => field)).toEqual(['crs'])
    const judged = await judge(delivered, { ...layer, crs: 25832 })
    expect(judged.counts).toMatchObject({ new: 0, refused: features.length })
    expect(codesOf((await rows(judged.id))[0]?.remarks ?? [])).toContain('far-away')
    await publish(judged.id)
    expect(await recorded('route', 'lokal', features)).toEqual([])
  })

  test('that is not read here is asked for; the likeliest lies in the city', async () => {
    const delivered = await deliver('zone33.gpkg', await fileOf('gpkg', features, ['-a_srs', 'EPSG:25833']))
    const table = tableOf(delivered)
    expect(codesOf(table.remarks)).toContain('crs-unsupported')
    expect(table.needsCrs).toBe(true)
    expect(table.places.map(({ epsg }) => epsg)).toEqual([25832])
    const judged = await judge(delivered, { ...said, senderName: 'zone33', crs: 25832 })
    expect(judged.counts).toMatchObject({ new: features.length })
    await publish(judged.id)
    expect((await recorded('route', 'zone33', features)).map(({ away }) => away < 0.001)).toEqual([true, true])
  })

  test('that contradicts the coordinates is said, and the right one taken', async () => {
    const delivered = await deliver('falsch.gpkg', await fileOf('gpkg', features, ['-a_srs', 'EPSG:31466']))
    expect(codesOf(tableOf(delivered).remarks)).toContain('crs-contradicted')
    await judge(delivered, { ...said, senderName: 'falsch' })
    await publish(delivered.delivery.id)
    expect((await recorded('route', 'falsch', features)).map(({ away }) => away < 0.001)).toEqual([true, true])
  })

  test('with north before east is read the right way round, and said', async () => {
    const swapped = features.map(({ properties, geometry }) => ({
      properties,
      geometry: { type: 'LineString', coordinates: ((geometry?.coordinates ?? []) as number[][]).map(([x, y]) => [y, x]) },
    }))
    const delivered = await deliver('vertauscht.gpkg', await fileOf('gpkg', swapped, []))
    expect(tableOf(delivered).crs).toEqual({ epsg: 25832, how: 'declared', isSwapped: true })
    expect(codesOf(tableOf(delivered).remarks)).toContain('axes-swapped')
    await judge(delivered, { ...said, senderName: 'vertauscht' })
    await publish(delivered.delivery.id)
    expect((await recorded('route', 'vertauscht', features)).map(({ away }) => away < 0.001)).toEqual([true, true])
  })
})

describe('a bad geometry', () => {
  test('is told in its row; the good ones are published, and nothing of the others', async () => {
    const knot = [
      [360_000, 5_655_000],
      [360_100, 5_655_100],
      [360_100, 5_655_000],
      [360_000, 5_655_100],
    ]
    const route = (id: string, geometry: Feature['geometry']) => ({ properties: { id_t: id, status: 'verlegt' }, geometry })
    const features = [
      route('1', line(360_000, 5_655_000)),
      route('2', { type: 'LineString', coordinates: knot }),
      route('3', { type: 'LineString', coordinates: [] }),
      route('4', null),
      // Munich.
      route('5', line(691_600, 5_334_700)),
      // Köln, ten kilometres beyond the border.
      route('6', line(356_500, 5_640_000)),
      route('7', {
        type: 'LineString',
        coordinates: [
          [360_000, 5_655_000],
          [360_000, 5_655_000],
        ],
      }),
    ]
    const delivered = await deliver('kaputt.gpkg', await fileOf('gpkg', features, ['-nlt', 'GEOMETRY']))
    const judged = await judge(delivered, {
      kind: 'route',
      senderName: 'kaputt',
      columns: { externalId: 'id_t', status: 'status' },
    })
    const found = await rows(judged.id)
    expect(found.map(({ row, judgement, remarks }) => [row, judgement, codesOf(remarks)])).toEqual([
      [1, 'new', []],
      [2, 'refused', ['self-crossing', 'geometry-invalid']],
      [3, 'refused', ['geometry-missing', 'missing']],
      [4, 'refused', ['geometry-missing', 'missing']],
      [5, 'refused', ['outside-nrw', 'far-away']],
      [6, 'doubtful', ['outside-city']],
      [7, 'refused', ['geometry-invalid']],
    ])
    await publish(judged.id)
    expect((await recorded('route', 'kaputt', features)).map(({ content }) => content.external_id)).toEqual(['1'])
  })

  test.each<[string, Mapping['kind'], Feature['geometry'][]]>([
    ['points for a route', 'route', [line(360_000, 5_655_000), point(360_000, 5_655_000)]],
    [
      'lines in two parts',
      'route',
      [
        line(360_000, 5_655_000),
        {
          type: 'MultiLineString',
          coordinates: [line(360_000, 5_655_000), line(361_000, 5_656_000)].map(({ coordinates }) => coordinates),
        },
      ],
    ],
    ['lines for a structure', 'structure', [point(360_000, 5_655_000), line(360_000, 5_655_000)]],
  ])('that does not fit the kind (%s) is refused in its row and does not stop the others', async (name, kind, geometries) => {
    const properties = { status: 'verlegt', art: 'NVt' }
    const features = geometries.map((geometry, index) => ({ properties: { id_t: `${index}`, ...properties }, geometry }))
    const delivered = await deliver('gemischt.gpkg', await fileOf('gpkg', features, ['-nlt', 'GEOMETRY']))
    const sender = name.replaceAll(' ', '-')
    const judged = await judge(delivered, {
      ...{ kind, senderName: sender, defaults: {} },
      columns: { externalId: 'id_t', status: 'status', ...(kind === 'structure' && { structureType: 'art' }) },
    })
    expect((await rows(judged.id)).map(({ judgement }) => judgement)).toEqual(['new', 'refused'])
    expect(await publish(judged.id)).toMatchObject({ status: 'published', problem: null })
    const { rows: found } = await database.raw(
      'select external_id from facts f join routes o using (id) where id like ? union all select external_id from structures where id like ?',
      [`r:${sender}-%`, `s:${sender}-%`],
    )
    expect(found).toEqual([{ external_id: '0' }])
  })

  test('of premises beyond the city has no district and is not taken', async () => {
    const features = [
      layers.premises.features[0] as Feature,
      { properties: { id_t: 'M', status: 'HP', art: 'Privat', we: 1 }, geometry: point(691_600, 5_334_700) },
    ]
    const delivered = await deliver('muenchen.gpkg', await fileOf('gpkg', features, []))
    const judged = await judge(delivered, { kind: 'premises', senderName: 'muenchen', columns: columns.premises })
    const found = await rows(judged.id)
    expect(found.map(({ judgement, remarks }) => [judgement, codesOf(remarks)])).toEqual([
      ['new', []],
      ['doubtful', ['outside-nrw', 'far-away', 'address-missing']],
    ])
    await publish(judged.id)
    expect((await recorded('premises', 'muenchen', features)).map(({ content }) => content.external_id)).toEqual(['A-1'])
  })
})
