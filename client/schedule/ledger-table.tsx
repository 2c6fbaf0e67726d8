import { formatNumber } from '../../server/contract/numbers.ts'
import type { OperatorLedger } from '../../server/contract/schedule.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { go } from '../workbench/place.ts'
import { filterAddress, listId } from './filter.ts'

/** What each operator announced against what happened. */
export function LedgerTable({ operators, minimum }: { operators: readonly OperatorLedger[]; minimum: number }) {
  return (
    <section>
      <h2>Angekündigt und eingetreten</h2>
      <DataTable
        caption="Angekündigte Termine je Betreiber"
        columns={columns(minimum)}
        rows={operators}
        rowKey={({ operator }) => operator ?? ''}
        empty="Bis zu diesem Tag ist kein Termin angekündigt."
      />
      <p class="muted">
        Verglichen wird mit dem zuerst genannten Termin. Pünktlich: sicher bis zu dessen letztem Tag; was die Genauigkeit nicht
        entscheidet, zählt zu keinem von beiden. Verzug (Median) und Anteil der pünktlichen ab {minimum} eingetretenen Terminen;
        Verstrichenes, zu dem nichts gemeldet ist, steht daneben und ist darin nicht enthalten. Inbetriebnahmen zählen beim
        Betreiber des aktiven Netzes, alle anderen Gewerke beim Betreiber des passiven, Meilensteine bei keinem.
      </p>
    </section>
  )
}

function columns(minimum: number): Column<OperatorLedger>[] {
  const count = (key: 'announced' | 'moved' | 'withdrawn' | 'overdue', label: string) => ({
    ...{ key, label, numeric: true },
    cell: (line: OperatorLedger) => <Count line={line} value={line[key]} of={label} result={key === 'announced' ? '' : key} />,
  })
  return [
    { key: 'operator', label: 'Betreiber', heading: true, cell: operatorName },
    count('announced', 'angekündigt'),
    count('moved', 'verschoben'),
    count('withdrawn', 'zurückgenommen'),
    { key: 'outcome', label: 'eingetreten', prose: true, cell: (line) => <Happened line={line} /> },
    count('overdue', 'verstrichen'),
    { key: 'slip', label: 'Verzug, pünktlich', cell: (line) => slipText(line, minimum) },
  ]
}

function operatorName({ operator }: OperatorLedger): string {
  return operator ?? 'ohne Betreiber (Meilensteine)'
}

/** A number that leads to the dates it counts, further down on this page. */
function Count(props: { line: OperatorLedger; value: number; of: string; result: string }) {
  const { line, value, of, result } = props
  const href = filterAddress(line.operator, result)
  const show = (event: MouseEvent) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(href)
    document.getElementById(listId)?.focus()
  }
  return (
    <a href={href} onClick={show}>
      {value}
      <span class="kern-sr-only">
        {' '}
        {of}, {operatorName(line)}
      </span>
    </a>
  )
}

/** "4, davon sicher pünktlich 2, sicher später 1". What is left cannot be decided. */
function Happened({ line }: { line: OperatorLedger }) {
  const { happened, onTime, late } = line
  return (
    <>
      <Count line={line} value={happened} of="eingetreten" result="happened" />
      {happened > 0 && (
        <>
          , davon sicher pünktlich <Count line={line} value={onTime} of="sicher pünktlich" result="on_time" />, sicher später{' '}
          <Count line={line} value={late} of="sicher später" result="late" />
        </>
      )}
    </>
  )
}

function slipText({ happened, medianSlipDays, onTimeShare }: OperatorLedger, minimum: number): string {
  if (medianSlipDays === null || !onTimeShare) return `zu wenige Fälle (n = ${happened} < ${minimum})`
  return `${formatNumber(medianSlipDays, 'de')} Tage, ${shareText(onTimeShare)}`
}

function shareText({ least, most }: { least: number; most: number }): string {
  const percent = (share: number) => `${formatNumber(share * 100, 'de', 0)} %`
  return least === most ? percent(least) : `${percent(least)} bis ${percent(most)}`
}
