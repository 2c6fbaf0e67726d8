import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { findPublicLayer, publicLayers } from '../../server/contract/features.ts'
import { columnOf } from '../../server/contract/layers/layer.ts'
import { getItem, listItems } from '../../server/contract/ogc.ts'
import { change } from '../../server/database/change.ts'
import { recordObjects } from '../../server/database/objects.ts'
import { releaseCounts } from '../../server/database/release.ts'
import { fillCoverage } from '../support/coverage.ts'
import { publishDeadZone } from '../support/dead-zones.ts'
import { mobileDesk } from '../support/mobile.ts'
import { openDataApp } from '../support/open-data.ts'

const app = await openDataApp()
const { url, context } = app

// So are sites of the mobile desk.
await (await mobileDesk(app)).releaseSites()

// Counted figures are public once they are released.
const { revision } = await change(
  context.database,
  { actor: 'test', actorName: 'Test', reason: 'Zählung' },
  async (trx, running) => {
    const [source] = await trx('sources').insert({ citation: 'Liste der EVL' }).returning('id')
    const premises = {
      key: 'haus',
      kind: 'household',
      programmeId: 'breitband',
      districtId: 'manfort',
      units: 9,
      state: 'passed',
      steps: {},
    }
    await recordObjects(trx, 'premises', [premises], { trueOn: '2022-03-28', sourceId: source.id })
    await releaseCounts(trx, { stand: '2022-03-28', release: running.id })
  },
)
context.revisions.announce(revision)
await publishDeadZone(context)
await fillCoverage(app)

interface Feature {
  id: string
  geometry: { type: string; coordinates: unknown } | null
  properties: Record<string, unknown>
}

interface Items {
  numberMatched: number
  numberReturned: number
  links: { href: string; rel: string; type?: string }[]
  features: Feature[]
}

const ask = (path: string, headers: Record<string, string> = {}) =>
  fetch(path.startsWith('http') ? path : url + path, { headers })

async function items(layer: string, query = ''): Promise<Items> {
  const response = await ask(`/ogc/collections/${layer}/items?${query}`)
  if (response.status !== 200) throw new Error(`${layer}?${query}: ${response.status} ${await response.text()}`)
  return response.json() as Promise<Items>
}

async function problem(path: string): Promise<{ status: number; type: string | null; fields: string[]; detail: string }> {
  const response = await ask(path)
  const body = (await response.json()) as { detail: string; errors?: { field: string }[] }
  const fields = (body.errors ?? []).map((error) => error.field)
  return { status: response.status, type: response.headers.get('Content-Type'), fields, detail: body.detail }
}

async function count(layer: string, asOf = 'current_date', knownAt = 'now()'): Promise<number> {
  const { source } = findPublicLayer(layer) as { source: string }
  const { rows } = await context.database.raw(`select count(*)::int as n from ${source}(${asOf}, ${knownAt})`)
  return rows[0].n
}

/** Reads page after page as a client does, by the links. */
async function readAll(layer: string, query: string): Promise<Feature[]> {
  const features: Feature[] = []
  let next: string | undefined = `/ogc/collections/${layer}/items?${query}`
  while (next) {
    const page: Items = (await (await ask(next)).json()) as Items
    features.push(...page.features)
    next = page.links.find((link) => link.rel === 'next')?.href
  }
  return features
}

describe.each(publicLayers.map((layer) => [layer.id, layer] as const))('the layer %s', (id, layer) => {
  test('comes from a function with exactly the declared columns', async () => {
    const { rows } = await context.database.raw(
      `select array_agg(name::text order by place) as columns
      from pg_proc, unnest(proargnames, proargmodes) with ordinality as argument (name, mode, place)
      where proname = :source and mode = 't'`,
      { source: layer.source },
    )
    const geometry = layer.geometry ? ['geom', 'geom_3857'] : []
    expect(rows[0].columns.toSorted()).toEqual(['id', ...Object.keys(layer.properties).map(columnOf), ...geometry].toSorted())
  })

  test('holds published facts, and shows nothing but declared properties', async () => {
    const page = await items(id, 'limit=10000')
    expect(page.features.length).toBeGreaterThan(0)
    expect(page.numberMatched).toBe(await count(id))
    z.parse(listItems(layer).response, page)
    for (const { properties } of page.features) expect(Object.keys(properties)).toEqual(Object.keys(layer.properties))
  })

  test('shows nothing but declared properties feature by feature', async () => {
    const [first] = (await items(id, 'limit=1')).features
    const response = await ask(`/ogc/collections/${id}/items/${encodeURIComponent(first?.id ?? '')}`)
    expect(response.headers.get('Content-Type')).toBe('application/geo+json')
    const { links, ...feature } = z.parse(getItem(layer).response, await response.json())
    expect(feature).toEqual(first)
    expect(links.map((link) => link.rel)).toEqual(['self', 'alternate', 'collection'])
  })

  test('is read completely page by page, in the order of the ids', async () => {
    const features = await readAll(id, 'limit=3')
    const ids = features.map((feature) => feature.id)
    expect(ids).toEqual((await items(id, 'limit=10000')).features.map((feature) => feature.id))
    expect(new Set(ids).size).toBe(await count(id))
    expect(ids).toEqual(ids.toSorted())
  })

  test('is a complete table with one row per feature', async () => {
    const rows = (
      await (await ask(`/ogc/collections/${id}/items?f=csv&properties=${Object.keys(layer.properties)[0]}`)).text()
    ).trimEnd()
    expect(rows.split('\r\n')).toHaveLength((await count(id)) + 1)
  })

  test('can be filtered by each of its values', async () => {
    const [first] = (await items(id, 'limit=1')).features
    for (const [name, value] of Object.entries(first?.properties ?? {})) {
      if (value === null || Array.isArray(value)) continue
      const filtered = await items(id, new URLSearchParams({ [name]: String(value) }).toString())
      expect(filtered.features.map((feature) => feature.id)).toContain(first?.id)
      expect(filtered.features.every((feature) => feature.properties[name] === value)).toBe(true)
    }
  })
})

describe('what was known then', () => {
  const secondPhase = (knownAt: string) => items('build_sections', `buildPhase=2&knownAt=${knownAt}`)

  test('on 1 October 2021 is a second phase of four districts, on 1 April 2022 of seven', async () => {
    expect((await secondPhase('2021-10-01')).numberMatched).toBe(4)
    expect((await secondPhase('2022-04-01')).numberMatched).toBe(7)
  })

  test('on 1 June 2021 is a target of 72 km of new duct, in 2022 of 49 km', async () => {
    const target = async (knownAt: string) => {
      const { features } = await items('targets', `programmeId=breitband&quantity=new_duct&knownAt=${knownAt}`)
      return features.map((feature) => feature.properties.value)
    }
    expect(await target('2021-06-01')).toEqual([72000])
    expect(await target('2022-04-01')).toEqual([49000])
  })

  test('is the same in the table', async () => {
    const rows = async (layer: string, query: string) =>
      (await (await ask(`/ogc/collections/${layer}/items?f=csv&${query}`)).text()).trimEnd().split('\r\n').slice(1)
    expect(await rows('build_sections', 'properties=name&buildPhase=2&knownAt=2021-10-01')).toHaveLength(4)
    expect(await rows('build_sections', 'properties=name&buildPhase=2&knownAt=2022-04-01')).toHaveLength(7)
    const duct = 'properties=value&programmeId=breitband&quantity=new_duct'
    expect(await rows('targets', `${duct}&knownAt=2021-06-01`)).toEqual(['breitband:new_duct,72000'])
    expect(await rows('targets', `${duct}&knownAt=2022-04-01`)).toEqual(['breitband:new_duct,49000'])
  })

  test('is handed on by the links of the documents that lead to it', async () => {
    const { links } = (await (await ask('/ogc?knownAt=2021-10-01')).json()) as Items
    const data = links.find((link) => link.rel === 'data')?.href ?? ''
    const { collections } = (await (await ask(data)).json()) as { collections: { links: { rel: string; href: string }[] }[] }
    for (const collection of collections) {
      for (const link of collection.links.filter(({ rel }) => rel === 'items')) expect(link.href).toContain('knownAt=2021-10-01')
    }
  })

  test('is nothing before anything was published', async () => {
    expect(await items('stages', 'knownAt=2019-01-02')).toMatchObject({ numberMatched: 0, numberReturned: 0, features: [] })
    const csv = await (await ask('/ogc/collections/stages/items?f=csv&knownAt=2019-01-02')).text()
    expect(csv.trimEnd().split('\r\n')).toHaveLength(1)
  })
})

describe('a box', () => {
  const ids = async (query: string) => (await items('places', `limit=100&${query}`)).features.map((feature) => feature.id)
  const epsg = (code: number) => encodeURIComponent(`http://www.opengis.net/def/crs/EPSG/0/${code}`)

  test('selects the same features in every coordinate system', async () => {
    const all = await ids('')
    const inside = await ids('bbox=6.97,51.02,7.03,51.08')
    expect(inside.length).toBeGreaterThan(0)
    expect(inside.length).toBeLessThan(all.length)
    const { rows } = await context.database.raw(
      `select srid, st_xmin(b) as west, st_ymin(b) as south, st_xmax(b) as east, st_ymax(b) as north
      from unnest(array[3857, 25832]) srid, st_transform(st_makeenvelope(6.97, 51.02, 7.03, 51.08, 4326), srid) b`,
    )
    for (const { srid, west, south, east, north } of rows) {
      expect(await ids(`bbox=${west},${south},${east},${north}&bbox-crs=${epsg(srid)}`)).toEqual(inside)
    }
    for (const code of [4326, 4258]) expect(await ids(`bbox=51.02,6.97,51.08,7.03&bbox-crs=${epsg(code)}`)).toEqual(inside)
  })

  test('of the whole world selects everything, an empty or a distant one nothing', async () => {
    expect(await ids('bbox=-180,-90,180,90')).toEqual(await ids(''))
    expect(await ids('bbox=170,-90,10,90')).toEqual(await ids(''))
    expect(await ids('bbox=20,-90,6,90')).toEqual([])
    expect(await ids('bbox=0,86,1,90')).toEqual([])
  })

  test('that is a point selects the area around it', async () => {
    const { features } = await items('districts', 'bbox=7.01,51.06,7.01,51.06')
    expect(features).toHaveLength(1)
  })

  test('leaves features without geometry in, as the standard asks', async () => {
    expect((await items('stages', 'bbox=0,0,1,1')).numberMatched).toBe(await count('stages'))
  })
})

describe('the coordinate system', () => {
  const place = async (crs: string) => {
    const response = await ask(`/ogc/collections/places/items?limit=1&crs=${encodeURIComponent(crs)}`)
    const { features } = (await response.json()) as Items
    return { header: response.headers.get('Content-Crs'), point: features[0]?.geometry?.coordinates as [number, number] }
  }
  const expected: Record<string, [number, number]> = {
    'http://www.opengis.net/def/crs/OGC/1.3/CRS84': [7, 51],
    'http://www.opengis.net/def/crs/EPSG/0/25832': [359_000, 5_655_000],
    'http://www.opengis.net/def/crs/EPSG/0/4258': [51, 7],
    'http://www.opengis.net/def/crs/EPSG/0/3857': [779_000, 6_625_000],
    'http://www.opengis.net/def/crs/EPSG/0/4326': [51, 7],
  }

  test.each(Object.entries(expected))('%s has its own axis order', async (crs, [first, second]) => {
    const { header, point } = await place(crs)
    expect(header).toBe(`<${crs}>`)
    expect(Math.abs(point[0] / first - 1)).toBeLessThan(0.03)
    expect(Math.abs(point[1] / second - 1)).toBeLessThan(0.03)
  })

  test('is offered by every collection with geometry and by no other', async () => {
    const { collections } = (await (await ask('/ogc/collections')).json()) as {
      collections: { id: string; crs?: string[]; storageCrs?: string; extent: { spatial?: unknown } }[]
    }
    for (const { id, crs, storageCrs, extent } of collections) {
      const isSpatial = findPublicLayer(id)?.geometry !== null
      expect(crs).toEqual(isSpatial ? Object.keys(expected) : undefined)
      expect(storageCrs).toBe(isSpatial ? 'http://www.opengis.net/def/crs/EPSG/0/25832' : undefined)
      expect(extent.spatial !== undefined).toBe(isSpatial)
    }
  })

  test('default is RFC 7946: seven decimals, outer rings counter-clockwise', async () => {
    const { features } = await items('districts', 'limit=100')
    for (const { geometry } of features) {
      expect(JSON.stringify(geometry?.coordinates)).not.toMatch(/\.\d{8}/)
      const [[ring]] = (geometry as { coordinates: unknown }).coordinates as [[[number, number][]]]
      const area = ring.reduce((sum, [x, y], index) => {
        const [nextX, nextY] = ring[(index + 1) % ring.length] as [number, number]
        return sum + x * nextY - nextX * y
      }, 0)
      expect(area).toBeGreaterThan(0)
    }
  })
})

describe('the answer', () => {
  test('has the properties asked for and no others', async () => {
    const { features } = await items('stages', 'properties=trade,districtId&limit=2')
    for (const { properties } of features) expect(Object.keys(properties)).toEqual(['districtId', 'trade'])
  })

  test('is cut at the highest limit instead of refused', async () => {
    expect((await items('places', 'limit=999999')).numberReturned).toBe(await count('places'))
  })

  test('comes in the format of the Accept header, or of f', async () => {
    const type = async (query: string, accept: string) =>
      (await ask(`/ogc/collections/places/items${query}`, { Accept: accept })).headers.get('Content-Type')
    expect(await type('', '*/*')).toBe('application/geo+json')
    expect(await type('', 'application/json')).toBe('application/geo+json')
    expect(await type('', 'text/html,application/xhtml+xml,*/*;q=0.8')).toBe('text/html; charset=utf-8')
    expect(await type('', 'text/csv')).toBe('text/csv; charset=utf-8')
    expect(await type('?f=json', 'text/html')).toBe('application/geo+json')
  })

  test('as a table names the next page in a header', async () => {
    const first = await ask('/ogc/collections/places/items?f=csv&limit=3')
    const [, next] = /^<(.+)>; rel="next"$/.exec(first.headers.get('Link') ?? '') ?? []
    const second = await (await ask(next ?? '')).text()
    const all = await (await ask('/ogc/collections/places/items?f=csv')).text()
    expect((await first.text()) + second.slice(second.indexOf('\r\n') + 2)).toBe(
      all.split('\r\n').slice(0, 7).join('\r\n').concat('\r\n'),
    )
    expect(first.headers.get('Content-Disposition')).toMatch(/^attachment; filename="ausbauatlas-places-\d{4}-\d{2}-\d{2}\.csv"$/)
  })

  test('is told from a stale one by its tag', async () => {
    const path = '/ogc/collections/districts/items'
    const first = await ask(path)
    const tag = first.headers.get('ETag') as string
    expect(first.headers.get('Cache-Control')).toBe('no-cache')
    expect((await ask(path, { 'If-None-Match': tag })).status).toBe(304)
    expect((await ask(`${path}?limit=1`, { 'If-None-Match': tag })).status).toBe(200)
  })

  test('may be read by the pages of others', async () => {
    for (const path of [
      '/ogc',
      '/ogc/collections/nowhere',
      '/tiles/districts.json',
      '/tiles/districts/0/0/0.mvt',
      '/api/openapi.json',
    ]) {
      expect((await ask(path)).headers.get('Access-Control-Allow-Origin')).toBe('*')
    }
  })

  test('does not write anything a value could smuggle in', async () => {
    const hostile = encodeURIComponent(`x' or '1'='1`)
    expect((await items('places', `name=${hostile}`)).numberMatched).toBe(0)
    const page = await (await ask(`/ogc/collections/places/items?f=html&name=${encodeURIComponent('"><script>')}`)).text()
    expect(page).not.toContain('<script>')
  })
})

describe('a request that is not understood', () => {
  test.each([
    ['items?limit=0', 'limit'],
    ['items?limit=-1', 'limit'],
    ['items?limit=1.5', 'limit'],
    ['items?limit=viele', 'limit'],
    ['items?limit=', 'limit'],
    ['items?limit=1&limit=2', 'limit'],
    ['items?bbox=1,2,3', 'bbox'],
    ['items?bbox=1,2,3,4,5', 'bbox'],
    ['items?bbox=a,b,c,d', 'bbox'],
    ['items?bbox=1,4,3,2', 'bbox'],
    ['items?bbox=1,2,3,95', 'bbox'],
    ['items?bbox=1,2,3,1e999', 'bbox'],
    ['items?bbox=1,2,3,4&bbox-crs=EPSG:25832', 'bbox-crs'],
    ['items?crs=http://www.opengis.net/def/crs/EPSG/0/31466', 'crs'],
    ['items?f=csv&crs=http://www.opengis.net/def/crs/EPSG/0/25832', 'crs'],
    ['items?dialect=excel', 'dialect'],
    ['items?f=csv&dialect=lotus', 'dialect'],
    ['items?f=xml', 'f'],
    ['items?asOf=2018-12-31', 'asOf'],
    ['items?asOf=2099-01-01', 'asOf'],
    ['items?asOf=2022-02-30', 'asOf'],
    ['items?asOf=', 'asOf'],
    ['items?knownAt=morgen', 'knownAt'],
    ['items?knownAt=2099-01-01', 'knownAt'],
    ['items?datetime=irgendwann', 'datetime'],
    ['items?datetime=2022-01-01&asOf=2022-01-01', 'datetime'],
    ['items?after=***', 'after'],
    ['items?properties=name,secret', 'properties'],
    ['items?phase=finished', 'phase'],
    ['items?buildPhase=two', 'buildPhase'],
    ['items?secret=1', 'secret'],
    ['items?geom=1', 'geom'],
    ['items?NAME=Opladen', 'NAME'],
    ['items/breitband%3Aopladen?limit=1', 'limit'],
    ['items/breitband%3Aopladen?asOf=1999-01-01', 'asOf'],
    ['items/breitband%3Aopladen?f=csv', 'f'],
    ['?limit=1', 'limit'],
    ['schema?asOf=2022-01-01', 'asOf'],
  ])('%s is refused by name', async (rest, field) => {
    const path = `/ogc/collections/build_sections${rest.startsWith('?') ? '' : '/'}${rest}`
    expect(await problem(path)).toMatchObject({ status: 400, type: 'application/problem+json; charset=utf-8', fields: [field] })
  })

  test('of a table without geometry is refused its coordinate system', async () => {
    expect(await problem('/ogc/collections/stages/items?crs=http://www.opengis.net/def/crs/EPSG/0/25832')).toMatchObject({
      status: 400,
      fields: ['crs'],
    })
  })

  test.each(['', '/items', '/items/a', '/schema', '/queryables'])(
    'for an unknown collection%s is 404 and names it',
    async (rest) => {
      expect(await problem(`/ogc/collections/drafts${rest}`)).toMatchObject({
        status: 404,
        fields: ['collectionId'],
        detail: 'Der Datensatz „drafts“ wurde nicht gefunden.',
      })
    },
  )

  test('for an unknown feature is 404 and names it', async () => {
    expect(await problem('/ogc/collections/districts/items/atlantis')).toMatchObject({ status: 404, fields: ['featureId'] })
    expect(await problem('/ogc/collections/stages/items/breitband%3Aopladen%3Acivil_works?knownAt=2019-01-02')).toMatchObject({
      status: 404,
    })
  })

  test('cannot be answered another way than by GET', async () => {
    expect((await fetch(`${url}/ogc/collections/places/items`, { method: 'POST' })).status).toBe(404)
  })
})
