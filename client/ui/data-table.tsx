import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { Icon } from './icon.tsx'
import { language, say } from './language.ts'
import { uiTexts } from './texts.ts'

export interface Column<Row> {
  key: string
  label: string
  cell: (row: Row) => ComponentChildren
  /** What the column is sorted by; null comes last. Without it the column cannot be sorted. */
  sortBy?: (row: Row) => string | number | null
  numeric?: boolean
  /** Holds whole sentences, e.g. a source: keeps the room to read them. */
  prose?: boolean
  /** The cell names its row. */
  heading?: boolean
}

/** Column and direction, e.g. `{ key: 'name', descending: false }`. */
export interface Sorting {
  key: string
  descending: boolean
}

interface DataTableProps<Row> {
  caption: ComponentChildren
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  sorting?: Sorting | undefined
  onSort?: (sorting: Sorting) => void
  isSelected?: (row: Row) => boolean
  empty?: ComponentChildren
}

/** A real table: caption, scopes, sorting by button, scrolls sideways by itself on narrow screens. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const id = useId()
  const rows = props.sorting ? sortRows(props.rows, props.columns, props.sorting) : props.rows
  return (
    <section
      class="kern-table-responsive data-table"
      // By its caption: a page may hold several tables.
      aria-labelledby={id}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
    >
      <table class="kern-table kern-table--small">
        <caption class="data-table__caption" id={id}>
          {props.caption}
        </caption>
        <thead class="kern-table__head">
          <tr class="kern-table__row">
            {props.columns.map((column) => (
              <HeaderCell key={column.key} column={column} sorting={props.sorting} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody class="kern-table__body">
          {rows.map((row) => (
            <tr key={props.rowKey(row)} class="kern-table__row" aria-current={props.isSelected?.(row) ? 'true' : undefined}>
              {props.columns.map((column) => cellOf(column, row))}
            </tr>
          ))}
          {rows.length === 0 && (
            <tr class="kern-table__row">
              <td class="kern-table__cell" colSpan={props.columns.length}>
                {props.empty ?? say(uiTexts.noRows)}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  )
}

function cellOf<Row>(column: Column<Row>, row: Row) {
  const look = column.numeric ? ' kern-table__cell--numeric' : column.prose ? ' data-table__prose' : ''
  return column.heading ? (
    <th key={column.key} scope="row" class="kern-table__header">
      {column.cell(row)}
    </th>
  ) : (
    <td key={column.key} class={`kern-table__cell${look}`}>
      {column.cell(row)}
    </td>
  )
}

interface HeaderCellProps<Row> {
  column: Column<Row>
  sorting: Sorting | undefined
  onSort: ((sorting: Sorting) => void) | undefined
}

function HeaderCell<Row>({ column, sorting, onSort }: HeaderCellProps<Row>) {
  const direction = sorting?.key === column.key ? (sorting.descending ? 'descending' : 'ascending') : undefined
  const look = `kern-table__header${column.numeric ? ' kern-table__header--numeric' : ''}`
  if (!onSort || !column.sortBy) {
    return (
      <th scope="col" class={look}>
        {column.label}
      </th>
    )
  }
  return (
    <th scope="col" class={look} aria-sort={direction ?? 'none'}>
      <button
        type="button"
        class="data-table__sort"
        onClick={() => onSort({ key: column.key, descending: direction === 'ascending' })}
      >
        {column.label}
        <Icon name={direction === 'descending' ? 'down' : 'up'} small />
        {direction && <span class="kern-sr-only">{say(direction === 'ascending' ? uiTexts.sortedUp : uiTexts.sortedDown)}</span>}
      </button>
    </th>
  )
}

/** Sorted copy; rows without a value come last in both directions. */
export function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sorting: Sorting): Row[] {
  const by = columns.find((column) => column.key === sorting.key)?.sortBy
  if (!by) return [...rows]
  const collator = new Intl.Collator(language.value, { numeric: true })
  const sign = sorting.descending ? -1 : 1
  return rows.toSorted((a, b) => {
    const [left, right] = [by(a), by(b)]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    const order =
      typeof left === 'number' && typeof right === 'number' ? left - right : collator.compare(String(left), String(right))
    return sign * order
  })
}
