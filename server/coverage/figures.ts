import type { Knex } from 'knex'
import type * as z from 'zod/mini'
import type { CoverageComparison, CoverageEdition, CoverageTrend, SpotRule, WorstCell } from '../contract/coverage.ts'
import { usableLevelDbm } from '../contract/coverage-codes.ts'
import type { Clocks } from '../http/clocks.ts'
import { findEditions } from './editions.ts'
import { rowsOf } from './queries.ts'

const at = 'coalesce(:knownAt::timestamptz, now())'

const bound = ({ asOf, knownAt }: Clocks) => ({ asOf, knownAt })

/** The rules in force on the day asked for. */
export function findSpotRules(database: Knex, clocks: Clocks): Promise<z.infer<typeof SpotRule>[]> {
  return rowsOf(
    database,
    `select r.spot, r.label, r.fewest, r.most, r.valid_from as "validFrom", r.valid_until as "validUntil", r.legal_note as "legalNote"
     from mobile_spot_rules_at(:asOf::date, ${at}) r order by r.fewest, r.spot`,
    bound(clocks),
  )
}

/** Figures of every edition at the clocks for the whole city, the earliest Stand first. */
export async function findTrend(database: Knex, clocks: Clocks): Promise<Omit<CoverageTrend, 'clocks'>> {
  const editions = (await findEditions(database, clocks.asOf, clocks.knownAt)).toReversed()
  const bindings = { ...bound(clocks), editions: editions.map(({ id }) => id) }
  const [city] = await rowsOf<{ area: number | null }>(
    database,
    `select sum(st_area(b.geom)) as area from district_boundaries_at(:asOf::date, ${at}) b`,
    bindings,
  )
  const predicted = await rowsOf<CoverageTrend['predicted'][number]>(
    database,
    `select f.edition_id as "editionId", f.operator, f.technology, f.spot, round(sum(f.area_m2)::numeric) as "areaM2",
       round((100 * sum(f.area_m2) / sum(f.district_m2))::numeric, 1) as share,
       round((100 * sum(f.spoken_m2) / sum(f.district_m2))::numeric, 1) as "spokenShare"
     from coverage_figures_at(:editions::bigint[], :asOf::date, ${at}) f group by 1, 2, 3, 4
     order by array_position(:editions::bigint[], f.edition_id), f.operator, f.technology, f.spot`,
    bindings,
  )
  const measured = await rowsOf<CoverageTrend['measured'][number]>(
    database,
    `select c.edition_id as "editionId", c.operator, c.technology, count(*)::integer as cells,
       (count(*) filter (where c.median_rsrp >= :usable))::integer as usable
     from coverage_cells c join coverage_editions e on e.id = c.edition_id and e.dataset = 'drive_test'
     where c.edition_id = any (:editions::bigint[]) group by 1, 2, 3
     order by array_position(:editions::bigint[], c.edition_id), c.operator, c.technology`,
    { ...bindings, usable: usableLevelDbm },
  )
  return {
    ...{ cityM2: Math.round(city?.area ?? 0), usableFromDbm: usableLevelDbm, rules: await findSpotRules(database, clocks) },
    ...{ editions: editions as CoverageEdition[], predicted, measured },
  }
}

interface Question extends Clocks {
  dataset: 'authority_coverage' | 'operator_coverage'
  usableFromDbm: number
}

/** What was measured, beside the prediction of the same operator and technology where there is one. */
const compared = `with measured as materialized (
    select m.* from coverage_measured_at(:asOf::date, ${at}) m where m.operator is not null and m.technology is not null
  ), predicting as materialized (
    select p.edition_id, p.operator, p.technology from coverage_parts_at(:asOf::date, ${at}) p
    join coverage_editions e on e.id = p.edition_id and e.dataset = :dataset
  ), compared as materialized (
    select m.*, p.edition_id as predicted_by, c.cell is not null as is_covered, m.median_rsrp >= :usableFromDbm as is_usable
    from measured m
    left join predicting p on p.operator = m.operator and p.technology = m.technology
    left join coverage_cells c on c.edition_id = p.edition_id and c.operator = m.operator and c.technology = m.technology and c.cell = m.cell
  )`

/** Sums per operator and technology. */
export function findComparisons(database: Knex, question: Question): Promise<CoverageComparison[]> {
  return rowsOf(
    database,
    `${compared}, sums as (
       select c.operator, c.technology, c.predicted_by, count(*)::integer as cells, (count(*) filter (where c.is_covered))::integer as covered,
         (count(*) filter (where c.is_covered and c.is_usable))::integer as usable,
         (count(*) filter (where not c.is_covered and c.is_usable))::integer as unexpected
       from compared c group by 1, 2, 3
     )
     select s.operator, s.technology, s.cells as "cellsMeasured", case when e.id is not null then s.covered end as "predictedCovered",
       case when e.id is not null then s.usable end as usable,
       case when e.id is not null and s.covered > 0 then round(100.0 * s.usable / s.covered, 1) end as share,
       case when e.id is not null then s.unexpected end as unexpected,
       case when e.id is not null then json_build_object('editionId', e.id, 'title', e.title, 'trueOn', e.true_on) end as "predictedBy"
     from sums s left join coverage_editions e on e.id = s.predicted_by order by s.operator, s.technology`,
    { ...question },
  )
}

/** Cells predicted as covered whose median level is below the threshold, the weakest first. */
export function findWorstCells(database: Knex, question: Question, limit: number): Promise<z.infer<typeof WorstCell>[]> {
  return rowsOf(
    database,
    `${compared}
     select c.cell, c.operator, c.technology, round(c.median_rsrp::numeric, 1) as "medianRsrp", c.samples, c.last_day as "lastDay",
       d.id as "districtId", d.name as district, lon_lat(g.centre) as point
     from compared c join coverage_grid g on g.cell = c.cell
     left join lateral (select h.district_id from coverage_districts_at(:asOf::date, ${at}) h where h.cell = c.cell order by h.area_m2 desc limit 1) w on true
     left join districts d on d.id = w.district_id
     where c.is_covered and not c.is_usable order by c.median_rsrp, c.cell, c.operator, c.technology limit :limit`,
    { ...question, limit },
  )
}
