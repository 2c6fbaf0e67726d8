import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'

/** Why a command was not done. */
export function Outcome({ problem }: { problem: string | null }) {
  if (problem === null) return null
  return (
    <p class="kern-error" role="alert">
      {problem}
    </p>
  )
}

interface DayFieldProps {
  label: string
  hint?: string
  value: string
  onChange: (day: string) => void
}

/** A day, chosen or typed as the browser does it. */
export function DayField({ label, hint, value, onChange }: DayFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(wired) => (
        <input
          {...wired}
          type="date"
          class="kern-form-input__input"
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

interface ReleaseActionsProps {
  isReleased: boolean
  isBusy: boolean
  /** Day typed from which it shall be public; '': none. */
  releasedOn: string
  onTakeBack: () => void
}

/** Release, change what was released, or take it back. */
export function ReleaseActions({ isReleased, isBusy, releasedOn, onTakeBack }: ReleaseActionsProps) {
  return (
    <div class="editor-actions">
      <Button look="primary" type="submit" icon="show" disabled={isBusy || releasedOn === ''}>
        {isReleased ? 'Veröffentlichung ändern' : 'Standort freigeben'}
      </Button>
      {isReleased && (
        <Button look="secondary" icon="hide" disabled={isBusy} onClick={onTakeBack}>
          Freigabe zurücknehmen
        </Button>
      )}
    </div>
  )
}
