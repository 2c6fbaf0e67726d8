import type { Request, Response, Router } from 'express'
import { today } from '../contract/dates.ts'
import * as contract from '../contract/portal.ts'
import { getMobile } from '../contract/portal-mobile.ts'
import { sendBody } from '../http/bodies.ts'
import { resolveClocks } from '../http/clocks.ts'
import type { AppContext } from '../http/context.ts'
import { answered, handle } from '../http/handle.ts'
import { limitMessages } from '../http/message-limit.ts'
import { notFound } from '../http/problem.ts'
import { loadDistrict } from './district.ts'
import { findFeedback, markHandled, removeFeedback, storeFeedback } from './feedback.ts'
import { loadMobile } from './mobile.ts'
import { loadOverview } from './overview.ts'
import { loadProgramme } from './programme.ts'
import { loadFoundPlace, loadHits } from './search.ts'
import { loadSettings } from './settings.ts'
import { loadPage } from './text-pages.ts'
import { loadTimeline } from './timeline.ts'

export { mountSite } from './site.ts'

interface Exchange {
  request: Request
  response: Response
}

/** What the public asks: districts, programmes, time, search, text pages; and its messages to the city. */
export function mountPortal(router: Router, context: AppContext): void {
  mountReads(router, context)
  mountFeedback(router, context)
}

function mountReads(router: Router, context: AppContext): void {
  const { database } = context

  /** A finished JSON body; `parts` name it completely, together with the path. */
  const answer = async (
    { request, response }: Exchange,
    parts: readonly unknown[],
    load: () => Promise<string>,
  ): Promise<typeof answered> => {
    const key = JSON.stringify([request.path, ...parts])
    await sendBody(context, request, response, { key, contentType: 'application/json', load })
    return answered
  }

  handle(router, context, contract.getOverview, (call) => {
    const clocks = resolveClocks(call.query)
    return answer(call, [clocks], () => loadOverview(database, clocks))
  })
  handle(router, context, contract.getDistrict, (call) => {
    const clocks = resolveClocks(call.query)
    return answer(call, [clocks], () => loadDistrict(database, call.params.id, clocks))
  })
  handle(router, context, contract.getProgramme, (call) => {
    const clocks = resolveClocks(call.query)
    return answer(call, [clocks], () => loadProgramme(database, call.params.id, clocks))
  })
  handle(router, context, getMobile, (call) => {
    const clocks = resolveClocks(call.query)
    return answer(call, [clocks, today()], () => loadMobile(database, clocks))
  })
  handle(router, context, contract.getTimeline, (call) => {
    const clocks = resolveClocks(call.query)
    return answer(call, [clocks, today()], () => loadTimeline(database, clocks))
  })
  handle(router, context, contract.getPage, (call) => {
    const language = call.query.language ?? 'de'
    return answer(call, [language, today()], () => loadPage(database, call.params.slug, language))
  })
  handle(router, context, contract.getSettings, (call) => answer(call, [today()], () => loadSettings(context, today())))
  handle(router, context, contract.searchPlaces, async ({ query, response }) => {
    response
      .set('Cache-Control', 'no-store')
      .type('application/json')
      .send(await loadHits(database, query.q))
    return answered
  })
  handle(router, context, contract.getFoundPlace, async ({ query, response }) => {
    const body = await loadFoundPlace(database, query.id)
    if (body === null) throw notFound('Die Adresse', 'id')
    response.set('Cache-Control', 'no-store').type('application/json').send(body)
    return answered
  })
}

function mountFeedback(router: Router, context: AppContext): void {
  const { database } = context
  router.post(contract.sendFeedback.path, limitMessages(5, 'Nachrichten'))
  handle(router, context, contract.sendFeedback, async ({ body }) => {
    // A robot that fills in the trap is told the same as everybody, and nothing is kept.
    if (!body.website) await storeFeedback(database, body)
    return { received: true as const }
  })
  handle(router, context, contract.listFeedback, async () => ({ feedback: await findFeedback(database) }))
  handle(router, context, contract.handleFeedback, ({ params, user }) => markHandled(database, params.id, user))
  handle(router, context, contract.deleteFeedback, ({ params }) => removeFeedback(database, params.id))
}
