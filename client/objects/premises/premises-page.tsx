import './premises.css'
import { useEffect } from 'preact/hooks'
import { formatNumber } from '../../../server/contract/numbers.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Failure } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { announce } from '../../ui/toast.tsx'
import { overview, useFacts } from '../../workbench/data.ts'
import { addressWith, go, place } from '../../workbench/place.ts'
import { ExportLinks } from '../export-links.tsx'
import { AddressSheet } from './address-sheet.tsx'
import { awaitedPoint, counts, type Loaded, list, mayChange, selection } from './data.ts'
import { DetailPanel } from './detail-panel.tsx'
import { EditSeveral } from './edit-panel.tsx'
import { asked, type FilterPart, filterChange, noFilter, type PremisesFilter, readFilter, readSort, valuesOf } from './filter.ts'
import { FilterBar, filterWords } from './filter-bar.tsx'
import { NewPremises } from './new-premises.tsx'
import { PremisesMap } from './premises-map.tsx'
import { PremisesTable } from './premises-table.tsx'
import { countOf, noSelection, toggle } from './selection.ts'
import { amountWords, unitWords } from './words.ts'

const closed = { objekt: null, bearbeiten: null, neu: null }

function open(id: string): void {
  go(addressWith({ ...closed, objekt: id }))
}

/** Premises: what is or may be connected, as table and map; everything at one address with `?adresse=`. */
export function PremisesPage() {
  const addressId = place.value.query.get('adresse')
  return addressId ? <AddressSheet addressId={addressId} /> : <Desk />
}

function Desk() {
  useFacts('programme', 'section')
  const { query } = place.value
  const filter = readFilter(query)
  const { key, descending } = readSort(query)
  const sort = `${descending ? '-' : ''}${key}`
  const revision = overview.answer.value?.clocks.revision ?? 0
  const filterKey = JSON.stringify(filter)
  useEffect(() => {
    void list.ask({ filter, sort, limit: list.answer.peek()?.objects.length ?? 0 })
  }, [filterKey, sort, revision])
  useEffect(() => void counts.ask(filter), [filterKey, revision])
  const loaded = list.answer.value
  const opened = query.get('objekt')
  const isPanelOpen = opened !== null || query.has('bearbeiten') || query.has('neu')
  const asMap = query.get('ansicht') === 'karte'
  const ids = loaded?.objects.map(({ id }) => id) ?? []
  const press = (id: string, joins: boolean) => {
    if (joins) selection.value = toggle(selection.peek(), id, ids)
    else open(id)
  }
  const chooseBox = (bounds: string) => {
    selection.value = { all: true }
    go(addressWith(filterChange('bbox', bounds)))
    announce('Alle Anschlussobjekte im Rahmen sind ausgewählt.')
  }
  useNoPointing(query.has('neu'))
  const chosen = selection.value
  const look = { revision, filter, opened, selected: chosen.all ? ('all' as const) : [...chosen.ids] }
  const isEmptyCity = loaded?.totals.count === 0 && Object.keys(filter).length === 0
  return (
    <div class={classOf({ panel: isPanelOpen, map: asMap, pointing: awaitedPoint.value !== null })}>
      <header class="premises__head">
        <div class="premises__title">
          <h1>Anschlussobjekte</h1>
          {mayChange() && (
            <Button look="secondary" icon="add" small onClick={() => go(addressWith({ ...closed, neu: '1' }))}>
              Neu anlegen
            </Button>
          )}
          <Button
            look="secondary"
            small
            icon={asMap ? 'table' : 'map'}
            class="premises__toggle"
            onClick={() => go(addressWith({ ansicht: asMap ? null : 'karte' }), { replace: true })}
          >
            {asMap ? 'Als Tabelle' : 'Als Karte'}
          </Button>
          {!isEmptyCity && <ExportLinks kind="premises" filter={asked(filter)} />}
        </div>
        {!isEmptyCity && <FilterBar filter={filter} />}
        {loaded && !isEmptyCity && <Sums loaded={loaded} filter={filter} />}
        {list.error.value !== null && <Failure error={list.error.value} retry={list.again} />}
      </header>
      <Rows loaded={loaded} filter={filter} sort={{ key, descending }} opened={opened} />
      <PremisesMap
        look={look}
        bounds={loaded?.totals.bounds ?? null}
        point={loaded?.objects.find(({ id }) => id === opened)?.point ?? null}
        onPress={press}
        onBox={chooseBox}
      />
      {isPanelOpen && (
        <section class="premises__panel" aria-label="Ausgewählt">
          {opened !== null ? (
            <DetailPanel key={opened} id={opened} revision={revision} onClose={() => go(addressWith(closed))} />
          ) : (
            loaded && <Changing loaded={loaded} filter={filter} />
          )}
        </section>
      )}
    </div>
  )
}

function classOf(modes: Readonly<Record<string, boolean>>): string {
  return ['premises', ...Object.keys(modes).flatMap((mode) => (modes[mode] ? [`premises--${mode}`] : []))].join(' ')
}

/** Nobody waits for a click on the map once the form that did is closed. */
function useNoPointing(isNew: boolean): void {
  useEffect(() => {
    if (!isNew) awaitedPoint.value = null
  }, [isNew])
}

interface RowsProps {
  loaded: Loaded | null
  filter: PremisesFilter
  sort: ReturnType<typeof readSort>
  opened: string | null
}

/** The table, or what stands in its place while there are no rows. */
function Rows({ loaded, filter, sort, opened }: RowsProps) {
  const isFiltered = Object.keys(filter).length > 0
  return (
    <div class="premises__table">
      {loaded === null && list.error.value === null && <Skeleton lines={[90, 90, 90, 90, 90, 90]} />}
      {loaded && loaded.totals.count > 0 && (
        <PremisesTable rows={loaded.objects} sort={sort} opened={opened} onOpen={open}>
          <More loaded={loaded} filter={filter} sort={`${sort.descending ? '-' : ''}${sort.key}`} />
        </PremisesTable>
      )}
      {loaded?.totals.count === 0 && !isFiltered && <NothingYet />}
      {loaded?.totals.count === 0 && isFiltered && (
        <p class="empty">
          Kein Anschlussobjekt passt zu diesem Filter.{' '}
          <Button look="secondary" small onClick={() => go(addressWith(noFilter()))}>
            Alle Filter entfernen
          </Button>
        </p>
      )}
    </div>
  )
}

function Changing({ loaded: { totals, revision }, filter }: { loaded: Loaded; filter: PremisesFilter }) {
  if (!mayChange()) return <p class="empty">Ihr Konto darf Anschlussobjekte nicht ändern.</p>
  if (place.value.query.has('neu')) return <NewPremises revision={revision} />
  const where = (Object.keys(filter) as FilterPart[])
    .flatMap((part) => valuesOf(filter, part).map((value) => filterWords(part, value)))
    .join(', ')
  return <EditSeveral filter={filter} where={where} count={countOf(selection.value, totals.count)} revision={revision} />
}

/** How many fit, units of each kind apart, and what is chosen. */
function Sums({ loaded: { totals }, filter }: { loaded: Loaded; filter: PremisesFilter }) {
  const chosen = selection.value
  const count = countOf(chosen, totals.count)
  const kinds = counts.answer.value?.kinds ?? []
  const isFiltered = Object.keys(filter).length > 0
  return (
    <div class="premises__sums">
      <p>
        <strong>{amountWords(totals.count)}</strong>
        {isFiltered && ' gefiltert'}
        {kinds.map(({ kind, units }) => (
          <span key={kind}> · {unitWords(kind, units)}</span>
        ))}
      </p>
      <p role="status">{count > 0 && `${formatNumber(count, 'de')} ausgewählt`}</p>
      <div class="editor-actions">
        {count > 0 && mayChange() && (
          <Button look="primary" small icon="edit" onClick={() => go(addressWith({ ...closed, bearbeiten: '1' }))}>
            Auswahl bearbeiten
          </Button>
        )}
        {!chosen.all && totals.count > 0 && (
          <Button
            look="secondary"
            small
            onClick={() => {
              selection.value = { all: true }
            }}
          >
            {`Alle ${formatNumber(totals.count, 'de')}${isFiltered ? ' gefilterten' : ''} auswählen`}
          </Button>
        )}
        {count > 0 && (
          <Button
            look="tertiary"
            small
            onClick={() => {
              selection.value = noSelection
            }}
          >
            Auswahl aufheben
          </Button>
        )}
      </div>
    </div>
  )
}

function More({ loaded, filter, sort }: { loaded: Loaded; filter: PremisesFilter; sort: string }) {
  const shown = formatNumber(loaded.objects.length, 'de')
  return (
    <p class="premises-table__more">
      <span class="muted">
        {shown} von {formatNumber(loaded.totals.count, 'de')} geladen.
      </span>{' '}
      {loaded.next && (
        <Button
          look="secondary"
          small
          disabled={list.loading.value}
          onClick={() => void list.ask({ filter, sort, known: loaded })}
        >
          Weitere laden
        </Button>
      )}
    </p>
  )
}

function NothingYet() {
  return (
    <div class="empty">
      <h2>Noch keine Anschlussobjekte</h2>
      <p>
        Hier stehen Haushalte, Betriebe, Schulen und andere Orte, die einen Anschluss bekommen oder haben, mit Adresse, Zustand
        und den Daten ihrer Schritte. Meist kommen sie als Tabelle vom Ausbauunternehmen.
      </p>
      <p>
        <ButtonLink look="primary" icon="upload" href="/arbeitsplatz/lieferungen">
          Eine Lieferung einlesen
        </ButtonLink>
      </p>
    </div>
  )
}
