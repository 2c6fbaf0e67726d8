import { useEffect, useState } from 'preact/hooks'
import { type AccountEvent, accountActs, listAccountEvents } from '../../server/contract/account-administration.ts'
import { formatMoment } from '../../server/contract/dates.ts'
import { call } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { Failure } from '../ui/notice.tsx'
import { roleNames } from './role-fields.tsx'
import { useTask } from './task.ts'

const pageSize = 100

const columns: readonly Column<AccountEvent>[] = [
  { key: 'happenedAt', label: 'Wann', cell: ({ happenedAt }) => formatMoment(happenedAt, 'de') },
  { key: 'actor', label: 'Wer', cell: ({ actorName }) => actorName },
  { key: 'act', label: 'Was', cell: ({ act, roles }) => accountActs[act].de + (roles ? `: ${roleNames(roles)}` : '') },
  { key: 'subject', label: 'Wessen Konto', cell: ({ subjectName }) => subjectName },
]

/** Acts on accounts, newest first, older ones on request. Read anew whenever `state`, what the page shows, is another. */
export function EventLog({ state }: { state: unknown }) {
  const [events, setEvents] = useState<readonly AccountEvent[]>([])
  const [hasOlder, setOlder] = useState(false)
  const read = useTask(async (shown: readonly AccountEvent[]) => {
    const before = shown.at(-1)?.id
    const page = await call(listAccountEvents, { query: before === undefined ? {} : { before } })
    setEvents([...shown, ...page])
    setOlder(page.length === pageSize)
  })
  useEffect(() => void read.run([]), [state])
  return (
    <>
      {read.error !== null && <Failure error={read.error} retry={() => void read.run(events)} />}
      <DataTable caption="Neueste zuerst" columns={columns} rows={events} rowKey={({ id }) => String(id)} />
      {hasOlder && (
        <Button icon="down" onClick={() => void read.run(events)}>
          Ältere anzeigen
        </Button>
      )}
    </>
  )
}
