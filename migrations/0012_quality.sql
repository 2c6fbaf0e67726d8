-- Consistency: what rules found, since when, and what was said about it. Rules have stable ids (contract/quality.ts).

create table quality_runs (
  id bigint generated always as identity primary key,
  occasion text not null check (occasion in ('change', 'night', 'request')),
  revision bigint not null,
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz
);
comment on table quality_runs is 'Runs of the rules; unfinished: broken off';

create table rule_results (
  run_id bigint not null references quality_runs (id) on delete cascade,
  rule text not null,
  checked bigint not null check (checked >= 0),
  found bigint not null check (found >= 0),
  primary key (run_id, rule)
);
comment on column rule_results.checked is 'How much there was to check. 0: the rule has not passed, there was nothing';

create table findings (
  id bigint generated always as identity primary key,
  rule text not null,
  subject_kind text not null,
  subject_id text not null,
  district_id text references districts (id),
  programme_id text,
  details jsonb not null,
  first_seen timestamptz not null default clock_timestamp(),
  resolved_at timestamptz,
  accepted_at timestamptz,
  accepted_by text,
  accepted_name text,
  accepted_reason text check (length(trim(accepted_reason)) >= 3),
  check ((accepted_at is null) = (accepted_reason is null))
);
comment on table findings is 'Findings of the rules; open until a run no longer finds them. Accepted: known and explained';
comment on column findings.details is 'What the sentence is made of';
create unique index on findings (rule, subject_kind, subject_id) where resolved_at is null;
create index on findings (district_id);

-- Records what a rule finds now: new findings are opened, vanished ones resolved, changed ones lose their acceptance.
create function record_findings(run bigint, rule text, checked bigint, said jsonb) returns void language plpgsql as $$
begin
  create temporary table if not exists found_now (
    subject_kind text, subject_id text, district_id text, programme_id text, details jsonb
  ) on commit delete rows;
  delete from found_now;
  insert into found_now
  select distinct on (f.subject_kind, f.subject_id) f.* from jsonb_to_recordset(said)
    as f (subject_kind text, subject_id text, district_id text, programme_id text, details jsonb);
  update findings f set resolved_at = clock_timestamp() where f.rule = record_findings.rule and f.resolved_at is null
    and not exists (select from found_now n where n.subject_kind = f.subject_kind and n.subject_id = f.subject_id);
  update findings f set details = n.details, district_id = n.district_id, programme_id = n.programme_id,
    accepted_at = null, accepted_by = null, accepted_name = null, accepted_reason = null
  from found_now n where f.rule = record_findings.rule and f.resolved_at is null
    and n.subject_kind = f.subject_kind and n.subject_id = f.subject_id and n.details is distinct from f.details;
  insert into findings (rule, subject_kind, subject_id, district_id, programme_id, details)
  select record_findings.rule, n.subject_kind, n.subject_id, n.district_id, n.programme_id, n.details from found_now n
  where not exists (select from findings f where f.rule = record_findings.rule and f.resolved_at is null
    and f.subject_kind = n.subject_kind and f.subject_id = n.subject_id);
  insert into rule_results (run_id, rule, checked, found)
  values (run, record_findings.rule, record_findings.checked, (select count(*) from found_now));
end $$;

-- Public mark per district. Only findings of rules that compare what is public anyway count: the others would tell counts that are withheld.
-- What has been explained is known and right so: it does not count.
create table public_rules (
  rule text primary key,
  severity text not null check (severity in ('error', 'warning', 'notice'))
);
comment on table public_rules is 'Rules whose findings count for the public mark; kept in step with contract/quality.ts at start';

create function layer_quality_marks(as_of date, known_at timestamptz)
returns table (id text, district_id text, district text, mark text, errors integer, warnings integer, notices integer, checked_on date)
language sql stable parallel safe as $$
  with run as (
    select max(r.finished_at) as finished_at from quality_runs r where r.finished_at <= known_at
  ), counted as (
    select d.id, d.name,
      count(*) filter (where p.severity = 'error')::integer as errors,
      count(*) filter (where p.severity = 'warning')::integer as warnings,
      count(*) filter (where p.severity = 'notice')::integer as notices
    from districts d
    left join findings f on f.district_id = d.id and f.first_seen <= known_at and (f.resolved_at is null or f.resolved_at > known_at)
      and (f.accepted_at is null or f.accepted_at > known_at)
    left join public_rules p on p.rule = f.rule
    group by d.id, d.name
  )
  select c.id, c.id, c.name,
    case when c.errors > 0 then 'contradictory' when c.warnings > 0 then 'doubtful' when c.notices > 0 then 'incomplete' else 'consistent' end,
    c.errors, c.warnings, c.notices, (r.finished_at at time zone 'Europe/Berlin')::date
  from counted c cross join run r where r.finished_at is not null
$$;
