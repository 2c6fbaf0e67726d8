import { signal } from '@preact/signals'
import type { Language } from '../../server/contract/text.ts'

/** The language in use; entries set it from the address. Everything said through `say` changes with it. */
export const language = signal<Language>('de')

/** The entry of a dictionary in the language in use: a text, or a function that makes one. */
export function say<T>(entry: Readonly<Record<Language, T>>): T {
  return entry[language.value]
}
