import { useId } from 'preact/hooks'
import type { OneTimeLink as Link } from '../../server/contract/account-administration.ts'
import { formatMoment } from '../../server/contract/dates.ts'
import { Button } from '../ui/button.tsx'
import { toast } from '../ui/toast.tsx'

/** Copies a text; where the browser refuses, says so: the text stands beside. */
export function CopyButton({ text, children }: { text: string; children: string }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      toast('In die Zwischenablage kopiert.')
    } catch {
      toast('Der Browser erlaubt das Kopieren nicht. Bitte markieren Sie den Text und kopieren Sie ihn selbst.', 'warning')
    }
  }
  return (
    <Button icon="copy" onClick={() => void copy()}>
      {children}
    </Button>
  )
}

/** A one-time link to hand over; it is shown this one time only. */
export function OneTimeLink({ link, expiresAt }: Link) {
  const id = useId()
  return (
    <div class="account-form">
      <div class="kern-form-input">
        <label class="kern-label" for={id}>
          Einmal-Link
        </label>
        <div class="kern-hint" id={`${id}-hint`}>
          Er gilt bis {formatMoment(expiresAt, 'de')} und nur einmal. Bitte geben Sie ihn auf sicherem Weg weiter; hier wird er
          nicht noch einmal angezeigt.
        </div>
        <input
          id={id}
          class="kern-form-input__input"
          aria-describedby={`${id}-hint`}
          readOnly
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
      </div>
      <CopyButton text={link}>Link kopieren</CopyButton>
    </div>
  )
}
