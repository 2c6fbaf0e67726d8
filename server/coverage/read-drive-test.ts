import type { Knex } from 'knex'
import type { OpenedFile, Table } from '../formats/index.ts'
import { linesOf, type Tally } from './found.ts'
import { type Sample, SampleJudge } from './judge-sample.ts'
import { rowsOf } from './queries.ts'
import type { Shape } from './recognise.ts'

/** What the aggregated measurements are. */
export interface Aggregated {
  duplicates: number
  firstDay: string | null
  lastDay: string | null
  warnings: string[]
}

const batchRows = 10_000

/** Rows of a measurement live in the transaction only: the way somebody drove is kept nowhere. */
const makeSamples = `create temporary table coverage_samples (
  at double precision not null, x double precision not null, y double precision not null, east integer not null, north integer not null,
  operator text not null, technology text not null, rsrp real not null, rsrq real, day date not null) on commit drop`

/**
 * Reads a drive test in bounded memory and aggregates it per cell of the grid, operator and technology in the database. `id`: the
 * import that gets the cells. Writing and reading overlap.
 */
export async function readDriveTest(
  trx: Knex.Transaction,
  id: number,
  { file, table, shape }: { file: OpenedFile; table: Table; shape: Shape },
  { tally, signal, onProgress }: { tally: Tally; signal: AbortSignal; onProgress: (share: number) => void },
): Promise<Aggregated> {
  const judge = new SampleJudge(shape.columns)
  const epsg = table.crs?.epsg ?? 4326
  await trx.raw(makeSamples)
  let writing: Promise<unknown> = Promise.resolve()
  try {
    for await (const { rows, progress } of file.readRows(table.name, { signal, batchRows })) {
      const samples: Sample[] = []
      for (const row of rows) {
        tally.rows += 1
        const judged = judge.judge(row)
        if ('sample' in judged) {
          samples.push(judged.sample)
          if (judged.isMended) tally.mended += 1
        } else if ('problem' in judged) tally.refuse(row.rowNumber, judged.kind, judged.problem)
        else if ('foreign' in judged) tally.keepApart(judged.foreign)
        else tally.outside += 1
      }
      await writing
      writing = writeSamples(trx, samples, epsg)
      // Whoever waits next hears of it; until then it must not count as unheard.
      writing.catch(() => undefined)
      onProgress(progress)
    }
  } finally {
    await writing
  }
  tally.judge()
  return aggregate(trx, id, tally)
}

async function writeSamples(trx: Knex.Transaction, samples: readonly Sample[], epsg: number): Promise<void> {
  if (samples.length === 0) return
  const pick = <Key extends keyof Sample>(key: Key) => samples.map((sample) => sample[key])
  await rowsOf(
    trx,
    `insert into coverage_samples (at, x, y, east, north, operator, technology, rsrp, rsrq, day)
     select s.at, s.x, s.y, 100 * floor(st_x(p.place) / 100), 100 * floor(st_y(p.place) / 100), s.operator, s.technology, s.rsrp, s.rsrq, s.day
     from unnest(:at::float8[], :x::float8[], :y::float8[], :operator::text[], :technology::text[], :rsrp::real[], :rsrq::real[], :day::date[])
       as s (at, x, y, operator, technology, rsrp, rsrq, day),
       lateral (select st_transform(st_setsrid(st_makepoint(s.x, s.y), :epsg::integer), 3035) as place offset 0) p`,
    {
      ...{ at: pick('at'), x: pick('x'), y: pick('y'), operator: pick('operator'), technology: pick('technology') },
      ...{ rsrp: pick('rsrp'), rsrq: pick('rsrq'), day: pick('day'), epsg },
    },
  )
}

/** Equal rows count once. Medians and percentiles lie between two measurements where their number is even. */
async function aggregate(trx: Knex.Transaction, id: number, tally: Tally): Promise<Aggregated> {
  await trx.raw("set local work_mem = '64MB'")
  await trx.raw('analyze coverage_samples')
  const [row] = await rowsOf<{ read: number; distinct: number; inside: number; firstDay: string | null; lastDay: string | null }>(
    trx,
    `with different as materialized (
       select s.east, s.north, s.operator, s.technology, s.rsrp, s.rsrq, s.day from coverage_samples s
       group by s.at, s.x, s.y, s.operator, s.technology, s.rsrp, s.rsrq, s.day, s.east, s.north
     ), inside as materialized (
       select g.cell, d.* from different d join coverage_grid g on g.east = d.east and g.north = d.north
     ), written as (
       insert into coverage_import_cells (import_id, cell, operator, technology, samples, low_rsrp, median_rsrp, median_rsrq, first_day, last_day)
       select :id, a.cell, nullif(a.operator, ''), nullif(a.technology, ''), a.samples, a.levels[1], a.levels[2], a.quality, a.first_day, a.last_day
       from (
         select i.cell, i.operator, i.technology, count(*) as samples,
           percentile_cont(array[0.1, 0.5]) within group (order by i.rsrp) as levels,
           percentile_cont(0.5) within group (order by i.rsrq) as quality, min(i.day) as first_day, max(i.day) as last_day
         from inside i group by i.cell, i.operator, i.technology
       ) a
     )
     select (select count(*) from coverage_samples) as read, (select count(*) from different) as distinct,
       (select count(*) from inside) as inside, (select min(i.day) from inside i) as "firstDay", (select max(i.day) from inside i) as "lastDay"`,
    { id },
  )
  const { read, distinct, inside, firstDay, lastDay } = row as NonNullable<typeof row>
  tally.used = inside
  tally.outside += distinct - inside
  const duplicates = read - distinct
  const warnings = [
    duplicates > 0 && `Doppelt: ${linesOf(duplicates)}. Gleiche Zeilen zählen einmal.`,
    tally.mended > 0 && `Länge und Breite vertauscht: ${linesOf(tally.mended)}. Das wurde richtiggestellt.`,
    tally.outside > 0 && `Außerhalb der Stadt: ${linesOf(tally.outside)}. Sie zählen nicht.`,
  ].filter((one) => one !== false)
  return { duplicates, firstDay, lastDay, warnings }
}
