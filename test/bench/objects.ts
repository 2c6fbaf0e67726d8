/**
 * `npm run bench:objects`: lists, counts, figures and tiles of 40,000 invented premises with two years of deliveries (some 140,000
 * statements), for today, for a past day by what is known now, and by what was known then, on the product's own PostGIS. Prints the
 * median of each in ms. Ends with code 1 when one takes longer than 500 ms. Takes two minutes and 500 MB of disk.
 */
import { today } from '../../server/contract/dates.ts'
import type { ObjectFilter, ObjectOrder } from '../../server/contract/objects.ts'
import { findCounts as findFigures } from '../../server/counts/queries.ts'
import type { Connections } from '../../server/database/connect.ts'
import type { Clocks } from '../../server/http/clocks.ts'
import { findCounts } from '../../server/objects/counts.ts'
import { findPage, findTotals } from '../../server/objects/lists.ts'
import { findObjectTile } from '../../server/objects/tiles.ts'
import { withCluster } from './cluster.ts'
import { fill } from './invented-addresses.ts'
import { fillPremises } from './invented-premises.ts'

const mostMs = 500
const repeats = 7
const say = (text: string) => process.stdout.write(`${text}\n`)

const moments: Record<string, Clocks> = {
  today: { asOf: today(), knownAt: null },
  'past day': { asOf: '2022-05-15', knownAt: null },
  'as known then': { asOf: '2022-05-15', knownAt: '2022-05-15T21:59:59Z' },
}

function questions({ database, tiles }: Connections): Record<string, (clocks: Clocks) => Promise<unknown>> {
  const page =
    (sort: ObjectOrder, filter: ObjectFilter = {}) =>
    (clocks: Clocks) =>
      findPage(database, 'premises', filter, clocks, { sort, descending: sort !== 'id', limit: 100, after: undefined })
  const tile = (z: number, x: number, y: number) => (clocks: Clocks) =>
    findObjectTile(tiles, { z, x, y, kinds: ['premises'], filter: {}, clocks })
  const orders: ObjectOrder[] = ['id', 'address', 'district', 'kind', 'name', 'units', 'state', 'operator', 'trueOn', 'changed']
  return {
    ...Object.fromEntries(orders.map((order) => [`sorted by ${order}`, page(order)])),
    'one district and state': page('units', { districtId: ['opladen'], state: ['passed'] }),
    'search for a name': page('id', { q: 'linde' }),
    'search for street and number': page('address', { q: 'lindenerstraße 12' }),
    'search for nothing there': page('id', { q: 'qxyz' }),
    totals: (clocks) => findTotals(database, 'premises', {}, clocks),
    'counts of the filters': (clocks) => findCounts(database, 'premises', {}, clocks),
    'figures by district': (clocks) => findFigures(database, clocks, 'bnetza'),
    'tile of a quarter': tile(14, 8507, 5471),
    'tile of the city': tile(11, 1063, 683),
  }
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let turn = 0; turn < repeats; turn++) {
    const startedAt = performance.now()
    await work()
    times.push(performance.now() - startedAt)
  }
  return Math.round(times.toSorted((a, b) => a - b)[Math.floor(repeats / 2)] ?? 0)
}

async function run(connections: Connections): Promise<void> {
  say(`${await fillPremises(connections.database, 1_250, 32)} statements about 40,000 premises`)
  for (const [name, ask] of Object.entries(questions(connections))) {
    const told: string[] = []
    for (const [moment, clocks] of Object.entries(moments)) {
      const took = await median(() => ask(clocks))
      if (took > mostMs) process.exitCode = 1
      told.push(`${moment} ${took} ms`)
    }
    say(`${name.padEnd(30)} ${told.join(', ')}`)
  }
}

await withCluster(async (connections) => {
  await fill(connections.database, 1_250, 32)
  await run(connections)
})
