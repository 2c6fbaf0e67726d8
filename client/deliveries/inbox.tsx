import { useCallback, useEffect } from 'preact/hooks'
import { formatImpreciseDate, formatMoment } from '../../server/contract/dates.ts'
import type { Delivery } from '../../server/contract/deliveries.ts'
import { Button } from '../ui/button.tsx'
import { explain } from '../ui/notice.tsx'
import { Loaded } from '../ui/resource.tsx'
import { announce } from '../ui/toast.tsx'
import { go } from '../workbench/place.ts'
import { Progress } from '../workbench/progress.tsx'
import { deliveries, deliveryAddress, mayWrite, takeIn } from './data.ts'
import { ChooseFiles, DropAnywhere } from './drop-page.tsx'
import { uploads } from './upload.ts'
import { isAtWork, isWaiting, size, stateOf } from './words.ts'

/** How often is asked how things stand; others work on deliveries too. */
const busyMs = 2_000
const idleMs = 15_000

/** Everything that has come in: what waits for a person first. */
export function Inbox() {
  const isBusy = deliveries.answer.value?.deliveries.some(isAtWork) ?? false
  useEffect(() => void deliveries.ask(null), [])
  useEffect(() => {
    const timer = setInterval(() => document.hidden || void deliveries.again(), isBusy ? busyMs : idleMs)
    return () => clearInterval(timer)
  }, [isBusy])
  const take = useCallback((files: readonly File[]) => {
    const arrived = (delivery: Delivery) => {
      announce(`„${delivery.fileName}“ ist angekommen.`)
      // One file is what one wants to go on with; of several the list is shown.
      if (files.length === 1) go(deliveryAddress(delivery.id))
      else void deliveries.again()
    }
    void takeIn(files, arrived)
  }, [])
  return (
    <div class="page">
      <h1>Lieferungen</h1>
      {mayWrite() && (
        <>
          <DropAnywhere onFiles={take} />
          <ChooseFiles onFiles={take}>Sie müssen nichts vorbereiten: Was unklar ist, wird gefragt.</ChooseFiles>
        </>
      )}
      <Uploads />
      <Loaded from={deliveries}>
        {({ deliveries: all, senders }) => (
          <>
            {all.length === 0 && <Nothing senders={senders} />}
            {all.length > 0 && (
              <ul class="delivery-list" aria-label="Lieferungen">
                {sorted(all).map((delivery) => (
                  <Entry key={delivery.id} delivery={delivery} />
                ))}
              </ul>
            )}
          </>
        )}
      </Loaded>
    </div>
  )
}

function sorted(all: readonly Delivery[]): Delivery[] {
  const rank = (delivery: Delivery) => (isWaiting(delivery) ? 0 : isAtWork(delivery) ? 1 : 2)
  return all.toSorted((a, b) => rank(a) - rank(b) || b.id - a.id)
}

function Uploads() {
  if (uploads.value.length === 0) return null
  return (
    <ul class="upload-list" aria-label="Dateien auf dem Weg">
      {uploads.value.map(({ id, name, bytes, sent, error, cancel }) => (
        <li key={id}>
          {error === null ? (
            <Progress
              label={`„${name}“ (${size(bytes)}) wird hochgeladen`}
              share={sent}
              onCancel={cancel}
              cancel="Hochladen abbrechen"
            />
          ) : (
            <>
              <p role="alert">
                <strong>„{name}“ wurde nicht angenommen.</strong> {explain(error)}
              </p>
              <Button look="tertiary" small icon="close" onClick={cancel}>
                Meldung schließen
              </Button>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

function Nothing({ senders }: { senders: readonly string[] }) {
  return (
    <div class="empty">
      <h2>Noch keine Lieferung{senders[0] && ` von ${senders[0]}`}</h2>
      <p>
        Wenn ein Betreiber eine Tabelle oder einen Plan schickt, ziehen Sie die Datei aus der Mail hierher. Sie sagen einmal, was
        in welcher Spalte steht; bei der nächsten Lieferung desselben Absenders ist das schon bekannt.
      </p>
      <p>Veröffentlicht wird erst, wenn Sie geprüft haben, was sich ändert. Bis dahin können Sie nichts falsch machen.</p>
    </div>
  )
}

function Entry({ delivery }: { delivery: Delivery }) {
  const { id, fileName, senderName, trueOn, receivedAt, actorName, status, progress, problem, bytes } = delivery
  const look = isWaiting(delivery) ? ' delivery-entry--waiting' : status === 'refused' ? ' delivery-entry--failed' : ''
  return (
    <li class={`delivery-entry${look}`}>
      <div>
        <a class="delivery-entry__name" href={deliveryAddress(id)}>
          {senderName ? `${senderName}: ${fileName}` : fileName}
        </a>
        <p class="muted">
          {trueOn && `Stand ${formatImpreciseDate(trueOn, 'de')}, `}
          eingegangen {formatMoment(receivedAt, 'de')} über {actorName}, {size(bytes)}
        </p>
      </div>
      <div>
        <p>
          <strong>{stateOf(delivery)}</strong>
        </p>
        {problem && <p>{problem}</p>}
      </div>
      {isAtWork(delivery) && <Progress label={stateOf({ ...delivery, progress: null })} share={progress} />}
    </li>
  )
}
