-- Submissions of GIS-NB packages: what was handed over when. The package itself follows from the two clocks.

create table gisnb_submissions (
  id bigint generated always as identity primary key,
  programme_id text not null references facts (id),
  version text not null,
  phase text not null,
  format text not null check (format in ('shp', 'gpkg')),
  crs integer not null,
  as_of date not null,
  known_at timestamptz not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  errors integer not null,
  made_at timestamptz not null default clock_timestamp(),
  made_by text not null,
  made_by_name text not null
);
create trigger refuse_rewriting before update or delete on gisnb_submissions for each row execute function refuse_rewriting();
