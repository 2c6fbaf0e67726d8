import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response, Router } from 'express'
import { rateLimit } from 'express-rate-limit'
import type { Knex } from 'knex'
import { today } from '../contract/dates.ts'
import { missingConditions } from '../contract/participation.ts'
import * as contract from '../contract/statements.ts'
import { findAttachments, keepAttachment, readAttachment } from '../database/attachments.ts'
import { renderPdf } from '../documents/render-pdf.ts'
import type { AppContext } from '../http/context.ts'
import { answered, handle } from '../http/handle.ts'
import { readJudgedFile } from '../http/judged-file.ts'
import { conflict, invalid, notFound, Problem } from '../http/problem.ts'
import { authenticationSecret } from '../http/secret.ts'
import { findLink, linkGone, type SecretLink } from '../mail/links.ts'
import { answer, type Held, holdReview, mailDepartment } from './acting.ts'
import { askMail } from './mails.ts'
import { findDepartments, findReviews, type ReviewRow } from './queries.ts'
import { readSheet } from './sheet.ts'
import { copyOf } from './statement-copy.ts'
import { calendarOf } from './view.ts'
import { insertEvent, reviewsOfLink } from './writing.ts'

/** Wrong links per address and ten minutes; right ones are not counted, since a whole town hall may share one address. */
const wrongLinks = 20
const windowMs = 10 * 60_000

function limitWrongLinks() {
  return rateLimit({
    windowMs,
    limit: wrongLinks,
    legacyHeaders: false,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_request, response) => response.statusCode !== 410,
    // Whose header is believed is configuration (TRUST_PROXY); one from elsewhere is no news.
    validate: { xForwardedForHeader: false },
    handler: (_request, _response, next) => {
      next(
        new Problem(429, 'Von hier kamen zu viele ungültige Links. Bitte versuchen Sie es in zehn Minuten erneut.', {
          headers: { 'Retry-After': String(windowMs / 1000) },
        }),
      )
    },
  })
}

/** Statements by link: without an account, all by POST, so that no scanner of mails changes or uses up anything. */
export function mountStatements(router: Router, context: AppContext): void {
  const secret = authenticationSecret(context.config)
  router.use('/api/statement', limitWrongLinks(), (_request, response, next) => {
    response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex' })
    next()
  })
  mountAnswering(router, context, secret)
  mountFiles(router, context, secret)
}

/** What a token opens. Problem 410. */
async function openLink(database: Knex, secret: string, token: string): Promise<{ link: SecretLink; reviewIds: number[] }> {
  const link = await findLink(database, secret, 'statement', token)
  if (!link) throw linkGone()
  return { link, reviewIds: reviewsOfLink(link) }
}

/** The link, if it opens that review. Problem 410. */
async function openReview(database: Knex, secret: string, token: string, reviewId: number): Promise<SecretLink> {
  const { link, reviewIds } = await openLink(database, secret, token)
  if (!reviewIds.includes(reviewId)) throw linkGone()
  return link
}

const byLink = ({ id, recipient }: SecretLink) => ({ id: `link:${id}`, name: recipient })

function requireTaking({ review }: Held): void {
  if (review.status === 'withdrawn') throw conflict('Diese Anfrage ist zurückgezogen. Sie brauchen nichts weiter zu tun.')
  if (review.isClosed)
    throw conflict('Die Beteiligung ist abgeschlossen. Für eine Berichtigung wenden Sie sich bitte an die Koordination.')
}

async function sheetOf(database: Knex, id: number): Promise<contract.StatementSheet> {
  const [review] = await findReviews(database, { ids: [id] })
  return readSheet(database, review as ReviewRow, await calendarOf(database))
}

function mountAnswering(router: Router, context: AppContext, secret: string): void {
  const { database, config } = context

  handle(router, context, contract.openStatement, async ({ body }) => {
    const { reviewIds } = await openLink(database, secret, body.token)
    const calendar = await calendarOf(database)
    const reviews = await findReviews(database, { ids: reviewIds })
    const sheets = await Promise.all(reviews.map((review) => readSheet(database, review, calendar)))
    return { cityName: config.cityName, today: calendar.today, sheets }
  })

  handle(router, context, contract.takeUpStatement, async ({ body: { token, reviewId } }) => {
    const link = await openReview(database, secret, token, reviewId)
    await database.transaction(async (trx) => {
      const held = await holdReview(trx, reviewId)
      requireTaking(held)
      if (held.review.takenUpAt !== null) return
      await insertEvent(trx, { reviewId, kind: 'taken_up', day: today() }, byLink(link))
    })
    return sheetOf(database, reviewId)
  })

  handle(router, context, contract.forwardStatement, async ({ body: { token, reviewId } }) => {
    const link = await openReview(database, secret, token, reviewId)
    await database.transaction((trx) => forward(trx, secret, link, reviewId))
    return sheetOf(database, reviewId)
  })

  handle(router, context, contract.giveStatement, async ({ body: { token, reviewId, ...said } }) => {
    const link = await openReview(database, secret, token, reviewId)
    const missing = missingConditions(said)
    if (missing) throw invalid([{ field: 'conditions', detail: missing }])
    await database.transaction(async (trx) => {
      const held = await holdReview(trx, reviewId)
      requireTaking(held)
      const own = await trx('review_files').where({ review_id: reviewId }).pluck<number[]>('attachment_id')
      if (said.attachmentIds.some((id) => !own.includes(id)))
        throw invalid([{ field: 'attachmentIds', detail: 'Eine der Dateien wurde nicht hier hochgeladen.' }])
      await answer(trx, held, { ...said, givenOn: held.calendar.today, source: 'link' }, byLink(link))
    })
    return sheetOf(database, reviewId)
  })
}

async function forward(trx: Knex.Transaction, secret: string, link: SecretLink, reviewId: number): Promise<void> {
  const held = await holdReview(trx, reviewId)
  requireTaking(held)
  const { today: day } = held.calendar
  const departments = await findDepartments(trx, day)
  const deputy = departments.find(({ id }) => id === held.review.departmentId)
  if (!deputy?.deputyEmail) throw conflict('Für Ihren Fachbereich ist keine Vertretung mit E-Mail-Adresse eingetragen.')
  const done = await trx('review_events').where({ review_id: reviewId, kind: 'forwarded', day }).first('id')
  if (done) return
  const write = (about: Parameters<typeof askMail>[0]) => askMail(about, true)
  await mailDepartment(trx, secret, held, { key: `forward:${reviewId}:${day}`, write, to: deputy.deputyEmail })
  const note = deputy.deputyName ?? deputy.deputyEmail
  await insertEvent(trx, { reviewId, kind: 'forwarded', day, note }, byLink(link))
}

function mountFiles(router: Router, context: AppContext, secret: string): void {
  const { database, config } = context

  handle(router, context, contract.addStatementFile, async ({ query: { reviewId, name }, request }) => {
    const link = await openReview(database, secret, bearer(request), reviewId)
    if (!request.is('application/octet-stream'))
      throw new Problem(415, 'Bitte senden Sie die Datei selbst (application/octet-stream).')
    const file = await readJudgedFile(request, name)
    const id = await database.transaction(async (trx) => {
      requireTaking(await holdReview(trx, reviewId))
      const [{ count } = { count: 0 }] = await trx('review_files').where({ review_id: reviewId }).count<{ count: number }[]>()
      if (count >= contract.mostStatementFiles)
        throw conflict(`Zu einer Anfrage können höchstens ${contract.mostStatementFiles} Dateien hochgeladen werden.`)
      const attachmentId = await keepAttachment(trx, { name, ...file }, byLink(link))
      await trx('review_files').insert({ attachment_id: attachmentId, review_id: reviewId })
      return attachmentId
    })
    const [attachment] = await findAttachments(database, [id])
    if (!attachment) throw notFound('Die Datei')
    return attachment
  })

  handle(router, context, contract.readStatementFile, async ({ body: { token, reviewId, id }, response }) => {
    await openReview(database, secret, token, reviewId)
    const { attachments, statements } = await sheetOf(database, reviewId)
    const file = [...attachments, ...statements.flatMap((one) => one.attachments)].find((one) => one.id === id)
    if (!file) throw notFound('Die Datei', 'id')
    await sendFile(response, file, Readable.from(readAttachment(database, id)))
    return answered
  })

  handle(router, context, contract.copyStatement, async ({ body: { token, reviewId }, response }) => {
    await openReview(database, secret, token, reviewId)
    const sheet = await sheetOf(database, reviewId)
    if (sheet.statements.length === 0) throw conflict('Sie haben noch keine Stellungnahme abgegeben.')
    const pdf = await renderPdf(copyOf(sheet, config.cityName), config.publicBaseUrl)
    response.attachment(`stellungnahme-${sheet.reviewId}.pdf`).type('application/pdf').send(pdf)
    return answered
  })
}

/** A file to be saved, never shown in the browser. */
async function sendFile(response: Response, { name, bytes }: { name: string; bytes: number }, content: Readable): Promise<void> {
  response.attachment(name).type('application/octet-stream').set('Content-Length', String(bytes))
  await pipeline(content, response)
}

function bearer(request: Request): string {
  return /^Bearer (\S+)$/.exec(request.get('Authorization') ?? '')?.[1] ?? ''
}
