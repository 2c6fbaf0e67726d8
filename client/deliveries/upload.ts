import { signal } from '@preact/signals'

/** A file on its way to the server, or refused by it. What has arrived is a delivery and no longer here. */
export interface Upload {
  id: number
  name: string
  bytes: number
  /** Share sent, 0 to 1. */
  sent: number
  /** Why it did not arrive; null: it is on its way. */
  error: unknown
  cancel: () => void
}

/** The files on their way, in the order they were dropped. */
export const uploads = signal<readonly Upload[]>([])

let count = 0

interface Sending<Answer> {
  /** Where to; told the file, so that its name can be part of the address. */
  send: (file: File, options: { signal: AbortSignal; onProgress: (share: number) => void }) => Promise<Answer>
  onArrived: (answer: Answer) => void
}

/** Sends one file after the other: each shows how far it is and can be cancelled; one refused does not stop the others. */
export async function uploadFiles<Answer>(files: readonly File[], { send, onArrived }: Sending<Answer>): Promise<void> {
  const waiting = files.map((file) => ({ file, upload: added(file) }))
  for (const { file, upload } of waiting) {
    if (upload.abort.signal.aborted) continue
    try {
      const answer = await send(file, {
        signal: upload.abort.signal,
        onProgress: (sent) => change(upload.id, { sent }),
      })
      dismiss(upload.id)
      onArrived(answer)
    } catch (error) {
      if (!upload.abort.signal.aborted) change(upload.id, { error })
    }
  }
}

function added({ name, size }: File): { id: number; abort: AbortController } {
  count += 1
  const id = count
  const abort = new AbortController()
  const cancel = () => {
    abort.abort()
    dismiss(id)
  }
  uploads.value = [...uploads.peek(), { id, name, bytes: size, sent: 0, error: null, cancel }]
  return { id, abort }
}

function change(id: number, changes: Partial<Upload>): void {
  uploads.value = uploads.peek().map((upload) => (upload.id === id ? { ...upload, ...changes } : upload))
}

function dismiss(id: number): void {
  uploads.value = uploads.peek().filter((upload) => upload.id !== id)
}
