import { useEffect, useMemo, useState } from 'preact/hooks'
import { type Account, type OneTimeLink as Link, listAccounts } from '../../server/contract/account-administration.ts'
import { formatMoment } from '../../server/contract/dates.ts'
import { call } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { type Column, DataTable, type Sorting } from '../ui/data-table.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { Loaded, resource } from '../ui/resource.tsx'
import { AccountDialog } from './account-dialog.tsx'
import { OneTimeLink } from './copy.tsx'
import { EventLog } from './event-log.tsx'
import { InvitationList } from './invitation-list.tsx'
import { InviteForm } from './invite-form.tsx'
import { roleNames } from './role-fields.tsx'

/** `/arbeitsplatz/konten` (admins): who may sign in and do what. */
export function AccountsPage() {
  const list = useMemo(() => resource((_: null, signal) => call(listAccounts, { signal })), [])
  const [sorting, setSorting] = useState<Sorting>({ key: 'name', descending: false })
  const [chosen, setChosen] = useState<string | null>(null)
  const [isInviting, setInviting] = useState(false)
  const [link, setLink] = useState<Link | null>(null)
  useEffect(() => void list.ask(null), [])
  const handOver = (made: Link) => {
    setInviting(false)
    setChosen(null)
    setLink(made)
    void list.again()
  }
  return (
    <div class="account-page">
      <div class="account-head">
        <h1>Konten</h1>
        <Button look="primary" icon="add" onClick={() => setInviting(true)}>
          Person einladen
        </Button>
      </div>
      <Loaded from={list}>
        {({ accounts, invitations }) => (
          <>
            <DataTable
              caption={`${accounts.length} ${accounts.length === 1 ? 'Konto' : 'Konten'}`}
              columns={columns(setChosen)}
              rows={accounts}
              rowKey={({ id }) => id}
              sorting={sorting}
              onSort={setSorting}
            />
            <InvitationList invitations={invitations} onChanged={list.again} />
            <AccountDialog
              account={accounts.find(({ id }) => id === chosen) ?? null}
              onClose={() => setChosen(null)}
              onChanged={list.again}
              onLink={handOver}
            />
          </>
        )}
      </Loaded>
      <Disclosure summary="Protokoll: Wer hat was an Konten geändert?">
        <EventLog state={list.answer.value} />
      </Disclosure>
      <Dialog open={isInviting} title="Person einladen" onClose={() => setInviting(false)}>
        <InviteForm onLink={handOver} />
      </Dialog>
      <Dialog open={link !== null} title="Link weitergeben" onClose={() => setLink(null)}>
        {link && <OneTimeLink {...link} />}
      </Dialog>
    </div>
  )
}

function columns(onChoose: (id: string) => void): readonly Column<Account>[] {
  return [
    {
      key: 'name',
      label: 'Name',
      heading: true,
      sortBy: ({ name }) => name,
      cell: ({ name, username }) => (
        <>
          {name} <span class="account-muted">{username}</span>
        </>
      ),
    },
    { key: 'roles', label: 'Rollen', sortBy: ({ roles }) => roleNames(roles), cell: ({ roles }) => roleNames(roles) },
    { key: 'signIn', label: 'Anmeldung', sortBy: signInWords, cell: signInWords },
    { key: 'active', label: 'Zustand', sortBy: stateWords, cell: stateWords },
    {
      key: 'lastUsedAt',
      label: 'Zuletzt aktiv',
      sortBy: ({ lastUsedAt }) => lastUsedAt,
      cell: ({ lastUsedAt }) => (lastUsedAt ? formatMoment(lastUsedAt, 'de') : 'nicht angemeldet'),
    },
    {
      key: 'act',
      label: 'Aktion',
      cell: ({ id, name }) => (
        <Button small icon="edit" aria-label={`${name} bearbeiten`} onClick={() => onChoose(id)}>
          Bearbeiten
        </Button>
      ),
    },
  ]
}

function signInWords({ signIn, secondFactor }: Account): string {
  if (signIn === 'city') return 'über die Stadt'
  return secondFactor ? 'Kennwort und zweiter Faktor' : 'Kennwort'
}

function stateWords({ active }: Account): string {
  return active ? 'aktiv' : 'deaktiviert'
}
