import type { Knex } from 'knex'
import type { FactKindName } from '../contract/facts/index.ts'
import type { SignedInUser } from '../http/context.ts'
import type { Content } from './content.ts'

/** A row of `drafts`. */
export interface DraftRow {
  id: number
  kind: FactKindName
  factId: string
  author: string
  authorName: string
  content: Content
  trueOn: string
  citation: string
  sourceUrl: string | null
  reason: string
  retracted: boolean
  base: number | null
  updatedAt: string
}

/** What an author says in a draft. */
export type DraftInput = Omit<DraftRow, 'id' | 'author' | 'authorName' | 'updatedAt'>

const columns = {
  id: 'id',
  kind: 'kind',
  factId: 'fact_id',
  author: 'author',
  authorName: 'author_name',
  content: 'content',
  trueOn: 'true_on',
  citation: 'citation',
  sourceUrl: 'source_url',
  reason: 'reason',
  retracted: 'retracted',
  base: 'base',
  updatedAt: 'updated_at',
} as const

/** All drafts, or those with these ids. */
export async function findDrafts(database: Knex, ids?: readonly number[]): Promise<DraftRow[]> {
  const query = database('drafts').select(columns).orderBy('id')
  return ids ? query.whereIn('id', ids) : query
}

export async function findDraftsOf(database: Knex, author: string): Promise<DraftRow[]> {
  return database('drafts').select(columns).where({ author }).orderBy('id')
}

/** Keeps the drafts as they are until the transaction ends. */
export async function lockDrafts(trx: Knex.Transaction, ids: readonly number[]): Promise<DraftRow[]> {
  return trx('drafts').select(columns).whereIn('id', ids).orderBy('id').forUpdate()
}

/** Writes the author's one draft of this fact. */
export async function upsertDraft(database: Knex, author: SignedInUser, draft: DraftInput): Promise<DraftRow> {
  const rows = await database('drafts')
    .insert({
      kind: draft.kind,
      fact_id: draft.factId,
      author: author.id,
      author_name: author.name,
      content: JSON.stringify(draft.content),
      true_on: draft.trueOn,
      citation: draft.citation,
      source_url: draft.sourceUrl,
      reason: draft.reason,
      retracted: draft.retracted,
      base: draft.base,
      updated_at: database.raw('clock_timestamp()'),
    })
    .onConflict(['kind', 'fact_id', 'author'])
    .merge(['author_name', 'content', 'true_on', 'citation', 'source_url', 'reason', 'retracted', 'base', 'updated_at'])
    .returning('id')
  const [row] = await findDrafts(database, [rows[0].id])
  return row as DraftRow
}

export async function deleteDrafts(database: Knex, ids: readonly number[]): Promise<void> {
  await database('drafts').whereIn('id', ids).delete()
}
