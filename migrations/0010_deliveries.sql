-- Deliveries: files of operators on their way to statements. Nothing here is a fact yet; publishing makes one change of what was accepted.

create table deliveries (
  id bigint generated always as identity primary key,
  file_name text not null,
  bytes bigint not null check (bytes >= 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  received_at timestamptz not null default clock_timestamp(),
  actor text not null,
  actor_name text not null,
  status text not null default 'reading' check (status in ('reading', 'mapping', 'judging', 'review', 'publishing', 'published', 'refused', 'cancelled',
    'failed')),
  progress real check (progress between 0 and 1),
  problem text,
  tables jsonb not null default '[]',
  guess jsonb,
  mapping jsonb,
  unknown_words jsonb not null default '{}',
  notations jsonb not null default '{}',
  run integer not null default 0,
  release_figures boolean not null default false,
  publisher jsonb,
  change_id bigint references changes (id),
  published_at timestamptz,
  sentence text
);
comment on table deliveries is 'Inbox: what was received, what it is, how far it is';
comment on column deliveries.mapping is 'What somebody said the file is (contract/deliveries.ts, Mapping)';
comment on column deliveries.notations is 'How the numbers of each column are written, German or English';
comment on column deliveries.run is 'Number of the judging: rows of an earlier one no longer count';
comment on column deliveries.publisher is 'Who asked for the publication: a restart goes on in their name';
create index on deliveries (sha256);

create table delivery_parts (
  delivery_id bigint not null references deliveries (id) on delete cascade,
  part integer not null,
  bytes bytea not null,
  primary key (delivery_id, part)
);
comment on table delivery_parts is 'The raw file in pieces of 1 MB, kept with the database and its backup';

create table delivery_rows (
  delivery_id bigint not null references deliveries (id) on delete cascade,
  row integer not null,
  judgement text not null check (judgement in ('new', 'changed', 'unchanged', 'removed', 'doubtful', 'refused')),
  decision text not null default 'open' check (decision in ('open', 'accepted', 'parked', 'declined')),
  label text not null,
  raw jsonb not null,
  mended jsonb not null default '{}',
  content jsonb,
  object_id text,
  before_version bigint,
  remarks jsonb not null default '[]',
  changes jsonb not null default '[]',
  candidates jsonb not null default '[]',
  geom geometry(Geometry, 25832),
  has_geometry boolean not null default false,
  is_decided boolean not null default false,
  run integer not null default 0,
  primary key (delivery_id, row)
);
comment on column delivery_rows.row is 'As Excel shows it; negative: an object that is not in the file any more';
comment on column delivery_rows.raw is 'Values of the file by column';
comment on column delivery_rows.mended is 'What a person put in their place, by field of ours';
comment on column delivery_rows.has_geometry is '`geom` is of the file, not of the address';
comment on column delivery_rows.is_decided is 'A person decided: judging again keeps it';
comment on column delivery_rows.content is 'The object as it would be recorded; null: it cannot be';
create index on delivery_rows (delivery_id, judgement, row);
create index on delivery_rows (delivery_id, object_id);

-- How many rows of a delivery are judged and decided how. People look often, rows change seldom: so the statements that change rows count.
create table delivery_counts (
  delivery_id bigint not null references deliveries (id) on delete cascade,
  judgement text not null,
  decision text not null,
  rows bigint not null,
  primary key (delivery_id, judgement, decision)
);
comment on table delivery_counts is 'Rows of delivery_rows by judgement and decision, kept by its triggers';

create function count_delivery_rows() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    update delivery_counts c set rows = c.rows - o.rows
    from (select r.delivery_id, r.judgement, r.decision, count(*) as rows from old_rows r group by 1, 2, 3) o
    where c.delivery_id = o.delivery_id and c.judgement = o.judgement and c.decision = o.decision;
  end if;
  if tg_op <> 'DELETE' then
    insert into delivery_counts as c (delivery_id, judgement, decision, rows)
      select r.delivery_id, r.judgement, r.decision, count(*) from new_rows r group by 1, 2, 3
    on conflict (delivery_id, judgement, decision) do update set rows = c.rows + excluded.rows;
  end if;
  return null;
end $$;
create trigger count_inserted after insert on delivery_rows referencing new table as new_rows
  for each statement execute function count_delivery_rows();
create trigger count_updated after update on delivery_rows referencing old table as old_rows new table as new_rows
  for each statement execute function count_delivery_rows();
create trigger count_deleted after delete on delivery_rows referencing old table as old_rows
  for each statement execute function count_delivery_rows();

create table sender_mappings (
  sender_name text not null,
  signature text not null,
  mapping jsonb not null,
  used_at timestamptz not null default clock_timestamp(),
  primary key (sender_name, signature)
);
comment on table sender_mappings is 'How the files of a sender were read last, by the headers they have';

-- What is in force now for some objects, for comparing: latest of what is known.
create function objects_in_force(kind text, ids text[])
returns table (id text, version bigint, content jsonb, geom geometry) language plpgsql stable as $$
declare
  target text;
  columns text;
begin
  select t.table_name into strict target from object_tables() t where t.kind = objects_in_force.kind;
  -- Without its geometry, which would be written out as GeoJSON first.
  select string_agg('l.' || c.name, ', ') into columns from regexp_split_to_table(object_columns(target), ', ') c (name) where c.name <> 'geom';
  return query execute format('
    select l.id, l.version, (select to_jsonb(c) from (select %s) c), l.geom::geometry from (
      select distinct on (s.id) s.* from unnest($1) w (id) join %I s on s.id = w.id
      where not s.retracted and s.known_to = ''infinity''
      order by s.id, s.holds_from desc, s.known_from desc, s.version desc) l', columns, target) using ids;
end $$;

-- Premises that stand at an address, for files without ids: by address and kind.
create function premises_at_addresses(address_ids text[])
returns table (id text, address_id text, kind text, operator text) language sql stable as $$
  select distinct on (p.id) p.id, p.address_id, p.kind, p.operator from premises p
  where p.address_id = any (address_ids) and not p.retracted and p.known_to = 'infinity'
  order by p.id, p.holds_from desc, p.known_from desc, p.version desc
$$;

-- GIS programs write layers of several parts also where each geometry has only one; connected lines are one line.
create function one_part(geom geometry) returns geometry language sql immutable parallel safe as $$
  select case when st_numgeometries(geom) = 1 then st_geometryn(geom, 1)
    when st_geometrytype(geom) = 'ST_MultiLineString' and st_geometrytype(st_linemerge(geom)) = 'ST_LineString' then st_linemerge(geom)
    else geom end
$$;
