import { useState } from 'preact/hooks'
import { type Release, withdrawCountRelease } from '../../server/contract/counts.ts'
import { formatDay, formatMoment } from '../../server/contract/dates.ts'
import { Button } from '../ui/button.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { announce } from '../ui/toast.tsx'
import { refresh } from '../workbench/data.ts'
import { ask } from '../workbench/staff.ts'
import { WithdrawDialog } from '../workbench/withdraw-dialog.tsx'
import { releases as known } from './data.ts'

/** Publications, newest first; one that was wrong is taken back by a new one, and the one before is public again. */
export function ReleaseTable({ releases, mayWithdraw }: { releases: readonly Release[]; mayWithdraw: boolean }) {
  const [chosen, setChosen] = useState<Release | null>(null)
  const withdraw = async (reason: string) => {
    if (!chosen) return
    await ask(withdrawCountRelease, { params: { id: chosen.id }, body: { reason } })
    announce('Die Veröffentlichung ist zurückgenommen. Es gilt die davor.')
    await Promise.all([known.again(), refresh()])
  }
  return (
    <>
      <DataTable
        caption="Veröffentlichte Zahlen"
        rows={releases}
        rowKey={(row) => String(row.id)}
        empty="Noch keine Zahlen veröffentlicht."
        columns={[
          { key: 'stand', label: 'Stand', cell: (row) => formatDay(row.stand, 'de'), heading: true },
          { key: 'at', label: 'veröffentlicht', cell: (row) => `${formatMoment(row.at, 'de')}, ${row.name}` },
          { key: 'reason', label: 'Anlass', cell: (row) => row.reason },
          { key: 'state', label: 'Zustand', cell: stateOf },
          {
            key: 'withdraw',
            label: 'Rücknahme',
            cell: (row) =>
              mayWithdraw && row.withdraws === null && !row.isWithdrawn ? (
                <Button small look="tertiary" onClick={() => setChosen(row)}>
                  Zurücknehmen
                </Button>
              ) : null,
          },
        ]}
      />
      <WithdrawDialog
        title={chosen && `Zahlen zum ${formatDay(chosen.stand, 'de')} zurücknehmen`}
        what="Öffentlich gilt dann wieder die Veröffentlichung davor. Auch die zurückgenommene bleibt gespeichert, und was einmal öffentlich war, kann bekannt sein."
        onWithdraw={withdraw}
        onClose={() => setChosen(null)}
      />
    </>
  )
}

function stateOf(row: Release): string {
  if (row.withdraws !== null) return 'nimmt eine frühere zurück'
  if (row.isWithdrawn) return 'zurückgenommen'
  return `${row.isCurrent ? 'gilt' : 'früher'}: ${row.figures - row.hidden} Zahlen, ${row.hidden} nicht genannt`
}
