import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { publicLayers } from '../../server/contract/features.ts'
import { getTileJson } from '../../server/contract/opendata.ts'
import { change } from '../../server/database/change.ts'
import { fillCoverage } from '../support/coverage.ts'
import { publishDeadZone } from '../support/dead-zones.ts'
import { mobileDesk } from '../support/mobile.ts'
import { openDataApp } from '../support/open-data.ts'

const app = await openDataApp()
const { url, context } = app
await publishDeadZone(context)
await fillCoverage(app)
await (await mobileDesk(app)).releaseSites()
const tiledLayers = publicLayers.filter((layer) => layer.geometry)
const today = '2026-11-20'

async function tile(path: string): Promise<{ response: Response; features: Record<string, unknown>[]; layers: string[] }> {
  const response = await fetch(url + path)
  const { layers } = new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer())))
  const features = Object.values(layers).flatMap((layer) =>
    Array.from({ length: layer.length }, (_, index) => layer.feature(index).properties as Record<string, unknown>),
  )
  return { response, features, layers: Object.keys(layers) }
}

/** The tile that holds the middle of the city at a zoom. */
function middle(zoom: number): string {
  const x = Math.floor(((7.02 + 180) / 360) * 2 ** zoom)
  const latitude = (51.05 * Math.PI) / 180
  const y = Math.floor(((1 - Math.asinh(Math.tan(latitude)) / Math.PI) / 2) * 2 ** zoom)
  return `${zoom}/${x}/${y}`
}

/** Records the end of civil works as another process would: this one hears of it by notification only. Returns the revision. */
async function finishCivilWorks(section: string): Promise<number> {
  const details = { actor: 'coordinator', actorName: 'Koordination', reason: 'Abnahme' }
  const { revision } = await change(context.database, details, async (trx) => {
    const citation = 'Abnahmeprotokoll'
    await trx('sources').insert({ citation }).onConflict('citation').ignore()
    const source = await trx('sources').where({ citation }).first('id')
    await trx('stages').insert({
      id: `${section}:civil_works`,
      section_id: section,
      trade: 'civil_works',
      true_on: '2026-10-01',
      actual_start: '2022-01',
      actual_end: '2026-10-01',
      source_id: source.id,
    })
  })
  return revision
}

describe('tiles', () => {
  test.each(tiledLayers.map((layer) => [layer.id, layer] as const))(
    'of %s hold every feature with its id and declared properties',
    async (id, layer) => {
      const { features, layers, response } = await tile(`/tiles/${id}/${middle(7)}.mvt`)
      expect(response.headers.get('Content-Type')).toBe('application/vnd.mapbox-vector-tile')
      expect(layers).toEqual([id])
      const { rows } = await context.database.raw(
        `select id from ${layer.source}(current_date, now()) where geom is not null order by id collate "C"`,
      )
      expect(features.map((feature) => feature.id).toSorted()).toEqual(rows.map((row: { id: string }) => row.id))
      const declared = ['id', ...Object.keys(layer.properties)]
      for (const feature of features) expect(Object.keys(feature).filter((name) => !declared.includes(name))).toEqual([])
    },
  )

  test('show what was known then', async () => {
    const secondPhase = async (knownAt: string) => {
      const { features } = await tile(`/tiles/build_sections/${middle(7)}.mvt?knownAt=${knownAt}`)
      return features.filter((feature) => feature.buildPhase === 2)
    }
    expect(await secondPhase('2021-10-01')).toHaveLength(4)
    expect(await secondPhase('2022-04-01')).toHaveLength(7)
  })

  test('without features are 204', async () => {
    const response = await fetch(`${url}/tiles/districts/14/0/0.mvt`)
    expect(response.status).toBe(204)
    expect(await response.text()).toBe('')
  })

  test('may be kept for ever only at the current revision and a day', async () => {
    const revision = context.revisions.current()
    const control = async (query: string) =>
      (await fetch(`${url}/tiles/districts/${middle(10)}.mvt?${query}`)).headers.get('Cache-Control')
    expect(await control(`revision=${revision}&asOf=${today}`)).toBe('public, max-age=31536000, immutable')
    expect(await control(`revision=${revision}`)).toBe('no-cache')
    expect(await control('')).toBe('no-cache')
    expect(await control(`revision=${revision + 1}&asOf=${today}`)).toBe('no-store')
  })

  test.each([
    ['districts/23/0/0', 400, 'z'],
    ['districts/-1/0/0', 400, 'z'],
    ['districts/3/8/0', 400, 'x'],
    ['districts/3/0/8', 400, 'y'],
    ['districts/3/0/1.5', 400, 'y'],
    ['districts/3/0/0', 400, 'asOf', '?asOf=gestern'],
    ['districts/3/0/0', 400, 'revision', '?revision=-1'],
    ['districts/3/0/0', 400, 'layer', '?layer=1'],
    ['stages/3/0/0', 404, 'layer'],
    ['secrets/3/0/0', 404, 'layer'],
  ])('at %s are refused with %s naming %s', async (place, status, field, query = '') => {
    const response = await fetch(`${url}/tiles/${place}.mvt${query}`)
    expect(response.status).toBe(status)
    expect(((await response.json()) as { errors: { field: string }[] }).errors.map((error) => error.field)).toEqual([field])
  })

  test.each(tiledLayers)('of $id are described by a TileJSON whose addresses work', async ({ id, source }) => {
    const response = await fetch(`${url}/tiles/${id}.json?knownAt=2022-04-01`)
    const description = z.parse(getTileJson.response, await response.json())
    const address = description.tiles[0]?.replace('{z}/{x}/{y}', middle(10)) ?? ''
    expect(address).toContain(`revision=${context.revisions.current()}`)
    expect(address).toContain('asOf=2022-04-01')
    const answer = await fetch(address)
    // What nobody knew then is an empty tile.
    const { rows } = await context.database.raw(`select exists (select from ${source}('2022-04-01', '2022-04-02')) as "wasKnown"`)
    expect(answer.status).toBe(rows[0].wasKnown ? 200 : 204)
    expect(answer.headers.get('Cache-Control')).toContain('immutable')
    expect(description.vector_layers[0]?.id).toBe(id)
  })

  test('of a table are not described', async () => {
    expect((await fetch(`${url}/tiles/funding.json`)).status).toBe(404)
  })
})

describe('after a change', () => {
  const phaseOf = async (section: string, query = '') => {
    const response = await fetch(`${url}/ogc/collections/build_sections/items/${encodeURIComponent(section)}${query}`)
    return ((await response.json()) as { properties: { phase: string } }).properties.phase
  }
  const untilRevision = (revision: number) =>
    new Promise<void>((resolve) => {
      if (context.revisions.current() >= revision) resolve()
      const end = context.revisions.subscribe((current) => {
        if (current < revision) return
        end()
        resolve()
      })
    })

  test('no answer is an old one, and the day before stays as it was', async () => {
    const section = 'breitband:manfort'
    const path = `/tiles/build_sections/${middle(7)}.mvt?asOf=${today}`
    const phaseInTile = async () => (await tile(path)).features.find((feature) => feature.id === section)?.phase
    expect([await phaseOf(section), await phaseInTile()]).toEqual(['civil_works', 'civil_works'])
    const before = await fetch(`${url}/ogc/collections/build_sections/items`)
    await untilRevision(await finishCivilWorks(section))
    expect([await phaseOf(section), await phaseInTile()]).toEqual(['civil_works_done', 'civil_works_done'])
    expect(await phaseOf(section, '?asOf=2026-09-30')).toBe('civil_works')
    expect(await phaseOf(section, '?knownAt=2022-04-01')).toBe('civil_works')
    const after = await fetch(`${url}/ogc/collections/build_sections/items`, {
      headers: { 'If-None-Match': before.headers.get('ETag') as string },
    })
    expect(after.status).toBe(200)
  })

  test('under constant reading no answer stays stale', async () => {
    const section = 'breitband:schlebusch'
    let isReading = true
    const reader = async () => {
      while (isReading) await phaseOf(section)
    }
    const readers = Array.from({ length: 8 }, reader)
    await untilRevision(await finishCivilWorks(section))
    const phases = await Promise.all(Array.from({ length: 20 }, () => phaseOf(section)))
    isReading = false
    await Promise.all(readers)
    expect(new Set(phases)).toEqual(new Set(['civil_works_done']))
  })

  test('every open browser is told the revision, at once and after each change', async () => {
    const stops = new AbortController()
    const listen = async () => {
      const response = await fetch(`${url}/api/live`, { signal: stops.signal })
      expect(response.headers.get('Content-Type')).toMatch(/^text\/event-stream/)
      const reader = (response.body as ReadableStream<Uint8Array>).getReader()
      let heard = ''
      return async (revision: number) => {
        const event = `event: revision\ndata: {"revision":${revision}}\n\n`
        while (!heard.includes(event)) heard += new TextDecoder().decode((await reader.read()).value)
      }
    }
    const browsers = await Promise.all(Array.from({ length: 50 }, listen))
    await Promise.all(browsers.map((hears) => hears(context.revisions.current())))
    const revision = await finishCivilWorks('breitband:wiesdorf')
    const startedAt = performance.now()
    await Promise.all(browsers.map((hears) => hears(revision)))
    expect(performance.now() - startedAt).toBeLessThan(5000)
    stops.abort()
  })

  test('HEAD of the news does not wait for any', async () => {
    const response = await fetch(`${url}/api/live`, { method: 'HEAD' })
    expect(response.status).toBe(200)
  })
})
