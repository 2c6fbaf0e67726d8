import { useEffect, useState } from 'preact/hooks'
import { formatImpreciseDate, formatMoment } from '../../server/contract/dates.ts'
import { type Delivery, type DeliveryKind, errorList } from '../../server/contract/deliveries.ts'
import { undoChange } from '../../server/contract/facts.ts'
import { addressOf } from '../api.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { explain, Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { ask } from '../workbench/staff.ts'
import { mayWrite, opened } from './data.ts'
import { mailToSender, number } from './words.ts'

const undoMinutes = 10

/** What has been published: the sentence to pass on, what goes back to the sender, the way back. */
export function Published({ delivery, kind }: { delivery: Delivery; kind: DeliveryKind | null }) {
  const { id, sentence, publishedAt, returned, trueOn, changeId } = delivery
  const mail = mailToSender(delivery, returned, trueOn ? formatImpreciseDate(trueOn, 'de') : '')
  return (
    <section class="delivery-step">
      <h2>Veröffentlichen</h2>
      <Notice kind="success" title="Veröffentlicht" role="status">
        <p>{publishedAt && formatMoment(publishedAt, 'de')}</p>
      </Notice>
      {sentence && (
        <>
          <p class="sentence-to-copy">{sentence}</p>
          <div class="delivery-actions">
            <CopyButton text={sentence}>Satz kopieren</CopyButton>
            {changeId !== null && kind === 'premises' && (
              <ButtonLink look="secondary" icon="table" href={`/arbeitsplatz/anschluesse?aenderung=${changeId}`}>
                Geänderte Anschlussobjekte ansehen
              </ButtonLink>
            )}
            {kind === 'street' && (
              <ButtonLink look="secondary" icon="table" href="/arbeitsplatz/adressen">
                Abweichungen zu den Stadtteilgrenzen ansehen
              </ButtonLink>
            )}
            {kind !== null && kind !== 'premises' && kind !== 'street' && (
              <ButtonLink look="secondary" icon="map" href="/arbeitsplatz/netz">
                Netz ansehen
              </ButtonLink>
            )}
            <ButtonLink look="tertiary" icon="list" href="/arbeitsplatz/verlauf">
              Verlauf
            </ButtonLink>
          </div>
        </>
      )}
      {mayWrite() && changeId !== null && publishedAt && <Undo changeId={changeId} publishedAt={publishedAt} />}
      {returned > 0 && (
        <section class="delivery-step" aria-label="An den Absender zurück">
          <h3>{returned === 1 ? 'Eine Zeile geht' : `${number(returned)} Zeilen gehen`} an den Absender zurück</h3>
          <div class="delivery-actions">
            <ButtonLink look="secondary" icon="download" href={addressOf(errorList.path, { id }, {})} download>
              Fehlerliste (Excel)
            </ButtonLink>
            <CopyButton text={mail}>Text der Mail kopieren</CopyButton>
          </div>
          <Disclosure summary="Text der Mail ansehen">
            <p class="feedback__text">{mail}</p>
          </Disclosure>
        </section>
      )}
    </section>
  )
}

function Undo({ changeId, publishedAt }: { changeId: number; publishedAt: string }) {
  const until = Date.parse(publishedAt) + undoMinutes * 60_000
  const [now, setNow] = useState(Date.now())
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000)
    return () => clearInterval(timer)
  }, [])
  const minutes = Math.ceil((until - now) / 60_000)
  if (minutes <= 0) return null
  const undo = async () => {
    setBusy(true)
    try {
      await ask(undoChange, { params: { id: changeId } })
      toast('Rückgängig gemacht. Es gilt wieder der Stand davor.')
      await opened.again()
    } catch (error) {
      toast(explain(error), 'danger')
    }
    setBusy(false)
  }
  return (
    <div class="delivery-actions">
      <Button look="secondary" disabled={isBusy} onClick={() => void undo()}>
        Rückgängig
      </Button>
      <span class="muted">Noch {minutes} min rückgängig zu machen.</span>
    </div>
  )
}
