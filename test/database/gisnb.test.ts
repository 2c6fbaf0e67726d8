import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type * as z from 'zod/mini'
import { loadDemo } from '../../data/demo/load.ts'
import type { checkGisNb, GisNbSubmission, importGisNb } from '../../server/contract/gisnb.ts'
import { gisNbRules } from '../../server/contract/gisnb.ts'
import { openFile } from '../../server/formats/index.ts'
import { testApp } from '../support/app.ts'
import { temporaryDirectory } from '../support/cluster.ts'
import { body, read, refused, staff } from '../support/facts.ts'

const app = await testApp()
const { database } = app.context
const coordinator = await staff(app, 'gigabitCoordinator')
const directory = await temporaryDirectory()

type Check = z.infer<(typeof checkGisNb)['response']>
type Imported = z.infer<(typeof importGisNb)['response']>

const allLayers = ['Bauten_und_Netztechnik', 'Endverbraucher', 'Trassenbau', 'Leerrohre', 'Verbindungen']
const wish = 'programmeId=breitband&version=5.1'
const check = (phase: string, more = '') =>
  read<Check>(coordinator, `/api/gisnb/check?${wish}&phase=${phase}&asOf=2023-04-12${more}`)
const download = async (query: string): Promise<Buffer> => {
  const response = await coordinator.get(`/api/gisnb/package.zip?${query}`)
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}
const send = (bytes: Buffer, preview: boolean, query = `${wish}&phase=3`) =>
  fetch(
    new URL(
      `/api/gisnb/imports?${query}&preview=${preview}&name=paket.zip&trueOn=2023-04-12&citation=EVL-Paket&reason=Paket%20der%20EVL`,
      app.url,
    ),
    {
      method: 'POST',
      body: new Uint8Array(bytes),
      headers: {
        Origin: app.context.config.publicBaseUrl,
        'Content-Type': 'application/zip',
        Cookie: [...coordinator.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    },
  )

beforeAll(async () => {
  await loadDemo(database)
})

describe('the GIS-NB package of the example project', () => {
  it('validates: no error, and what the known text has no code for is said', async () => {
    const { layers, complete, rules, findings } = await check('3')
    expect(layers.map(({ name }) => name)).toEqual(allLayers)
    expect(layers.every(({ objects }) => objects > 0)).toBe(true)
    expect(rules.filter(({ id, found }) => found > 0 && gisNbRules[id].severity === 'error')).toEqual([])
    expect(rules.filter(({ found }) => found > 0).map(({ id }) => id)).toEqual(['G04'])
    expect(findings[0]?.text).toMatch(/kein Code bekannt/)
    expect(complete).toBeGreaterThan(0.9)
    expect(complete).toBeLessThan(1)
  })

  it('is written as GeoPackage in another CRS, with all layers and fields', async () => {
    const path = join(directory, 'package.zip')
    await writeFile(path, await download(`${wish}&phase=2&format=gpkg&crs=4326&asOf=2023-04-12`))
    await using file = await openFile(path, { name: 'package.zip' })
    expect(file.tables.map(({ name }) => name).toSorted()).toEqual(allLayers.toSorted())
    const ducts = file.tables.find(({ name }) => name === 'Leerrohre')
    expect(ducts?.crs?.epsg).toBe(4326)
    expect(ducts?.columns.map(({ name }) => name)).toEqual([
      'id',
      'lr_art',
      'lr_sonst',
      'lr_anzahl',
      'anzahl',
      'lr_reserv',
      'lae_lr',
      'zustand',
    ])
  })

  it('leaves out of phase 3 what is not built, and the id of trenches', async () => {
    const early = await read<Check>(coordinator, `/api/gisnb/check?${wish}&phase=3&asOf=2022-04-15`)
    const late = await check('3')
    expect(early.layers[2]?.objects).toBeGreaterThan(0)
    expect(early.layers[2]?.objects).toBeLessThan(late.layers[2]?.objects ?? 0)
  })

  it('is compared with the last submission', async () => {
    expect((await check('3')).lastSubmission).toBeNull()
    const submission = { programmeId: 'breitband', version: '5.1', phase: '3', format: 'shp', crs: 25832, asOf: '2022-04-15' }
    const made = await body<GisNbSubmission>(await coordinator.send('POST', '/api/gisnb/submissions', submission))
    expect(made).toMatchObject({ errors: 0, asOf: '2022-04-15' })
    const again = await download(`${wish}&phase=3&format=shp&crs=25832&asOf=2022-04-15&knownAt=${made.knownAt}`)
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(again))).toString('hex')
    expect(hash).toBe(made.sha256)
    const { layers, lastSubmission } = await check('3')
    expect(lastSubmission?.id).toBe(made.id)
    expect(layers[3]?.difference).toMatchObject({ removed: 0 })
    expect(layers[3]?.difference?.added).toBeGreaterThan(0)
  })

  it('comes back in without changing anything', async () => {
    const lines = async () =>
      (
        await database.raw(`select d.id, d.duct_type, d.count, d.condition, d.status, st_length(d.geom)::numeric(12, 3) as m
        from ducts_at('2023-04-12', clock_timestamp()) d order by d.id`)
      ).rows
    const before = await lines()
    const bytes = await download(`${wish}&phase=3&format=shp&crs=25832&asOf=2023-04-12`)
    const preview = await body<Imported>(await send(bytes, true))
    expect(preview.findings.filter(({ rule }) => gisNbRules[rule].severity === 'error')).toEqual([])
    expect(preview.revision).toBeNull()
    expect(preview.layers[3]).toMatchObject({ name: 'Leerrohre', objects: before.length, recorded: before.length })
    const imported = await body<Imported>(await send(bytes, false))
    expect(imported.revision).toBeGreaterThan(0)
    expect(await lines()).toEqual(before)
    await body(await coordinator.send('POST', `/api/changes/${imported.revision}/undo`))
    expect(await lines()).toEqual(before)
  })

  it('says in German what cannot be', async () => {
    const get = (query: string) => coordinator.get(`/api/gisnb/check?${query}`)
    expect((await refused(await get('programmeId=breitband&version=9.9&phase=2'), 404)).detail).toMatch(/Version/)
    expect((await refused(await get('programmeId=breitband&version=5.1&phase=1'), 400)).detail).toMatch(/keinen Export/)
    await refused(await get('programmeId=atlantis&version=5.1&phase=2'), 404)
    expect((await refused(await send(Buffer.from('PK\x03\x04 broken'), true), 422)).errors?.[0]?.field).toBe('file')
    expect((await refused(await send(Buffer.from('a;b\r\n1;2\r\n'), true), 422)).errors?.[0]?.detail).toMatch(/keiner der Layer/)
    expect((await refused(await send(Buffer.alloc(0), true), 422)).errors?.[0]?.detail).toMatch(/leer/)
  })
})
