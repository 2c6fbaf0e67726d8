import { useId, useRef, useState } from 'preact/hooks'
import { largestRegisterGb } from '../../server/contract/addresses.ts'
import { Button } from '../ui/button.tsx'
import { FileDrop } from '../ui/file-drop.tsx'
import { explain, Notice } from '../ui/notice.tsx'
import { announce } from '../ui/toast.tsx'
import { isRunning, type Register, register, sendRegister } from './data.ts'
import { Progress } from './progress.tsx'

/** Drop the register or choose it; it is sent as it is and read on the server. */
export function ImportForm({ register: { imports, addresses } }: { register: Register }) {
  const id = useId()
  const [sent, setSent] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [acceptVanishing, setAcceptVanishing] = useState(false)
  const sending = useRef<AbortController | null>(null)
  const isBusy = sent !== null || imports.some(isRunning)

  const send = async (file: File) => {
    sending.current = new AbortController()
    setError(null)
    setSent(0)
    try {
      await sendRegister(file, { signal: sending.current.signal, acceptVanishing, onProgress: setSent })
      announce(`${file.name} wird gelesen`)
    } catch (reason) {
      setError(reason)
    }
    setSent(null)
    await register.again()
  }

  return (
    <section>
      <h2>{addresses > 0 ? 'Register erneuern' : 'Register einlesen'}</h2>
      <FileDrop label="Datei des Registers" accept=".txt,.csv,.zip" disabled={isBusy} onFile={(file) => void send(file)}>
        <code>gebref.txt</code> in der neuen (21 Spalten) oder alten Form (15 Spalten), auch als ZIP des ganzen Landes, bis{' '}
        {largestRegisterGb} GB; oder die CSV-Liste der Straßenschlüssel. Übernommen werden nur Unterschiede.
      </FileDrop>
      {addresses > 0 && (
        <div class="kern-form-check">
          <input
            class="kern-form-check__checkbox"
            id={`${id}-vanish`}
            type="checkbox"
            checked={acceptVanishing}
            onChange={(event) => setAcceptVanishing(event.currentTarget.checked)}
          />
          <label class="kern-label" for={`${id}-vanish`}>
            Viele Adressen dürfen wegfallen, die Datei darf älter sein (sonst wird abgelehnt, worin mehr als ein Zehntel fehlt
            oder was älter ist als das Register)
          </label>
        </div>
      )}
      {sent !== null && (
        <Progress label="Wird gesendet" share={sent}>
          <Button small onClick={() => sending.current?.abort()}>
            Senden abbrechen
          </Button>
        </Progress>
      )}
      {error !== null && (
        <Notice kind="danger" title="Die Datei wurde nicht angenommen" role="alert">
          <p>{explain(error)}</p>
        </Notice>
      )}
    </section>
  )
}
