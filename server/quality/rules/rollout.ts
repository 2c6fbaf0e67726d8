import { type Trade, trades } from '../../contract/codes.ts'
import { formatImpreciseDate } from '../../contract/dates.ts'
import { type ObjectKindName, objectKinds } from '../../contract/objects/index.ts'
import { staleDays, tolerance } from '../../contract/quality.ts'
import { count, type Details, now, type RuleQuery } from './rule.ts'

const trade = (details: Details) => trades.labels[details.trade as Trade].de
const date = (value: unknown) => formatImpreciseDate(String(value), 'de')
const percent = (share: unknown) => `${count(Number(share) * 100)} %`

/** Stages with their section and district. */
const stages = `stages_at(${now}) s join build_sections_at(${now}) x on x.id = s.section_id join districts d on d.id = x.district_id`
const stage = `'stage' as subject_kind, s.id as subject_id, x.district_id, x.programme_id`
const section = `'section' as subject_kind, x.id as subject_id, x.district_id, x.programme_id`

const openMilestones = `milestones_at(${now}) m where m.planned is not null and m.actual is null`

/** Sections with an area of their own, and the share of it outside their district. */
const areas = `build_sections_at(${now}) x join district_boundaries_at(${now}) b on b.district_id = x.district_id
  cross join lateral (select round((st_area(st_difference(x.geom, b.geom)) / nullif(st_area(x.geom), 0))::numeric, 3) as share) o
  where st_dimension(x.geom) = 2`

const underWay = `sections_with_phase(${now}) x where x.phase not in ('unknown', 'usable', 'cancelled')`

const network = `(
  select 'route' as kind, r.id, r.programme_id, r.geom from routes_at(${now}) r
  union all select 'duct', d.id, d.programme_id, d.geom from ducts_at(${now}) d
  union all select 'cable', c.id, c.programme_id, c.geom from cables_at(${now}) c
  union all select 'structure', s.id, s.programme_id, s.geom from structures_at(${now}) s) n`

/** Rules about sections, their trades and the network. */
export const rolloutRules: readonly RuleQuery[] = [
  {
    id: 'stage-dates',
    checked: `select count(*) from ${stages} where s.actual_start is not null and s.actual_end is not null`,
    found: `select ${stage}, jsonb_build_object('trade', s.trade, 'district', d.name, 'start', s.actual_start, 'end', s.actual_end) as details
      from ${stages} where imprecise_latest(s.actual_end) < imprecise_earliest(s.actual_start)`,
    sentence: (d) => `${d.district}, ${trade(d)}: Beginn ${date(d.start)}, Ende ${date(d.end)}.`,
  },
  {
    id: 'activation-early',
    checked: `select count(*) from ${stages} where s.trade = 'activation' and s.begun`,
    found: `select ${stage}, jsonb_build_object('district', d.name) as details from ${stages}
      where s.trade = 'activation' and s.begun and not exists (
        select from stages_at(${now}) w where w.section_id = s.section_id and w.trade = 'civil_works' and w.done)`,
    sentence: (d) => `${d.district}: Inbetriebnahme gemeldet, Ende des Tiefbaus nicht.`,
  },
  {
    id: 'overdue',
    checked: `select (select count(*) from ${stages} where s.planned_end is not null and not s.done) + (select count(*) from ${openMilestones})`,
    found: `select ${stage}, jsonb_build_object('trade', s.trade, 'district', d.name, 'planned', s.planned_end) as details
      from ${stages} where not s.done and not s.cancelled and imprecise_latest(s.planned_end) < :today::date
      union all
      select 'milestone', m.id, null, m.programme_id, jsonb_build_object('title', m.title, 'planned', m.planned)
      from ${openMilestones} and imprecise_latest(m.planned) < :today::date`,
    sentence: (d) => `${d.title ?? `${d.district}, ${trade(d)}`}: angekündigt für ${date(d.planned)}, nichts weiter gemeldet.`,
  },
  {
    id: 'stale',
    checked: `select count(*) from ${underWay}`,
    found: `select ${section}, jsonb_build_object('district', x.name, 'stand', x.true_on) as details
      from ${underWay} and imprecise_latest(x.true_on) < :today::date - ${staleDays}`,
    sentence: (d) => `${d.district}: letzter Stand ${date(d.stand)}.`,
  },
  {
    id: 'section-outside-district',
    checked: `select count(*) from ${areas}`,
    found: `select ${section}, jsonb_build_object('district', (select d.name from districts d where d.id = x.district_id), 'name', x.name, 'share', o.share) as details
      from ${areas} and o.share > ${tolerance}`,
    sentence: (d) => `${d.name ?? d.district}: ${percent(d.share)} der Fläche außerhalb von ${d.district}.`,
  },
  {
    id: 'sections-overlap',
    checked: `select count(*) from ${areas}`,
    found: `select ${section}, jsonb_build_object('name', x.name, 'other', y.name, 'share', o.share) as details
      from build_sections_at(${now}) x join build_sections_at(${now}) y on y.programme_id > x.programme_id and st_intersects(x.geom, y.geom)
      cross join lateral (select round((st_area(st_intersection(x.geom, y.geom)) / nullif(least(st_area(x.geom), st_area(y.geom)), 0))::numeric, 3) as share) o
      where st_dimension(x.geom) = 2 and st_dimension(y.geom) = 2 and o.share > ${tolerance}`,
    sentence: (d) => `${d.name}: ${percent(d.share)} der Fläche nennt auch ${d.other}.`,
  },
  {
    id: 'network-outside-city',
    checked: `select count(*) from ${network}`,
    found: `select n.kind as subject_kind, n.id as subject_id, null as district_id, n.programme_id,
        jsonb_build_object('kind', n.kind, 'metres', round(st_distance(n.geom, c.geom))) as details
      from ${network}, (select st_union(b.geom) as geom from district_boundaries_at(${now}) b) c
      where not st_dwithin(n.geom, c.geom, 1000)`,
    sentence: (d) => `${objectKinds[d.kind as ObjectKindName].label.de}: ${count(d.metres)} m von der Stadt entfernt.`,
  },
]
