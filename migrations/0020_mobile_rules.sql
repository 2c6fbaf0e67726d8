-- What the mobile desk works by, kept as facts: departments, deadlines, building law, white and grey spots, texts (server/contract/facts).
-- A rule has one fact per period of validity. `as_of` and `known_at` say which statements are read; which period holds for a case follows
-- from valid_from and valid_until (server/contract/validity.ts). Nothing public reads these tables: departments name people.

create table departments (
  like statement_columns including all,
  slug text not null,
  code text not null,
  name text not null,
  email text,
  deputy_name text,
  deputy_email text,
  escalation_name text,
  escalation_email text,
  question text,
  silence text not null check (silence in ('counts_as_agreed', 'counts_as_not_responsible', 'stays_open')),
  active boolean not null,
  position integer not null default 100
);
comment on table departments is 'Fachbereiche that are asked about sites; internal';
comment on column departments.email is 'null: not known, so the department cannot be asked by mail';
comment on column departments.silence is 'What it means when there is no answer by the deadline';
select make_fact_table('departments', 'department');

create table deadline_rules (
  like statement_columns including all,
  slug text not null,
  period text not null,
  name text not null,
  amount integer not null check (amount between 1 and 1000),
  unit text not null check (unit in ('days', 'weeks', 'working_days')),
  rolls_forward boolean not null,
  warning_days integer not null check (warning_days between 0 and 60),
  valid_from imprecise_date,
  valid_until imprecise_date,
  legal_note text
);
comment on table deadline_rules is 'How long the deadlines of a site request are, counted from the day after receipt';
comment on column deadline_rules.period is 'Tells the periods of validity of one deadline (slug) apart';
comment on column deadline_rules.rolls_forward is 'An end on a Saturday, Sunday or holiday moves to the next working day';
comment on column deadline_rules.warning_days is 'So many working days before the end the light turns yellow';
comment on column deadline_rules.valid_from is 'null: as far back as is known; "by …": since then at the latest';
comment on column deadline_rules.valid_until is 'Last day; null: until further notice';
select make_fact_table('deadline_rules', 'deadline_rule');

create table building_law_rules (
  like statement_columns including all,
  slug text not null,
  area text not null check (area in ('inside', 'outside')),
  mast_kind text not null check (mast_kind in ('free_standing', 'on_building', 'any')),
  max_height_m numeric(5, 2) check (max_height_m between 0 and 200),
  condition text,
  valid_from imprecise_date,
  valid_until imprecise_date,
  legal_note text
);
comment on table building_law_rules is 'Up to which height a mast needs no permit: the ground of suggestions, never of decisions';
comment on column building_law_rules.max_height_m is 'null: no limit of height';
select make_fact_table('building_law_rules', 'building_law_rule');

create table spot_rules (
  like statement_columns including all,
  slug text not null check (slug in ('white', 'grey')),
  period text not null,
  label text not null,
  fewest_operators integer not null check (fewest_operators between 0 and 10),
  most_operators integer not null check (most_operators between fewest_operators and 10),
  valid_from imprecise_date,
  valid_until imprecise_date,
  legal_note text
);
comment on table spot_rules is 'How many operators with 4G or 5G make a place a white or a grey spot';
select make_fact_table('spot_rules', 'spot_rule');

create table text_modules (
  like statement_columns including all,
  slug text not null,
  title text not null,
  text text not null,
  opinion text check (opinion in ('agreed', 'agreed_with_conditions', 'concerns', 'not_responsible')),
  department_slug text
);
comment on table text_modules is 'Sentences offered to whoever writes a statement';
comment on column text_modules.opinion is 'null: offered for every opinion';
comment on column text_modules.department_slug is 'null: offered to every department';
select make_fact_table('text_modules', 'text_module');

create table letter_templates (
  like statement_columns including all,
  slug text not null,
  name text not null,
  subject text not null,
  body text not null
);
comment on table letter_templates is 'Letters in Markdown with placeholders (server/contract/letter-placeholders.ts)';
select make_fact_table('letter_templates', 'letter_template');

create function departments_at(as_of date, known_at timestamptz) returns setof departments language sql stable parallel safe as $$
  select distinct on (f.id) f.* from departments f
  where not f.retracted and f.known_from <= known_at and f.known_to > known_at and f.holds_from <= as_of
  order by f.id, f.holds_from desc, f.known_from desc, f.version desc
$$;

create function deadline_rules_at(as_of date, known_at timestamptz) returns setof deadline_rules language sql stable parallel safe as $$
  select distinct on (f.id) f.* from deadline_rules f
  where not f.retracted and f.known_from <= known_at and f.known_to > known_at and f.holds_from <= as_of
  order by f.id, f.holds_from desc, f.known_from desc, f.version desc
$$;

create function building_law_rules_at(as_of date, known_at timestamptz) returns setof building_law_rules language sql stable parallel safe as $$
  select distinct on (f.id) f.* from building_law_rules f
  where not f.retracted and f.known_from <= known_at and f.known_to > known_at and f.holds_from <= as_of
  order by f.id, f.holds_from desc, f.known_from desc, f.version desc
$$;

create function spot_rules_at(as_of date, known_at timestamptz) returns setof spot_rules language sql stable parallel safe as $$
  select distinct on (f.id) f.* from spot_rules f
  where not f.retracted and f.known_from <= known_at and f.known_to > known_at and f.holds_from <= as_of
  order by f.id, f.holds_from desc, f.known_from desc, f.version desc
$$;

create function text_modules_at(as_of date, known_at timestamptz) returns setof text_modules language sql stable parallel safe as $$
  select distinct on (f.id) f.* from text_modules f
  where not f.retracted and f.known_from <= known_at and f.known_to > known_at and f.holds_from <= as_of
  order by f.id, f.holds_from desc, f.known_from desc, f.version desc
$$;

create function letter_templates_at(as_of date, known_at timestamptz) returns setof letter_templates language sql stable parallel safe as $$
  select distinct on (f.id) f.* from letter_templates f
  where not f.retracted and f.known_from <= known_at and f.known_to > known_at and f.holds_from <= as_of
  order by f.id, f.holds_from desc, f.known_from desc, f.version desc
$$;
