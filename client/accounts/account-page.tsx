import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { changePassword, type Me, removeSecondFactor, renewEmergencyCodes } from '../../server/contract/accounts.ts'
import { call } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Loaded } from '../ui/resource.tsx'
import { toast } from '../ui/toast.tsx'
import { Form, PasswordField, textOf } from './form.tsx'
import { NewPasswordField } from './invitation-page.tsx'
import { me, refreshMe } from './me.ts'
import { roleNames } from './role-fields.tsx'
import { EmergencyCodes, SecondFactorSetUp } from './second-factor-set-up.tsx'
import { SessionList } from './session-list.tsx'
import { useTask } from './task.ts'

type User = NonNullable<Me['user']>

/** `/arbeitsplatz/konto`: own password, second factor, sessions. */
export function AccountPage() {
  return (
    <div class="account-page">
      <h1>Mein Konto</h1>
      <Loaded from={me}>
        {({ user, citySignOn }) => user && <Account user={user} city={citySignOn?.name ?? 'die Stadt'} />}
      </Loaded>
    </div>
  )
}

function Account({ user, city }: { user: User; city: string }) {
  return (
    <>
      <dl class="account-facts">
        <dt>Name</dt>
        <dd>{user.name}</dd>
        <dt>{user.signIn === 'city' ? 'Angemeldet über' : 'Benutzername'}</dt>
        <dd>{user.signIn === 'city' ? `${city} (${user.username})` : user.username}</dd>
        <dt>Rollen</dt>
        <dd>{roleNames(user.roles)}</dd>
      </dl>
      {user.signIn === 'city' ? (
        <p>Kennwort und zweiten Faktor verwalten Sie bei {city}.</p>
      ) : (
        <>
          <Section title="Kennwort ändern">
            <ChangePassword />
          </Section>
          <Section title="Zweiter Faktor">
            <SecondFactor isOn={user.secondFactor} />
          </Section>
        </>
      )}
      <Section title="Wo Sie angemeldet sind">
        <SessionList />
      </Section>
    </>
  )
}

function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="account-section">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function ChangePassword() {
  const [times, setTimes] = useState(0)
  const task = useTask(async (form: FormData) => {
    const body = { password: textOf(form, 'password'), newPassword: textOf(form, 'newPassword') }
    await call(changePassword, { body })
    await refreshMe()
    toast('Ihr Kennwort ist geändert. Andere Anmeldungen sind beendet.')
    setTimes(times + 1)
  })
  return (
    <Form key={times} task={task} submit="Kennwort ändern">
      <PasswordField
        label="Bisheriges Kennwort"
        name="password"
        autocomplete="current-password"
        error={task.errorAt('password')}
      />
      <NewPasswordField name="newPassword" error={task.errorAt('newPassword')} />
    </Form>
  )
}

function SecondFactor({ isOn }: { isOn: boolean }) {
  const [open, setOpen] = useState<'set-up' | 'codes' | 'remove' | null>(null)
  const close = () => setOpen(null)
  if (open === 'set-up') return <SecondFactorSetUp onCancel={close} onDone={close} />
  if (!isOn) {
    return (
      <>
        <p>
          Mit einem zweiten Faktor reicht ein gestohlenes Kennwort nicht: Eine App auf Ihrem Handy zeigt bei jeder Anmeldung einen
          Code.
        </p>
        <Button onClick={() => setOpen('set-up')}>Zweiten Faktor einrichten</Button>
      </>
    )
  }
  return (
    <>
      <p>Der zweite Faktor ist eingeschaltet: Bei der Anmeldung wird ein Code Ihrer Authenticator-App verlangt.</p>
      <div class="account-buttons">
        <Button onClick={() => setOpen('codes')}>Neue Notfallcodes</Button>
        <Button onClick={() => setOpen('remove')}>Zweiten Faktor entfernen</Button>
      </div>
      <Dialog open={open === 'codes'} title="Neue Notfallcodes" onClose={close}>
        <RenewCodes />
      </Dialog>
      <Dialog open={open === 'remove'} title="Zweiten Faktor entfernen" onClose={close}>
        <Remove onDone={close} />
      </Dialog>
    </>
  )
}

function RenewCodes() {
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const task = useTask(async (form: FormData) => {
    const { emergencyCodes } = await call(renewEmergencyCodes, { body: { password: textOf(form, 'password') } })
    setCodes(emergencyCodes)
  })
  if (codes) return <EmergencyCodes codes={codes} />
  return (
    <Form task={task} submit="Neue Codes anzeigen">
      <p>Die bisherigen Notfallcodes gelten danach nicht mehr.</p>
      <PasswordField label="Ihr Kennwort" name="password" autocomplete="current-password" error={task.errorAt('password')} />
    </Form>
  )
}

function Remove({ onDone }: { onDone: () => void }) {
  const task = useTask(async (form: FormData) => {
    await call(removeSecondFactor, { body: { password: textOf(form, 'password') } })
    await refreshMe()
    toast('Der zweite Faktor ist entfernt.')
    onDone()
  })
  return (
    <Form task={task} submit="Entfernen">
      <p>Danach meldet Sie das Kennwort allein an.</p>
      <PasswordField label="Ihr Kennwort" name="password" autocomplete="current-password" error={task.errorAt('password')} />
    </Form>
  )
}
