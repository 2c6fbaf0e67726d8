import { describe, expect, it } from 'vitest'
import { type ExportFormat, exportFormats } from '../../server/contract/exports.ts'
import { exportsApp, kinds } from '../support/exports.ts'
import { refused } from '../support/facts.ts'
import { client } from '../support/sign-in.ts'

const { app, coordinator, download, comesBack } = await exportsApp()

/** What GDAL writes takes seconds: one kind of each here, the others in test/gdal/exports.test.ts. */
const kindOfGdal: Partial<Record<ExportFormat, string>> = { gpkg: 'route', shp: 'premises' }
const pairs = kinds.flatMap((kind) =>
  exportFormats.filter((format) => (kindOfGdal[format] ?? kind) === kind).map((format) => [kind, format] as const),
)

describe('what is exported', () => {
  it.each(pairs)('%s as %s is a delivery that changes nothing here, and tells everything elsewhere', comesBack)

  it('is the same bytes at the same clocks, and is for staff only', async () => {
    const path = `/api/exports/structure?format=csv&asOf=2024-04-15&knownAt=${new Date().toISOString()}`
    const [first, second] = [await download(path), await download(path)]
    expect(first.equals(second)).toBe(true)
    expect(first.toString('latin1')).toContain('README.txt')
    await refused(await client(app).get(path), 401)
    await refused(await coordinator.get('/api/exports/structure?format=docx'), 400)
    await refused(await coordinator.get('/api/exports/unicorn?format=csv'), 400)
  })
})
