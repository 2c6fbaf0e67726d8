import type { Router } from 'express'
import type { Knex } from 'knex'
import type * as z from 'zod/mini'
import { today } from '../contract/dates.ts'
import * as contract from '../contract/dead-zones.ts'
import { cellOf } from '../contract/inspire-grid.ts'
import { change } from '../database/change.ts'
import type { AppContext, SignedInUser } from '../http/context.ts'
import { handle } from '../http/handle.ts'
import { limitMessages } from '../http/message-limit.ts'
import { conflict, invalid } from '../http/problem.ts'
import {
  countReports,
  findDistrictOfCell,
  findLatestDecisions,
  findReports,
  keepDecisions,
  keepReport,
} from './dead-zones-queries.ts'
import { rememberReports } from './dead-zones-repeats.ts'
import { isRobot, isTooFewWords, judgeDay, wordsOfDecision } from './dead-zones-rules.ts'

type Report = z.infer<(typeof contract.reportDeadZone)['body']>
type Decision = z.infer<(typeof contract.decideOnDeadZones)['body']>

const mostReports = 10

/** Dead zones: what citizens report, and what the city decides about it. */
export function mountDeadZones(router: Router, context: AppContext): void {
  const { database, revisions } = context
  const repeats = rememberReports()
  router.post(contract.reportDeadZone.path, limitMessages(mostReports, 'Meldungen'))

  handle(router, context, contract.reportDeadZone, async ({ body, request }) => {
    const { cell, district } = await placeOf(database, body)
    const answer = { received: true as const, cell, district, isRepeated: false }
    // A robot is told the same as everybody, and nothing is kept.
    if (isRobot(body)) return answer
    const sender = [request.ip, request.get('User-Agent'), cell, body.operator, body.seenOn]
    const isRepeated = !(await repeats.once(sender, () => keepReport(database, cell, body)))
    return { ...answer, isRepeated }
  })
  handle(router, context, contract.listDeadZoneReports, async ({ query }) => ({
    ...(await findReports(database, query)),
    counts: await countReports(database),
  }))
  handle(router, context, contract.decideOnDeadZones, async ({ body, user }) => {
    const { revision, result: reports } = await decide(database, user, body)
    revisions.announce(revision)
    return { revision, reports }
  })
}

/** The cell that is kept and its district. From here on the exact place is forgotten: it reaches neither database nor log. */
async function placeOf(database: Knex, report: Report): Promise<{ cell: string; district: string }> {
  const cell = cellOf(report.point)
  const district = await findDistrictOfCell(database, cell)
  const errors = [
    ...judgeDay(report, new Date(), today()),
    ...(district === null ? [{ field: 'point', detail: 'Der Ort liegt außerhalb der Stadt.' }] : []),
  ]
  if (errors.length > 0 || district === null) throw invalid(errors)
  return { cell, district }
}

async function decide(database: Knex, user: SignedInUser, { reports, status, reason }: Decision) {
  if (status === 'rejected' && isTooFewWords(reason))
    throw invalid([{ field: 'reason', detail: 'Bitte nennen Sie den Grund der Ablehnung (mindestens 3 Zeichen).' }])
  const wanted = new Map(reports.map(({ id, decision }) => [id, decision]))
  const details = { actor: user.id, actorName: user.name, reason: wordsOfDecision(status, wanted.size) }
  return change(database, details, async (trx, running) => {
    const latest = await findLatestDecisions(trx, [...wanted.keys()])
    if (latest.size < wanted.size) throw conflict('Eine der Meldungen gibt es nicht. Bitte laden Sie die Liste neu.')
    const moved = [...wanted].filter(([id, decision]) => latest.get(id) !== decision).length
    if (moved > 0)
      throw conflict(`Über ${moved} der Meldungen hat inzwischen jemand anderes entschieden. Bitte laden Sie die Liste neu.`)
    return keepDecisions(trx, [...wanted.keys()], { status, reason: reason || null, changeId: running.id })
  })
}
