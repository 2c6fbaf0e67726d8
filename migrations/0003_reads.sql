-- Reading at (as_of, known_at): the statements in force. Written as plain SQL functions so that the planner can inline them.

-- Unit of a quantity (the same list as `unitOf` in server/contract/codes.ts).
create function unit_of(quantity text) returns text language sql immutable parallel safe as $$
  select case
    when quantity in ('household', 'business', 'educational_institution', 'hospital') then 'connections'
    when quantity in ('fibre_cable', 'new_duct', 'reused_infrastructure', 'trench') then 'm'
    when quantity = 'inhabitants' then 'persons'
    when quantity = 'area' then 'm2'
    else 'count'
  end
$$;

create function programmes_at(as_of date, known_at timestamptz) returns setof programmes language sql stable parallel safe as $$
  select distinct on (f.id) f.* from programmes f
  where not f.retracted and f.known_from <= known_at and f.known_to > known_at and f.holds_from <= as_of
  order by f.id, f.holds_from desc, f.known_from desc, f.version desc
$$;

-- Boundaries are geometry to draw on, also before the day they were drawn: the best one known serves every day, and an official one is
-- better than a simplified one, whatever its Stand.
create function district_boundaries_at(as_of date, known_at timestamptz) returns setof district_boundaries language sql stable parallel safe as $$
  select distinct on (f.district_id) f.* from district_boundaries f
  where not f.retracted and f.known_to > known_at
  order by f.district_id, (f.known_from <= known_at) desc, f.official desc, (f.holds_from <= as_of) desc, f.holds_from desc, f.known_from desc, f.version desc
$$;

create function build_sections_at(as_of date, known_at timestamptz) returns setof build_sections language sql stable parallel safe as $$
  select distinct on (f.id) f.* from build_sections f
  where not f.retracted and f.known_from <= known_at and f.known_to > known_at and f.holds_from <= as_of
  order by f.id, f.holds_from desc, f.known_from desc, f.version desc
$$;

create function targets_at(as_of date, known_at timestamptz) returns setof targets language sql stable parallel safe as $$
  select distinct on (f.id) f.* from targets f
  where not f.retracted and f.known_from <= known_at and f.known_to > known_at and f.holds_from <= as_of
  order by f.id, f.holds_from desc, f.known_from desc, f.version desc
$$;

create function figures_at(as_of date, known_at timestamptz) returns setof figures language sql stable parallel safe as $$
  select distinct on (f.id) f.* from figures f
  where not f.retracted and f.known_from <= known_at and f.known_to > known_at and f.holds_from <= as_of
  order by f.id, f.holds_from desc, f.known_from desc, f.version desc
$$;

create function milestones_at(as_of date, known_at timestamptz) returns setof milestones language sql stable parallel safe as $$
  select distinct on (f.id) f.* from milestones f
  where not f.retracted and f.known_from <= known_at and f.known_to > known_at and f.holds_from <= as_of
  order by f.id, f.holds_from desc, f.known_from desc, f.version desc
$$;

create function funding_at(as_of date, known_at timestamptz) returns setof funding language sql stable parallel safe as $$
  select distinct on (f.id) f.* from funding f
  where not f.retracted and f.known_from <= known_at and f.known_to > known_at and f.holds_from <= as_of
  order by f.id, f.holds_from desc, f.known_from desc, f.version desc
$$;

create function pages_at(as_of date, known_at timestamptz) returns setof pages language sql stable parallel safe as $$
  select distinct on (f.id) f.* from pages f
  where not f.retracted and f.known_from <= known_at and f.known_to > known_at and f.holds_from <= as_of
  order by f.id, f.holds_from desc, f.known_from desc, f.version desc
$$;

-- When a reported event had certainly happened: on the last day of its stated period, but not later than the day it was known.
create function happened_on(event imprecise_date, known_from timestamptz) returns date language sql stable parallel safe as $$
  select least(imprecise_latest(event), (known_from at time zone 'Europe/Berlin')::date)
$$;

-- When a milestone had certainly happened. Saying again what is known already does not make it happen later.
create function milestone_happened_on(milestone milestones, known_at timestamptz) returns date language sql stable parallel safe as $$
  select happened_on(milestone.actual, min(m.known_from)) from milestones m
  where m.id = milestone.id and m.actual = milestone.actual and not m.retracted and m.known_from <= milestone_happened_on.known_at
$$;

-- Stages: the plan, percent and flags are those in force on `as_of`; what actually happened is the best knowledge of `known_at`,
-- shown only as far as it had happened by `as_of`. So a date learnt late still takes effect on its own day.
create function stages_at(as_of date, known_at timestamptz)
returns table (
  id text, version bigint, section_id text, trade text, planned_start imprecise_date, planned_end imprecise_date,
  actual_start imprecise_date, actual_end imprecise_date, begun boolean, done boolean, begun_on date, done_on date,
  percent numeric, on_hold boolean, cancelled boolean,
  surface_restored boolean, note text, true_on imprecise_date, source_id bigint, known_from timestamptz, change_id bigint
) language sql stable parallel safe as $$
  with known as (
    select s.*, s.holds_from <= as_of as in_force from stages s
    where not s.retracted and s.known_from <= known_at and s.known_to > known_at
  ), latest as (
    select distinct on (k.id) k.* from known k order by k.id, k.holds_from desc, k.known_from desc, k.version desc
  ), plan as (
    select distinct on (k.id) k.* from known k where k.in_force order by k.id, k.holds_from desc, k.known_from desc, k.version desc
  ), first_known as (
    -- Saying again what is known already does not make it happen later.
    select l.id, min(e.known_from) filter (where e.actual_start = l.actual_start) as start_known,
      min(e.known_from) filter (where e.actual_end = l.actual_end) as end_known
    from latest l join stages e on e.id = l.id and e.known_from <= known_at and not e.retracted
    group by l.id
  ), counted as (
    select l.id, l.actual_start, l.actual_end, happened_on(l.actual_start, k.start_known) as begun_on, happened_on(l.actual_end, k.end_known) as done_on
    from latest l join first_known k using (id)
  ), happened as (
    select c.id, case when c.begun_on <= as_of then c.actual_start end as actual_start, case when c.done_on <= as_of then c.actual_end end as actual_end,
      case when c.begun_on <= as_of then c.begun_on end as begun_on, case when c.done_on <= as_of then c.done_on end as done_on
    from counted c
  )
  select l.id, coalesce(p.version, l.version), l.section_id, l.trade, p.planned_start, p.planned_end, h.actual_start, h.actual_end,
    h.actual_start is not null or h.actual_end is not null, h.actual_end is not null,
    h.begun_on, h.done_on, p.percent, coalesce(p.on_hold, false), coalesce(p.cancelled, false), p.surface_restored, p.note,
    coalesce(p.true_on, l.true_on), coalesce(p.source_id, l.source_id), coalesce(p.known_from, l.known_from), coalesce(p.change_id, l.change_id)
  from latest l
  join happened h using (id)
  left join plan p using (id)
  where p.id is not null or h.actual_start is not null or h.actual_end is not null
$$;

-- The displayed phase, derived from the trades: the highest step reached wins, because crews do not work in a fixed order.
-- A planned date never counts as reached. `announced`: the section belongs to a build phase or has planned dates.
create function derive_phase(announced boolean, begun text[], done text[], on_hold boolean, cancelled boolean)
returns text language sql immutable parallel safe as $$
  select case
    when 'activation' = any (done) then 'usable'
    when cancelled then 'cancelled'
    when on_hold then 'on_hold'
    when begun && array['splicing_measurement', 'house_connection', 'acceptance_documentation', 'activation'] then 'connecting'
    when 'fibre_blowing' = any (done) then 'fibre_blown'
    when 'civil_works' = any (done) then 'civil_works_done'
    when begun && array['civil_works', 'duct_laying', 'fibre_blowing'] then 'civil_works'
    when announced or cardinality(begun) > 0 then 'planning'
    else 'unknown'
  end
$$;

-- Sections with their derived phase; geometry is the section's own or the district's.
create function sections_with_phase(as_of date, known_at timestamptz)
returns table (
  id text, version bigint, programme_id text, district_id text, name text, whole_district boolean, build_phase integer, note text, phase text,
  planned_start imprecise_date, planned_end imprecise_date, true_on imprecise_date, source_id bigint, known_from timestamptz, change_id bigint,
  geom geometry, geom_3857 geometry
) language sql stable parallel safe as $$
  with progress as (
    select s.section_id,
      coalesce(array_agg(s.trade) filter (where s.begun), '{}') as begun,
      coalesce(array_agg(s.trade) filter (where s.done), '{}') as done,
      bool_or(s.planned_start is not null or s.planned_end is not null) as announced,
      bool_or(s.on_hold and not s.done) as on_hold,
      bool_or(s.cancelled and not s.done) as cancelled
    from stages_at(as_of, known_at) s group by s.section_id
  ), latest_stage as (
    select distinct on (s.section_id) s.* from stages_at(as_of, known_at) s
    order by s.section_id, imprecise_latest(s.true_on) desc, s.known_from desc, s.version desc
  ), next_step as (
    select distinct on (s.section_id) s.* from stages_at(as_of, known_at) s
    where not s.done and not s.cancelled and (s.planned_start is not null or s.planned_end is not null)
    order by s.section_id, s.begun desc, coalesce(imprecise_latest(s.planned_end), imprecise_latest(s.planned_start))
  )
  select b.id, b.version, b.programme_id, b.district_id, coalesce(b.name, d.name), b.geom is null, b.build_phase, b.note,
    derive_phase(b.build_phase is not null or coalesce(p.announced, false), coalesce(p.begun, '{}'), coalesce(p.done, '{}'),
      coalesce(p.on_hold, false), coalesce(p.cancelled, false)),
    n.planned_start, n.planned_end,
    coalesce(l.true_on, b.true_on), coalesce(l.source_id, b.source_id), coalesce(l.known_from, b.known_from), coalesce(l.change_id, b.change_id),
    coalesce(b.geom, g.geom), coalesce(b.geom_3857, g.geom_3857)
  from build_sections_at(as_of, known_at) b
  join districts d on d.id = b.district_id
  left join district_boundaries_at(as_of, known_at) g on g.district_id = b.district_id
  left join progress p on p.section_id = b.id
  left join latest_stage l on l.section_id = b.id
  left join next_step n on n.section_id = b.id
$$;

-- Layers and tables that leave the server. One column per declared property (server/contract/layers), id, and geometry where there is one.

create function layer_districts(as_of date, known_at timestamptz)
returns table (id text, name text, borough text, official boolean, attribution text, source text, true_on text, known_from timestamptz,
  geom geometry, geom_3857 geometry) language sql stable parallel safe as $$
  select d.id, d.name, b.name, g.official, g.attribution, s.citation, g.true_on, g.known_from, g.geom, g.geom_3857
  from districts d join boroughs b on b.id = d.borough_id
  join district_boundaries_at(as_of, known_at) g on g.district_id = d.id
  join sources s on s.id = g.source_id
$$;

create function layer_build_sections(as_of date, known_at timestamptz)
returns table (id text, name text, district_id text, district text, programme_id text, programme text, build_phase integer, phase text,
  planned_start text, planned_end text, note text, source text, true_on text, known_from timestamptz, geom geometry, geom_3857 geometry)
language sql stable parallel safe as $$
  select x.id, x.name, x.district_id, d.name, x.programme_id, p.name, x.build_phase, x.phase, x.planned_start, x.planned_end, x.note,
    s.citation, x.true_on, x.known_from, x.geom, x.geom_3857
  from sections_with_phase(as_of, known_at) x
  join programmes_at(as_of, known_at) p on p.id = x.programme_id
  join districts d on d.id = x.district_id
  join sources s on s.id = x.source_id
$$;

create function layer_places(as_of date, known_at timestamptz)
returns table (id text, name text, geom geometry, geom_3857 geometry) language sql stable parallel safe as $$
  select p.id, p.name, p.geom, p.geom_3857 from places p
$$;

create function layer_stages(as_of date, known_at timestamptz)
returns table (id text, district_id text, district text, section_id text, section text, programme_id text, programme text, trade text,
  planned_start text, planned_end text, actual_start text, actual_end text, percent numeric, on_hold boolean, cancelled boolean,
  surface_restored boolean, note text, source text, true_on text, known_from timestamptz)
language sql stable parallel safe as $$
  select t.id, x.district_id, d.name, x.id, coalesce(x.name, d.name), x.programme_id, p.name, t.trade, t.planned_start, t.planned_end,
    t.actual_start, t.actual_end, t.percent, t.on_hold, t.cancelled, t.surface_restored, t.note, s.citation, t.true_on, t.known_from
  from stages_at(as_of, known_at) t
  join build_sections_at(as_of, known_at) x on x.id = t.section_id
  join programmes_at(as_of, known_at) p on p.id = x.programme_id
  join districts d on d.id = x.district_id
  join sources s on s.id = t.source_id
$$;

create function layer_programmes(as_of date, known_at timestamptz)
returns table (id text, name text, name_en text, kind text, summary text, summary_en text, passive_operator text, active_operator text,
  source text, true_on text, known_from timestamptz) language sql stable parallel safe as $$
  select p.id, p.name, p.name_en, p.kind, p.summary, p.summary_en, p.passive_operator, p.active_operator, s.citation, p.true_on, p.known_from
  from programmes_at(as_of, known_at) p join sources s on s.id = p.source_id
$$;

create function layer_targets(as_of date, known_at timestamptz)
returns table (id text, programme_id text, programme text, quantity text, value numeric, unit text, approximate boolean, district_ids text[],
  note text, source text, true_on text, known_from timestamptz) language sql stable parallel safe as $$
  select t.id, t.programme_id, p.name, t.quantity, t.value, unit_of(t.quantity), t.approximate, t.district_ids, t.note,
    s.citation, t.true_on, t.known_from
  from targets_at(as_of, known_at) t join programmes_at(as_of, known_at) p on p.id = t.programme_id join sources s on s.id = t.source_id
$$;

create function layer_figures(as_of date, known_at timestamptz)
returns table (id text, programme_id text, programme text, district_id text, district text, quantity text, state text, funding_class text,
  value numeric, unit text, approximate boolean, note text, source text, true_on text, known_from timestamptz)
language sql stable parallel safe as $$
  select f.id, f.programme_id, p.name, f.district_id, d.name, f.quantity, f.state, f.funding_class, f.value, unit_of(f.quantity),
    f.approximate, f.note, s.citation, f.true_on, f.known_from
  from figures_at(as_of, known_at) f join sources s on s.id = f.source_id
  left join programmes_at(as_of, known_at) p on p.id = f.programme_id
  left join districts d on d.id = f.district_id
$$;

create function layer_milestones(as_of date, known_at timestamptz)
returns table (id text, programme_id text, programme text, title text, title_en text, planned text, actual text, note text,
  source text, true_on text, known_from timestamptz) language sql stable parallel safe as $$
  select m.id, m.programme_id, p.name, m.title, m.title_en, m.planned,
    case when milestone_happened_on(m, known_at) <= as_of then m.actual end, m.note, s.citation, m.true_on, m.known_from
  from milestones_at(as_of, known_at) m join programmes_at(as_of, known_at) p on p.id = m.programme_id join sources s on s.id = m.source_id
$$;

create function layer_funding(as_of date, known_at timestamptz)
returns table (id text, programme_id text, programme text, giver text, role text, amount_eur numeric, approximate boolean, part_of text, note text,
  source text, true_on text, known_from timestamptz) language sql stable parallel safe as $$
  select f.id, f.programme_id, p.name, f.giver, f.role, f.amount_eur, f.approximate, f.part_of, f.note, s.citation, f.true_on, f.known_from
  from funding_at(as_of, known_at) f join programmes_at(as_of, known_at) p on p.id = f.programme_id join sources s on s.id = f.source_id
$$;
