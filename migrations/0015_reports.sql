-- Proofs to the funding bodies: deadlines as data, a folder of evidence, and what was submitted. Nothing is deleted, only withdrawn;
-- recorded_at and withdrawn_at are the known time, so a package can be made again as it was.

create table proof_deadlines (
  id bigint generated always as identity primary key,
  programme_id text references facts (id),
  proof text not null check (proof in ('interim', 'final')),
  months integer check (months between 1 and 120),
  legal_note text not null check (length(trim(legal_note)) between 3 and 1000),
  valid_from date,
  valid_until date,
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by text not null,
  recorded_name text not null,
  withdrawn_at timestamptz,
  withdrawn_name text,
  withdrawn_reason text check (length(trim(withdrawn_reason)) >= 3),
  check ((proof = 'final') = (months is not null)),
  check (valid_from <= valid_until),
  check ((withdrawn_at is null) = (withdrawn_reason is null))
);
comment on table proof_deadlines is 'Deadlines of proofs. interim: once per budget year; final: months after the completion notice';
comment on column proof_deadlines.programme_id is 'null: every funded programme';
comment on column proof_deadlines.valid_from is 'The rule holds for completion notices (interim: budget years) from this day on';

-- What is publicly known; the grant notice of the programme decides. Both rules for the final proof stand until one is withdrawn.
insert into proof_deadlines (proof, months, legal_note, recorded_by, recorded_name) values
  ('interim', null, 'Zwischennachweis nach jedem Bauabschnitt, mindestens einmal je Haushaltsjahr (Auskunft des Bundes 2016, gigabit.nrw.de, FAQ Verwendungsnachweis). Maßgeblich ist der Zuwendungsbescheid.', 'product', 'Ausbauatlas (mitgeliefert)'),
  ('final', 6, 'Verwendungsnachweis innerhalb von sechs Monaten nach der Fertigstellungsanzeige (Weiße-Flecken-Programm; Rödl & Partner 2022). Maßgeblich ist der Zuwendungsbescheid.', 'product', 'Ausbauatlas (mitgeliefert)'),
  ('final', 12, 'Verwendungsnachweis innerhalb eines Jahres (ANBest-Gk; ältere Auskunft, gigabit.nrw.de, FAQ Verwendungsnachweis). Maßgeblich ist der Zuwendungsbescheid.', 'product', 'Ausbauatlas (mitgeliefert)');

create table evidence_files (
  id bigint generated always as identity primary key,
  programme_id text not null references facts (id),
  kind text not null,
  name text not null check (length(name) between 1 and 200),
  media_type text not null,
  bytes bigint not null check (bytes > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  proves text not null check (length(trim(proves)) between 3 and 1000),
  dated imprecise_date not null,
  uploaded_at timestamptz not null default clock_timestamp(),
  uploaded_by text not null,
  uploaded_name text not null,
  withdrawn_at timestamptz,
  withdrawn_name text,
  withdrawn_reason text check (length(trim(withdrawn_reason)) >= 3),
  check ((withdrawn_at is null) = (withdrawn_reason is null))
);
comment on table evidence_files is 'Folder of evidence: what a file proves, and of which date';
create unique index on evidence_files (programme_id, sha256) where withdrawn_at is null;

create table evidence_parts (
  file_id bigint not null references evidence_files (id),
  position integer not null,
  content bytea not null,
  primary key (file_id, position)
);
comment on table evidence_parts is 'Content of the files in parts, so that no statement carries a whole file';

create table proof_submissions (
  id bigint generated always as identity primary key,
  programme_id text not null references facts (id),
  proof text not null check (proof in ('interim', 'final')),
  budget_year integer check (budget_year between 2000 and 2199),
  submitted_on date not null,
  note text,
  as_of date,
  known_at timestamptz,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  recorded_at timestamptz not null default clock_timestamp(),
  recorded_by text not null,
  recorded_name text not null,
  check ((proof = 'interim') = (budget_year is not null)),
  check ((as_of is null) = (known_at is null) and (known_at is null) = (sha256 is null))
);
comment on table proof_submissions is 'Proofs handed in; sha256 of the package where it was made here, so that the same one can be made again';

-- The content of these is fixed; only the end of a deadline or file may be written, once.
create function protect_proof() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(old) ? 'withdrawn_at' and to_jsonb(old) -> 'withdrawn_at' = 'null'
     and to_jsonb(new) - array['withdrawn_at', 'withdrawn_name', 'withdrawn_reason']
       = to_jsonb(old) - array['withdrawn_at', 'withdrawn_name', 'withdrawn_reason'] then
    new.withdrawn_at := clock_timestamp();
    return new;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger protect_proof before update or delete on proof_deadlines for each row execute function protect_proof();
create trigger protect_proof before update or delete on evidence_files for each row execute function protect_proof();
create trigger protect_proof before update or delete on evidence_parts for each row execute function protect_proof();
create trigger protect_proof before update or delete on proof_submissions for each row execute function protect_proof();
