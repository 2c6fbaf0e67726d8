import type { Router } from 'express'
import * as contract from '../contract/counts.ts'
import { IsoDate, today } from '../contract/dates.ts'
import { media } from '../contract/media.ts'
import { publicDefinition } from '../contract/metrics.ts'
import { change } from '../database/change.ts'
import { planRelease, releaseCounts, withdrawRelease } from '../database/release.ts'
import { type Clocks, resolveClocks } from '../http/clocks.ts'
import type { AppContext, SignedInUser } from '../http/context.ts'
import { answered, handle } from '../http/handle.ts'
import { badParameter, conflict, notFound } from '../http/problem.ts'
import { writeCounts } from './export.ts'
import { findCounts, findHistory, findLengths, findReleases, findReported, findTargets } from './queries.ts'

const connections = ['household', 'business', 'educational_institution', 'hospital']
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const lengths = ['fibre_cable', 'new_duct', 'reused_infrastructure', 'trench']

/** Figures counted and measured from objects, and what of them is published. */
export function mountCounts(router: Router, context: AppContext): void {
  mountFigures(router, context)
  mountReleases(router, context)
}

function mountFigures(router: Router, context: AppContext): void {
  const { database, revisions } = context
  const resolved = (clocks: Clocks) => ({ ...clocks, revision: revisions.current() })

  handle(router, context, contract.getCounts, async ({ query: { definition = publicDefinition, ...query } }) => {
    const clocks = resolveClocks(query)
    const [counted, reported, targets] = await Promise.all([
      findCounts(database, clocks, definition),
      findReported(database, clocks, connections),
      findTargets(database, clocks, connections),
    ])
    return { clocks: resolved(clocks), definition, counted, reported, targets }
  })

  handle(router, context, contract.getLengths, async ({ query }) => {
    const clocks = resolveClocks(query)
    const [measured, reported, targets] = await Promise.all([
      findLengths(database, clocks),
      findReported(database, clocks, lengths),
      findTargets(database, clocks, lengths),
    ])
    return { clocks: resolved(clocks), measured, reported, targets }
  })

  handle(router, context, contract.exportCounts, async ({ query: { definition = publicDefinition, f, ...query }, response }) => {
    const clocks = resolveClocks(query)
    const rows = await findCounts(database, clocks, definition)
    const isDemo = revisions.isDemo()
    response
      .attachment(`zahlen_${clocks.asOf}.${f}`)
      .type(f === 'xlsx' ? xlsxType : media.csv)
      .send(await writeCounts(database, rows, { clocks, definition, format: f, isDemo }))
    return answered
  })

  handle(router, context, contract.getFigureHistory, async ({ query }) => ({ values: await findHistory(database, query) }))
}

/** A day that has come. */
function checkStand(stand: string): string {
  if (!IsoDate.safeParse(stand).success)
    throw badParameter('stand', 'Der Stand ist kein Datum. Erwartet wird zum Beispiel 2026-03-31.')
  if (stand > today()) throw badParameter('stand', 'Der Stand liegt in der Zukunft.')
  return stand
}

const details = (user: SignedInUser, reason: string) => ({ actor: user.id, actorName: user.name, reason })

function mountReleases(router: Router, context: AppContext): void {
  const { database, revisions } = context

  handle(router, context, contract.listReleases, async () => ({ releases: await findReleases(database) }))

  handle(router, context, contract.previewRelease, async ({ query }) => {
    const stand = checkStand(query.stand)
    return { stand, figures: await planRelease(database, stand) }
  })

  handle(router, context, contract.publishRelease, async ({ body, user }) => {
    const stand = checkStand(body.stand)
    const { revision, result } = await change(database, details(user, body.reason), async (trx, running) => {
      const figures = await releaseCounts(trx, { stand, release: running.id })
      if (figures.length === 0) throw conflict('Es gibt keine Anschlussobjekte, aus denen Zahlen zu zählen wären.')
      return figures
    })
    revisions.announce(revision)
    return { revision, figures: result.length, hidden: result.filter(({ hidden }) => hidden !== null).length }
  })

  handle(router, context, contract.withdrawCountRelease, async ({ params: { id }, body, user }) => {
    const { revision } = await change(database, details(user, body.reason), async (trx, running) => {
      const release = (await findReleases(trx)).find((one) => one.id === id && one.withdraws === null)
      if (!release) throw notFound('Die Veröffentlichung')
      if (release.isWithdrawn) throw conflict('Diese Veröffentlichung ist schon zurückgenommen.')
      await withdrawRelease(trx, running.id, id)
    })
    revisions.announce(revision)
    return { revision }
  })
}
