import type { Knex } from 'knex'
import type * as z from 'zod/mini'
import type { Feedback as FeedbackSchema, sendFeedback } from '../contract/portal.ts'
import type { SignedInUser } from '../http/context.ts'
import { notFound } from '../http/problem.ts'

type Message = Pick<z.infer<(typeof sendFeedback)['body']>, 'topic' | 'message' | 'page' | 'contact'>
type Feedback = z.infer<typeof FeedbackSchema>

const columns = {
  id: 'id',
  receivedAt: 'received_at',
  topic: 'topic',
  message: 'message',
  page: 'page',
  contact: 'contact',
  handledAt: 'handled_at',
  handledBy: 'handled_by',
}

/** Keeps what was written and nothing about the writer. */
export async function storeFeedback(database: Knex, { topic, message, page, contact }: Message): Promise<void> {
  await database('feedback').insert({ topic, message, page, contact: contact || null })
}

export async function findFeedback(database: Knex): Promise<Feedback[]> {
  return database('feedback').select(columns).orderBy('id', 'desc')
}

/** Marks a message as handled; the first to do so stays named. */
export async function markHandled(database: Knex, id: number, user: SignedInUser): Promise<Feedback> {
  await database('feedback').where({ id, handled_at: null }).update({ handled_at: database.fn.now(), handled_by: user.name })
  const message = await database('feedback').where({ id }).first(columns)
  if (!message) throw notFound('Die Nachricht', 'id')
  return message
}

export async function removeFeedback(database: Knex, id: number): Promise<{ id: number }> {
  const removed = await database('feedback').where({ id }).delete()
  if (removed === 0) throw notFound('Die Nachricht', 'id')
  return { id }
}
