import { useRef, useState } from 'preact/hooks'
import { parseImpreciseDate } from '../../server/contract/date-input.ts'
import { fileFormats, mostFileBytes } from '../../server/contract/files.ts'
import { type EvidenceKind, evidenceKinds } from '../../server/contract/proofs.ts'
import { ApiError } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Field, SelectField, TextArea, TextField } from '../ui/field.tsx'
import { explain } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { folder, uploadEvidence } from './proofs-data.ts'

type Errors = Partial<Record<'file' | 'proves' | 'dated', string>>

/** Adds a file to the folder: what it is, what it proves, and of which date. */
export function UploadForm({ programmeId }: { programmeId: string }) {
  const input = useRef<HTMLInputElement>(null)
  const [kind, setKind] = useState<EvidenceKind>('photo')
  const [proves, setProves] = useState('')
  const [dated, setDated] = useState('')
  const [errors, setErrors] = useState<Errors>({})
  const [isSending, setSending] = useState(false)
  const send = async (event: Event) => {
    event.preventDefault()
    const file = input.current?.files?.[0]
    const date = parseImpreciseDate(dated)
    const found = problems(file, proves, date)
    setErrors(found)
    if (!file || date === null || Object.keys(found).length > 0) return
    setSending(true)
    try {
      await uploadEvidence(programmeId, file, { kind, proves: proves.trim(), dated: date })
      toast('Die Datei liegt in der Mappe.')
      setProves('')
      if (input.current) input.current.value = ''
      await folder.again()
    } catch (error) {
      setErrors(errorsOf(error))
    }
    setSending(false)
  }
  return (
    <form class="proof-form" onSubmit={(event) => void send(event)} noValidate>
      <h3>Beleg hinzufügen</h3>
      <Field label="Datei" hint={`${fileFormats}; höchstens ${mostFileBytes / 2 ** 20} MB.`} error={errors.file}>
        {(wiring) => <input {...wiring} ref={input} type="file" class="kern-form-input__input" />}
      </Field>
      <SelectField
        label="Art"
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as EvidenceKind)}
        options={evidenceKinds.keys.map((value) => ({ value, label: evidenceKinds.labels[value].de }))}
      />
      <TextArea
        label="Was belegt die Datei?"
        rows={2}
        value={proves}
        error={errors.proves}
        onInput={(event) => setProves(event.currentTarget.value)}
      />
      <TextField
        label="Datum des Belegs"
        hint="zum Beispiel 28.03.2022, Juni 2022 oder Ende 2022"
        value={dated}
        error={errors.dated}
        onInput={(event) => setDated(event.currentTarget.value)}
      />
      <Button look="primary" icon="upload" type="submit" disabled={isSending}>
        {isSending ? 'Wird übertragen …' : 'In die Mappe legen'}
      </Button>
    </form>
  )
}

function problems(file: File | undefined, proves: string, date: string | null): Errors {
  return {
    ...(!file && { file: 'Bitte wählen Sie eine Datei.' }),
    ...(file && file.size > mostFileBytes && { file: `Die Datei ist größer als ${mostFileBytes / 2 ** 20} MB.` }),
    ...(proves.trim().length < 3 && { proves: 'Bitte sagen Sie, was die Datei belegt.' }),
    ...(date === null && { dated: 'Bitte geben Sie ein Datum an, zum Beispiel 28.03.2022, Juni 2022 oder Ende 2022.' }),
  }
}

/** What the server says stands at its field; everything else at the file. */
function errorsOf(error: unknown): Errors {
  if (!(error instanceof ApiError)) return { file: explain(error) }
  const [proves, dated] = [error.field('proves'), error.field('dated')]
  return proves || dated ? { ...(proves && { proves }), ...(dated && { dated }) } : { file: explain(error) }
}
