import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import type { CoverageDataset } from '../../server/contract/coverage-codes.ts'
import { addDays } from '../../server/contract/working-days.ts'
import { driveThrough, type Sample } from './drive-test.ts'
import { inventReach, type Reach } from './holes.ts'
import type { Middles } from './mobile.ts'
import { citation } from './plan.ts'
import type { Stretch } from './streets.ts'

/** What is invented about mobile coverage rests on these. */
export interface Ground {
  middles: Middles
  stretches: readonly Stretch[]
  sourceId: number
  /** ISO day. */
  today: string
}

/** What an edition says of cells: a query of these columns. */
interface Cells {
  columns: string
  sql: string
  values: Readonly<Record<string, string | number>>
}

interface Edition {
  dataset: CoverageDataset
  title: string
  /** Stand, an imprecise date. */
  trueOn: string
  parts: readonly { operator: string | null; technology: string | null }[]
}

/** One invented edition each: coverage by operator, number of operators, a drive test. Returns how many there are. */
export async function loadCoverage(trx: Knex, ground: Ground): Promise<number> {
  await trx.raw('select lay_coverage_grid()')
  const reach = inventReach(ground.middles)
  const trueOn = addDays(ground.today, -120).slice(0, 7)
  const parts = reach.map(({ operator, technology }) => ({ operator, technology }))
  const coverage = { dataset: 'authority_coverage' as const, trueOn, parts, title: 'Versorgung je Betreiber mit 4G und 5G' }
  const coverageId = await insertEdition(trx, ground, coverage, reachedCells(reach))
  const counts = { dataset: 'operator_count' as const, trueOn, parts: [ofAll], title: 'Zahl der Betreiber mit 4G oder 5G' }
  const countsId = await insertEdition(trx, ground, counts, countedCells(coverageId))
  for (const editionId of [coverageId, countsId]) await trx.raw(areasSql, { editionId })
  await trx.raw('select sum_coverage()')
  await loadDriveTest(trx, ground, reach)
  return 3
}

async function loadDriveTest(trx: Knex, ground: Ground, reach: readonly Reach[]): Promise<void> {
  const trueOn = addDays(ground.today, -45)
  const samples = driveThrough(ground.stretches, reach)
  const parts = [...new Set(samples.map(({ operator }) => operator))].map((operator) => ({ operator, technology: '4g' }))
  const test = { dataset: 'drive_test' as const, trueOn, parts, title: 'Messfahrt' }
  await insertEdition(trx, ground, test, measuredCells(samples, trueOn))
}

const ofAll = { operator: null, technology: null }

/** Cells with a network; the edges of the discs are wavy, as those of real predictions are. */
const reachedCells = (reach: readonly Reach[]): Cells => ({
  columns: 'cell, operator, technology',
  sql: `select g.cell, r.operator, r.technology
    from jsonb_to_recordset(:reach) as r(operator text, technology text, "isOnlyThere" boolean, discs jsonb)
    join coverage_grid g on r."isOnlyThere" = exists (
      select from jsonb_to_recordset(r.discs) as d(x float8, y float8, radius float8),
        lateral (select st_x(g.centre) - d.x as dx, st_y(g.centre) - d.y as dy) v
      where sqrt(v.dx ^ 2 + v.dy ^ 2) < d.radius * (1 + 0.18 * sin(3 * atan2(v.dy, v.dx) + d.x) + 0.1 * sin(7 * atan2(v.dy, v.dx))))`,
  values: { reach: JSON.stringify(reach) },
})

/** How many of the three networks that the Bundesnetzagentur counts too. */
const countedCells = (coverageId: number): Cells => ({
  columns: 'cell, operator_count',
  sql: `select g.cell, count(c.operator) as operator_count from coverage_grid g
    left join coverage_cells c on c.edition_id = :coverageId and c.cell = g.cell and c.technology = '4g' group by g.cell`,
  values: { coverageId },
})

const measuredCells = (samples: readonly Sample[], day: string): Cells => ({
  columns: 'cell, operator, technology, samples, median_rsrp, low_rsrp, median_rsrq, first_day, last_day',
  sql: `select g.cell, s.operator, '4g' as technology, count(*) as samples, percentile_cont(0.5) within group (order by s.rsrp) as median_rsrp,
      percentile_cont(0.1) within group (order by s.rsrp) as low_rsrp, percentile_cont(0.5) within group (order by s.rsrq) as median_rsrq,
      cast(:day as date) as first_day, cast(:day as date) as last_day
    from jsonb_to_recordset(:samples) as s(x float8, y float8, operator text, rsrp float8, rsrq float8)
    cross join lateral (select st_transform(st_setsrid(st_point(s.x, s.y), 25832), 3035) as point) p
    join coverage_grid g on g.east = 100 * floor(st_x(p.point) / 100) and g.north = 100 * floor(st_y(p.point) / 100)
    group by g.cell, s.operator`,
  values: { samples: JSON.stringify(samples), day },
})

const areasSql = `
  insert into coverage_areas (edition_id, operator, technology, operator_count, geom)
  select c.edition_id, c.operator, c.technology, c.operator_count, unite_cells(array_agg(c.cell))
  from coverage_cells c where c.edition_id = :editionId group by c.edition_id, c.operator, c.technology, c.operator_count`

/** An edition of the change that is being written, with its cells at once: nothing about it can be written later. Returns its id. */
async function insertEdition(
  trx: Knex,
  { sourceId }: Ground,
  { dataset, title, trueOn, parts }: Edition,
  { columns, sql, values }: Cells,
): Promise<number> {
  const { rows } = await trx.raw<{ rows: [{ id: number }] }>(
    `with found as materialized (${sql}), edition as (
       insert into coverage_editions (dataset, title, true_on, holds_from, source_id, attribution, method_note, file_name, sha256, statistics,
         change_id, known_from)
       select :dataset, :title, :trueOn, imprecise_latest(:trueOn::text::imprecise_date), :sourceId, :attribution, :methodNote, :fileName, :sha256,
         jsonb_build_object('cells', (select count(distinct f.cell) from found f)), c.id, c.known_at
       from changes c where c.id = current_setting('history.change')::bigint returning id
     ), cells as (
       insert into coverage_cells (edition_id, ${columns}) select e.id, f.* from edition e, found f
     ) select id from edition`,
    {
      ...{ ...values, dataset, trueOn, sourceId, title: `${citation}: ${title}`, attribution: citation },
      methodNote: 'Erfunden zum Ausprobieren: Diese Angaben beschreiben kein Netz, das es gibt.',
      fileName: `beispieldaten-${dataset.replaceAll('_', '-')}.csv`,
      sha256: createHash('sha256').update(`${citation} ${dataset}`).digest('hex'),
    },
  )
  const [{ id }] = rows
  await trx('coverage_parts').insert(parts.map((part) => ({ edition_id: id, ...part })))
  return id
}
