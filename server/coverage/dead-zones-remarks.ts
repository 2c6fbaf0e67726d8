import type { Knex } from 'knex'
import { oldestReportMonths, remarkDays } from '../contract/dead-zones.ts'
import { log, logError } from '../http/log.ts'
import { removeOldRemarks } from './dead-zones-queries.ts'

const hourMs = 60 * 60_000

/** Removes what people wrote about dead zones once it has served: at the start and every hour. Returns how to stop. */
export async function followRemarks(database: Knex): Promise<() => Promise<void>> {
  let running = Promise.resolve()
  const run = () => {
    running = running
      .then(async () => {
        const removed = await removeOldRemarks(database, remarkDays, oldestReportMonths)
        if (removed > 0) log('info', 'remarks on dead zones removed', { removed })
      })
      .catch(logError)
  }
  run()
  const timer = setInterval(run, hourMs).unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
