import { useState } from 'preact/hooks'
import { today } from '../../../server/contract/dates.ts'
import type { RequestView } from '../../../server/contract/mobile.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { mayChange, oneRequest } from '../data.ts'
import { DayField, Outcome } from '../form/command-parts.tsx'
import { dayWords } from '../words.ts'
import { useCommand } from './use-command.ts'

/** When the deadlines of the case stand still, and why. */
export function Pauses({ request }: { request: RequestView }) {
  const { pauses } = request.content
  const open = pauses.find(({ to }) => to === null)
  const command = useCommand('site_request', request, () => void oneRequest.again())
  const resume = (to: string) => command.run({ pauses: pauses.map((pause) => (pause === open ? { ...pause, to } : pause)) })
  const stop = (from: string, reason: string) => command.run({ pauses: [...pauses, { from, to: null, reason }] })
  return (
    <>
      {pauses.length === 0 && <p class="muted">Die Fristen laufen ohne Unterbrechung seit dem Eingang.</p>}
      <ul class="site-pauses">
        {pauses.map((pause) => (
          <li key={pause.from}>
            {pause.to ? `${dayWords(pause.from)} bis ${dayWords(pause.to)}` : `Seit ${dayWords(pause.from)} angehalten`}:{' '}
            {pause.reason}
            {mayChange() && (
              <Button
                look="tertiary"
                small
                icon="remove"
                disabled={command.isBusy}
                aria-label={`Unterbrechung vom ${dayWords(pause.from)} entfernen`}
                onClick={() => void command.run({ pauses: pauses.filter((other) => other !== pause) })}
              >
                Entfernen
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayChange() && <PauseForm key={request.version} isOpen={open !== undefined} onStop={stop} onResume={resume} />}
      <Outcome problem={command.problem} />
    </>
  )
}

interface PauseFormProps {
  isOpen: boolean
  onStop: (from: string, reason: string) => Promise<boolean>
  onResume: (to: string) => Promise<boolean>
}

function PauseForm({ isOpen, onStop, onResume }: PauseFormProps) {
  const [day, setDay] = useState(today())
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string | undefined>()
  const submit = () => {
    if (isOpen) void onResume(day)
    else if (reason.trim().length < 3) setError('Bitte nennen Sie den Grund, z. B. „Betreiber klärt die Höhe“.')
    else void onStop(day, reason.trim())
  }
  return (
    <form
      class="field-row"
      aria-label={isOpen ? 'Fristen weiterlaufen lassen' : 'Fristen anhalten'}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <DayField label={isOpen ? 'Laufen weiter ab' : 'Angehalten ab'} value={day} onChange={setDay} />
      {!isOpen && (
        <TextField label="Grund" value={reason} error={error} onInput={(event) => setReason(event.currentTarget.value)} />
      )}
      <Button look="secondary" type="submit" icon={isOpen ? 'play' : 'pause'} disabled={day === ''}>
        {isOpen ? 'Weiterlaufen lassen' : 'Fristen anhalten'}
      </Button>
    </form>
  )
}
