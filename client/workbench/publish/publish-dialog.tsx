import { useState } from 'preact/hooks'
import type { Conflict, Draft } from '../../../server/contract/facts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkbox } from '../../ui/field.tsx'
import { Failure, Notice } from '../../ui/notice.tsx'
import { drafts, mayRecord } from '../data.ts'
import { Effect, usePreview, Warnings } from './effect.tsx'
import { conflictsOf, draftCount, merging, publishDrafts, publishing } from './publication.ts'
import { MergeButton, StaleDraft } from './stale-draft.tsx'

/** Choose drafts, see what they do, publish them in one change. */
export function PublishDialog() {
  const open = publishing.value
  const all = (drafts.answer.value ?? []).filter((draft) => mayRecord(draft.kind))
  const chosen = all.filter((draft) => open?.chosen.includes(draft.id) && !draft.stale)
  const ids = chosen.map((draft) => draft.id)
  const preview = usePreview(chosen)
  // Nobody publishes what they could not see; where the preview fails, the publication says the same.
  const isSeen = !preview.loading.value && (preview.answer.value !== null || preview.error.value !== null)
  const { error, conflicts, isBusy, run, reset } = usePublishing(ids)
  const close = () => {
    publishing.value = null
    reset()
  }
  return (
    <Dialog
      open={open !== null && merging.value === null}
      title="Veröffentlichen"
      onClose={close}
      footer={
        <>
          <Button look="secondary" onClick={close}>
            Noch nicht
          </Button>
          <Button look="primary" icon="check" disabled={ids.length === 0 || isBusy || !isSeen} onClick={run}>
            {`${draftCount(ids.length)} veröffentlichen`}
          </Button>
        </>
      }
    >
      {conflicts.length > 0 && <Conflicts conflicts={conflicts} />}
      {error !== null && conflicts.length === 0 && <Failure error={error} />}
      {all.length === 0 ? (
        <p>Es gibt keine Entwürfe. Wählen Sie einen Stadtteil und ändern Sie eine Angabe; sie erscheint dann hier.</p>
      ) : (
        <DraftList all={all} ids={ids} />
      )}
      {ids.length > 0 && <Effect preview={preview} />}
    </Dialog>
  )
}

function usePublishing(ids: readonly number[]) {
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const conflicts = conflictsOf(error)
  const run = async () => {
    setBusy(true)
    setError(null)
    try {
      await publishDrafts(ids)
      const then = publishing.peek()?.then
      publishing.value = null
      then?.()
    } catch (reason) {
      setError(reason)
      if (conflictsOf(reason).length > 0) void drafts.again()
    }
    setBusy(false)
  }
  return { error, conflicts, isBusy, run: () => void run(), reset: () => setError(null) }
}

function Conflicts({ conflicts }: { conflicts: readonly Conflict[] }) {
  return (
    <Notice kind="warning" title="Inzwischen hat jemand anderes veröffentlicht" role="alert">
      <p>Es wurde noch nichts veröffentlicht, und nichts ist verloren. Bitte führen Sie beide Fassungen zusammen:</p>
      {conflicts.map((conflict) => (
        <p key={conflict.draft.id}>
          {conflict.draft.sentence}{' '}
          {conflict.draft.mine ? <MergeButton conflict={conflict} /> : `(Entwurf von ${conflict.draft.authorName})`}
        </p>
      ))}
    </Notice>
  )
}

function DraftList({ all, ids }: { all: readonly Draft[]; ids: readonly number[] }) {
  const toggle = (id: number, isChosen: boolean) => {
    const chosen = isChosen ? [...ids, id] : ids.filter((other) => other !== id)
    publishing.value = { ...publishing.peek(), chosen }
  }
  return (
    <ul class="draft-list" aria-label="Entwürfe">
      {all.map((draft) => (
        <li key={draft.id}>
          <Checkbox
            label={draft.sentence}
            checked={ids.includes(draft.id)}
            disabled={draft.stale}
            onChange={(event) => toggle(draft.id, event.currentTarget.checked)}
          />
          <div class="draft-list__more">
            {!draft.mine && <p class="muted">Entwurf von {draft.authorName}</p>}
            <Warnings warnings={draft.warnings} />
            {draft.stale && <StaleDraft draft={draft} />}
          </div>
        </li>
      ))}
    </ul>
  )
}
