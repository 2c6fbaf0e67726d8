import type { Knex } from 'knex'
import type * as z from 'zod/mini'
import { formatDay, type IsoDate } from '../contract/dates.ts'
import { missingConditions, type moveReview, type recordStatement } from '../contract/participation.ts'
import { conflict, invalid, notFound } from '../http/problem.ts'
import { queueMail } from '../mail/outbox.ts'
import { type About, extensionMail, type Letter, reminderMail, withdrawalMail } from './mails.ts'
import { type CaseFile, findCases, findDepartments, findReviews, type ReviewRow } from './queries.ts'
import { type Calendar, dueOf } from './rules.ts'
import { calendarOf } from './view.ts'
import { type Actor, insertEvent, insertStatement, lockReview, statementLink } from './writing.ts'

/** A review held fast for a change, with its case and the day it is. */
export interface Held {
  review: ReviewRow
  file: CaseFile
  calendar: Calendar
  /** null: the case stands still. */
  dueOn: IsoDate | null
}

/** Holds a review until the transaction ends. Problem 404. */
export async function holdReview(trx: Knex.Transaction, id: number): Promise<Held> {
  await lockReview(trx, id)
  const [review] = await findReviews(trx, { ids: [id] })
  const [file] = review ? await findCases(trx, review.requestId) : []
  if (!review || !file) throw notFound('Die Anfrage an den Fachbereich', 'id')
  const calendar = await calendarOf(trx)
  return { review, file, calendar, dueOn: dueOf(review, file, calendar.state) }
}

/** A mail about a review, with a link to its page, to whoever is asked. Returns the address; null: the department has none any more. */
export async function mailDepartment(
  trx: Knex.Transaction,
  secret: string,
  { review, file, calendar, dueOn }: Held,
  occasion: { key: string; write: (about: About) => Letter; hasLink?: boolean; to?: string },
): Promise<string | null> {
  const departments = await findDepartments(trx, calendar.today)
  const to = occasion.to ?? departments.find(({ id }) => id === review.departmentId)?.email ?? null
  if (to === null) return null
  const due = dueOn ?? review.dueOn
  const mail = occasion.write({ review, file, dueOn: due })
  const link = { reviewIds: [review.id], recipient: to, dueOn: due }
  const linkId = occasion.hasLink === false ? undefined : await statementLink(trx, secret, link)
  await queueMail(trx, { key: `${occasion.key}:${to}`, to, ...mail, about: file.id, ...(linkId && { linkId }) })
  return to
}

function requireOpen({ review }: Held): void {
  if (review.status === 'withdrawn') throw conflict('Die Anfrage ist zurückgezogen.')
  if (review.isClosed) throw conflict('Die Beteiligung dieses Fachbereichs ist abgeschlossen.')
}

export async function remind(trx: Knex.Transaction, secret: string, id: number, by: Actor): Promise<void> {
  const held = await holdReview(trx, id)
  requireOpen(held)
  if (held.review.status === 'answered') throw conflict('Der Fachbereich hat sich schon geäußert.')
  if (held.review.askedVia !== 'mail') throw conflict('Der Fachbereich wurde nicht per E-Mail gefragt.')
  const { today } = held.calendar
  const events = await trx('review_events').where({ review_id: id, kind: 'reminded', day: today }).select('id')
  if (events.length > 0) throw conflict('Heute wurde schon erinnert.')
  const to = await mailDepartment(trx, secret, held, { key: `remind:${id}:${today}`, write: reminderMail })
  if (to === null) throw conflict('Der Fachbereich hat keine E-Mail-Adresse mehr.')
  await insertEvent(trx, { reviewId: id, kind: 'reminded', day: today, dueOn: held.dueOn ?? held.review.dueOn }, by)
}

export async function extend(
  trx: Knex.Transaction,
  secret: string,
  id: number,
  { dueOn, reason, by }: { dueOn: IsoDate; reason: string; by: Actor },
): Promise<void> {
  const held = await holdReview(trx, id)
  requireOpen(held)
  if (held.review.status === 'answered')
    throw conflict(
      'Eine Stellungnahme liegt schon vor, oder die Frist ist ohne Äußerung verstrichen. Eine weitere wird trotzdem angenommen.',
    )
  const { today } = held.calendar
  const present = held.dueOn ?? held.review.dueOn
  if (dueOn <= today || dueOn <= present)
    throw invalid([
      { field: 'dueOn', detail: `Die neue Frist muss nach der bisherigen (${formatDay(present, 'de')}) und nach heute liegen.` },
    ])
  await insertEvent(trx, { reviewId: id, kind: 'extended', day: today, dueOn, note: reason }, by)
  if (held.review.askedVia === 'mail')
    await mailDepartment(
      trx,
      secret,
      { ...held, dueOn },
      {
        key: `extend:${id}:${held.review.extensions + 1}`,
        write: (about) => extensionMail(about, reason),
      },
    )
}

type Move = z.infer<(typeof moveReview)['body']>

export async function move(trx: Knex.Transaction, secret: string, id: number, { to, reason }: Move, by: Actor): Promise<void> {
  const held = await holdReview(trx, id)
  const { review, calendar } = held
  if (to === 'reopened' && !review.isClosed) throw conflict('Die Anfrage ist nicht abgeschlossen.')
  if (to !== 'reopened') requireOpen(held)
  if (to === 'closed' && review.status !== 'answered')
    throw conflict('Der Fachbereich hat sich noch nicht geäußert. Sie können die Anfrage zurückziehen.')
  await insertEvent(trx, { reviewId: id, kind: to, day: calendar.today, note: reason }, by)
  const mustTell = to === 'withdrawn' && review.askedVia === 'mail' && review.status !== 'answered'
  if (mustTell)
    await mailDepartment(trx, secret, held, {
      key: `withdraw:${id}:${review.changedAt}`,
      write: (about) => withdrawalMail(about, reason),
      hasLink: false,
    })
}

type Recorded = z.infer<(typeof recordStatement)['body']>

/** Records what a department said another way. */
export async function record(trx: Knex.Transaction, id: number, said: Recorded, by: Actor): Promise<void> {
  const held = await holdReview(trx, id)
  requireOpen(held)
  const { review, calendar } = held
  const missing = missingConditions(said)
  if (missing) throw invalid([{ field: 'conditions', detail: missing }])
  if (said.givenOn > calendar.today) throw invalid([{ field: 'givenOn', detail: 'Der Tag liegt in der Zukunft.' }])
  if (said.givenOn < review.askedOn)
    throw invalid([{ field: 'givenOn', detail: `Gefragt wurde erst am ${formatDay(review.askedOn, 'de')}.` }])
  const files = await trx('attachments').whereIn('id', said.attachmentIds).select('id')
  if (files.length < new Set(said.attachmentIds).size)
    throw invalid([{ field: 'attachmentIds', detail: 'Eine der Dateien gibt es nicht.' }])
  await answer(trx, held, said, by)
}

/** Writes a statement down: late ones are marked, later ones correct. What was only silence before is answered now. */
export async function answer(
  trx: Knex.Transaction,
  held: Held,
  said: Recorded | (Omit<Recorded, 'source'> & { source: 'link' }),
  by: Actor,
): Promise<void> {
  const { review, dueOn, calendar } = held
  const isLate = dueOn !== null && said.givenOn > dueOn
  await insertStatement(trx, { reviewId: review.id, ...said, isLate }, by)
  const isFirst = review.status !== 'answered' || review.source === 'silence'
  await insertEvent(trx, { reviewId: review.id, kind: isFirst ? 'answered' : 'answered_again', day: calendar.today }, by)
}
