import { figureStates, fundingRoles, quantities } from '../../server/contract/codes.ts'
import { formatImpreciseDate } from '../../server/contract/dates.ts'
import { formatNumber } from '../../server/contract/numbers.ts'
import type { ProofFolder } from '../../server/contract/proofs.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'

type Milestone = ProofFolder['milestones'][number]
type Target = ProofFolder['targets'][number]
type Money = ProofFolder['money'][number]

const day = (date: string | null) => (date ? formatImpreciseDate(date, 'de') : '–')
const sourceText = ({ source }: { source: Milestone['source'] }) => `${source.citation}, Stand ${day(source.trueOn)}`
const rough = (value: number, approximate: boolean) => `${approximate ? 'rund ' : ''}${formatNumber(value, 'de')}`

type Clocks = ProofFolder['clocks']

/** A value that leads to the statement it was read from, at the clocks of the folder. */
function Stated(props: { layer: string; id: string; clocks: Clocks; children: string }) {
  const { asOf, knownAt } = props.clocks
  const query = new URLSearchParams({ asOf, ...(knownAt && { knownAt }), f: 'html' })
  return <a href={`/ogc/collections/${props.layer}/items/${encodeURIComponent(props.id)}?${query}`}>{props.children}</a>
}

const milestoneColumns: readonly Column<Milestone>[] = [
  { key: 'title', label: 'Meilenstein', heading: true, cell: ({ title }) => title },
  { key: 'planned', label: 'geplant', cell: ({ planned }) => day(planned) },
  { key: 'actual', label: 'tatsächlich', cell: ({ actual }) => day(actual) },
  { key: 'source', label: 'Quelle', prose: true, cell: sourceText },
]

/** Milestones planned and actual. */
export function MilestoneTable({ milestones }: { milestones: readonly Milestone[] }) {
  return (
    <section>
      <h2>Meilensteine</h2>
      <DataTable
        caption="Meilensteine, geplant und tatsächlich"
        columns={milestoneColumns}
        rows={milestones}
        rowKey={({ id }) => id}
        empty="Kein Meilenstein bekannt."
      />
    </section>
  )
}

const targetColumns = (clocks: Clocks): readonly Column<Target>[] => [
  { key: 'quantity', label: 'Größe', heading: true, cell: ({ quantity }) => quantities.labels[quantity].de },
  { key: 'scope', label: 'gilt für', cell: ({ districts }) => districts?.join(', ') ?? 'ganzes Programm' },
  {
    key: 'target',
    label: 'Ziel',
    numeric: true,
    cell: ({ id, target, approximate, unit }) => (
      <Stated layer="targets" id={id} clocks={clocks}>
        {`${rough(target, approximate)}${unit === 'm' ? ' m' : ''}`}
      </Stated>
    ),
  },
  { key: 'reported', label: 'gemeldet', prose: true, cell: (target) => reportedText(target) },
  { key: 'source', label: 'Quelle des Ziels', prose: true, cell: sourceText },
]

function reportedText({ reported, districts }: Target): string {
  if (reported.length === 0) return districts ? 'nicht je Teilziel geführt' : 'keine Zahl'
  return reported
    .map(({ state, value, approximate, source }) =>
      [state && figureStates.labels[state].de, rough(value, approximate), `(Stand ${day(source.trueOn)}, ${source.citation})`]
        .filter(Boolean)
        .join(' '),
    )
    .join('; ')
}

/** Targets with what was reported about them. */
export function TargetTable({ targets, clocks }: { targets: readonly Target[]; clocks: Clocks }) {
  return (
    <section>
      <h2>Zahlen gegenüber den Zielen</h2>
      <p class="muted">
        Kabel, neues Leerrohr, mitgenutzte Infrastruktur und Trasse sind verschiedene Größen und werden nicht addiert.
      </p>
      <DataTable
        caption="Ziele und gemeldeter Stand"
        columns={targetColumns(clocks)}
        rows={targets}
        rowKey={({ id }) => id}
        empty="Kein Ziel bekannt."
      />
    </section>
  )
}

const moneyColumns = (clocks: Clocks): readonly Column<Money>[] => [
  {
    key: 'giver',
    label: 'Geber',
    heading: true,
    cell: ({ giver, partOf }) => (partOf ? `${giver} (enthalten in: ${partOf})` : giver),
  },
  { key: 'role', label: 'Art', cell: ({ role }) => fundingRoles.labels[role].de },
  {
    key: 'amount',
    label: 'Betrag in Euro',
    numeric: true,
    cell: ({ id, amountEur, approximate }) => (
      <Stated layer="funding" id={id} clocks={clocks}>
        {rough(amountEur, approximate)}
      </Stated>
    ),
  },
  { key: 'source', label: 'Quelle', prose: true, cell: sourceText },
]

/** Grants and own contributions; calls for funds and expenses are not kept here. */
export function MoneyTable({ money, clocks }: { money: readonly Money[]; clocks: Clocks }) {
  return (
    <section>
      <h2>Mittel</h2>
      <DataTable
        caption="Zuwendungen und Eigenanteile"
        columns={moneyColumns(clocks)}
        rows={money}
        rowKey={({ id }) => id}
        empty="Keine Mittel bekannt."
      />
      <p class="muted">Mittelabrufe und Ausgaben werden hier nicht geführt; legen Sie ihre Belege in die Mappe.</p>
    </section>
  )
}
