import { useState } from 'preact/hooks'
import type { MobileKindName } from '../../../server/contract/mobile/index.ts'
import { changeRecord } from '../../../server/contract/mobile.ts'
import { ApiError } from '../../api.ts'
import { explain } from '../../ui/notice.tsx'
import { refresh } from '../../workbench/data.ts'
import type { Content } from '../../workbench/form/values.ts'
import { offerUndo } from '../../workbench/publish/publication.ts'
import { ask } from '../../workbench/staff.ts'

export interface Command {
  /** Changes the record at once; true when it is done. Ten minutes of undo follow. */
  run: (set: Content) => Promise<boolean>
  isBusy: boolean
  /** Why it was not done; null: it was. */
  problem: string | null
}

/** A change of a few values of a record, at once: a step, a pause, a file. */
export function useCommand(kind: MobileKindName, record: { id: string; version: number }, again: () => void): Command {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const run = async (set: Content) => {
    setBusy(true)
    setProblem(null)
    try {
      const written = await ask(changeRecord, { params: { kind, id: record.id }, body: { version: record.version, set } })
      offerUndo(written.revision, written.sentence)
      await refresh()
      return true
    } catch (reason) {
      const isStale = reason instanceof ApiError && reason.problem.status === 412
      if (isStale) again()
      setProblem(
        isStale
          ? 'Inzwischen hat jemand anders hier etwas geändert; die Seite zeigt jetzt den neuen Stand. Bitte prüfen Sie ihn und tragen Sie es dann noch einmal ein.'
          : reasonsOf(reason),
      )
      return false
    } finally {
      setBusy(false)
    }
  }
  return { run, isBusy, problem }
}

/** What is wrong, from the fields where the server names them. */
function reasonsOf(reason: unknown): string {
  const errors = reason instanceof ApiError ? (reason.problem.errors ?? []) : []
  return errors.length > 0 ? errors.map(({ detail }) => detail).join(' ') : explain(reason)
}
