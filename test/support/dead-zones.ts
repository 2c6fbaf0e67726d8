import { today } from '../../server/contract/dates.ts'
import { cellOf } from '../../server/contract/inspire-grid.ts'
import { change } from '../../server/database/change.ts'
import type { AppContext } from '../../server/http/context.ts'

/** A dead zone reported in Opladen and published. */
export async function publishDeadZone({ database, revisions }: Pick<AppContext, 'database' | 'revisions'>): Promise<void> {
  const details = { actor: 'test', actorName: 'Test', reason: 'Eine Funkloch-Meldung: veröffentlicht' }
  const { revision } = await change(database, details, async (trx, running) => {
    const cell = cellOf([7.005, 51.068])
    const seen = { seen_on: today(), day_part: 'night', operator: 'telekom', technology: 'none', surroundings: 'outdoors' }
    const [report] = await trx('dead_zone_reports')
      .insert({ ...seen, cell })
      .returning('id')
    await trx('dead_zone_decisions').insert({ report_id: report.id, status: 'published', change_id: running.id })
  })
  revisions.announce(revision)
}
