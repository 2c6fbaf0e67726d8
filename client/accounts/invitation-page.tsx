import { useEffect, useMemo } from 'preact/hooks'
import { acceptInvitation, findInvitation, setNewPassword, shortestPassword, signIn } from '../../server/contract/accounts.ts'
import { formatMoment } from '../../server/contract/dates.ts'
import { ApiError, call } from '../api.ts'
import { TextField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { Loaded, resource } from '../ui/resource.tsx'
import { Form, PasswordField, textOf } from './form.tsx'
import { refreshMe } from './me.ts'
import { useTask } from './task.ts'

/** What a one-time link is for; null: it is of no use any more. */
async function look(token: string) {
  try {
    return { invitation: await call(findInvitation, { body: { token } }) }
  } catch (error) {
    if (error instanceof ApiError && [410, 422].includes(error.problem.status)) return { invitation: null }
    throw error
  }
}

type Invitation = NonNullable<Awaited<ReturnType<typeof look>>['invitation']>

const titles: Record<Invitation['kind'], string> = {
  first_admin: 'Erstes Administrationskonto anlegen',
  account: 'Konto anlegen',
  reset: 'Neues Kennwort setzen',
}

/** `/arbeitsplatz/einladung#<token>`: makes an account or sets a new password, then signs in. */
export function InvitationPage({ onSignedIn }: { onSignedIn: () => void }) {
  const token = location.hash.slice(1)
  const found = useMemo(() => resource(look), [])
  useEffect(() => void found.ask(token), [token])
  return (
    <div class="account-page account-page--narrow">
      <Loaded from={found}>
        {({ invitation }) =>
          invitation ? <Accept token={token} invitation={invitation} onSignedIn={onSignedIn} /> : <LinkGone />
        }
      </Loaded>
    </div>
  )
}

function LinkGone() {
  return (
    <>
      <h1>Dieser Link gilt nicht mehr</h1>
      <p>Einmal-Links gelten 24 Stunden und nur ein Mal. Bitte lassen Sie sich von der Administration einen neuen geben.</p>
      <p>
        <a href="/arbeitsplatz/anmelden">Zur Anmeldung</a>
      </p>
    </>
  )
}

function Accept({ token, invitation, onSignedIn }: { token: string; invitation: Invitation; onSignedIn: () => void }) {
  const { kind, name, username, expiresAt } = invitation
  const isReset = kind === 'reset'
  const task = useTask(async (form: FormData) => {
    const password = textOf(form, 'password')
    const made = isReset
      ? await call(setNewPassword, { body: { token, password } })
      : await call(acceptInvitation, {
          body: { token, password, username: textOf(form, 'username'), name: textOf(form, 'name') },
        })
    // The link is used up: it has no business in the address any more.
    history.replaceState(null, '', location.pathname)
    await call(signIn, { body: { username: made.username, password } })
    await refreshMe()
    onSignedIn()
  })
  return (
    <>
      <h1>{titles[kind]}</h1>
      <p class="account-muted">Der Link gilt bis {formatMoment(expiresAt, 'de')}.</p>
      {isReset && <Notice kind="info" title="Ihr altes Kennwort und Ihr zweiter Faktor gelten nicht mehr." />}
      <Form task={task} submit={isReset ? 'Kennwort setzen' : 'Konto anlegen'}>
        {!isReset && (
          <TextField
            label="Ihr Name"
            hint="So erscheint er im Verlauf der Änderungen."
            name="name"
            autocomplete="name"
            defaultValue={name ?? ''}
            error={task.errorAt('name')}
          />
        )}
        <TextField
          label="Benutzername"
          hint={isReset ? undefined : '3 bis 40 Zeichen: Buchstaben ohne Umlaute, Ziffern, Punkt, Binde- und Unterstrich'}
          name="username"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          readOnly={isReset}
          defaultValue={username ?? ''}
          error={task.errorAt('username')}
        />
        <NewPasswordField error={task.errorAt('password')} name="password" />
      </Form>
    </>
  )
}

export function NewPasswordField({ error, name }: { error: string | undefined; name: string }) {
  return (
    <PasswordField
      label="Neues Kennwort"
      hint={`Mindestens ${shortestPassword} Zeichen. Gut sind vier oder fünf Wörter, die nichts miteinander zu tun haben.`}
      name={name}
      autocomplete="new-password"
      error={error}
    />
  )
}
