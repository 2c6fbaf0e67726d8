import { signal } from '@preact/signals'
import type { Problem } from '../../server/contract/endpoint.ts'
import { ApiError } from '../api.ts'

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

/** Posts a file as it is; `fetch` cannot tell how much of a body has been sent. Throws `ApiError` like `call`. */
export function postFile(
  address: string,
  file: File,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (share: number) => void },
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const stop = () => request.abort()
    signal.addEventListener('abort', stop, { once: true })
    request.open('POST', address)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0))
    request.addEventListener('load', () => {
      const answer = readJson(request.responseText)
      if (request.status < 300) resolve(answer)
      else reject(new ApiError(problemOf(answer, request)))
    })
    request.addEventListener('error', () => reject(new ApiError({ type: 'about:blank', title: 'Unreachable', status: 0 })))
    request.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')))
    request.addEventListener('loadend', () => signal.removeEventListener('abort', stop))
    request.send(file)
  })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function problemOf(answer: unknown, { status, statusText }: XMLHttpRequest): Problem {
  const said = answer as Problem | null
  return typeof said?.status === 'number' ? said : { type: 'about:blank', title: statusText, status }
}
