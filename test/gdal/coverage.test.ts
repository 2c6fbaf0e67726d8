import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { CoverageFound } from '../../server/contract/coverage.ts'
import { testApp } from '../support/app.ts'
import { areas, coverageDesk, wishOf } from '../support/coverage.ts'
import { body } from '../support/facts.ts'
import { workDirectory } from '../support/formats.ts'

/** Files in the shape the Bundesnetzagentur documents, made by the real ogr2ogr (Debian's gdal-bin). */
const run = promisify(execFile)
const app = await testApp()
const desk = await coverageDesk(app)

/** A cell far away, the whole country around the city, a hole in it without an operator. */
const monitoring = areas([
  { properties: { mobilesBB_AnzahlMNB: 3, BL: 'Nordrhein-Westfalen' }, box: [300_000, 5_500_000, 500_000, 5_655_000] },
  { properties: { mobilesBB_AnzahlMNB: 1, BL: 'Nordrhein-Westfalen' }, box: [300_000, 5_655_000, 500_000, 5_800_000] },
  { properties: { mobilesBB_AnzahlMNB: 0, BL: 'Bayern' }, box: [700_000, 5_400_000, 701_000, 5_401_000] },
])

async function written(source: string, epsg: number, format: 'gpkg' | 'shp'): Promise<Buffer> {
  const directory = await workDirectory()
  await writeFile(join(directory, 'source.geojson'), source)
  const target = format === 'gpkg' ? 'mobilfunkmonitoring.gpkg' : 'mobilfunkmonitoring.shp'
  const options = format === 'gpkg' ? ['-nln', 'mobilfunkmonitoring'] : ['-lco', 'ENCODING=UTF-8']
  // Straight lines of one system are bows in another: with a vertex every 5 km they stay where they are.
  const dense = epsg === 25832 ? [] : ['-segmentize', '5000']
  await run('ogr2ogr', [target, 'source.geojson', '-t_srs', `EPSG:${epsg}`, ...dense, ...options], { cwd: directory })
  if (format === 'gpkg') return readFile(join(directory, target))
  await run(
    'zip',
    ['-q', 'edition.zip', ...['shp', 'shx', 'dbf', 'prj', 'cpg'].map((ending) => `mobilfunkmonitoring.${ending}`)],
    { cwd: directory },
  )
  return readFile(join(directory, 'edition.zip'))
}

const counts = new Map<string, CoverageFound['counts']>()

test.each([
  ['gpkg', 25832],
  ['gpkg', 3035],
  ['gpkg', 4326],
  ['shp', 25832],
  ['shp', 3035],
] as const)(
  'the number of operators as %s in EPSG:%i is imported, only what lies around the city is read',
  async (format, epsg) => {
    const bytes = await written(monitoring, epsg, format)
    const { id, found } = await desk.inspect(`mobilfunk.${format === 'gpkg' ? 'gpkg' : 'zip'}`, bytes)
    expect(found).toMatchObject({ dataset: 'operator_count', rows: 2, used: 2, unusable: 0, cells: 8222 })
    counts.set(`${format} ${epsg}`, found.counts)
    await body(await desk.confirming(id, wishOf(found, { title: `Monitoring ${format} ${epsg}` })))
    const response = await fetch(`${app.url}/ogc/collections/mobile_spots/items`)
    const { features } = await body<{ features: { properties: Record<string, unknown> }[] }>(response)
    expect(features.map(({ properties }) => [properties.spot, properties.operatorCount, properties.title])).toEqual([
      ['grey', 1, `Monitoring ${format} ${epsg}`],
    ])
  },
)

test('whatever the format and the system, the same cells have the same number', () => {
  expect(counts.size).toBe(5)
  expect(new Set([...counts.values()].map((count) => JSON.stringify(count))).size).toBe(1)
})

test('areas with a rollout deficit keep number, municipalities and area, also as a shapefile with its short names', async () => {
  const source = areas([
    {
      properties: { Nr: 4711, betroffene_Gemeinden: 'Leverkusen, Köln', gebietsflaeche_qkm: 2.5 },
      box: [361_000, 5_656_000, 362_000, 5_658_500],
    },
    {
      properties: { Nr: 4712, betroffene_Gemeinden: 'München', gebietsflaeche_qkm: 1 },
      box: [690_000, 5_330_000, 691_000, 5_331_000],
    },
  ])
  for (const format of ['gpkg', 'shp'] as const) {
    const { id, found } = await desk.inspect(
      `defizit.${format === 'gpkg' ? 'gpkg' : 'zip'}`,
      await written(source, 25832, format),
    )
    expect(found).toMatchObject({ dataset: 'deficit_areas', used: 1 })
    await body(await desk.confirming(id, wishOf(found)))
    const response = await fetch(`${app.url}/ogc/collections/mobile_deficits/items`)
    const { features } = await body<{ features: { properties: Record<string, unknown> }[] }>(response)
    expect(features.map(({ properties }) => properties)).toMatchObject([
      { number: '4711', municipalities: 'Leverkusen, Köln', statedAreaKm2: 2.5 },
    ])
  }
})

test('a GeoPackage of an edition that is not known is refused, with what was found in it', async () => {
  const other = areas([{ properties: { mnb_gesamt: 3, land: 'NW' }, box: [360_000, 5_655_000, 361_000, 5_656_000] }])
  const problem = await desk.refusal('neu.gpkg', await written(other, 25832, 'gpkg'))
  expect(problem).toMatch(
    /„mobilfunkmonitoring“ \(Flächen\) mit den Spalten „mnb_gesamt“, „land“\. Erwartet: .*„mobilesBB_AnzahlMNB“/,
  )
  const elsewhere = await desk.refusal('gk.gpkg', await written(monitoring, 31468, 'gpkg'))
  expect(elsewhere).toMatch(/Zahl der Netzbetreiber.*Koordinatensystem.*Erwartet wird .*EPSG:25832/)
})
