import { formatNumber } from '../../server/contract/numbers.ts'
import type { OperatorLedger } from '../../server/contract/schedule.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'

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
    cell: (line: OperatorLedger) => line[key],
  })
  return [
    { key: 'operator', label: 'Betreiber', heading: true, cell: ({ operator }) => operator ?? 'ohne Betreiber (Meilensteine)' },
    count('announced', 'angekündigt'),
    count('moved', 'verschoben'),
    count('withdrawn', 'zurückgenommen'),
    { key: 'outcome', label: 'eingetreten', cell: outcomeText },
    count('overdue', 'verstrichen'),
    { key: 'slip', label: 'Verzug, pünktlich', cell: (line) => slipText(line, minimum) },
  ]
}

/** "4, davon sicher pünktlich 2, sicher später 1". What is left cannot be decided. */
function outcomeText({ happened, onTime, late }: OperatorLedger): string {
  return happened === 0 ? '0' : `${happened}, davon sicher pünktlich ${onTime}, sicher später ${late}`
}

function slipText({ happened, medianSlipDays, onTimeShare }: OperatorLedger, minimum: number): string {
  if (medianSlipDays === null || !onTimeShare) return `zu wenige Fälle (n = ${happened} < ${minimum})`
  return `${formatNumber(medianSlipDays, 'de')} Tage, ${shareText(onTimeShare)}`
}

function shareText({ least, most }: { least: number; most: number }): string {
  const percent = (share: number) => `${formatNumber(share * 100, 'de', 0)} %`
  return least === most ? percent(least) : `${percent(least)} bis ${percent(most)}`
}
