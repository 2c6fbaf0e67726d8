import type { Router } from 'express'
import ical, { ICalAlarmType, ICalCalendarMethod } from 'ical-generator'
import type { Knex } from 'knex'
import { mobileReaders } from '../contract/mobile.ts'
import * as contract from '../contract/participation.ts'
import { addDays } from '../contract/working-days.ts'
import type { AppContext, SignedInUser } from '../http/context.ts'
import { handle } from '../http/handle.ts'
import { notFound } from '../http/problem.ts'
import { authenticationSecret } from '../http/secret.ts'
import { addressOfLink, createLink, findLink, revokeLinks } from '../mail/links.ts'
import { findCases, findDeadlineRules, findReviews } from './queries.ts'
import { caseName, clocksOf, dueOf, isOver, later } from './rules.ts'
import { calendarOf } from './view.ts'

/** How long a calendar link works; then a new one is made. */
const validDays = 730
/** Days before the due day on which the calendar program calls attention to it. */
const alarmDays = [7, 1]

const subjectOf = (userId: string) => `account:${userId}`

/** Deadlines as a calendar feed behind a secret link of each account. */
export function mountCalendar(router: Router, context: AppContext): void {
  const { database, config } = context
  const secret = authenticationSecret(config)

  handle(router, context, contract.getCalendarLink, async ({ user }) => ({
    createdAt: (await findOwn(database, user))?.at ?? null,
  }))

  handle(router, context, contract.createCalendarLink, async ({ user }) => {
    const id = await database.transaction(async (trx) => {
      await revokeOwn(trx, user)
      const expiresAt = new Date(Date.now() + validDays * 86_400_000).toISOString()
      const link = { purpose: 'calendar' as const, subject: subjectOf(user.id), recipient: user.name, expiresAt }
      return (await createLink(trx, secret, link)).id
    })
    const address = await addressOfLink(database, { secret, publicBaseUrl: config.publicBaseUrl }, id)
    const own = await findOwn(database, user)
    return { address: address ?? '', createdAt: own?.at ?? '' }
  })

  handle(router, context, contract.revokeCalendarLink, async ({ user }) => {
    await database.transaction((trx) => revokeOwn(trx, user))
    return { createdAt: null }
  })

  // Calendar programs cannot sign in: the token in the path stands for the account (masked in the log).
  router.get('/kalender/:file', async (request, response) => {
    const token = /^(.+)\.ics$/.exec(request.params.file)?.[1]
    const link = token ? await findLink(database, secret, 'calendar', token) : null
    if (!link || !(await mayRead(database, link.subject))) throw notFound('Der Kalender')
    response.set({ 'Cache-Control': 'private, no-store', 'X-Robots-Tag': 'noindex', 'Referrer-Policy': 'no-referrer' })
    response.type('text/calendar; charset=utf-8').send(await feed(database, config))
  })
}

async function findOwn(database: Knex, { id }: SignedInUser): Promise<{ id: number; at: string } | undefined> {
  return database('secret_links')
    .where({ purpose: 'calendar', subject: subjectOf(id) })
    .whereNull('revoked_at')
    .whereRaw('expires_at > clock_timestamp()')
    .orderBy('id', 'desc')
    .first({ id: 'id', at: 'created_at' })
}

async function revokeOwn(trx: Knex.Transaction, { id }: SignedInUser): Promise<void> {
  await revokeLinks(
    trx,
    await trx('secret_links')
      .where({ purpose: 'calendar', subject: subjectOf(id) })
      .pluck<number[]>('id'),
  )
}

/** Whether the account may still read what the feed says: links outlive roles. */
async function mayRead(database: Knex, subject: string): Promise<boolean> {
  const account = await database('users')
    .where({ id: subject.replace('account:', '') })
    .whereNull('deactivated_at')
    .first<{ roles: string[] } | undefined>('roles')
  return mobileReaders.some((role) => account?.roles.includes(role))
}

/** Deadlines of cases and due statements as all-day events. An event keeps its UID; SEQUENCE grows when its day changes. */
async function feed(database: Knex, { publicBaseUrl, cityName }: AppContext['config']): Promise<string> {
  const host = new URL(publicBaseUrl).hostname
  const calendar = ical({ name: `Mobilfunk-Fristen ${cityName}`, method: ICalCalendarMethod.PUBLISH, ttl: 3600 })
  calendar.prodId({ company: 'Ausbauatlas', product: 'Fristen', language: 'DE' })
  for (const { uid, day, summary, sequence, changedAt, description } of await entriesOf(database)) {
    const event = calendar.createEvent({
      ...{ id: `${uid}@${host}`, summary, description, sequence, allDay: true },
      start: new Date(day),
      end: new Date(addDays(day, 1)),
      stamp: new Date(changedAt),
      lastModified: new Date(changedAt),
      url: `${publicBaseUrl}/arbeitsplatz/standorte`,
    })
    for (const days of alarmDays) event.createAlarm({ type: ICalAlarmType.display, trigger: days * 86_400, description: summary })
  }
  return calendar.toString()
}

interface Entry {
  uid: string
  day: string
  summary: string
  description: string
  sequence: number
  changedAt: string
}

async function entriesOf(database: Knex): Promise<Entry[]> {
  const calendar = await calendarOf(database)
  const rules = await findDeadlineRules(database, calendar.today)
  const cases = (await findCases(database)).filter((file) => !isOver(file))
  const reviews = await findReviews(database, { isOpen: true })
  return cases.flatMap((file): Entry[] => {
    const name = caseName(file)
    const changed = { sequence: file.version, changedAt: file.knownFrom }
    const clocks = clocksOf(file, rules, calendar).flatMap(({ rule, name: what, dueOn, metOn, legalNote }) =>
      dueOn === null || metOn !== null
        ? []
        : [
            {
              uid: `frist-${rule}-${file.key}`,
              day: dueOn,
              summary: `Frist: ${what} (${name})`,
              description: legalNote,
              ...changed,
            },
          ],
    )
    const due = reviews.flatMap((review) => {
      const dueOn = review.requestId === file.id ? dueOf(review, file, calendar.state) : null
      if (dueOn === null) return []
      // A due day moves by an extension or with a pause of the case; both make the sum grow.
      const sequence = file.version + review.extensions
      const changedAt = later(review.changedAt, file.knownFrom)
      const summary = `Stellungnahme ${review.departmentCode} fällig (${name})`
      return [{ uid: `stellungnahme-${review.id}`, day: dueOn, summary, description: review.question, sequence, changedAt }]
    })
    return [...clocks, ...due]
  })
}
