import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type * as z from 'zod/mini'
import { gisNbRules, type importGisNb } from '../../server/contract/gisnb.ts'
import { testApp } from '../support/app.ts'
import { body, read, staff } from '../support/facts.ts'
import { workDirectory } from '../support/formats.ts'

/** A GIS-NB package made by hand with GDAL itself, as a planning office would hand it over. */
const run = promisify(execFile)
const app = await testApp()
const coordinator = await staff(app, 'gigabitCoordinator')

const line = (x: number) => ({
  type: 'LineString',
  coordinates: [
    [x, 5_655_000],
    [x + 100, 5_655_000],
    [x + 100, 5_655_050],
  ],
})
const point = (x: number) => ({ type: 'Point', coordinates: [x, 5_655_010] })
const layers = {
  'Bauten und Netztechnik': [
    {
      properties: { id: 1, art: 14, art_sonst: null, kollokatio: 0, zustand: 1, bezeichner: 'NVt Müllerweg', id_tech: -1 },
      geometry: point(360_000),
    },
  ],
  Endverbraucher: [{ properties: { id: 10, endkunde: 1, id_netze: 1 }, geometry: point(360_050) }],
  Trassenbau: [{ properties: { id: 20, trassenb: 12, mitverleg: 1 }, geometry: line(360_000) }],
  Leerrohre: [
    {
      properties: { id: 30, lr_art: 15, lr_sonst: null, lr_anzahl: 12, anzahl: 2, lr_reserv: 3, lae_lr: 150, zustand: 2 },
      geometry: line(360_000),
    },
    {
      properties: { id: 31, lr_art: 98, lr_sonst: null, lr_anzahl: 1, anzahl: 1, lr_reserv: 0, lae_lr: 150, zustand: 2 },
      geometry: line(360_010),
    },
  ],
  Verbindungen: [
    {
      properties: { id: 40, verb_art: 10, v_a_sonst: null, lae_kabel: 150, anzahl_f_a: 144, f_a_reserv: 12, zustand: 1 },
      geometry: line(360_000),
    },
  ],
}

test('a package produced by GDAL is checked, recorded in one change, and lies where it was drawn', async () => {
  const directory = await workDirectory()
  for (const [index, [name, features]] of Object.entries(layers).entries()) {
    const collection = {
      type: 'FeatureCollection',
      crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::25832' } },
      features: features.map((one) => ({ type: 'Feature', ...one })),
    }
    await writeFile(join(directory, 'layer.geojson'), JSON.stringify(collection))
    const words = [
      '-f',
      'GPKG',
      ...(index > 0 ? ['-update'] : []),
      '-nln',
      name,
      '-lco',
      'FID=fid',
      'package.gpkg',
      'layer.geojson',
    ]
    await run('ogr2ogr', words, { cwd: directory })
  }
  const query = new URLSearchParams({
    ...{ programmeId: 'breitband', version: '5.1', phase: '2', name: 'package.gpkg', trueOn: '2026-11-20' },
    ...{ citation: 'Planung des Ingenieurbüros', reason: 'Netzplan übernommen', preview: 'false' },
  })
  const response = await fetch(new URL(`/api/gisnb/imports?${query}`, app.url), {
    method: 'POST',
    body: new Uint8Array(await readFile(join(directory, 'package.gpkg'))),
    headers: {
      Origin: app.context.config.publicBaseUrl,
      'Content-Type': 'application/geopackage+sqlite3',
      Cookie: [...coordinator.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    },
  })
  const { layers: taken, findings, revision } = await body<z.infer<(typeof importGisNb)['response']>>(response)
  expect(taken.map(({ objects, added }) => [objects, added])).toEqual([
    [1, 1],
    [1, 1],
    [1, 1],
    [2, 1],
    [1, 1],
  ])
  expect(findings.filter(({ rule }) => gisNbRules[rule].severity === 'error')).toMatchObject([
    { rule: 'G03', field: 'lr_art', number: 31 },
  ])
  expect(revision).toBeGreaterThan(0)

  const { objects } = await read<{ objects: { content: Record<string, unknown>; lengthM: number }[] }>(
    coordinator,
    '/api/objects/duct',
  )
  expect(objects).toHaveLength(1)
  expect(objects[0]).toMatchObject({
    lengthM: expect.closeTo(150, 3),
    content: { ductType: 15, count: 2, tubesPerBundle: 12, status: 'planned' },
  })
  const { rows } = await app.context.database.raw(`select st_astext(geom) as wkt from ducts_at(current_date, clock_timestamp())`)
  expect(rows).toEqual([{ wkt: 'LINESTRING(360000 5655000,360100 5655000,360100 5655050)' }])
})
