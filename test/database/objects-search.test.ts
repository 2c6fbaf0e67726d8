import { expect, it } from 'vitest'
import { read } from '../support/facts.ts'
import { household, objectsApp } from '../support/objects.ts'

const { viewer, database, record } = await objectsApp()

await database.raw(`insert into streets (key, official_key, name) values
  ('09001', '05316000000009001', 'Kölner Straße'), ('09002', '05316000000009002', 'Lindenstr.'), ('09003', '05316000000009003', 'Am Weiher (Nord)')`)
await database.raw(`insert into addresses (id, street_key, house_number, suffix, geom) select a.*, st_setsrid(st_point(359980, 5659400), 25832)
  from (values ('a1', '09001', 12, 'a'), ('a2', '09001', 3, '1/2'), ('a3', '09002', 12, ''), ('a4', '09003', 120, 'b-d')) a`)
await record('premises', [
  household('eins', { addressId: 'a1', operator: 'EVL' }),
  household('zwei', { addressId: 'a2', operator: 'Telekom' }),
  household('drei', { addressId: 'a3', operator: 'EVL', name: 'Haus Köln (Straßenseite)' }),
  household('vier', { addressId: 'a4', externalId: '50%_X' }),
  household('fuenf', { addressId: 'a9', operator: 'EVL' }),
])

/** What is typed, and the keys of the premises it finds. */
const searches: Record<string, string[]> = {
  ...{ köln: ['eins', 'zwei', 'drei'], 'KÖLNER STR. 12a': ['eins'], 'straße köln': ['eins', 'zwei', 'drei'], ölner: [] },
  ...{ 'kölner strasse 3 1/2': ['zwei'], 'evl 12': ['eins', 'drei'], 'lindenstraße evl': ['drei'], '2': ['zwei'] },
  ...{
    'nord 120b': ['vier'],
    'weiher d': ['vier'],
    '12': ['eins', 'drei', 'vier'],
    '50%_': ['vier'],
    '5_%': [],
    evl: ['eins', 'drei', 'fuenf'],
  },
}

it.each(Object.entries(searches))('searching premises for "%s" finds by words of object and address', async (typed, keys) => {
  const { objects } = await read<{ objects: { id: string }[] }>(viewer, `/api/objects/premises?q=${encodeURIComponent(typed)}`)
  expect(objects.map(({ id }) => id).toSorted()).toEqual(keys.map((key) => `p:${key}`).toSorted())
})
