import { useEffect, useMemo, useState } from 'preact/hooks'
import { today } from '../../../server/contract/dates.ts'
import { changeRecord, type RequestView } from '../../../server/contract/mobile.ts'
import { draftLetter, makeLetter, previewLetter } from '../../../server/contract/participation.ts'
import { ApiError, addressOf } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox, RadioGroup, TextArea, TextField } from '../../ui/field.tsx'
import { explain, Notice } from '../../ui/notice.tsx'
import { Loaded, resource } from '../../ui/resource.tsx'
import { toast } from '../../ui/toast.tsx'
import { refresh } from '../../workbench/data.ts'
import { offerUndo } from '../../workbench/publish/publication.ts'
import { ask } from '../../workbench/staff.ts'
import { saveAnswer } from '../save-answer.ts'

interface FormProps {
  request: RequestView
  onClose: () => void
  onMade: () => void
}

/** The reply to the operator: filled from the template, to be changed, looked at, made final. */
export function LetterForm(props: FormProps) {
  const draft = useMemo(() => resource((id: string, signal) => ask(draftLetter, { params: { id }, signal })), [])
  useEffect(() => void draft.ask(props.request.id), [])
  return <Loaded from={draft}>{(given) => <Filled {...props} given={given} />}</Loaded>
}

interface Given {
  subject: string
  body: string
  remarks: readonly string[]
  to: string | null
}

const keyOf = (requestId: string) => `ausbauatlas.antwort.${requestId}`

/** What was changed in the letter and not made final: it survives a reload. */
function keptText(requestId: string, { subject, body }: Given): { subject: string; body: string } {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(requestId)) ?? '') as { from: string; subject: string; body: string }
    // Once something new is known, the letter begins anew.
    return kept.from === body ? kept : { subject, body }
  } catch {
    return { subject, body }
  }
}

function Filled({ request, onClose, onMade, given }: FormProps & { given: Given }) {
  const [text, setText] = useState(() => keptText(request.id, given))
  const [way, setWay] = useState(given.to ? 'mail' : 'self')
  const [hasStep, setStep] = useState(true)
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const problem = (field: string) => (error instanceof ApiError ? error.field(field) : undefined)
  const params = { id: request.id }
  const change = (next: typeof text) => {
    setText(next)
    sessionStorage.setItem(keyOf(request.id), JSON.stringify({ ...next, from: given.body }))
  }
  const doing = async (work: () => Promise<void>) => {
    setBusy(true)
    setError(null)
    await work().catch(setError)
    setBusy(false)
  }
  const look = () =>
    doing(() =>
      saveAnswer(addressOf(previewLetter.path, params, {}), { subject: text.subject, body: text.body }, 'antwort-entwurf.pdf'),
    )
  const make = () =>
    doing(async () => {
      const { subject, body } = text
      const letter = await ask(makeLetter, { params, body: { subject, body, sendTo: way === 'mail' ? given.to : null } })
      sessionStorage.removeItem(keyOf(request.id))
      toast(letter.sentTo ? `Das Schreiben geht an ${letter.sentTo}.` : 'Das Schreiben ist fertig.')
      await recordInCase(request, letter.attachment.id, hasStep)
      onMade()
    })
  return (
    <div class="letter-form">
      {given.remarks.length > 0 && (
        <Notice kind="warning" title="Vor dem Versand zu bedenken">
          <ul>
            {given.remarks.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </Notice>
      )}
      <TextField
        label="Betreff"
        value={text.subject}
        error={problem('subject')}
        onInput={({ currentTarget }) => change({ ...text, subject: currentTarget.value })}
      />
      <TextArea
        label="Text"
        hint="Markdown: ## Überschrift, - Aufzählung. Die Vorlage ändern Sie unter „Regeln und Stellen“."
        rows={18}
        value={text.body}
        error={problem('body')}
        onInput={({ currentTarget }) => change({ ...text, body: currentTarget.value })}
      />
      <RadioGroup
        legend="Versand"
        name="way"
        value={way}
        options={[
          ...(given.to ? [{ value: 'mail', label: `per E-Mail an ${given.to}` }] : []),
          { value: 'self', label: 'nur fertigstellen, ich versende selbst' },
        ]}
        onChoose={setWay}
      />
      <Checkbox
        label="Schritt „Antwortschreiben versandt“ mit heutigem Tag eintragen"
        checked={hasStep}
        onChange={({ currentTarget }) => setStep(currentTarget.checked)}
      />
      {error !== null && (
        <p class="kern-error" role="alert">
          {explain(error)}
        </p>
      )}
      <p class="review-card__actions">
        <Button look="primary" icon="check" disabled={isBusy} onClick={() => void make()}>
          {way === 'mail' ? 'Fertigstellen und senden' : 'Fertigstellen'}
        </Button>
        <Button icon="show" disabled={isBusy} onClick={() => void look()}>
          Entwurf als PDF
        </Button>
        <Button look="tertiary" onClick={onClose}>
          Schließen
        </Button>
      </p>
    </div>
  )
}

/** The letter becomes a file of the case, and the case takes the step. The letter stands even where this fails. */
async function recordInCase({ id, version, content }: RequestView, attachmentId: number, hasStep: boolean): Promise<void> {
  const step = { steps: { reply_sent: { on: today(), note: null } } }
  const set = { attachmentIds: [...content.attachmentIds, attachmentId], ...(hasStep && step) }
  try {
    const written = await ask(changeRecord, { params: { kind: 'site_request', id }, body: { version, set } })
    offerUndo(written.revision, written.sentence)
    await refresh()
  } catch (error) {
    toast(`Das Schreiben ist fertig; im Vorgang ist es noch nicht eingetragen: ${explain(error)}`, 'warning')
  }
}
