import type { Endpoint } from '../../server/contract/endpoint.ts'
import { publicLayers } from '../../server/contract/features.ts'
import { endpoints } from '../../server/contract/index.ts'
import { media } from '../../server/contract/media.ts'
import { client, type RunningApp } from './sign-in.ts'

/** What was planted: words that nothing else holds, and a place that nothing else lies at. */
export interface Planted {
  words: readonly string[]
  /** Asked for by itself too, as an id: a word that answers about it may repeat. */
  key: string
  /** Longitude and latitude, with many decimals. */
  place: readonly [number, number]
}

/** Further values to ask with, by name of the parameter, and further addresses. */
export interface Ways {
  values: Readonly<Record<string, readonly string[]>>
  addresses: readonly string[]
}

export interface Answer {
  address: string
  text: string
}

/** Values to ask with, by name of the parameter. A new parameter has to be taught here or by the caller. */
const usual: Readonly<Record<string, readonly string[]>> = {
  id: ['opladen', 'breitband'],
  slug: ['impressum'],
  collectionId: publicLayers.map(({ id }) => id),
  featureId: ['opladen'],
  layer: publicLayers.map(({ id }) => id),
  file: ['sachstand.pdf'],
}

const pages = [
  '/',
  '/tabelle',
  '/stadtteil/opladen',
  '/programm/breitband',
  '/kontakt',
  '/mobilfunk',
  '/mobilfunk/stadtteil/opladen',
  '/mobilfunk/funkloch',
  '/robots.txt',
  '/sitemap.xml',
]

/** Everything a stranger can ask for, and what of the planted things the answers hold. */
export async function publicSweep(app: RunningApp, planted: Planted, ways: Ways) {
  const stranger = client(app)
  const marks = [...planted.words, ...(await placesOf(app, planted.place))]
  const names = (name: string) => [...(usual[name] ?? []), ...(ways.values[name] ?? [])]
  const addresses = [...open.flatMap((endpoint) => addressesOf(endpoint, names, planted)), ...pages, ...ways.addresses]

  const ask = async (address: string): Promise<Answer> => {
    const response = await stranger.get(address)
    const headers = JSON.stringify([...response.headers])
    return { address, text: headers + Buffer.from(await response.arrayBuffer()).toString('latin1') }
  }
  const leaksOf = ({ address, text }: Answer): string[] => {
    const lower = text.toLowerCase()
    const sought = [...marks, ...(address.includes(planted.key) ? [] : [planted.key])]
    return sought.filter((mark) => lower.includes(mark.toLowerCase()))
  }
  /** Plants, asks for everything and tells what leaked; a tile could hold the place in its own units, so it must stay what it was. */
  const findLeaks = async (plant: () => Promise<void>): Promise<string[]> => {
    const isTile = (address: string) => address.startsWith('/tiles/') && address.includes('.mvt')
    const before = new Map(
      await inTurns(addresses.filter(isTile), async (address) => [address, bodyOf(await ask(address))] as const),
    )
    await plant()
    const leaking = await inTurns(addresses, async (address) => {
      const answer = await ask(address)
      const isChanged = before.has(address) && before.get(address) !== bodyOf(answer)
      return [...leaksOf(answer), ...(isChanged ? ['changed'] : [])].map((leak) => `${address}: ${leak}`)
    })
    return leaking.flat()
  }
  return { addresses, ask, leaksOf, findLeaks }
}

/** The place in any system it could be written in. */
async function placesOf({ context }: RunningApp, [longitude, latitude]: Planted['place']): Promise<string[]> {
  const { rows } = await context.database.raw(
    `select floor(st_x(p))::text || '.' as x, floor(st_y(p))::text || '.' as y
     from unnest(array[25832, 3857]) as srid, st_transform(st_point(:longitude, :latitude, 4326), srid) p`,
    { longitude, latitude },
  )
  const cut = (degrees: number, letters: number) => String(degrees).slice(0, letters)
  return [cut(longitude, 7), cut(latitude, 7), ...rows.flatMap(({ x, y }: { x: string; y: string }) => [x, y])]
}

const open = endpoints.filter(
  ({ method, access, produces }) => method === 'get' && access === 'public' && !(produces?.includes(media.events) ?? false),
)

function addressesOf(endpoint: Endpoint, names: (name: string) => string[], planted: Planted): string[] {
  return pathsOf(endpoint, names, planted).flatMap((path) =>
    queriesOf(endpoint, planted).map((query) => (query ? `${path}?${query}` : path)),
  )
}

function pathsOf({ path }: Endpoint, names: (name: string) => string[], { place }: Planted): string[] {
  const parameters = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name as string)
  if (parameters.includes('z'))
    return names('layer').flatMap((layer) =>
      tilesAt(place).map(({ z, x, y }) => path.replace(':layer', layer).replace(':z', z).replace(':x', x).replace(':y', y)),
    )
  return parameters.reduce<string[]>(
    (paths, name) => {
      const known = names(name)
      if (known.length === 0) throw new Error(`Teach this test values for the parameter ${name} of ${path}.`)
      return paths.flatMap((part) => known.map((value) => part.replace(`:${name}`, value)))
    },
    [path],
  )
}

/** Every way to ask: all formats, both clocks, the secret words as a search. */
function queriesOf(endpoint: Endpoint, { words }: Planted): string[] {
  const shape = Object.keys((endpoint.query as unknown as { shape?: object }).shape ?? {})
  const formats = shape.includes('f') ? ['', 'f=html', 'f=csv', 'f=csv&dialect=excel', 'f=json', 'f=bundle'] : ['']
  const clocks = shape.includes('asOf') ? ['', 'asOf=2022-06-01'] : ['']
  const sought = shape.includes('q') ? words.flatMap((word) => [`q=${word}`, `q=${word.slice(0, 4)}`]) : ['']
  return formats.flatMap((f) => clocks.flatMap((clock) => sought.map((q) => [f, clock, q].filter(Boolean).join('&'))))
}

/** Tiles that show the place, from the whole world to a street. */
export function tilesAt([longitude, latitude]: Planted['place']): { z: string; x: string; y: string }[] {
  return [0, 10, 14, 16].map((z) => {
    const n = 2 ** z
    const y = (1 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI) / 2
    return { z: String(z), x: String(Math.floor(((longitude + 180) / 360) * n)), y: String(Math.floor(y * n)) }
  })
}

/** Some at a time, answers in the order of the questions. */
async function inTurns<Result>(all: readonly string[], work: (address: string) => Promise<Result>): Promise<Result[]> {
  const answers: Result[] = []
  for (let start = 0; start < all.length; start += 8) answers.push(...(await Promise.all(all.slice(start, start + 8).map(work))))
  return answers
}

/** The body without the headers, which name the moment. */
function bodyOf({ text }: Answer): string {
  return text.slice(text.indexOf(']]') + 2)
}
