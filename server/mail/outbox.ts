import type { Knex } from 'knex'

/** A mail to be sent. */
export interface NewMail {
  /** Names the occasion, e.g. `reminder:q:2026-1:fb-63:2026-11-30`: the same mail is never queued twice. */
  key: string
  /** One address, without a name. */
  to: string
  /** One line, at most 300 characters. */
  subject: string
  /** Plain text. `{{link}}` stands for the address of `linkId`, and must occur if and only if there is one. */
  text: string
  /** What it concerns, e.g. the id of a site request. */
  about: string
  linkId?: number
  /** Ids of kept attachments (server/database/attachments.ts). */
  attachmentIds?: readonly number[]
}

/**
 * Puts a mail into the outbox inside the caller's transaction: it leaves when that commits, or never. Returns its id; for a key that was
 * queued before that of the earlier mail, which stays as it is.
 */
export async function queueMail(trx: Knex.Transaction, mail: NewMail): Promise<number> {
  const { key, to, subject, text, about, linkId = null, attachmentIds = [] } = mail
  const [queued] = await trx('mails')
    .insert({ key, recipient: to, subject: oneLine(subject), body: text, about, link_id: linkId, attachment_ids: attachmentIds })
    .onConflict('key')
    .ignore()
    .returning<{ id: number }[]>('id')
  const { id } = queued ?? (await trx('mails').where('key', key).first<{ id: number }>('id'))
  return id
}

/** A subject may quote what people typed. */
function oneLine(subject: string): string {
  return subject.replaceAll(/\s+/g, ' ').trim().slice(0, 300)
}
