import { useState } from 'preact/hooks'
import type { Problem } from '../../../server/contract/endpoint.ts'
import { type Basis, type BasisReading, newBasis, readBasis } from './basis.ts'

/** The inputs of a basis, of a whole form or alone. */
export interface BasisForm {
  input: { basis: Basis }
  basis: BasisReading
  errorAt: (name: string) => string | undefined
  setBasis: <Name extends keyof Basis>(name: Name, value: Basis[Name]) => void
  leave: (name: string) => void
}

/** Which input an error of the server belongs to: `drafts.7.percent` is `percent`, `source.url` is `url`. */
export function fieldOf(path: string): string {
  return path === 'source' ? 'citation' : (path.split('.').at(-1) ?? path)
}

/** What the server refused, by input. */
export function refusedFields({ errors }: Problem): Readonly<Record<string, string>> {
  return Object.fromEntries((errors ?? []).map(({ field, detail }) => [fieldOf(field), detail]))
}

/** A basis alone, for imports. */
export function useBasis(): BasisForm & { isChecked: boolean; check: () => boolean; refuse: (problem: Problem) => void } {
  const [input, setInput] = useState(newBasis)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [isChecked, setChecked] = useState(false)
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({})
  const basis = readBasis(input)
  const errors: Readonly<Record<string, string | undefined>> = basis.errors
  return {
    input: { basis: input },
    basis,
    isChecked,
    errorAt: (name) => refused[name] ?? (isChecked || left.has(name) ? errors[name] : undefined),
    setBasis: (name, value) => {
      setRefused({})
      setInput((before) => ({ ...before, [name]: value }))
    },
    leave: (name) => setLeft(new Set([...left, name])),
    check: () => {
      setChecked(true)
      return Object.keys(errors).length === 0
    },
    refuse: (problem) => setRefused(refusedFields(problem)),
  }
}
