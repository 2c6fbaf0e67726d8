import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Router } from 'express'
import type { Knex } from 'knex'
import * as contract from '../contract/activities.ts'
import { dayOf, formatDay, today } from '../contract/dates.ts'
import { keepAttachment, readAttachment } from '../database/attachments.ts'
import { resolveClocks } from '../http/clocks.ts'
import type { AppContext } from '../http/context.ts'
import { answered, handle } from '../http/handle.ts'
import { readJudgedFile } from '../http/judged-file.ts'
import { badParameter, notFound, Problem } from '../http/problem.ts'
import { describeEntry, kindOf } from './content.ts'
import { evaluate } from './evaluate.ts'
import { freezeKnowledge, withPackage } from './package.ts'
import * as queries from './queries.ts'
import { addEntry, changeEntry, undoEntry, withdrawEntry } from './writing.ts'

/** Log of the funded coordinator post: what was done, what was spent, and what the grant leaves. */
export function mountActivities(router: Router, context: AppContext): void {
  mountReading(router, context)
  mountWriting(router, context)
  mountVouchers(router, context)
}

interface Asked {
  from?: string | undefined
  to?: string | undefined
  knownAt?: string | undefined
}

/** The period asked for. Problem 400: it ends before it begins or later than what is known. */
export function periodOf({ from, to, knownAt }: Asked): queries.Period & { isNow: boolean } {
  const clocks = resolveClocks(knownAt === undefined ? {} : { knownAt })
  const latest = clocks.knownAt === null ? today() : dayOf(new Date(clocks.knownAt))
  const last = to ?? latest
  if (last > latest) throw badParameter('to', `Der Zeitraum endet spätestens am ${formatDay(latest, 'de')}.`)
  if (from !== undefined && from > last) throw badParameter('to', 'Der Zeitraum endet, bevor er beginnt.')
  return { from: from ?? null, to: last, knownAt: clocks.knownAt ?? queries.everything, isNow: clocks.knownAt === null }
}

/** Everything about a period, or what was done in it for one case. */
export async function readLog(
  database: Knex,
  period: queries.Period,
  requestId?: string,
): Promise<Omit<contract.ActivityLog, 'knownAt'>> {
  const all = await queries.findActivities(database, period)
  const activities = all.filter(({ content }) => requestId === undefined || content.requestId === requestId)
  const expenses = requestId === undefined ? await queries.findExpenses(database, period) : []
  const budgets = await queries.findBudgets(database, period)
  return { from: period.from, to: period.to, activities, expenses, evaluation: evaluate(activities, expenses), budgets }
}

function mountReading(router: Router, context: AppContext): void {
  const { database, config, revisions } = context

  handle(router, context, contract.getActivityLog, async ({ query }) => {
    const period = periodOf(query)
    return { ...(await readLog(database, period, query.requestId)), knownAt: period.isNow ? null : period.knownAt }
  })

  handle(router, context, contract.exportActivities, async ({ query, response }) => {
    const asked = periodOf(query)
    const now = await freezeKnowledge(database)
    const period = { ...asked, knownAt: asked.isNow ? now : asked.knownAt }
    const log = { ...(await readLog(database, period)), knownAt: period.knownAt }
    const about = { cityName: config.cityName, baseUrl: config.publicBaseUrl, isDemo: revisions.isDemo() }
    await withPackage(database, log, about, async (path) => {
      response.attachment(`Taetigkeitsnachweis_${period.from ?? 'Beginn'}_${period.to}.zip`).type('application/zip')
      await pipeline(createReadStream(path), response)
    })
    return answered
  })

  handle(router, context, contract.getEntryHistory, async ({ params: { kind, id } }) => {
    const versions = await queries.findVersions(database, kind, id)
    if (versions.length === 0) throw notFound(`${kindOf(kind).label.de} „${id}“`, 'id')
    const entries = versions.map(({ version, content, retracted, reason, recordedAt, recordedBy }, index) => {
      const before = versions[index + 1]
      const sentence = retracted
        ? describeEntry(kind, content, null)
        : describeEntry(kind, before && !before.retracted ? before.content : null, content)
      return { version, sentence, reason, recordedAt, recordedBy }
    })
    return { entries }
  })
}

function mountWriting(router: Router, context: AppContext): void {
  const { database } = context
  handle(router, context, contract.addEntry, ({ params: { kind }, body, user }) => addEntry(database, user, kind, body.content))
  handle(router, context, contract.changeEntry, ({ params: { kind, id }, body, user }) =>
    changeEntry(database, user, kind, { id, ...body }),
  )
  handle(router, context, contract.withdrawEntry, ({ params: { kind, id }, body, user }) =>
    withdrawEntry(database, user, kind, { id, ...body }),
  )
  handle(router, context, contract.undoEntry, ({ params: { kind, id }, body, user }) =>
    undoEntry(database, user, kind, { id, ...body }),
  )
}

function mountVouchers(router: Router, context: AppContext): void {
  const { database } = context

  handle(router, context, contract.addVoucher, async ({ query: { name }, request, user }) => {
    if (!request.is('application/octet-stream'))
      throw new Problem(415, 'Bitte senden Sie die Datei selbst (application/octet-stream).')
    const file = await readJudgedFile(request, name)
    const id = await database.transaction(async (trx) => {
      const kept = await keepAttachment(trx, { name, ...file }, user)
      await trx('vouchers').insert({ attachment_id: kept })
      return kept
    })
    return { id, name, bytes: file.content.length, sha256: file.sha256 }
  })

  handle(router, context, contract.getVoucher, async ({ params: { id }, response }) => {
    const file = await queries.findVoucher(database, id)
    if (!file) throw notFound('Der Beleg', 'id')
    response.attachment(file.name).type('application/octet-stream').set('Content-Length', String(file.bytes))
    await pipeline(Readable.from(readAttachment(database, file.id)), response)
    return answered
  })
}
