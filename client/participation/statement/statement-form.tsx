import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { fileFormats, mostFileBytes } from '../../../server/contract/files.ts'
import { type Opinion, opinions } from '../../../server/contract/mobile/codes.ts'
import type { Attachment } from '../../../server/contract/mobile.ts'
import { missingConditions } from '../../../server/contract/participation.ts'
import { giveStatement, type StatementSheet } from '../../../server/contract/statements.ts'
import { ApiError, call } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { RadioGroup, TextArea, TextField } from '../../ui/field.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { explain, Notice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toast.tsx'
import { sendFile, show, token } from './data.ts'
import { dropDraft, keepDraft, keptDraft } from './draft.ts'
import { TextModules } from './text-modules.tsx'

const conditionLabels: Readonly<Record<Opinion, string>> = {
  agreed: '',
  agreed_with_conditions: 'Auflagen',
  concerns: 'Bedenken',
  not_responsible: '',
}

interface FormProps {
  sheet: StatementSheet
  onGiven: () => void
  /** null: there is nothing to go back to. */
  onCancel: (() => void) | null
}

/** The answer. What is typed survives a reload. */
export function StatementForm({ sheet, onGiven, onCancel }: FormProps) {
  const { reviewId } = sheet
  const [draft, setDraft] = useState(() => keptDraft(reviewId))
  const [files, setFiles] = useState<readonly Attachment[]>([])
  const [error, setError] = useState<ApiError | Error | null>(null)
  const [isBusy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useLayoutEffect(() => keepDraft(reviewId, draft), [draft])
  const change = (change: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...change }))
  const { opinion, conditions, remark, givenBy } = draft
  const label = opinion ? conditionLabels[opinion] : ''
  const problem = (field: string) => (error instanceof ApiError ? error.field(field) : undefined)

  const send = async (event: Event) => {
    event.preventDefault()
    const said = { opinion: opinion as Opinion, conditions: label && conditions.trim() ? conditions : null }
    const gaps = gapsOf(said, givenBy)
    if (gaps) return fail(new ApiError(gaps))
    setBusy(true)
    try {
      const body = { token, reviewId, ...said, remark: remark.trim() || null, givenBy, attachmentIds: files.map(({ id }) => id) }
      show(await call(giveStatement, { body }))
      dropDraft(reviewId)
      toast('Danke, Ihre Stellungnahme ist eingegangen.')
      onGiven()
    } catch (failure) {
      fail(failure as Error)
    } finally {
      setBusy(false)
    }
  }
  const fail = (failure: Error) => {
    setError(failure)
    // Once the marks are there, the first field that is wrong gets the focus.
    setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"], .statement-failure')?.focus())
  }

  return (
    <form ref={form} class="statement-form" aria-labelledby="antwort" noValidate onSubmit={(event) => void send(event)}>
      <h2 id="antwort">Ihre Stellungnahme</h2>
      <RadioGroup
        legend="Wie stehen Sie dazu?"
        name="haltung"
        value={opinion ?? ''}
        options={opinions.keys.map((key) => ({ value: key, label: opinions.labels[key].de }))}
        onChoose={(value) => change({ opinion: value as Opinion })}
      />
      {problem('opinion') && (
        <p class="kern-error" role="alert">
          {problem('opinion')}
        </p>
      )}
      {opinion && (
        <TextModules modules={sheet.textModules} opinion={opinion} onTake={(text) => change(taken(text, draft, label !== ''))} />
      )}
      {label && (
        <TextArea
          label={label}
          hint={opinion === 'concerns' ? 'Was spricht dagegen? Gibt es einen anderen Standort?' : 'Was muss eingehalten werden?'}
          value={conditions}
          error={problem('conditions')}
          onInput={({ currentTarget }) => change({ conditions: currentTarget.value })}
        />
      )}
      {opinion && (
        <TextArea
          label="Bemerkung"
          optional
          rows={3}
          value={remark}
          error={problem('remark')}
          onInput={({ currentTarget }) => change({ remark: currentTarget.value })}
        />
      )}
      <StatementFiles reviewId={reviewId} files={files} onFiles={setFiles} />
      <TextField
        label="Ihr Name"
        hint="Er steht bei der Stellungnahme in der Akte."
        autocomplete="name"
        value={givenBy}
        error={problem('givenBy')}
        onInput={({ currentTarget }) => change({ givenBy: currentTarget.value })}
      />
      {error && (
        <div class="statement-failure" tabIndex={-1}>
          <Notice kind="danger" title="Noch nicht abgegeben" role="alert">
            <p>{explain(error)}</p>
          </Notice>
        </div>
      )}
      <p class="statement-actions">
        <Button look="primary" icon="check" type="submit" disabled={isBusy}>
          {isBusy ? 'Wird gesendet …' : 'Stellungnahme abgeben'}
        </Button>
        {onCancel && (
          <Button look="tertiary" onClick={onCancel}>
            Abbrechen
          </Button>
        )}
      </p>
      <p class="statement-muted">Sie können sie berichtigen, bis die Koordination die Beteiligung abschließt.</p>
    </form>
  )
}

/** A sentence taken from the modules goes where there is a place for it. */
function taken(text: string, { conditions, remark }: { conditions: string; remark: string }, hasConditions: boolean) {
  const after = (before: string) => (before.trim() ? `${before.trimEnd()}\n${text}` : text)
  return hasConditions ? { conditions: after(conditions) } : { remark: after(remark) }
}

/** What is missing, said as the server would. */
function gapsOf(said: { opinion: Opinion | undefined; conditions: string | null }, givenBy: string) {
  const missing = said.opinion ? missingConditions({ ...said, opinion: said.opinion }) : undefined
  const errors = [
    ...(said.opinion ? [] : [{ field: 'opinion', detail: 'Bitte wählen Sie, wie Sie dazu stehen.' }]),
    ...(missing ? [{ field: 'conditions', detail: missing }] : []),
    ...(givenBy.trim().length < 2 ? [{ field: 'givenBy', detail: 'Bitte nennen Sie Ihren Namen.' }] : []),
  ]
  if (errors.length === 0) return null
  return { type: 'about:blank', title: '', status: 422, detail: errors.map(({ detail }) => detail).join(' '), errors }
}

function StatementFiles(props: {
  reviewId: number
  files: readonly Attachment[]
  onFiles: (files: readonly Attachment[]) => void
}) {
  const { reviewId, files, onFiles } = props
  const [sending, setSending] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const take = async (file: File) => {
    setError(null)
    setSending(file.name)
    try {
      onFiles([...files, await sendFile(reviewId, file)])
    } catch (failure) {
      setError(failure)
    } finally {
      setSending(null)
    }
  }
  return (
    <div class="statement-upload">
      <FileDrop label="Datei" accept="" disabled={sending !== null} onFile={(file) => void take(file)}>
        Nur wenn nötig. {fileFormats}, höchstens {mostFileBytes / 2 ** 20} MB.
      </FileDrop>
      {sending && <p role="status">{sending} wird hochgeladen …</p>}
      {error !== null && (
        <p class="kern-error" role="alert">
          {explain(error)}
        </p>
      )}
      <ul class="statement-files">
        {files.map((file) => (
          <li key={file.id}>
            {file.name}{' '}
            <Button look="tertiary" small icon="close" iconOnly onClick={() => onFiles(files.filter(({ id }) => id !== file.id))}>
              {`${file.name} weglassen`}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
