import solver from 'javascript-lp-solver'
import { type CountTable, type Figure, type KnownSum, released, totalRow } from './suppression.ts'

/** A linear programme as the solver takes it: unknowns with their factors in each constraint. */
interface Model {
  optimize: string
  opType: 'min' | 'max'
  constraints: Record<string, Partial<Record<'equal' | 'min' | 'max', number>>>
  variables: Record<string, Record<string, number>>
  ints: Record<string, 1>
}
// The types of the package are those of its CommonJS build; Node loads the ES module, whose default export is the solver.
const { Solve } = { Solve: (model: Model) => (solver as unknown as { Solve(model: Model): { feasible: boolean } }).Solve(model) }

/** Releases before and after that may take other values too; further ones stay as they are, which only makes the search more careful. */
const window = 12

interface Term extends Figure {
  factor: 1 | -1
}

/**
 * Whether a hidden figure could have another value, searched for among all tables that fit what is public. Slower than a witness of one
 * moved unit, finds more. Knows the same: see `hasWitness`.
 */
export function hasOtherValue(tables: readonly CountTable[], known: readonly KnownSum[], figure: Figure): boolean {
  const model = unknowns(tables, known, figure.time)
  const name = nameOf(figure)
  const value = countOf(tables[figure.time] as CountTable, figure)
  return [{ min: value + 1 }, { max: value - 1 }].some((other) => {
    const variables = { ...model.variables, [name]: { ...model.variables[name], other: 1 } }
    return Solve({ ...model, variables, constraints: { ...model.constraints, other } }).feasible
  })
}

const nameOf = ({ row, measure, time }: Figure) => `${time} ${row} ${measure}`
const countOf = (table: CountTable, { row, measure }: { row: string; measure: number }) => table.counts.get(row)?.[measure] ?? 0

function unknowns(tables: readonly CountTable[], known: readonly KnownSum[], time: number): Model {
  const model: Model = { optimize: 'none', opType: 'min', constraints: {}, variables: {}, ints: {} }
  const [first, last] = [Math.max(0, time - window), Math.min(tables.length - 1, time + window)]
  const say = sayIn(model, tables, first, last)
  for (let now = first; now <= last; now++) {
    const table = tables[now] as CountTable
    sayTotals(say, table, now)
    sayKnown(say, table, known, now)
    for (const row of table.counts.keys()) sayRow(say, tables, row, now)
  }
  return model
}

type Say = (kind: 'equal' | 'min', terms: readonly Term[], constant?: number) => void

/** Σ factor · figure + constant = 0 or ≥ 0; public figures and those outside the window count as numbers. */
function sayIn(model: Model, tables: readonly CountTable[], first: number, last: number): Say {
  return (kind, terms, constant = 0) => {
    const name = `c${Object.keys(model.constraints).length}`
    let sum = constant
    for (const { factor, ...figure } of terms) {
      const table = tables[figure.time] as CountTable
      const isUnknown =
        figure.time >= first && figure.time <= last && (table.hidden.get(figure.row)?.[figure.measure] ?? null) !== null
      if (!isUnknown) sum += factor * countOf(table, figure)
      else {
        model.variables[nameOf(figure)] = { ...model.variables[nameOf(figure)], [name]: factor }
        model.ints[nameOf(figure)] = 1
      }
    }
    if (Object.values(model.variables).some((factors) => name in factors)) model.constraints[name] = { [kind]: -sum }
  }
}

function sayTotals(say: Say, table: CountTable, time: number): void {
  released.forEach((_, measure) => {
    const terms = [...table.counts.keys()].map((row): Term => ({ factor: row === totalRow ? -1 : 1, row, measure, time }))
    say('equal', terms)
  })
}

function sayKnown(say: Say, table: CountTable, known: readonly KnownSum[], time: number): void {
  for (const { measure, rows, value } of known) {
    const actual = rows.reduce((sum, row) => sum + countOf(table, { row, measure }), 0)
    if (actual !== value) continue
    say(
      'equal',
      rows.map((row) => ({ factor: 1, row, measure, time })),
      -value,
    )
  }
}

/** Parts are not larger than the whole, hidden figures are not 0, counts do not fall. */
function sayRow(say: Say, tables: readonly CountTable[], row: string, time: number): void {
  const table = tables[time] as CountTable
  released.forEach((_, measure) => {
    const here: Term = { factor: -1, row, measure, time }
    if (countOf(table, here) > 0) say('min', [{ ...here, factor: 1 }], -1)
    if (measure > 0) say('min', [{ ...here, factor: 1, measure: measure - 1 }, here])
    sayGrowth(say, tables, here, time - 1)
    sayGrowth(say, tables, here, time + 1)
  })
}

function sayGrowth(say: Say, tables: readonly CountTable[], here: Term, other: number): void {
  const [table, there] = [tables[here.time] as CountTable, tables[other]]
  if (!there) return
  const forward = other > here.time
  const growth = (countOf(there, here) - countOf(table, here)) * (forward ? 1 : -1)
  const pair: Term[] = [
    { ...here, factor: forward ? -1 : 1 },
    { ...here, factor: forward ? 1 : -1, time: other },
  ]
  if (growth === 0 && there.stand === table.stand) say('equal', pair)
  else if (growth >= 0) say('min', pair)
}
