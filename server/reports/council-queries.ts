import type { Knex } from 'knex'
import type { Phase, Quantity, Trade } from '../contract/codes.ts'
import type { Measure } from '../contract/metrics.ts'
import type { AnnouncedStep } from '../contract/schedule.ts'

/** Which report: its scope and its clocks. */
export interface ReportQuestion {
  asOf: string
  knownAt: string
  since: string | null
  programmeId: string | null
  districtId: string | null
}

export interface SectionRow {
  id: string
  name: string
  district_id: string
  programme_id: string
  programme: string
  phase: Phase
  /** The section is the whole district, not a part of it. */
  whole_district: boolean
  planned_end: string | null
  source: string
  true_on: string
}

export interface PhaseChange {
  id: string
  name: string
  before: Phase | null
  after: Phase | null
}

export interface QuantityRow {
  id: string
  programme: string
  quantity: Quantity
  value: number
  unit: string
  approximate: boolean
  source: string
  true_on: string
  /** Reported figures: where and in what state; targets: null. */
  district: string | null
  state: string | null
}

/** A counted figure as it was released; `value` null: withheld. */
export interface CountedRow {
  id: string
  programme: string
  district: string | null
  quantity: Quantity
  measure: Measure
  value: number | null
  unit: string
  source: string
  true_on: string
}

/** An announced date and what became of it, or something that happened without having been announced. */
export interface DateRow {
  layer: 'announced_dates' | 'stages' | 'milestones'
  id: string
  /** Of a trade; null: a milestone. */
  section: string | null
  trade: Trade | null
  what: AnnouncedStep
  title: string | null
  first_named: string | null
  named: string | null
  times_moved: number
  actual: string | null
  source: string
}

export interface MapRow {
  id: string
  name: string
  path: string
  x: number
  y: number
  height: number
}

/** All that a report tells, from what is public anyway. */
export interface ReportData {
  programme: string | null
  district: string | null
  sections: SectionRow[]
  changes: PhaseChange[]
  targets: QuantityRow[]
  figures: QuantityRow[]
  counted: CountedRow[]
  dates: DateRow[]
  map: MapRow[]
}

const clocks = ':asOf::date, :knownAt::timestamptz'
/** A report of the day before knew what was known at its end. */
const sinceKnown = `least(((:since::date + 1)::timestamp at time zone 'Europe/Berlin'), :knownAt::timestamptz)`

const inScope = (row: string, { hasDistrict = true } = {}) => `
  (:programmeId::text is null or ${row}.programme_id = :programmeId)
  ${hasDistrict ? `and (:districtId::text is null or ${row}.district_id = :districtId)` : ''}`

const rows = (select: string) => `coalesce((select json_agg(r) from (${select}) r), '[]')`

const sections = `select s.id, s.name, s.district_id, s.programme_id, s.programme, s.phase, s.planned_end, s.source, s.true_on, w.whole_district
  from layer_build_sections(${clocks}) s join sections_with_phase(${clocks}) w on w.id = s.id where ${inScope('s')}
  order by s.programme collate "de-x-icu", s.name collate "de-x-icu", s.id`

const changes = `select c.id, c.name, c.before, c.after from report_phase_changes(:since::date, ${sinceKnown}, ${clocks}) c
  where :since::date is not null and ${inScope('c')} order by c.name collate "de-x-icu", c.id`

const targets = `select t.id, t.programme, t.quantity, t.value, t.unit, t.approximate, t.source, t.true_on, null as district, null as state
  from layer_targets(${clocks}) t
  where (:programmeId::text is null or t.programme_id = :programmeId)
    and case when :districtId::text is null then t.district_ids is null else :districtId = any (t.district_ids) end
  order by t.programme collate "de-x-icu", t.quantity, t.id`

const figures = `select f.id, f.programme, f.quantity, f.value, f.unit, f.approximate, f.source, f.true_on, f.district, f.state
  from layer_figures(${clocks}) f where f.programme_id is not null and ${inScope('f')}
  order by f.programme collate "de-x-icu", f.quantity, f.district nulls first, f.id`

/** Of the whole programme, or of the district the report is about. */
const counted = `select c.id, c.programme, c.district, c.quantity, c.measure, c.value, c.unit, c.source, c.true_on
  from layer_counted_figures(${clocks}) c
  where (:programmeId::text is null or c.programme_id = :programmeId) and c.district_id is not distinct from :districtId::text
  order by c.programme collate "de-x-icu", c.quantity, array_position(array['potential', 'passed', 'connected'], c.measure), c.id`

/** Milestones belong to a programme, whichever district the report is about. */
const dates = `select * from (
    select 'announced_dates' as layer, a.id, a.section, a.trade, a.what, a.title, a.first_named, a.named, a.times_moved, a.actual, a.source
    from layer_announced_dates(${clocks}) a where case a.what when 'milestone' then ${inScope('a', { hasDistrict: false })} else ${inScope('a')} end
    union all
    select 'stages', s.id, s.section, s.trade, 'end', null, null, null, 0, s.actual_end, s.source from layer_stages(${clocks}) s
    where s.actual_end is not null and not exists (select from announced_dates(${clocks}) a where a.fact_id = s.id and a.what = 'end') and ${inScope('s')}
    union all
    select 'milestones', m.id, null, null, 'milestone', m.title, null, null, 0, m.actual, m.source from layer_milestones(${clocks}) m
    where m.actual is not null and not exists (select from announced_dates(${clocks}) a where a.fact_id = m.id) and ${inScope('m', { hasDistrict: false })}
  ) d
  order by d.section collate "de-x-icu" nulls last, d.trade, d.what desc, imprecise_latest(coalesce(d.actual, d.named, d.first_named)), d.id`

const report = `select json_build_object(
  'programme', (select p.name from programmes_at(${clocks}) p where p.id = :programmeId),
  'district', (select d.name from districts d where d.id = :districtId),
  'sections', ${rows(sections)}, 'changes', ${rows(changes)}, 'targets', ${rows(targets)}, 'figures', ${rows(figures)}, 'counted', ${rows(counted)},
  'dates', ${rows(dates)},
  'map', ${rows(`select * from report_map(483, ${clocks})`)}) as report`

/** Reads everything in one statement: one state of the data. */
export async function readReport(database: Knex, question: ReportQuestion): Promise<ReportData> {
  const { rows: answers } = await database.raw<{ rows: { report: ReportData }[] }>(report, { ...question })
  return (answers[0] as { report: ReportData }).report
}
