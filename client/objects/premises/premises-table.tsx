import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { fundingClasses } from '../../../server/contract/codes.ts'
import { formatNumber } from '../../../server/contract/numbers.ts'
import type { ObjectOrder, ObjectRow } from '../../../server/contract/objects.ts'
import { Icon } from '../../ui/icon.tsx'
import { nameOf } from '../../workbench/data.ts'
import { addressWith, go } from '../../workbench/place.ts'
import { selection } from './data.ts'
import { isSelected, selectRange, toggle } from './selection.ts'
import { KindBadge, StateBadge } from './sign.tsx'
import { contentOf, dateWords, lastStep, stateWords, titleOf } from './words.ts'

interface Column {
  label: string
  sort?: ObjectOrder
  numeric?: boolean
  /** Left out where there is little room; the panel says it. */
  wide?: boolean
  cell: (row: ObjectRow) => ComponentChildren
}

const dash = '–'

const columns: readonly Column[] = [
  { label: 'Zustand', sort: 'state', cell: (row) => <StateBadge state={row.status} kind={contentOf(row).kind} /> },
  { label: 'Letzter Schritt', cell: (row) => <LastStep row={row} /> },
  { label: 'Art', sort: 'kind', wide: true, cell: (row) => <KindBadge kind={contentOf(row).kind} /> },
  { label: 'Einheiten', sort: 'units', numeric: true, cell: (row) => formatNumber(contentOf(row).units, 'de') },
  { label: 'Stadtteil', sort: 'district', wide: true, cell: (row) => nameOf('district', contentOf(row).districtId) },
  { label: 'Programm', wide: true, cell: (row) => named('programme', contentOf(row).programmeId) },
  {
    label: 'Förderklasse',
    wide: true,
    cell: (row) => fundingClasses.labels[contentOf(row).fundingClass as keyof typeof fundingClasses.labels]?.de ?? dash,
  },
  { label: 'Betreiber', sort: 'operator', wide: true, cell: (row) => contentOf(row).operator ?? dash },
  { label: 'Stand', sort: 'trueOn', wide: true, cell: (row) => dateWords(row.trueOn) },
  { label: 'Quelle', wide: true, cell: (row) => row.source.citation },
]

function named(kind: string, id: string | null): string {
  return id ? nameOf(kind, id) : dash
}

function LastStep({ row }: { row: ObjectRow }) {
  const step = lastStep(contentOf(row))
  if (!step) return <>{dash}</>
  const [state, date] = step
  return <>{state === row.status ? dateWords(date) : `${dateWords(date)} (${stateWords(state)})`}</>
}

interface PremisesTableProps {
  rows: readonly ObjectRow[]
  sort: { key: ObjectOrder; descending: boolean }
  opened: string | null
  onOpen: (id: string) => void
  children?: ComponentChildren
}

/**
 * The table: a row opens by click or Enter and is chosen by its tick, with Ctrl or Shift also by the row. By keyboard the ticks are
 * one stop: arrows move, with Shift they choose, space chooses one, Ctrl+A all that are loaded.
 */
export function PremisesTable({ rows, sort, opened, onOpen, children }: PremisesTableProps) {
  const ids = useMemo(() => rows.map(({ id }) => id), [rows])
  const [current, setCurrent] = useState<string | null>(null)
  const anchor = useRef<string | null>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  const stop = current !== null && ids.includes(current) ? current : (ids[0] ?? null)
  useEffect(() => {
    if (opened) body.current?.querySelector(`[data-id="${CSS.escape(opened)}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [opened])

  const choose = (id: string, isRange: boolean) => {
    const from = anchor.current
    selection.value = isRange && from ? selectRange(selection.peek(), from, id, ids) : toggle(selection.peek(), id, ids)
    if (!isRange || !from) anchor.current = id
    setCurrent(id)
  }
  const move = (event: KeyboardEvent, id: string) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -ids.length, End: ids.length }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      const next = ids[Math.min(Math.max(ids.indexOf(id) + step, 0), ids.length - 1)] ?? id
      if (event.shiftKey) {
        anchor.current ??= id
        selection.value = selectRange(selection.peek(), anchor.current, next, ids)
      } else anchor.current = next
      setCurrent(next)
      body.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(next)}"] input`)?.focus()
    } else if (event.key === 'Enter') {
      event.preventDefault()
      onOpen(id)
    } else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      selection.value = { all: false, ids: new Set(ids) }
    }
  }
  const press = (event: MouseEvent, id: string) => {
    if (event.target instanceof HTMLInputElement) return
    event.preventDefault()
    if (event.shiftKey || event.ctrlKey || event.metaKey) choose(id, event.shiftKey)
    else {
      setCurrent(id)
      onOpen(id)
    }
  }
  return (
    <section
      class="premises-table"
      aria-label="Tabelle der Anschlussobjekte"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
    >
      <table class="kern-table kern-table--small">
        <caption class="kern-sr-only">
          Anschlussobjekte. In der Auswahlspalte bewegen die Pfeiltasten, mit Umschalt wählen sie einen Bereich, Enter öffnet.
        </caption>
        <thead class="kern-table__head">
          <tr class="kern-table__row">
            <th scope="col" class="kern-table__header">
              <span class="kern-sr-only">Auswahl</span>
            </th>
            <HeaderCell column={{ label: 'Adresse', sort: 'address' }} sort={sort} />
            {columns.map((column) => (
              <HeaderCell key={column.label} column={column} sort={sort} />
            ))}
          </tr>
        </thead>
        <tbody class="kern-table__body" ref={body}>
          {rows.map((row) => (
            <tr
              key={row.id}
              data-id={row.id}
              class={`kern-table__row${isSelected(selection.value, row.id) ? ' premises-table__row--selected' : ''}`}
              aria-current={row.id === opened ? 'true' : undefined}
              onClick={(event) => press(event, row.id)}
              onMouseDown={(event) => event.shiftKey && event.preventDefault()}
            >
              <td class="kern-table__cell premises-table__tick">
                <input
                  type="checkbox"
                  aria-label={`Auswählen: ${titleOf(row)}`}
                  tabIndex={row.id === stop ? 0 : -1}
                  checked={isSelected(selection.value, row.id)}
                  onClick={(event) => choose(row.id, event.shiftKey)}
                  onKeyDown={(event) => move(event, row.id)}
                  onFocus={() => setCurrent(row.id)}
                />
              </td>
              <Cells row={row} isStop={row.id === stop} />
            </tr>
          ))}
        </tbody>
      </table>
      {children}
    </section>
  )
}

/** What a row says is made once: thousands of rows stay quick to choose in. */
function Cells({ row, isStop }: { row: ObjectRow; isStop: boolean }) {
  const { name } = contentOf(row)
  const cells = useMemo(
    () =>
      columns.map((column) => (
        <td key={column.label} class={`kern-table__cell${lookOf(column)}`}>
          {column.cell(row)}
        </td>
      )),
    [row, nameOf('district', contentOf(row).districtId), nameOf('programme', contentOf(row).programmeId ?? '')],
  )
  return (
    <>
      <th scope="row" class="kern-table__header">
        <a href={addressWith({ objekt: row.id, bearbeiten: null })} tabIndex={isStop ? 0 : -1}>
          {titleOf(row)}
        </a>
        {row.address && name && <span class="muted"> {name}</span>}
      </th>
      {cells}
    </>
  )
}

function lookOf({ numeric, wide }: Column): string {
  return `${numeric ? ' kern-table__cell--numeric' : ''}${wide ? ' premises-table__wide' : ''}`
}

function HeaderCell({ column, sort }: { column: Omit<Column, 'cell'>; sort: PremisesTableProps['sort'] }) {
  const look = `kern-table__header${column.numeric ? ' kern-table__header--numeric' : ''}${column.wide ? ' premises-table__wide' : ''}`
  const key = column.sort
  if (!key)
    return (
      <th scope="col" class={look}>
        {column.label}
      </th>
    )
  const isSorted = sort.key === key
  const order = isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'
  const next = `${isSorted && !sort.descending ? '-' : ''}${key}`
  return (
    <th scope="col" class={look} aria-sort={order}>
      <button
        type="button"
        class="data-table__sort"
        onClick={() => go(addressWith({ sortierung: next === 'address' ? null : next }), { replace: true })}
      >
        {column.label}
        {isSorted && <Icon name={sort.descending ? 'down' : 'up'} small />}
      </button>
    </th>
  )
}
