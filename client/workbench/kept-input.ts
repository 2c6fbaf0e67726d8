import { signal } from '@preact/signals'
import * as z from 'zod/mini'
import type { Basis } from './form/basis.ts'
import type { FormKind, Typed } from './form/values.ts'

/** What somebody has typed and not saved: it survives a reload and leaving the form, until it is saved or discarded. */
export interface KeptInput {
  typed: Typed
  basis: Basis
  /** Version of the fact the input started from. */
  base: number | null
}

const prefix = 'ausbauatlas.eingabe.'

const Kept = z.object({
  typed: z.record(z.string(), z.unknown()),
  basis: z.object({ trueOn: z.string(), reason: z.string(), citation: z.string(), url: z.string(), retracted: z.boolean() }),
  base: z.nullable(z.int()),
})

/** Keys of everything kept, for marks in lists. */
export const keptKeys = signal<ReadonlySet<string>>(readKeys())

function readKeys(): ReadonlySet<string> {
  const keys = Array.from({ length: sessionStorage.length }, (_, index) => sessionStorage.key(index) ?? '')
  return new Set(keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)))
}

/** Key of the input for something; for a new one `id` says where it was begun. */
export function inputKey(kind: FormKind, id: string): string {
  return `${kind}/${id}`
}

export function keepInput(key: string, input: KeptInput): void {
  sessionStorage.setItem(prefix + key, JSON.stringify(input))
  if (!keptKeys.peek().has(key)) keptKeys.value = readKeys()
}

export function dropInput(key: string): void {
  sessionStorage.removeItem(prefix + key)
  if (keptKeys.peek().has(key)) keptKeys.value = readKeys()
}

/** null: nothing kept, or nothing that can be read (another version of the product wrote it). */
export function keptInput(key: string): KeptInput | null {
  const stored = sessionStorage.getItem(prefix + key)
  if (!stored) return null
  try {
    return z.parse(Kept, JSON.parse(stored)) as KeptInput
  } catch {
    return null
  }
}
