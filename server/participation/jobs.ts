import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import { dayOf } from '../contract/dates.ts'
import type { AppContext } from '../http/context.ts'
import { log, logError } from '../http/log.ts'
import { authenticationSecret } from '../http/secret.ts'
import { queueMail } from '../mail/outbox.ts'
import { type About, digestMail, escalationMail, reminderMail } from './mails.ts'
import { isToRemind, type Pending, type PlannedReview, planOf, type SentDigest, type Step, weekOf } from './plan.ts'
import { findCases, findDepartments, findEvents, findReviews } from './queries.ts'
import type { Calendar } from './rules.ts'
import { calendarOf } from './view.ts'
import { insertEvent, insertStatement, product, statementLink, takeTurn } from './writing.ts'

/** What happens next, as it is known now. */
export async function readPlan(database: Knex, calendar: Calendar): Promise<Step[]> {
  const reviews = await findReviews(database, { isOpen: true })
  const cases = await findCases(database)
  const departments = await findDepartments(database, calendar.today)
  const events = await findEvents(
    database,
    reviews.map(({ id }) => id),
  )
  const pending = reviews.flatMap((review): Pending[] => {
    const file = cases.find(({ id }) => id === review.requestId)
    const department = departments.find(({ id }) => id === review.departmentId)
    return file ? [{ review, file, department, events: events.filter(({ reviewId }) => reviewId === review.id) }] : []
  })
  return planOf(pending, await findSentDigests(database, calendar), calendar)
}

const digestKey = (to: string, week: string) => `digest:${week}:${to}`

async function findSentDigests(database: Knex, { today }: Calendar): Promise<SentDigest[]> {
  const week = weekOf(today)
  const start = digestKey('', week)
  const keys = await database('mails').where('key', 'like', `${start}%`).pluck<string[]>('key')
  return keys.map((key) => ({ to: key.slice(start.length), week }))
}

/**
 * Does what is due at `now`: digests, reminders, escalations, silence. All or nothing, and as often as one likes: the keys of the mails
 * and the events of the product are there once. Returns what was done.
 */
export async function runDue(database: Knex, secret: string, now: Date): Promise<Step['kind'][]> {
  return database.transaction(async (trx) => {
    await takeTurn(trx)
    const calendar = await calendarOf(trx, dayOf(now))
    const due = (await readPlan(trx, calendar)).filter(({ on }) => on <= calendar.today)
    for (const step of due) await acts[step.kind](trx, secret, step, calendar)
    return due.map(({ kind }) => kind)
  })
}

type Act = (trx: Knex.Transaction, secret: string, step: Step, calendar: Calendar) => Promise<void>

const acts: Readonly<Record<Step['kind'], Act>> = {
  async digest(trx, secret, { to, reviews }, calendar) {
    if (to === null) return
    const dueOn =
      reviews
        .map((one) => one.dueOn)
        .toSorted()
        .at(-1) ?? calendar.today
    const linkId = await statementLink(trx, secret, { reviewIds: reviews.map(({ review }) => review.id), recipient: to, dueOn })
    const mail = digestMail(reviews.map(aboutOf))
    await queueMail(trx, { key: digestKey(to, weekOf(calendar.today)), to, ...mail, about: 'digest', linkId })
    for (const one of reviews) {
      if (isToRemind(one, calendar.today, calendar)) await note(trx, 'reminded', one, calendar, 'mit dem Wochenüberblick')
    }
  },

  async reminder(trx, secret, { to, reviews }, calendar) {
    const [one] = reviews
    if (!one || to === null) return
    await note(trx, 'reminded', one, calendar)
    const link = { reviewIds: [one.review.id], recipient: to, dueOn: one.dueOn }
    const linkId = await statementLink(trx, secret, link)
    const key = `reminder:${one.review.id}:${one.dueOn}:${to}`
    await queueMail(trx, { key, to, ...reminderMail(aboutOf(one)), about: one.file.id, linkId })
  },

  async escalation(trx, _secret, { to, reviews }, calendar) {
    const [one] = reviews
    if (!one) return
    await note(
      trx,
      'escalated',
      one,
      calendar,
      to === null ? 'Für den Fachbereich ist niemand eingetragen, der benachrichtigt wird.' : to,
    )
    if (to === null) return
    const key = `escalation:${one.review.id}:${one.dueOn}:${to}`
    await queueMail(trx, { key, to, ...escalationMail(aboutOf(one)), about: one.file.id })
  },

  async silence(trx, _secret, { reviews }, calendar) {
    const [one] = reviews
    if (!one || one.review.silence === 'stays_open') return
    await note(trx, 'silence_applied', one, calendar)
    const { id: reviewId, silence, departmentCode: givenBy } = one.review
    const opinion = silence === 'counts_as_agreed' ? 'agreed' : 'not_responsible'
    const nothing = { conditions: null, remark: null, attachmentIds: [], isLate: false }
    await insertStatement(trx, { ...nothing, reviewId, opinion, givenOn: calendar.today, source: 'silence', givenBy }, product)
  },
}

function aboutOf({ review, file, dueOn }: PlannedReview): About {
  return { review, file, dueOn }
}

async function note(
  trx: Knex.Transaction,
  kind: 'reminded' | 'escalated' | 'silence_applied',
  { review, dueOn }: PlannedReview,
  { today }: Calendar,
  text: string | null = null,
): Promise<void> {
  await insertEvent(trx, { reviewId: review.id, kind, day: today, dueOn, note: text }, product)
}

const everyMs = 10 * 60_000
/** Nobody is written to at night. */
const firstHour = 7

/** Looks every ten minutes from seven in the morning on what is due, also what came due while the product was not running. Returns how to stop. */
export function followParticipation({ database, config }: AppContext): () => Promise<void> {
  const stopping = new AbortController()
  const secret = authenticationSecret(config)
  const look = async () => {
    const now = new Date()
    if (hourOf(now) < firstHour) return
    const done = await runDue(database, secret, now)
    if (done.length > 0) log('info', 'participation went on', { done })
  }
  const following = (async () => {
    while (!stopping.signal.aborted) {
      await look().catch(logError)
      await sleep(everyMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined)
    }
  })()
  return async () => {
    stopping.abort()
    await following
  }
}

function hourOf(moment: Date): number {
  return Number(
    new Intl.DateTimeFormat('de-DE', { timeZone: 'Europe/Berlin', hour: 'numeric', hourCycle: 'h23' })
      .format(moment)
      .match(/\d+/)?.[0],
  )
}
