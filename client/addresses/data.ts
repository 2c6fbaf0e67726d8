import type * as z from 'zod/mini'
import {
  type AddressDifference,
  type AddressImport,
  getAddressRegister,
  importAddresses,
  listAddressDifferences,
} from '../../server/contract/addresses.ts'
import type { Problem } from '../../server/contract/endpoint.ts'
import { ApiError, addressOf } from '../api.ts'
import { ask } from '../facts/staff.ts'
import { resource } from '../ui/resource.tsx'

export type Register = z.output<(typeof getAddressRegister)['response']>

export const register = resource((_question: null) => ask(getAddressRegister))

interface Wanted {
  /** What is shown already; the next page is added to it. */
  known: readonly AddressDifference[]
  after: string | null
}

export const differences = resource(async ({ known, after }: Wanted) => {
  const page = await ask(listAddressDifferences, { query: after === null ? {} : { after } })
  return { all: [...known, ...page.differences], next: page.next }
})

export function isRunning({ status }: AddressImport): boolean {
  return status === 'waiting' || status === 'reading' || status === 'applying'
}

interface Sending {
  signal: AbortSignal
  acceptVanishing: boolean
  /** Share sent, 0 to 1. */
  onProgress: (share: number) => void
}

/** Posts the file as it is; `fetch` cannot tell how much of a body has been sent. Throws `ApiError`. */
export function sendRegister(file: File, { signal, acceptVanishing, onProgress }: Sending): Promise<void> {
  const query = { name: file.name.slice(0, 255), acceptVanishing: String(acceptVanishing) }
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.open('POST', addressOf(importAddresses.path, {}, query))
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0))
    request.addEventListener('load', () => (request.status < 300 ? resolve() : reject(new ApiError(problemOf(request)))))
    request.addEventListener('error', () => reject(new ApiError({ type: 'about:blank', title: 'Unreachable', status: 0 })))
    request.addEventListener('abort', () => resolve())
    request.send(file)
  })
}

function problemOf({ status, statusText, responseText }: XMLHttpRequest): Problem {
  try {
    const said = JSON.parse(responseText) as Problem
    if (typeof said.status === 'number') return said
  } catch {
    // Not JSON, e.g. the page of a proxy: the status says what there is to say.
  }
  return { type: 'about:blank', title: statusText, status }
}
