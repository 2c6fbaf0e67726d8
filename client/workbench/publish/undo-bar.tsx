import { useEffect, useState } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { lastPublication, undo } from './publication.ts'

/** Stays for ten minutes after a publication; the history offers the same. */
export function UndoBar() {
  const last = lastPublication.value
  const [isBusy, setBusy] = useState(false)
  const minutes = useMinutesLeft(last?.until)
  if (!last || minutes <= 0) return null
  const run = async () => {
    setBusy(true)
    await undo(last.revision)
    setBusy(false)
  }
  return (
    <section class="undo-bar" aria-label="Zuletzt veröffentlicht">
      <p>
        {last.text} <span class="muted">Noch {minutes} min rückgängig zu machen.</span>
      </p>
      <Button look="secondary" disabled={isBusy} onClick={() => void run()}>
        Rückgängig
      </Button>
      <Button
        look="tertiary"
        icon="close"
        iconOnly
        onClick={() => {
          lastPublication.value = null
        }}
      >
        Hinweis schließen
      </Button>
    </section>
  )
}

function useMinutesLeft(until: number | undefined): number {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 10_000)
    return () => clearInterval(timer)
  }, [until])
  return until === undefined ? 0 : Math.ceil((until - now) / 60_000)
}
