import { useState } from 'preact/hooks'
import { today } from '../../../server/contract/dates.ts'
import { decisions } from '../../../server/contract/mobile/codes.ts'
import { Button } from '../../ui/button.tsx'
import { RadioGroup, TextArea } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useCommand } from '../case/use-command.ts'
import { mayChange, oneRequest } from '../data.ts'
import { DayField, Outcome } from '../form/command-parts.tsx'
import { dayWords } from '../words.ts'
import type { CandidateProps } from './candidate-page.tsx'

/** What was decided on the candidate, when and why. */
export function Decision({ request, candidate }: CandidateProps) {
  const { decision, decisionReason, decidedOn } = candidate.content
  return (
    <>
      <p>
        <strong>{decisions.labels[decision].de}</strong>
        {decidedOn && ` am ${dayWords(decidedOn)}`}
        {decisionReason && `: ${decisionReason}`}
      </p>
      {decision === 'agreed' && !request.content.steps.site_agreed && <AgreedStep request={request} on={decidedOn} />}
      {mayChange() && <DecisionForm candidate={candidate} />}
    </>
  )
}

function DecisionForm({ candidate }: Pick<CandidateProps, 'candidate'>) {
  const { content } = candidate
  const [decision, setDecision] = useState(content.decision)
  const [on, setOn] = useState(content.decidedOn ?? today())
  const [reason, setReason] = useState(content.decisionReason ?? '')
  const command = useCommand('site_candidate', candidate, () => void oneRequest.again())
  const isFinal = decision === 'agreed' || decision === 'rejected'
  const decide = () =>
    command.run({ decision, decidedOn: isFinal ? on : null, decisionReason: reason.trim() === '' ? null : reason.trim() })
  return (
    <form
      class="command-form"
      aria-label="Über den Kandidaten entscheiden"
      onSubmit={(event) => {
        event.preventDefault()
        void decide()
      }}
    >
      <RadioGroup
        legend="Der Kandidat ist"
        name="entscheidung"
        value={decision}
        options={decisions.keys.map((value) => ({ value, label: decisions.labels[value].de }))}
        onChoose={(value) => setDecision(value as typeof decision)}
      />
      {isFinal && <DayField label="Entschieden am" value={on} onChange={setOn} />}
      <TextArea
        label="Begründung"
        optional={decision !== 'rejected'}
        rows={2}
        value={reason}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <Outcome problem={command.problem} />
      <Button look="secondary" type="submit" icon="check" disabled={command.isBusy}>
        Entscheidung festhalten
      </Button>
    </form>
  )
}

/** The case moves on by its step: offered, since it is forgotten easily. */
function AgreedStep({ request, on }: Pick<CandidateProps, 'request'> & { on: string | null }) {
  const command = useCommand('site_request', request, () => void oneRequest.again())
  return (
    <Notice kind="info" title="Der Schritt „Standort abgestimmt“ fehlt noch">
      <p>Der Status der Anfrage folgt aus ihren Schritten.</p>
      {mayChange() && (
        <p>
          <Button
            look="secondary"
            small
            icon="check"
            disabled={command.isBusy}
            onClick={() => void command.run({ steps: { site_agreed: { on: on ?? today(), note: null } } })}
          >
            Schritt zum {dayWords(on ?? today())} eintragen
          </Button>
        </p>
      )}
      <Outcome problem={command.problem} />
    </Notice>
  )
}
