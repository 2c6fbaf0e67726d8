import { figureStates, type Quantity, quantities } from '../../contract/codes.ts'
import { tolerance } from '../../contract/quality.ts'
import { count, type Details, kilometres, now, type RuleQuery } from './rule.ts'

const what = (details: Details) => quantities.labels[details.quantity as Quantity].de
const state = (details: Details) => figureStates.labels[details.state as keyof typeof figureStates.labels].de
const where = (details: Details) => `${details.programme}${details.district ? `, ${details.district}` : ''}`

const names = `
  (select p.name from programmes_at(${now}) p where p.id = x.programme_id) as programme,
  (select d.name from districts d where d.id = x.district_id) as district`

/** Reported connections beside those counted in premises of the same programme and district, where there are any premises. */
const reportedAndCounted = `
  select f.id, f.programme_id, f.district_id, f.quantity, f.state, f.value, f.approximate, c.counted
  from figures_at(${now}) f, lateral (
    select sum(p.units) filter (where premises_reached(p.state, p.steps, :today::date, f.state)) as counted
    from premises_at(${now}) p
    where p.programme_id = f.programme_id and p.kind = f.quantity and (f.district_id is null or p.district_id = f.district_id)
      and (f.funding_class is null or p.funding_class = f.funding_class)
    having count(*) > 0) c
  where f.state in ('passed', 'connected', 'activated')`

/** Reported metres beside those measured as laid, where there is any such network of the programme. */
const reportedAndMeasured = `
  select f.id, f.programme_id, f.district_id, f.quantity, f.value, coalesce(m.metres, 0) as metres
  from figures_at(${now}) f join (
    select l.programme_id, l.quantity, l.district_id, grouping(l.district_id) = 1 as everywhere,
      sum(l.length_m) filter (where l.status = 'laid') as metres
    from network_lengths_at(${now}) l group by grouping sets ((l.programme_id, l.quantity), (l.programme_id, l.quantity, l.district_id))
  ) m on m.programme_id = f.programme_id and m.quantity = f.quantity
    and case when f.district_id is null then m.everywhere else not m.everywhere and m.district_id = f.district_id end
  where f.state = 'laid'`

const nested = `
  select f.programme_id, f.district_id, f.quantity, f.funding_class,
    max(f.value) filter (where f.state = 'passed') as passed, max(f.value) filter (where f.state = 'connected') as connected,
    max(f.value) filter (where f.state = 'activated') as activated,
    (select max(t.value) from targets_at(${now}) t
      where t.programme_id = f.programme_id and t.quantity = f.quantity and t.scope is null and f.district_id is null) as target
  from figures_at(${now}) f where f.state in ('passed', 'connected', 'activated')
  group by f.programme_id, f.district_id, f.quantity, f.funding_class`

const inTarget = `
  select t.id, t.programme_id, t.quantity, t.value, c.counted
  from targets_at(${now}) t, lateral (
    select sum(p.units) as counted from premises_at(${now}) p
    where p.programme_id = t.programme_id and p.kind = t.quantity and p.state <> 'not_possible' having count(*) > 0) c
  where t.scope is null`

/** Rules about numbers. */
export const figureRules: readonly RuleQuery[] = [
  {
    id: 'reported-counted',
    checked: `select count(*) from (${reportedAndCounted}) x`,
    found: `select 'figure' as subject_kind, x.id as subject_id, x.district_id, x.programme_id,
        to_jsonb(d) as details
      from (${reportedAndCounted}) x, lateral (
        select x.quantity, x.state, x.value as reported, coalesce(x.counted, 0) as counted, ${names}) d
      where case when x.approximate then abs(x.value - coalesce(x.counted, 0)) > x.value * ${tolerance} else x.value <> coalesce(x.counted, 0) end`,
    sentence: (d) =>
      `${where(d)}: ${what(d)} ${state(d)} – gemeldet ${count(d.reported)}, gezählt ${count(d.counted)} (${signed(Number(d.counted) - Number(d.reported))}).`,
  },
  {
    id: 'reported-measured',
    checked: `select count(*) from (${reportedAndMeasured}) x`,
    found: `select 'figure' as subject_kind, x.id as subject_id, x.district_id, x.programme_id, to_jsonb(d) as details
      from (${reportedAndMeasured}) x, lateral (select x.quantity, x.value as reported, round(x.metres::numeric, 1) as measured, ${names}) d
      where abs(x.metres - x.value) > x.value * ${tolerance}`,
    sentence: (d) => `${where(d)}: ${what(d)} – gemeldet ${kilometres(d.reported)}, gemessen ${kilometres(d.measured)}.`,
  },
  {
    id: 'figure-nesting',
    checked: `select count(*) from (${nested}) x`,
    found: `select 'figure' as subject_kind, concat_ws(':', x.programme_id, x.district_id, x.quantity, x.funding_class) as subject_id,
        x.district_id, x.programme_id, to_jsonb(d) as details
      from (${nested}) x, lateral (select x.quantity, x.passed, x.connected, x.activated, x.target, ${names}) d
      where x.activated > x.connected or x.connected > x.passed or x.activated > x.passed
        or greatest(x.passed, x.connected, x.activated) > x.target`,
    sentence: (d) => `${where(d)}: ${what(d)} – ${levels(d)}.`,
  },
  {
    id: 'target-exceeded',
    checked: `select count(*) from (${inTarget}) x`,
    found: `select 'target' as subject_kind, x.id as subject_id, null as district_id, x.programme_id, to_jsonb(d) as details
      from (${inTarget}) x, lateral (select x.quantity, x.value as target, x.counted,
        (select p.name from programmes_at(${now}) p where p.id = x.programme_id) as programme) d
      where x.counted > x.value`,
    sentence: (d) => `${d.programme}: ${what(d)} – Ziel ${count(d.target)}, gezählt ${count(d.counted)}.`,
  },
]

function signed(difference: number): string {
  return `${difference > 0 ? '+' : '−'}${count(Math.abs(difference))}`
}

function levels(details: Details): string {
  const words = { target: 'Ziel', passed: 'versorgbar', connected: 'angeschlossen', activated: 'in Betrieb' }
  return Object.entries(words)
    .filter(([key]) => details[key] !== null && details[key] !== undefined)
    .map(([key, word]) => `${word} ${count(details[key])}`)
    .join(', ')
}
