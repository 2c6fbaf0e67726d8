import { type Release, withdrawCountRelease } from '../../server/contract/counts.ts'
import { formatDay, formatMoment } from '../../server/contract/dates.ts'
import { Button } from '../ui/button.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { explain } from '../ui/notice.tsx'
import { announce, toast } from '../ui/toast.tsx'
import { refresh } from '../workbench/data.ts'
import { ask } from '../workbench/staff.ts'
import { releases as known } from './data.ts'

/** Publications, newest first; one that was wrong is taken back by a new one, and the one before is public again. */
export function ReleaseTable({ releases, mayWithdraw }: { releases: readonly Release[]; mayWithdraw: boolean }) {
  const withdraw = async (release: Release) => {
    try {
      await ask(withdrawCountRelease, { params: { id: release.id }, body: { reason: 'Veröffentlichung zurückgenommen' } })
      announce('Die Veröffentlichung ist zurückgenommen. Es gilt die davor.')
      await Promise.all([known.again(), refresh()])
    } catch (failure) {
      toast(explain(failure), 'danger')
    }
  }
  return (
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
              <Button small look="tertiary" onClick={() => void withdraw(row)}>
                Zurücknehmen
              </Button>
            ) : null,
        },
      ]}
    />
  )
}

function stateOf(row: Release): string {
  if (row.withdraws !== null) return 'nimmt eine frühere zurück'
  if (row.isWithdrawn) return 'zurückgenommen'
  return `${row.isCurrent ? 'gilt' : 'früher'}: ${row.figures - row.hidden} Zahlen, ${row.hidden} nicht genannt`
}
