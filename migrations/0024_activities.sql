-- The funded coordinator post: what its money is (funding frames, facts like 0020), what was done and what was spent. Activities and expenses
-- are about the working time of people: they are no facts that all staff read, but a log of their own. A correction is a new version.

create table funding_frames (
  like statement_columns including all,
  slug text not null,
  name text not null,
  directive text not null,
  most_eur numeric(12, 2) check (most_eur > 0),
  share_percent numeric(5, 2) check (share_percent > 0 and share_percent <= 100),
  months integer not null check (months between 1 and 120),
  granted_eur numeric(12, 2) check (granted_eur > 0),
  first_month imprecise_date check (first_month ~ '^\d{4}-\d{2}$'),
  notice_on date,
  legal_note text,
  check ((granted_eur is null) = (first_month is null))
);
comment on table funding_frames is 'Förderrahmen of the coordinator post: what a directive allows, and what was granted by it';
comment on column funding_frames.share_percent is 'Share of the eligible expenses that is funded; null: a fixed sum';
comment on column funding_frames.granted_eur is 'null: no grant is known; then nothing is shown as granted';
select make_fact_table('funding_frames', 'funding_frame');

create function funding_frames_at(as_of date, known_at timestamptz) returns setof funding_frames language sql stable parallel safe as $$
  select distinct on (f.id) f.* from funding_frames f
  where not f.retracted and f.known_from <= known_at and f.known_to > known_at and f.holds_from <= as_of
  order by f.id, f.holds_from desc, f.known_from desc, f.version desc
$$;

-- The log ------------------------------------------------------------------------------------------------------------------------------

-- Columns of every version of an entry (copied by LIKE).
create table log_columns (
  id text not null check (id ~ '^[0-9a-f]{12}$'),
  version integer not null check (version > 0),
  person_id text not null check (person_id <> ''),
  person_name text not null check (person_name <> ''),
  retracted boolean not null default false,
  reason text check (length(trim(reason)) >= 3),
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by text not null check (recorded_by <> ''),
  recorded_name text not null check (recorded_name <> '')
);
comment on column log_columns.person_id is 'Whose work it is: who recorded the first version';
comment on column log_columns.recorded_at is 'Known from this moment on, until the next version';

-- Writers of the log take turns, so that what is known at a moment does not change afterwards: whoever holds the lock sees all earlier versions.
create function lock_log() returns timestamptz language plpgsql as $$
begin
  perform pg_advisory_xact_lock(4117024);
  return clock_timestamp();
end $$;

create function record_log_version() returns trigger language plpgsql as $$
begin
  new.recorded_at := lock_log();
  return new;
end $$;

create function make_log_table(table_name text) returns void language plpgsql as $$
begin
  execute format('alter table %I add primary key (id, version)', table_name);
  execute format('create trigger record_log_version before insert on %I for each row execute function record_log_version()', table_name);
  execute format('create trigger refuse_rewriting before update or delete on %I for each row execute function refuse_rewriting()', table_name);
  execute format('create trigger refuse_truncate before truncate on %I for each statement execute function refuse_rewriting()', table_name);
  execute format($sql$
    create function %1$s_known(known_at timestamptz) returns setof %1$s language sql stable parallel safe as $body$
      select e.* from (
        select distinct on (l.id) l.* from %1$s l where l.recorded_at <= known_at order by l.id, l.version desc) e
      where not e.retracted
    $body$ $sql$, table_name);
end $$;

create table activities (
  like log_columns including all,
  day date not null,
  minutes integer not null check (minutes between 1 and 1440),
  kind text not null check (kind in ('call', 'meeting', 'case_work', 'opinion', 'site_visit', 'public_relations', 'report', 'training')),
  task text not null check (task in ('coordination', 'steering', 'action_concept', 'clearing_house')),
  role text not null check (role in ('mobile', 'gigabit')),
  request_id text references facts (id),
  partners text,
  description text not null
);
comment on table activities is 'Tätigkeiten of the funded post. Internal, not for viewers';
comment on column activities.task is 'Task 1 to 4 of the directive of the Land';
select make_log_table('activities');
create index on activities (day);

-- A file of its own list: attachments of cases are read by others.
create table vouchers (attachment_id bigint primary key references attachments (id));
comment on table vouchers is 'Attachments that are vouchers of expenses: read where expenses are read, nowhere else';
create trigger refuse_rewriting before update or delete on vouchers for each row execute function refuse_rewriting();

create table expenses (
  like log_columns including all,
  dated imprecise_date not null check (dated ~ '^\d{4}-\d{2}(-\d{2})?$'),
  kind text not null check (kind in ('staff', 'travel', 'material', 'other')),
  amount_eur numeric(12, 2) not null check (amount_eur > 0),
  eligible boolean not null,
  note text,
  voucher_id bigint references vouchers (attachment_id)
);
comment on table expenses is 'Ausgaben of the funded post. Internal, not for viewers';
select make_log_table('expenses');
