import { useState } from 'preact/hooks'
import type { IsoDate } from '../../../server/contract/dates.ts'
import { fileFormats } from '../../../server/contract/files.ts'
import { type Opinion, opinions } from '../../../server/contract/mobile/codes.ts'
import { type Attachment, addAttachment } from '../../../server/contract/mobile.ts'
import { type Review, recordStatement } from '../../../server/contract/participation.ts'
import { needsConditions, statementSources } from '../../../server/contract/participation-words.ts'
import { ApiError, addressOf } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { RadioGroup, SelectField, TextArea, TextField } from '../../ui/field.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { explain } from '../../ui/notice.tsx'
import { toast } from '../../ui/toast.tsx'
import { postFile } from '../../workbench/post-file.ts'
import { ask } from '../../workbench/staff.ts'
import { DayInput } from './extend-dialog.tsx'

type Source = 'mail' | 'phone' | 'meeting' | 'letter'
const sources: readonly Source[] = ['mail', 'phone', 'meeting', 'letter']

interface RecordProps {
  review: Review
  today: IsoDate
  onClose: () => void
  onDone: () => void
}

/** A statement that came by mail, phone, meeting or letter, written down by the coordinator. */
export function RecordDialog({ review, today, onClose, onDone }: RecordProps) {
  const [opinion, setOpinion] = useState<Opinion>('agreed')
  const [words, setWords] = useState({ conditions: '', remark: '', givenBy: '', givenOn: today as string })
  const [source, setSource] = useState<Source>('mail')
  const [files, setFiles] = useState<readonly Attachment[]>([])
  const [error, setError] = useState<unknown>(null)
  const problem = (field: string) => (error instanceof ApiError ? error.field(field) : undefined)
  const hasConditions = needsConditions.includes(opinion)
  const record = async (event: Event) => {
    event.preventDefault()
    const { givenBy, givenOn } = words
    const conditions = hasConditions && words.conditions.trim() ? words.conditions : null
    const body = {
      opinion,
      conditions,
      remark: words.remark.trim() || null,
      givenBy,
      givenOn,
      source,
      attachmentIds: files.map(({ id }) => id),
    }
    try {
      await ask(recordStatement, { params: { id: review.id }, body })
      toast(`Die Stellungnahme von ${review.departmentCode} ist erfasst.`)
      onDone()
    } catch (failure) {
      setError(failure)
    }
  }
  const take = async (file: File) => {
    try {
      const kept = (await postFile(addressOf(addAttachment.path, {}, { name: file.name }), file)) as Attachment
      setFiles([...files, kept])
    } catch (failure) {
      setError(failure)
    }
  }
  const typing = (key: keyof typeof words) => ({
    value: words[key],
    error: problem(key),
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) => setWords({ ...words, [key]: currentTarget.value }),
  })
  return (
    <Dialog
      open
      title={`Stellungnahme von ${review.departmentCode} erfassen`}
      onClose={onClose}
      footer={
        <>
          <Button look="secondary" onClick={onClose}>
            Abbrechen
          </Button>
          <Button look="primary" icon="check" type="submit" form="record-statement">
            Erfassen
          </Button>
        </>
      }
    >
      <form id="record-statement" class="ask-form" noValidate onSubmit={(event) => void record(event)}>
        <RadioGroup
          legend="Haltung"
          name="opinion"
          value={opinion}
          options={opinions.keys.map((key) => ({ value: key, label: opinions.labels[key].de }))}
          onChoose={(value) => setOpinion(value as Opinion)}
        />
        {hasConditions && <TextArea label={opinion === 'concerns' ? 'Bedenken' : 'Auflagen'} {...typing('conditions')} />}
        <TextArea label="Bemerkung" optional rows={3} {...typing('remark')} />
        <SelectField
          label="Wie kam sie?"
          value={source}
          options={sources.map((value) => ({ value, label: statementSources.labels[value].de }))}
          onChange={({ currentTarget }) => setSource(currentTarget.value as Source)}
        />
        <TextField label="Von wem" {...typing('givenBy')} />
        <DayInput
          label="Am"
          value={words.givenOn}
          error={problem('givenOn')}
          onDay={(givenOn) => setWords({ ...words, givenOn })}
        />
        <FileDrop label="Datei" accept="" onFile={(file) => void take(file)}>
          Nur wenn nötig. {fileFormats}
        </FileDrop>
        {files.length > 0 && <p>{files.map(({ name }) => name).join(', ')}</p>}
        {error !== null && (
          <p class="kern-error" role="alert">
            {explain(error)}
          </p>
        )}
      </form>
    </Dialog>
  )
}
