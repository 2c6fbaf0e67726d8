import { describe, expect, it } from 'vitest'
import { type CountTable, type Hidden, type KnownSum, released, suppress, totalRow } from '../../server/database/suppression.ts'
import { determined, newKnowledge } from '../support/attack.ts'

/** Repeatable numbers (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Rule = (
  table: Pick<CountTable, 'stand' | 'counts'>,
  history: readonly CountTable[],
  known: readonly KnownSum[],
) => Map<string, Hidden[]>

/** Hides small figures and nothing else. */
const naive: Rule = ({ counts }) =>
  new Map([...counts].map(([row, values]) => [row, values.map((value): Hidden => (value > 0 && value < 4 ? 'small' : null))]))

/** What a city could look like: some districts, counts that grow from release to release, sometimes not at all. */
function invent(seed: number) {
  const random = randomFrom(seed)
  const upTo = (limit: number) => Math.floor(random() * (limit + 1))
  const districts = Array.from({ length: 1 + upTo(4) }, (_, index) => `d${index}`)
  const potential = new Map(districts.map((row) => [row, random() < 0.3 ? 1 + upTo(4) : 4 + upTo(60)]))
  const passed = new Map(districts.map((row) => [row, 0]))
  const connected = new Map(districts.map((row) => [row, 0]))
  const days = Array.from({ length: 1 + upTo(4) }, (_, index) => `2021-0${index + 1}-01`)
  const grow = (from: number, limit: number) =>
    random() < 0.4 ? from : from + upTo(random() < 0.5 ? Math.min(3, limit - from) : limit - from)
  const tables = days.map((stand) => {
    const counts = new Map<string, number[]>()
    for (const row of districts) {
      passed.set(row, grow(passed.get(row) ?? 0, potential.get(row) ?? 0))
      connected.set(row, grow(connected.get(row) ?? 0, passed.get(row) ?? 0))
      counts.set(
        row,
        [potential, passed, connected].map((measure) => measure.get(row) ?? 0),
      )
    }
    counts.set(
      totalRow,
      released.map((_, measure) => [...counts.values()].reduce((sum, values) => sum + (values[measure] ?? 0), 0)),
    )
    return { stand, counts }
  })
  // Sometimes a day is released again, with what was known of it before.
  const again = random() < 0.3 ? [...tables, tables[upTo(tables.length - 1)] as (typeof tables)[number]] : tables
  const sumOf = (rows: readonly string[]) => rows.reduce((sum, row) => sum + (potential.get(row) ?? 0), 0)
  // Targets and reports name potentials; those below four have given themselves away already.
  const named = [districts.slice(0, 1 + upTo(1)), districts.slice(0, 2)]
  const known: KnownSum[] = [
    { measure: 0, rows: [totalRow], value: sumOf(districts) },
    ...named.flatMap((rows) => (random() < 0.25 && sumOf(rows) >= 4 ? [{ measure: 0, rows, value: sumOf(rows) }] : [])),
  ]
  return { tables: again, known }
}

function publish(tables: readonly Pick<CountTable, 'stand' | 'counts'>[], known: readonly KnownSum[], rule: Rule): CountTable[] {
  const history: CountTable[] = []
  for (const table of tables) history.push({ ...table, hidden: rule(table, history, known) })
  return history.toSorted((a, b) => (a.stand < b.stand ? -1 : a.stand > b.stand ? 1 : 0))
}

const isHidden = (table: CountTable, row: string, measure: number) => (table.hidden.get(row)?.[measure] ?? null) !== null
const countOf = (table: CountTable, row: string, measure: number) => table.counts.get(row)?.[measure] ?? 0

/**
 * Everything an attacker can write down: districts make the total, parts are not larger than the whole, counts do not fall from one Stand
 * to the next, hidden figures are 1 or more, sums named elsewhere. What is public is a number, what is hidden an unknown.
 */
function equations(tables: readonly CountTable[], known: readonly KnownSum[]) {
  const model = newKnowledge()
  let number = 0
  const variable = (row: string, measure: number, time: number) => {
    const name = `x${time}_${row}_${measure}`
    model.variables[name] ??= {}
    return model.variables[name]
  }
  /** Σ factor · figure  {equal, min, max}  0 */
  const say = (kind: 'equal' | 'min' | 'max', terms: [number, string, number, number][], constant = 0) => {
    let known = constant
    const name = `c${number++}`
    let unknowns = 0
    for (const [factor, row, measure, time] of terms) {
      const table = tables[time] as CountTable
      if (!isHidden(table, row, measure)) known += factor * countOf(table, row, measure)
      else {
        const of = variable(row, measure, time)
        of[name] = (of[name] ?? 0) + factor
        unknowns++
      }
    }
    if (unknowns > 0) model.constraints[name] = { [kind]: -known }
  }
  const sayRow = (row: string, measure: number, time: number) => {
    const [table, next] = [tables[time] as CountTable, tables[time + 1]]
    if (countOf(table, row, measure) > 0) say('min', [[1, row, measure, time]], -1)
    if (measure > 0)
      say('min', [
        [1, row, measure - 1, time],
        [-1, row, measure, time],
      ])
    if (!next || countOf(next, row, measure) < countOf(table, row, measure)) return
    const growth: [number, string, number, number][] = [
      [1, row, measure, time + 1],
      [-1, row, measure, time],
    ]
    say('min', growth)
    if (next.stand === table.stand && countOf(next, row, measure) === countOf(table, row, measure)) say('max', growth)
  }
  const saySum = (sum: KnownSum, table: CountTable, time: number) => {
    const actual = sum.rows.reduce((total, row) => total + countOf(table, row, sum.measure), 0)
    if (actual === sum.value)
      say(
        'equal',
        sum.rows.map((row) => [1, row, sum.measure, time]),
        -sum.value,
      )
  }
  tables.forEach((table, time) => {
    const rows = [...table.counts.keys()]
    for (const sum of known) saySum(sum, table, time)
    for (const measure of released.keys()) {
      say(
        'equal',
        rows.map((row) => [row === totalRow ? -1 : 1, row, measure, time]),
      )
      for (const row of rows) sayRow(row, measure, time)
    }
  })
  return model
}

/** Hidden figures of which the attacker finds the value. */
function attack(tables: readonly CountTable[], known: readonly KnownSum[]): string[] {
  return determined(equations(tables, known))
}

/** Figures nobody can protect: with the whole release withheld, reports and earlier releases still give them away. */
function lostAnyway(tables: readonly Pick<CountTable, 'stand' | 'counts'>[], known: readonly KnownSum[]): Set<string> {
  const withheld = tables.map((table) => ({
    ...table,
    hidden: new Map([...table.counts.keys()].map((row) => [row, released.map((): Hidden => 'partner')])),
  }))
  return new Set(attack(withheld, known))
}

const seeds = Array.from({ length: Number(process.env.SEEDS ?? 40) }, (_, index) => index + 1)

describe('reconstruction of suppressed figures', () => {
  it('recovers hidden figures when only small ones are hidden', () => {
    const recovered = seeds.filter((seed) => {
      const { tables, known } = invent(seed)
      return attack(publish(tables, known, naive), known).length > 0
    })
    expect(recovered.length).toBeGreaterThan(seeds.length / 3)
  })

  it('recovers figures of earlier days when each release is looked at alone', () => {
    const forgetful: Rule = (table, _, known) => suppress(table, [], known)
    const recovered = seeds.filter((seed) => {
      const { tables, known } = invent(seed)
      const lost = lostAnyway(tables, known)
      return attack(publish(tables, known, forgetful), known).some((name) => !lost.has(name))
    })
    expect(recovered.length).toBeGreaterThan(0)
  }, 60_000)

  it.each(seeds)('never recovers one that the rule withholds (city %i)', (seed) => {
    const { tables, known } = invent(seed)
    const published = publish(tables, known, suppress)
    const lost = lostAnyway(published, known)
    expect(attack(published, known).filter((name) => !lost.has(name))).toEqual([])
  })
})
