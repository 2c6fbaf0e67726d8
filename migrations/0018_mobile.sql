-- The mobile desk: files beside records, site requests with their candidates, and the city's own sites. All internal; the public sees
-- released sites only, through the layer functions at the end.

create table attachments (
  id bigint generated always as identity primary key,
  name text not null check (length(name) between 1 and 200),
  media_type text not null,
  bytes bigint not null check (bytes > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  kept_at timestamptz not null default clock_timestamp(),
  kept_by text not null check (kept_by <> ''),
  kept_name text not null check (kept_name <> '')
);
comment on table attachments is 'Files beside a record: letters of operators, plans, appendices of statements, replies. Internal';
create table attachment_parts (
  attachment_id bigint not null references attachments (id),
  position integer not null check (position >= 0),
  content bytea not null,
  primary key (attachment_id, position)
);
comment on table attachment_parts is 'Content of attachments in parts of a MB';
create trigger refuse_rewriting before update or delete on attachments for each row execute function refuse_rewriting();
create trigger refuse_rewriting before update or delete on attachment_parts for each row execute function refuse_rewriting();
create trigger refuse_truncate before truncate on attachment_parts for each statement execute function refuse_rewriting();

-- Records ------------------------------------------------------------------------------------------------------------------------------

create table site_requests (
  like statement_columns including all,
  key text not null,
  case_number text,
  case_type text not null check (case_type in ('new_macro', 'extension', 'sharing', 'small_cells', 'temporary', 'relocation', 'decommissioning')),
  operators text[] not null check (cardinality(operators) > 0),
  tower_company text,
  operator_site_code text,
  received_on date not null,
  received_via text not null check (received_via in ('letter', 'mail', 'portal', 'phone', 'meeting')),
  contact_name text,
  contact_email text,
  purpose text not null check (purpose in ('gap', 'capacity', 'coverage_obligation', 'replacement', 'other')),
  purpose_note text,
  technologies text[] not null default '{}',
  bands_mhz integer[] not null default '{}',
  min_antenna_height_m numeric check (min_antenna_height_m between 0 and 300),
  backhaul text check (backhaul in ('fibre', 'radio_link', 'either')),
  attachment_ids bigint[] not null default '{}',
  steps jsonb not null default '{}' check (jsonb_typeof(steps) = 'object'),
  pauses jsonb not null default '[]' check (jsonb_typeof(pauses) = 'array'),
  note text,
  radius_m numeric check (radius_m > 0 and radius_m <= 5000),
  geom geometry(Geometry, 25832) check (st_isvalid(geom) and geometrytype(geom) in ('POINT', 'POLYGON')),
  geom_3857 geometry(Geometry, 3857) generated always as (st_transform(geom, 3857)) stored,
  check ((geometrytype(geom) = 'POINT') is not distinct from (radius_m is not null) or geom is null)
);
comment on table site_requests is 'Standortanfragen of operators (cases). Internal: search areas and contacts are never public';
comment on column site_requests.geom is 'Search area: a polygon, or the centre of a circle of radius_m';
comment on column site_requests.steps is 'Days of the steps: {"permit_applied": {"on": "2026-03-01", "note": null}, …}; the status follows from them';
comment on column site_requests.pauses is 'When deadlines stand still: [{"from": day, "to": day or null, "reason": text}, …]';
select make_fact_table('site_requests', 'site_request');
create index on site_requests using gist (geom);

create table municipal_sites (
  like statement_columns including all,
  key text not null,
  name text not null,
  kind text not null check (kind in ('roof', 'plot', 'mast', 'facade', 'street_furniture')),
  owner text not null check (owner in ('city', 'municipal_company')),
  owner_name text,
  address text,
  cadastral_district text,
  cadastral_section text,
  parcel text,
  height_m numeric check (height_m between 0 and 300),
  area_m2 numeric check (area_m2 between 0 and 100000),
  has_power boolean,
  has_fibre boolean,
  access text,
  statics text not null default 'unknown' check (statics in ('unknown', 'suitable', 'conditional', 'unsuitable')),
  heritage boolean,
  availability text not null default 'offered' check (availability in ('in_preparation', 'offered', 'reserved', 'in_use', 'not_available')),
  available_from date,
  contact text,
  note text,
  public_note text,
  released_on date,
  geom geometry(Point, 25832) not null,
  geom_3857 geometry(Point, 3857) generated always as (st_transform(geom, 3857)) stored
);
comment on table municipal_sites is 'Roofs and plots of the city that are offered to operators';
comment on column municipal_sites.released_on is 'Public from this day on; null: internal';
select make_fact_table('municipal_sites', 'municipal_site');

create table site_candidates (
  like statement_columns including all,
  key text not null,
  request_id text not null references facts (id),
  municipal_site_id text references facts (id),
  name text not null,
  address text,
  cadastral_district text,
  cadastral_section text,
  parcel text,
  owner_type text check (owner_type in ('city', 'municipal_company', 'private', 'church', 'rail', 'public_body', 'unknown')),
  built_area text check (built_area in ('inside', 'outside')),
  development_plan text,
  mast_kind text check (mast_kind in ('free_standing', 'on_building')),
  mast_type text check (mast_type in ('lattice', 'monopole', 'roof', 'small_cell', 'existing')),
  mast_height_m numeric check (mast_height_m between 0 and 300),
  area_m2 numeric check (area_m2 between 0 and 100000),
  access text,
  heritage boolean,
  nature boolean,
  sensitive_neighbours text,
  score integer check (score between 0 and 100),
  decision text not null default 'open' check (decision in ('open', 'preferred', 'agreed', 'rejected')),
  decision_reason text,
  decided_on date,
  permit_override text check (permit_override in ('permit_exempt', 'permit_required')),
  permit_override_reason text,
  attachment_ids bigint[] not null default '{}',
  note text,
  operator_consent_on date,
  released_on date,
  public_name text,
  public_note text,
  geom geometry(Point, 25832) not null,
  geom_3857 geometry(Point, 3857) generated always as (st_transform(geom, 3857)) stored,
  check ((permit_override is null) = (permit_override_reason is null)),
  check ((decision in ('agreed', 'rejected')) = (decided_on is not null)),
  check (released_on is null or operator_consent_on is not null)
);
comment on table site_candidates is 'Standortkandidaten of a site request. Internal until released';
comment on column site_candidates.permit_override is 'What the coordinator holds against the suggestion of the building-law rules, with a reason';
comment on column site_candidates.released_on is 'Public from this day on, once agreed; null: internal';
select make_fact_table('site_candidates', 'site_candidate');
create index on site_candidates (request_id);
create index on site_candidates using gist (geom);

create or replace function object_tables() returns table (kind text, table_name text) language sql immutable as $$
  values ('premises', 'premises'), ('route', 'routes'), ('duct', 'ducts'), ('cable', 'cables'), ('structure', 'structures'),
    ('site_request', 'site_requests'), ('site_candidate', 'site_candidates'), ('municipal_site', 'municipal_sites')
$$;

-- As before (0016), with the candidates of invented cases and what hangs on these (remove_traces, 0026); identities go last, as candidates
-- name those of their cases.
create or replace function remove_demo() returns void language plpgsql as $$
declare
  t record;
  s record;
  since timestamptz := (select min(c.recorded_at) from changes c where c.origin = 'demo');
  first_change bigint := (select min(c.id) from changes c where c.origin = 'demo');
  requests text[] := (select array_agg(distinct r.id) from site_requests r join changes c on c.id = r.change_id where c.origin = 'demo');
begin
  perform remove_traces(requests);
  alter table site_candidates disable trigger protect_statement;
  delete from site_candidates k where k.request_id = any (requests);
  alter table site_candidates enable trigger protect_statement;
  for t in select * from object_tables() loop
    execute format('alter table %I disable trigger protect_statement', t.table_name);
    execute format($sql$delete from %1$I s where regexp_replace(s.id, '-\d{1,3}$', '') in (
      select regexp_replace(d.id, '-\d{1,3}$', '') from %1$I d join changes c on c.id = d.change_id where c.origin = 'demo')$sql$, t.table_name);
    execute format('alter table %I enable trigger protect_statement', t.table_name);
  end loop;
  for t in select * from object_tables() loop
    execute format($sql$delete from facts f where f.kind = %1$L and (f.id like '%%:demo-%%' or f.kind = 'site_candidate') and not exists (
      select from %2$I s where s.id = f.id)$sql$, t.kind, t.table_name);
  end loop;
  perform remove_demo_releases();
  -- What the rules found meanwhile may rest on invented objects; what does not is found again.
  delete from quality_runs r where r.revision >= first_change;
  delete from findings f where f.first_seen >= since and f.accepted_at is null;
  alter table changes disable trigger refuse_rewriting;
  delete from changes where origin = 'demo';
  alter table changes enable trigger refuse_rewriting;
  for s in select id from sources where citation like 'Beispieldaten (erfunden)%' loop
    begin
      delete from sources where id = s.id;
    exception when foreign_key_violation then
      null;
    end;
  end loop;
end $$;

-- Reading ------------------------------------------------------------------------------------------------------------------------------

-- A record as it was known at a moment: the newest statement that nothing has replaced or withdrawn. What day it holds for, its own dates tell.
create function make_record_reader(table_name text) returns void language plpgsql as $$
begin
  execute format($sql$
    create function %1$s_known(known_at timestamptz) returns setof %1$s language sql stable parallel safe as $body$
      select distinct on (k.id) k.* from %1$s k
      where not k.retracted and k.known_from <= known_at and k.known_to > known_at
      order by k.id, k.known_from desc, k.version desc
    $body$ $sql$, table_name);
end $$;
select make_record_reader('site_requests');
select make_record_reader('municipal_sites');
select make_record_reader('site_candidates');

-- Whether a step had been taken by a day.
create function step_by(steps jsonb, step text, as_of date) returns boolean language sql immutable parallel safe
return coalesce(steps -> step ->> 'on' <= iso_day(as_of) collate "C", false);

-- Status of a request as of a day, from its steps alone: the furthest counts. What is not told by steps (candidates, open statements) is
-- told by the caller.
create function site_request_status(steps jsonb, as_of date, has_area boolean, has_candidates boolean, has_open_reviews boolean)
returns text language sql immutable parallel safe
return case
  when step_by(steps, 'decommissioned', as_of) then 'decommissioned'
  when step_by(steps, 'withdrawn', as_of) then 'withdrawn'
  when step_by(steps, 'rejected', as_of) then 'rejected'
  when step_by(steps, 'in_operation', as_of) then 'in_operation'
  when step_by(steps, 'commissioning_notified', as_of) then 'commissioning_notified'
  when step_by(steps, 'construction_started', as_of) or step_by(steps, 'construction_finished', as_of) then 'under_construction'
  when step_by(steps, 'permit_granted', as_of) or step_by(steps, 'permit_exempt', as_of) then
    case when step_by(steps, 'site_certificate_issued', as_of) then 'ready_to_build' else 'site_certificate_pending' end
  when step_by(steps, 'permit_applied', as_of) then 'permit_procedure'
  when step_by(steps, 'site_agreed', as_of) then 'building_law_check'
  when has_open_reviews then 'participation_open'
  when has_candidates then 'candidates_under_review'
  when has_area then 'search_area_received'
  else 'need_reported'
end;

-- The search area as an area: circles have 64 corners.
create function search_area(geom geometry, radius_m numeric) returns geometry language sql immutable parallel safe
return case when st_dimension(geom) = 0 and radius_m > 0 then st_buffer(geom, radius_m::float8, 16) else geom end;

-- Public -------------------------------------------------------------------------------------------------------------------------------

-- Sites agreed or in operation, released by the city with the operator's consent. Of the request only operators and technologies leave.
create function layer_mobile_sites(as_of date, known_at timestamptz)
returns table (id text, name text, district_id text, district text, operators text[], technologies text[], status text, since date, note text,
  released_on date, known_from timestamptz, geom geometry, geom_3857 geometry) language sql stable parallel safe as $$
  select k.id, coalesce(k.public_name, d.name), d.id, d.name, r.operators, r.technologies, s.status, (r.steps -> s.step ->> 'on')::date, k.public_note,
    k.released_on, k.known_from, k.geom, k.geom_3857
  from site_candidates_known(known_at) k
  join site_requests_known(known_at) r on r.id = k.request_id
  cross join lateral (values
    ('in_operation', 'in_operation', step_by(r.steps, 'in_operation', as_of)),
    ('under_construction', 'construction_started', step_by(r.steps, 'construction_started', as_of)),
    ('agreed', 'site_agreed', step_by(r.steps, 'site_agreed', as_of))) s (status, step, is_reached)
  left join lateral (select b.district_id from district_boundaries_at(as_of, known_at) b where st_covers(b.geom, k.geom) order by b.district_id limit 1) b on true
  left join districts d on d.id = b.district_id
  where k.decision = 'agreed' and k.released_on <= as_of and k.operator_consent_on <= as_of and s.is_reached
    and not step_by(r.steps, 'decommissioned', as_of) and not step_by(r.steps, 'withdrawn', as_of) and not step_by(r.steps, 'rejected', as_of)
    and s.status = case when step_by(r.steps, 'in_operation', as_of) then 'in_operation'
      when step_by(r.steps, 'construction_started', as_of) then 'under_construction' else 'agreed' end
$$;

-- Roofs and plots of the city that are offered to operators, once released.
create function layer_municipal_sites(as_of date, known_at timestamptz)
returns table (id text, name text, district_id text, district text, kind text, availability text, available_from date, address text, height_m numeric,
  area_m2 numeric, has_power boolean, has_fibre boolean, statics text, heritage boolean, note text, released_on date, known_from timestamptz,
  geom geometry, geom_3857 geometry) language sql stable parallel safe as $$
  select m.id, m.name, d.id, d.name, m.kind, m.availability, m.available_from, m.address, m.height_m, m.area_m2, m.has_power, m.has_fibre, m.statics,
    m.heritage, m.public_note, m.released_on, m.known_from, m.geom, m.geom_3857
  from municipal_sites_known(known_at) m
  left join lateral (select b.district_id from district_boundaries_at(as_of, known_at) b where st_covers(b.geom, m.geom) order by b.district_id limit 1) b on true
  left join districts d on d.id = b.district_id
  where m.released_on <= as_of
$$;
