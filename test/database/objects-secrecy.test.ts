import { describe, expect, it } from 'vitest'
import { publicLayers } from '../../server/contract/features.ts'
import { type ObjectKindName, objectKinds } from '../../server/contract/objects/index.ts'
import { objectsApp } from '../support/objects.ts'
import { publicSweep, tilesAt } from '../support/sweep.ts'

const { app, viewer, record } = await objectsApp()

/** A word and a place that only objects have. The key is asked for itself, so it is a word of its own. */
const word = 'Geheimwort'
const key = 'geheime-kennung'
const place = [6.987654321, 51.043219876] as const

const common = { key, externalId: `${word}-ID`, operator: `${word} GmbH`, note: `${word} Notiz` }
const dates = { status: 'laid', plannedOn: '2021-03', startedOn: '2021-09', laidOn: '2021-12-01' }
const point = { type: 'Point', coordinates: [...place] }
const line = {
  type: 'LineString',
  coordinates: [[...place], [6.99, 51.045]],
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

const { addresses, ask, leaksOf, findLeaks } = await publicSweep(
  app,
  { words: [word], key, place },
  {
    values: {
      id: [`p:${key}`],
      slug: [key],
      collectionId: ['premises', 'routes'],
      featureId: [`p:${key}`, `r:${key}`],
      layer: ['premises', 'route', 'objects'],
      file: [key],
    },
    addresses: [
      `/stadtteil/${key}`,
      // Staff only: what a refusal says.
      ...Object.keys(objectKinds).flatMap((kind) => [`/api/objects/${kind}`, `/api/objects/${kind}/p:${key}`]),
      ...tilesAt(place).map(({ z, x, y }) => `/api/objects/tiles/${z}/${x}/${y}.mvt`),
    ],
  },
)

describe('premises and network stay inside', () => {
  it('whatever a stranger asks for, in every format, as of any day', async () => {
    const leaks = await findLeaks(async () => {
      for (const [kind, content] of Object.entries(planted))
        await record(kind as ObjectKindName, [content], '2022-03-28', 'Lieferung 2022')
    })
    expect(leaks).toEqual([])
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
        const answer = await ask(`/ogc/collections/${layer.id}/items?${name}=${key}`)
        expect(leaksOf(answer), answer.address).toEqual([])
      }
    }
  })
})
