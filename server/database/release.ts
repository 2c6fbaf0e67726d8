import type { Knex } from 'knex'
import { type CountTable, type Hidden, type KnownSum, type ReleasedMeasure, released, suppress, totalRow } from './suppression.ts'

/** Kinds of premises whose counts are published: those of the targets. */
export const releasedKinds = ['household', 'business', 'educational_institution', 'hospital'] as const
export type ReleasedKind = (typeof releasedKinds)[number]
/**
 * Kinds whose small numbers are withheld. Households: at least four (domain, IMAGI). Businesses too: one alone is a person often enough.
 * Institutions are no natural persons and few enough that every one is known: they are published as they are.
 */
export const protectedKinds: readonly ReleasedKind[] = ['household', 'business']

/** A figure as it would be or was released; `districtId` null: the whole programme. */
export interface ReleasedFigure {
  programmeId: string
  districtId: string | null
  kind: ReleasedKind
  measure: ReleasedMeasure
  counted: number
  hidden: Hidden
}

interface CountRow {
  programme_id: string
  district_id: string
  kind: ReleasedKind
  potential: number
  passed: number
  connected: number
}

interface HistoryRow {
  release_id: number
  stand: string
  programme_id: string
  district_id: string | null
  kind: ReleasedKind
  measure: ReleasedMeasure
  counted: number
  hidden: Hidden
}

interface KnownRow {
  programme_id: string
  kind: ReleasedKind
  measure: ReleasedMeasure
  rows: string[]
  value: number
}

/**
 * Publishes the counted figures as of `stand` (ISO day): call it inside `change()` with the id of that change, after what is to be counted
 * was written. Writes the release with its suppression; returns the figures.
 */
export async function releaseCounts(
  trx: Knex.Transaction,
  { stand, release }: { stand: string; release: number },
): Promise<ReleasedFigure[]> {
  const figures = await planRelease(trx, stand, release)
  await trx.raw('insert into count_releases (id, stand, demo) select ?, ?, is_demo()', [release, stand])
  const rows = figures.map((figure) => ({
    release_id: release,
    programme_id: figure.programmeId,
    district_id: figure.districtId,
    kind: figure.kind,
    measure: figure.measure,
    counted: figure.counted,
    hidden: figure.hidden,
  }))
  if (rows.length > 0) await trx.batchInsert('released_counts', rows, 500)
  return figures
}

/** Takes a release back by a release of its own; the one before it is public again. Call it inside `change()`. */
export async function withdrawRelease(trx: Knex.Transaction, release: number, withdrawn: number): Promise<void> {
  await trx.raw(
    'insert into count_releases (id, stand, withdraws, demo) select ?, r.stand, r.id, r.demo from count_releases r where r.id = ?',
    [release, withdrawn],
  )
}

/** What a release as of `stand` would publish: by what is known now, or by what the change `by` has written. */
export async function planRelease(database: Knex, stand: string, by: number | null = null): Promise<ReleasedFigure[]> {
  const [counts, history, known] = [
    await findCounts(database, stand, by),
    await findHistory(database),
    await findKnownSums(database),
  ]
  const groups = Map.groupBy(counts, ({ programme_id, kind }) => `${programme_id} ${kind}`)
  return [...groups.values()].flatMap((rows) => {
    const { programme_id: programmeId, kind } = rows[0] as CountRow
    const isThis = (row: { programme_id: string; kind: string }) => row.programme_id === programmeId && row.kind === kind
    const table = { stand, counts: tabulate(rows) }
    const hidden = protectedKinds.includes(kind)
      ? suppress(table, toTables(history.filter(isThis)), known.filter(isThis).map(toKnownSum))
      : null
    return [...table.counts].flatMap(([row, values]) =>
      released.map((measure, index) => ({
        programmeId,
        districtId: row === totalRow ? null : row,
        kind,
        measure,
        counted: values[index] as number,
        hidden: hidden?.get(row)?.[index] ?? null,
      })),
    )
  })
}

function tabulate(rows: readonly CountRow[]): Map<string, number[]> {
  const counts = new Map(rows.map((row) => [row.district_id, released.map((measure) => row[measure])]))
  const total = released.map((_, index) => [...counts.values()].reduce((sum, values) => sum + (values[index] as number), 0))
  return counts.set(totalRow, total)
}

function toTables(rows: readonly HistoryRow[]): CountTable[] {
  return [...Map.groupBy(rows, (row) => row.release_id).values()].map((cells) => {
    const byRow = [...Map.groupBy(cells, (cell) => cell.district_id ?? totalRow)]
    const pick = <Value>(choose: (cell: HistoryRow) => Value, otherwise: Value) =>
      new Map(
        byRow.map(([row, own]) => [
          row,
          released.map((measure) => {
            const cell = own.find((one) => one.measure === measure)
            return cell ? choose(cell) : otherwise
          }),
        ]),
      )
    return {
      stand: (cells[0] as HistoryRow).stand,
      counts: pick((cell) => cell.counted, 0),
      hidden: pick((cell) => cell.hidden, null),
    }
  })
}

function toKnownSum({ measure, rows, value }: KnownRow): KnownSum {
  return { measure: released.indexOf(measure), rows, value }
}

async function findCounts(database: Knex, stand: string, by: number | null): Promise<CountRow[]> {
  const { rows } = await database.raw<{ rows: CountRow[] }>(
    `select programme_id, district_id, kind, sum(units) filter (where rank >= 0)::integer as potential,
      coalesce(sum(units) filter (where rank >= premises_rank('passed')), 0)::integer as passed,
      coalesce(sum(units) filter (where rank >= premises_rank('connected')), 0)::integer as connected
     from premises_counts_at(:stand, coalesce((select known_at from changes where id = :by), clock_timestamp()))
     where kind = any (:kinds) group by 1, 2, 3 having sum(units) filter (where rank >= 0) > 0 order by 1, 3, 2`,
    { stand, by, kinds: [...releasedKinds] },
  )
  return rows
}

/** Everything ever released, also what was withdrawn: it is known. */
async function findHistory(database: Knex): Promise<HistoryRow[]> {
  const { rows } = await database.raw<{ rows: HistoryRow[] }>(
    `select r.release_id, e.stand::text, r.programme_id, r.district_id, r.kind, r.measure, r.counted, r.hidden
     from released_counts r join count_releases e on e.id = r.release_id order by e.stand, e.id`,
  )
  return rows
}

/** What reports and targets say of the same sums, whenever they said it. */
async function findKnownSums(database: Knex): Promise<KnownRow[]> {
  const { rows } = await database.raw<{ rows: KnownRow[] }>(
    `select f.programme_id, f.quantity as kind, f.state as measure, array[coalesce(f.district_id, '')] as rows, f.value::float
     from figures f where not f.retracted and f.programme_id is not null and f.state in ('passed', 'connected') and f.funding_class is null
     union
     select t.programme_id, t.quantity, 'potential', coalesce(t.district_ids, array['']), t.value::float
     from targets t where not t.retracted`,
  )
  return rows
}
