import { randomBytes } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import type { Knex } from 'knex'
import type { Account, AccountAct, AccountEvent } from '../contract/account-administration.ts'
import type { Session } from '../contract/accounts.ts'
import type { Role } from '../contract/endpoint.ts'
import { longestPauseMinutes } from './rules.ts'

/** Somebody as an account event names them; the id is null before there is an account. */
export interface Person {
  id: string | null
  name: string
}

/** Stands in the history where no account acts. */
export const product: Person = { id: 'product', name: 'Ausbauatlas' }

/** An account together with the session it is used in. */
export interface SignedIn {
  id: string
  name: string
  username: string
  roles: Role[]
  signIn: 'password' | 'city'
  secondFactor: boolean
  sessionId: string
}

/** The account of a session that better-auth found valid: notes the use; null after too long a pause or when deactivated. */
export async function useSession(database: Knex, sessionId: string): Promise<SignedIn | null> {
  const { rows } = await database.raw<{ rows: SignedIn[] }>(
    `with used as (
       update sessions set last_used_at = now()
       where id = :sessionId and last_used_at between now() - make_interval(mins => :longestPauseMinutes) and now() - interval '1 minute'
     )
     select u.id, u.name, coalesce(u.username, u.email) as username, u.roles, u.second_factor as "secondFactor", s.id as "sessionId",
       case when u.username is null then 'city' else 'password' end as "signIn"
     from sessions s join users u on u.id = s.user_id
     where s.id = :sessionId and u.deactivated_at is null and s.expires_at > now()
       and s.last_used_at > now() - make_interval(mins => :longestPauseMinutes)`,
    { sessionId, longestPauseMinutes },
  )
  return rows[0] ?? null
}

export async function listOwnSessions(database: Knex, userId: string, current: string): Promise<Session[]> {
  const { rows } = await database.raw<{ rows: Session[] }>(
    `select id, id = :current as current, created_at as "createdAt", last_used_at as "lastUsedAt", expires_at as "expiresAt",
       nullif(user_agent, '') as "userAgent"
     from sessions
     where user_id = :userId and expires_at > now() and last_used_at > now() - make_interval(mins => :longestPauseMinutes)
     order by last_used_at desc`,
    { userId, current, longestPauseMinutes },
  )
  return rows
}

/** Returns how many were ended. */
export async function endSessions(database: Knex, where: { userId: string; only?: string; except?: string }): Promise<number> {
  const sessions = database('sessions').where('user_id', where.userId)
  if (where.only) sessions.where('id', where.only)
  if (where.except) sessions.whereNot('id', where.except)
  return sessions.delete()
}

/** Removes what has expired; to be called now and then. */
export async function forgetExpired(database: Knex): Promise<void> {
  await database.raw(
    `with gone_sessions as (delete from sessions where expires_at < now()),
       gone_verifications as (delete from verifications where expires_at < now()),
       gone_attempts as (delete from sign_in_attempts where last_at < now() - interval '1 day')
     delete from invitations where expires_at < now() - interval '30 days'`,
  )
}

export async function listAllAccounts(database: Knex): Promise<Account[]> {
  const { rows } = await database.raw<{ rows: Account[] }>(
    `select u.id, u.name, coalesce(u.username, u.email) as username, u.roles, u.second_factor as "secondFactor",
       case when u.username is null then 'city' else 'password' end as "signIn",
       u.deactivated_at is null as active, u.created_at as "createdAt", max(s.last_used_at) as "lastUsedAt"
     from users u left join sessions s on s.user_id = u.id and s.expires_at > now()
     group by u.id order by u.deactivated_at is not null, u.name collate "de-x-icu", u.id`,
  )
  return rows
}

export interface AccountRow {
  id: string
  name: string
  /** null: signs in by the city's service. */
  username: string | null
}

export async function findAccount(trx: Knex.Transaction, id: string): Promise<AccountRow | undefined> {
  return trx('users').where({ id }).first('id', 'name', 'username')
}

export async function countAdmins(database: Knex): Promise<number> {
  const { rows } = await database.raw<{ rows: [{ count: number }] }>(
    `select count(*) from users where 'admin' = any (roles) and deactivated_at is null`,
  )
  return rows[0].count
}

export async function updateAccount(
  trx: Knex.Transaction,
  id: string,
  values: { roles?: Role[]; deactivated_at?: Knex.Raw | null },
): Promise<void> {
  await trx('users')
    .where({ id })
    .update({ ...values, updated_at: trx.fn.now() })
}

/** Makes an account that signs in by username and password; rejects with 23505 when the username is taken. */
export async function insertAccount(
  trx: Knex.Transaction,
  account: { username: string; name: string; roles: Role[]; passwordHash: string },
): Promise<string> {
  const { username, name, roles, passwordHash } = account
  const [user] = await trx('users').insert({ username, email: username, name, roles }).returning<{ id: string }[]>('id')
  const id = (user as { id: string }).id
  await trx('credentials').insert({ user_id: id, provider_id: 'credential', subject: id, password: passwordHash })
  return id
}

/** Voids password, second factor and sessions. The password becomes one nobody knows: checking it takes as long as any other. */
export async function voidAccess(trx: Knex.Transaction, userId: string): Promise<void> {
  const nobodyKnows = await hashPassword(randomBytes(32).toString('base64url'))
  await replacePassword(trx, userId, nobodyKnows)
  await trx('two_factors').where({ user_id: userId }).delete()
  await trx('users').where({ id: userId }).update({ second_factor: false, updated_at: trx.fn.now() })
  await endSessions(trx, { userId })
}

export async function replacePassword(trx: Knex.Transaction, userId: string, passwordHash: string): Promise<void> {
  await trx('credentials')
    .where({ user_id: userId, provider_id: 'credential' })
    .update({ password: passwordHash, updated_at: trx.fn.now() })
}

/** False when the code signed in a moment ago: it would still be right, but works once. */
export async function noteCode(database: Knex, userId: string, code: string): Promise<boolean> {
  const { rowCount } = await database.raw<{ rowCount: number }>(
    `update two_factors set last_code = :code, last_code_at = now()
     where user_id = :userId and (last_code is distinct from :code or last_code_at < now() - interval '3 minutes')`,
    { userId, code },
  )
  return rowCount > 0
}

export async function recordEvent(
  database: Knex,
  event: { act: AccountAct; actor: Person; subject: Person; roles?: readonly Role[] },
): Promise<void> {
  await database('account_events').insert({
    act: event.act,
    actor: event.actor.id,
    actor_name: event.actor.name,
    subject: event.subject.id,
    subject_name: event.subject.name,
    roles: event.roles ?? null,
  })
}

/** The hundred latest events before the one with id `before`. */
export async function listEvents(database: Knex, before?: number): Promise<AccountEvent[]> {
  const events = database('account_events')
    .select('id', 'happened_at as happenedAt', 'act', 'actor_name as actorName', 'subject_name as subjectName', 'roles')
    .orderBy('id', 'desc')
    .limit(100)
  return before === undefined ? events : events.where('id', '<', before)
}
