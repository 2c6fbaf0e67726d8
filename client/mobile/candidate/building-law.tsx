import { useState } from 'preact/hooks'
import { permitFindings } from '../../../server/contract/mobile/codes.ts'
import type { CandidateView } from '../../../server/contract/mobile.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { SelectField, TextArea } from '../../ui/field.tsx'
import { useCommand } from '../case/use-command.ts'
import { mayChange, oneRequest } from '../data.ts'
import { Outcome } from '../form/command-parts.tsx'

/** What the dated rules suggest, with reasons: never a decision. The coordinator may hold something else, with a reason. */
export function BuildingLaw({ candidate }: { candidate: CandidateView }) {
  const { suggestion, content } = candidate
  const { permitOverride, permitOverrideReason } = content
  return (
    <>
      <p>
        {permitOverride ? (
          <>
            <strong>{permitFindings.labels[permitOverride].de}</strong>, abweichend vom Vorschlag: {permitOverrideReason}
          </>
        ) : (
          <strong>
            {suggestion.finding ? `Vorschlag: ${permitFindings.labels[suggestion.finding].de}` : 'Noch kein Vorschlag'}
          </strong>
        )}
      </p>
      <ul class="site-reasons" aria-label="Gründe des Vorschlags">
        {suggestion.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      {suggestion.legalNote && <p class="muted">Rechtsgrundlage: {suggestion.legalNote}</p>}
      <p class="muted">Ein Vorschlag aus der Regeltabelle, keine Entscheidung: Die trifft die Bauaufsicht.</p>
      {mayChange() && (
        <Disclosure summary={permitOverride ? 'Abweichung ändern' : 'Vom Vorschlag abweichen'} open={permitOverride !== null}>
          <Override candidate={candidate} />
        </Disclosure>
      )}
    </>
  )
}

function Override({ candidate }: { candidate: CandidateView }) {
  const { content } = candidate
  const [finding, setFinding] = useState<string>(content.permitOverride ?? '')
  const [reason, setReason] = useState(content.permitOverrideReason ?? '')
  const [error, setError] = useState<string | undefined>()
  const command = useCommand('site_candidate', candidate, () => void oneRequest.again())
  const save = () => {
    const isWithout = finding === ''
    if (!isWithout && reason.trim().length < 3) setError('Bitte begründen Sie, warum Sie vom Vorschlag abweichen.')
    else void command.run({ permitOverride: finding || null, permitOverrideReason: isWithout ? null : reason.trim() })
  }
  return (
    <form
      class="command-form"
      aria-label="Vom Vorschlag abweichen"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <SelectField
        label="Was gilt"
        value={finding}
        options={[
          { value: '', label: 'der Vorschlag' },
          ...permitFindings.keys.map((value) => ({ value, label: permitFindings.labels[value].de })),
        ]}
        onChange={(event) => setFinding(event.currentTarget.value)}
      />
      {finding !== '' && (
        <TextArea
          label="Begründung der Abweichung"
          rows={2}
          value={reason}
          error={error}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <Outcome problem={command.problem} />
      <Button look="secondary" type="submit" disabled={command.isBusy}>
        Baurecht festhalten
      </Button>
    </form>
  )
}
