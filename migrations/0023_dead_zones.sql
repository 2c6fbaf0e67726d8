-- Dead zones reported by citizens. A report names a cell of the 100 m grid (INSPIRE, EPSG:3035) and nothing of whoever sent it: the
-- point is blurred before it reaches the database. Reports and decisions are never changed; a decision is replaced by a later one.

-- The square of a cell, named as INSPIRE and the statistical offices write it: by its south-western corner in m. Written so that names are
-- resolved once: generated columns use it, also while a backup is restored.
create function area_of_cell(cell text) returns geometry language sql immutable parallel safe
return st_makeenvelope(
  (regexp_match(cell, 'E(\d+)$'))[1]::integer, (regexp_match(cell, 'N(\d+)E'))[1]::integer,
  (regexp_match(cell, 'E(\d+)$'))[1]::integer + 100, (regexp_match(cell, 'N(\d+)E'))[1]::integer + 100, 3035);

create table dead_zone_reports (
  id bigint generated always as identity primary key,
  received_on date not null default (now() at time zone 'Europe/Berlin')::date,
  operator text not null check (operator in ('telekom', 'vodafone', 'telefonica', '1und1', 'unknown')),
  technology text not null check (technology in ('none', '2g', '4g', '5g')),
  surroundings text not null check (surroundings in ('indoors', 'outdoors', 'vehicle')),
  seen_on date not null,
  day_part text not null check (day_part in ('morning', 'afternoon', 'evening', 'night')),
  cell text not null check (cell ~ '^CRS3035RES100mN\d{5}00E\d{5}00$'),
  geom geometry(Polygon, 25832) not null generated always as (st_transform(area_of_cell(cell), 25832)) stored,
  geom_3857 geometry(Polygon, 3857) not null generated always as (st_transform(area_of_cell(cell), 3857)) stored,
  check (seen_on <= received_on)
);
comment on table dead_zone_reports is 'Dead zones as reported; nothing about the reporter, no exact place';
comment on column dead_zone_reports.received_on is 'Day of receipt, internal; the time is not kept';
comment on column dead_zone_reports.technology is 'What the phone showed; none: no service';
create index on dead_zone_reports (cell);

create table dead_zone_remarks (
  report_id bigint primary key references dead_zone_reports (id),
  remark text not null check (length(remark) between 1 and 500)
);
comment on table dead_zone_remarks is 'Free words of the reporter, internal; removed some time after the decision';

create table dead_zone_decisions (
  id bigint generated always as identity primary key,
  report_id bigint not null references dead_zone_reports (id),
  status text not null check (status in ('pending', 'published', 'rejected')),
  reason text check (length(trim(reason)) between 3 and 300),
  change_id bigint not null references changes (id),
  check (status <> 'rejected' or reason is not null)
);
comment on table dead_zone_decisions is 'Decisions on reports, each replacing the one before; pending: taken back';
create index on dead_zone_decisions (report_id, id);
create index on dead_zone_decisions (change_id);

do $$ declare name text; begin
  foreach name in array array['dead_zone_reports', 'dead_zone_decisions'] loop
    execute format('create trigger refuse_rewriting before update or delete on %I for each row execute function refuse_rewriting()', name);
    execute format('create trigger refuse_truncate before truncate on %I for each statement execute function refuse_rewriting()', name);
  end loop;
end $$;

-- The district that holds a cell, or most nearly: the one around its centre, or that it touches. null: outside the city.
create function district_of_cell(cell_geom geometry, as_of date, known_at timestamptz) returns text language sql stable parallel safe as $$
  select b.district_id from district_boundaries_at(as_of, known_at) b
  where st_intersects(b.geom, cell_geom) order by st_distance(b.geom, st_centroid(cell_geom)), b.district_id limit 1
$$;

-- Reports published then, of the last two years. They count from the end of their month, but no later than they were published:
-- the day somebody was somewhere does not show by asking for one day after the other.
create function dead_zones_at(as_of date, known_at timestamptz) returns setof dead_zone_reports language sql stable parallel safe as $$
  select r.* from dead_zone_reports r
  cross join lateral (
    select d.status, c.known_at from dead_zone_decisions d join changes c on c.id = d.change_id
    where d.report_id = r.id and c.known_at <= dead_zones_at.known_at order by d.id desc limit 1
  ) latest
  where latest.status = 'published'
    and least((date_trunc('month', r.seen_on) + interval '1 month - 1 day')::date, (latest.known_at at time zone 'Europe/Berlin')::date) <= as_of
    and r.seen_on > as_of - interval '2 years'
$$;

create function layer_mobile_dead_zones(as_of date, known_at timestamptz)
returns table (id text, reports integer, operators text[], no_service integer, indoors integer, outdoors integer, in_vehicles integer,
  latest_month text, district_id text, district text, geom geometry, geom_3857 geometry) language sql stable parallel safe as $$
  select z.cell, z.reports, z.operators, z.no_service, z.indoors, z.outdoors, z.in_vehicles, z.latest_month, d.id, d.name, z.geom, z.geom_3857
  from (
    select r.cell, count(*)::integer as reports, array_agg(distinct r.operator order by r.operator) as operators,
      count(*) filter (where r.technology = 'none')::integer as no_service,
      count(*) filter (where r.surroundings = 'indoors')::integer as indoors,
      count(*) filter (where r.surroundings = 'outdoors')::integer as outdoors,
      count(*) filter (where r.surroundings = 'vehicle')::integer as in_vehicles,
      to_char(max(r.seen_on), 'YYYY-MM') as latest_month, r.geom, r.geom_3857
    from dead_zones_at(as_of, known_at) r group by r.cell, r.geom, r.geom_3857
  ) z
  left join districts d on d.id = district_of_cell(z.geom, as_of, known_at)
$$;
