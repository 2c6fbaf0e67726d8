-- Participation: departments are asked about a case or a candidate, answer by link or another way, are reminded; replies to operators.
-- Everything here is internal and append-only: what a review stands at follows from its events and statements.

create table reviews (
  id bigint generated always as identity primary key,
  request_id text not null references facts (id),
  candidate_id text references facts (id),
  department_id text not null references facts (id),
  department_code text not null check (department_code <> ''),
  department_name text not null check (department_name <> ''),
  question text not null check (length(trim(question)) between 3 and 4000),
  due_on date not null,
  silence text not null check (silence in ('counts_as_agreed', 'counts_as_not_responsible', 'stays_open')),
  asked_via text not null check (asked_via in ('mail', 'other')),
  remind_working_days integer not null default 3 check (remind_working_days between 0 and 60),
  attachment_ids bigint[] not null default '{}',
  asked_on date not null,
  asked_at timestamptz not null default clock_timestamp(),
  asked_by text not null check (asked_by <> ''),
  asked_name text not null check (asked_name <> ''),
  check (due_on > asked_on)
);
comment on table reviews is 'Beteiligung: what a department was asked about a site request or one of its candidates. Internal';
comment on column reviews.department_code is 'As it was when the department was asked; later answers and letters keep it';
comment on column reviews.silence is 'What it means when no statement has come by the due day';
comment on column reviews.attachment_ids is 'Files the department was given along';
create index on reviews (request_id);

create table review_events (
  id bigint generated always as identity primary key,
  review_id bigint not null references reviews (id),
  kind text not null check (kind in ('asked', 'taken_up', 'forwarded', 'answered', 'answered_again', 'reminded', 'escalated', 'extended',
    'withdrawn', 'closed', 'reopened', 'silence_applied')),
  day date not null,
  due_on date,
  note text check (length(note) between 1 and 4000),
  at timestamptz not null default clock_timestamp(),
  by_id text not null check (by_id <> ''),
  by_name text not null check (by_name <> ''),
  check (kind <> 'extended' or due_on is not null)
);
comment on table review_events is 'What happened to a review, by whom. by_id: an account, link:<id> (answered without one) or product (by itself)';
comment on column review_events.day is 'Day it holds for, in Germany; at is the moment it was recorded';
comment on column review_events.due_on is 'extended: the new due day; reminded, escalated, silence_applied: the due day they are about';
create index on review_events (review_id, id);
-- What the product does by itself happens once per due day, however many processes try.
create unique index on review_events (review_id, kind, due_on) where by_id = 'product';

create table review_statements (
  id bigint generated always as identity primary key,
  review_id bigint not null references reviews (id),
  opinion text not null check (opinion in ('agreed', 'agreed_with_conditions', 'concerns', 'not_responsible')),
  conditions text check (length(trim(conditions)) between 3 and 10000),
  remark text check (length(trim(remark)) between 1 and 10000),
  attachment_ids bigint[] not null default '{}',
  given_on date not null,
  is_late boolean not null,
  source text not null check (source in ('link', 'mail', 'phone', 'meeting', 'letter', 'silence')),
  given_by text not null check (length(trim(given_by)) between 1 and 300),
  at timestamptz not null default clock_timestamp(),
  recorded_by text not null check (recorded_by <> ''),
  recorded_name text not null check (recorded_name <> ''),
  check (opinion not in ('agreed_with_conditions', 'concerns') or conditions is not null)
);
comment on table review_statements is 'Stellungnahmen of departments; the newest of a review counts, earlier ones stay. Internal';
comment on column review_statements.conditions is 'Conditions or concerns in words';
comment on column review_statements.is_late is 'Given after the due day: accepted all the same';
create index on review_statements (review_id, id);

create table review_files (
  attachment_id bigint primary key references attachments (id),
  review_id bigint not null references reviews (id)
);
comment on table review_files is 'Files uploaded through a statement link: only these may be named in a statement by that link';
create index on review_files (review_id);

create table reply_letters (
  id bigint generated always as identity primary key,
  request_id text not null references facts (id),
  attachment_id bigint not null references attachments (id),
  subject text not null check (length(trim(subject)) between 1 and 300),
  body text not null check (length(trim(body)) between 1 and 100000),
  sent_to text,
  made_on date not null,
  made_at timestamptz not null default clock_timestamp(),
  made_by text not null check (made_by <> ''),
  made_name text not null check (made_name <> '')
);
comment on table reply_letters is 'Antwortschreiben to operators as they were made final. Internal';
comment on column reply_letters.sent_to is 'Address it was sent to by mail; null: downloaded to be sent another way';
create index on reply_letters (request_id);

create function protect_participation(table_name text) returns void language plpgsql as $$
begin
  execute format('create trigger refuse_rewriting before update or delete on %I for each row execute function refuse_rewriting()', table_name);
  execute format('create trigger refuse_truncate before truncate on %I for each statement execute function refuse_rewriting()', table_name);
end $$;
select protect_participation(t) from unnest(array['reviews', 'review_events', 'review_statements', 'review_files', 'reply_letters']) t;
drop function protect_participation(text);

-- Reviews as they were known at a moment. due_on: as last extended; due_set_on: the day it was set. status: withdrawn, answered (also by
-- silence), taken_up, asked. is_closed: no further correction by link.
create function reviews_known(known_at timestamptz) returns table (
  id bigint, request_id text, candidate_id text, department_id text, department_code text, department_name text, question text,
  due_on date, due_set_on date, extensions integer, silence text, asked_via text, remind_working_days integer, attachment_ids bigint[],
  asked_on date, asked_at timestamptz, asked_name text, status text, is_closed boolean, statement_id bigint, opinion text, conditions text,
  remark text, statement_attachment_ids bigint[], given_on date, is_late boolean, source text, given_by text, taken_up_at timestamptz,
  reminded_at timestamptz, escalated_at timestamptz, changed_at timestamptz
) language sql stable parallel safe as $$
  select r.id, r.request_id, r.candidate_id, r.department_id, r.department_code, r.department_name, r.question,
    coalesce(x.due_on, r.due_on), coalesce(x.day, r.asked_on), coalesce(x.count, 0)::integer, r.silence, r.asked_via, r.remind_working_days,
    r.attachment_ids, r.asked_on, r.asked_at, r.asked_name,
    case when e.over = 'withdrawn' then 'withdrawn' when s.id is not null then 'answered' when e.taken_up_at is not null then 'taken_up'
      else 'asked' end,
    coalesce(e.over in ('closed', 'withdrawn'), false), s.id, s.opinion, s.conditions, s.remark, s.attachment_ids, s.given_on, s.is_late,
    s.source, s.given_by, e.taken_up_at, e.reminded_at, e.escalated_at, greatest(r.asked_at, e.changed_at)
  from reviews r
  left join lateral (
    select min(v.at) filter (where v.kind = 'taken_up') as taken_up_at, max(v.at) filter (where v.kind = 'reminded') as reminded_at,
      max(v.at) filter (where v.kind = 'escalated') as escalated_at, max(v.at) as changed_at,
      (array_agg(v.kind order by v.id desc) filter (where v.kind in ('withdrawn', 'closed', 'reopened')))[1] as over
    from review_events v where v.review_id = r.id and v.at <= known_at) e on true
  left join lateral (
    select v.due_on, v.day, count(*) over () as count from review_events v
    where v.review_id = r.id and v.kind = 'extended' and v.at <= known_at order by v.id desc limit 1) x on true
  left join lateral (
    select t.* from review_statements t where t.review_id = r.id and t.at <= known_at order by t.id desc limit 1) s on true
  where r.asked_at <= known_at
$$;

-- Cases that wait for departments: how many, and since which day the first of them.
create function open_reviews(known_at timestamptz) returns table (request_id text, waiting integer, since date)
language sql stable parallel safe as $$
  select r.request_id, count(*)::integer, min(r.asked_on) from reviews_known(known_at) r
  where r.status in ('asked', 'taken_up') and not r.is_closed group by r.request_id
$$;
