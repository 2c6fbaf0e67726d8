import type * as z from 'zod/mini'
import { qualityRules, type RuleState, severities } from '../../server/contract/quality.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { filterAddress } from './data.ts'

type State = z.infer<typeof RuleState>

const columns: readonly Column<State>[] = [
  { key: 'title', label: 'Regel', heading: true, cell: ({ id }) => <Explained id={id} /> },
  { key: 'severity', label: 'Schwere', cell: ({ id }) => severities.labels[qualityRules[id].severity].de },
  { key: 'checked', label: 'Geprüft', numeric: true, cell: ({ checked }) => checked?.toLocaleString('de-DE') ?? '–' },
  { key: 'state', label: 'Ergebnis', cell: (state) => <Result state={state} /> },
]

/** Every rule with what it compares, how much there was to compare, and what came of it. */
export function RuleTable({ rules }: { rules: readonly State[] }) {
  return <DataTable caption="Prüfregeln und ihr Ergebnis" columns={columns} rows={rules} rowKey={({ id }) => id} />
}

function Explained({ id }: { id: State['id'] }) {
  const { title, explanation } = qualityRules[id]
  return (
    <details>
      <summary>{title.de}</summary>
      <p>{explanation}</p>
      <p class="muted">Kennung: {id}</p>
    </details>
  )
}

/** A rule that had nothing to check has not passed. */
function Result({ state: { id, checked, open, accepted } }: { state: State }) {
  if (checked === null) return <>noch nie gelaufen</>
  if (checked === 0) return <>nichts zu prüfen</>
  if (open === 0) return <>in Ordnung{accepted > 0 && ` (${accepted} erklärt)`}</>
  return (
    <a href={filterAddress('regel', id)}>
      {open} {open === 1 ? 'Befund' : 'Befunde'}
    </a>
  )
}
