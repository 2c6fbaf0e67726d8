import { useState } from 'preact/hooks'
import { activityKinds, expenseKinds, fundingTasks, workRoles } from '../../server/contract/activities/codes.ts'
import { formatDuration } from '../../server/contract/activities/duration.ts'
import { type ActivityEntry, type ExpenseEntry, getVoucher } from '../../server/contract/activities.ts'
import { formatDay, formatImpreciseDate } from '../../server/contract/dates.ts'
import { formatMoney } from '../../server/contract/numbers.ts'
import { addressOf } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import type { OpenedEntry } from './entry-dialog.tsx'

type Open = (opened: OpenedEntry) => void

/** How many rows are shown before somebody asks for all. */
const fewRows = 20

export function ActivityTable({ activities, onOpen }: { activities: readonly ActivityEntry[]; onOpen: Open }) {
  const columns: readonly Column<ActivityEntry>[] = [
    { key: 'day', label: 'Tag', heading: true, cell: ({ content }) => formatDay(content.day, 'de') },
    { key: 'minutes', label: 'Dauer', numeric: true, cell: ({ content }) => formatDuration(content.minutes) },
    { key: 'description', label: 'Was', prose: true, cell: (entry) => <What entry={entry} /> },
    { key: 'kind', label: 'Art', cell: ({ content }) => activityKinds.labels[content.kind].de },
    { key: 'task', label: 'Aufgabe', cell: ({ content }) => fundingTasks.labels[content.task].de },
    { key: 'role', label: 'Bereich', cell: ({ content }) => workRoles.labels[content.role].de },
    { key: 'person', label: 'Person', cell: ({ person }) => person },
    {
      key: 'open',
      label: 'Öffnen',
      cell: (entry) => (
        <OpenButton
          of={`Tätigkeit vom ${formatDay(entry.content.day, 'de')}`}
          onOpen={() => onOpen({ kind: 'activity', entry })}
        />
      ),
    },
  ]
  return (
    <Some rows={activities}>
      {(rows) => (
        <DataTable
          caption="Tätigkeiten, neueste zuerst"
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          empty="In diesem Zeitraum ist keine Tätigkeit erfasst."
        />
      )}
    </Some>
  )
}

function What({ entry: { content, requestName } }: { entry: ActivityEntry }) {
  return (
    <>
      {content.description}
      {content.partners && <span class="muted"> Beteiligte: {content.partners}.</span>}
      {content.requestId && (
        <>
          {' '}
          <a href={`/arbeitsplatz/standorte?anfrage=${content.requestId}`}>Vorgang {requestName}</a>
        </>
      )}
    </>
  )
}

export function ExpenseTable({ expenses, onOpen }: { expenses: readonly ExpenseEntry[]; onOpen: Open }) {
  const columns: readonly Column<ExpenseEntry>[] = [
    { key: 'dated', label: 'Tag oder Monat', heading: true, cell: ({ content }) => formatImpreciseDate(content.dated, 'de') },
    { key: 'amount', label: 'Betrag', numeric: true, cell: ({ content }) => formatMoney(content.amountEur) },
    { key: 'kind', label: 'Art', cell: ({ content }) => expenseKinds.labels[content.kind].de },
    { key: 'eligible', label: 'Zuwendungsfähig', cell: ({ content }) => (content.eligible ? 'ja' : 'nein') },
    { key: 'note', label: 'Bemerkung', prose: true, cell: ({ content }) => content.note ?? '–' },
    { key: 'voucher', label: 'Beleg', cell: ({ voucher }) => (voucher ? <VoucherLink voucher={voucher} /> : 'fehlt') },
    {
      key: 'open',
      label: 'Öffnen',
      cell: (entry) => (
        <OpenButton
          of={`Ausgabe ${formatImpreciseDate(entry.content.dated, 'de')}`}
          onOpen={() => onOpen({ kind: 'expense', entry })}
        />
      ),
    },
  ]
  return (
    <Some rows={expenses}>
      {(rows) => (
        <DataTable
          caption="Ausgaben, neueste zuerst"
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          empty="In diesem Zeitraum ist keine Ausgabe erfasst."
        />
      )}
    </Some>
  )
}

function VoucherLink({ voucher: { id, name } }: { voucher: { id: number; name: string } }) {
  return (
    <a href={addressOf(getVoucher.path, { id }, {})} download>
      {name}
    </a>
  )
}

function OpenButton({ of, onOpen }: { of: string; onOpen: () => void }) {
  return (
    <Button look="tertiary" small icon="edit" iconOnly onClick={onOpen}>
      {`${of} ändern oder zurückziehen`}
    </Button>
  )
}

function Some<Row>({ rows, children }: { rows: readonly Row[]; children: (rows: readonly Row[]) => preact.ComponentChildren }) {
  const [isAll, setAll] = useState(false)
  return (
    <>
      {children(isAll ? rows : rows.slice(0, fewRows))}
      {rows.length > fewRows && (
        <p>
          <Button look="tertiary" small onClick={() => setAll(!isAll)}>
            {isAll ? `Nur die letzten ${fewRows} zeigen` : `Alle ${rows.length} zeigen`}
          </Button>
        </p>
      )}
    </>
  )
}
