import { formatDay } from '../../../server/contract/dates.ts'
import { type DeadlineLength, dueDay } from '../../../server/contract/deadlines.ts'
import type { Statement } from '../../../server/contract/facts.ts'
import { holidayName } from '../../../server/contract/working-days.ts'
import { settings } from '../../workbench/data.ts'

/** What the rule would mean for a request received today: the plainest way to see whether it is meant so. */
export function ExampleDeadline({ rule, day }: { rule: Statement; day: string }) {
  const state = settings.answer.value?.federalState
  if (!state) return null
  const length = rule.content as unknown as DeadlineLength
  const { dueOn, countedOn } = dueDay({ receivedOn: day, length, pauses: [], state })
  if (dueOn === null) return null
  const why =
    dueOn === countedOn ? '' : `, weil der ${formatDay(countedOn, 'de')} ${freeDay(countedOn, holidayName(countedOn, state))} ist`
  return (
    <p>
      Eingang heute, letzter Tag: {formatDay(dueOn, 'de')}
      {why}.
    </p>
  )
}

function freeDay(day: string, holiday: string | null): string {
  return holiday ?? `ein ${new Intl.DateTimeFormat('de-DE', { weekday: 'long', timeZone: 'UTC' }).format(new Date(day))}`
}
