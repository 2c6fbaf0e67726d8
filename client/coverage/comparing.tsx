import { useEffect, useState } from 'preact/hooks'
import { coverageByOperator, coverageDatasets, usableLevelDbm } from '../../server/contract/coverage-codes.ts'
import { formatDay, formatImpreciseDate } from '../../server/contract/dates.ts'
import { formatNumber, formatPercent } from '../../server/contract/numbers.ts'
import { type Column, DataTable, type Sorting } from '../ui/data-table.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { SelectField } from '../ui/field.tsx'
import { Loaded } from '../ui/resource.tsx'
import { type Comparison, comparison, level, partName } from './coverage-data.ts'

type Row = Comparison['comparisons'][number]
type Cell = Comparison['worst'][number]

const thresholds = [-95, -100, -105, usableLevelDbm, -115, -120]
const number = (value: number | null) => (value === null ? '–' : formatNumber(value, 'de', 0))

/** What drive tests found where a model promises coverage. */
export function Comparing({ revision }: { revision: number | undefined }) {
  const [dataset, setDataset] = useState<(typeof coverageByOperator)[number]>('authority_coverage')
  const [usableFromDbm, setUsable] = useState(usableLevelDbm)
  useEffect(() => void comparison.ask({ dataset, usableFromDbm }), [dataset, usableFromDbm, revision])
  return (
    <section>
      <h2>Gemessen gegen berechnet</h2>
      <p>
        Zellen, in denen gemessen wurde, neben dem, was das Modell dort verspricht. Gemessen wird auf der Straße, gerechnet für
        die ganze Zelle: Ein Unterschied ist ein Anlass nachzufragen, kein Beweis. Die Schwelle ist eine dieser Anwendung, kein
        Grenzwert der Bundesnetzagentur.
      </p>
      <div class="field-row">
        <SelectField
          label="Vorhersage"
          optional="silent"
          value={dataset}
          onChange={(event) => setDataset(event.currentTarget.value as typeof dataset)}
          options={coverageByOperator.map((value) => ({ value, label: coverageDatasets.labels[value].de }))}
        />
        <SelectField
          label="Nutzbar ab"
          optional="silent"
          value={String(usableFromDbm)}
          onChange={(event) => setUsable(Number(event.currentTarget.value))}
          options={thresholds.map((threshold) => ({ value: String(threshold), label: level(threshold) }))}
        />
      </div>
      <Loaded from={comparison}>
        {({ comparisons, worst }) => (
          <>
            <DataTable
              caption="Je Betreiber und Technik"
              columns={columns}
              rows={comparisons}
              rowKey={({ operator, technology }) => `${operator} ${technology}`}
            />
            <Disclosure summary={`Die schwächsten Zellen (${formatNumber(worst.length, 'de', 0)})`}>
              <WorstCells cells={worst} />
            </Disclosure>
          </>
        )}
      </Loaded>
    </section>
  )
}

const columns: readonly Column<Row>[] = [
  { key: 'part', label: 'Netz', heading: true, cell: partName },
  { key: 'measured', label: 'gemessene Zellen', numeric: true, cell: ({ cellsMeasured }) => number(cellsMeasured) },
  {
    key: 'covered',
    label: 'davon als versorgt berechnet',
    numeric: true,
    cell: ({ predictedCovered }) => number(predictedCovered),
  },
  { key: 'usable', label: 'davon nutzbar gemessen', numeric: true, cell: ({ usable }) => number(usable) },
  { key: 'share', label: 'Anteil', numeric: true, cell: ({ share }) => (share === null ? '–' : formatPercent(share, 'de')) },
  { key: 'unexpected', label: 'nutzbar, aber nicht berechnet', numeric: true, cell: ({ unexpected }) => number(unexpected) },
  {
    key: 'by',
    label: 'Vorhersage',
    prose: true,
    cell: ({ predictedBy }) =>
      predictedBy ? `${predictedBy.title}, Stand ${formatImpreciseDate(predictedBy.trueOn, 'de')}` : '–',
  },
]

const cellColumns: readonly Column<Cell>[] = [
  {
    key: 'place',
    label: 'Stelle',
    heading: true,
    sortBy: ({ district }) => district,
    cell: ({ cell, district, point: [longitude, latitude] }) => (
      <a href={`/?karte=16/${latitude}/${longitude}`} target="_blank" rel="noreferrer">
        {district ?? 'Rand der Stadt'}
        <span class="muted"> {cell.replace('CRS3035RES', '')}</span>
        <span class="kern-sr-only"> auf der Karte (neues Fenster)</span>
      </a>
    ),
  },
  { key: 'part', label: 'Netz', sortBy: partName, cell: partName },
  {
    key: 'level',
    label: 'Pegel (Median)',
    numeric: true,
    sortBy: ({ medianRsrp }) => medianRsrp,
    cell: ({ medianRsrp }) => level(medianRsrp),
  },
  { key: 'samples', label: 'Messungen', numeric: true, sortBy: ({ samples }) => samples, cell: ({ samples }) => number(samples) },
  { key: 'day', label: 'zuletzt gemessen', sortBy: ({ lastDay }) => lastDay, cell: ({ lastDay }) => formatDay(lastDay, 'de') },
]

function WorstCells({ cells }: { cells: readonly Cell[] }) {
  const [sorting, setSorting] = useState<Sorting>({ key: 'level', descending: false })
  return (
    <DataTable
      caption={`Als versorgt berechnet, schwach gemessen${cells.length === 100 ? ': die 100 schwächsten' : ''}`}
      columns={cellColumns}
      rows={cells}
      rowKey={({ cell, operator, technology }) => `${cell} ${operator} ${technology}`}
      sorting={sorting}
      onSort={setSorting}
      empty="Keine: Wo Versorgung berechnet ist, wurde sie auch gemessen."
    />
  )
}
