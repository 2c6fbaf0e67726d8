import { useState } from 'preact/hooks'
import type { RequestView } from '../../../server/contract/mobile.ts'
import { type AskableDepartment, askDepartments, type Participation } from '../../../server/contract/participation.ts'
import { ApiError } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkbox, RadioGroup, SelectField, TextArea } from '../../ui/field.tsx'
import { explain } from '../../ui/notice.tsx'
import { toast } from '../../ui/toast.tsx'
import { ask } from '../../workbench/staff.ts'
import { DayInput } from './extend-dialog.tsx'

const usualQuestion = 'Bestehen aus Sicht Ihres Fachbereichs Bedenken gegen den Standort, und welche Auflagen sind nötig?'

interface AskProps {
  known: Participation
  request: RequestView
  onClose: () => void
  onAsked: () => void
}

/** Who is asked, about what, until when; each department its own question. */
export function AskDialog({ known, request, onClose, onAsked }: AskProps) {
  const [candidateId, setCandidate] = useState('')
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map())
  const [dueOn, setDueOn] = useState<string>(known.suggestedDueOn)
  const [via, setVia] = useState<'mail' | 'other'>('mail')
  const [without, setWithout] = useState<ReadonlySet<number>>(new Set())
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const problem = (field: string) => (error instanceof ApiError ? error.field(field) : undefined)
  const mailable = known.departments.filter(({ email }) => email !== null).map(({ id }) => id)
  const files = request.attachments.filter(({ id }) => isAbout(request, candidateId, id))
  const send = async (event: Event) => {
    event.preventDefault()
    setBusy(true)
    const departments = [...chosen]
      .filter(([id]) => via === 'other' || mailable.includes(id))
      .map(([departmentId, question]) => ({ departmentId, question }))
    const attachmentIds = files.map(({ id }) => id).filter((id) => !without.has(id))
    try {
      const body = { candidateId: candidateId || null, departments, dueOn, via, attachmentIds }
      const { reviews } = await ask(askDepartments, { params: { id: request.id }, body })
      toast(reviews.length === 1 ? 'Ein Fachbereich ist gefragt.' : `${reviews.length} Fachbereiche sind gefragt.`)
      onAsked()
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      title="Fachbereiche fragen"
      onClose={onClose}
      footer={
        <>
          <Button look="secondary" onClick={onClose}>
            Abbrechen
          </Button>
          <Button look="primary" icon="mail" type="submit" form="ask-departments" disabled={isBusy || chosen.size === 0}>
            {via === 'mail' ? 'Mails senden' : 'Eintragen'}
          </Button>
        </>
      }
    >
      <form id="ask-departments" class="ask-form" noValidate onSubmit={(event) => void send(event)}>
        <SelectField
          label="Worüber"
          value={candidateId}
          options={[
            { value: '', label: 'den ganzen Vorgang mit allen Kandidaten' },
            ...request.candidateList.map(({ id, content }) => ({ value: id, label: `nur „${content.name}“` })),
          ]}
          onChange={({ currentTarget }) => setCandidate(currentTarget.value)}
        />
        <RadioGroup
          legend="Auf welchem Weg"
          name="via"
          value={via}
          options={[
            { value: 'mail', label: 'per E-Mail mit Link zur Stellungnahme' },
            { value: 'other', label: 'anders (Telefon, Gespräch, Hauspost); die Antwort erfasse ich selbst' },
          ]}
          onChoose={(value) => setVia(value as 'mail' | 'other')}
        />
        <fieldset class="kern-fieldset">
          <legend class="kern-label">Wen</legend>
          <div class="kern-fieldset__body ask-form__departments">
            {known.departments.map((department) => (
              <DepartmentChoice
                key={department.id}
                department={department}
                via={via}
                question={chosen.get(department.id)}
                onChange={(question) => setChosen(withQuestion(chosen, department.id, question))}
              />
            ))}
          </div>
        </fieldset>
        <DayInput label="Frist" value={dueOn} error={problem('dueOn')} onDay={setDueOn} />
        {via === 'mail' && files.length > 0 && (
          <fieldset class="kern-fieldset">
            <legend class="kern-label">Unterlagen, die mitgehen</legend>
            <div class="kern-fieldset__body">
              {files.map(({ id, name }) => (
                <Checkbox key={id} label={name} checked={!without.has(id)} onChange={() => setWithout(toggled(without, id))} />
              ))}
            </div>
          </fieldset>
        )}
        {via === 'mail' && <Recipients departments={known.departments.filter(({ id }) => chosen.has(id))} />}
        {error !== null && (
          <p class="kern-error" role="alert">
            {explain(error)}
          </p>
        )}
      </form>
    </Dialog>
  )
}

/** To whom mails go once this is sent. */
function Recipients({ departments }: { departments: readonly AskableDepartment[] }) {
  const lines = departments.flatMap(({ email, deputyEmail }) =>
    email === null ? [] : [email, ...(deputyEmail && deputyEmail !== email ? [`${deputyEmail} (Abschrift zur Vertretung)`] : [])],
  )
  if (lines.length === 0) return null
  return (
    <div role="status">
      <p>
        {lines.length === 1
          ? 'Es geht eine Mail hinaus, mit eigenem Link:'
          : `Es gehen ${lines.length} Mails hinaus, jede mit eigenem Link:`}
      </p>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}

/** A department to tick, with the question it gets. */
function DepartmentChoice(props: {
  department: AskableDepartment
  via: 'mail' | 'other'
  question: string | undefined
  onChange: (question: string | undefined) => void
}) {
  const { department, via, question, onChange } = props
  const { code, name, email } = department
  const cannot = via === 'mail' && email === null
  return (
    <div>
      <Checkbox
        label={`${code} ${name}`}
        checked={question !== undefined}
        disabled={cannot}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? (department.question ?? usualQuestion) : undefined)}
      />
      {cannot && (
        <p class="ask-form__missing">
          Ohne E-Mail-Adresse. <a href="/arbeitsplatz/regeln">Unter „Regeln und Stellen“ eintragen</a>
        </p>
      )}
      {question !== undefined && !cannot && (
        <TextArea
          label={`Frage an ${code}`}
          rows={3}
          value={question}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    </div>
  )
}

function withQuestion(
  chosen: ReadonlyMap<string, string>,
  id: string,
  question: string | undefined,
): ReadonlyMap<string, string> {
  const next = new Map(chosen)
  if (question === undefined) next.delete(id)
  else next.set(id, question)
  return next
}

function toggled(set: ReadonlySet<number>, id: number): ReadonlySet<number> {
  return set.has(id) ? new Set([...set].filter((one) => one !== id)) : new Set([...set, id])
}

/** Whether a file belongs to what the question is about. */
function isAbout({ content, candidateList }: RequestView, candidateId: string, file: number): boolean {
  const candidates = candidateList.filter(({ id }) => !candidateId || id === candidateId)
  return [content, ...candidates.map((candidate) => candidate.content)].some(({ attachmentIds }) => attachmentIds.includes(file))
}
