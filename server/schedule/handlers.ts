import type { Router } from 'express'
import { getAnnouncedDates, getForecast, getLedger, minimumCases } from '../contract/schedule.ts'
import { sendBody } from '../http/bodies.ts'
import { type Clocks, resolveClocks } from '../http/clocks.ts'
import type { AppContext } from '../http/context.ts'
import { answered, handle } from '../http/handle.ts'
import { readLedgerDates, toCase, toPublic } from './announced.ts'
import { forecastOf } from './forecast.ts'
import { findDurations, findRevision } from './queries.ts'
import { ledgerOf } from './rules.ts'

/** Announced dates and what became of them; forecasts from recorded durations. */
export function mountSchedule(router: Router, context: AppContext): void {
  const { database } = context
  const resolved = async (clocks: Clocks) => ({ ...clocks, revision: await findRevision(database) })

  handle(router, context, getAnnouncedDates, async ({ query: { districtId, programmeId, ...query }, request, response }) => {
    const clocks = resolveClocks(query)
    const load = async () => {
      const dates = await readLedgerDates(database, clocks, { districtId, programmeId })
      return JSON.stringify({ clocks: await resolved(clocks), dates: dates.map(toPublic) })
    }
    const key = JSON.stringify([request.path, clocks, districtId, programmeId])
    await sendBody(context, request, response, { key, contentType: 'application/json', load })
    return answered
  })

  handle(router, context, getLedger, async ({ query }) => {
    const clocks = resolveClocks(query)
    const dates = await readLedgerDates(database, clocks)
    return { clocks: await resolved(clocks), minimumCases, operators: ledgerOf(dates.map(toCase)), dates }
  })

  handle(router, context, getForecast, async ({ query }) => {
    const clocks = resolveClocks(query)
    return { clocks: await resolved(clocks), minimumCases, ...forecastOf(await findDurations(database, clocks)) }
  })
}
