import { formatDay, formatMoment } from '../../server/contract/dates.ts'
import {
  type DeadZoneReport,
  dayParts,
  deadZoneStatuses,
  reportedOperators,
  shownTechnologies,
  surroundings,
} from '../../server/contract/dead-zones.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/field.tsx'
import { nameOf } from '../workbench/data.ts'

interface EntryProps {
  report: DeadZoneReport
  isChosen: boolean
  onChoose: () => void
  onShow: () => void
}

/** What was reported, what the reporter added, and what was decided. */
export function DeadZoneEntry({ report, isChosen, onChoose, onShow }: EntryProps) {
  const { operator, technology, districtId, remark, publishedNearby, decisions } = report
  const district = districtId ? nameOf('district', districtId) : 'außerhalb der heutigen Grenzen'
  return (
    <li class={`dead-zone dead-zone--${report.status}`}>
      <Checkbox
        label={`${reportedOperators.labels[operator].de}: ${shownTechnologies.labels[technology].de}, ${district}`}
        checked={isChosen}
        onChange={onChoose}
      />
      <p>
        {surroundings.labels[report.surroundings].de}, {formatDay(report.seenOn, 'de')},{' '}
        {small(dayParts.labels[report.dayPart].de)}
      </p>
      {remark && (
        <blockquote class="dead-zone__remark">
          <p>{remark}</p>
        </blockquote>
      )}
      <p class="muted">
        {deadZoneStatuses.labels[report.status].de} · eingegangen am {formatDay(report.receivedOn, 'de')}
        {publishedNearby > 0 &&
          ` · hier ${publishedNearby === 1 ? 'ist schon eine Meldung' : `sind schon ${publishedNearby} Meldungen`} veröffentlicht`}
      </p>
      {decisions.length > 0 && <Decisions decisions={decisions} />}
      <Button look="tertiary" small icon="map" onClick={onShow}>
        Auf der Karte zeigen
      </Button>
    </li>
  )
}

const small = (words: string) => words.charAt(0).toLowerCase() + words.slice(1)

function Decisions({ decisions }: { decisions: DeadZoneReport['decisions'] }) {
  return (
    <ul class="dead-zone__decisions" aria-label="Entscheidungen">
      {decisions.map(({ id, status, reason, decidedBy, decidedAt }) => (
        <li key={id}>
          {status === 'pending' ? 'Entscheidung zurückgenommen' : deadZoneStatuses.labels[status].de} von {decidedBy} am{' '}
          {formatMoment(decidedAt, 'de')}
          {reason && `: ${reason}`}
        </li>
      ))}
    </ul>
  )
}
