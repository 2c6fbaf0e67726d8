import type { Knex } from 'knex'

/** A file beside a record: a letter, a plan, a statement's appendix, a reply. Internal. */
export interface Attachment {
  id: number
  name: string
  mediaType: string
  bytes: number
  sha256: string
  /** ISO moment. */
  keptAt: string
  keptBy: string
}

const columns = { id: 'id', name: 'name', mediaType: 'media_type', bytes: 'bytes', sha256: 'sha256', keptBy: 'kept_name' }
const partBytes = 2 ** 20

/** Keeps a file that was judged by its content; nobody can change it afterwards. Returns its id. */
export async function keepAttachment(
  trx: Knex.Transaction,
  file: { name: string; mediaType: string; sha256: string; content: Buffer },
  by: { id: string; name: string },
): Promise<number> {
  const [row] = await trx('attachments')
    .insert({
      name: file.name,
      media_type: file.mediaType,
      bytes: file.content.length,
      sha256: file.sha256,
      kept_by: by.id,
      kept_name: by.name,
    })
    .returning<{ id: number }[]>('id')
  if (!row) throw new Error('an attachment was not kept')
  for (let position = 0; position * partBytes < file.content.length; position += 1) {
    const part = file.content.subarray(position * partBytes, (position + 1) * partBytes)
    await trx('attachment_parts').insert({ attachment_id: row.id, position, content: part })
  }
  return row.id
}

/** The files with these ids, in their order. Vouchers are none of them: they are read where expenses are read, nowhere else. */
export async function findAttachments(database: Knex, ids: readonly number[]): Promise<Attachment[]> {
  const query = database('attachments').select({ ...columns, keptAt: database.raw('iso_moment(kept_at)') })
  return query.whereIn('id', ids).whereNotIn('id', database('vouchers').select('attachment_id')).orderBy('id')
}

/** The content of a file, part by part; for `Readable.from`. */
export async function* readAttachment(database: Knex, id: number): AsyncGenerator<Buffer> {
  for (let position = 0; ; position += 1) {
    const part = await database('attachment_parts')
      .where({ attachment_id: id, position })
      .first<{ content: Buffer } | undefined>('content')
    if (!part) return
    yield part.content
  }
}
