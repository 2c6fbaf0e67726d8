-- Invented data for trying out (`npm run demo`): told apart by the origin of their changes, said on every page, file and tile, and
-- removable without a trace.

alter table changes drop constraint changes_origin_check;
alter table changes add constraint changes_origin_check check (origin in ('workbench', 'published_facts', 'demo'));

create or replace function set_change_times() returns trigger language plpgsql as $$
begin
  new.recorded_at := clock_timestamp();
  if new.origin = 'workbench' then
    new.known_at := new.recorded_at;
  elsif new.known_at > new.recorded_at then
    raise exception 'a published fact cannot be known in the future' using errcode = 'check_violation';
  end if;
  return new;
end $$;

create function is_demo() returns boolean language sql stable parallel safe as $$
  select exists (select from changes c where c.origin = 'demo')
$$;
comment on function is_demo() is 'Invented example data are present: everything that leaves must say so';
create index on changes (id) where origin = 'demo';

-- Takes invented data out again, and all that was said about invented objects since, parts of divided ones included ("demo-x-1" became
-- "demo-x-1" and "demo-x-2"). The only deletion of statements there is. What others call "demo-…", or draw from that source, stays.
create function remove_demo() returns void language plpgsql as $$
declare
  t record;
  s record;
  since timestamptz := (select min(c.recorded_at) from changes c where c.origin = 'demo');
  first_change bigint := (select min(c.id) from changes c where c.origin = 'demo');
begin
  for t in select * from object_tables() loop
    execute format('alter table %I disable trigger protect_statement', t.table_name);
    execute format($sql$delete from %1$I s where regexp_replace(s.id, '-\d{1,3}$', '') in (
      select regexp_replace(d.id, '-\d{1,3}$', '') from %1$I d join changes c on c.id = d.change_id where c.origin = 'demo')$sql$, t.table_name);
    execute format('alter table %I enable trigger protect_statement', t.table_name);
    execute format($sql$delete from facts f where f.kind = %1$L and f.id like '%%:demo-%%' and not exists (
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
