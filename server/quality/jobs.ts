import type { AppContext } from '../http/context.ts'
import { log, logError } from '../http/log.ts'
import { findLastRun } from './queries.ts'
import { type Occasion, runQualityRules } from './run.ts'

/** Changes often come in rows: the rules run once they have settled. */
const settleMs = 5_000
const dayMs = 24 * 60 * 60 * 1000

/**
 * Runs the rules after changes and every night at three (of the server's clock); at the first start before anybody asks, later when
 * the last run is older than a day or than the content. Returns how to stop.
 */
export async function followQuality({ database, revisions, bodies }: AppContext): Promise<() => Promise<void>> {
  let settling: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const run = (occasion: Occasion) => {
    running = running
      .then(async () => {
        const found = await runQualityRules(database, occasion)
        bodies.drop()
        log('info', 'consistency checked', { occasion, found })
      })
      .catch(logError)
  }
  const soon = () => {
    clearTimeout(settling)
    settling = setTimeout(() => run('change'), settleMs).unref()
  }
  const last = await findLastRun(database)
  if (!last) await runQualityRules(database, 'change')
  else if (last.revision < revisions.current() || Date.now() - Date.parse(last.finishedAt) > dayMs) soon()
  const unsubscribe = revisions.subscribe(soon)
  let night = setTimeout(nightly, untilThree()).unref()
  function nightly() {
    run('night')
    night = setTimeout(nightly, untilThree()).unref()
  }
  return async () => {
    unsubscribe()
    clearTimeout(settling)
    clearTimeout(night)
    await running
  }
}

function untilThree(): number {
  const next = new Date()
  next.setHours(3, 0, 0, 0)
  const wait = next.getTime() - Date.now()
  return wait > 1000 ? wait : wait + dayMs
}
