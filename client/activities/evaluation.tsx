import { formatDuration } from '../../server/contract/activities/duration.ts'
import { type ActivityLog, type MoneySum, type WorkGroup, type WorkSum, workGroups } from '../../server/contract/activities.ts'
import { formatMoney, formatPercent } from '../../server/contract/numbers.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { SelectField } from '../ui/field.tsx'
import { addressWith, go, place } from '../workbench/place.ts'

/** Hours by task of the directive, and by what else is chosen. */
export function WorkSums({ log: { evaluation } }: { log: ActivityLog }) {
  const named = place.value.query.get('nach')
  const others = workGroups.keys.filter((group) => group !== 'task')
  const group = others.find((one) => one === named) ?? 'month'
  return (
    <section>
      <h2>Arbeitszeit: {formatDuration(evaluation.minutes)}</h2>
      <div class="field-row">
        <SelectField
          label="Außer nach Aufgaben auch nach"
          optional="silent"
          value={group}
          options={others.map((value) => ({ value, label: workGroups.labels[value].de }))}
          onChange={(event) => go(addressWith({ nach: event.currentTarget.value }), { replace: true })}
        />
      </div>
      <div class="sums">
        <Sums group="task" sums={evaluation.work.task} minutes={evaluation.minutes} />
        <Sums group={group} sums={evaluation.work[group]} minutes={evaluation.minutes} />
      </div>
    </section>
  )
}

function Sums({ group, sums, minutes }: { group: WorkGroup; sums: readonly WorkSum[]; minutes: number }) {
  const columns: readonly Column<WorkSum>[] = [
    { key: 'label', label: workGroups.labels[group].de, heading: true, cell: ({ label }) => label },
    { key: 'minutes', label: 'Dauer', numeric: true, cell: (sum) => formatDuration(sum.minutes) },
    { key: 'share', label: 'Anteil', cell: (sum) => <Share of={sum.minutes} whole={minutes} /> },
    { key: 'entries', label: 'Einträge', numeric: true, cell: ({ entries }) => entries },
  ]
  return (
    <DataTable
      caption={`Arbeitszeit: ${workGroups.labels[group].de}`}
      columns={columns}
      rows={sums}
      rowKey={({ key }) => key}
      empty="In diesem Zeitraum ist keine Tätigkeit erfasst."
    />
  )
}

function Share({ of, whole }: { of: number; whole: number }) {
  if (whole === 0) return <>–</>
  return (
    <span class="sums__share">
      {formatPercent((of / whole) * 100, 'de')}
      <meter min={0} max={whole} value={of} aria-hidden="true" />
    </span>
  )
}

/** Money by kind and month, what is eligible apart from what is not. */
export function MoneySums({ log: { evaluation } }: { log: ActivityLog }) {
  if (evaluation.money.kind.length === 0) return null
  return (
    <div class="sums">
      <MoneyTable label="Art" sums={evaluation.money.kind} />
      <MoneyTable label="Monat" sums={evaluation.money.month} />
    </div>
  )
}

function MoneyTable({ label, sums }: { label: string; sums: readonly MoneySum[] }) {
  const columns: readonly Column<MoneySum>[] = [
    { key: 'label', label, heading: true, cell: (sum) => sum.label },
    { key: 'eligible', label: 'Zuwendungsfähig', numeric: true, cell: ({ eligibleEur }) => formatMoney(eligibleEur) },
    { key: 'other', label: 'Nicht zuwendungsfähig', numeric: true, cell: ({ otherEur }) => formatMoney(otherEur) },
  ]
  return <DataTable caption={`Ausgaben nach ${label}`} columns={columns} rows={sums} rowKey={({ key }) => key} />
}
