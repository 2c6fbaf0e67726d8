import type { Problem } from '../../server/contract/endpoint.ts'
import { ApiError } from '../api.ts'
import { afterSigningIn } from './staff.ts'

interface Sending {
  signal?: AbortSignal
  /** Share sent, 0 to 1. */
  onProgress?: (share: number) => void
}

/** Posts a file as it is. When the session has ended, people sign in again in a dialog and the file is sent anew. Throws `ApiError`. */
export function postFile(address: string, file: File, sending: Sending = {}): Promise<unknown> {
  return afterSigningIn(() => post(address, file, sending))
}

/** By XMLHttpRequest: `fetch` cannot tell how much of a body has been sent. */
function post(address: string, file: File, { signal, onProgress }: Sending): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const stop = () => request.abort()
    signal?.addEventListener('abort', stop, { once: true })
    request.open('POST', address)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0))
    request.addEventListener('load', () => {
      const answer = readJson(request.responseText)
      if (request.status < 300) resolve(answer)
      else reject(new ApiError(problemOf(answer, request)))
    })
    request.addEventListener('error', () => reject(new ApiError({ type: 'about:blank', title: 'Unreachable', status: 0 })))
    request.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')))
    request.addEventListener('loadend', () => signal?.removeEventListener('abort', stop))
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
