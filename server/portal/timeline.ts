import type { Knex } from 'knex'
import { today } from '../contract/dates.ts'
import { type Clocks, timelineStart } from '../http/clocks.ts'
import { clockBindings, known, list, loadBody } from './sql.ts'

/** Beginnings and ends of trades, on the day from which they count (`stages_at` gives every date that has happened). */
const stageEvents = `
  select e.day, e.date, e.kind, b.programme_id, b.district_id, t.trade, cast(null as text) as title, cast(null as text) as title_en
  from stages_at(:asOf, :knownAt) t
  join build_sections_at(:asOf, :knownAt) b on b.id = t.section_id
  cross join lateral (values ('stage_begun', t.actual_start, t.begun_on), ('stage_done', t.actual_end, t.done_on)) e (kind, date, day)
  where e.date is not null`

const milestoneEvents = `
  select milestone_happened_on(m, :knownAt), m.actual, 'milestone', m.programme_id, null, null, m.title, m.title_en
  from milestones_at(:asOf, :knownAt) m where m.actual is not null`

/** Statements that plan something new: one that only repeats the plan before it announces nothing. */
const stageAnnouncements = `
  select t.holds_from, t.true_on, 'announcement', b.programme_id, b.district_id, t.trade, null, null
  from (
    select r.*, lag(row(r.planned_start, r.planned_end)) over (partition by r.id order by r.holds_from, r.known_from, r.version) as plan_before
    from stages r where ${known('r')}
  ) t
  join build_sections_at(:asOf, :knownAt) b on b.id = t.section_id
  where (t.planned_start is not null or t.planned_end is not null)
    and row(t.planned_start, t.planned_end) is distinct from t.plan_before`

const phaseAnnouncements = `
  select t.holds_from, t.true_on, 'announcement', t.programme_id, t.district_id, null, null, null
  from (
    select r.*, lag(r.build_phase) over (partition by r.id order by r.holds_from, r.known_from, r.version) as phase_before
    from build_sections r where ${known('r')}
  ) t
  where t.build_phase is not null and t.build_phase is distinct from t.phase_before`

const milestoneAnnouncements = `
  select t.holds_from, t.true_on, 'announcement', t.programme_id, null, null, t.title, t.title_en
  from (
    select r.*, lag(r.planned) over (partition by r.id order by r.holds_from, r.known_from, r.version) as planned_before
    from milestones r where ${known('r')}
  ) t
  where t.planned is not null and t.actual is null and t.planned is distinct from t.planned_before`

/** Everything said about the rollout. Boundaries and text pages are no news of it. */
const said = ['programmes', 'build_sections', 'stages', 'targets', 'figures', 'milestones', 'funding']
  .map((table) => `select r.known_from, r.source_id, r.change_id, r.retracted from ${table} r where r.known_from <= :knownAt`)
  .join(' union all ')

const timeline = `
  with events as (
    select distinct * from (
      ${[stageEvents, milestoneEvents, stageAnnouncements, phaseAnnouncements, milestoneAnnouncements].join('\n union all ')}
    ) e where e.day between cast(:start as date) and cast(:asOf as date)
  ), publications as (
    select iso_moment(f.known_from) as known_at, bool_and(c.known_at_assumed) as assumed,
      coalesce(json_agg(distinct s.citation) filter (where not f.retracted), '[]') as citations
    from (${said}) f join changes c on c.id = f.change_id join sources s on s.id = f.source_id
    group by 1
  )
  select json_build_object(
    'start', cast(:start as date),
    'end', cast(:end as date),
    'events', ${list(
      `'day', e.day, 'date', e.date, 'kind', e.kind, 'programmeId', e.programme_id, 'districtId', e.district_id,
       'trade', e.trade, 'title', e.title, 'titleEn', e.title_en`,
      'events e',
      'e.day, e.kind, e.programme_id, e.district_id, array_position(cast(:trades as text[]), e.trade), e.title',
    )},
    'publications', ${list(`'knownAt', p.known_at, 'assumed', p.assumed, 'citations', p.citations`, 'publications p', 'p.known_at')})`

/** Body of `getTimeline`: what was known at `knownAt`, from the start of the time slider to today. */
export async function loadTimeline(database: Knex, clocks: Clocks): Promise<string> {
  const bindings = { ...clockBindings(database, clocks), start: timelineStart, end: today() }
  return (await loadBody(database, timeline, bindings)) as string
}
