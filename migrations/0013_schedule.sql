-- Announced dates and what became of them. Read from the statements themselves, so nothing that was ever announced can be erased.
--
-- An announced date is a planned start or end of a trade, or the planned date of a milestone. What was undone within the ten minutes of
-- an undo was never an announcement. A statement of the same Stand and source that replaces another one corrects the record; it is
-- told, but is no postponement. When sources contradict each other on the same day, the one in force counts, the others stand beside it.

create function announcement_statements(as_of date, known_at timestamptz)
returns table (
  id text, fact_id text, what text, announced imprecise_date, actual imprecise_date, note text, version bigint, true_on imprecise_date,
  holds_from date, said_on date, known_from timestamptz, source_id bigint, change_id bigint, retracted boolean
) language sql stable parallel safe as $$
  with said as (
    select s.id as fact_id, w.what, w.announced, w.actual, s.note, s.version, s.true_on, s.holds_from, s.known_from, s.source_id, s.change_id,
      s.retracted
    from stages s
    cross join lateral (values ('start', s.planned_start, s.actual_start), ('end', s.planned_end, s.actual_end)) as w (what, announced, actual)
    union all
    select m.id, 'milestone', m.planned, m.actual, m.note, m.version, m.true_on, m.holds_from, m.known_from, m.source_id, m.change_id,
      m.retracted
    from milestones m
  ), counted as (
    select s.*, case when s.retracted then (s.known_from at time zone 'Europe/Berlin')::date else s.holds_from end as said_on
    from said s join changes c on c.id = s.change_id
    where s.known_from <= announcement_statements.known_at and c.undoes is null
      and not exists (select from changes u where u.undoes = c.id and u.known_at <= announcement_statements.known_at)
  )
  select c.fact_id || ':' || c.what, c.fact_id, c.what, c.announced, c.actual, c.note, c.version, c.true_on, c.holds_from, c.said_on,
    c.known_from, c.source_id, c.change_id, c.retracted
  from counted c where c.said_on <= as_of
$$;

-- What happened to each announced date, in the order it was said: announced, repeated, moved, dropped (no longer named), withdrawn (the
-- statement was taken back), corrected (replaced under the same Stand and source), beside (another source, same day, not in force).
-- `before`: the date it moved from.
create function announcement_events(as_of date, known_at timestamptz)
returns table (
  id text, fact_id text, what text, kind text, announced imprecise_date, before imprecise_date, note text, true_on imprecise_date,
  said_on date, known_from timestamptz, source_id bigint, change_id bigint, version bigint, stands boolean
) language sql stable parallel safe as $$
  with said as (
    select s.*, lead(s.retracted) over same as next_retracted, lead(s.announced) over same as next_announced,
      lag(s.announced) over same as last_announced, lead(s.version) over same is not null as has_next
    from announcement_statements(as_of, known_at) s
    window same as (partition by s.id, s.true_on, s.source_id order by s.known_from, s.version)
  ), chain as (
    select s.*, coalesce(s.next_retracted, false) as taken_back,
      last_value(s.version) over (partition by s.id, s.holds_from order by s.known_from, s.version
        rows between unbounded preceding and unbounded following) <> s.version as is_beside
    from said s where not s.retracted and (not s.has_next or s.next_retracted)
  ), main as (
    select c.*, lag(c.announced) over (partition by c.id order by c.holds_from, c.known_from, c.version) as named_before
    from chain c where not c.is_beside
  ), named as (
    select m.*, lag(m.announced) over (partition by m.id order by m.holds_from, m.known_from, m.version) as moved_from
    from main m where m.announced is not null
  )
  select n.id, n.fact_id, n.what, case when n.moved_from is null then 'announced' when n.moved_from = n.announced then 'repeated' else 'moved' end,
    n.announced, n.moved_from, n.note, n.true_on, n.said_on, n.known_from, n.source_id, n.change_id, n.version, not n.taken_back
  from named n
  union all
  select m.id, m.fact_id, m.what, 'dropped', null, m.named_before, m.note, m.true_on, m.said_on, m.known_from, m.source_id, m.change_id,
    m.version, not m.taken_back
  from main m where m.announced is null and m.named_before is not null and m.actual is null
  union all
  select c.id, c.fact_id, c.what, 'beside', c.announced, null, c.note, c.true_on, c.said_on, c.known_from, c.source_id, c.change_id, c.version,
    false
  from chain c where c.is_beside and c.announced is not null
  union all
  -- Withdrawing a fact takes back all its statements at once: one event, of the date last named.
  select w.* from (
    select distinct on (s.id, s.change_id) s.id, s.fact_id, s.what, 'withdrawn', s.last_announced, null::imprecise_date, null, s.true_on,
      s.said_on, s.known_from, s.source_id, s.change_id, s.version, false
    from said s where s.retracted and s.last_announced is not null
    order by s.id, s.change_id, s.holds_from desc, s.version desc) w
  union all
  select s.id, s.fact_id, s.what, 'corrected', s.announced, null, s.note, s.true_on, s.said_on, s.known_from, s.source_id, s.change_id,
    s.version, false
  from said s
  where not s.retracted and s.has_next and not s.next_retracted and s.announced is not null and s.announced is distinct from s.next_announced
$$;

-- One row per announced date: first named, how often moved, what is named now (null: nothing any more), what happened.
create function announced_dates(as_of date, known_at timestamptz)
returns table (
  id text, fact_id text, what text, section_id text, programme_id text, district_id text, trade text, title text, title_en text,
  first_named imprecise_date, first_named_on imprecise_date, first_source_id bigint, last_named imprecise_date, named imprecise_date,
  times_moved integer, actual imprecise_date, cancelled boolean, true_on imprecise_date, source_id bigint, known_from timestamptz, change_id bigint
) language sql stable parallel safe as $$
  with events as materialized (
    select * from announcement_events(as_of, known_at)
  ), first as (
    select distinct on (e.id) e.* from events e where e.kind in ('announced', 'repeated', 'moved')
    order by e.id, e.said_on, e.known_from, e.version
  ), last as (
    select distinct on (e.id) e.* from events e where e.kind in ('announced', 'repeated', 'moved')
    order by e.id, e.said_on desc, e.known_from desc, e.version desc
  ), standing as (
    select distinct on (e.id) e.id, e.announced from events e where e.stands
    order by e.id, e.said_on desc, e.known_from desc, e.version desc
  ), moves as (
    select e.id, count(*)::integer as times from events e where e.kind = 'moved' group by e.id
  ), about as (
    select t.id as fact_id, 'start' as what, t.section_id, t.trade, null::text as title, null::text as title_en, null::text as programme_id,
      t.actual_start as actual, t.cancelled
    from stages_at(as_of, known_at) t
    union all
    select t.id, 'end', t.section_id, t.trade, null, null, null, t.actual_end, t.cancelled from stages_at(as_of, known_at) t
    union all
    select m.id, 'milestone', null, null, m.title, m.title_en, m.programme_id, m.actual, false from layer_milestones(as_of, known_at) m
  )
  select f.id, f.fact_id, f.what, coalesce(a.section_id, s.section_id), coalesce(a.programme_id, x.programme_id, m.programme_id), x.district_id,
    coalesce(a.trade, s.trade), coalesce(a.title, m.title), coalesce(a.title_en, m.title_en), f.announced, f.true_on, f.source_id, l.announced,
    n.announced, coalesce(v.times, 0), a.actual, coalesce(a.cancelled, false), l.true_on, l.source_id, l.known_from, l.change_id
  from first f
  join last l using (id)
  left join standing n using (id)
  left join moves v using (id)
  left join about a on a.fact_id = f.fact_id and a.what = f.what
  left join lateral (select s.section_id, s.trade from stages s where s.id = f.fact_id limit 1) s on true
  left join lateral (
    select m.programme_id, m.title, m.title_en from milestones m where m.id = f.fact_id and m.known_from <= announced_dates.known_at
    order by m.known_from desc limit 1) m on true
  left join build_sections_at(as_of, known_at) x on x.id = coalesce(a.section_id, s.section_id)
$$;

-- Public: what was announced, by whom, and what became of it. Reasons of changes are internal; the note of a statement is public.
create function layer_announced_dates(as_of date, known_at timestamptz)
returns table (id text, district_id text, district text, section_id text, section text, programme_id text, programme text, trade text, what text,
  title text, title_en text, first_named text, first_named_on text, first_source text, times_moved integer, named text, shift_days integer,
  shift_days_least integer, shift_days_most integer, actual text, source text, true_on text, known_from timestamptz)
language sql stable parallel safe as $$
  select a.id, a.district_id, d.name, a.section_id, case when x.id is not null then coalesce(x.name, d.name) end, a.programme_id, p.name, a.trade, a.what,
    a.title, a.title_en, a.first_named, a.first_named_on, f.citation, a.times_moved, a.named,
    imprecise_latest(a.last_named) - imprecise_latest(a.first_named),
    imprecise_earliest(a.last_named) - imprecise_latest(a.first_named),
    imprecise_latest(a.last_named) - imprecise_earliest(a.first_named),
    a.actual, s.citation, a.true_on, a.known_from
  from announced_dates(as_of, known_at) a
  join programmes_at(as_of, known_at) p on p.id = a.programme_id
  join sources f on f.id = a.first_source_id
  join sources s on s.id = a.source_id
  left join build_sections_at(as_of, known_at) x on x.id = a.section_id
  left join districts d on d.id = a.district_id
$$;

-- Durations of the trades, and of whole sections (trade null): from the begin of civil works to the end of activation. What a forecast is
-- made of. Days count by the rule of `happened_on`; `days_least`, `days_most`: what the precision of the dates leaves open (null: the end
-- is an upper bound only). What runs is known to run until its last report, no longer.
create function schedule_durations(as_of date, known_at timestamptz)
returns table (
  id text, section_id text, programme_id text, district_id text, trade text, operator text, actual_start imprecise_date, actual_end imprecise_date,
  begun_on date, done_on date, reported_on date, days integer, days_least integer, days_most integer, planned_end imprecise_date
) language sql stable parallel safe as $$
  with stage as materialized (
    select * from stages_at(as_of, known_at)
  ), reported as (
    select s.section_id, max(imprecise_latest(s.true_on)) as day, bool_or(s.cancelled and not s.done) as cancelled from stage s group by s.section_id
  ), spans as (
    select s.id, s.section_id, s.trade, s.actual_start, s.actual_end, s.begun_on, s.done_on, imprecise_latest(s.true_on) as said_on, s.planned_end
    from stage s where not s.cancelled
    union all
    select s.section_id || ':section', s.section_id, null, s.actual_start, e.actual_end, s.begun_on, e.done_on, r.day, e.planned_end
    from stage s join reported r on r.section_id = s.section_id
    left join stage e on e.section_id = s.section_id and e.trade = 'activation'
    where s.trade = 'civil_works' and not r.cancelled
  )
  select t.id, t.section_id, x.programme_id, x.district_id, t.trade, case t.trade when 'activation' then p.active_operator else p.passive_operator end,
    t.actual_start, t.actual_end, t.begun_on, t.done_on, r.day,
    coalesce(t.done_on, r.day) - t.begun_on,
    greatest(imprecise_earliest(t.actual_end) - t.begun_on, 0),
    coalesce(t.done_on, r.day) - imprecise_earliest(t.actual_start),
    t.planned_end
  from spans t
  join build_sections_at(as_of, known_at) x on x.id = t.section_id
  join programmes_at(as_of, known_at) p on p.id = x.programme_id
  cross join lateral (select least(as_of, greatest(t.said_on, t.begun_on)) as day) r
  where t.begun_on is not null and t.actual_start is not null
$$;
