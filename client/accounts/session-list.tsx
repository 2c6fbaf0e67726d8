import { useEffect, useMemo } from 'preact/hooks'
import { endOtherSessions, endSession, listSessions, type Session } from '../../server/contract/accounts.ts'
import { formatMoment } from '../../server/contract/dates.ts'
import { call } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { Failure } from '../ui/notice.tsx'
import { Loaded, resource } from '../ui/resource.tsx'
import { toast } from '../ui/toast.tsx'
import { deviceName } from './device.ts'
import { me } from './me.ts'
import { useTask } from './task.ts'

/** Where the own account is signed in; every other place can be signed out from here. */
export function SessionList() {
  const sessions = useMemo(() => resource((_: null, signal) => call(listSessions, { signal })), [])
  // Who changes password or second factor gets a new session.
  useEffect(() => void sessions.ask(null), [me.answer.value])
  const end = useTask(async ({ id }: Session) => {
    await call(endSession, { params: { id } })
    toast('Die Anmeldung ist beendet.')
    await sessions.again()
  })
  const endOthers = useTask(async () => {
    await call(endOtherSessions)
    toast('Alle anderen Anmeldungen sind beendet.')
    await sessions.again()
  })
  const failure = end.error ?? endOthers.error
  return (
    <Loaded from={sessions}>
      {(rows) => (
        <>
          {failure !== null && <Failure error={failure} />}
          <p>Eine Anmeldung endet nach zehn Stunden, oder wenn sie zwei Stunden nicht benutzt wird.</p>
          <DataTable
            caption="Anmeldungen"
            columns={columns((session) => void end.run(session))}
            rows={rows}
            rowKey={({ id }) => id}
          />
          {rows.length > 1 && (
            <Button icon="signOut" aria-disabled={endOthers.isBusy} onClick={() => void endOthers.run(undefined)}>
              Alle anderen beenden
            </Button>
          )}
        </>
      )}
    </Loaded>
  )
}

function columns(onEnd: (session: Session) => void): readonly Column<Session>[] {
  return [
    { key: 'device', label: 'Gerät', heading: true, cell: ({ userAgent }) => deviceName(userAgent) },
    { key: 'createdAt', label: 'Angemeldet', cell: ({ createdAt }) => formatMoment(createdAt, 'de') },
    { key: 'lastUsedAt', label: 'Zuletzt benutzt', cell: ({ lastUsedAt }) => formatMoment(lastUsedAt, 'de') },
    {
      key: 'end',
      label: 'Aktion',
      cell: (session) =>
        session.current ? (
          'diese Anmeldung'
        ) : (
          <Button small onClick={() => onEnd(session)}>
            Beenden
          </Button>
        ),
    },
  ]
}
