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

/** Acts on accounts, newest first, older ones on request. */
export function EventLog() {
  const [events, setEvents] = useState<readonly AccountEvent[]>([])
  const [hasOlder, setOlder] = useState(false)
  const more = useTask(async () => {
    const before = events.at(-1)?.id
    const page = await call(listAccountEvents, { query: before === undefined ? {} : { before } })
    setEvents([...events, ...page])
    setOlder(page.length === pageSize)
  })
  useEffect(() => void more.run(undefined), [])
  return (
    <>
      {more.error !== null && <Failure error={more.error} retry={() => void more.run(undefined)} />}
      <DataTable caption="Neueste zuerst" columns={columns} rows={events} rowKey={({ id }) => String(id)} />
      {hasOlder && (
        <Button icon="down" onClick={() => void more.run(undefined)}>
          Ältere anzeigen
        </Button>
      )}
    </>
  )
}
