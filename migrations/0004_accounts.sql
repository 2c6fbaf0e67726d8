-- Accounts of staff: who may sign in, how, and with which roles; and what was done to accounts by whom.
-- users, sessions, credentials, verifications and two_factors are read and written by better-auth (server/accounts/authentication.ts maps
-- its names to these); it checks at the start that it finds all its columns.

create function are_roles(roles text[]) returns boolean language sql immutable parallel safe as $$
  select roles <@ '{viewer,departmentReviewer,mobileCoordinator,gigabitCoordinator,admin}'::text[] and array_position(roles, null) is null
$$;
comment on function are_roles is 'Whether all are roles of server/contract/endpoint.ts';

create table users (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(trim(name)) between 1 and 100),
  username text unique check (username ~ '^[a-z0-9][a-z0-9._-]{2,39}$'),
  email text not null unique,
  email_verified boolean not null default false,
  image text check (image is null),
  roles text[] not null default '{viewer}' check (are_roles(roles)),
  second_factor boolean not null default false,
  deactivated_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table users is 'Accounts of staff. Never deleted, as the history names them; deactivated instead';
comment on column users.username is 'Null for accounts that come by the city''s sign-in service';
comment on column users.email is 'Given by the city''s sign-in service; otherwise the username, since better-auth wants a unique value here';
comment on column users.roles is 'better-auth does not know this column: no profile of a sign-in service can ever set it';
comment on column users.second_factor is 'A code of an authenticator app is asked for at sign-in';

create table sessions (
  id uuid primary key default gen_random_uuid(),
  token text not null unique,
  user_id uuid not null references users (id) on delete cascade,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  ip_address text check (ip_address is null),
  user_agent text
);
create index on sessions (user_id);
comment on column sessions.token is 'Worth nothing without the signature that the cookie carries and the database does not';
comment on column sessions.ip_address is 'Never kept';

create table credentials (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  provider_id text not null,
  subject text not null,
  password text,
  access_token text check (access_token is null),
  refresh_token text check (refresh_token is null),
  id_token text check (id_token is null),
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, subject)
);
create index on credentials (user_id);
comment on table credentials is 'How an account signs in: provider "credential" with a password (scrypt), or "city" with the subject of the sign-in service';
comment on column credentials.access_token is 'Tokens of the sign-in service are not needed after sign-in and never kept';

create table verifications (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on verifications (identifier);
comment on table verifications is 'Sign-ins under way: waiting for the second factor or for the city''s sign-in service';

create table two_factors (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null unique references users (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default false,
  failed_verification_count integer not null default 0,
  locked_until timestamptz
);
comment on table two_factors is 'Secrets of authenticator apps, encrypted with the secret of the product';

create table sign_in_attempts (
  username_digest bytea primary key,
  failures integer not null,
  last_at timestamptz not null,
  blocked_until timestamptz not null
);
comment on table sign_in_attempts is 'Failures since the last success per name that was typed in, whether or not it exists';
comment on column sign_in_attempts.username_digest is 'SHA-256: people type passwords into the wrong field';

create table invitations (
  id bigint generated always as identity primary key,
  token_digest bytea not null unique,
  kind text not null check (kind in ('first_admin', 'account', 'reset')),
  user_id uuid references users (id) on delete cascade,
  name text,
  roles text[] not null check (are_roles(roles)),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  check ((kind = 'reset') = (user_id is not null)),
  check ((kind = 'first_admin') = (name is null))
);
create index on invitations (user_id);
comment on table invitations is 'One-time links: to make an account, or (reset) to set a new password of an existing one';
comment on column invitations.token_digest is 'SHA-256 of the part of the link after #';

create table account_events (
  id bigint generated always as identity primary key,
  happened_at timestamptz not null default clock_timestamp(),
  act text not null,
  actor text not null check (actor <> ''),
  actor_name text not null check (actor_name <> ''),
  subject text,
  subject_name text not null,
  roles text[]
);
comment on table account_events is 'Who did what to whose account, and when. Append-only';
comment on column account_events.actor is 'Id of the account, or "product"';
comment on column account_events.subject is 'Id of the account; null before it exists';
comment on column account_events.roles is 'The roles given, for acts that give roles';
create index on account_events (subject);
create trigger refuse_rewriting before update or delete on account_events for each row execute function refuse_rewriting();
create trigger refuse_truncate before truncate on account_events for each statement execute function refuse_rewriting();
