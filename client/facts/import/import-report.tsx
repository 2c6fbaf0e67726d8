import type * as z from 'zod/mini'
import type { importGeoJson } from '../../../server/contract/facts.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'

type Feature = z.output<(typeof importGeoJson)['response']>['features'][number]
type Row = Feature & { position: number }

const columns: readonly Column<Row>[] = [
  { key: 'name', label: 'Name in der Datei', heading: true, cell: ({ name, position }) => name ?? `Objekt ${position}` },
  {
    key: 'result',
    label: 'Ergebnis',
    cell: ({ draftId }) => (draftId === null ? <strong class="mark mark--stale">abgelehnt</strong> : 'als Entwurf übernommen'),
  },
  {
    key: 'remarks',
    label: 'Gründe und Hinweise',
    cell: ({ refusals, warnings }) => (
      <>
        {refusals.map((reason) => (
          <p key={reason}>{reason}</p>
        ))}
        {warnings.map(({ rule, text }) => (
          <p key={rule + text} class="muted">
            {text}
          </p>
        ))}
        {refusals.length + warnings.length === 0 && '–'}
      </>
    ),
  },
]

/** What became of each object of an imported file. */
export function ImportReport({ features }: { features: readonly Feature[] }) {
  const taken = features.filter(({ draftId }) => draftId !== null).length
  return (
    <DataTable
      caption={`Bericht: ${taken} von ${features.length} Objekten übernommen`}
      columns={columns}
      rows={features.map((feature, index) => ({ ...feature, position: index + 1 }))}
      rowKey={({ position }) => String(position)}
    />
  )
}
