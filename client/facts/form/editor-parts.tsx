import { formatImpreciseDate, formatMoment } from '../../../server/contract/dates.ts'
import type { FactKindName } from '../../../server/contract/facts/index.ts'
import { type Draft, discardDraft, type Statement } from '../../../server/contract/facts.ts'
import { Button } from '../../ui/button.tsx'
import { explain, Notice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toast.tsx'
import { drafts, nameOf } from '../../workbench/data.ts'
import { type Content, declarationOf } from '../../workbench/form/values.ts'
import { Effect, usePreview, Warnings } from '../../workbench/publish/effect.tsx'
import { merging, publishing } from '../../workbench/publish/publication.ts'
import { StaleDraft } from '../../workbench/publish/stale-draft.tsx'
import { ask } from '../../workbench/staff.ts'
import { factName } from '../../workbench/words.ts'
import { type FactForm, startOf } from './fact-form.ts'
import type { Saving } from './saving.ts'

interface HeaderProps {
  kind: FactKindName
  known: Statement | undefined
  form: FactForm
  onClose: () => void
}

/** What is being changed, and what holds now. */
export function EditorHeader({ kind, known, form, onClose }: HeaderProps) {
  const label = declarationOf(kind).label.de
  const name = known ? factName(kind, known.content, nameOf) : factName(kind, form.reading.content, nameOf)
  return (
    <header class="editor-header">
      <Button look="tertiary" icon="back" iconOnly onClick={onClose} title="Zurück (Esc); Ihre Eingabe bleibt erhalten">
        Zurück
      </Button>
      <div>
        <p class="muted">{known ? label : `${label} anlegen`}</p>
        <h2 tabIndex={-1}>{name || `Neu: ${label}`}</h2>
        {known && (
          <p class="muted">
            Gilt mit Stand {formatImpreciseDate(known.trueOn, 'de')}, {known.source.citation}. Erfasst von{' '}
            {known.change.actorName} am {formatMoment(known.change.recordedAt, 'de')}.
          </p>
        )}
      </div>
    </header>
  )
}

interface MovedOnProps {
  draft: Draft | undefined
  known: Statement
  form: FactForm
  saving: Saving
}

/** Somebody published another version since this input began. */
export function MovedOn({ draft, known, form, saving }: MovedOnProps) {
  const merge = async () => {
    const mine = form.isDirty || !draft ? await saving.save() : draft
    if (mine) merging.value = { draft: mine, current: known }
  }
  return (
    <Notice kind="warning" title="Diese Angabe wurde inzwischen geändert" role="status">
      <p>
        {known.change.actorName} hat am {formatMoment(known.change.recordedAt, 'de')} eine neue Fassung veröffentlicht (Grund:{' '}
        {known.change.reason}). Ihre Eingabe ist noch da.
      </p>
      <Button look="secondary" small onClick={() => void merge()}>
        Beide Fassungen zusammenführen
      </Button>
    </Notice>
  )
}

interface DiscardProps {
  form: FactForm
  draft: Draft | undefined
  known: Statement | undefined
  fresh: Content | undefined
}

/** Back to what is known: deletes the draft and what is typed. */
export function DiscardButton({ form, draft, known, fresh }: DiscardProps) {
  if (!draft && !form.isDirty) return null
  const discard = async () => {
    if (!confirm(draft ? 'Den Entwurf und Ihre Eingabe verwerfen?' : 'Ihre Eingabe verwerfen?')) return
    try {
      if (draft) await ask(discardDraft, { params: { id: draft.id } })
      form.restart(startOf(form.kind, known, undefined, fresh))
      await drafts.ask(null)
    } catch (error) {
      toast(explain(error), 'danger')
    }
  }
  return (
    <Button look="tertiary" icon="remove" onClick={() => void discard()}>
      Verwerfen
    </Button>
  )
}

/** What the saved draft says and does. */
export function DraftEffect({ draft, isDirty }: { draft: Draft; isDirty: boolean }) {
  const { isInternal } = declarationOf(draft.kind)
  // While the publish dialog is open it asks the same.
  const preview = usePreview(draft.stale || publishing.value || isInternal ? [] : [draft])
  return (
    <section class="draft-effect" aria-label="Ihr Entwurf">
      <p class="mark mark--draft">
        {isDirty
          ? 'Ihr gespeicherter Entwurf (die Eingabe oben ist noch nicht gespeichert)'
          : `Ihr Entwurf, gespeichert am ${formatMoment(draft.updatedAt, 'de')}; noch nicht öffentlich`}
      </p>
      <p class="sentence">{draft.sentence}</p>
      <Warnings warnings={draft.warnings} />
      {isInternal && !draft.stale && <p>Eine interne Angabe: Die Öffentlichkeit sieht davon nichts.</p>}
      {draft.stale ? <StaleDraft draft={draft} /> : !isInternal && <Effect preview={preview} />}
    </section>
  )
}
