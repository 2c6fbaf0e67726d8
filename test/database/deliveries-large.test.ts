import { expect, test } from 'vitest'
import { lockWriters } from '../../server/database/change.ts'
import { fill, streetName } from '../bench/invented-addresses.ts'
import { testDatabase } from '../support/database.ts'
import { seededRandom } from '../support/formats.ts'

const { database } = await testDatabase()

interface Found {
  wanted: string
  street_key: string
  similarity: number
}

/** What happens to names of streets on the way into a list. */
const slips: readonly ((name: string, random: () => number) => string)[] = [
  (name) => name,
  (name) => name.replace(/^(...)(.)(.)/, '$1$3$2'),
  (name, random) => name.slice(0, 4 + Math.floor(random() * 8)),
  (name, random) => `${name.slice(0, 3)}${random() < 0.5 ? 'x' : ''}${name.slice(4)}`,
  (name) => `${name.slice(-9)}xy`,
  (name) => `Am ${name}`,
  (_, random) => `Auftrag ${Math.floor(random() * 1e6)}`,
]

test('streets of many rows are matched at once as they are one by one', async () => {
  await fill(database, 450, 1)
  await database.raw("update street_names set known_to = now() + interval '1 day' where street_key < '00040'")
  const random = seededRandom(7)
  const names = Array.from({ length: 500 }, (_, n) => (slips[n % slips.length] as (typeof slips)[number])(streetName(n), random))
  const wanted = 'select distinct normalise_street(n.name) as wanted from unnest(cast(:names as text[])) n (name)'
  const round = 'round(f.similarity::numeric, 4)::float8 as similarity'
  const { rows: alone } = await database.raw<{ rows: Found[] }>(
    `select w.wanted, f.street_key, ${round} from (${wanted}) w, find_streets(w.wanted, w.wanted, false, 5) f order by 1, 3 desc, 2`,
    { names },
  )
  const { rows: together } = await database.raw<{ rows: Found[] }>(
    `select f.wanted, f.street_key, ${round} from match_streets((select array_agg(w.wanted) from (${wanted}) w)) f order by 1, 3 desc, 2`,
    { names },
  )
  expect(alone.length).toBeGreaterThan(600)
  expect(new Set(alone.map(({ similarity }) => similarity)).size).toBeGreaterThan(50)
  expect(together).toEqual(alone)
})

test('whoever waits in vain for a turn to write is told so, and nothing is written', async () => {
  await database.transaction(async (writer) => {
    await lockWriters(writer)
    const waiting = database.transaction(async (trx) => {
      await trx('sources').insert({ citation: 'Ungeduldig' })
      await lockWriters(trx, 100)
    })
    await expect(waiting).rejects.toMatchObject({ code: '55P03' })
  })
  expect(await database('sources').where('citation', 'Ungeduldig')).toEqual([])
  await database.transaction(async (trx) => {
    await lockWriters(trx, 100)
    expect((await trx.raw('show lock_timeout')).rows).toEqual([{ lock_timeout: '0' }])
  })
})
