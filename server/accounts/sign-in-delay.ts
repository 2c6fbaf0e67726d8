import type { Knex } from 'knex'
import { Problem } from '../http/problem.ts'
import { signInDelayMs } from './rules.ts'

/**
 * Runs `check` unless too many attempts for this name went wrong lately (429). An attempt counts as failed until `check` has
 * resolved, so that attempts at the same time cannot outrun the count. Names are counted whether or not they exist.
 */
export async function withSignInDelay<Result>(database: Knex, username: string, check: () => Promise<Result>): Promise<Result> {
  const name = username.trim().toLowerCase()
  await countFailure(database, name)
  const result = await check()
  await database.raw(`delete from sign_in_attempts where username_digest = sha256(convert_to(?, 'UTF8'))`, [name])
  return result
}

async function countFailure(database: Knex, name: string): Promise<void> {
  await database.transaction(async (trx) => {
    const attempt = await lockAttempt(trx, name)
    if (attempt.blockedForMs > 0) throw tooManyAttempts(attempt.blockedForMs)
    const failures = attempt.failures + 1
    await trx.raw(
      `update sign_in_attempts
       set failures = :failures, last_at = now(), blocked_until = now() + make_interval(secs => :delayMs / 1000.0)
       where username_digest = sha256(convert_to(:name, 'UTF8'))`,
      { name, failures, delayMs: signInDelayMs(failures) },
    )
  })
}

/** Failures of a day ago are forgotten. */
async function lockAttempt(trx: Knex.Transaction, name: string): Promise<{ failures: number; blockedForMs: number }> {
  const { rows } = await trx.raw<{ rows: { failures: number; blockedForMs: number }[] }>(
    `insert into sign_in_attempts as a (username_digest, failures, last_at, blocked_until)
     values (sha256(convert_to(:name, 'UTF8')), 0, now(), now())
     on conflict (username_digest) do update
       set failures = case when a.last_at < now() - interval '1 day' then 0 else a.failures end
     returning failures, extract(epoch from blocked_until - now()) * 1000 as "blockedForMs"`,
    { name },
  )
  return rows[0] as { failures: number; blockedForMs: number }
}

export function tooManyAttempts(waitMs: number): Problem {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000))
  const minutes = Math.ceil(seconds / 60)
  const wait = minutes === 1 ? 'eine Minute' : `${minutes} Minuten`
  return new Problem(429, `Zu viele Versuche. Bitte warten Sie ${wait} und versuchen Sie es dann erneut.`, {
    headers: { 'Retry-After': String(seconds) },
  })
}
