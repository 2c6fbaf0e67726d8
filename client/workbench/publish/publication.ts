import { signal } from '@preact/signals'
import * as z from 'zod/mini'
import { Conflict, publish, undoChange } from '../../../server/contract/facts.ts'
import { ApiError } from '../../api.ts'
import { explain } from '../../ui/notice.tsx'
import { announce, toast } from '../../ui/toast.tsx'
import { drafts, refresh } from '../data.ts'
import { ask } from '../staff.ts'

/** What the publish dialog is open for. */
interface Publishing {
  /** Ids of the drafts. */
  chosen: readonly number[]
  /** What follows when they are published. */
  then?: () => void
}

/** null: the publish dialog is closed. */
export const publishing = signal<Publishing | null>(null)

/** The conflict being merged; null: the merge dialog is closed. */
export const merging = signal<Conflict | null>(null)

/** The last own change while it can be undone, in words: "3 Entwürfe veröffentlicht." */
export const lastPublication = signal<{ revision: number; text: string; until: number } | null>(null)

const undoMinutes = 10

/** The drafts for which the server refused the publication, each beside the version that is current now. */
export function conflictsOf(error: unknown): readonly Conflict[] {
  if (!(error instanceof ApiError) || error.problem.status !== 412) return []
  return z.safeParse(z.array(Conflict), error.problem.conflicts).data ?? []
}

/** Publishes the drafts in one change; throws with `conflictsOf` when facts have moved on, then nothing is published. */
export async function publishDrafts(ids: readonly number[]): Promise<void> {
  const { revision } = await ask(publish, { body: { drafts: [...ids] } })
  offerUndo(revision, `${draftCount(ids.length)} veröffentlicht.`)
  await refresh()
}

/** Says what a change of one's own has done and offers to undo it. */
export function offerUndo(revision: number, text: string): void {
  lastPublication.value = { revision, text, until: Date.now() + undoMinutes * 60_000 }
  announce(`${text} Rückgängig ist ${undoMinutes} Minuten lang möglich.`)
}

/** Undoes a change by a new one; says what became of it. */
export async function undo(change: number): Promise<void> {
  try {
    await ask(undoChange, { params: { id: change } })
    if (lastPublication.peek()?.revision === change) lastPublication.value = null
    toast('Rückgängig gemacht. Es gilt wieder der Stand davor.')
  } catch (error) {
    toast(explain(error), 'danger')
  }
  await refresh()
}

/** Opens the dialog with these drafts chosen; without an argument with all own ones that can be published. */
export function openPublishing(ids?: readonly number[], then?: () => void): void {
  const own = (drafts.answer.peek() ?? []).filter((draft) => draft.mine && !draft.stale)
  publishing.value = { chosen: ids ?? own.map((draft) => draft.id), ...(then && { then }) }
}

/** "1 Entwurf", "3 Entwürfe". */
export function draftCount(count: number): string {
  return count === 1 ? '1 Entwurf' : `${count} Entwürfe`
}
