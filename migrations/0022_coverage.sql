-- Mobile coverage: editions of what others predicted or measured, on the 100 m grid of INSPIRE (EPSG:3035).
-- An edition is never changed or deleted; it can be withdrawn with a reason, and then the one before it counts again.

-- Grid ---------------------------------------------------------------------------------------------------------------------------------

-- Name of the 100 m cell whose south-western corner lies there (m, EPSG:3035), as INSPIRE and the statistical offices write it.
create function grid_cell(east integer, north integer) returns text language sql immutable parallel safe as $$
  select 'CRS3035RES100mN' || north || 'E' || east
$$;

create table coverage_grid (
  cell text primary key,
  east integer not null,
  north integer not null,
  centre geometry(Point, 25832) not null,
  geom geometry(Polygon, 25832) not null,
  geom_3857 geometry(Polygon, 3857) not null,
  unique (east, north)
);
comment on table coverage_grid is 'Cells that touch the city by any of its boundaries; east, north: south-western corner in EPSG:3035';
create index on coverage_grid using gist (centre);
create index on coverage_grid using gist (geom_3857);

create table coverage_grid_areas (
  boundary_version bigint not null references district_boundaries (version),
  cell text not null references coverage_grid (cell),
  area_m2 double precision not null check (area_m2 > 0),
  primary key (boundary_version, cell)
);
comment on table coverage_grid_areas is 'How much of a cell lies within a boundary (EPSG:25832): figures per district are sums of these';

-- Lays the grid over boundaries that have none yet.
create function lay_coverage_grid() returns void language plpgsql as $$
begin
  insert into coverage_grid (cell, east, north, centre, geom, geom_3857)
  with missing as materialized (
    select st_transform(b.geom, 3035) as geom from district_boundaries b
    where not exists (select from coverage_grid_areas a where a.boundary_version = b.version)
  ), extent as (
    select floor(st_xmin(e) / 100)::integer as west, floor(st_ymin(e) / 100)::integer as south,
      floor(st_xmax(e) / 100)::integer as east, floor(st_ymax(e) / 100)::integer as north
    from (select st_extent(m.geom) as e from missing m) s where s.e is not null
  ), squares as (
    select 100 * x as east, 100 * y as north, st_makeenvelope(100 * x, 100 * y, 100 * x + 100, 100 * y + 100, 3035) as square
    from extent e, generate_series(e.west, e.east) x, generate_series(e.south, e.north) y
  )
  select grid_cell(s.east, s.north), s.east, s.north, st_transform(st_centroid(s.square), 25832), st_transform(s.square, 25832),
    st_transform(s.square, 3857)
  from squares s where exists (select from missing m where st_intersects(m.geom, s.square))
  on conflict do nothing;

  insert into coverage_grid_areas (boundary_version, cell, area_m2)
  select p.version, p.cell, p.area_m2 from (
    select b.version, g.cell, st_area(case when st_coveredby(g.geom, b.geom) then g.geom else st_intersection(g.geom, b.geom) end) as area_m2
    from district_boundaries b
    join coverage_grid g on st_intersects(g.geom_3857, b.geom_3857)
    where not exists (select from coverage_grid_areas a where a.boundary_version = b.version)
  ) p where p.area_m2 > 0.01;
end $$;

-- The grid is laid by the first import; boundaries that come later are added to it.
create function lay_coverage_grid_anew() returns trigger language plpgsql as $$
begin
  if exists (select from coverage_grid) then
    perform lay_coverage_grid();
    perform sum_coverage();
  end if;
  return null;
end $$;
create trigger lay_coverage_grid after insert on district_boundaries for each statement execute function lay_coverage_grid_anew();

-- Squares of the grid as one area: neighbours in a row first, so that little is left to unite.
create function unite_cells(cells text[]) returns geometry language sql stable parallel safe as $$
  with runs as (
    select g.east, g.north, g.east - 100 * row_number() over (partition by g.north order by g.east) as run
    from coverage_grid g where g.cell = any (cells)
  ), rectangles as (
    select st_makeenvelope(min(r.east), r.north, max(r.east) + 100, r.north + 100, 3035) as geom from runs r group by r.north, r.run
  )
  select st_multi(st_transform(st_simplifypreservetopology(st_union(r.geom), 0.01), 25832)) from rectangles r
$$;

-- Editions -----------------------------------------------------------------------------------------------------------------------------

create function coverage_method(dataset text) returns text language sql immutable parallel safe as $$
  select case dataset when 'drive_test' then 'measured' else 'predicted' end
$$;

create table coverage_editions (
  id bigint generated always as identity primary key,
  dataset text not null check (dataset in ('operator_count', 'deficit_areas', 'authority_coverage', 'operator_coverage', 'drive_test')),
  method text not null generated always as (coverage_method(dataset)) stored,
  title text not null check (length(trim(title)) >= 3),
  true_on imprecise_date not null,
  holds_from date not null,
  source_id bigint not null references sources (id),
  attribution text not null,
  method_note text,
  method_break text,
  file_name text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  statistics jsonb not null default '{}',
  change_id bigint not null references changes (id),
  known_from timestamptz not null
);
comment on table coverage_editions is 'Imported editions of datasets of mobile coverage; true_on is the Stand';
comment on column coverage_editions.method_break is 'Why this edition cannot be compared with the ones before; null: it can';
comment on column coverage_editions.sha256 is 'Of the file received. Files are not kept: the way of a drive test is somebody''s working day';
comment on column coverage_editions.statistics is 'What was read: rows, cells, rows left out and why';
create index on coverage_editions (dataset, holds_from);
create index on coverage_editions (sha256);

create table coverage_withdrawals (
  change_id bigint primary key references changes (id),
  edition_id bigint not null references coverage_editions (id),
  is_withdrawn boolean not null,
  reason text not null check (length(trim(reason)) >= 3),
  known_from timestamptz not null
);
comment on table coverage_withdrawals is 'Editions taken back, and put back in force (is_withdrawn false); the latest row known counts';
create index on coverage_withdrawals (edition_id);

create table coverage_parts (
  edition_id bigint not null references coverage_editions (id),
  operator text check (operator in ('telekom', 'vodafone', 'telefonica', '1und1')),
  technology text check (technology in ('2g', '4g', '5g', '5g_sa')),
  unique nulls not distinct (edition_id, operator, technology)
);
comment on table coverage_parts is 'Operators and technologies an edition speaks of, also where it says that there is nothing; both null: of all together';

create table coverage_cells (
  edition_id bigint not null references coverage_editions (id),
  cell text not null references coverage_grid (cell),
  operator text,
  technology text,
  operator_count smallint check (operator_count between 0 and 9),
  dwellings integer check (dwellings >= 0),
  samples integer check (samples > 0),
  median_rsrp real,
  low_rsrp real,
  median_rsrq real,
  first_day date,
  last_day date,
  unique nulls not distinct (edition_id, operator, technology, cell)
);
comment on table coverage_cells is 'What an edition says of a cell. Predicted coverage: the row stands for "covered"; cells without a row are not, or not spoken of';
comment on column coverage_cells.low_rsrp is '10th percentile of the levels, dBm';

create table coverage_areas (
  id bigint generated always as identity primary key,
  edition_id bigint not null references coverage_editions (id),
  operator text,
  technology text,
  operator_count smallint,
  number text,
  municipalities text,
  stated_area_km2 numeric,
  geom geometry(MultiPolygon, 25832) not null check (st_isvalid(geom)),
  geom_3857 geometry(MultiPolygon, 3857) generated always as (st_transform(geom, 3857)) stored
);
comment on table coverage_areas is 'Areas for the map: cells of one statement united; areas with a rollout deficit as they were delivered';
create index on coverage_areas (edition_id);
create index on coverage_areas using gist (geom_3857);

create table coverage_sums (
  edition_id bigint not null references coverage_editions (id),
  boundary_version bigint not null references district_boundaries (version),
  operator text,
  technology text,
  operator_count smallint,
  area_m2 double precision not null,
  dwellings bigint,
  unique nulls not distinct (edition_id, boundary_version, operator, technology, operator_count)
);
comment on table coverage_sums is 'Cells of predicted coverage added up within each boundary; follows from coverage_cells and can be made anew';

-- Adds up what has not been added up yet. Dwellings cannot be divided: they lie where the middle of their cell is.
create function sum_coverage() returns void language sql as $$
  insert into coverage_sums (edition_id, boundary_version, operator, technology, operator_count, area_m2, dwellings)
  select c.edition_id, b.version, c.operator, c.technology, c.operator_count, sum(a.area_m2),
    sum(c.dwellings) filter (where c.dwellings is not null and st_intersects(b.geom, g.centre))
  from coverage_editions e
  join district_boundaries b on not exists (select from coverage_sums s where s.edition_id = e.id and s.boundary_version = b.version)
  join coverage_grid_areas a on a.boundary_version = b.version
  join coverage_grid g on g.cell = a.cell
  join coverage_cells c on c.edition_id = e.id and c.cell = a.cell
  where e.dataset in ('operator_count', 'authority_coverage', 'operator_coverage')
  group by c.edition_id, b.version, c.operator, c.technology, c.operator_count
$$;

do $$ declare name text; begin
  foreach name in array array['coverage_editions', 'coverage_withdrawals', 'coverage_parts', 'coverage_cells', 'coverage_areas'] loop
    execute format('create trigger refuse_rewriting before update or delete on %I for each row execute function refuse_rewriting()', name);
    execute format('create trigger refuse_truncate before truncate on %I for each statement execute function refuse_rewriting()', name);
  end loop;
end $$;

-- Imports ------------------------------------------------------------------------------------------------------------------------------

create table coverage_imports (
  id bigint generated always as identity primary key,
  file_name text not null,
  bytes bigint not null check (bytes > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  wished_dataset text,
  received_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  actor text not null,
  actor_name text not null,
  status text not null default 'reading' check (status in ('reading', 'ready', 'imported', 'refused', 'cancelled', 'failed')),
  progress real check (progress between 0 and 1),
  problem text,
  found jsonb,
  edition_id bigint references coverage_editions (id)
);
comment on table coverage_imports is 'Received files: what was found in them, until somebody has them imported as an edition';

create table coverage_import_cells (
  import_id bigint not null references coverage_imports (id) on delete cascade,
  cell text not null references coverage_grid (cell),
  operator text,
  technology text,
  operator_count smallint,
  dwellings integer,
  samples integer,
  median_rsrp real,
  low_rsrp real,
  median_rsrq real,
  first_day date,
  last_day date,
  unique nulls not distinct (import_id, operator, technology, cell)
);
comment on table coverage_import_cells is 'What a received file says of the cells of the city; emptied when the import ends';

create table coverage_import_areas (
  import_id bigint not null references coverage_imports (id) on delete cascade,
  number text,
  municipalities text,
  stated_area_km2 numeric,
  geom geometry(MultiPolygon, 25832) not null
);

-- Reading at (as_of, known_at) ---------------------------------------------------------------------------------------------------------

create function coverage_editions_at(as_of date, known_at timestamptz) returns setof coverage_editions language sql stable parallel safe as $$
  select e.* from coverage_editions e
  where e.known_from <= known_at and e.holds_from <= as_of
    and not coalesce((select w.is_withdrawn from coverage_withdrawals w
      where w.edition_id = e.id and w.known_from <= known_at order by w.change_id desc limit 1), false)
$$;

-- The edition that counts for each dataset, operator and technology: that of the latest Stand.
create function coverage_parts_at(as_of date, known_at timestamptz) returns setof coverage_parts language sql stable parallel safe as $$
  select distinct on (e.dataset, p.operator, p.technology) p.*
  from coverage_editions_at(as_of, known_at) e join coverage_parts p on p.edition_id = e.id
  order by e.dataset, p.operator, p.technology, e.holds_from desc, e.id desc
$$;

-- Cells with their districts by the boundaries in force.
create function coverage_districts_at(as_of date, known_at timestamptz)
returns table (district_id text, cell text, area_m2 double precision) language sql stable parallel safe as $$
  select b.district_id, a.cell, a.area_m2
  from district_boundaries_at(as_of, known_at) b join coverage_grid_areas a on a.boundary_version = b.version
$$;

-- The spots by the rule of a day, as of what is known of the rules then. Where the dates of the rules leave open which one holds, the
-- one that certainly does, else the one that had begun for certain, else the one that begins first (like server/contract/validity.ts).
create function mobile_spot_rules_at(as_of date, known_at timestamptz)
returns table (spot text, label text, fewest integer, most integer, valid_from text, valid_until text, legal_note text)
language sql stable parallel safe as $$
  select distinct on (r.slug) r.slug, r.label, r.fewest_operators, r.most_operators, r.valid_from::text, r.valid_until::text, r.legal_note
  from spot_rules_at((known_at at time zone 'Europe/Berlin')::date, known_at) r,
    lateral (select r.valid_from is null or imprecise_latest(r.valid_from) <= as_of as has_begun,
      r.valid_until is not null and coalesce(imprecise_earliest(r.valid_until), '-infinity') < as_of as may_have_ended) k
  where (r.valid_until is null or imprecise_latest(r.valid_until) >= as_of)
    and (r.valid_from is null or coalesce(imprecise_earliest(r.valid_from), as_of) <= as_of)
  order by r.slug, k.has_begun desc, k.has_begun and k.may_have_ended, case when k.has_begun then imprecise_latest(r.valid_from) end desc nulls last,
    imprecise_latest(r.valid_from)
$$;

create function signal_class(rsrp real) returns text language sql immutable parallel safe as $$
  select case when rsrp >= -95 then 'good' when rsrp >= -110 then 'usable' when rsrp is not null then 'weak' end
$$;

-- Cells measured, each by the latest drive test that went there.
create function coverage_measured_at(as_of date, known_at timestamptz) returns setof coverage_cells language sql stable parallel safe as $$
  select distinct on (c.cell, c.operator, c.technology) c.*
  from coverage_editions_at(as_of, known_at) e join coverage_cells c on c.edition_id = e.id
  where e.dataset = 'drive_test'
  order by c.cell, c.operator, c.technology, e.holds_from desc, e.id desc
$$;

-- m² of each edition per district: coverage per operator and technology, spots by the rule of the day, dwellings where the file says them.
-- `spoken_m2`: how much of the district the edition says anything of.
create function coverage_figures_at(editions bigint[], as_of date, known_at timestamptz)
returns table (edition_id bigint, operator text, technology text, spot text, district_id text, area_m2 double precision, spoken_m2 double precision,
  district_m2 double precision, dwellings bigint) language sql stable parallel safe as $$
  with parts as (
    select p.edition_id, p.operator, p.technology, s.spot, s.fewest, s.most
    from coverage_parts p join coverage_editions e on e.id = p.edition_id
    left join mobile_spot_rules_at(as_of, known_at) s on e.dataset = 'operator_count'
    where p.edition_id = any (editions) and (e.dataset in ('authority_coverage', 'operator_coverage') or s.spot is not null)
  )
  select p.edition_id, p.operator, p.technology, p.spot, b.district_id, coalesce(s.area_m2, 0),
    case when p.spot is null then st_area(b.geom) else coalesce(s.spoken_m2, 0) end, st_area(b.geom), s.dwellings
  from parts p cross join district_boundaries_at(as_of, known_at) b
  left join lateral (
    select sum(x.area_m2) filter (where p.spot is null or x.operator_count between p.fewest and p.most) as area_m2, sum(x.area_m2) as spoken_m2,
      (sum(x.dwellings) filter (where p.spot is null or x.operator_count between p.fewest and p.most))::bigint as dwellings
    from coverage_sums x
    where x.edition_id = p.edition_id and x.boundary_version = b.version and x.operator is not distinct from p.operator
      and x.technology is not distinct from p.technology
  ) s on true
$$;

-- Layers and tables that leave the server ----------------------------------------------------------------------------------------------

create function layer_mobile_coverage(as_of date, known_at timestamptz)
returns table (id text, dataset text, method text, operator text, technology text, title text, method_note text, attribution text, source text,
  true_on text, known_from timestamptz, geom geometry, geom_3857 geometry) language sql stable parallel safe as $$
  select concat_ws(':', e.dataset, p.operator, p.technology), e.dataset, e.method, p.operator, p.technology, e.title, e.method_note, e.attribution,
    s.citation, e.true_on, e.known_from, a.geom, a.geom_3857
  from coverage_parts_at(as_of, known_at) p
  join coverage_editions e on e.id = p.edition_id
  join coverage_areas a on a.edition_id = p.edition_id and a.operator = p.operator and a.technology = p.technology
  join sources s on s.id = e.source_id
  where e.dataset in ('authority_coverage', 'operator_coverage')
$$;

create function layer_mobile_spots(as_of date, known_at timestamptz)
returns table (id text, spot text, operator_count integer, rule text, rule_valid_from text, rule_valid_until text, rule_note text, method text, title text, method_note text,
  attribution text, source text, true_on text, known_from timestamptz, geom geometry, geom_3857 geometry)
language sql stable parallel safe as $$
  select r.spot || ':' || a.operator_count, r.spot, a.operator_count::integer, r.label, r.valid_from, r.valid_until, r.legal_note, e.method, e.title, e.method_note,
    e.attribution, s.citation, e.true_on, e.known_from, a.geom, a.geom_3857
  from coverage_parts_at(as_of, known_at) p
  join coverage_editions e on e.id = p.edition_id and e.dataset = 'operator_count'
  join coverage_areas a on a.edition_id = p.edition_id
  join mobile_spot_rules_at(as_of, known_at) r on a.operator_count between r.fewest and r.most
  join sources s on s.id = e.source_id
$$;

create function layer_mobile_deficits(as_of date, known_at timestamptz)
returns table (id text, number text, municipalities text, stated_area_km2 numeric, method text, title text, method_note text, attribution text,
  source text, true_on text, known_from timestamptz, geom geometry, geom_3857 geometry) language sql stable parallel safe as $$
  select 'deficit:' || a.id, a.number, a.municipalities, a.stated_area_km2, e.method, e.title, e.method_note, e.attribution, s.citation, e.true_on,
    e.known_from, a.geom, a.geom_3857
  from coverage_parts_at(as_of, known_at) p
  join coverage_editions e on e.id = p.edition_id and e.dataset = 'deficit_areas'
  join coverage_areas a on a.edition_id = p.edition_id
  join sources s on s.id = e.source_id
$$;

create function layer_mobile_measured(as_of date, known_at timestamptz)
returns table (id text, cell text, operator text, technology text, signal text, median_rsrp double precision, low_rsrp double precision,
  median_rsrq double precision, samples integer, first_day date, last_day date, method text, title text, method_note text, attribution text,
  source text, true_on text, known_from timestamptz, geom geometry, geom_3857 geometry) language sql stable parallel safe as $$
  select concat_ws(':', c.cell, c.operator, c.technology), c.cell, c.operator, c.technology, signal_class(c.median_rsrp),
    round(c.median_rsrp::numeric, 1), round(c.low_rsrp::numeric, 1), round(c.median_rsrq::numeric, 1), c.samples, c.first_day, c.last_day,
    e.method, e.title, e.method_note, e.attribution, s.citation, e.true_on, e.known_from, g.geom, g.geom_3857
  from coverage_measured_at(as_of, known_at) c
  join coverage_editions e on e.id = c.edition_id
  join coverage_grid g on g.cell = c.cell
  join sources s on s.id = e.source_id
$$;

create function layer_mobile_coverage_districts(as_of date, known_at timestamptz)
returns table (id text, district_id text, district text, dataset text, method text, operator text, technology text, spot text,
  area_m2 double precision, share numeric, spoken_share numeric, dwellings integer, rule text, rule_valid_from text, rule_valid_until text, rule_note text, title text,
  method_note text, attribution text, source text, true_on text, known_from timestamptz) language sql stable parallel safe as $$
  with in_force as materialized (
    select p.* from coverage_parts_at(as_of, known_at) p
  )
  select concat_ws(':', e.dataset, f.operator, f.technology, f.spot, f.district_id), f.district_id, d.name, e.dataset, e.method, f.operator,
    f.technology, f.spot, round(f.area_m2::numeric), round((100 * f.area_m2 / f.district_m2)::numeric, 1),
    round((100 * f.spoken_m2 / f.district_m2)::numeric, 1), f.dwellings::integer, r.label, r.valid_from, r.valid_until, r.legal_note, e.title, e.method_note,
    e.attribution, s.citation, e.true_on, e.known_from
  from coverage_figures_at((select array_agg(distinct i.edition_id) from in_force i), as_of, known_at) f
  join in_force i on i.edition_id = f.edition_id and i.operator is not distinct from f.operator and i.technology is not distinct from f.technology
  join coverage_editions e on e.id = f.edition_id
  join districts d on d.id = f.district_id
  join sources s on s.id = e.source_id
  left join mobile_spot_rules_at(as_of, known_at) r on r.spot = f.spot
$$;
