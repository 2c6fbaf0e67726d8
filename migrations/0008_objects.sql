-- Premises and network: objects that are counted and measured. Statements like all facts (0002): append-only, two clocks.
-- They are internal. Nothing public reads these tables; what may leave is released in sums (0011).

-- A fact table whose statements come by the thousand. Its triggers do what record_statement and protect_statement (0002) do, but are written
-- out for the table, so that their plans are kept, and ask once for the statements of the same day and source.
create function make_object_table(table_name text, kind text) returns void language plpgsql as $make$
declare
  after text;
  before text;
begin
  perform make_fact_table(table_name, kind);
  execute format($sql$
    create function record_%1$s() returns trigger language plpgsql as $body$
    declare
      change changes;
      corrected_holds_from date;
      next_known timestamptz;
    begin
      select * into change from changes where changes.id = nullif(current_setting('history.change', true), '')::bigint;
      if change.id is null then
        raise exception 'a statement needs a change (actor, reason)' using errcode = 'check_violation';
      end if;
      new.change_id := change.id;
      new.known_from := change.known_at;
      new.known_to := 'infinity';
      new.holds_from := least(imprecise_latest(new.true_on), (change.known_at at time zone 'Europe/Berlin')::date);
      -- Most objects of a delivery are new: they have no earlier statements to look at.
      insert into facts (id, kind) values (new.id, tg_argv[0]) on conflict do nothing;
      if found then
        return new;
      end if;
      select min(s.holds_from) filter (where s.known_from < new.known_from), min(s.known_from) filter (where s.known_from > new.known_from)
        into corrected_holds_from, next_known
        from %1$s s where s.id = new.id and s.true_on = new.true_on and s.source_id = new.source_id;
      -- A correction holds from when the corrected statement held, also where a Stand like "2022" made that the day it was known.
      if corrected_holds_from is not null then
        new.holds_from := least(new.holds_from, corrected_holds_from);
        update %1$s s set known_to = new.known_from
          where s.id = new.id and s.true_on = new.true_on and s.source_id = new.source_id
            and s.known_from < new.known_from and s.known_to > new.known_from;
      end if;
      new.known_to := coalesce(next_known, 'infinity');
      return new;
    end $body$ $sql$, table_name);
  execute format('create or replace trigger record_statement before insert on %1$I for each row execute function record_%1$s(%2$L)',
    table_name, kind);
  -- As protect_statement (0002), without writing both rows out as JSON.
  select string_agg(format('new.%I', a.attname), ', ' order by a.attnum), string_agg(format('old.%I', a.attname), ', ' order by a.attnum)
    into after, before
    from pg_attribute a where a.attrelid = table_name::regclass and a.attnum > 0 and a.attgenerated = '' and a.attname <> 'known_to';
  execute format($sql$
    create function protect_%1$s() returns trigger language plpgsql as $body$
    begin
      if tg_op = 'UPDATE' and pg_trigger_depth() > 1 then
        if (%2$s) is not distinct from (%3$s) then
          return new;
        end if;
      end if;
      raise exception 'statements of %% are never changed or deleted, only corrected by new ones', tg_table_name using errcode = 'restrict_violation';
    end $body$ $sql$, table_name, after, before);
  execute format('create or replace trigger protect_statement before update or delete on %1$I for each row execute function protect_%1$s()',
    table_name);
end $make$;

create table premises (
  like statement_columns including all,
  key text not null,
  external_id text,
  address_id text,
  district_id text not null references districts (id),
  kind text not null check (kind in ('household', 'business', 'educational_institution', 'hospital', 'public_building', 'mobile_site')),
  school_type text check (school_type in ('primary', 'secondary', 'vocational', 'adult_education', 'day_care')),
  name text,
  units integer not null default 1 check (units between 1 and 10000),
  programme_id text references facts (id),
  section_id text references facts (id),
  funding_class text check (funding_class in ('funded', 'extended_reach', 'market_driven')),
  operator text,
  state text not null check (state in ('not_served', 'eligible', 'owner_contacted', 'no_response', 'consent_given', 'consent_refused', 'passed',
    'passed_plus', 'prepared', 'connected', 'bookable', 'activated', 'not_possible')),
  steps jsonb not null default '{}' check (jsonb_typeof(steps) = 'object'),
  note text,
  geom geometry(Point, 25832),
  geom_3857 geometry(Point, 3857) generated always as (st_transform(geom, 3857)) stored
);
comment on table premises is 'Anschlussobjekte: what is or may be connected at an address. Internal';
comment on column premises.key is 'Identity: the source''s own id with the name of the sender before it, or address and kind';
comment on column premises.external_id is 'Id in the files of the source';
comment on column premises.address_id is 'Official address (addresses.id); null: none known';
comment on column premises.units is 'Connections counted: dwellings (household), business units, institutions';
comment on column premises.steps is 'When a state was reached: {"connected": "2022-03", …}, imprecise dates';
select make_object_table('premises', 'premises');
create index on premises (district_id);
create index on premises (address_id);
create index on premises using gist (geom_3857);

create table routes (
  like statement_columns including all,
  key text not null,
  external_id text,
  programme_id text references facts (id),
  section_id text references facts (id),
  operator text,
  laying_method text check (laying_method in ('open_trench', 'reduced_depth', 'trenching', 'horizontal_drilling', 'press_boring', 'ploughing',
    'sewer', 'overhead')),
  surface text check (surface in ('sealed', 'unsealed')),
  co_laying boolean not null default false,
  status text not null check (status in ('planned', 'under_construction', 'laid')),
  planned_on imprecise_date,
  started_on imprecise_date,
  laid_on imprecise_date,
  note text,
  geom geometry(LineString, 25832) not null check (st_isvalid(geom) and st_length(geom) > 0),
  geom_3857 geometry(LineString, 3857) generated always as (st_transform(geom, 3857)) stored
);
comment on table routes is 'Trassen (trenches). Internal: exact routes are never public';
comment on column routes.co_laying is 'Mitverlegung: laid together with works of others';
select make_object_table('routes', 'route');
create index on routes using gist (geom_3857);

create table ducts (
  like statement_columns including all,
  key text not null,
  external_id text,
  programme_id text references facts (id),
  section_id text references facts (id),
  operator text,
  duct_type integer not null,
  duct_type_text text,
  condition text not null check (condition in ('new', 'reused')),
  count integer not null default 1 check (count between 1 and 1000),
  tubes_per_bundle integer check (tubes_per_bundle between 1 and 100),
  tubes_reserved integer check (tubes_reserved between 0 and 1000),
  status text not null check (status in ('planned', 'under_construction', 'laid')),
  planned_on imprecise_date,
  started_on imprecise_date,
  laid_on imprecise_date,
  note text,
  geom geometry(LineString, 25832) not null check (st_isvalid(geom) and st_length(geom) > 0),
  geom_3857 geometry(LineString, 3857) generated always as (st_transform(geom, 3857)) stored
);
comment on table ducts is 'Leerrohre: each duct or bundle is a line of its own, lines may lie on each other. Internal';
comment on column ducts.duct_type is 'Code lr_art of the GIS-NB (contract/objects/duct-types.ts); 99: other, named in duct_type_text';
comment on column ducts.count is 'Ducts or bundles of this kind on the line: metres count once for each';
select make_object_table('ducts', 'duct');
create index on ducts using gist (geom_3857);

create table cables (
  like statement_columns including all,
  key text not null,
  external_id text,
  programme_id text references facts (id),
  section_id text references facts (id),
  operator text,
  fibre_count integer not null check (fibre_count between 1 and 10000),
  fibres_reserved integer check (fibres_reserved between 0 and 10000),
  count integer not null default 1 check (count between 1 and 1000),
  status text not null check (status in ('planned', 'under_construction', 'laid')),
  planned_on imprecise_date,
  started_on imprecise_date,
  laid_on imprecise_date,
  note text,
  geom geometry(LineString, 25832) not null check (st_isvalid(geom) and st_length(geom) > 0),
  geom_3857 geometry(LineString, 3857) generated always as (st_transform(geom, 3857)) stored
);
comment on table cables is 'Glasfaserkabel. Internal';
select make_object_table('cables', 'cable');
create index on cables using gist (geom_3857);

create table structures (
  like statement_columns including all,
  key text not null,
  external_id text,
  programme_id text references facts (id),
  section_id text references facts (id),
  operator text,
  structure_type text not null check (structure_type in ('pop', 'distribution_cabinet', 'cable_chamber', 'other')),
  structure_type_text text,
  designation text,
  condition text not null default 'new' check (condition in ('new', 'reused')),
  collocation boolean not null default false,
  status text not null check (status in ('planned', 'under_construction', 'laid')),
  planned_on imprecise_date,
  started_on imprecise_date,
  laid_on imprecise_date,
  note text,
  geom geometry(Point, 25832) not null,
  geom_3857 geometry(Point, 3857) generated always as (st_transform(geom, 3857)) stored
);
comment on table structures is 'Bauten und Netztechnik: PoP, Netzverteiler, Schächte. Internal';
select make_object_table('structures', 'structure');
create index on structures using gist (geom_3857);

-- Which statement is in force is told by an index alone.
create index on premises (id, holds_from desc, known_from desc, version desc) include (known_to) where not retracted;
create index on routes (id, holds_from desc, known_from desc, version desc) include (known_to) where not retracted;
create index on ducts (id, holds_from desc, known_from desc, version desc) include (known_to) where not retracted;
create index on cables (id, holds_from desc, known_from desc, version desc) include (known_to) where not retracted;
create index on structures (id, holds_from desc, known_from desc, version desc) include (known_to) where not retracted;

-- Reading -------------------------------------------------------------------------------------------------------------------------------

-- How far a state is. States of the owner's consent (2, 3) and of the works (4 and more) are two strands; the works count for "passed" etc.
create function premises_rank(state text) returns integer language sql immutable parallel safe as $$
  select case state
    when 'eligible' then 1 when 'owner_contacted' then 2 when 'no_response' then 2 when 'consent_refused' then 2 when 'consent_given' then 3
    when 'passed' then 4 when 'passed_plus' then 5 when 'prepared' then 6 when 'connected' then 7 when 'bookable' then 8 when 'activated' then 9
    else 0 end
$$;

-- A day as it is written in imprecise dates. (Casts from dates to text depend on settings.)
create function iso_day(value date) returns text language sql immutable parallel safe
return extract(year from value)::integer::text || '-' || lpad(extract(month from value)::integer::text, 2, '0')
  || '-' || lpad(extract(day from value)::integer::text, 2, '0');

-- STRICT and not inlined: it is called only where a date is there and is no day.
create function imprecise_happened_by(value text, as_of date) returns boolean language plpgsql immutable strict parallel safe as $$
begin
  return imprecise_latest(value::imprecise_date) <= as_of;
end $$;

-- Whether an imprecise date is certain to have passed by `as_of`. Days, which most are, compare as text: that takes a hundredth of the time.
create function happened_by(value text, as_of date) returns boolean language sql immutable parallel safe
return case when value like '____-__-__' then value <= iso_day(as_of) collate "C" else imprecise_happened_by(value, as_of) end;

-- The furthest step that had happened by `as_of` (of the same rank: the first by name); null: none. Without a FROM the planner inlines it.
create function premises_step(steps jsonb, as_of date) returns text language sql immutable parallel safe
return case
  when happened_by(steps ->> 'activated', as_of) then 'activated'
  when happened_by(steps ->> 'bookable', as_of) then 'bookable'
  when happened_by(steps ->> 'connected', as_of) then 'connected'
  when happened_by(steps ->> 'prepared', as_of) then 'prepared'
  when happened_by(steps ->> 'passed_plus', as_of) then 'passed_plus'
  when happened_by(steps ->> 'passed', as_of) then 'passed'
  when happened_by(steps ->> 'consent_given', as_of) then 'consent_given'
  when happened_by(steps ->> 'consent_refused', as_of) then 'consent_refused'
  when happened_by(steps ->> 'no_response', as_of) then 'no_response'
  when happened_by(steps ->> 'owner_contacted', as_of) then 'owner_contacted'
  when happened_by(steps ->> 'eligible', as_of) then 'eligible'
  when happened_by(steps ->> 'not_possible', as_of) then 'not_possible'
  when happened_by(steps ->> 'not_served', as_of) then 'not_served'
end;

-- Whether premises have come as far as `level` (nested sets: activated ⊂ connected ⊂ passed).
create function premises_reached(state text, steps jsonb, as_of date, level text) returns boolean language sql immutable parallel safe as $$
  select premises_rank(state) >= premises_rank(level)
    or (steps <> '{}' and premises_rank(premises_step(steps, as_of)) >= premises_rank(level))
$$;

-- Premises as of a day: what the statement in force says; before its Stand, the furthest step that had happened by then.
-- So a connection learnt late counts from its own day, like the stages of sections do.
-- `n`: the latest statement known; `b`: the one in force, or the latest where that one holds only later; `s`: the latest where it holds
-- only later. Versions are found by an index alone; `offset 0` keeps what is computed from being computed again by each reader.
create function premises_at(as_of date, known_at timestamptz)
returns table (
  id text, version bigint, key text, external_id text, address_id text, district_id text, kind text, school_type text, name text, units integer,
  programme_id text, section_id text, funding_class text, operator text, state text, steps jsonb, note text,
  true_on imprecise_date, source_id bigint, known_from timestamptz, change_id bigint, geom geometry, geom_3857 geometry
) language sql stable parallel safe as $$
  select n.id, b.version, b.key, b.external_id, coalesce(b.address_id, s.address_id), coalesce(b.district_id, s.district_id),
    coalesce(b.kind, s.kind), coalesce(b.school_type, s.school_type), coalesce(b.name, s.name), coalesce(b.units, s.units),
    coalesce(b.programme_id, s.programme_id), coalesce(b.section_id, s.section_id), coalesce(b.funding_class, s.funding_class),
    coalesce(b.operator, s.operator), t.state, t.steps, case when s.version is null or e.version is not null then b.note end,
    b.true_on, b.source_id, b.known_from, b.change_id, coalesce(b.geom, s.geom), coalesce(b.geom_3857, s.geom_3857)
  from (
    select distinct on (k.id) k.id, k.version, k.holds_from from premises k
    where not k.retracted and k.known_from <= known_at and k.known_to > known_at
    order by k.id, k.holds_from desc, k.known_from desc, k.version desc
  ) n
  left join lateral (
    select k.version from premises k
    where n.holds_from > as_of and k.id = n.id and k.holds_from <= as_of
      and not k.retracted and k.known_from <= known_at and k.known_to > known_at
    order by k.holds_from desc, k.known_from desc, k.version desc limit 1
  ) e on true
  join premises b on b.version = coalesce(e.version, n.version)
  left join lateral (select p.* from premises p where n.holds_from > as_of and p.version = n.version offset 0) s on true
  cross join lateral (
    select coalesce(b.steps || s.steps, b.steps) as steps,
      case when s.version is null then b.state
        when premises_rank(r.step) > premises_rank(r.state) then r.step
        when e.version is not null or r.step is not null then r.state end as state
    from (select premises_step(s.steps, as_of) as step, case when e.version is null then 'not_served' else b.state end as state offset 0) r
    offset 0
  ) t
  where t.state is not null
$$;

-- Status of a part of the network as of a day, from its dates; null: nothing was known to be planned yet.
create function network_status(status text, holds_from date, planned_on imprecise_date, started_on imprecise_date, laid_on imprecise_date, as_of date)
returns text language sql immutable parallel safe as $$
  select case
    when holds_from <= as_of then status
    when happened_by(laid_on, as_of) then 'laid'
    when happened_by(started_on, as_of) then 'under_construction'
  end
$$;

-- Network objects as of a day: the statement in force, else (before its Stand) what its dates say had happened.
create function make_network_reader(table_name text) returns void language plpgsql as $$
begin
  execute format($sql$
    create function %1$s_at(as_of date, known_at timestamptz) returns setof %1$s language sql stable parallel safe as $body$
      select distinct on (k.id) k.* from %1$s k
      where not k.retracted and k.known_from <= known_at and k.known_to > known_at
        and network_status(k.status, k.holds_from, k.planned_on, k.started_on, k.laid_on, as_of) is not null
      order by k.id, (k.holds_from <= as_of) desc, case when k.holds_from <= as_of then k.holds_from end desc, k.holds_from, k.known_from desc, k.version desc
    $body$ $sql$, table_name);
end $$;
select make_network_reader('routes');
select make_network_reader('ducts');
select make_network_reader('cables');
select make_network_reader('structures');

-- Kinds of objects and their tables (the same list as contract/objects).
create function object_tables() returns table (kind text, table_name text) language sql immutable as $$
  values ('premises', 'premises'), ('route', 'routes'), ('duct', 'ducts'), ('cable', 'cables'), ('structure', 'structures')
$$;

-- What changes did to objects, in numbers; `moved_on`: a later change wrote about the same objects.
create function object_changes(changes bigint[])
returns table (change_id bigint, kind text, written bigint, withdrawn bigint, moved_on boolean) language plpgsql stable as $$
declare
  t record;
begin
  for t in select * from object_tables() loop
    return query execute format(
      'select s.change_id, %L::text, count(distinct s.id) filter (where not s.retracted), count(distinct s.id) filter (where s.retracted),
        bool_or(exists (select from %I l where l.id = s.id and l.change_id > s.change_id))
       from %I s where s.change_id = any ($1) group by s.change_id', t.kind, t.table_name, t.table_name) using changes;
  end loop;
end $$;

-- Undoes what a change said about objects: each statement gives way to the one it had closed, or is withdrawn where there was none.
-- Runs inside the change that undoes.
create function undo_objects(undone bigint) returns bigint language plpgsql as $$
declare
  t record;
  columns text;
  total bigint := 0;
  count bigint;
begin
  for t in select * from object_tables() loop
    select string_agg(format('case when p.id is null then s.%1$I else p.%1$I end', a.attname), ', ' order by a.attnum) into columns
    from pg_attribute a where a.attrelid = t.table_name::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      and a.attname not in (select b.attname from pg_attribute b where b.attrelid = 'statement_columns'::regclass and b.attnum > 0);
    execute format('insert into %1$I (id, true_on, source_id, retracted, %2$s)
      select s.id, s.true_on, s.source_id, coalesce(p.retracted, true), %3$s
      from %1$I s left join %1$I p on p.id = s.id and p.true_on = s.true_on and p.source_id = s.source_id and p.known_to = s.known_from
      where s.change_id = $1 order by s.version', t.table_name, object_columns(t.table_name), columns) using undone;
    get diagnostics count = row_count;
    total := total + count;
  end loop;
  return total;
end $$;

-- The columns of an object's own content, in their order.
create function object_columns(table_name text) returns text language sql stable as $$
  select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
  from pg_attribute a where a.attrelid = table_name::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    and a.attname not in (select b.attname from pg_attribute b where b.attrelid = 'statement_columns'::regclass and b.attnum > 0)
$$;

-- Withdraws objects: all that is known about them is taken back, of whatever day and source. Runs inside a change.
create function withdraw_objects(kind text, ids text[]) returns bigint language plpgsql as $$
declare
  target text;
  count bigint;
begin
  select t.table_name into strict target from object_tables() t where t.kind = withdraw_objects.kind;
  execute format('insert into %1$I (id, true_on, source_id, retracted, %2$s)
    select s.id, s.true_on, s.source_id, true, %2$s from %1$I s where s.id = any ($1) and not s.retracted and s.known_to = ''infinity''',
    target, object_columns(target)) using ids;
  get diagnostics count = row_count;
  return count;
end $$;
