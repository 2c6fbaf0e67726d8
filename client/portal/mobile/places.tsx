import { formatDay, formatImpreciseDate } from '../../../server/contract/dates.ts'
import { reportedOperators } from '../../../server/contract/dead-zones.ts'
import { mobileOperators, publicSiteStatuses } from '../../../server/contract/mobile/codes.ts'
import type { DeadZone, Mobile } from '../../../server/contract/portal-mobile.ts'
import { deadZoneSentence } from '../../../server/contract/portal-mobile-words.ts'
import { language, say } from '../../ui/language.ts'
import { where } from './mobile-data.ts'
import { words } from './mobile-words.ts'

/** So many places are read; more are for a table. */
const most = 12

const isHere = ({ districtId }: { districtId: string | null }) => where.value.id === null || districtId === where.value.id

/** What citizens reported here and the city published. */
export function DeadZones({ answer }: { answer: Mobile }) {
  const here = answer.deadZones.filter(isHere)
  const nameOf = (id: string | null) => answer.districts.find((district) => district.id === id)?.name
  return (
    <section class="section">
      <h2>{say(words.deadZones)}</h2>
      <p>{deadZoneSentence(answer, where.value.id, language.value)}</p>
      <p class="muted">{say(words.deadZonesNote)}</p>
      {here.length > 0 && (
        <ul class="mobile-list">
          {here.slice(0, most).map((zone) => (
            <li key={zone.cell}>{zoneText(zone, where.value.id === null ? nameOf(zone.districtId) : undefined)}</li>
          ))}
        </ul>
      )}
      {here.length > most && <p>{say(words.more)(here.length - most)}</p>}
    </section>
  )
}

function zoneText({ reports, operators, noService, latestMonth }: DeadZone, district: string | undefined): string {
  const networks = operators.map((operator) => (operator === 'unknown' ? null : say(reportedOperators.labels[operator])))
  const parts = [
    say(words.reports)(reports),
    networks.filter((name) => name !== null).join(', '),
    noService > 0 ? `${say(words.noService)}: ${noService}` : '',
    `${say(words.latest)} ${formatImpreciseDate(latestMonth, language.value)}`,
  ]
  return `${district ? `${district}: ` : ''}${parts.filter(Boolean).join(', ')}`
}

/** Sites agreed, being built or in operation, as far as they are released. */
export function Sites({ answer }: { answer: Mobile }) {
  const here = answer.sites.filter(isHere)
  return (
    <section class="section">
      <h2>{say(words.sites)}</h2>
      {here.length === 0 ? (
        <p>{say(words.noSites)}</p>
      ) : (
        <ul class="mobile-list">
          {here.map(({ id, name, status, operators, since, note }) => (
            <li key={id}>
              <strong>{name}</strong>: {say(publicSiteStatuses.labels[status])}
              {since && ` ${say(words.since)} ${formatDay(since, language.value)}`}
              {operators.length > 0 && ` (${operators.map((operator) => say(mobileOperators.labels[operator])).join(', ')})`}
              {note && <span class="muted"> {note}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
