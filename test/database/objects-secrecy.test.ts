import { describe, expect, it } from 'vitest'
import type { Endpoint } from '../../server/contract/endpoint.ts'
import { publicLayers } from '../../server/contract/features.ts'
import { endpoints } from '../../server/contract/index.ts'
import { media } from '../../server/contract/media.ts'
import { type ObjectKindName, objectKinds } from '../../server/contract/objects/index.ts'
import { objectsApp } from '../support/objects.ts'
import { client } from '../support/sign-in.ts'

const { app, viewer, database, record } = await objectsApp()
const stranger = client(app)

/** A word and a place that only objects have. The key is asked for itself, so it is a word of its own. */
const word = 'Geheimwort'
const key = 'geheime-kennung'
const [longitude, latitude] = [6.987654321, 51.043219876]

const common = { key, externalId: `${word}-ID`, operator: `${word} GmbH`, note: `${word} Notiz` }
const dates = { status: 'laid', plannedOn: '2021-03', startedOn: '2021-09', laidOn: '2021-12-01' }
const point = { type: 'Point', coordinates: [longitude, latitude] }
const line = {
  type: 'LineString',
  coordinates: [
    [longitude, latitude],
    [6.99, 51.045],
  ],
}
const planted = {
  premises: {
    ...common,
    addressId: `${word}-Adresse`,
    districtId: 'opladen',
    kind: 'hospital',
    name: `${word} Klinik`,
    units: 987_6,
    state: 'activated',
    steps: { activated: '2022-02-02' },
    geom: point,
  },
  route: { ...common, ...dates, coLaying: true, geom: line },
  duct: { ...common, ...dates, ductType: 99, ductTypeText: `${word} Rohr`, condition: 'new', count: 1, geom: line },
  cable: { ...common, ...dates, fibreCount: 96, count: 1, geom: line },
  structure: {
    ...common,
    ...dates,
    structureType: 'other',
    structureTypeText: `${word} Bau`,
    designation: `${word} PoP`,
    condition: 'new',
    collocation: false,
    geom: point,
  },
} satisfies Record<ObjectKindName, object>

interface Answer {
  address: string
  text: string
}

/** The words, and the place in any system it could be written in. */
const { rows: places } = await database.raw(
  `select floor(st_x(p))::text || '.' as x, floor(st_y(p))::text || '.' as y
  from unnest(array[25832, 3857]) as srid, st_transform(st_point(:longitude, :latitude, 4326), srid) p`,
  { longitude, latitude },
)
const marks = [word, '6.98765', '51.0432', ...places.flatMap((place: { x: string; y: string }) => [place.x, place.y])]

/** What of the planted things an answer holds. */
function leaksOf({ address, text }: Answer): string[] {
  const lower = text.toLowerCase()
  return [...marks, ...(address.includes(key) ? [] : [key])].filter((mark) => lower.includes(mark.toLowerCase()))
}

const collections = publicLayers.map(({ id }) => id)
const tiles = (() => {
  const at = (z: number) => {
    const n = 2 ** z
    const y = (1 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI) / 2
    return { z: String(z), x: String(Math.floor(((longitude + 180) / 360) * n)), y: String(Math.floor(y * n)) }
  }
  return [0, 10, 14, 16].map(at)
})()

/** Values to ask with, by name of the parameter: what is there, and what is secret. A new parameter has to be taught here. */
const values: Readonly<Record<string, readonly string[]>> = {
  id: ['opladen', 'breitband', `p:${key}`],
  slug: ['impressum', key],
  collectionId: [...collections, 'premises', 'routes'],
  featureId: ['opladen', `p:${key}`, `r:${key}`],
  layer: [...collections, 'premises', 'route', 'objects'],
  file: ['sachstand.pdf', key],
}

function filled(endpoint: Endpoint): string[] {
  const names = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name]) => name as string)
  if (names.includes('z')) {
    return (values.layer ?? []).flatMap((layer) =>
      tiles.map(({ z, x, y }) => endpoint.path.replace(':layer', layer).replace(':z', z).replace(':x', x).replace(':y', y)),
    )
  }
  return names.reduce<string[]>(
    (paths, name) => {
      const known = values[name]
      if (!known) throw new Error(`Teach this test values for the parameter ${name} of ${endpoint.path}.`)
      return paths.flatMap((path) => known.map((value) => path.replace(`:${name}`, value)))
    },
    [endpoint.path],
  )
}

/** Every way to ask: all formats, both clocks, the secret words as a search. */
function queriesOf(endpoint: Endpoint): string[] {
  const shape = Object.keys((endpoint.query as unknown as { shape?: object }).shape ?? {})
  const formats = shape.includes('f') ? ['', 'f=html', 'f=csv', 'f=csv&dialect=excel', 'f=json', 'f=bundle'] : ['']
  const clocks = shape.includes('asOf') ? ['', 'asOf=2022-06-01'] : ['']
  const words = shape.includes('q') ? [`q=${word}`, `q=${word.slice(0, 4)}`, 'q=Klinik'] : ['']
  return formats.flatMap((f) => clocks.flatMap((clock) => words.map((q) => [f, clock, q].filter(Boolean).join('&'))))
}

const open = endpoints.filter(({ method, access }) => method === 'get' && access === 'public')
const isStream = ({ produces }: Endpoint) => produces?.includes(media.events) ?? false
const addresses = [
  ...open
    .filter((endpoint) => !isStream(endpoint))
    .flatMap((endpoint) =>
      filled(endpoint).flatMap((path) => queriesOf(endpoint).map((query) => (query ? `${path}?${query}` : path))),
    ),
  ...[
    '/',
    '/tabelle',
    '/stadtteil/opladen',
    '/programm/breitband',
    '/kontakt',
    '/robots.txt',
    '/sitemap.xml',
    `/stadtteil/${key}`,
  ],
  // Staff only: what a refusal says.
  ...Object.keys(objectKinds).flatMap((kind) => [`/api/objects/${kind}`, `/api/objects/${kind}/p:${key}`]),
  ...tiles.map(({ z, x, y }) => `/api/objects/tiles/${z}/${x}/${y}.mvt`),
]

async function askFor(address: string): Promise<Answer> {
  const response = await stranger.get(address)
  const headers = JSON.stringify([...response.headers])
  return { address, text: headers + Buffer.from(await response.arrayBuffer()).toString('latin1') }
}

describe('premises and network stay inside', () => {
  it('whatever a stranger asks for, in every format, as of any day', async () => {
    const isTile = (address: string) => address.startsWith('/tiles/') && address.includes('.mvt')
    const before = new Map(
      await inTurns(addresses.filter(isTile), async (address) => [address, bodyOf(await askFor(address))] as const),
    )
    for (const [kind, content] of Object.entries(planted))
      await record(kind as ObjectKindName, [content], '2022-03-28', 'Lieferung 2022')
    const leaking = await inTurns(addresses, async (address) => {
      const answer = await askFor(address)
      // A tile could hold the place in its own units: it must be the tile it was before.
      const isChanged = before.has(address) && before.get(address) !== bodyOf(answer)
      return [...leaksOf(answer), ...(isChanged ? ['changed'] : [])].map((leak) => `${address}: ${leak}`)
    })
    expect(leaking.flat()).toEqual([])
    expect(addresses.length).toBeGreaterThan(200)
  }, 120_000)

  it('while the same words and places are found by who may see them', async () => {
    for (const kind of Object.keys(planted)) {
      const answer = await viewer.get(`/api/objects/${kind}?q=${word}`)
      const leaks = leaksOf({ address: '', text: await answer.text() })
      expect(leaks, kind).toEqual(expect.arrayContaining([word, '6.98765', '51.0432', key]))
    }
  })

  it('on public reads also when they name what is secret in a filter', async () => {
    for (const layer of publicLayers) {
      const names = Object.keys(layer.properties)
      for (const name of names.slice(0, 3)) {
        const answer = await askFor(`/ogc/collections/${layer.id}/items?${name}=${key}`)
        expect(leaksOf(answer), answer.address).toEqual([])
      }
    }
  })
})

/** Some at a time, answers in the order of the questions. */
async function inTurns<Answer>(all: readonly string[], work: (address: string) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let start = 0; start < all.length; start += 8) answers.push(...(await Promise.all(all.slice(start, start + 8).map(work))))
  return answers
}

/** The body without the headers, which name the moment. */
function bodyOf({ text }: Answer): string {
  return text.slice(text.indexOf(']]') + 2)
}
