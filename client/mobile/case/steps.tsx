import { useState } from 'preact/hooks'
import { today } from '../../../server/contract/dates.ts'
import { type SiteStep, siteSteps } from '../../../server/contract/mobile/codes.ts'
import type { RequestView } from '../../../server/contract/mobile.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { mayChange, oneRequest } from '../data.ts'
import { DayField, Outcome } from '../form/command-parts.tsx'
import { dayWords } from '../words.ts'
import { useCommand } from './use-command.ts'

/** Steps that usually come one after the other; the first that is missing is offered. */
const usual: readonly SiteStep[] = [
  'answered',
  'reply_sent',
  'site_agreed',
  'lease_signed',
  'permit_applied',
  'permit_granted',
  'site_certificate_applied',
  'site_certificate_issued',
  'construction_started',
  'power_ready',
  'fibre_ready',
  'construction_finished',
  'commissioning_notified',
  'in_operation',
  'decommissioned',
]

/** What has happened, in the usual order, each with its day; the status follows from it. */
export function Steps({ request }: { request: RequestView }) {
  const { steps } = request.content
  const taken = siteSteps.keys.filter((step) => steps[step])
  const [editing, setEditing] = useState<SiteStep | null>(null)
  const command = useCommand('site_request', request, () => void oneRequest.again())
  return (
    <>
      {taken.length === 0 && <p class="muted">Noch keiner. Der Status folgt aus den Schritten, die Sie eintragen.</p>}
      <ol class="site-steps" aria-label="Schritte">
        {taken.map((step) => (
          <li key={step}>
            <span class="site-steps__day">{dayWords(steps[step]?.on)}</span>
            <span>
              {siteSteps.labels[step].de}
              {steps[step]?.note && <span class="muted">: {steps[step]?.note}</span>}
            </span>
            {mayChange() && (
              <span class="fact-row__actions">
                <Button
                  look="tertiary"
                  small
                  icon="edit"
                  iconOnly
                  aria-label={`Ändern: ${siteSteps.labels[step].de}`}
                  onClick={() => setEditing(step)}
                >
                  Ändern
                </Button>
                <Button
                  look="tertiary"
                  small
                  icon="remove"
                  iconOnly
                  aria-label={`Entfernen: ${siteSteps.labels[step].de}`}
                  disabled={command.isBusy}
                  onClick={() => void command.run({ steps: { [step]: null } })}
                >
                  Entfernen
                </Button>
              </span>
            )}
          </li>
        ))}
      </ol>
      <Outcome problem={command.problem} />
      {mayChange() && (
        <StepForm key={`${request.version} ${editing}`} request={request} editing={editing} onDone={() => setEditing(null)} />
      )}
    </>
  )
}

function nextOf(request: RequestView): SiteStep {
  const { steps } = request.content
  const last = usual.findLastIndex((step) => steps[step])
  return (
    usual.slice(last + 1).find((step) => !steps[step] && !(step === 'permit_applied' && steps.permit_exempt)) ?? 'decommissioned'
  )
}

interface StepFormProps {
  request: RequestView
  /** A known step whose day or note is changed. */
  editing: SiteStep | null
  onDone: () => void
}

/** The next usual step of today is filled in: one click records it. */
function StepForm({ request, editing, onDone }: StepFormProps) {
  const { steps } = request.content
  const [step, setStep] = useState<SiteStep>(editing ?? nextOf(request))
  const [on, setOn] = useState(steps[step]?.on ?? today())
  const [note, setNote] = useState(steps[step]?.note ?? '')
  const command = useCommand('site_request', request, () => void oneRequest.again())
  const choose = (next: SiteStep) => {
    setStep(next)
    setOn(steps[next]?.on ?? today())
    setNote(steps[next]?.note ?? '')
  }
  const record = async () => {
    if (await command.run({ steps: { [step]: { on, note: note.trim() || null } } })) onDone()
  }
  return (
    <form
      class="field-row"
      aria-label="Schritt eintragen"
      onSubmit={(event) => {
        event.preventDefault()
        void record()
      }}
    >
      <SelectField
        label="Schritt"
        value={step}
        options={siteSteps.keys.map((value) => ({ value, label: siteSteps.labels[value].de }))}
        onChange={(event) => choose(event.currentTarget.value as SiteStep)}
      />
      <DayField label="Tag" value={on} onChange={setOn} />
      <TextField
        label="Bemerkung"
        optional="silent"
        placeholder="z. B. Aktenzeichen"
        value={note}
        onInput={(event) => setNote(event.currentTarget.value)}
      />
      <Button look="secondary" type="submit" icon="check" disabled={command.isBusy || on === ''}>
        {steps[step] ? 'Ändern' : 'Eintragen'}
      </Button>
      {editing && (
        <Button look="tertiary" onClick={onDone}>
          Abbrechen
        </Button>
      )}
      <Outcome problem={command.problem} />
    </form>
  )
}
