import type * as z from 'zod/mini'
import {
  type AddressDifference,
  type AddressImport,
  getAddressRegister,
  importAddresses,
  listAddressDifferences,
} from '../../server/contract/addresses.ts'
import { addressOf } from '../api.ts'
import { resource } from '../ui/resource.tsx'
import { postFile } from '../workbench/post-file.ts'
import { ask } from '../workbench/staff.ts'

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

/** Hands the file of the register in, to be read on the server. Throws `ApiError`; a sending that was cancelled ends quietly. */
export async function sendRegister(file: File, { acceptVanishing, ...sending }: Sending): Promise<void> {
  const query = { name: file.name.slice(0, 255), acceptVanishing: String(acceptVanishing) }
  try {
    await postFile(addressOf(importAddresses.path, {}, query), file, sending)
  } catch (error) {
    if (!sending.signal.aborted) throw error
  }
}
