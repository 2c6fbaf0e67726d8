-- Addresses: the official street keys and the register of the Land ("gebref"). Reference data, not facts: what the register says
-- replaces what it said before; earlier states are kept (known_from, known_to).
--
-- Other rooms read and call, all in SQL:
--   current_addresses                                   id, street_key, street, house_number, suffix, label, district_id, geom
--   normalise_street(text)                              form in which street names are compared
--   match_address(street, house_number, suffix, district_id = null)   candidates of one address with confidence 0..1, best first
--   match_addresses(rows jsonb, most = 1)               the best candidates of many: fast for 40,000 rows
--   judge_streets(rows jsonb), record_streets(rows jsonb)  a list of street keys: what it would change, and doing so. Rows:
--     [{"key": "05316000000001001" (17 digits, or the last 5), "name": "…", "geom": GeoJSON point in WGS84 or null}, …]
--   address_differences                                 addresses and streets whose key names another district than the boundaries

create table municipality (
  is_only boolean primary key default true check (is_only),
  ags text not null check (ags ~ '^\d{8}$')
);
comment on table municipality is 'The city of this installation: one row';
comment on column municipality.ags is 'Amtlicher Gemeindeschlüssel, eight digits: Land, Regierungsbezirk, Kreis, Gemeinde';

-- "Lindenstr. " = "Linden-Straße" = "lindenstrasse". Written out, so that every beginning of it is a beginning of the name.
create function normalise_street(value text) returns text language sql immutable parallel safe
return replace(regexp_replace(search_key(value), 'str( |$)', 'strasse\1', 'g'), ' ', '');
comment on function normalise_street(text) is
  'Form in which street names are compared: small letters, umlauts and ß spelt out, "str" as "strasse", no blanks, no punctuation';

-- What tells streets apart: half of all trigrams of "Lindenstraße" are those of every street. With the common slips ("staße").
create function street_stem(normalised text) returns text language sql immutable parallel safe
return coalesce(nullif(regexp_replace(normalised, '(strasse|stasse|srasse|starsse|strsse|strase|strass|strasze|strae)$', ''), ''), normalised);

-- The district whose prefix is the longest beginning of the five-digit street key; null: none.
create function district_of_street_key(street_key text) returns text language sql stable parallel safe as $$
  select d.id from districts d, unnest(d.street_key_prefixes) as p (prefix)
  where starts_with(street_key, p.prefix) order by length(p.prefix) desc, d.id limit 1
$$;

-- The district whose boundary in force holds the point (EPSG:25832); null: outside.
create function district_of_point(geom geometry) returns text language sql stable parallel safe as $$
  select b.district_id from district_boundaries_at((now() at time zone 'Europe/Berlin')::date, clock_timestamp()) b
  where st_covers(b.geom, district_of_point.geom) order by b.district_id limit 1
$$;

-- Inside the Land with a little margin: what lies outside has swapped or wrong coordinates.
create function is_in_land(geom geometry) returns boolean language sql immutable parallel safe as $$
  select st_x(geom) between 277000 and 536000 and st_y(geom) between 5560000 and 5830000
$$;

-- Imports ------------------------------------------------------------------------------------------------------------------------------

create table address_imports (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('register', 'streets')),
  status text not null default 'waiting' check (status in ('waiting', 'reading', 'applying', 'done', 'refused', 'cancelled', 'failed')),
  file_name text not null,
  sha256 text not null,
  bytes bigint not null,
  accepts_vanishing boolean not null default false,
  actor text not null,
  actor_name text not null,
  received_at timestamptz not null default now(),
  finished_at timestamptz,
  bytes_read bigint not null default 0,
  lines bigint not null default 0,
  kept bigint not null default 0,
  problem text,
  register_date date,
  result jsonb,
  remarks jsonb not null default '[]'
);
comment on table address_imports is 'Files of the address register: received, read, applied as differences';
comment on column address_imports.bytes is 'Length of the file; bytes_read of it have been read';
comment on column address_imports.accepts_vanishing is 'Whoever gave the file knows that many addresses are not in it any more, or that it is older';
comment on column address_imports.lines is 'Lines read; kept: those of the own municipality';
comment on column address_imports.problem is 'Why nothing was changed, in a sentence for people';
comment on column address_imports.register_date is 'Latest date in the file: the Stand of the register';
comment on column address_imports.result is 'Counts of differences: {"added", "moved", "renamed", "vanished", "unchanged", "streets", "streetsRenamed"}';
comment on column address_imports.remarks is 'The first lines that could not be read: [{"line", "text"}, …]';

-- Rows of a running import. After a crash the import begins anew, so this may be lost.
create unlogged table address_import_rows (
  import_id bigint not null,
  line bigint not null,
  id text not null,
  street_key text not null,
  location_key text not null,
  street text not null,
  house_number integer not null,
  suffix text not null,
  quality text,
  register_date date,
  geom geometry(Point, 25832) not null
);
create index on address_import_rows (import_id, id, line);

-- Streets ------------------------------------------------------------------------------------------------------------------------------

create table streets (
  key text primary key check (key ~ '^[\d=]\d{4}$'),
  official_key text not null unique check (official_key ~ '^\d{12}[\d=]\d{4}$'),
  municipality text not null generated always as (left(official_key, 8)) stored,
  name text not null check (trim(name) <> ''),
  normalised text not null generated always as (normalise_street(name)) stored,
  district_id text references districts (id),
  polygon_district_id text references districts (id),
  geom geometry(Point, 25832),
  place geometry(Point, 25832),
  known_from timestamptz not null default now()
);
comment on table streets is 'Streets of the municipality by their official key';
comment on column streets.key is 'Five digits, unique in the municipality; its first three name the district. Railway lines begin with "="';
comment on column streets.official_key is '17 digits: municipality (8), part of it (4), key (5)';
comment on column streets.district_id is 'District the key names; null: none does';
comment on column streets.polygon_district_id is 'District whose boundary holds `geom`; null: outside, or no point';
comment on column streets.geom is 'Point of the street list; null: the list has none';
comment on column streets.place is 'Where a search for the street leads: `geom`, else the address in its middle; null: unknown';
create index on streets (normalised text_pattern_ops);

create table street_names (
  street_key text not null references streets (key) on delete cascade,
  name text not null,
  normalised text not null generated always as (normalise_street(name)) stored,
  stem text not null generated always as (street_stem(normalise_street(name))) stored,
  known_from timestamptz not null default now(),
  known_to timestamptz not null default 'infinity',
  primary key (street_key, name, known_from)
);
comment on table street_names is 'Names a street bears (there may be two) or bore (known_to): all of them find it';
create unique index on street_names (street_key, name) where known_to = 'infinity';
create index on street_names (normalised text_pattern_ops);
create index on street_names using gin (normalised gin_trgm_ops);
create index on street_names using gin (stem gin_trgm_ops);
create index on street_names (stem text_pattern_ops);
create index on street_names (reverse(stem) text_pattern_ops);

create table addresses (
  version bigint generated always as identity primary key,
  id text not null check (id ~ '^[a-z0-9]+$'),
  street_key text not null references streets (key),
  house_number integer not null check (house_number between 1 and 99999),
  suffix text not null default '',
  geom geometry(Point, 25832) not null,
  geom_3857 geometry(Point, 3857) generated always as (st_transform(geom, 3857)) stored,
  district_id text references districts (id),
  polygon_district_id text references districts (id),
  quality text,
  register_date date,
  import_id bigint references address_imports (id),
  known_from timestamptz not null default now(),
  known_to timestamptz not null default 'infinity',
  check (known_from < known_to)
);
comment on table addresses is 'House coordinates of the Land. Public on demand only (search); what is built there is internal';
comment on column addresses.id is 'Official object id (oid) in small letters';
comment on column addresses.suffix is 'Addition to the house number in small letters; empty: none';
comment on column addresses.district_id is 'District the street key names';
comment on column addresses.polygon_district_id is 'District whose boundary holds the point; null: outside';
comment on column addresses.quality is 'Quality of the coordinate in the register (A: inside the building)';
comment on column addresses.known_to is 'infinity: in the register; else when it was replaced or vanished';
create unique index addresses_current on addresses (id) where known_to = 'infinity';
create index addresses_by_number on addresses (street_key, house_number, suffix) where known_to = 'infinity';
create index on addresses (id);
create index on addresses using gist (geom);
create index addresses_elsewhere on addresses (version) where known_to = 'infinity' and polygon_district_id is distinct from district_id;

-- "12a", "12 1/2".
create function house_number_text(house_number integer, suffix text) returns text language sql immutable parallel safe
return house_number || case when suffix ~ '^[0-9]' then ' ' else '' end || suffix;

create view current_addresses as
  select a.id, a.street_key, s.name as street, a.house_number, a.suffix, s.name || ' ' || house_number_text(a.house_number, a.suffix) as label,
    a.district_id, a.geom
  from addresses a join streets s on s.key = a.street_key
  where a.known_to = 'infinity';
comment on view current_addresses is 'Addresses in the register now';

-- Districts of addresses and streets -----------------------------------------------------------------------------------------------------

-- Sets both districts anew where they changed: by key prefix and by the boundaries in force.
create function locate_addresses() returns void language sql as $$
  with b as materialized (
    select b.district_id, b.geom from district_boundaries_at((now() at time zone 'Europe/Berlin')::date, clock_timestamp()) b
  ), n as (
    select t.key, district_of_street_key(t.key) as by_key,
      (select b.district_id from b where st_covers(b.geom, t.geom) order by 1 limit 1) as by_boundary
    from streets t
  )
  update streets s set district_id = n.by_key, polygon_district_id = n.by_boundary
  from n where n.key = s.key and (s.district_id, s.polygon_district_id) is distinct from (n.by_key, n.by_boundary);

  with b as materialized (
    select b.district_id, b.geom from district_boundaries_at((now() at time zone 'Europe/Berlin')::date, clock_timestamp()) b
  ), n as (
    select t.version, s.district_id as by_key,
      (select b.district_id from b where st_covers(b.geom, t.geom) order by 1 limit 1) as by_boundary
    from addresses t join streets s on s.key = t.street_key where t.known_to = 'infinity'
  )
  update addresses a set district_id = n.by_key, polygon_district_id = n.by_boundary
  from n where n.version = a.version and (a.district_id, a.polygon_district_id) is distinct from (n.by_key, n.by_boundary);
$$;

create function locate_addresses_anew() returns trigger language plpgsql as $$
begin
  perform locate_addresses();
  return null;
end $$;
create trigger locate_addresses after insert on district_boundaries for each statement execute function locate_addresses_anew();
create trigger locate_addresses after update on districts for each row
  when (new.street_key_prefixes is distinct from old.street_key_prefixes) execute function locate_addresses_anew();

-- Key and boundary disagree. `distance_m` from the boundary of the district the key names says how much that is.
create view address_differences as
  select d.kind, d.id, d.label, d.street_key, d.district_id, d.polygon_district_id, d.geom,
    round(st_distance(b.geom, d.geom)::numeric, 1) as distance_m
  from (
    select 'address' as kind, a.id, s.name || ' ' || house_number_text(a.house_number, a.suffix) as label, a.street_key,
      a.district_id, a.polygon_district_id, a.geom
    from addresses a join streets s on s.key = a.street_key
    where a.known_to = 'infinity' and a.polygon_district_id is distinct from a.district_id
    union all
    select 'street' as kind, t.key, t.name, t.key, t.district_id, t.polygon_district_id, t.geom
    from streets t where t.district_id is null or (t.geom is not null and t.polygon_district_id is distinct from t.district_id)
  ) d
  left join district_boundaries_at((now() at time zone 'Europe/Berlin')::date, now()) b on b.district_id = d.district_id;
comment on view address_differences is 'Addresses and streets whose key names another district than the boundaries in force, or none';

-- The list of street keys ----------------------------------------------------------------------------------------------------------------

-- What each row of a list would change. judgement: new, changed, unchanged, refused (`reason` says why, in German;
-- repeated rows are unchanged and say so).
create function judge_streets(rows jsonb)
returns table (line integer, key text, official_key text, name text, geom geometry, district_id text, polygon_district_id text,
  judgement text, reason text) language sql stable as $$
  with given as (
    select r.ordinality::integer as line, regexp_replace(r.value ->> 'key', '\s', '', 'g') as given_key, trim(r.value ->> 'name') as name,
      r.value -> 'geom' as geojson, m.ags,
      case when jsonb_typeof(r.value -> 'geom') = 'object' then geometry_from_geojson(r.value ->> 'geom') end as geom
    from jsonb_array_elements(rows) with ordinality r left join municipality m on true
  ), read as (
    select g.*, case when g.given_key ~ '^(\d{12})?[\d=]\d{4}$' then right(g.given_key, 5) end as key,
      case when g.given_key ~ '^\d{12}[\d=]\d{4}$' then g.given_key when g.given_key ~ '^[\d=]\d{4}$' then g.ags || '0000' || g.given_key end as official_key
    from given g
  ), judged as (
    select r.*, case
      when r.key is null then 'Der Straßenschlüssel „' || left(coalesce(r.given_key, ''), 40) || '“ hat weder 17 noch 5 Ziffern.'
      when left(r.official_key, 8) <> r.ags then 'Der Straßenschlüssel ' || r.official_key || ' gehört zu einer anderen Gemeinde (nicht ' || r.ags || ').'
      when coalesce(r.name, '') = '' then 'Die Bezeichnung der Straße fehlt.'
      when jsonb_typeof(r.geojson) = 'object' and (r.geom is null or geometrytype(r.geom) <> 'POINT') then 'Die Geometrie ist kein Punkt.'
      when r.geom is not null and not is_in_land(r.geom) then 'Die Koordinate liegt außerhalb von Nordrhein-Westfalen.'
      end as reason,
      row_number() over (partition by r.key, r.name order by r.line) > 1 as is_repeated
    from read r
  )
  select j.line, j.key, j.official_key, j.name, j.geom, district_of_street_key(j.key), district_of_point(j.geom),
    case
      when j.reason is not null then 'refused'
      when j.is_repeated then 'unchanged'
      when s.key is null then 'new'
      when not exists (select from street_names n where n.street_key = j.key and n.name = j.name and n.known_to = 'infinity')
        or (j.geom is not null and (s.geom is null or st_distance(s.geom, j.geom) > 0.01)) then 'changed'
      else 'unchanged'
    end,
    case when j.reason is null and j.is_repeated then 'Schlüssel und Bezeichnung stehen schon weiter oben in der Datei.' else j.reason end
  from judged j left join streets s on s.key = j.key
  order by j.line
$$;

-- Writes a list of street keys; refused rows are left out. A street in the list bears the names the list gives it, others stay as they
-- are. Returns how many rows were of which judgement.
create function record_streets(rows jsonb) returns table (judgement text, count bigint) language plpgsql as $$
declare
  written timestamptz := clock_timestamp();
begin
  perform pg_advisory_xact_lock(4117009);
  drop table if exists pg_temp.judged_streets;
  create temporary table judged_streets on commit drop as select * from judge_streets(rows);
  insert into streets (key, official_key, name, geom, known_from)
    select distinct on (j.key) j.key, j.official_key, j.name, j.geom, written
    from judged_streets j where j.reason is null order by j.key, j.line desc
  on conflict (key) do update set geom = coalesce(excluded.geom, streets.geom)
    where excluded.geom is not null and (streets.geom is null or st_distance(streets.geom, excluded.geom) > 0.01);
  update street_names n set known_to = written
    where n.known_to = 'infinity' and exists (select from judged_streets j where j.key = n.street_key and j.reason is null)
      and not exists (select from judged_streets j where j.key = n.street_key and j.name = n.name and j.reason is null);
  insert into street_names (street_key, name, known_from)
    select j.key, j.name, written from judged_streets j where j.reason is null
  on conflict (street_key, name) where known_to = 'infinity' do nothing;
  update streets s set name = l.name
    from (select distinct on (j.key) j.key, j.name from judged_streets j where j.reason is null order by j.key, j.line desc) l
    where l.key = s.key and not exists (
      select from street_names n where n.street_key = s.key and n.name = s.name and n.known_to = 'infinity');
  perform locate_addresses();
  perform place_streets();
  return query select j.judgement, count(*) from judged_streets j group by 1 order by 1;
end $$;

-- Where a search for a street leads: its point in the list, else its address nearest to the middle of all of them.
create function place_streets() returns void language sql as $$
  update streets s set place = p.place
  from (
    select t.key, coalesce(t.geom, m.geom) as place from streets t
    left join lateral (
      select a.geom from addresses a,
        (select st_centroid(st_collect(b.geom)) as middle from addresses b where b.street_key = t.key and b.known_to = 'infinity') c
      where t.geom is null and a.street_key = t.key and a.known_to = 'infinity'
      order by st_distance(a.geom, c.middle), a.id limit 1
    ) m on true
  ) p
  where p.key = s.key and s.place is distinct from p.place
$$;

-- The register ---------------------------------------------------------------------------------------------------------------------------

-- Applies the rows read for an import as differences to what is in force. Doubled oids: the last line counts (the reader has remarked them).
-- With `accepts_vanishing` false it changes nothing when more than a tenth (and more than 20) of the addresses would vanish, and returns
-- {"tooManyVanish": n, "of": m}; nor when the file is older than the register: {"olderByDays": n}. Otherwise the counts of
-- `address_imports.result`.
create function apply_address_import(import bigint) returns jsonb language plpgsql as $$
declare
  written timestamptz;
  known bigint;
  gone bigint;
  older integer;
  accepts boolean := (select i.accepts_vanishing from address_imports i where i.id = import);
  outcome jsonb;
begin
  perform pg_advisory_xact_lock(4117009);
  written := clock_timestamp();
  delete from address_import_rows r using address_import_rows later
    where r.import_id = import and later.import_id = import and later.id = r.id and later.line > r.line;
  analyze address_import_rows;

  select count(*), count(*) filter (where not exists (
      select from address_import_rows r where r.import_id = import and r.id = a.id))
    into known, gone from addresses a where a.known_to = 'infinity';
  select (select i.register_date from address_imports i where i.status = 'done' and i.kind = 'register' order by i.id desc limit 1)
    - max(r.register_date) into older from address_import_rows r where r.import_id = import;
  if older > 0 and not accepts then
    return jsonb_build_object('olderByDays', older);
  end if;
  if gone > 20 and gone * 10 > known and not accepts then
    return jsonb_build_object('tooManyVanish', gone, 'of', known);
  end if;

  outcome := name_streets(import, written);

  with compared as (
    select r.*, a.version, a.id is not null as is_known,
      a.id is not null and (a.street_key, a.house_number, a.suffix) is distinct from (r.street_key, r.house_number, r.suffix) as is_renamed,
      a.id is not null and st_distance(a.geom, r.geom) > 0.005 as is_moved
    from address_import_rows r left join addresses a on a.id = r.id and a.known_to = 'infinity'
    where r.import_id = import
  ), replaced as (
    update addresses a set known_to = written from compared c
    where c.version = a.version and (c.is_renamed or c.is_moved)
  ), vanished as (
    update addresses a set known_to = written
    where a.known_to = 'infinity' and not exists (select from address_import_rows r where r.import_id = import and r.id = a.id)
    returning a.id
  ), confirmed as (
    update addresses a set register_date = c.register_date, quality = c.quality from compared c
    where c.version = a.version and not c.is_renamed and not c.is_moved
      and (a.register_date, a.quality) is distinct from (c.register_date, c.quality)
  )
  select outcome || jsonb_build_object(
    'added', count(*) filter (where not c.is_known),
    'renamed', count(*) filter (where c.is_renamed),
    'moved', count(*) filter (where c.is_moved),
    'unchanged', count(*) filter (where c.is_known and not c.is_renamed and not c.is_moved),
    'vanished', (select count(*) from vanished)) into outcome
  from compared c;

  insert into addresses (id, street_key, house_number, suffix, geom, quality, register_date, import_id, known_from)
    select r.id, r.street_key, r.house_number, r.suffix, r.geom, r.quality, r.register_date, import, written
    from address_import_rows r
    where r.import_id = import and not exists (select from addresses a where a.id = r.id and a.known_to = 'infinity')
    order by r.geom;
  delete from address_import_rows r where r.import_id = import;
  perform locate_addresses();
  perform place_streets();
  return outcome;
end $$;

-- Streets of the register: new ones, and those it calls otherwise than before. A former name keeps finding its street.
create function name_streets(import bigint, written timestamptz) returns jsonb language plpgsql as $$
declare
  added bigint;
  renamed bigint;
begin
  drop table if exists pg_temp.register_names;
  create temporary table register_names on commit drop as
    select distinct on (r.street_key) r.street_key as key, r.location_key, r.street as name, count(*) as addresses
    from address_import_rows r where r.import_id = import
    group by r.street_key, r.location_key, r.street order by r.street_key, count(*) desc, r.street;
  insert into streets (key, official_key, name, known_from)
    select n.key, m.ags || n.location_key || n.key, n.name, written from register_names n, municipality m
  on conflict (key) do nothing;
  get diagnostics added = row_count;
  update street_names o set known_to = written from register_names n join streets s on s.key = n.key
    where o.street_key = n.key and o.name = s.name and o.known_to = 'infinity' and s.name <> n.name
      and not exists (select from street_names k where k.street_key = n.key and k.name = n.name and k.known_to = 'infinity');
  insert into street_names (street_key, name, known_from) select n.key, n.name, written from register_names n
  on conflict (street_key, name) where known_to = 'infinity' do nothing;
  update streets s set name = n.name from register_names n where n.key = s.key and s.name <> n.name;
  get diagnostics renamed = row_count;
  return jsonb_build_object('streets', added, 'streetsRenamed', renamed);
end $$;

-- Searching ------------------------------------------------------------------------------------------------------------------------------

-- Takes "Lindenstr. 12 a, 51371 Leverkusen" apart, or street and number given in columns of their own. Of "12-14" the first counts;
-- a number in the middle belongs to the name (Straße des 17. Juni 5); "1/2" is an addition.
-- wanted: street in compared form; typed: the same without writing out "str"; number null: none.
create function address_parts(street text, house_number text, suffix text,
  out wanted text, out typed text, out number integer, out addition text) language sql immutable parallel safe as $$
  with given as (
    select search_key(regexp_replace(coalesce(address_parts.street, ''), ',?\s*\m\d{5}\M.*$|,[^0-9]*$', '')) as street,
      nullif(search_key(concat_ws(' ', address_parts.house_number, address_parts.suffix)), '') as number
  ), read as (
    select g.street as whole,
      case when g.number is null then regexp_match(g.street, '^(.*?[a-z]) ?0*(\d{1,5}) ?(1 2|[a-z]{0,2})(?: (?:bis )?\d{1,5} ?[a-z]{0,2})?$') end as in_one,
      regexp_match(g.number, '^0*(\d{1,5}) ?(1 2|[a-z]*)') as apart
    from given g
  )
  select normalise_street(coalesce(r.in_one[1], r.whole)), replace(coalesce(r.in_one[1], r.whole), ' ', ''),
    coalesce(r.in_one[2], r.apart[1])::integer, replace(coalesce(r.in_one[3], r.apart[2], ''), ' ', '/')
  from read r
$$;

-- Streets whose name answers `wanted` (and `typed`, as address_parts gives them), best first: the same name, else one that begins so
-- or contains it (only where `is_typing`), else a similar one. similarity 0..1; former names count a little less.
create function find_streets(wanted text, typed text, is_typing boolean, most integer)
returns table (street_key text, similarity real) language plpgsql stable parallel safe
set pg_trgm.similarity_threshold = 0.25 set plan_cache_mode = force_custom_plan as $$
declare
  is_found boolean;
  missing integer := most;
  wanted_stem text := street_stem(wanted);
  half integer := length(street_stem(wanted)) / 2 - 1;
begin
  if wanted = '' then return; end if;
  return query
    select n.street_key, max(case when n.known_to = 'infinity' then 1 else 0.95 end)::real from street_names n
    where n.normalised = wanted group by 1 order by 2 desc, 1 limit most;
  is_found := found;
  if is_typing then
    return query
      select n.street_key, 0.9::real from street_names n
      where n.known_to = 'infinity' and n.normalised <> wanted and (n.normalised like typed || '%' or n.normalised like wanted || '%')
      group by 1 order by min(length(n.normalised)), 1 limit most;
    get diagnostics missing = row_count;
    is_found := is_found or found;
    missing := most - missing;
  end if;
  -- Words in the middle of a name; only where the beginnings do not fill the list.
  if is_typing and missing > 0 and length(typed) >= 3 then
    return query
      select n.street_key, 0.7::real from (
        select a.street_key, a.normalised from street_names a
        where a.known_to = 'infinity' and a.normalised like '%_' || typed || '%' limit 500
      ) n group by 1 order by min(length(n.normalised)), 1 limit missing;
    is_found := is_found or found;
  end if;
  if is_found then return; end if;
  -- One typing error leaves the beginning or the end of a name whole: far fewer candidates than share some trigrams.
  if half >= 3 then
    return query
      select s.street_key, (s.score * 0.9)::real from (
        select n.street_key, max(case when n.known_to = 'infinity' then 1 else 0.95 end * similarity(n.stem, wanted_stem)) as score
        from street_names n
        where (n.stem like left(wanted_stem, half) || '%' or reverse(n.stem) like left(reverse(wanted_stem), half) || '%')
          and abs(length(n.stem) - length(wanted_stem)) <= 2
        group by 1
      ) s where s.score >= 0.4 order by s.score desc, s.street_key limit most;
    if found then return; end if;
  end if;
  return query
    select s.street_key, s.score from (
      select n.street_key, max((similarity(n.stem, wanted_stem) + similarity(n.normalised, wanted)) / 2
        * case when n.known_to = 'infinity' then 0.9 else 0.85 end)::real as score
      from (
        select a.street_key, a.normalised, a.stem, a.known_to from street_names a
        where a.stem % wanted_stem order by similarity(a.stem, wanted_stem) desc, a.street_key limit 100
      ) n group by 1
    ) s where s.score >= 0.25 order by s.score desc, s.street_key limit most;
end $$;

-- What a citizen finds: streets, or addresses as soon as a house number is typed. score 0..1; the name, the district and the point are
-- all that is public of an address. Streets without a place (motorways, rivers) are left out.
create function search_addresses(typed text, most integer)
returns table (kind text, id text, name text, district_id text, place geometry, score real) language sql stable parallel safe as $$
  with parts as materialized (
    select * from address_parts(search_addresses.typed, null, null)
  ), found as materialized (
    select f.street_key, f.similarity, s.name, s.district_id, s.place
    from parts p, find_streets(p.wanted, p.typed, true, 20) f join streets s on s.key = f.street_key
    where length(p.typed) >= 2 and s.place is not null
  ), numbered as materialized (
    select 'address' as kind, a.id, f.name || ' ' || house_number_text(a.house_number, a.suffix) as name, a.district_id, a.geom as place,
      (f.similarity * case when a.suffix = p.addition then 1 else 0.97 end)::real as score, f.street_key, a.suffix
    from parts p, found f, addresses a
    where p.number is not null and a.street_key = f.street_key and a.house_number = p.number and a.known_to = 'infinity'
      and (starts_with(a.suffix, p.addition) or a.suffix = '')
    order by score desc, a.suffix, a.id limit most
  )
  select n.kind, n.id, n.name, n.district_id, n.place, n.score from numbered n
  union all
  select 'street', f.street_key, f.name, f.district_id, f.place,
    (f.similarity * case when p.number is null then 1 else 0.8 end)::real
  from parts p, found f where not exists (select from numbered n where n.street_key = f.street_key)
  order by score desc limit most
$$;

-- Matching -------------------------------------------------------------------------------------------------------------------------------

-- Candidates of one address, best first. `district_id` (null: not known) decides between streets of the same name.
-- confidence: 1 the very address; above 0.9 same number, name formerly or twice in use; 0.6 to 0.9 similar name or number without its
-- addition; below 0.5 the street only (address_id null), or several streets it could be.
create function match_address(street text, house_number text, suffix text, district_id text default null)
returns table (kind text, address_id text, street_key text, label text, district_id_found text, geom geometry, confidence real)
language sql stable parallel safe as $$
  with parts as materialized (
    select * from address_parts(match_address.street, match_address.house_number, match_address.suffix)
  ), found as materialized (
    select f.street_key, s.name, s.district_id, s.place,
      f.similarity * case when s.district_id is distinct from match_address.district_id and match_address.district_id is not null then 0.7 else 1 end
        as similarity
    from parts p, find_streets(p.wanted, p.typed, false, 5) f join streets s on s.key = f.street_key
  ), numbered as materialized (
    select f.street_key, a.id, f.name || ' ' || house_number_text(a.house_number, a.suffix) as label, a.district_id, a.geom,
      f.similarity * case when a.suffix = p.addition then 1 when p.addition = '' then 0.6 else 0.7 end as confidence
    from parts p, found f, addresses a
    where a.street_key = f.street_key and a.house_number = p.number and a.known_to = 'infinity'
      and (a.suffix = p.addition or p.addition = '' or a.suffix = '')
  ), best as (
    select n.confidence, count(*) as equals from numbered n group by 1 order by 1 desc limit 1
  )
  select m.* from (
    select 'address', n.id, n.street_key, n.label, n.district_id, n.geom,
      (n.confidence / case when n.confidence = b.confidence then b.equals else 1 end)::real as confidence
    from numbered n, best b
    union all
    select 'street', null, f.street_key, f.name, f.district_id, f.place, (f.similarity * 0.4)::real
    from found f where not exists (select from numbered n where n.street_key = f.street_key)
  ) m order by m.confidence desc, 4, 2
$$;

-- What find_streets finds (nobody is typing), for many names in their compared form at once: the five best of each. Similar names are
-- found by counting the trigrams two names share, so that 2,000 names nobody knows take a moment. The list of streets is short: reading it
-- whole is quicker than thousands of look-ups, which the planner would choose.
create function match_streets(names text[]) returns table (wanted text, street_key text, similarity real) language sql stable
set enable_nestloop = off as $$
  with asked as materialized (
    select row_number() over () as nr, a.name, street_stem(a.name) as stem from (select distinct u.name from unnest(names) u (name) where u.name <> '') a
  ), known as materialized (
    select row_number() over () as nr, n.*, t.trigrams, cardinality(t.trigrams) as size from street_names n, lateral (select show_trgm(n.stem) as trigrams) t
  ), exact as materialized (
    select a.nr, k.street_key, max(case when k.known_to = 'infinity' then 1 else 0.95 end)::float8 as score
    from asked a join known k on k.normalised = a.name group by 1, 2
  ), unknown as materialized (
    select a.*, length(a.stem) / 2 - 1 as half from asked a where not exists (select from exact e where e.nr = a.nr)
  ), halves as materialized (
    select u.nr, u.stem, '<' || left(u.stem, u.half) as half from unknown u where u.half >= 3
    union all select u.nr, u.stem, '>' || left(reverse(u.stem), u.half) from unknown u where u.half >= 3
  ), ends as materialized (
    select k.street_key, k.stem, k.known_to, e.half
    from (select distinct u.half from unknown u where u.half >= 3) h, known k,
      lateral (values ('<' || left(k.stem, h.half)), ('>' || left(reverse(k.stem), h.half))) e (half)
  ), halved as materialized (
    select h.nr, e.street_key, max(case when e.known_to = 'infinity' then 1 else 0.95 end * similarity(e.stem, h.stem)) as score
    from halves h join ends e on e.half = h.half and abs(length(e.stem) - length(h.stem)) <= 2 group by 1, 2
  ), strange as materialized (
    select u.nr, u.name, t.trigrams, cardinality(t.trigrams) as size from unknown u, lateral (select show_trgm(u.stem) as trigrams) t
    where not exists (select from halved h where h.nr = u.nr and h.score >= 0.4)
  ), sharing as materialized (
    select s.nr, k.nr as known, count(*)::real / (min(s.size + k.size) - count(*)) as resemblance
    from (select s.nr, s.size, t.trigram from strange s, unnest(s.trigrams) t (trigram)) s
    join (select k.nr, k.size, t.trigram from known k, unnest(k.trigrams) t (trigram)) k on k.trigram = s.trigram
    group by 1, 2 having count(*)::real / (min(s.size + k.size) - count(*)) >= 0.25
  ), alike as (
    select s.nr, s.name, k.street_key, k.normalised, k.known_to, h.resemblance,
      row_number() over (partition by s.nr order by h.resemblance desc, k.street_key) as place
    from sharing h join strange s on s.nr = h.nr join known k on k.nr = h.known
  ), resembling as (
    select a.nr, a.street_key, max((a.resemblance + similarity(a.normalised, a.name)) / 2
      * case when a.known_to = 'infinity' then 0.9 else 0.85 end)::real as score
    from alike a where a.place <= 100 group by 1, 2
  ), every as (
    select e.nr, e.street_key, e.score, e.score::real as similarity from exact e
    union all select h.nr, h.street_key, h.score, (h.score * 0.9)::real from halved h where h.score >= 0.4
    union all select r.nr, r.street_key, r.score, r.score from resembling r where r.score >= 0.25
  )
  select a.name, r.street_key, r.similarity
  from (select e.*, row_number() over (partition by e.nr order by e.score desc, e.street_key) as place from every e) r join asked a on a.nr = r.nr
  where r.place <= 5
$$;

-- The best candidates of each of many rows [{"street", "houseNumber", "suffix", "districtId"}, …], in their order; rows without any
-- candidate come with nulls. Each street is looked up once, so 40,000 rows take seconds. `candidates`: how many were as good or nearly so.
create function match_addresses(rows jsonb, most integer default 1)
returns table (line integer, kind text, address_id text, street_key text, label text, district_id text, geom geometry, confidence real,
  candidates integer) language sql stable as $$
  with given as materialized (
    select r.ordinality::integer as line, p.wanted, p.number, p.addition, r.value ->> 'districtId' as district_id
    from jsonb_array_elements(rows) with ordinality r, address_parts(r.value ->> 'street', r.value ->> 'houseNumber', r.value ->> 'suffix') p
  ), found as materialized (
    select m.wanted, m.street_key, m.similarity, s.name, s.district_id, s.place
    from match_streets((select array_agg(distinct g.wanted) from given g)) m join streets s on s.key = m.street_key
  ), rated as (
    select g.line, g.number, g.addition, f.street_key, f.name, f.district_id, f.place,
      f.similarity * case when f.district_id is distinct from g.district_id and g.district_id is not null then 0.7 else 1 end as similarity
    from given g join found f on f.wanted = g.wanted
  ), numbered as (
    select r.line, a.id, r.street_key, r.name, a.house_number, a.suffix, a.district_id, a.geom,
      r.similarity * case when a.suffix = r.addition then 1 when r.addition = '' then 0.6 else 0.7 end as confidence
    from rated r join addresses a on a.street_key = r.street_key and a.house_number = r.number and a.known_to = 'infinity'
      and (a.suffix = r.addition or r.addition = '' or a.suffix = '')
  ), every as (
    select n.line, 'address' as kind, n.id, n.street_key, n.name || ' ' || house_number_text(n.house_number, n.suffix) as label,
      n.district_id, n.geom, n.confidence from numbered n
    union all
    select r.line, 'street', null, r.street_key, r.name, r.district_id, r.place, r.similarity * 0.4 from rated r
  ), ranked as (
    select e.*, row_number() over best as rank, count(*) over (partition by e.line, e.kind, e.confidence) as equals,
      count(*) filter (where e.kind = 'address') over (partition by e.line) as candidates
    from every e window best as (partition by e.line order by e.confidence desc, e.label, e.id)
  )
  select g.line, k.kind, k.id, k.street_key, k.label, k.district_id, k.geom,
    (k.confidence / case when k.kind = 'address' then k.equals else 1 end)::real, coalesce(k.candidates, 0)::integer
  from given g left join ranked k on k.line = g.line and k.rank <= most
  order by g.line, k.rank
$$;
