import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { exportsApp, kinds } from '../support/exports.ts'
import { workDirectory } from '../support/formats.ts'
import { trickyObjects } from '../support/tricky-objects.ts'

/** Exports as the real GDAL opens them, and as the inbox takes back what GDAL writes. */
const { download, comesBack } = await exportsApp()
const formats = ['gpkg', 'shp'] as const

const run = async (program: string, words: string[]) =>
  (await promisify(execFile)(program, words, { maxBuffer: 64 * 2 ** 20 })).stdout

/** What GDAL says about a layer, and its features by GDAL's own translation. */
async function open(bytes: Buffer, kind: string, ending: string) {
  const file = join(await workDirectory(), 'export.zip')
  await writeFile(file, bytes)
  const path = `/vsizip/${file}/${kind}.${ending}`
  const { features } = JSON.parse(await run('ogr2ogr', ['-f', 'GeoJSON', '/vsistdout/', path])) as {
    features: { properties: Record<string, unknown> }[]
  }
  return { summary: await run('ogrinfo', ['-so', path, kind]), features }
}

describe('exports', () => {
  test.each(kinds)('of %s open in GDAL with CRS, count, fields and texts', async (kind) => {
    const objects = trickyObjects(kind)
    for (const [format, epsg] of [
      ['gpkg', 25832],
      ['shp', 25832],
      ['geojson', 4326],
    ] as const) {
      const { summary, features } = await open(await download(`/api/exports/${kind}?format=${format}`), kind, format)
      expect(summary).toMatch(kind === 'premises' || kind === 'structure' ? /^Geometry: Point$/m : /^Geometry: Line String$/m)
      expect(summary).toMatch(new RegExp(`^ +ID\\["EPSG",${epsg}\\]\\]$`, 'm'))
      expect(features.map(({ properties }) => properties.externalId)).toEqual(objects.map(({ externalId }) => externalId))
      expect(features.map(({ properties }) => properties.key)).toEqual(objects.map(({ key }) => key))
    }
  })

  test.each(kinds.flatMap((kind) => formats.map((format) => [kind, format] as const)))(
    '%s as %s is a delivery that changes nothing here, and tells everything elsewhere',
    comesBack,
  )
})
