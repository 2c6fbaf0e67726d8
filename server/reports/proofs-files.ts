import type { Knex } from 'knex'

const partBytes = 2 ** 20

/** Keeps the content of a file in parts of a MB. */
export async function writeParts(trx: Knex.Transaction, fileId: number, content: Buffer): Promise<void> {
  for (let position = 0; position * partBytes < content.length; position += 1) {
    const part = content.subarray(position * partBytes, (position + 1) * partBytes)
    await trx('evidence_parts').insert({ file_id: fileId, position, content: part })
  }
}

/** The content of a file, part by part. */
export async function* readParts(database: Knex, fileId: number): AsyncGenerator<Buffer> {
  for (let position = 0; ; position += 1) {
    const part = await database('evidence_parts')
      .where({ file_id: fileId, position })
      .first<{ content: Buffer } | undefined>('content')
    if (!part) return
    yield part.content
  }
}
