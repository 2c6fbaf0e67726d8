import type { Knex } from 'knex'
import { mostDeferrals, type Outcome } from './rules.ts'

/** A mail that this process has begun to send. */
export interface ClaimedMail {
  id: number
  to: string
  subject: string
  text: string
  linkId: number | null
  attachmentIds: number[]
  /** Left of the @ in Message-ID. */
  messageId: string
  /** This one included. */
  attempts: number
  claim: string
}

/**
 * Takes the mail that has been due longest and marks it 'sending', committed before anything is handed over: whatever happens then, it is
 * never taken to be unsent.
 */
export async function claimMail(database: Knex): Promise<ClaimedMail | undefined> {
  const { rows } = await database.raw<{ rows: ClaimedMail[] }>(
    `update mails set status = 'sending', attempts = attempts + 1, claim = gen_random_uuid()
     where id = (select m.id from mails m where m.status = 'waiting' and m.next_attempt_at <= clock_timestamp()
                 order by m.next_attempt_at, m.id limit 1 for update skip locked)
     returning id, recipient as "to", subject, body as text, link_id as "linkId", attachment_ids as "attachmentIds",
       message_id as "messageId", attempts, claim`,
  )
  return rows[0]
}

const acts = { sent: 'sent', refused: 'refused', deferred: 'deferred', unreachable: 'deferred', lost: 'lost' } as const
const states = { sent: 'sent', refused: 'failed', deferred: 'waiting', unreachable: 'waiting', lost: 'uncertain' } as const

/**
 * Writes down how an attempt ended; `pauseSeconds` is the time to the next one. What the server said counts also when the mail has been
 * called uncertain meanwhile; once a person has decided, nothing is changed. An unreachable server holds all that wait; one that answers
 * lets them go.
 */
export async function settleMail(database: Knex, mail: ClaimedMail, outcome: Outcome, pauseSeconds: number): Promise<void> {
  const isGivenUp = outcome.kind === 'deferred' && mail.attempts >= mostDeferrals
  const { kind, answer }: Outcome = isGivenUp ? { ...outcome, kind: 'refused' } : outcome
  const isHeld = kind === 'unreachable'
  await database.transaction(async (trx) => {
    const next = trx.raw('clock_timestamp() + make_interval(secs => ?)', [pauseSeconds])
    const settled = await trx('mails')
      .where({ id: mail.id, claim: mail.claim })
      .whereIn('status', ['sending', 'uncertain'])
      .update({
        ...{ status: states[kind], answer, claim: null, is_held: isHeld },
        ...(states[kind] === 'waiting' && { next_attempt_at: next }),
      })
    if (settled > 0) await addEvent(trx, mail.id, { act: acts[kind], by: product, detail: answer })
    const others = trx('mails').where('status', 'waiting').whereNot('id', mail.id)
    if (isHeld) await others.where('next_attempt_at', '<', next).update({ is_held: true, next_attempt_at: next })
    else await others.where('is_held', true).update({ is_held: false, next_attempt_at: trx.raw('clock_timestamp()') })
  })
}

/** Mails whose sender has gone: nobody knows whether the server took them. Returns how many. */
export async function settleInterrupted(database: Knex): Promise<number> {
  const detail = 'Das Programm endete, bevor die Antwort des Mailservers festgehalten war.'
  return database.transaction(async (trx) => {
    const lost = await trx('mails')
      .where('status', 'sending')
      .update({ status: 'uncertain', answer: detail })
      .returning<{ id: number }[]>('id')
    for (const { id } of lost) await addEvent(trx, id, { act: 'lost', by: product, detail })
    return lost.length
  })
}

/** Milliseconds until the next mail is due, 0 if one is; null: none waits. */
export async function untilNextMail(database: Knex): Promise<number | null> {
  const { rows } = await database.raw<{ rows: [{ ms: number | null }] }>(
    `select greatest(0, extract(epoch from min(next_attempt_at) - clock_timestamp()) * 1000) as ms from mails where status = 'waiting'`,
  )
  return rows[0].ms
}

const product = { id: 'product', name: 'Ausbauatlas' }

export interface MailEvent {
  act: 'sent' | 'deferred' | 'refused' | 'lost' | 'arrived' | 'sent_again' | 'copied' | 'corrected'
  by: { id: string; name: string }
  detail?: string | null
}

export async function addEvent(trx: Knex.Transaction, mailId: number, { act, by, detail = null }: MailEvent): Promise<void> {
  await trx('mail_events').insert({ mail_id: mailId, act, actor: by.id, actor_name: by.name, detail })
}
