import { useEffect, useState } from 'preact/hooks'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextArea } from '../ui/field.tsx'
import { explain } from '../ui/notice.tsx'

/** Asks why something is withdrawn. What is withdrawn stays stored. */
export function WithdrawDialog(props: {
  title: string | null
  what: string
  onWithdraw: (reason: string) => Promise<void>
  onClose: () => void
}) {
  const { title, what, onWithdraw, onClose } = props
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string | undefined>()
  useEffect(() => {
    setReason('')
    setError(undefined)
  }, [title])
  const withdraw = async () => {
    try {
      await onWithdraw(reason)
      onClose()
    } catch (failure) {
      setError(explain(failure))
    }
  }
  return (
    <Dialog
      open={title !== null}
      title={title ?? ''}
      onClose={onClose}
      footer={
        <>
          <Button look="secondary" onClick={onClose}>
            Abbrechen
          </Button>
          <Button look="primary" icon="check" onClick={() => void withdraw()}>
            Zurückziehen
          </Button>
        </>
      }
    >
      <p>{what}</p>
      <TextArea label="Grund" value={reason} error={error} onInput={(event) => setReason(event.currentTarget.value)} />
    </Dialog>
  )
}
