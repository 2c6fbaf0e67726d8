import * as z from 'zod/mini'
import { ObjectConflict } from '../../../server/contract/objects.ts'
import { ApiError } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Failure, Notice } from '../../ui/notice.tsx'
import type { EditForm } from './edit-form.ts'
import { dateWords, stateWords, titleOf } from './words.ts'

const shown = 10

/** The objects somebody else changed meanwhile, for which the server refused the change. */
export function conflictsIn(error: unknown): readonly ObjectConflict[] {
  if (!(error instanceof ApiError) || error.problem.status !== 412) return []
  return z.safeParse(z.array(ObjectConflict), error.problem.conflicts).data ?? []
}

/** What stands in the way, and how to go on. */
export function Conflict({ form, onExclude }: { form: EditForm; onExclude?: (ids: readonly string[]) => void }) {
  if (form.error === null) return null
  if (!(form.error instanceof ApiError) || form.error.problem.status !== 412) return <Failure error={form.error} />
  const conflicts = conflictsIn(form.error)
  return (
    <Notice kind="warning" title="Inzwischen hat jemand anderes geändert" role="alert">
      <p>Es wurde noch nichts gespeichert, und Ihre Eingabe ist noch da. Betroffen:</p>
      <ul>
        {conflicts.slice(0, shown).map(({ id, current }) => (
          <li key={id}>
            {current
              ? `${titleOf(current)}: jetzt ${stateWords(current.status)}, Stand ${dateWords(current.trueOn)}, ${current.source.citation}`
              : `${id}: zurückgezogen`}
          </li>
        ))}
        {conflicts.length > shown && <li>und {conflicts.length - shown} weitere</li>}
      </ul>
      <p class="editor-actions">
        <Button look="secondary" small onClick={() => void form.rebase()}>
          Auf dem neuen Stand weiterarbeiten
        </Button>
        {onExclude && conflicts.length > 0 && (
          <Button look="secondary" small onClick={() => onExclude(conflicts.map(({ id }) => id))}>
            Diese Objekte ausnehmen
          </Button>
        )}
      </p>
    </Notice>
  )
}
