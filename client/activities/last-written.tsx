import { useEffect, useState } from 'preact/hooks'
import { Button } from '../ui/button.tsx'
import { explain, Notice } from '../ui/notice.tsx'
import { lastWritten, undoLast } from './data.ts'

/** What was written last, what is implausible about it, and the way back for ten minutes. */
export function LastWritten() {
  const last = lastWritten.value
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  useEffect(() => {
    setFailure(null)
    if (!last) return
    const timer = setTimeout(() => {
      lastWritten.value = null
    }, last.until - Date.now())
    return () => clearTimeout(timer)
  }, [last])
  if (!last) return null
  const undo = async () => {
    setBusy(true)
    try {
      await undoLast()
    } catch (error) {
      setFailure(explain(error))
    }
    setBusy(false)
  }
  const { sentence, warnings } = last.entry
  return (
    <Notice kind={warnings.length > 0 ? 'warning' : 'success'} title={sentence}>
      {warnings.map(({ rule, text }) => (
        <p key={rule}>{text}</p>
      ))}
      {failure && <p role="alert">{failure}</p>}
      <p>
        <Button look="secondary" small disabled={isBusy} onClick={() => void undo()}>
          Rückgängig
        </Button>
      </p>
    </Notice>
  )
}
