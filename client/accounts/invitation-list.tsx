import { type OpenInvitation, withdrawInvitation } from '../../server/contract/account-administration.ts'
import { formatMoment } from '../../server/contract/dates.ts'
import { call } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { Failure } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { roleNames } from './role-fields.tsx'
import { useTask } from './task.ts'

/** One-time links that nobody has used yet. */
export function InvitationList(props: { invitations: readonly OpenInvitation[]; onChanged: () => Promise<void> }) {
  const withdraw = useTask(async ({ id }: OpenInvitation) => {
    await call(withdrawInvitation, { params: { id } })
    toast('Der Link gilt nicht mehr.')
    await props.onChanged()
  })
  if (props.invitations.length === 0) return null
  return (
    <section class="account-section">
      <h2>Offene Einmal-Links</h2>
      {withdraw.error !== null && <Failure error={withdraw.error} />}
      <DataTable
        caption="Noch nicht benutzt"
        columns={columns((invitation) => void withdraw.run(invitation))}
        rows={props.invitations}
        rowKey={({ id }) => String(id)}
      />
    </section>
  )
}

function columns(onWithdraw: (invitation: OpenInvitation) => void): readonly Column<OpenInvitation>[] {
  return [
    { key: 'name', label: 'Name', heading: true, cell: ({ name }) => name },
    {
      key: 'kind',
      label: 'Wofür',
      cell: ({ kind, roles }) => (kind === 'reset' ? 'Neues Kennwort' : `Neues Konto: ${roleNames(roles)}`),
    },
    { key: 'expiresAt', label: 'Gilt bis', cell: ({ expiresAt }) => formatMoment(expiresAt, 'de') },
    {
      key: 'act',
      label: 'Aktion',
      cell: (invitation) => (
        <Button small aria-label={`Link für ${invitation.name} zurückziehen`} onClick={() => onWithdraw(invitation)}>
          Zurückziehen
        </Button>
      ),
    },
  ]
}
