-- A code of an authenticator app signs in once, though it is right for a minute and a half (RFC 6238, 5.2).

alter table two_factors add column last_code text, add column last_code_at timestamptz;
comment on column two_factors.last_code is 'The code that signed in last; refused while it could still be right';
