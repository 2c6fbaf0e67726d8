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

-- Takes invented data out again, and all that was said about invented objects since. The only deletion of statements there is.
create function remove_demo() returns void language plpgsql as $$
declare
  t record;
begin
  for t in select * from object_tables() loop
    execute format('alter table %I disable trigger protect_statement', t.table_name);
    execute format('delete from %1$I s where exists (
      select from %1$I d join changes c on c.id = d.change_id where d.id = s.id and c.origin = ''demo'')', t.table_name);
    execute format('alter table %I enable trigger protect_statement', t.table_name);
  end loop;
  perform remove_demo_releases();
  delete from facts f where f.kind in (select kind from object_tables()) and f.id like '%:demo-%';
  alter table changes disable trigger refuse_rewriting;
  delete from changes where origin = 'demo';
  alter table changes enable trigger refuse_rewriting;
  delete from sources where citation like 'Beispieldaten (erfunden)%';
end $$;
