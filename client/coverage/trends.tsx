import type { CoverageEdition, CoverageTrend } from '../../server/contract/coverage.ts'
import { coverageDatasets, coverageMethods, mobileSpots } from '../../server/contract/coverage-codes.ts'
import { formatImpreciseDate } from '../../server/contract/dates.ts'
import { formatNumber, formatPercent } from '../../server/contract/numbers.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { level, partName } from './coverage-data.ts'

type Trend = CoverageTrend

/** From edition to edition, each dataset for itself. */
export function Trends({ trend }: { trend: Trend }) {
  const datasets = coverageDatasets.keys.filter(
    (key) => key !== 'deficit_areas' && trend.editions.some(({ dataset }) => dataset === key),
  )
  if (datasets.length === 0) return null
  return (
    <section>
      <h2>Verlauf</h2>
      <p>
        Anteile an der Fläche der Stadt ({formatNumber(trend.cityM2 / 1e6, 'de', 1)} km²), aus den Rasterzellen gerechnet. Die
        Datensätze stehen getrennt; über einen Bruch in der Methode hinweg ist kein Vergleich möglich.
      </p>
      <Rules trend={trend} />
      {datasets.map((dataset) => (
        <TrendTable key={dataset} trend={trend} dataset={dataset} />
      ))}
    </section>
  )
}

/** The rules that make spots of numbers of operators, beside the figures. */
function Rules({ trend: { rules, editions } }: { trend: Trend }) {
  if (!editions.some(({ dataset }) => dataset === 'operator_count')) return null
  const validity = ({ validFrom, validUntil }: Trend['rules'][number]) =>
    [
      validFrom ? `ab ${formatImpreciseDate(validFrom, 'de')}` : 'Beginn nicht bekannt',
      validUntil && `bis ${formatImpreciseDate(validUntil, 'de')}`,
    ]
      .filter(Boolean)
      .join(', ')
  return (
    <Disclosure summary="Was ist ein weißer, was ein grauer Fleck?">
      <dl>
        {rules.map((rule) => (
          <div key={rule.spot}>
            <dt>
              {mobileSpots.labels[rule.spot].de} ({validity(rule)})
            </dt>
            <dd>
              {rule.label}. {rule.legalNote}
            </dd>
          </div>
        ))}
      </dl>
      <p>Alle Ausgaben werden nach der heute geltenden Regel gezählt, damit sie vergleichbar sind.</p>
    </Disclosure>
  )
}

/** What is said of one edition in one column: words, or nothing. */
interface Series {
  key: string
  label: string
  say: (edition: CoverageEdition) => string | null
}

function TrendTable({ trend, dataset }: { trend: Trend; dataset: CoverageEdition['dataset'] }) {
  const editions = trend.editions.filter((edition) => edition.dataset === dataset)
  const series = dataset === 'drive_test' ? measuredSeries(trend) : predictedSeries(trend, editions)
  const columns: Column<CoverageEdition>[] = [
    {
      key: 'edition',
      label: 'Ausgabe',
      heading: true,
      cell: ({ title, trueOn, methodBreak }) => (
        <>
          {formatImpreciseDate(trueOn, 'de')}: {title}
          {methodBreak && <span class="coverage__break">Bruch in der Methode: {methodBreak}</span>}
        </>
      ),
    },
    ...series.map(({ key, label, say }) => ({
      key,
      label,
      numeric: true,
      cell: (edition: CoverageEdition) => say(edition) ?? '–',
    })),
  ]
  const [first] = editions
  const what = dataset === 'drive_test' ? `: Zellen, nutzbar ab ${level(trend.usableFromDbm)} (Median)` : ''
  return (
    <DataTable
      caption={`${coverageDatasets.labels[dataset].de}, ${first ? coverageMethods.labels[first.method].de : ''}${what}`}
      columns={columns}
      rows={editions}
      rowKey={({ id }) => String(id)}
    />
  )
}

function predictedSeries({ predicted }: Trend, editions: readonly CoverageEdition[]): Series[] {
  const ids = new Set(editions.map(({ id }) => id))
  const mine = predicted.filter(({ editionId }) => ids.has(editionId))
  const keyOf = ({ operator, technology, spot }: Trend['predicted'][number]) => `${operator} ${technology} ${spot}`
  return [...Map.groupBy(mine, keyOf)]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([key, figures]) => {
      const [{ spot, ...part }] = figures as [Trend['predicted'][number]]
      return {
        key,
        label: spot ? mobileSpots.labels[spot].de : partName(part),
        say: ({ id }) => {
          const figure = figures.find(({ editionId }) => editionId === id)
          if (!figure) return null
          const area = `${formatPercent(figure.share, 'de')} (${formatNumber(figure.areaM2 / 1e6, 'de', 2)} km²)`
          return figure.spokenShare < 99.95 ? `${area}; Angabe für ${formatPercent(figure.spokenShare, 'de')}` : area
        },
      }
    })
}

function measuredSeries({ measured }: Trend): Series[] {
  const keyOf = ({ operator, technology }: Trend['measured'][number]) => `${operator} ${technology}`
  return [...Map.groupBy(measured, keyOf)]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([key, figures]) => ({
      key,
      label: partName(figures[0] as Trend['measured'][number]),
      say: ({ id }) => {
        const figure = figures.find(({ editionId }) => editionId === id)
        return figure ? `${formatNumber(figure.usable, 'de', 0)} von ${formatNumber(figure.cells, 'de', 0)}` : null
      },
    }))
}
