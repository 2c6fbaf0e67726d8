import { formatDay, type IsoDate } from '../../../server/contract/dates.ts'
import type { Clock } from '../../../server/contract/participation.ts'
import { weekdayAndDay } from '../../../server/contract/participation-words.ts'
import { Light } from '../../ui/deadline-light.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'

/** The clocks of a case: until when, what is left, and on what they rest. */
export function ClockList({ clocks, today }: { clocks: readonly Clock[]; today: IsoDate }) {
  if (clocks.length === 0) return <p>Für den Tag des Eingangs ist keine Fristregel erfasst.</p>
  return (
    <ul class="clock-list">
      {clocks.map((clock) => (
        <li key={clock.rule}>
          <Light light={clock.light}>{clock.name}</Light>
          <p>{clockWords(clock, today)}</p>
          <Disclosure summary="Worauf sie beruht">
            <p>{clock.legalNote}</p>
            {clock.doubt && <p>{clock.doubt}</p>}
          </Disclosure>
        </li>
      ))}
    </ul>
  )
}

/** "bis Mittwoch, 16.12.2026, noch 17 Arbeitstage", "erledigt am 09.11.2026 (Frist 18.11.2026)". */
export function clockWords({ dueOn, metOn, daysLeft, workingDaysLeft }: Clock, today: IsoDate): string {
  if (metOn !== null) return `erledigt am ${formatDay(metOn, 'de')}${dueOn ? ` (Frist ${formatDay(dueOn, 'de')})` : ''}`
  if (dueOn === null) return `angehalten; danach bleiben ${daysLeft} Tage`
  if (dueOn === today) return `bis heute, ${weekdayAndDay(dueOn)}`
  const left = workingDaysLeft ?? 0
  if (dueOn < today) return `war bis ${weekdayAndDay(dueOn)}, seit ${days(-left)} vorbei`
  return `bis ${weekdayAndDay(dueOn)}, ${left === 0 ? 'kein Arbeitstag mehr' : `noch ${days(left, 'e')}`}`
}

function days(count: number, ending = 'en'): string {
  return count === 1 ? `${ending === 'en' ? 'einem' : 'ein'} Arbeitstag` : `${count} Arbeitstag${ending}`
}
