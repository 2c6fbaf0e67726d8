import type { Knex } from 'knex'
import type { ReplyLetter } from '../contract/participation.ts'
import { findAttachments } from '../database/attachments.ts'
import type { Actor } from './writing.ts'

/** Replies made final for a case, newest first. */
export async function findLetters(database: Knex, requestId: string): Promise<ReplyLetter[]> {
  const rows = await database('reply_letters').where({ request_id: requestId }).orderBy('id', 'desc').select({
    id: 'id',
    subject: 'subject',
    attachmentId: 'attachment_id',
    sentTo: 'sent_to',
    madeOn: 'made_on',
    madeBy: 'made_name',
  })
  const attachments = await findAttachments(
    database,
    rows.map(({ attachmentId }) => attachmentId),
  )
  return rows.flatMap(({ attachmentId, ...letter }) => {
    const attachment = attachments.find(({ id }) => id === attachmentId)
    return attachment ? [{ ...letter, attachment }] : []
  })
}

export async function insertLetter(
  trx: Knex.Transaction,
  letter: { requestId: string; attachmentId: number; subject: string; body: string; sentTo: string | null; madeOn: string },
  by: Actor,
): Promise<number> {
  const [row] = await trx('reply_letters')
    .insert({
      request_id: letter.requestId,
      attachment_id: letter.attachmentId,
      subject: letter.subject,
      body: letter.body,
      sent_to: letter.sentTo,
      made_on: letter.madeOn,
      made_by: by.id,
      made_name: by.name,
    })
    .returning<{ id: number }[]>('id')
  return (row as { id: number }).id
}
