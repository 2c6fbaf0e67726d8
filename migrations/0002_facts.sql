-- Facts and their two clocks.
--
-- A fact (a stage, a target, a boundary …) is never overwritten. Each row of a fact table is a *statement*: what `source` said, holding
-- from `true_on` on, known to the product from `known_from` until a correction replaced it at `known_to`.
-- Statements of different days or sources stand side by side; readers take the one in force (`*_at(as_of, known_at)`).

create extension if not exists postgis;

-- Changes ------------------------------------------------------------------------------------------------------------------------------

create table changes (
  id bigint generated always as identity primary key,
  origin text not null default 'workbench' check (origin in ('workbench', 'published_facts')),
  actor text not null check (actor <> ''),
  actor_name text not null check (actor_name <> ''),
  reason text not null check (length(trim(reason)) >= 3),
  known_at timestamptz not null,
  known_at_assumed boolean not null default false,
  recorded_at timestamptz not null,
  undoes bigint references changes (id)
);
comment on table changes is 'One publication: who, when, why. The id is the revision of the content.';
comment on column changes.origin is 'published_facts: the loader of the facts shipped with the product, the only one that may set known_at';
comment on column changes.known_at is 'From when on the statements of this change were known';
comment on column changes.known_at_assumed is 'The day of publication is not known; known_at is that of the event';

-- The known time of a change is the moment of writing. Only the loader of published facts names an earlier one.
create function set_change_times() returns trigger language plpgsql as $$
begin
  new.recorded_at := clock_timestamp();
  if new.origin <> 'published_facts' then
    new.known_at := new.recorded_at;
  elsif new.known_at > new.recorded_at then
    raise exception 'a published fact cannot be known in the future' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger set_change_times before insert on changes for each row execute function set_change_times();

create function refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger refuse_rewriting before update or delete on changes for each row execute function refuse_rewriting();
create trigger refuse_truncate before truncate on changes for each statement execute function refuse_rewriting();

-- Sources ------------------------------------------------------------------------------------------------------------------------------

create table sources (
  id bigint generated always as identity primary key,
  citation text not null unique check (length(trim(citation)) >= 3),
  url text check (url ~ '^https?://'),
  published imprecise_date
);
comment on table sources is 'Who said it: press article, council report, mail of an operator. Citations are public';

-- Reference data (stable identities, not facts) --------------------------------------------------------------------------------------------

create table boroughs (
  id text primary key,
  name text not null unique,
  position integer not null unique
);
comment on table boroughs is 'Stadtbezirke';

create table districts (
  id text primary key check (id ~ '^[a-z0-9-]+$'),
  name text not null unique,
  borough_id text not null references boroughs (id),
  street_key_prefixes text[] not null default '{}',
  label_point geometry(Point, 25832) not null
);
comment on table districts is 'Stadtteile; the id is the last part of the public address (/stadtteil/opladen)';
comment on column districts.street_key_prefixes is 'Beginnings of the official five-digit street key: an address names its district by it';

create table places (
  id text primary key,
  name text not null,
  name_en text,
  geom geometry(Point, 25832) not null,
  geom_3857 geometry(Point, 3857) generated always as (st_transform(geom, 3857)) stored
);
comment on table places is 'Well-known places people search for';

-- Facts --------------------------------------------------------------------------------------------------------------------------------

create table facts (
  id text primary key,
  kind text not null,
  unique (id, kind)
);
comment on table facts is 'Identity of every fact; statements of a fact live in the table of its kind';

create sequence fact_version_seq as bigint;

-- Columns that every fact table shares (copied by LIKE).
create table statement_columns (
  version bigint not null default nextval('fact_version_seq'),
  id text not null,
  true_on imprecise_date not null,
  holds_from date not null,
  source_id bigint not null,
  known_from timestamptz not null,
  known_to timestamptz not null default 'infinity',
  change_id bigint not null,
  retracted boolean not null default false,
  check (known_from < known_to)
);
comment on column statement_columns.version is 'Number of the statement, unique over all fact tables';
comment on column statement_columns.true_on is 'Reference date (Stand): the statement holds from here on';
comment on column statement_columns.holds_from is 'Day from which the statement is in force: last day of true_on, but never later than the day it was known';
comment on column statement_columns.retracted is 'The statement was withdrawn; earlier ones are in force again';

-- Fills the bookkeeping columns from the current change and closes the statement this one corrects (same fact, day and source).
create function record_statement() returns trigger language plpgsql as $$
declare
  change changes;
  corrected_holds_from date;
  next_known timestamptz;
begin
  select * into change from changes where changes.id = nullif(current_setting('history.change', true), '')::bigint;
  if change.id is null then
    raise exception 'a statement needs a change (actor, reason)' using errcode = 'check_violation';
  end if;
  insert into facts (id, kind) values (new.id, tg_argv[0]) on conflict do nothing;
  new.change_id := change.id;
  new.known_from := change.known_at;
  -- A correction holds from when the corrected statement held, also where a Stand like "2022" made that the day it was known.
  execute format('select min(holds_from) from %I where id = $1 and true_on = $2 and source_id = $3 and known_from < $4', tg_table_name)
    into corrected_holds_from using new.id, new.true_on, new.source_id, new.known_from;
  new.holds_from := least(imprecise_latest(new.true_on), (change.known_at at time zone 'Europe/Berlin')::date, corrected_holds_from);
  execute format('update %I set known_to = $1 where id = $2 and true_on = $3 and source_id = $4 and known_from < $1 and known_to > $1',
    tg_table_name) using new.known_from, new.id, new.true_on, new.source_id;
  execute format('select min(known_from) from %I where id = $1 and true_on = $2 and source_id = $3 and known_from > $4', tg_table_name)
    into next_known using new.id, new.true_on, new.source_id, new.known_from;
  new.known_to := coalesce(next_known, 'infinity');
  return new;
end $$;

-- The only update a statement ever sees is the end of its known time, and only a new statement (depth 2: its trigger) may write that.
create function protect_statement() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and pg_trigger_depth() > 1
     and to_jsonb(new) - 'known_to' - 'geom_3857' = to_jsonb(old) - 'known_to' - 'geom_3857' then
    return new;
  end if;
  raise exception 'statements of % are never changed or deleted, only corrected by new ones', tg_table_name using errcode = 'restrict_violation';
end $$;

create function make_fact_table(table_name text, kind text) returns void language plpgsql as $$
begin
  execute format('alter table %I add primary key (version)', table_name);
  execute format('alter table %I add foreign key (id) references facts (id)', table_name);
  execute format('alter table %I add foreign key (source_id) references sources (id)', table_name);
  execute format('alter table %I add foreign key (change_id) references changes (id)', table_name);
  execute format('create unique index on %I (id, true_on, source_id, known_from)', table_name);
  execute format('create index on %I (change_id)', table_name);
  execute format('create trigger record_statement before insert on %I for each row execute function record_statement(%L)', table_name, kind);
  execute format('create trigger protect_statement before update or delete on %I for each row execute function protect_statement()', table_name);
  execute format('create trigger refuse_truncate before truncate on %I for each statement execute function refuse_rewriting()', table_name);
end $$;

create table programmes (
  like statement_columns including all,
  slug text not null,
  name text not null,
  name_en text,
  kind text not null check (kind in ('funded', 'special_call', 'market_driven', 'mobile')),
  summary text,
  summary_en text,
  passive_operator text,
  active_operator text,
  position integer not null default 100
);
comment on table programmes is 'Ausbauprogramme; city-wide ones and those of a part of the city';
select make_fact_table('programmes', 'programme');

create table district_boundaries (
  like statement_columns including all,
  district_id text not null references districts (id),
  official boolean not null,
  attribution text not null,
  geom geometry(MultiPolygon, 25832) not null check (st_isvalid(geom)),
  geom_3857 geometry(MultiPolygon, 3857) generated always as (st_transform(geom, 3857)) stored
);
comment on table district_boundaries is 'Boundaries of the Stadtteile; generalised ones until the city replaces them by its own file';
select make_fact_table('district_boundaries', 'district_boundary');
create index on district_boundaries using gist (geom_3857);

create table build_sections (
  like statement_columns including all,
  programme_id text not null references facts (id),
  district_id text not null references districts (id),
  part text,
  name text,
  build_phase integer check (build_phase between 1 and 99),
  note text,
  geom geometry(Geometry, 25832) check (st_isvalid(geom) and geometrytype(geom) in ('POINT', 'POLYGON', 'MULTIPOLYGON')),
  geom_3857 geometry(Geometry, 3857) generated always as (st_transform(geom, 3857)) stored
);
comment on table build_sections is 'Bauabschnitte: a district or part of one, in a programme';
comment on column build_sections.part is 'Identifier of the part; null: the section is the whole district';
comment on column build_sections.name is 'null: the section is the whole district and bears its name';
comment on column build_sections.build_phase is 'Bauphase of the programme the section belongs to; null: none announced';
comment on column build_sections.geom is 'null: the whole district; a point where the extent is not known';
select make_fact_table('build_sections', 'section');
create index on build_sections (district_id);

create table stages (
  like statement_columns including all,
  section_id text not null references facts (id),
  trade text not null check (trade in ('planning', 'permit', 'civil_works', 'duct_laying', 'fibre_blowing', 'splicing_measurement',
    'house_connection', 'acceptance_documentation', 'activation')),
  planned_start imprecise_date,
  planned_end imprecise_date,
  actual_start imprecise_date,
  actual_end imprecise_date,
  percent numeric(5, 2) check (percent between 0 and 100),
  on_hold boolean not null default false,
  cancelled boolean not null default false,
  surface_restored boolean,
  note text
);
comment on table stages is 'Gewerke of a build section with planned and actual dates; no forced order';
comment on column stages.surface_restored is 'Surface restored after the works; null: not known';
select make_fact_table('stages', 'stage');
create index on stages (section_id);

create table targets (
  like statement_columns including all,
  programme_id text not null references facts (id),
  quantity text not null,
  scope text,
  value numeric not null check (value >= 0),
  approximate boolean not null default false,
  district_ids text[],
  note text,
  note_en text
);
comment on table targets is 'Targets of a programme per quantity; lengths in m';
comment on column targets.scope is 'Identifier of a partial target; null: the whole programme';
comment on column targets.district_ids is 'null: the whole programme; otherwise the districts the target was announced for together';
select make_fact_table('targets', 'target');

create table figures (
  like statement_columns including all,
  programme_id text references facts (id),
  district_id text references districts (id),
  quantity text not null,
  state text check (state in ('passed', 'connected', 'activated', 'laid')),
  funding_class text check (funding_class in ('funded', 'extended_reach', 'market_driven')),
  value numeric not null check (value >= 0),
  approximate boolean not null default false,
  note text,
  note_en text
);
comment on table figures is 'Reported figures; lengths in m, areas in m2, premises as connections. true_on is the reference date';
select make_fact_table('figures', 'figure');

create table milestones (
  like statement_columns including all,
  programme_id text not null references facts (id),
  slug text not null,
  title text not null,
  title_en text,
  planned imprecise_date,
  actual imprecise_date,
  note text,
  note_en text,
  position integer not null default 100,
  check (planned is not null or actual is not null)
);
comment on table milestones is 'Milestones of a programme, planned against actual';
select make_fact_table('milestones', 'milestone');

create table funding (
  like statement_columns including all,
  programme_id text not null references facts (id),
  slug text not null,
  giver text not null,
  role text not null check (role in ('grant', 'own_contribution')),
  amount_eur numeric(14, 2) not null check (amount_eur >= 0),
  approximate boolean not null default false,
  part_of text,
  note text,
  note_en text,
  position integer not null default 100
);
comment on table funding is 'Money of a programme, in euro';
comment on column funding.part_of is 'id of the funding this one is a share of: shares are never added to their whole';
select make_fact_table('funding', 'funding');

create table pages (
  like statement_columns including all,
  slug text not null check (slug ~ '^[a-z-]+$'),
  language text not null check (language in ('de', 'en')),
  title text not null,
  body text not null
);
comment on table pages is 'Editable texts (Impressum, Datenschutz …) in Markdown';
select make_fact_table('pages', 'page');

-- Drafts and feedback (not facts) ------------------------------------------------------------------------------------------------------------

create table drafts (
  id bigint generated always as identity primary key,
  kind text not null,
  fact_id text not null,
  author text not null,
  author_name text not null,
  content jsonb not null,
  true_on imprecise_date not null,
  citation text not null,
  source_url text,
  reason text not null,
  retracted boolean not null default false,
  base bigint,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (kind, fact_id, author)
);
comment on table drafts is 'Prepared statements, invisible to the public until published';
comment on column drafts.base is 'version of the fact the author saw; null: there was none';

create table feedback (
  id bigint generated always as identity primary key,
  received_at timestamptz not null default now(),
  topic text not null check (topic in ('accessibility', 'content', 'other')),
  message text not null check (length(message) between 1 and 5000),
  page text,
  contact text,
  handled_at timestamptz,
  handled_by text
);
comment on table feedback is 'Messages from the public feedback form; contact is given freely and deleted with the message';
