import './participation.css'
import { useEffect, useState } from 'preact/hooks'
import { formatMoment } from '../../server/contract/dates.ts'
import { silences } from '../../server/contract/mobile/codes.ts'
import { listSiteRequests, type RequestSummary } from '../../server/contract/mobile.ts'
import type { Outlook } from '../../server/contract/participation.ts'
import { createCalendarLink, revokeCalendarLink } from '../../server/contract/participation.ts'
import { weekdayAndDay } from '../../server/contract/participation-words.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Light } from '../ui/deadline-light.tsx'
import { explain } from '../ui/notice.tsx'
import { Loaded, resource } from '../ui/resource.tsx'
import { toast } from '../ui/toast.tsx'
import { ask } from '../workbench/staff.ts'
import { clockWords } from './case/clock-list.tsx'
import { calendarLink, deadlines, outlook } from './data.ts'

const cases = resource((_question: null, signal) => ask(listSiteRequests, { query: {}, signal }))

/** All deadlines that run, what goes out by itself next, and the calendar to subscribe to. */
export function DeadlinesPage() {
  useEffect(() => {
    void deadlines.ask(null)
    void cases.ask(null)
    void outlook.ask(null)
    void calendarLink.ask(null)
  }, [])
  return (
    <div class="page deadlines-page">
      <h1>Fristen</h1>
      <section aria-labelledby="laufende">
        <h2 id="laufende">Was als Nächstes abläuft</h2>
        <Loaded from={deadlines}>{(known) => <Running known={known} requests={cases.answer.value?.requests ?? []} />}</Loaded>
      </section>
      <section aria-labelledby="hinaus">
        <h2 id="hinaus">Was geht als Nächstes hinaus?</h2>
        <p class="review-card__muted">
          Das geschieht von selbst: Erinnerungen, der Wochenüberblick am Montag, die Nachricht nach Ablauf. Was Sie hier nicht
          sehen, geht nicht hinaus.
        </p>
        <Loaded from={outlook}>{({ steps }) => <Steps steps={steps} />}</Loaded>
      </section>
      <section aria-labelledby="kalender">
        <h2 id="kalender">Im eigenen Kalender</h2>
        <Loaded from={calendarLink}>{({ createdAt }) => <Subscription createdAt={createdAt} />}</Loaded>
      </section>
    </div>
  )
}

type Known = NonNullable<(typeof deadlines)['answer']['value']>

function Running({ known, requests }: { known: Known; requests: readonly RequestSummary[] }) {
  const open = known.cases.flatMap(({ requestId, clocks }) =>
    clocks.filter(({ metOn }) => metOn === null).map((clock) => ({ requestId, clock })),
  )
  if (open.length === 0) return <p>Zurzeit läuft keine Frist.</p>
  const byDay = open.toSorted((a, b) => (a.clock.dueOn ?? '9').localeCompare(b.clock.dueOn ?? '9'))
  return (
    <ul class="clock-list">
      {byDay.map(({ requestId, clock }) => (
        <li key={`${requestId} ${clock.rule}`}>
          <Light light={clock.light}>{clock.name}</Light>
          <p>
            <a href={`/arbeitsplatz/standorte?anfrage=${encodeURIComponent(requestId)}`}>{nameOf(requestId, requests)}</a>:{' '}
            {clockWords(clock, known.today)}
          </p>
        </li>
      ))}
    </ul>
  )
}

function nameOf(requestId: string, requests: readonly RequestSummary[]): string {
  const content = requests.find(({ id }) => id === requestId)?.content
  return content?.caseNumber ?? content?.operatorSiteCode ?? requestId
}

const kinds: Readonly<Record<Outlook['steps'][number]['kind'], string>> = {
  digest: 'Wochenüberblick',
  reminder: 'Erinnerung',
  escalation: 'Nachricht, dass die Frist verstrichen ist',
  silence: 'Ohne Äußerung:',
}

function silenceWords([review]: Outlook['steps'][number]['reviews']): string {
  return review ? ` ${review.departmentCode} ${silences.labels[review.silence].de}` : ''
}

function Steps({ steps }: Pick<Outlook, 'steps'>) {
  if (steps.length === 0) return <p>Nichts: Kein Fachbereich ist zurzeit gefragt.</p>
  return (
    <ol class="outlook">
      {steps.map(({ on, kind, to, reviews }) => (
        <li key={`${on} ${kind} ${to} ${reviews[0]?.id}`}>
          <p>
            <strong>{weekdayAndDay(on)}</strong>: {kinds[kind]}
            {kind === 'silence' ? silenceWords(reviews) : ` ${to ? `an ${to}` : '(niemand eingetragen)'}`}
          </p>
          <ul>
            {reviews.map((review) => (
              <li key={review.id}>
                <a href={`/arbeitsplatz/standorte?anfrage=${encodeURIComponent(review.requestId)}`}>{review.caseName}</a>,{' '}
                {review.departmentCode}, Frist {weekdayAndDay(review.dueOn)}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

/** The secret address is shown once; a new one ends the old one. */
function Subscription({ createdAt }: { createdAt: string | null }) {
  const [address, setAddress] = useState<string | null>(null)
  const act = async (work: () => Promise<void>) => {
    await work().catch((error) => toast(explain(error), 'danger'))
    await calendarLink.again()
  }
  const create = () => act(async () => setAddress((await ask(createCalendarLink, { body: {} })).address))
  const revoke = () =>
    act(async () => {
      await ask(revokeCalendarLink)
      setAddress(null)
      toast('Die Adresse gilt nicht mehr.')
    })
  return (
    <>
      <p>
        {createdAt === null
          ? 'Mit einer geheimen Adresse abonniert Ihr Kalenderprogramm alle Fristen und fälligen Stellungnahmen.'
          : `Ihre Adresse gibt es seit ${formatMoment(createdAt, 'de')}. Sie wird nur einmal gezeigt; eine neue macht die alte ungültig.`}
      </p>
      {address && (
        <div class="calendar-address">
          <code>{address}</code>
          <CopyButton text={address}>Adresse kopieren</CopyButton>
        </div>
      )}
      <p class="review-card__actions">
        <Button icon="calendar" onClick={() => void create()}>
          {createdAt === null ? 'Adresse erstellen' : 'Neue Adresse erstellen'}
        </Button>
        {createdAt !== null && (
          <Button look="tertiary" icon="close" onClick={() => void revoke()}>
            Adresse widerrufen
          </Button>
        )}
      </p>
    </>
  )
}
