import { type Measure, measures, rate, rates } from '../../server/contract/metrics.ts'
import { formatNumber, formatPercent } from '../../server/contract/numbers.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { MetricTerms } from '../ui/metric-terms.tsx'
import { Source } from '../ui/source.tsx'
import { overview } from '../workbench/data.ts'
import { addUp, type CountsAnswer, findStated, levels, premisesAddress, type Shown } from './data.ts'

interface Row {
  districtId: string | null
  name: string
  counts: ReturnType<typeof addUp>
}

/** A row per district and one for the whole programme; each number leads to the premises behind it. */
export function CountTable({ answer, shown }: { answer: CountsAnswer; shown: Shown }) {
  const own = answer.counted.filter((row) => row.programmeId === shown.programmeId && row.kind === shown.kind)
  const districts = overview.answer.value?.districts ?? []
  const named = new Set([
    ...own.map((row) => row.districtId),
    ...answer.reported
      .filter((row) => row.programmeId === shown.programmeId && row.quantity === shown.kind)
      .flatMap((row) => row.districtIds ?? []),
  ])
  const rows: Row[] = [
    ...districts
      .filter(({ id }) => named.has(id))
      .map(({ id, name }) => ({ districtId: id, name, counts: addUp(own.filter((row) => row.districtId === id)) })),
    { districtId: null, name: 'Ganzes Programm', counts: addUp(own) },
  ]
  const columns: Column<Row>[] = [
    { key: 'name', label: 'Stadtteil', cell: (row) => row.name, heading: true },
    ...levels.map(
      (level): Column<Row> => ({
        key: level,
        label: measures.labels[level].de,
        numeric: true,
        cell: (row) => <Amount row={row} level={level} answer={answer} shown={shown} />,
      }),
    ),
    ...(['coverage', 'connection', 'takeUp'] as const).map(
      (name): Column<Row> => ({
        key: name,
        label: rates.labels[name].de,
        numeric: true,
        cell: (row) => {
          const share = rate(name, row.counts)
          return share === null ? '–' : formatPercent(share * 100, 'de')
        },
      }),
    ),
  ]
  return (
    <DataTable
      caption={`Anschlüsse (Einheiten), gezählt zum ${answer.clocks.asOf.split('-').toReversed().join('.')}`}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.districtId ?? 'alle'}
    />
  )
}

function Amount({ row, level, answer, shown }: { row: Row; level: Measure; answer: CountsAnswer; shown: Shown }) {
  const stated = findStated(answer, shown, row.districtId, level)
  const counted = row.counts[level]
  const difference = stated ? counted - stated.value : 0
  const what = level === 'potential' ? 'Ziel' : 'gemeldet'
  return (
    <>
      <a href={premisesAddress(shown, row.districtId, level)}>{formatNumber(counted, 'de')}</a>
      {stated && (
        <small class="counts__stated">
          {what} {formatNumber(stated.value, 'de')}
          {difference !== 0 && ` (${difference > 0 ? '+' : '−'}${formatNumber(Math.abs(difference), 'de')})`}
          <Source of={stated.provenance} about={`${what}, ${measures.labels[level].de}, ${row.name}`}>
            <MetricTerms measure={level} />
          </Source>
        </small>
      )}
    </>
  )
}
