import { useLayoutEffect, useMemo, useState } from 'preact/hooks'
import type { Problem } from '../../../server/contract/endpoint.ts'
import type { FactKindName } from '../../../server/contract/facts/index.ts'
import type { Draft, Statement } from '../../../server/contract/facts.ts'
import { basisOf, newBasis, readBasis } from '../../workbench/form/basis.ts'
import { type BasisForm, refusedFields } from '../../workbench/form/use-basis.ts'
import { type Content, type FormReading, readForm, type TypedValue, typedForm } from '../../workbench/form/values.ts'
import { dropInput, type KeptInput, keepInput, keptInput } from '../../workbench/kept-input.ts'
import { same } from '../../workbench/merge.ts'

/** A form being filled in: what is typed, what it means, what is wrong with it. */
export interface FactForm extends BasisForm {
  kind: FactKindName
  input: KeptInput
  reading: FormReading
  /** Differs from what is saved. */
  isDirty: boolean
  /** What to show at a field: only after somebody has left it or tried to save. */
  errorAt: (name: string) => string | undefined
  set: (name: string, value: TypedValue) => void
  /** Shows all errors; true when there are none. */
  check: () => boolean
  /** Marks what the server refused. */
  refuse: (problem: Problem) => void
  /** Starts anew from what is saved and forgets what was kept. */
  restart: (start: KeptInput) => void
}

/** What a form starts with: the draft, else what is known, else the given values of a new fact. */
export function startOf(
  kind: FactKindName,
  known: Statement | undefined,
  draft: Draft | undefined,
  fresh: Content = {},
): KeptInput {
  if (draft) return { typed: typedForm(kind, draft.content), basis: basisOf(draft), base: draft.base }
  return { typed: typedForm(kind, known?.content ?? fresh), basis: newBasis(), base: known?.version ?? null }
}

/** The state of one form. `key` names the kept input; a component shows one form only (give it the same `key`). */
export function useFactForm(kind: FactKindName, key: string, initial: KeptInput): FactForm {
  const [start, setStart] = useState(initial)
  const [input, setInput] = useState(() => keptInput(key) ?? initial)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({})

  const reading = useMemo(() => readForm(kind, input.typed), [kind, input.typed])
  const basis = useMemo(() => readBasis(input.basis), [input.basis])
  const isDirty = !same(start, input)
  const errors: Readonly<Record<string, string | undefined>> = { ...reading.errors, ...basis.errors }

  // At once with each rendering: a reload or Esc may come the moment after.
  useLayoutEffect(() => {
    if (isDirty) keepInput(key, input)
    else dropInput(key)
  }, [key, input, isDirty])

  const change = (name: string, next: (before: KeptInput) => KeptInput) => {
    setInput(next)
    if (name in refused) setRefused(Object.fromEntries(Object.entries(refused).filter(([field]) => field !== name)))
  }

  return {
    kind,
    input,
    reading,
    basis,
    isDirty,
    errorAt: (name) => refused[name] ?? (left.has(name) ? errors[name] : undefined),
    set: (name, value) => change(name, (before) => ({ ...before, typed: { ...before.typed, [name]: value } })),
    setBasis: (name, value) => change(name, (before) => ({ ...before, basis: { ...before.basis, [name]: value } })),
    leave: (name) => setLeft(new Set([...left, name])),
    check: () => {
      setLeft(new Set(Object.keys(errors)))
      return Object.keys(errors).length === 0
    },
    refuse: (problem) => setRefused(refusedFields(problem)),
    restart: (next) => {
      setStart(next)
      setInput(next)
      setLeft(new Set())
      setRefused({})
      dropInput(key)
    },
  }
}
