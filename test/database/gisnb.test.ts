import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { beforeAll, describe, expect, it } from 'vitest'
import type * as z from 'zod/mini'
import { loadDemo } from '../../data/demo/load.ts'
import type { checkGisNb, GisNbSubmission, importGisNb } from '../../server/contract/gisnb.ts'
import { gisNbRules } from '../../server/contract/gisnb.ts'
import { defaultLimits } from '../../server/formats/format.ts'
import { type Geometry, openFile, type Value, writeGeoPackage } from '../../server/formats/index.ts'
import { openZip } from '../../server/formats/zip.ts'
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

const line = (x: number): Geometry => ({
  type: 'LineString',
  coordinates: [
    [x, 5_655_000],
    [x + 100, 5_655_000],
  ],
})
const point = (x: number): Geometry => ({ type: 'Point', coordinates: [x, 5_655_010] })

/** A GeoPackage as a builder would make it. */
async function packageOf(layers: Record<string, { values: Record<string, Value>; geometry: Geometry }[]>): Promise<Buffer> {
  const path = join(directory, 'builder.gpkg')
  const tables = Object.entries(layers).map(([name, rows]) => ({
    name,
    title: { de: name, en: name },
    fields: Object.keys(rows[0]?.values ?? {}).map((field) => ({
      name: field,
      label: { de: field, en: field },
      type: field.endsWith('sonst') ? ('text' as const) : ('integer' as const),
    })),
    geometry: { type: rows[0]?.geometry.type === 'Point' ? ('Point' as const) : ('LineString' as const), epsg: 25832 },
    rows,
  }))
  await writeGeoPackage(path, tables, { knownAt: '2023-04-12T00:00:00Z' })
  return readFile(path)
}

async function ductLines(): Promise<{ id: string }[]> {
  const { rows } = await database.raw(`select d.id, d.duct_type, d.count, d.tubes_reserved, d.status, st_astext(d.geom, 3) as line
    from ducts_at(current_date, clock_timestamp()) d order by d.id`)
  return rows
}

/** The manifest of a package, whose files are what it says. */
async function manifestOf(path: string) {
  await using zip = await openZip(path, defaultLimits)
  const read = async (name: string) =>
    buffer(await zip.read(zip.entries.find(({ fileName }) => fileName === name) as (typeof zip.entries)[number]))
  const manifest = JSON.parse(String(await read('MANIFEST.json')))
  for (const { name, sha256 } of manifest.files)
    expect(
      createHash('sha256')
        .update(await read(name))
        .digest('hex'),
      name,
    ).toBe(sha256)
  return manifest
}

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

  it('is written as GeoPackage in another CRS, with all layers and fields, and says what is not known', async () => {
    const path = join(directory, 'package.zip')
    await writeFile(path, await download(`${wish}&phase=2&format=gpkg&crs=4326&asOf=2023-04-12`))
    const manifest = await manifestOf(path)
    expect(manifest).toMatchObject({
      version: '5.1',
      phase: '2',
      crs: 'EPSG:4326',
      asOf: '2023-04-12',
      files: [{ name: 'gis-nb.gpkg' }],
    })
    expect(manifest.notKnown[0]).toMatch(/lag nicht vor/)
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
    expect(createHash('sha256').update(again).digest('hex')).toBe(made.sha256)
    await writeFile(join(directory, 'again.zip'), again)
    expect((await manifestOf(join(directory, 'again.zip'))).files).toHaveLength(25)
    const { layers, lastSubmission } = await check('3')
    expect(lastSubmission?.id).toBe(made.id)
    expect(layers[3]?.difference).toMatchObject({ removed: 0 })
    expect(layers[3]?.difference?.added).toBeGreaterThan(0)
  })

  it.each([
    ['5.1', '3', 'shp', 25832],
    ['4.1', '4', 'gpkg', 4326],
  ])('comes back in without changing anything (%s, phase %s, %s, %s)', async (version, phase, format, crs) => {
    const query = `programmeId=breitband&version=${version}&phase=${phase}`
    const bytes = await download(`${query}&format=${format}&crs=${crs}`)
    const imported = await body<Imported>(await send(bytes, false, query))
    expect(imported.findings.filter(({ rule }) => gisNbRules[rule].severity === 'error')).toEqual([])
    expect(imported.layers.map(({ added, changed }) => added + changed)).toEqual(imported.layers.map(() => 0))
    expect(imported.layers.every(({ objects, unchanged }) => objects > 0 && unchanged === objects)).toBe(true)
    expect(imported.revision).toBeNull()
  })

  it('of a builder keeps its own objects, whatever numbers they bear, and knows them again', async () => {
    const ours = await ductLines()
    const [{ number }] = (await database.raw('select min(version)::integer as number from ducts')).rows
    const duct = (more: object = {}) => ({
      values: {
        id: number,
        lr_art: 15,
        lr_sonst: null,
        lr_anzahl: 12,
        anzahl: 1,
        lr_reserv: 0,
        lae_lr: 100,
        zustand: 2,
        ...more,
      },
      geometry: line(370_000),
    })
    const first = await body<Imported>(await send(await packageOf({ Leerrohre: [duct()] }), false, `${wish}&phase=2`))
    expect(first.layers.find(({ name }) => name === 'Leerrohre')).toMatchObject({ added: 1, changed: 0, unchanged: 0 })
    expect((await ductLines()).filter(({ id }) => ours.some((own) => own.id === id))).toEqual(ours)
    const again = await packageOf({ Leerrohre: [duct({ lr_reserv: 4 })] })
    const second = await body<Imported>(await send(again, false, `${wish}&phase=2`))
    expect(second.layers.find(({ name }) => name === 'Leerrohre')).toMatchObject({ added: 0, changed: 1, unchanged: 0 })
    expect(await ductLines()).toHaveLength(ours.length + 1)
    await body(await coordinator.send('POST', `/api/changes/${second.revision}/undo`))
  })

  it('of a builder is taken in part: what is wrong stays out, what is missing is named, nothing is invented', async () => {
    const trench = (x: number, more: object = {}) => ({ values: { trassenb: 11, mitverleg: 0, ...more }, geometry: line(x) })
    const customer = (id: number, endkunde: number | null) => ({
      values: { id, endkunde, id_netze: -1 },
      geometry: point(360_000),
    })
    const bytes = await packageOf({
      Trassenbau: [trench(371_000), trench(371_000), trench(372_000, { mitverleg: 7 })],
      Endverbraucher: [customer(900_001, 1), customer(900_002, 2), customer(900_003, null)],
    })
    const { layers, findings } = await body<Imported>(await send(bytes, true, `${wish}&phase=3`))
    expect(layers.find(({ name }) => name === 'Trassenbau')).toMatchObject({ objects: 3, added: 2 })
    expect(layers.find(({ name }) => name === 'Endverbraucher')).toMatchObject({ objects: 3, added: 1 })
    const found = findings.map(({ rule, layer, field }) => [rule, layer, field])
    expect(found).toContainEqual(['G03', 'Trassenbau', 'mitverleg'])
    expect(found.filter(([rule, layer]) => rule === 'G04' && layer === 'Endverbraucher')).toHaveLength(2)
    expect(found.filter(([rule, , field]) => rule === 'G18' && field === null).map(([, layer]) => layer)).toEqual([
      'Bauten_und_Netztechnik',
      'Leerrohre',
      'Verbindungen',
    ])
  })

  it('places premises at their official address when they have no location of their own', async () => {
    await database.raw(`insert into streets (key, official_key, name) values ('02001', '05316000000002001', 'Amtsweg')`)
    await database.raw(`insert into addresses (id, street_key, house_number, geom, district_id)
      values ('denw01', '02001', 1, st_setsrid(st_makepoint(359980, 5659400), 25832), 'opladen')`)
    const content = { key: 'at-address', districtId: 'opladen', addressId: 'denw01', kind: 'household', state: 'eligible' }
    const wanted = { content: { ...content, programmeId: 'breitband' }, trueOn: '2023-04-01', reason: 'Nachtrag' }
    await body(await coordinator.send('POST', '/api/objects/premises', { ...wanted, source: { citation: 'Mail', url: null } }))
    const { rules } = await read<Check>(coordinator, `/api/gisnb/check?${wish}&phase=2`)
    expect(rules.find(({ id }) => id === 'G09')?.found).toBe(0)
  })

  it('says in German what cannot be', async () => {
    const get = (query: string) => coordinator.get(`/api/gisnb/check?${query}`)
    expect((await refused(await get('programmeId=breitband&version=9.9&phase=2'), 404)).detail).toMatch(/Version/)
    expect((await refused(await get('programmeId=breitband&version=5.1&phase=1'), 400)).detail).toMatch(/keinen Export/)
    await refused(await get('programmeId=atlantis&version=5.1&phase=2'), 404)
    const submission = { programmeId: 'breitband', version: '5.1', phase: '3', format: 'shp', crs: 3857, asOf: '2022-04-15' }
    const foreign = await refused(await coordinator.send('POST', '/api/gisnb/submissions', submission), 422)
    expect(foreign.errors?.[0]?.field).toBe('crs')
    expect((await refused(await send(Buffer.from('PK\x03\x04 broken'), true), 422)).errors?.[0]?.field).toBe('file')
    expect((await refused(await send(Buffer.from('a;b\r\n1;2\r\n'), true), 422)).errors?.[0]?.detail).toMatch(/keiner der Layer/)
    expect((await refused(await send(Buffer.alloc(0), true), 422)).errors?.[0]?.detail).toMatch(/leer/)
  })
})
