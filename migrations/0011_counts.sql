-- Counted and measured figures, and what of them is public.
--
-- Releases are written by server/database/release.ts (`releaseCounts(trx, {stand, release})`), a shared place, so that every room that
-- runs a change can publish figures inside its own transaction. What is suppressed is decided there, once (ADR 0012); nothing public
-- ever reads premises.

-- Counting ------------------------------------------------------------------------------------------------------------------------------

-- Rank of premises as of a day, like premises_reached() for all levels at once: 0–9, and -1 for those that cannot be connected.
create function premises_rank_at(state text, steps jsonb, as_of date) returns integer language sql immutable parallel safe as $$
  select case
    when steps <> '{}' and jsonb_exists_any(steps,
      (array['passed', 'passed_plus', 'prepared', 'connected', 'bookable', 'activated'])[greatest(premises_rank(state) - 2, 1):])
      then greatest(premises_rank(state), premises_rank(premises_step(steps, as_of)))
    when state = 'not_possible' then -1
    else premises_rank(state)
  end
$$;

-- Connections (units) and premises (objects) per programme, district, kind, funding class and rank. Counts of a level are sums over ranks:
-- so every metric definition (contract/metrics.ts) is counted from one reading. Grouped byte by byte: by German order it takes thrice as long.
create function premises_counts_at(as_of date, known_at timestamptz)
returns table (programme_id text, district_id text, kind text, funding_class text, rank integer, units bigint, objects bigint)
language sql stable parallel safe as $$
  select p.programme_id collate "C", p.district_id collate "C", p.kind collate "C", p.funding_class collate "C", r.rank, sum(p.units), count(*)
  from premises_at(as_of, known_at) p, lateral (select premises_rank_at(p.state, p.steps, as_of) as rank offset 0) r
  where p.programme_id is not null
  group by p.programme_id collate "C", p.district_id collate "C", p.kind collate "C", p.funding_class collate "C", r.rank
$$;

-- Measuring -----------------------------------------------------------------------------------------------------------------------------

-- Lines of the four quantities with their status as of a day; `count`: metres of ducts and cables count once for each.
create function network_lines_at(as_of date, known_at timestamptz)
returns table (id text, programme_id text, section_id text, quantity text, status text, count integer, geom geometry)
language sql stable parallel safe as $$
  select r.id, r.programme_id, r.section_id, 'trench', network_status(r.status, r.holds_from, r.planned_on, r.started_on, r.laid_on, as_of),
    1, r.geom from routes_at(as_of, known_at) r
  union all
  select d.id, d.programme_id, d.section_id, case d.condition when 'new' then 'new_duct' else 'reused_infrastructure' end,
    network_status(d.status, d.holds_from, d.planned_on, d.started_on, d.laid_on, as_of), d.count, d.geom from ducts_at(as_of, known_at) d
  union all
  select c.id, c.programme_id, c.section_id, 'fibre_cable',
    network_status(c.status, c.holds_from, c.planned_on, c.started_on, c.laid_on, as_of), c.count, c.geom from cables_at(as_of, known_at) c
$$;

-- Cuts a line at the boundaries of districts: pieces that together are the line. A piece on a boundary belongs to one district, the
-- first by id; null: outside of all. Boundaries may overlap or leave gaps: a piece lies wholly on one side of each.
-- A line that meets itself is cut segment by segment: in one go, what it runs along twice would count once.
create function cut_by_district(line geometry, district_ids text[], districts geometry[])
returns table (district_id text, length_m double precision) language sql immutable parallel safe as $$
  with boundary as (
    select st_unaryunion(st_collect(st_clipbybox2d(st_boundary(d.geom), st_expand(line::box2d, 1)))) as geom
    from unnest(districts) d (geom) where d.geom && st_expand(line, 1)
  ), parts as (
    select line as geom where st_issimple(line)
    union all
    select s.geom from st_dumpsegments(line) s where not st_issimple(line)
  ), pieces as (
    select (st_dump(st_difference(p.geom, coalesce(b.geom, 'SRID=25832;LINESTRING EMPTY')))).geom from parts p, boundary b
    union all
    select g.geom from parts p, boundary b, lateral st_dump(st_intersection(p.geom, b.geom)) g where st_dimension(g.geom) = 1
  )
  select (select min(d.id) from unnest(district_ids, districts) d (id, geom)
      where d.geom && st_expand(p.geom, 1) and st_dwithin(d.geom, st_lineinterpolatepoint(p.geom, 0.5), 0.0001)),
    st_length(p.geom)
  from pieces p where st_length(p.geom) > 0
$$;

-- Metres (EPSG:25832) per programme, section, quantity, status and district; district null: outside of all districts.
create function network_lengths_at(as_of date, known_at timestamptz)
returns table (programme_id text, section_id text, quantity text, status text, district_id text, length_m double precision, lines bigint)
language sql stable parallel safe as $$
  with boundaries as materialized (
    select b.district_id, b.geom from district_boundaries_at(as_of, known_at) b
  ), every as (
    select array_agg(b.district_id order by b.district_id) as ids, array_agg(b.geom order by b.district_id) as geoms from boundaries b
  ), lines as materialized (
    select l.*, (select case when count(*) = 1 and bool_and(st_containsproperly(b.geom, l.geom)) then min(b.district_id) end
      from boundaries b where b.geom && l.geom and st_intersects(b.geom, l.geom)) as inside
    from network_lines_at(as_of, known_at) l
  ), cut as (
    select l.programme_id, l.section_id, l.quantity, l.status, l.inside as district_id, st_length(l.geom) * l.count as length_m, l.id
    from lines l where l.inside is not null
    union all
    select l.programme_id, l.section_id, l.quantity, l.status, p.district_id, p.length_m * l.count, l.id
    from lines l cross join every e cross join lateral cut_by_district(l.geom, e.ids, e.geoms) p where l.inside is null
  )
  select c.programme_id, c.section_id, c.quantity, c.status, c.district_id, sum(c.length_m), count(distinct c.id)
  from cut c group by 1, 2, 3, 4, 5
$$;

-- Releases ------------------------------------------------------------------------------------------------------------------------------

create table count_releases (
  id bigint primary key references changes (id),
  stand date not null,
  withdraws bigint references count_releases (id),
  demo boolean not null default false
);
comment on table count_releases is 'Publications of counted figures; the id is that of the change. A withdrawal is a row of its own: what was public stays known';
comment on column count_releases.stand is 'Day the figures hold for';
comment on column count_releases.demo is 'Counted while invented example data were present; goes with them';

create table released_counts (
  release_id bigint not null references count_releases (id),
  programme_id text not null,
  district_id text references districts (id),
  kind text not null check (kind in ('household', 'business', 'educational_institution', 'hospital')),
  measure text not null check (measure in ('potential', 'passed', 'connected')),
  counted integer not null check (counted >= 0),
  hidden text check (hidden in ('small', 'partner')),
  unique nulls not distinct (release_id, programme_id, district_id, kind, measure)
);
comment on table released_counts is 'Figures of a release. `counted` of a hidden one never leaves: later releases are checked against it';
comment on column released_counts.district_id is 'null: the whole programme';
comment on column released_counts.hidden is 'null: public. small: 1 to 3, or a difference to a published figure would be; partner: gives another one away';

create trigger refuse_rewriting before update or delete on count_releases for each row execute function refuse_rewriting();
create trigger refuse_rewriting before update or delete on released_counts for each row execute function refuse_rewriting();

-- What changes did to released counts, for their history.
create view release_changes as
  select e.id as change_id, e.stand::text as stand, e.withdraws is not null as is_withdrawal,
    exists (select from count_releases w where w.withdraws = e.id) as is_withdrawn
  from count_releases e;

-- The release that is public on a day by what was known at a moment; null: none.
create function count_release_at(as_of date, known_at timestamptz) returns bigint language sql stable parallel safe as $$
  select r.id from count_releases r join changes c on c.id = r.id
  where r.withdraws is null and r.stand <= as_of and c.known_at <= count_release_at.known_at
    and not exists (select from count_releases w join changes k on k.id = w.id
      where w.withdraws = r.id and k.known_at <= count_release_at.known_at)
  order by r.stand desc, r.id desc limit 1
$$;

create function layer_counted_figures(as_of date, known_at timestamptz)
returns table (id text, programme_id text, programme text, district_id text, district text, quantity text, measure text, value integer,
  suppressed boolean, unit text, source text, true_on text, known_from timestamptz)
language sql stable parallel safe as $$
  select concat_ws(':', r.programme_id, coalesce(r.district_id, 'city'), r.kind, r.measure), r.programme_id, p.name, r.district_id, d.name,
    r.kind, r.measure, case when r.hidden is null then r.counted end, r.hidden is not null, unit_of(r.kind),
    'Eigene Zählung aus den Anschlussobjekten' || case when e.demo then ' (Beispieldaten)' else '' end, e.stand::text, c.known_at
  from released_counts r join count_releases e on e.id = r.release_id join changes c on c.id = e.id
  join programmes_at(as_of, layer_counted_figures.known_at) p on p.id = r.programme_id
  left join districts d on d.id = r.district_id
  where r.release_id = count_release_at(as_of, layer_counted_figures.known_at)
$$;

-- Takes releases counted from invented data out again; called when those are removed.
create function remove_demo_releases() returns void language plpgsql as $$
begin
  alter table released_counts disable trigger refuse_rewriting;
  alter table count_releases disable trigger refuse_rewriting;
  delete from released_counts r using count_releases e where e.id = r.release_id and e.demo;
  delete from count_releases e where e.demo;
  alter table released_counts enable trigger refuse_rewriting;
  alter table count_releases enable trigger refuse_rewriting;
end $$;
