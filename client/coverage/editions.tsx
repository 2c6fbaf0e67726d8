import { useState } from 'preact/hooks'
import { type CoverageEdition, withdrawCoverage } from '../../server/contract/coverage.ts'
import { coverageDatasets, coverageMethods } from '../../server/contract/coverage-codes.ts'
import { formatImpreciseDate, latest } from '../../server/contract/dates.ts'
import { formatNumber } from '../../server/contract/numbers.ts'
import { Button } from '../ui/button.tsx'
import { type Column, DataTable, type Sorting } from '../ui/data-table.tsx'
import { explain } from '../ui/notice.tsx'
import { SourceDetails } from '../ui/source.tsx'
import { announce, toast } from '../ui/toast.tsx'
import { ask } from '../workbench/staff.ts'
import { WithdrawDialog } from '../workbench/withdraw-dialog.tsx'
import { partName, readAnew } from './coverage-data.ts'

/** All editions with method and Stand; withdrawn ones stay in the list. */
export function Editions({ editions, mayWrite }: { editions: readonly CoverageEdition[]; mayWrite: boolean }) {
  const [sorting, setSorting] = useState<Sorting>({ key: 'trueOn', descending: true })
  const [leaving, setLeaving] = useState<CoverageEdition | null>(null)
  if (editions.length === 0) return <Nothing mayWrite={mayWrite} />
  const decide = async ({ id, title }: CoverageEdition, isWithdrawn: boolean, reason: string) => {
    await ask(withdrawCoverage, { params: { id }, body: { isWithdrawn, reason } })
    announce(isWithdrawn ? `${title} zurückgezogen` : `${title} gilt wieder`)
    await readAnew()
  }
  const putBack = (edition: CoverageEdition) =>
    decide(edition, false, 'Zurücknahme rückgängig gemacht').catch((error: unknown) => toast(explain(error), 'danger'))
  const action: Column<CoverageEdition> = {
    key: 'action',
    label: 'Handlung',
    cell: (edition) =>
      edition.withdrawn ? (
        <Button look="tertiary" small icon="renew" onClick={() => void putBack(edition)}>
          Wieder veröffentlichen
        </Button>
      ) : (
        <Button look="tertiary" small onClick={() => setLeaving(edition)}>
          Zurückziehen …
        </Button>
      ),
  }
  return (
    <section>
      <h2>Ausgaben</h2>
      <DataTable
        caption={`Ausgaben nach Stand (${formatNumber(editions.length, 'de', 0)})`}
        columns={mayWrite ? [...columns, action] : columns}
        rows={editions}
        rowKey={({ id }) => String(id)}
        sorting={sorting}
        onSort={setSorting}
      />
      <WithdrawDialog
        title={leaving ? `„${leaving.title}“ zurückziehen` : null}
        what="Öffentlich gilt dann wieder die Ausgabe davor. Die zurückgezogene bleibt gespeichert und kann wieder veröffentlicht werden."
        onWithdraw={async (reason) => {
          if (leaving) await decide(leaving, true, reason)
        }}
        onClose={() => setLeaving(null)}
      />
    </section>
  )
}

const columns: readonly Column<CoverageEdition>[] = [
  {
    key: 'title',
    label: 'Ausgabe',
    heading: true,
    sortBy: ({ title }) => title,
    cell: ({ title, withdrawn }) => (
      <>
        {title}
        {withdrawn && <span class="coverage__withdrawn">zurückgezogen: {withdrawn.reason}</span>}
      </>
    ),
  },
  {
    key: 'trueOn',
    label: 'Stand',
    sortBy: ({ trueOn }) => latest(trueOn),
    cell: ({ trueOn }) => formatImpreciseDate(trueOn, 'de'),
  },
  {
    key: 'dataset',
    label: 'Datensatz',
    sortBy: ({ dataset }) => coverageDatasets.labels[dataset].de,
    cell: ({ dataset, method }) => `${coverageDatasets.labels[dataset].de}; ${coverageMethods.labels[method].de}`,
    prose: true,
  },
  { key: 'parts', label: 'Netze', cell: ({ parts }) => parts.map(partName).join(', ') || 'keine in der Stadt', prose: true },
  {
    key: 'cells',
    label: 'Zellen',
    numeric: true,
    sortBy: ({ cells }) => cells,
    cell: ({ dataset, cells }) => (dataset === 'deficit_areas' ? '–' : formatNumber(cells, 'de', 0)),
  },
  {
    key: 'origin',
    label: 'Herkunft und Methode',
    prose: true,
    cell: ({ source, trueOn, knownFrom, attribution, methodNote, methodBreak }) => (
      <details class="source">
        <summary>
          {attribution}
          {methodBreak && ' · Bruch in der Methode'}
        </summary>
        <SourceDetails of={{ citation: source.citation, url: source.url, trueOn, knownFrom, knownAssumed: false }}>
          {methodNote} {methodBreak && <strong>Bruch in der Methode: {methodBreak}</strong>}
        </SourceDetails>
      </details>
    ),
  },
]

function Nothing({ mayWrite }: { mayWrite: boolean }) {
  return (
    <div class="empty">
      <p>
        <strong>Noch keine Ausgabe.</strong>{' '}
        {mayWrite ? 'So kommen sie herein:' : 'Sie erscheinen hier, sobald die Mobilfunkkoordination eine eingelesen hat.'}
      </p>
      {mayWrite && (
        <ol>
          <li>
            Bundesnetzagentur, Gigabit-Grundbuch: Mobilfunkmonitoring als GeoPackage herunterladen (Zahl der Netzbetreiber,
            Gebiete mit Ausbaudefizit, Versorgung je Betreiber). Die Datei für ganz Deutschland genügt.
          </li>
          <li>Datei hier ablegen, ansehen, was gefunden wurde, Stand und Quelle bestätigen.</li>
          <li>Messfahrten kommen als CSV aus der Messbox oder der App: eine Zeile je Messung.</li>
        </ol>
      )}
    </div>
  )
}
