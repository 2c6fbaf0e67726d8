import type { Knex } from 'knex'
import type { IsoDate } from '../contract/dates.ts'
import type { Opinion, Silence } from '../contract/mobile/codes.ts'
import type { ReviewEventKind, StatementSource } from '../contract/participation-words.ts'
import { locks } from '../database/locks.ts'
import { createLink } from '../mail/links.ts'

/** Who does something: an account, somebody by a link, or the product itself. */
export interface Actor {
  id: string
  name: string
}

export const product: Actor = { id: 'product', name: 'Ausbauatlas' }

export interface NewReview {
  requestId: string
  candidateId: string | null
  department: { id: string; code: string; name: string; silence: Silence }
  question: string
  dueOn: IsoDate
  askedVia: 'mail' | 'other'
  attachmentIds: readonly number[]
  askedOn: IsoDate
}

/** Asks; returns the number of the review. */
export async function insertReview(trx: Knex.Transaction, review: NewReview, by: Actor): Promise<number> {
  const { department } = review
  const [row] = await trx('reviews')
    .insert({
      request_id: review.requestId,
      candidate_id: review.candidateId,
      department_id: department.id,
      department_code: department.code,
      department_name: department.name,
      question: review.question,
      due_on: review.dueOn,
      silence: department.silence,
      asked_via: review.askedVia,
      attachment_ids: review.attachmentIds,
      asked_on: review.askedOn,
      asked_by: by.id,
      asked_name: by.name,
    })
    .returning<{ id: number }[]>('id')
  const { id } = row as { id: number }
  await insertEvent(trx, { reviewId: id, kind: 'asked', day: review.askedOn }, by)
  return id
}

export interface NewEvent {
  reviewId: number
  kind: ReviewEventKind
  day: IsoDate
  dueOn?: IsoDate
  note?: string | null
}

/** Writes down what happened. What the product did already for that due day stays as it was: false. */
export async function insertEvent(trx: Knex.Transaction, event: NewEvent, by: Actor): Promise<boolean> {
  const { reviewId, kind, day, dueOn = null, note = null } = event
  const rows = await trx('review_events')
    .insert({ review_id: reviewId, kind, day, due_on: dueOn, note, by_id: by.id, by_name: by.name })
    .onConflict(trx.raw("(review_id, kind, due_on) where by_id = 'product'"))
    .ignore()
    .returning('id')
  return rows.length > 0
}

export interface NewStatement {
  reviewId: number
  opinion: Opinion
  conditions: string | null
  remark: string | null
  attachmentIds: readonly number[]
  givenOn: IsoDate
  isLate: boolean
  source: StatementSource
  givenBy: string
}

export async function insertStatement(trx: Knex.Transaction, statement: NewStatement, by: Actor): Promise<void> {
  await trx('review_statements').insert({
    review_id: statement.reviewId,
    opinion: statement.opinion,
    conditions: statement.conditions,
    remark: statement.remark,
    attachment_ids: statement.attachmentIds,
    given_on: statement.givenOn,
    is_late: statement.isLate,
    source: statement.source,
    given_by: statement.givenBy,
    recorded_by: by.id,
    recorded_name: by.name,
  })
}

/** Whoever writes about a review waits for whoever does so already. */
export async function lockReview(trx: Knex.Transaction, id: number): Promise<void> {
  await trx('reviews').where({ id }).forUpdate().select('id')
}

/** One after the other: asking twice at once, or two jobs. */
export async function takeTurn(trx: Knex.Transaction): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock(?)', [locks.participation])
}

/** Days for which a link works after the due day: late statements are accepted. */
const lateDays = 90

/**
 * A link to the statement page for one recipient and these reviews, made unless there is one that works long enough.
 */
export async function statementLink(
  trx: Knex.Transaction,
  secret: string,
  { reviewIds, recipient, dueOn }: { reviewIds: readonly number[]; recipient: string; dueOn: IsoDate },
): Promise<number> {
  const link = { purpose: 'statement' as const, subject: `reviews:${reviewIds.toSorted((a, b) => a - b).join()}`, recipient }
  const known = await trx('secret_links')
    .where(link)
    .whereNull('revoked_at')
    .where('expires_at', '>=', `${dueOn}T00:00:00Z`)
    .where('expires_at', '>', trx.raw("now() + interval '30 days'"))
    .orderBy('id', 'desc')
    .first<{ id: number } | undefined>('id')
  if (known) return known.id
  const expiresAt = new Date(Math.max(Date.parse(dueOn), Date.now()) + lateDays * 86_400_000).toISOString()
  return (await createLink(trx, secret, { ...link, expiresAt })).id
}

/** The reviews a statement link opens. */
export function reviewsOfLink({ subject }: { subject: string }): number[] {
  return subject.replace('reviews:', '').split(',').map(Number)
}
