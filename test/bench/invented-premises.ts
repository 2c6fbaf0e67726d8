import type { Knex } from 'knex'
import { type ObjectContent, recordObjects } from '../../server/database/objects.ts'
import { publishedChange } from '../../server/database/published.ts'
import { addressOf, patient } from './invented-addresses.ts'

/** Days of nine deliveries: two years. */
export const deliveryDays = [
  ...['2021-03-31', '2021-06-30', '2021-09-30', '2021-12-31', '2022-03-31', '2022-06-30', '2022-09-30', '2022-12-31'],
  '2023-03-31',
]

const day = (n: number) => new Date(Date.UTC(2021, 2, 1) + n * 86_400_000).toISOString().slice(0, 10)
const kinds = ['household', 'household', 'household', 'household', 'business', 'educational_institution']
const way = ['eligible', 'owner_contacted', 'consent_given', 'passed', 'prepared', 'connected', 'bookable', 'activated']
const firstDay = (n: number) => (n * 37) % 600

/** What the nth premises had come to by a day: about a fifth of them never get beyond the owner's consent. */
function stepsOf(n: number, by: string): Record<string, string> {
  const far = n % 5 === 0 ? 3 : way.length
  const dates = way.slice(0, far).map((state, at) => [state, day(at === 0 ? 0 : firstDay(n) + at * (20 + (n % 23)))] as const)
  // Every tenth date is told by the month only.
  const told = dates.map(([state, date]) => [state, n % 10 === 0 ? date.slice(0, 7) : date] as const)
  return Object.fromEntries(told.filter((_step, at) => (dates[at]?.[1] ?? '') <= by))
}

function premisesOf(n: number, { perStreet, by }: { perStreet: number; by: string }): ObjectContent {
  const [street, house] = [Math.floor(n / perStreet), n % perStreet]
  const { houseNumber } = addressOf(street, house)
  const steps = stepsOf(n, by)
  return {
    key: `b-${n}`,
    externalId: `K-${n}`,
    addressId: `denw${String(street + 1).padStart(5, '0')}${house}`,
    districtId: ['opladen', 'manfort', 'wiesdorf', 'hitdorf', 'schlebusch'][street % 5],
    kind: kinds[n % kinds.length],
    name: n % 9 === 0 ? `Haus ${houseNumber} ${['Linde', 'Ulme', 'Ahorn'][n % 3]}` : null,
    units: 1 + (n % 6),
    programmeId: 'breitband',
    fundingClass: n % 4 === 0 ? 'market_driven' : 'funded',
    operator: ['EVL', 'Telekom', 'Westnetz'][n % 3],
    state: Object.keys(steps).at(-1) ?? 'not_served',
    steps,
    geom: { type: 'Point', coordinates: [354_000 + (street % 300) * 30 + house * 12, 5_652_000 + Math.floor(street / 300) * 30] },
  }
}

/** Records invented premises at invented addresses, as deliveries over two years that each tell what is new. Returns how many statements. */
export async function fillPremises(database: Knex, streets: number, perStreet: number): Promise<number> {
  const told = new Map<number, string>()
  let written = 0
  for (const stand of deliveryDays) {
    const news = Array.from({ length: streets * perStreet }, (_, n) => premisesOf(n, { perStreet, by: stand })).filter(
      (content, n) => {
        const text = JSON.stringify(content)
        const isNew = told.get(n) !== text
        told.set(n, text)
        return isNew
      },
    )
    const known = new Date(Date.parse(stand) + 12 * 86_400_000).toISOString().slice(0, 10)
    const publication = {
      actorName: 'Messung',
      reason: `Lieferung ${stand}`,
      knownAt: known,
      assumed: false,
      origin: 'demo' as const,
    }
    await publishedChange(database, publication, async (trx) => {
      await trx.raw('set local statement_timeout = 0')
      const [source] = await trx('sources')
        .insert({ citation: `Messung, Stand ${stand}` })
        .returning('id')
      await recordObjects(trx as Knex.Transaction, 'premises', news, { trueOn: stand, sourceId: source.id, srid: 25832 })
    })
    written += news.length
  }
  await database.raw('vacuum analyze premises').options(patient)
  return written
}
