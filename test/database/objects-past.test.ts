import { describe, expect, it } from 'vitest'
import { hasPassed, today } from '../../server/contract/dates.ts'
import { change } from '../../server/database/change.ts'
import { recordObjects } from '../../server/database/objects.ts'
import { publishedChange } from '../../server/database/published.ts'
import { findOrCreateSource } from '../../server/database/sources.ts'
import { rankOf } from '../../server/objects/rules.ts'
import { read } from '../support/facts.ts'
import { household, objectsApp } from '../support/objects.ts'

const { viewer, database } = await objectsApp()

interface Statement {
  id: string
  version: number
  state: string
  steps: Record<string, string>
  units: number
  note: string | null
  operator: string | null
  holdsFrom: string
  knownFrom: string
  knownTo: string
  retracted: boolean
}
type Premises = Pick<Statement, 'id' | 'version' | 'state' | 'steps' | 'units' | 'note' | 'operator'>

/** Numbers from 0 to 1, the same on every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const random = seeded(14)
const one = <T>(of: readonly T[]) => of[Math.floor(random() * of.length)] as T
const states = [
  ...['not_served', 'eligible', 'owner_contacted', 'no_response', 'consent_given', 'consent_refused', 'passed'],
  ...['passed_plus', 'prepared', 'connected', 'bookable', 'activated', 'not_possible'],
]
const dates = ['2021-02-10', '2021-06', '2021-Q4', 'by 2022-03', '2022-02-28', '2022', '2022-start', '2023-H1', 'by 2021-06-30']
const stands = ['2021-03-31', '2021-09', '2022', '2022-06-30', '2023-03-31', '2021-H2']
const known = ['2021-04-12', '2021-10-12', '2022-04-11', '2022-07-12', '2022-07-13', '2023-01-12', '2023-04-12']

const stepsOf = () => Object.fromEntries(states.filter(() => random() < 0.3).map((state) => [state, one(dates)]))
const content = (n: number) =>
  household(`w-${n}`, {
    ...{ state: one(states), steps: random() < 0.2 ? {} : stepsOf(), units: 1 + Math.floor(random() * 9) },
    ...{ note: one([null, 'Notiz', 'Anderes']), operator: one([null, 'EVL', 'Telekom']) },
  })

/** Deliveries of several days, known at several moments, correcting each other; some premises are withdrawn at the end. */
async function deliver(): Promise<void> {
  for (const knownAt of known) {
    const details = { actorName: 'Test', reason: `Lieferung ${knownAt}`, knownAt, assumed: false }
    await publishedChange(database, details, async (trx) => {
      const sourceId = await findOrCreateSource(trx, one(['Lieferung A', 'Lieferung B']), null)
      const news = Array.from({ length: 60 }, (_, n) => n).filter(() => random() < 0.6)
      await recordObjects(trx, 'premises', news.map(content), { trueOn: one(stands), sourceId })
    })
  }
  await change(database, { actor: 'test', actorName: 'Test', reason: 'Nie dagewesen' }, (trx) =>
    trx.raw('select withdraw_objects(?, ?)', ['premises', ['p:w-7', 'p:w-8']]),
  )
}

/** The definition: the latest statement known that holds; where the latest holds only later, its steps that had happened by then. */
function premisesOn(statements: readonly Statement[], asOf: string, knownAt: string): Premises[] {
  const ids = [...new Set(statements.map(({ id }) => id))]
  return ids.flatMap((id) => {
    const told = statements
      .filter((row) => row.id === id && !row.retracted && row.knownFrom <= knownAt && row.knownTo > knownAt)
      .toSorted((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1))
    const [latest] = told
    if (!latest) return []
    const inForce = told.find(({ holdsFrom }) => holdsFrom <= asOf)
    if (inForce === latest) return [pick(latest)]
    const [step] = Object.entries(latest.steps)
      .filter(([, date]) => hasPassed(date, asOf))
      .map(([state]) => state)
      .toSorted((a, b) => rankOf(b) - rankOf(a) || (a < b ? -1 : 1))
    if (!inForce && !step) return []
    const before = inForce?.state ?? 'not_served'
    const state = step && rankOf(step) > rankOf(before) ? step : before
    const base = inForce ?? latest
    return [
      {
        ...{ id, version: base.version, state, steps: { ...inForce?.steps, ...latest.steps }, units: base.units },
        ...{ note: inForce?.note ?? null, operator: base.operator ?? latest.operator },
      },
    ]
  })
}

const keyOf = ({ holdsFrom, knownFrom, version }: Statement) => `${holdsFrom} ${knownFrom} ${String(version).padStart(9, '0')}`
const pick = ({ id, version, state, steps, units, note, operator }: Statement): Premises => ({
  ...{ id, version, state, steps, units, note, operator },
})

await deliver()
const { rows: statements } = await database.raw<{ rows: Statement[] }>(`
  select id, version::int, state, steps, units, note, operator, holds_from::text as "holdsFrom", retracted,
    to_char(known_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "knownFrom",
    case when known_to = 'infinity' then '9999' else to_char(known_to at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') end as "knownTo"
  from premises`)

describe('premises on any day', () => {
  it('are what the statements and the dates of the steps say, by what was known at any moment', async () => {
    expect(statements.length).toBeGreaterThan(200)
    let found = 0
    for (const knownAt of ['2021-04-13T00:00:00Z', '2022-05-01T00:00:00Z', '2022-12-31T00:00:00Z', '2100-01-01T00:00:00Z'])
      for (const asOf of [
        '2021-01-01',
        '2021-02-10',
        '2021-09-29',
        '2021-12-31',
        '2022-03-30',
        '2022-12-31',
        '2023-06-30',
        today(),
      ]) {
        const { rows } = await database.raw(
          'select id, version::int, state, steps, units, note, operator from premises_at(?, ?) order by id collate "C"',
          [asOf, knownAt],
        )
        const expected = premisesOn(statements, asOf, knownAt).toSorted((a, b) => (a.id < b.id ? -1 : 1))
        expect(rows, `${asOf}, known ${knownAt}`).toEqual(expected)
        found += rows.length
      }
    expect(found).toBeGreaterThan(500)
  })

  it('are the same for today by what is known now, which is read another way', async () => {
    const paths = ['premises?limit=1000', 'premises?limit=20&sort=-units&state=passed,connected', 'premises/counts?operator=EVL']
    const later = new Date().toISOString()
    for (const path of paths) {
      const now = await read<object>(viewer, `/api/objects/${path}`)
      expect(await read(viewer, `/api/objects/${path}&asOf=${today()}&knownAt=${later}`.replace('counts&', 'counts?'))).toEqual(
        now,
      )
    }
  })
})
