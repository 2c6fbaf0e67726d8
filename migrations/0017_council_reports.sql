-- Status reports for the council. Only what a report was asked for is kept: its files follow from the two clocks. The hash of what it said
-- is kept beside it: where the same no longer follows, the report says so.

create table council_reports (
  id bigint generated always as identity primary key,
  as_of date not null,
  known_at timestamptz not null,
  since date check (since < as_of),
  programme_id text references facts (id),
  district_id text references districts (id),
  made_at timestamptz not null default clock_timestamp(),
  made_by text not null,
  made_by_name text not null,
  demo boolean not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  check (as_of <= (known_at at time zone 'Europe/Berlin')::date)
);
comment on column council_reports.demo is 'Made while invented example data were present: it says so for good';
comment on column council_reports.sha256 is 'Of everything the report said when it was made, without its form';
create trigger refuse_rewriting before update or delete on council_reports for each row execute function refuse_rewriting();

-- Sections as of two pairs of clocks: what became different between two reports.
create function report_phase_changes(since date, since_known timestamptz, as_of date, known_at timestamptz)
returns table (id text, district_id text, programme_id text, name text, before text, after text) language sql stable parallel safe as $$
  select coalesce(n.id, o.id), coalesce(n.district_id, o.district_id), coalesce(n.programme_id, o.programme_id), coalesce(n.name, o.name), o.phase, n.phase
  from sections_with_phase(as_of, known_at) n full join sections_with_phase(since, since_known) o on o.id = n.id
  where n.phase is distinct from o.phase
$$;

-- The districts as a drawing of the given width: SVG paths with y downwards, and where their labels go.
create function report_map(width numeric, as_of date, known_at timestamptz)
returns table (id text, name text, path text, x numeric, y numeric, height numeric) language sql stable parallel safe as $$
  with areas as (
    select d.id, d.name, st_simplifypreservetopology(b.geom, 25) as geom, d.label_point
    from district_boundaries_at(as_of, known_at) b join districts d on d.id = b.district_id
  ), frame as (
    select st_xmin(e) as x, st_ymax(e) as y, width / (st_xmax(e) - st_xmin(e)) as scale, width * (st_ymax(e) - st_ymin(e)) / (st_xmax(e) - st_xmin(e)) as height
    from (select st_extent(a.geom) as e from areas a) one
  )
  select a.id, a.name, st_assvg(st_transscale(a.geom, -f.x, -f.y, f.scale, f.scale), 0, 1),
    round(((st_x(a.label_point) - f.x) * f.scale)::numeric, 1), round(((f.y - st_y(a.label_point)) * f.scale)::numeric, 1), ceil(f.height)::numeric
  from areas a cross join frame f order by a.id
$$;
