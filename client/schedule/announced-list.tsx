import { formatImpreciseDate } from '../../server/contract/dates.ts'
import { type LedgerDate, outcomes } from '../../server/contract/schedule.ts'
import { announcedName, announcedSentence, announcementText } from '../../server/contract/schedule-words.ts'
import { Disclosure } from '../ui/disclosure.tsx'
import { SelectField } from '../ui/field.tsx'
import { addressWith, go, place } from '../workbench/place.ts'
import { fits, listId, nobody, operatorKey, readDateFilter, results } from './filter.ts'

/** Every announced date with its revisions, reasons and who recorded them; narrowed by operator and by what became of it. */
export function AnnouncedList({ dates }: { dates: readonly LedgerDate[] }) {
  const filter = readDateFilter(place.value.query)
  const shown = dates.filter((date) => fits(date, filter))
  const operators = [...new Set(dates.map(operatorKey))].toSorted()
  const choose = (name: 'betreiber' | 'ergebnis') => (event: Event) =>
    go(addressWith({ [name]: (event.currentTarget as HTMLSelectElement).value || null }), { replace: true })
  return (
    <section>
      <h2 id={listId} tabIndex={-1}>
        Termine und ihre Geschichte
      </h2>
      <search class="field-row">
        <SelectField
          label="Betreiber"
          value={filter.operator}
          onChange={choose('betreiber')}
          optional="silent"
          options={[all, ...operators.map((value) => ({ value, label: value === nobody ? 'ohne Betreiber' : value }))]}
        />
        <SelectField
          label="Ergebnis"
          value={filter.result}
          onChange={choose('ergebnis')}
          optional="silent"
          options={[all, ...Object.entries(results).map(([value, label]) => ({ value, label }))]}
        />
      </search>
      <p role="status">
        {shown.length} von {dates.length} Terminen
      </p>
      <ul class="findings" aria-label="Angekündigte Termine">
        {shown.map((date) => (
          <AnnouncedEntry key={date.id} date={date} />
        ))}
      </ul>
      {shown.length === 0 && <p class="empty">Kein Termin mit diesen Merkmalen.</p>}
    </section>
  )
}

const all = { value: '', label: 'alle' }

function AnnouncedEntry({ date }: { date: LedgerDate }) {
  const name = announcedName(date, 'de')
  return (
    <li class={`finding${date.outcome === 'late' || date.outcome === 'overdue' ? ' finding--error' : ''}`}>
      <p class="muted">{[date.programme, date.operator, outcomes.labels[date.outcome].de].filter(Boolean).join(' · ')}</p>
      <p class="finding__sentence">
        <strong>{date.section ? `${date.section}, ${name}` : name}</strong>: {announcedSentence(date, 'de')}
      </p>
      <Disclosure
        summary={
          <>
            {date.events.length === 1 ? '1 Angabe' : `${date.events.length} Angaben`}
            <span class="kern-sr-only"> zu {date.section ? `${date.section}, ${name}` : name}</span>
          </>
        }
      >
        <ol class="statements">
          {date.events.map((event) => (
            <li key={`${event.kind} ${event.knownFrom} ${event.source.citation}`}>
              {announcementText(event, 'de')}. Stand {formatImpreciseDate(event.trueOn, 'de')}, Quelle: {event.source.citation}.
              <br />
              <span class="muted">
                Grund (nicht öffentlich): {event.reason}. Erfasst von {event.recordedBy}.
                {event.note && ` Hinweis (öffentlich): ${event.note}`}
              </span>
            </li>
          ))}
        </ol>
      </Disclosure>
      {date.sectionId && (
        <p>
          <a href={`/arbeitsplatz?${new URLSearchParams({ programm: date.programmeId, abschnitt: date.sectionId })}`}>
            Bauabschnitt öffnen
          </a>
        </p>
      )}
    </li>
  )
}
