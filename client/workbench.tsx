import '@kern-ux/native/dist/kern.css'
import './styles/base.css'
import './styles/ui.css'
import './styles/accounts.css'
import './workbench/shell.css'
import './workbench/desk.css'
import './workbench/fact-rows.css'
import './workbench/editor.css'
import './workbench/publishing.css'
import './workbench/history.css'
import './workbench/staff-map.css'
import './addresses/addresses.css'
import './counts/counts.css'
import './coverage/coverage.css'
import './coverage/dead-zones.css'
import './deliveries/deliveries.css'
import './gisnb/gisnb.css'
import './mail/mail.css'
import './quality/quality.css'
import './reports/proofs.css'
import './reports/reports.css'
import { effect } from '@preact/signals'
import { type ComponentType, render } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { activityReaders } from '../server/contract/activities.ts'
import { deadZoneModerators } from '../server/contract/dead-zones.ts'
import type { Role } from '../server/contract/endpoint.ts'
import { mailRoles } from '../server/contract/mail.ts'
import { mobileReaders } from '../server/contract/mobile.ts'
import { AccountPage } from './accounts/account-page.tsx'
import { AccountsPage } from './accounts/accounts-page.tsx'
import { InvitationPage } from './accounts/invitation-page.tsx'
import { me, refreshMe, signOutHere } from './accounts/me.ts'
import { SignInForm } from './accounts/sign-in-form.tsx'
import { SignInPage } from './accounts/sign-in-page.tsx'
import { ActivitiesPage } from './activities/activities-page.tsx'
import { CaseActivities } from './activities/case-activities.tsx'
import { AddressesPage } from './addresses/addresses-page.tsx'
import { CountsPage } from './counts/counts-page.tsx'
import { CoveragePage } from './coverage/coverage-page.tsx'
import { DeadZonesPage } from './coverage/dead-zones-page.tsx'
import { DeliveriesPage } from './deliveries/deliveries-page.tsx'
import { BoundariesPage } from './facts/admin/boundaries-page.tsx'
import { FeedbackPage } from './facts/admin/feedback-page.tsx'
import { TextPages } from './facts/admin/text-pages.tsx'
import { HistoryPage } from './facts/history/history-page.tsx'
import { ProgrammesPage } from './facts/programmes/programmes-page.tsx'
import { RolloutPage } from './facts/rollout/rollout-page.tsx'
import { RulesPage } from './facts/rules/rules-page.tsx'
import { GisNbPage } from './gisnb/gisnb-page.tsx'
import { OutboxPage } from './mail/outbox-page.tsx'
import { MunicipalSitesPage } from './mobile/municipal/municipal-page.tsx'
import type { CaseSection } from './mobile/sections.ts'
import { SitesPage } from './mobile/sites-page.tsx'
import { NetworkPage } from './objects/network/network-page.tsx'
import { PremisesPage } from './objects/premises/premises-page.tsx'
import { ParticipationSection } from './participation/case/participation-section.tsx'
import { DeadlinesPage } from './participation/deadlines-page.tsx'
import { QualityPage } from './quality/quality-page.tsx'
import { CouncilReportsPage } from './reports/council-reports-page.tsx'
import { ProofsPage } from './reports/proofs-page.tsx'
import { SchedulePage } from './schedule/schedule-page.tsx'
import { Dialog } from './ui/dialog.tsx'
import { Failure } from './ui/notice.tsx'
import { Skeleton } from './ui/skeleton.tsx'
import { theme } from './ui/theme.ts'
import { drafts, overview, settings, user } from './workbench/data.ts'
import { followPublications } from './workbench/live.ts'
import type { MenuEntry } from './workbench/menu.tsx'
import { followLinks, go, place } from './workbench/place.ts'
import { Shell } from './workbench/shell.tsx'
import { isSignedOut, settleSignIn } from './workbench/staff.ts'

interface Page extends MenuEntry {
  page: ComponentType
}

const admin: readonly Role[] = ['admin']

/** Who may read premises and network. */
const objectReaders: readonly Role[] = ['viewer', 'mobileCoordinator', 'gigabitCoordinator', 'admin']

/** Exact routes stand in its packages. */
const gisNbReaders: readonly Role[] = ['viewer', 'gigabitCoordinator', 'admin']

/** What other rooms show on the page of a site request. */
const caseSections: readonly (CaseSection & { roles?: readonly Role[] })[] = [
  { id: 'beteiligung', title: 'Fristen und Beteiligung', component: ParticipationSection },
  { id: 'taetigkeiten', title: 'Tätigkeiten', component: CaseActivities, roles: activityReaders },
]

function SiteRequests() {
  return <SitesPage sections={caseSections.filter(isForUser)} />
}

/** Whether the signed-in account has one of the roles; left out: everybody who is signed in. */
function isForUser({ roles }: { roles?: readonly Role[] }): boolean {
  return !roles || roles.some((role) => user.value?.roles.includes(role))
}

/** The pages of the workbench in the order of the menu. */
const pages: readonly Page[] = [
  { path: '/arbeitsplatz', label: 'Ausbaustand', page: RolloutPage, group: 'Ausbau' },
  { path: '/arbeitsplatz/programme', label: 'Programme', page: ProgrammesPage, group: 'Ausbau' },
  { path: '/arbeitsplatz/termine', label: 'Termine', page: SchedulePage, roles: objectReaders, group: 'Ausbau' },
  { path: '/arbeitsplatz/lieferungen', label: 'Lieferungen', page: DeliveriesPage, roles: objectReaders },
  { path: '/arbeitsplatz/anschluesse', label: 'Anschlussobjekte', page: PremisesPage, roles: objectReaders, group: 'Bestand' },
  { path: '/arbeitsplatz/netz', label: 'Netz', page: NetworkPage, roles: objectReaders, group: 'Bestand' },
  { path: '/arbeitsplatz/adressen', label: 'Adressen', page: AddressesPage, roles: objectReaders, group: 'Bestand' },
  { path: '/arbeitsplatz/standorte', label: 'Standortanfragen', page: SiteRequests, roles: mobileReaders, group: 'Mobilfunk' },
  { path: '/arbeitsplatz/fristen', label: 'Fristen', page: DeadlinesPage, roles: mobileReaders, group: 'Mobilfunk' },
  {
    path: '/arbeitsplatz/staedtische-standorte',
    label: 'Städtische Standorte',
    page: MunicipalSitesPage,
    roles: mobileReaders,
    group: 'Mobilfunk',
  },
  { path: '/arbeitsplatz/netzabdeckung', label: 'Netzabdeckung', page: CoveragePage, roles: mobileReaders, group: 'Mobilfunk' },
  { path: '/arbeitsplatz/funkloecher', label: 'Funklöcher', page: DeadZonesPage, roles: deadZoneModerators, group: 'Mobilfunk' },
  { path: '/arbeitsplatz/taetigkeiten', label: 'Tätigkeiten', page: ActivitiesPage, roles: activityReaders, group: 'Mobilfunk' },
  { path: '/arbeitsplatz/postausgang', label: 'Postausgang', page: OutboxPage, roles: mailRoles, group: 'Mobilfunk' },
  { path: '/arbeitsplatz/regeln', label: 'Regeln und Stellen', page: RulesPage, roles: mobileReaders, group: 'Mobilfunk' },
  { path: '/arbeitsplatz/zahlen', label: 'Zahlen', page: CountsPage, roles: objectReaders },
  { path: '/arbeitsplatz/pruefung', label: 'Prüfung', page: QualityPage, roles: objectReaders },
  { path: '/arbeitsplatz/berichte', label: 'Berichte', page: CouncilReportsPage, roles: objectReaders, group: 'Nachweise' },
  { path: '/arbeitsplatz/foerderung', label: 'Förderung', page: ProofsPage, roles: objectReaders, group: 'Nachweise' },
  { path: '/arbeitsplatz/gis-nb', label: 'GIS-NB', page: GisNbPage, roles: gisNbReaders, group: 'Nachweise' },
  { path: '/arbeitsplatz/verlauf', label: 'Verlauf', page: HistoryPage },
  { path: '/arbeitsplatz/grenzen', label: 'Stadtteilgrenzen', page: BoundariesPage, roles: admin, group: 'Verwaltung' },
  { path: '/arbeitsplatz/seiten', label: 'Textseiten', page: TextPages, roles: admin, group: 'Verwaltung' },
  {
    path: '/arbeitsplatz/rueckmeldungen',
    label: 'Rückmeldungen',
    page: FeedbackPage,
    roles: ['gigabitCoordinator', 'admin'],
    group: 'Verwaltung',
  },
  { path: '/arbeitsplatz/konten', label: 'Konten', page: AccountsPage, roles: admin, group: 'Verwaltung' },
]

const signInPath = '/arbeitsplatz/anmelden'

function App() {
  const { path, query } = place.value
  const known = me.answer.value
  useEffect(() => void refreshMe(), [])
  useEffect(() => {
    document.title = `${pages.find((page) => page.path === path)?.label ?? 'Arbeitsplatz'} · Ausbauatlas`
  }, [path])
  const enter = () => {
    const next = query.get('weiter') ?? ''
    go(/^\/arbeitsplatz(\/|\?|$)/.test(next) ? next : '/arbeitsplatz', { replace: true })
  }
  if (path === '/arbeitsplatz/einladung') return <Outside>{<InvitationPage onSignedIn={enter} />}</Outside>
  if (path === signInPath) return <Outside>{<SignInPage onSignedIn={enter} />}</Outside>
  if (!known)
    return (
      <Outside>{me.error.value === null ? <Skeleton heading /> : <Failure error={me.error.value} retry={refreshMe} />}</Outside>
    )
  if (known.user?.mustSetUpSecondFactor || (!known.user && !user.value)) return <ToSignIn />
  return <Inside />
}

function Outside({ children }: { children: preact.ComponentChildren }) {
  return <main class="outside">{children}</main>
}

function ToSignIn() {
  useEffect(() => {
    const { pathname, search } = location
    go(`${signInPath}?weiter=${encodeURIComponent(pathname + search)}`, { replace: true })
  }, [])
  return null
}

/** The workbench of somebody who is signed in. It stays when the session ends, so that nothing typed is lost. */
function Inside() {
  useEffect(() => {
    if (!user.peek()) return
    void settings.ask(null)
    void overview.ask(null)
    void drafts.ask(null)
    return followPublications()
  }, [user.value?.id])
  const allowed = pages.filter(isForUser)
  const { path } = place.value
  const Current = path === '/arbeitsplatz/konto' ? AccountPage : allowed.find((page) => page.path === path)?.page
  const signOut = async () => {
    user.value = null
    await signOutHere()
    location.assign(signInPath)
  }
  return (
    <>
      <Shell menu={allowed} onSignOut={() => void signOut()}>
        {Current ? <Current /> : <NoSuchPage />}
      </Shell>
      <SignInAgain />
    </>
  )
}

function NoSuchPage() {
  return (
    <div class="page">
      <h1>Diese Seite gibt es nicht</h1>
      <p>
        Oder Ihr Konto hat keine Berechtigung für sie. <a href="/arbeitsplatz">Zum Ausbaustand</a>
      </p>
    </div>
  )
}

/** The session has ended: sign in again here, and what was asked of the server is asked again. */
function SignInAgain() {
  const isOpen = isSignedOut.value
  const before = user.value
  const back = () => {
    const now = me.answer.peek()?.user
    if (now && before && now.id !== before.id) location.reload()
    settleSignIn(true)
  }
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isOpen) form.current?.querySelector<HTMLInputElement>('input[type="password"]')?.focus()
  }, [isOpen])
  return (
    <Dialog open={isOpen} title="Bitte melden Sie sich wieder an" onClose={() => settleSignIn(false)}>
      <p>Ihre Sitzung ist abgelaufen. Was Sie eingegeben haben, ist noch da; nach dem Anmelden geht es weiter, wo Sie waren.</p>
      <div ref={form}>{isOpen && <SignInForm username={before?.username ?? ''} onSignedIn={back} />}</div>
      <p>
        <a href={signInPath}>Zur Anmeldeseite</a>, zum Beispiel für die Anmeldung über die Stadt
      </p>
    </Dialog>
  )
}

/** Whoever has signed in works here, also after the session has ended; then the dialog asks for a new one. */
effect(() => {
  const signedIn = me.answer.value?.user
  if (signedIn) user.value = signedIn
  else if (me.answer.value && user.peek()) isSignedOut.value = true
})
effect(() => {
  document.documentElement.dataset.kernTheme = theme.value
})
document.addEventListener('click', followLinks)
const app = document.getElementById('app')
if (app) render(<App />, app)
