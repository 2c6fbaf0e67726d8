import { useEffect, useRef, useState } from 'preact/hooks'
import {
  type DeadZoneReport,
  type DeadZoneStatus,
  deadZoneStatuses,
  remarkDays,
  reportedOperators,
} from '../../server/contract/dead-zones.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox, SelectField } from '../ui/field.tsx'
import { explain } from '../ui/notice.tsx'
import { Loaded } from '../ui/resource.tsx'
import { announce, toast } from '../ui/toast.tsx'
import { overview } from '../workbench/data.ts'
import { go, place } from '../workbench/place.ts'
import { DeadZoneEntry } from './dead-zone-entry.tsx'
import { type Decided, decide, type Filter, filterAddress, readFilter, reports, takeBack } from './dead-zones-data.ts'
import { DeadZonesMap } from './dead-zones-map.tsx'
import { RejectDialog } from './reject-dialog.tsx'

/** What citizens have reported: looked through, published or rejected, several at once; each decision can be taken back. */
export function DeadZonesPage() {
  const filter = readFilter(place.value.query)
  const key = JSON.stringify(filter)
  const revision = overview.answer.value?.clocks.revision
  useEffect(() => void reports.ask({ filter }), [key, revision])
  const moderation = useModeration(key)
  const map = useRef<HTMLDivElement>(null)
  const all = reports.answer.value?.reports ?? []
  const chosen = all.filter(({ id }) => moderation.chosen.has(id))
  return (
    <div class="page">
      <h1>Funklöcher</h1>
      <p>
        Meldungen aus dem Formular „Funkloch melden“. Öffentlich wird nur, was Sie veröffentlichen: die Zelle von 100 m, das Netz,
        der Monat. Bemerkung und Tag des Eingangs bleiben hier; Bemerkungen werden {remarkDays} Tage nach der Entscheidung
        gelöscht.
      </p>
      <Filters filter={filter} />
      {moderation.decided && <Undo decided={moderation.decided} onUndo={() => void moderation.undo()} />}
      <Loaded from={reports}>
        {({ next }) => (
          <div class="dead-zones">
            <div>
              {all.length === 0 ? <Nothing filter={filter} /> : <Actions all={all} chosen={chosen} moderation={moderation} />}
              <ul class="dead-zones__list" aria-label="Meldungen">
                {all.map((report) => (
                  <DeadZoneEntry
                    key={report.id}
                    report={report}
                    isChosen={moderation.chosen.has(report.id)}
                    onChoose={() => moderation.toggle([report.id], !moderation.chosen.has(report.id))}
                    onShow={() => {
                      moderation.show(report.cell)
                      // On narrow screens the map lies below the list.
                      map.current?.scrollIntoView({ block: 'nearest' })
                    }}
                  />
                ))}
              </ul>
              {next !== null && (
                <Button look="secondary" onClick={() => void reports.ask({ filter, known: all })}>
                  Weitere Meldungen
                </Button>
              )}
            </div>
            <div class="dead-zones__map" ref={map}>
              <DeadZonesMap reports={all} chosen={moderation.chosen} shown={moderation.shown} />
            </div>
          </div>
        )}
      </Loaded>
      <RejectDialog
        count={moderation.isRejecting ? chosen.length : 0}
        onClose={() => moderation.setRejecting(false)}
        onReject={(reason) => moderation.decideOn(chosen, 'rejected', reason)}
      />
    </div>
  )
}

type Moderation = ReturnType<typeof useModeration>

/** What is chosen, shown on the map and decided; forgotten when something else is listed. */
function useModeration(key: string) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [shown, show] = useState<string | null>(null)
  const [decided, setDecided] = useState<Decided | null>(null)
  const [isRejecting, setRejecting] = useState(false)
  const [isBusy, setBusy] = useState(false)
  useEffect(() => setChosen(new Set()), [key])

  const toggle = (ids: readonly number[], isOn: boolean) => {
    const next = new Set(chosen)
    for (const id of ids) isOn ? next.add(id) : next.delete(id)
    setChosen(next)
  }
  const run = async (work: () => Promise<Decided | null>, said: string) => {
    setBusy(true)
    try {
      setDecided(await work())
      announce(said)
      setChosen(new Set())
      setRejecting(false)
    } catch (error) {
      toast(explain(error), 'danger')
    }
    await reports.again()
    setBusy(false)
  }
  const decideOn = (seen: readonly DeadZoneReport[], status: DeadZoneStatus, reason: string | null = null) =>
    run(() => decide(seen, status, reason), wordsOf(status, seen.length))
  const undo = () => run(() => (decided ? takeBack(decided).then(() => null) : Promise.resolve(null)), 'Rückgängig gemacht')
  return { chosen, toggle, shown, show, decided, decideOn, undo, isRejecting, setRejecting, isBusy }
}

function wordsOf(status: DeadZoneStatus, count: number): string {
  const what = count === 1 ? 'Eine Meldung' : `${count} Meldungen`
  return status === 'pending' ? `${what}: wieder zu prüfen` : `${what}: ${deadZoneStatuses.labels[status].de}`
}

function Undo({ decided, onUndo }: { decided: Decided; onUndo: () => void }) {
  return (
    <div class="dead-zones__undo">
      <p>{wordsOf(decided.status, decided.before.length)}.</p>
      <Button look="secondary" small onClick={onUndo}>
        Rückgängig machen
      </Button>
    </div>
  )
}

function Actions({
  all,
  chosen,
  moderation,
}: {
  all: readonly DeadZoneReport[]
  chosen: readonly DeadZoneReport[]
  moderation: Moderation
}) {
  const { toggle, decideOn, setRejecting, isBusy } = moderation
  const may = (status: DeadZoneStatus) => !isBusy && chosen.some((report) => report.status !== status)
  return (
    <div class="dead-zones__actions">
      <Checkbox
        label={chosen.length > 0 ? `${chosen.length} von ${all.length} ausgewählt` : 'Alle auswählen'}
        checked={chosen.length === all.length}
        onChange={() =>
          toggle(
            all.map(({ id }) => id),
            chosen.length < all.length,
          )
        }
      />
      <Button look="primary" small icon="check" disabled={!may('published')} onClick={() => void decideOn(chosen, 'published')}>
        Veröffentlichen
      </Button>
      <Button look="secondary" small icon="close" disabled={!may('rejected')} onClick={() => setRejecting(true)}>
        Ablehnen …
      </Button>
      <Button look="tertiary" small icon="renew" disabled={!may('pending')} onClick={() => void decideOn(chosen, 'pending')}>
        Wieder prüfen
      </Button>
    </div>
  )
}

function Nothing({ filter }: { filter: Filter }) {
  return (
    <p class="empty">
      {filter.status === 'pending' && !filter.operator && !filter.districtId
        ? 'Nichts zu prüfen. Neue Meldungen kommen aus dem Formular „Funkloch melden“ im öffentlichen Teil.'
        : 'Keine Meldung passt zu dieser Auswahl.'}
    </p>
  )
}

function Filters({ filter }: { filter: Filter }) {
  const counts = reports.answer.value?.counts
  const districts = overview.answer.value?.districts ?? []
  const choose = (name: Parameters<typeof filterAddress>[0]) => (event: Event) =>
    go(filterAddress(name, (event.currentTarget as HTMLSelectElement).value), { replace: true })
  const everything = { value: '', label: 'alle' }
  return (
    <search class="field-row">
      <SelectField
        label="Zustand"
        optional="silent"
        value={filter.status ?? 'alle'}
        onChange={choose('zustand')}
        options={[
          ...deadZoneStatuses.keys.map((value) => ({
            value,
            label: `${deadZoneStatuses.labels[value].de}${counts ? ` (${counts[value]})` : ''}`,
          })),
          { value: 'alle', label: 'alle' },
        ]}
      />
      <SelectField
        label="Netz"
        optional="silent"
        value={filter.operator ?? ''}
        onChange={choose('netz')}
        options={[everything, ...reportedOperators.keys.map((value) => ({ value, label: reportedOperators.labels[value].de }))]}
      />
      <SelectField
        label="Stadtteil"
        optional="silent"
        value={filter.districtId ?? ''}
        onChange={choose('stadtteil')}
        options={[everything, ...districts.map(({ id, name }) => ({ value: id, label: name }))]}
      />
    </search>
  )
}
