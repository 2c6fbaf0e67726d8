import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { Failure, Notice } from '../../ui/notice.tsx'
import { isSaveShortcut, useKeyDown } from '../../ui/use-key-down.ts'
import { FieldInput } from '../../workbench/form/field-input.tsx'
import { declarationOf } from '../../workbench/form/values.ts'
import type { RecordForm } from './record-form.ts'
import { RecordMerge } from './record-merge.tsx'

/** Fields that belong together, under a heading of their own. */
export interface FieldGroup {
  title: string
  names: readonly string[]
}

/** A group of fields; `children` stand before them. */
export function Group({ form, group, children }: { form: RecordForm; group: FieldGroup; children?: ComponentChildren }) {
  const { fields } = declarationOf(form.kind)
  return (
    <fieldset class="kern-fieldset record-group">
      <legend class="record-group__title">{group.title}</legend>
      {children}
      <div class="form-grid">
        {group.names.map((name) => {
          const field = fields[name]
          return field && <FieldInput key={name} form={form} name={name} field={field} />
        })}
      </div>
    </fieldset>
  )
}

interface RecordEditorProps {
  form: RecordForm
  title: string
  /** Words of the button that saves. */
  saves: string
  onSaved: (id: string) => void
  onClose: () => void
  children: ComponentChildren
}

/** The form of a record with what saving means; Ctrl+S saves, Esc leaves without losing what is typed. */
export function RecordEditor({ form, title, saves, onSaved, onClose, children }: RecordEditorProps) {
  const element = useRef<HTMLFormElement>(null)
  const save = async () => {
    const id = await form.save()
    if (id) onSaved(id)
    else requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  useKeyDown((event) => {
    if (isSaveShortcut(event)) {
      event.preventDefault()
      void save()
    } else if (event.key === 'Escape' && !event.defaultPrevented) onClose()
  })
  return (
    <form
      ref={element}
      class="fact-editor record-editor"
      aria-label={title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {children}
      <Outlook form={form} />
      {form.conflict && <RecordMerge key={form.conflict.theirs.version} form={form} conflict={form.conflict} />}
      {form.error !== null && <Failure error={form.error} />}
      <div class="editor-actions">
        <Button
          look="primary"
          type="submit"
          aria-keyshortcuts="Control+S"
          disabled={form.isBusy || form.conflict !== null || (!form.isNew && !form.isDirty)}
        >
          {saves}
        </Button>
        {form.isDirty && (
          <Button look="tertiary" icon="remove" onClick={() => confirm('Ihre Eingabe verwerfen?') && form.reset()}>
            Eingabe verwerfen
          </Button>
        )}
        <Button look="secondary" onClick={onClose}>
          Schließen
        </Button>
      </div>
      <p class="kern-hint">
        Strg+S speichert. Gilt sofort und nur intern; zehn Minuten lang lässt es sich rückgängig machen. Was Sie eingeben, bleibt
        auch beim Neuladen erhalten.
      </p>
    </form>
  )
}

/** What saving would mean, before it is done. */
function Outlook({ form: { forecast } }: { form: RecordForm }) {
  if (!forecast) return null
  return (
    <section class="draft-effect" aria-label="Was gespeichert wird" aria-live="polite">
      <p>{forecast.sentence}</p>
      {forecast.warnings.map(({ rule, text }) => (
        <Notice key={rule} kind="warning" title={text} />
      ))}
    </section>
  )
}
