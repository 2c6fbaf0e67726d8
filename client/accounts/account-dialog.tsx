import { useEffect, useRef, useState } from 'preact/hooks'
import {
  type Account,
  endAccountSessions,
  type OneTimeLink,
  resetAccount,
  setActive,
  setRoles,
} from '../../server/contract/account-administration.ts'
import { call } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { explain, Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { Form } from './form.tsx'
import { me, refreshMe } from './me.ts'
import { RoleFields, rolesOf } from './role-fields.tsx'
import { useTask } from './task.ts'

interface AccountDialogProps {
  account: Account | null
  onClose: () => void
  onChanged: () => Promise<void>
  onLink: (link: OneTimeLink) => void
}

/** What an admin does with one account. */
export function AccountDialog({ account, onClose, onChanged, onLink }: AccountDialogProps) {
  return (
    <Dialog open={account !== null} title={account?.name ?? ''} onClose={onClose}>
      {account && <Acts key={account.id} account={account} onDone={onClose} onChanged={onChanged} onLink={onLink} />}
    </Dialog>
  )
}

type ActsProps = Omit<AccountDialogProps, 'account' | 'onClose'> & { account: Account; onDone: () => void }

function Acts({ account, onDone, onChanged, onLink }: ActsProps) {
  const params = { id: account.id }
  const isOwn = me.answer.value?.user?.id === account.id
  const finish = async (text: string) => {
    toast(text)
    if (isOwn) await refreshMe()
    await onChanged()
    onDone()
  }
  const save = useTask(async (form: FormData) => {
    await call(setRoles, { params, body: { roles: rolesOf(form) } })
    await finish('Die Rollen sind gesetzt.')
  })
  const switchActive = async () => {
    await call(setActive, { params, body: { active: !account.active } })
    await finish(account.active ? 'Das Konto ist deaktiviert.' : 'Das Konto ist wieder aktiv.')
  }
  const endSessions = async () => {
    await call(endAccountSessions, { params })
    await finish(`${account.name} ist überall abgemeldet.`)
  }
  const reset = async () => onLink(await call(resetAccount, { params, body: {} }))
  return (
    <>
      <Form task={save} submit="Rollen speichern">
        <RoleFields roles={account.roles} />
      </Form>
      {account.signIn === 'password' && !isOwn && account.active && (
        <Act
          label="Zugang zurücksetzen"
          meaning="Kennwort, zweiter Faktor und Anmeldungen gelten sofort nicht mehr. Sie erhalten einen Einmal-Link für ein neues Kennwort."
          onConfirm={reset}
        />
      )}
      {account.lastUsedAt && (
        <Act label="Überall abmelden" meaning="Alle Anmeldungen dieses Kontos enden sofort." onConfirm={endSessions} />
      )}
      <Act
        label={account.active ? 'Konto deaktivieren' : 'Konto wieder aktivieren'}
        meaning={
          account.active
            ? 'Anmelden ist danach nicht mehr möglich. Der Name bleibt im Verlauf der Änderungen stehen.'
            : 'Anmelden ist danach wieder möglich, mit denselben Rollen.'
        }
        onConfirm={switchActive}
      />
    </>
  )
}

/** Something with consequences: the first click says which, the second does it. */
function Act({ label, meaning, onConfirm }: { label: string; meaning: string; onConfirm: () => Promise<void> }) {
  const [isAsking, setAsking] = useState<boolean | null>(null)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isAsking !== null) place.current?.querySelector('button')?.focus()
  }, [isAsking])
  const task = useTask(onConfirm)
  return (
    <div class="account-act" ref={place}>
      {isAsking ? (
        <>
          <p role="status">{meaning}</p>
          {task.error !== null && <Notice kind="danger" title={explain(task.error)} role="alert" />}
          <div class="account-buttons">
            <Button look="primary" aria-disabled={task.isBusy} onClick={() => void task.run(undefined)}>
              {label}
            </Button>
            <Button look="tertiary" onClick={() => setAsking(false)}>
              Abbrechen
            </Button>
          </div>
        </>
      ) : (
        <Button onClick={() => setAsking(true)}>{label} …</Button>
      )}
    </div>
  )
}
