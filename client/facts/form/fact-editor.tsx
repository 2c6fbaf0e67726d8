import { useEffect, useRef } from 'preact/hooks'
import type { FactKindName } from '../../../server/contract/facts/index.ts'
import type { Draft, Statement } from '../../../server/contract/facts.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Failure } from '../../ui/notice.tsx'
import { isSaveShortcut, useKeyDown } from '../../ui/use-key-down.ts'
import { findFact, findOwnDraft } from '../../workbench/data.ts'
import { BasisFields } from '../../workbench/form/basis-fields.tsx'
import { type Content, declarationOf, type Typed } from '../../workbench/form/values.ts'
import { inputKey } from '../../workbench/kept-input.ts'
import { same } from '../../workbench/merge.ts'
import { FactHistory } from '../history/fact-history.tsx'
import { DiscardButton, DraftEffect, EditorHeader, MovedOn } from './editor-parts.tsx'
import { FactFields } from './fact-fields.tsx'
import { type FactForm, startOf, useFactForm } from './fact-form.ts'
import { type Saving, useSaving } from './saving.ts'

interface FactEditorProps {
  kind: FactKindName
  /** Id of the fact; null: a new one. */
  id: string | null
  /** Values a new fact begins with; also what makes its identity, as far as the place decides it. */
  fresh?: Content
  /** What a quick action fills in on top, e.g. today as the end. */
  preset?: Typed
  /** Leaves the editor; what is typed stays kept. */
  onClose: () => void
}

/** One fact: what is known, the form to change it, what the change does, its history. */
export function FactEditor(props: FactEditorProps) {
  const key = inputKey(props.kind, props.id ?? `neu/${Object.values(props.fresh ?? {}).join('/')}`)
  return <KeyedEditor key={key} {...props} inputKey={key} />
}

function KeyedEditor({ kind, id, fresh, preset, onClose, inputKey: key }: FactEditorProps & { inputKey: string }) {
  const known = id === null ? undefined : findFact(kind, id)
  const draftOfId = id === null ? undefined : findOwnDraft(kind, id)
  const form = useFactForm(kind, key, startOf(kind, known, draftOfId, fresh))
  const newId = id ?? idOf(form)
  const draft = draftOfId ?? findOwnDraft(kind, newId)
  const saving = useSaving(form, (saved) => form.restart(startOf(kind, known, saved)))
  const element = useRef<HTMLFormElement>(null)
  usePreset(form, preset)
  useFollowing(form, kind, known, draft)
  useKeyboard(element, saving, onClose)
  useFocusAtOpening(element, preset !== undefined)

  return (
    <form
      ref={element}
      class="fact-editor"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void saving.saveAndPublish(onClose).then(() => showOutcome(element.current))
      }}
    >
      <EditorHeader kind={kind} known={known} form={form} onClose={onClose} />
      {known && known.version !== form.input.base && <MovedOn draft={draft} known={known} form={form} saving={saving} />}
      <FactFields form={form} isNew={id === null} />
      <BasisFields form={form} canRetract={known !== undefined} />
      {saving.error !== null && <Failure error={saving.error} />}
      <div class="editor-actions">
        <Button look="primary" type="submit" disabled={saving.isBusy}>
          Speichern und veröffentlichen …
        </Button>
        <Button
          look="secondary"
          aria-keyshortcuts="Control+S"
          disabled={saving.isBusy}
          onClick={() => void saving.save().then(() => showOutcome(element.current))}
        >
          Entwurf speichern
        </Button>
        <DiscardButton form={form} draft={draft} known={known} fresh={fresh} />
      </div>
      <p class="kern-hint">Strg+S speichert den Entwurf. Was Sie eingeben, bleibt auch beim Neuladen erhalten.</p>
      {draft && <DraftEffect draft={draft} isDirty={form.isDirty} />}
      {known && (
        <Disclosure summary="Verlauf dieser Angabe">
          <FactHistory kind={kind} id={known.id} />
        </Disclosure>
      )}
    </form>
  )
}

function idOf({ kind, reading }: FactForm): string {
  return declarationOf(kind).idOf(reading.content as never)
}

/** The quick action's values go in once, on top of whatever is typed already. */
function usePreset(form: FactForm, preset: Typed | undefined): void {
  useEffect(() => {
    for (const [name, value] of Object.entries(preset ?? {})) form.set(name, value)
  }, [])
}

/** An untouched form follows what is saved and published meanwhile; a touched one is left alone. */
function useFollowing(form: FactForm, kind: FactKindName, known: Statement | undefined, draft: Draft | undefined): void {
  useEffect(() => {
    const start = startOf(kind, known, draft)
    if ((known || draft) && !form.isDirty && !same(start, form.input)) form.restart(start)
  }, [known?.version, draft?.updatedAt])
}

/** Ctrl+S saves the draft wherever the focus is; Esc leaves the form without losing what is typed. */
function useKeyboard(element: { current: HTMLFormElement | null }, saving: Saving, onClose: () => void): void {
  useKeyDown((event) => {
    if (isSaveShortcut(event)) {
      event.preventDefault()
      if (!saving.isBusy) void saving.save().then(() => showOutcome(element.current))
    } else if (event.key === 'Escape' && !event.defaultPrevented) {
      onClose()
    }
  })
}

function useFocusAtOpening(element: { current: HTMLFormElement | null }, afterQuickAction: boolean): void {
  useEffect(() => {
    const target = afterQuickAction ? '[name="reason"]' : 'h2'
    element.current?.querySelector<HTMLElement>(target)?.focus()
  }, [])
}

/** After saving: to the first field that was refused, else to what the draft does. Both are in the page after the next rendering. */
function showOutcome(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => {
    const refused = form?.querySelector<HTMLElement>('[aria-invalid="true"]')
    if (refused) refused.focus()
    else form?.querySelector('.draft-effect')?.scrollIntoView({ block: 'start' })
  })
}
