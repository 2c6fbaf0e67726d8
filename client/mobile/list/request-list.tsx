import { today } from '../../../server/contract/dates.ts'
import type { RequestSummary } from '../../../server/contract/mobile.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Loaded } from '../../ui/resource.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { nameOf } from '../../workbench/data.ts'
import { addressWith, place } from '../../workbench/place.ts'
import { csvOf, saveFile } from '../csv.ts'
import { deadlines, mayChange, requests } from '../data.ts'
import { mostPressing, urgencyOf } from '../deadlines.ts'
import { Board, type ListProps } from './board.tsx'
import { Bottlenecks } from './bottlenecks.tsx'
import { Filters } from './filters.tsx'
import { byAttention } from './order.ts'
import { type CaseFilter, type Display, displays, fits, readDisplay, readFilter } from './query.ts'
import { RequestMap } from './request-map.tsx'
import { csvHeader, csvRow, RequestTable } from './request-table.tsx'

/** All cases: as board, table or map, and by whom they wait for. One list, one filter, in the address. */
export function RequestList() {
  const display = readDisplay(place.value.query)
  return (
    <div class="page page--wide site-list">
      <header class="site-list__head">
        <h1>Standortanfragen</h1>
        {mayChange() && (
          <ButtonLink look="primary" icon="add" href={addressWith({ anfrage: 'neu' })}>
            Neue Anfrage
          </ButtonLink>
        )}
      </header>
      <Loaded from={requests} skeleton={<Skeleton lines={[90, 90, 90]} />}>
        {({ requests: all }) => (all.length === 0 ? <Empty /> : <Some all={all} display={display} />)}
      </Loaded>
    </div>
  )
}

function Some({ all, display }: { all: readonly RequestSummary[]; display: Display }) {
  const filter = readFilter(place.value.query)
  const clocks = deadlines.answer.value
  const deadlineOf = ({ id }: RequestSummary) => mostPressing(clocks?.get(id) ?? [])
  const shown = all
    .filter((request) => fits(request, filter, (id) => nameOf('district', id)))
    .sort(byAttention((request) => urgencyOf(deadlineOf(request))))
  const list: ListProps = { requests: shown, today: today(), deadlineOf }
  const Shown = { tafel: Board, tabelle: RequestTable, karte: RequestMap, engpass: Bottlenecks }[display]
  return (
    <>
      <Displays current={display} />
      <Filters filter={filter}>
        <Button
          look="tertiary"
          small
          icon="download"
          onClick={() => saveFile('standortanfragen.csv', csvOf([csvHeader, ...shown.map((request) => csvRow(request, list))]))}
        >
          Liste für Excel
        </Button>
      </Filters>
      {shown.length === 0 ? <NoneFits filter={filter} /> : <Shown {...list} />}
    </>
  )
}

function Displays({ current }: { current: Display }) {
  return (
    <nav class="kind-tabs" aria-label="Darstellung">
      <ul>
        {Object.entries(displays).map(([display, name]) => (
          <li key={display}>
            <a href={addressWith({ ansicht: display })} aria-current={display === current ? 'page' : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function NoneFits({ filter }: { filter: CaseFilter }) {
  return (
    <p class="empty" role="status">
      Keine Standortanfrage passt {Object.keys(filter).length > 1 ? 'zu diesen Filtern' : 'zum Filter'}.
    </p>
  )
}

/** Teaches what happens here, as long as nothing has. */
function Empty() {
  return (
    <section class="empty site-empty">
      <h2>Noch keine Standortanfrage</h2>
      <p>Ein Schreiben eines Betreibers ist da? So geht es weiter:</p>
      <ol>
        <li>
          Legen Sie die Anfrage an: wer, wann eingegangen, wozu, und den Suchkreis auf der Karte. Das Schreiben hängen Sie an.
        </li>
        <li>Mit dem Eingang laufen die Fristen: 30 Tage für die Antwort, acht Wochen für die Abstimmung.</li>
        <li>Tragen Sie Kandidaten ein und beteiligen Sie die Fachbereiche. Was daraus folgt, steht immer oben im Vorgang.</li>
        <li>Suchkreise und Ansprechpersonen bleiben intern. Öffentlich wird ein Standort erst, wenn Sie ihn freigeben.</li>
      </ol>
      {mayChange() ? (
        <p>
          <ButtonLink look="primary" icon="add" href={addressWith({ anfrage: 'neu' })}>
            Erste Anfrage anlegen
          </ButtonLink>
        </p>
      ) : (
        <p>Anlegen kann sie die Mobilfunkkoordination.</p>
      )}
    </section>
  )
}
