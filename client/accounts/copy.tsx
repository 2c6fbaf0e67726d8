import { useId } from 'preact/hooks'
import type { OneTimeLink as Link } from '../../server/contract/account-administration.ts'
import { formatMoment } from '../../server/contract/dates.ts'
import { CopyButton } from '../ui/copy-button.tsx'

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
