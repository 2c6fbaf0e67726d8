import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { findPublicLayer, publicLayers } from '../../server/contract/features.ts'
import { temporaryDirectory } from '../support/cluster.ts'
import { fillCoverage } from '../support/coverage.ts'
import { publishDeadZone } from '../support/dead-zones.ts'
import { mobileDesk } from '../support/mobile.ts'
import { household, objectsApp } from '../support/objects.ts'
import { openDataApp } from '../support/open-data.ts'

/** What a GIS reads: the real ogrinfo and ogr2ogr (Debian's gdal-bin) against the running server. */
const app = await openDataApp()
const { url, context } = app
const { record, coordinator } = await objectsApp(app)
const directory = await temporaryDirectory()
const source = `OAPIF:${url}/ogc`

// Every collection holds something: figures stand in theirs once they are released.
await record(
  'premises',
  Array.from({ length: 30 }, (_, index) =>
    household(`haus-${index}`, {
      programmeId: 'breitband',
      fundingClass: 'funded',
      state: index < 12 ? 'connected' : 'eligible',
    }),
  ),
)
const release = await coordinator.send('POST', '/api/counts/releases', { stand: '2026-11-20', reason: 'Quartalszahlen' })
expect(release.status, await release.text()).toBe(200)
await (await mobileDesk(app)).releaseSites()
await publishDeadZone(context)
await fillCoverage(app)

interface Feature {
  geometry: { type: string } | null
  properties: Record<string, unknown>
}

/** stdout and stderr; GDAL tells of trouble on stderr and goes on. */
const run = (program: 'ogrinfo' | 'ogr2ogr', ...words: string[]) =>
  promisify(execFile)(program, words, { maxBuffer: 64 * 2 ** 20, env: { ...process.env, GDAL_HTTP_TIMEOUT: '10' } })

async function read(dataset: string, layer: string, ...options: string[]): Promise<Feature[]> {
  const { stdout, stderr } = await run('ogr2ogr', '-f', 'GeoJSON', '/vsistdout/', dataset, layer, ...options)
  expect(stderr).toBe('')
  return (JSON.parse(stdout) as { features: Feature[] }).features
}

const idsOf = (features: Feature[]) => features.map((feature) => feature.properties.id)

async function expectedIds(layer: string, condition = 'true', knownAt = 'now()'): Promise<string[]> {
  const { source: from } = findPublicLayer(layer) as { source: string }
  const { rows } = await context.database.raw(
    `select f.id from ${from}(least(current_date, ${knownAt}::date), ${knownAt}) f where ${condition} order by f.id collate "C"`,
  )
  return rows.map((row: { id: string }) => row.id)
}

test('every collection is listed', async () => {
  const { stdout, stderr } = await run('ogrinfo', '-ro', '-so', source)
  expect(stderr).toBe('')
  expect([...stdout.matchAll(/^\d+: (\w+)/gm)].map(([, id]) => id)).toEqual(publicLayers.map((layer) => layer.id))
})

describe.each(publicLayers.map((layer) => [layer.id, layer] as const))('the collection %s', (id, layer) => {
  test.each(['1', '2', '7', '1000'])('is read completely in pages of %s', async (size) => {
    expect(idsOf(await read(source, id, '-oo', `PAGE_SIZE=${size}`))).toEqual(await expectedIds(id))
  })

  test('is counted as in the database, without reading it', async () => {
    const { stdout } = await run('ogrinfo', '-ro', '-so', source, id)
    expect(stdout).toContain(`Feature Count: ${(await expectedIds(id)).length}`)
  })

  test('has geometry where the layer has one, and none where it has not', async () => {
    const types = new Set((await read(source, id)).map((feature) => feature.geometry?.type ?? null))
    if (layer.geometry === null) expect(types).toEqual(new Set([null]))
    else expect(types).not.toContain(null)
  })

  test('has its declared properties as fields', async () => {
    const [first] = await read(source, id)
    expect(Object.keys(first?.properties ?? {})).toEqual(['id', ...Object.keys(layer.properties)])
  })

  test('is read as CSV too', async () => {
    const { stdout } = await run('ogrinfo', '-ro', '-al', '-so', `CSV:/vsicurl/${url}/ogc/collections/${id}/items?f=csv`)
    expect(stdout).toContain(`Feature Count: ${(await expectedIds(id)).length}`)
  })
})

test('all collections go into one GeoPackage', async () => {
  const file = join(directory, 'ausbau.gpkg')
  await run('ogr2ogr', file, source, '-oo', 'PAGE_SIZE=3')
  const { stdout } = await run('ogrinfo', '-ro', '-al', '-so', file)
  const counts = [...stdout.matchAll(/Layer name: (\w+)[\s\S]*?Feature Count: (\d+)/g)].map(([, id, count]) => [
    id,
    Number(count),
  ])
  const expected = await Promise.all(publicLayers.map(async ({ id }) => [id, (await expectedIds(id)).length]))
  // A GeoPackage lists its tables without geometry last.
  expect(new Map(counts as [string, number][])).toEqual(new Map(expected as [string, number][]))
})

test('a box is answered by the server', async () => {
  const box = ['6.95', '51.04', '7.01', '51.07']
  const inBox = `st_intersects(f.geom_3857, st_transform(st_makeenvelope(${box.join(', ')}, 4326), 3857))`
  for (const id of ['places', 'build_sections', 'districts']) {
    const expected = await expectedIds(id, inBox)
    expect(idsOf(await read(source, id, '-spat', ...box, '-oo', 'PAGE_SIZE=2'))).toEqual(expected)
    expect(expected.length).toBeGreaterThan(0)
  }
})

test('a condition is handed to the server, for which GDAL understands the description of the API', async () => {
  const { stdout, stderr } = await run(
    'ogrinfo',
    '-ro',
    '-al',
    '-q',
    '--debug',
    'HTTP',
    source,
    'stages',
    '-where',
    "trade = 'civil_works' and districtId = 'opladen'",
  )
  expect(stderr).toMatch(/items\?\S*trade=civil_works/)
  expect(stderr).not.toContain('ERROR')
  expect([...stdout.matchAll(/ id \(String\) = (\S+)/g)].map(([, id]) => id)).toEqual(
    await expectedIds('stages', `trade = 'civil_works' and district_id = 'opladen'`),
  )
})

test.each([
  ['2021-10-01', 4],
  ['2022-04-01', 7],
])('the knowledge of %s is a second phase of %i districts', async (knownAt, districts) => {
  const features = await read(`${source}?knownAt=${knownAt}`, 'build_sections')
  expect(features.filter((feature) => feature.properties.buildPhase === 2)).toHaveLength(districts)
})

test('a vector tile holds what the collection holds', async () => {
  const tile = await fetch(`${url}/tiles/districts/7/66/42.mvt`)
  const file = join(directory, 'tile.mvt')
  await writeFile(file, new Uint8Array(await tile.arrayBuffer()))
  const features = await read(file, 'districts', '-oo', 'X=66', '-oo', 'Y=42', '-oo', 'Z=7', '-oo', 'METADATA_FILE=')
  expect(idsOf(features).toSorted()).toEqual(await expectedIds('districts'))
})
