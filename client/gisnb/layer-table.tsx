import { formatNumber, formatPercent } from '../../server/contract/numbers.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { addressWith } from '../workbench/place.ts'
import type { Check } from './data.ts'

type Layer = Check['layers'][number]

const columns: readonly Column<Layer>[] = [
  { key: 'title', label: 'Layer', heading: true, cell: ({ title }) => title },
  { key: 'objects', label: 'Objekte', numeric: true, cell: ({ objects }) => formatNumber(objects, 'de') },
  { key: 'complete', label: 'Pflichtangaben', cell: (layer) => <Meter share={layer.complete} of={layer.title} /> },
  { key: 'errors', label: 'Fehler', numeric: true, cell: (layer) => <Errors layer={layer} /> },
  { key: 'difference', label: 'Seit der letzten Abgabe', cell: ({ difference }) => differenceInWords(difference) },
]

/** How complete each layer and the whole package are. */
export function LayerTable({ check }: { check: Check }) {
  return (
    <section>
      <h2>Vollständigkeit</h2>
      <p class="gisnb-whole">
        <Meter share={check.complete} of="das ganze Paket" />
      </p>
      <DataTable caption="Layer des Pakets" columns={columns} rows={check.layers} rowKey={({ name }) => name} />
    </section>
  )
}

/** Leads to the findings of the layer, and they to their objects. */
function Errors({ layer: { name, title, errors } }: { layer: Layer }) {
  if (errors === 0) return <>0</>
  return (
    <a href={addressWith({ layer: name })}>
      {formatNumber(errors, 'de')}
      <span class="kern-sr-only"> Fehler: {title}</span>
    </a>
  )
}

/** An empty layer is never complete: there is nothing that could be. */
function Meter({ share, of }: { share: number | null; of: string }) {
  if (share === null) return <>keine Objekte</>
  const percent = Math.floor(share * 1000) / 10
  return (
    <span class="gisnb-meter">
      <meter min={0} max={1} value={share} aria-label={`Pflichtangaben vorhanden, ${of}`} />
      <span>{formatPercent(percent, 'de')}</span>
    </span>
  )
}

function differenceInWords(difference: Layer['difference']): string {
  if (!difference) return 'keine Abgabe vermerkt'
  const { added, removed, changed } = difference
  if (added + removed + changed === 0) return 'unverändert'
  const parts = [
    [added, 'neu'],
    [changed, 'geändert'],
    [removed, 'entfallen'],
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${formatNumber(count, 'de')} ${word}`)
    .join(', ')
}
