import { useEffect, useState } from 'preact/hooks'
import { acceptFinding, type Finding } from '../../server/contract/quality.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextArea } from '../ui/field.tsx'
import { explain } from '../ui/notice.tsx'
import { announce } from '../ui/toast.tsx'
import { ask } from '../workbench/staff.ts'
import { readAgain } from './data.ts'

/** Says why a finding is right as it is. The explanation falls when what was found changes. */
export function ExplainDialog({ finding, onClose }: { finding: Finding | null; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string | undefined>()
  useEffect(() => {
    setReason('')
    setError(undefined)
  }, [finding?.id])
  const save = async () => {
    if (!finding) return
    try {
      await ask(acceptFinding, { params: { id: finding.id }, body: { reason } })
      announce('Der Befund ist erklärt.')
      onClose()
      await readAgain()
    } catch (failure) {
      setError(explain(failure))
    }
  }
  return (
    <Dialog
      open={finding !== null}
      title="Befund erklären"
      onClose={onClose}
      footer={
        <>
          <Button look="secondary" onClick={onClose}>
            Abbrechen
          </Button>
          <Button look="primary" icon="check" onClick={() => void save()}>
            Erklärung speichern
          </Button>
        </>
      }
    >
      <p>{finding?.sentence}</p>
      <TextArea
        label="Warum stimmt es so?"
        hint="Die Erklärung gilt, bis sich der Befund ändert."
        value={reason}
        error={error}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  )
}
