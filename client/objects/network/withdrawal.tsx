import { useState } from 'preact/hooks'
import { type NetworkKind, type ObjectRow, withdrawObjects } from '../../../server/contract/objects.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { TextField } from '../../ui/field.tsx'
import { explain } from '../../ui/notice.tsx'
import { refresh } from '../../workbench/data.ts'
import { addressWith, go } from '../../workbench/place.ts'
import { offerUndo } from '../../workbench/publish/publication.ts'
import { ask } from '../../workbench/staff.ts'

/** An object that never was: all that is known about it is taken back. */
export function Withdrawal({ kind, object, revision }: { kind: NetworkKind; object: ObjectRow; revision: number }) {
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | undefined>()
  const withdraw = async () => {
    try {
      const written = await ask(withdrawObjects, { params: { kind }, body: { ids: [object.id], revision, reason } })
      offerUndo(written.revision, written.sentence)
      await refresh()
      go(addressWith({ objekt: null }))
    } catch (error) {
      setProblem(explain(error))
    }
  }
  return (
    <Disclosure summary="Zurückziehen">
      <p>Nur wenn es das Objekt nie gab, zum Beispiel doppelt erfasst. Was sich geändert hat, wird oben geändert.</p>
      <TextField label="Warum?" value={reason} error={problem} onInput={(event) => setReason(event.currentTarget.value)} />
      <p>
        <Button look="secondary" small icon="remove" disabled={reason.trim().length < 3} onClick={() => void withdraw()}>
          Zurückziehen
        </Button>
      </p>
    </Disclosure>
  )
}
