import type { Knex } from 'knex'
import type { Mail, MailDetail, MailGroup, MailState, MailStatus } from '../contract/mail.ts'
import { findAttachments } from '../database/attachments.ts'
import { addEvent, type MailEvent } from './claims.ts'
import { isCopyable } from './rules.ts'

const groups: Record<MailGroup, readonly MailStatus[]> = {
  decision: ['failed', 'uncertain'],
  waiting: ['waiting', 'sending'],
  done: ['sent', 'copied'],
}

/** What waits without a mail server waits for a person. */
function statusesIn(group: MailGroup, hasServer: boolean): readonly MailStatus[] {
  if (hasServer) return groups[group]
  return { ...groups, decision: [...groups.decision, 'waiting' as const], waiting: ['sending' as const] }[group]
}

/** Mails of a group: done ones newest first, others oldest first. */
export async function findMails(
  database: Knex,
  hasServer: boolean,
  { group, about, after }: { group: MailGroup; about?: string | undefined; after?: number | undefined },
  limit: number,
): Promise<Mail[]> {
  const [order, beyond] = group === 'done' ? (['desc', '<'] as const) : (['asc', '>'] as const)
  const query = selectMails(database).whereIn('status', statusesIn(group, hasServer)).orderBy('id', order).limit(limit)
  if (about !== undefined) query.where({ about })
  if (after !== undefined) query.where('id', beyond, after)
  return query
}

function selectMails(database: Knex) {
  return database('mails').select({
    id: 'id',
    to: 'recipient',
    subject: 'subject',
    about: 'about',
    status: 'status',
    statusSince: 'status_since',
    queuedAt: 'queued_at',
    attempts: 'attempts',
    nextAttemptAt: database.raw("case when status = 'waiting' then next_attempt_at end"),
    answer: 'answer',
  })
}

/** A mail with its text; `addressOf` is asked for its link only while somebody may send it by hand. */
export async function findMail(
  database: Knex,
  hasServer: boolean,
  addressOf: (linkId: number) => Promise<string | null>,
  id: number,
): Promise<MailDetail | undefined> {
  const mail = await selectMails(database)
    .select({ text: 'body', linkId: 'link_id', attachmentIds: 'attachment_ids' })
    .where({ id })
    .first<(Mail & { text: string; linkId: number | null; attachmentIds: number[] }) | undefined>()
  if (!mail) return undefined
  const { text, linkId, attachmentIds, ...shown } = mail
  const copyable = isCopyable(mail, hasServer)
  const link = linkId === null ? '' : copyable ? ((await addressOf(linkId)) ?? voidLink) : hiddenLink
  const files = await findAttachments(database, attachmentIds)
  return {
    ...shown,
    text: text.replaceAll('{{link}}', () => link),
    isCopyable: copyable,
    attachments: files.map(({ id: fileId, name, bytes }) => ({ id: fileId, name, bytes })),
    events: await findEvents(database, id),
  }
}

const hiddenLink = '[Hier steht der Link. Er ist nur in der Mail selbst zu lesen.]'
const voidLink = '[Der Link gilt nicht mehr.]'

async function findEvents(database: Knex, mailId: number): Promise<MailDetail['events']> {
  return database('mail_events')
    .where('mail_id', mailId)
    .orderBy('id', 'desc')
    .select({ id: 'id', at: 'happened_at', act: 'act', actorName: 'actor_name', detail: 'detail' })
}

/** How sending stands, from what was written down: so any process can say it. */
export async function findMailState(database: Knex, hasServer: boolean): Promise<Omit<MailState, 'server'>> {
  const newest = (...acts: MailEvent['act'][]) =>
    database('mail_events')
      .whereIn('act', acts)
      .orderBy('id', 'desc')
      .first<{ at: string; answer: string | null } | undefined>({ at: 'happened_at', answer: 'detail' })
  const [lastSuccess, lastFailure, counted, held] = await Promise.all([
    newest('sent'),
    newest('deferred', 'refused', 'lost'),
    database.raw<{ rows: { status: MailStatus; count: number }[] }>('select status, count(*) from mails group by status'),
    database('mails')
      .where({ status: 'waiting', is_held: true })
      .min({ until: 'next_attempt_at' })
      .first<{ until: string | null }>(),
  ])
  const count = (group: MailGroup) =>
    counted.rows.filter(({ status }) => statusesIn(group, hasServer).includes(status)).reduce((sum, row) => sum + row.count, 0)
  return {
    lastSuccess: lastSuccess ?? null,
    lastFailure: lastFailure ?? null,
    heldUntil: held.until,
    counts: { decision: count('decision'), waiting: count('waiting'), done: count('done') },
  }
}

/** What a person decides about a mail. */
export interface Decision extends MailEvent {
  /** It is decided on only in one of these. */
  from: readonly MailStatus[]
  to: MailStatus
  /** The corrected address. */
  recipient?: string | undefined
}

/** Writes a decision down; false: the mail is in another state by now. */
export async function decide(database: Knex, id: number, decision: Decision): Promise<boolean> {
  const { from, to, recipient, act, by, detail } = decision
  return database.transaction(async (trx) => {
    const isQueued = to === 'waiting'
    const changed = await trx('mails')
      .where({ id })
      .whereIn('status', from)
      .update({
        ...{ status: to, claim: null, is_held: false },
        ...(isQueued && { attempts: 0, next_attempt_at: trx.raw('clock_timestamp()') }),
        ...(recipient !== undefined && { recipient }),
      })
    if (changed > 0) await addEvent(trx, id, { act, by, detail: detail ?? null })
    return changed > 0
  })
}
