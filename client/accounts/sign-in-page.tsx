import { useEffect } from 'preact/hooks'
import { startCitySignOn } from '../../server/contract/accounts.ts'
import { call } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { explain, Notice } from '../ui/notice.tsx'
import { Loaded } from '../ui/resource.tsx'
import { me, signOutHere } from './me.ts'
import { SecondFactorSetUp } from './second-factor-set-up.tsx'
import { SignInForm } from './sign-in-form.tsx'
import { useTask } from './task.ts'

/** `/arbeitsplatz/anmelden`. `onSignedIn`: somebody is signed in and has everything that is required. */
export function SignInPage({ onSignedIn }: { onSignedIn: () => void }) {
  return (
    <div class="account-page account-page--narrow">
      <Loaded from={me}>{({ user, citySignOn }) => <Content user={user} city={citySignOn} onSignedIn={onSignedIn} />}</Loaded>
    </div>
  )
}

type Answer = NonNullable<(typeof me.answer)['value']>

function Content({ user, city, onSignedIn }: { user: Answer['user']; city: Answer['citySignOn']; onSignedIn: () => void }) {
  const isReady = user !== null && !user.mustSetUpSecondFactor
  useEffect(() => {
    if (isReady) onSignedIn()
  }, [isReady])
  if (isReady) return null
  if (user) return <RequiredSecondFactor />
  const failure = new URLSearchParams(location.search).get('error')
  return (
    <>
      <h1>Anmelden</h1>
      {failure && <Notice kind="danger" title={cityFailure(failure, city?.name ?? 'die Stadt')} role="alert" />}
      {city && <CitySignOn name={city.name} />}
      <SignInForm onSignedIn={() => undefined} />
      <p class="account-muted">
        Kennwort vergessen oder Handy verloren? Die Administration des Ausbauatlas gibt Ihnen einen Link, mit dem Sie Ihren Zugang
        erneuern.
      </p>
      <p>
        <a href="/">Zur öffentlichen Karte</a>
      </p>
    </>
  )
}

/** What the way back from the city's sign-in service reports in the address. */
function cityFailure(code: string, name: string): string {
  if (code === 'ACCOUNT_DEACTIVATED') return 'Dieses Konto ist deaktiviert. Bitte wenden Sie sich an die Administration.'
  if (code === 'account_not_linked')
    return 'Zu Ihrer Mailadresse gibt es schon ein Konto mit Kennwort. Bitte melden Sie sich damit an.'
  if (code === 'access_denied') return `Die Anmeldung über ${name} wurde abgebrochen.`
  return `Die Anmeldung über ${name} ist nicht gelungen. Bitte versuchen Sie es noch einmal.`
}

function CitySignOn({ name }: { name: string }) {
  const task = useTask(async () => {
    const { url } = await call(startCitySignOn, { body: {} })
    location.assign(url)
  })
  return (
    <div class="account-city">
      <Button look="primary" aria-disabled={task.isBusy} onClick={() => void task.run(undefined)}>
        Anmelden mit {name}
      </Button>
      {task.error !== null && <Notice kind="danger" title={explain(task.error)} role="alert" />}
      <p class="account-or">oder mit Benutzername und Kennwort</p>
    </div>
  )
}

function RequiredSecondFactor() {
  return (
    <>
      <h1>Zweiten Faktor einrichten</h1>
      <p>
        Für Ihr Konto ist neben dem Kennwort ein zweiter Nachweis vorgeschrieben: ein Code, den eine App auf Ihrem Handy anzeigt.
      </p>
      <SecondFactorSetUp />
      <p>
        <Button look="tertiary" icon="signOut" onClick={() => void signOutHere()}>
          Abmelden
        </Button>
      </p>
    </>
  )
}
