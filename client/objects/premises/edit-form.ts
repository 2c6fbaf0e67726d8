import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks'
import type { Problem } from '../../../server/contract/endpoint.ts'
import type { ObjectForecast, ObjectsWritten } from '../../../server/contract/objects.ts'
import { ApiError } from '../../api.ts'
import { refresh } from '../../workbench/data.ts'
import { type Basis, type BasisReading, newBasis, readBasis } from '../../workbench/form/basis.ts'
import type { BasisForm } from '../../workbench/form/use-basis.ts'
import { dropInput, keepInput, keptInput } from '../../workbench/kept-input.ts'
import { offerUndo } from '../../workbench/publish/publication.ts'
import { list } from './data.ts'
import { type EditReading, readEdit, type TypedEdit, typedWith } from './edit.ts'
import type { PremisesContent } from './words.ts'

type BasisValue = Pick<BasisReading['value'], 'trueOn' | 'reason' | 'source'>

/** What a form of premises asks of the server. `base` is the revision the person has seen. */
export interface EditTask {
  /** Key of the kept input. */
  key: string
  /** What is known of the one object; null: several, or a new one. */
  known: PremisesContent | null
  /** Values a new object begins with. */
  fresh?: TypedEdit
  base: number
  preview: (set: EditReading['set'], trueOn: string, base: number, signal: AbortSignal) => Promise<ObjectForecast>
  save: (set: EditReading['set'], basis: BasisValue, base: number) => Promise<ObjectsWritten>
  onSaved: (written: ObjectsWritten) => void
}

export interface EditForm {
  typed: TypedEdit
  known: PremisesContent | null
  reading: EditReading
  basisForm: BasisForm
  isDirty: boolean
  isBusy: boolean
  forecast: ObjectForecast | null
  error: unknown
  errorAt: (name: string) => string | undefined
  /** null: the field counts as untouched again. */
  set: (name: string, value: string | null) => void
  save: () => Promise<void>
  /** Goes on with what others have changed meanwhile. */
  rebase: () => Promise<void>
  reset: () => void
}

const waitMs = 400

/** `set.state` and `content.state` are `state`; `set.steps.connected` is `step:connected`. */
function refusedIn({ errors }: Problem): Record<string, string> {
  const name = (field: string) => {
    const [, first = field, second] = field.split('.')
    if (first === 'steps' && second) return `step:${second}`
    return field === 'source' || field === 'source.citation' ? 'citation' : first
  }
  return Object.fromEntries((errors ?? []).map(({ field, detail }) => [name(field), detail]))
}

/** Values and their basis as typed, what saving would mean, what stands in the way. What is typed is kept until it is saved. */
export function useEditForm({ key, known, fresh = {}, base: seen, preview, save, onSaved }: EditTask): EditForm {
  const kept = useMemo(() => keptInput(key), [key])
  const [typed, setTyped] = useState<TypedEdit>((kept?.typed as TypedEdit | undefined) ?? fresh)
  const [basis, setBasis] = useState<Basis>(kept?.basis ?? newBasis)
  const [base, setBase] = useState(kept?.base ?? seen)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({})
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const [forecast, setForecast] = useState<ObjectForecast | null>(null)
  const reading = useMemo(() => readEdit(typed), [typed])
  const basisReading = useMemo(() => readBasis(basis), [basis])
  const isDirty = JSON.stringify(typed) !== JSON.stringify(fresh)
  const { trueOn } = basisReading.value
  const errors: Readonly<Record<string, string | undefined>> = { ...reading.errors, ...basisReading.errors }
  const asks = isDirty && Object.keys(reading.errors).length === 0 && trueOn !== ''

  // At once with each rendering: a reload or Esc may come the moment after.
  useLayoutEffect(() => {
    if (isDirty) keepInput(key, { typed, basis, base })
    else dropInput(key)
  }, [key, typed, basis, base, isDirty])
  // An untouched form rests on what is seen now.
  useEffect(() => {
    if (!isDirty) setBase(seen)
  }, [seen, isDirty])

  const fail = (reason: unknown) => {
    if (reason instanceof DOMException) return
    setError(reason)
    if (reason instanceof ApiError && reason.problem.status === 422) setRefused(refusedIn(reason.problem))
  }
  useEffect(() => {
    setForecast(null)
    setError(null)
    if (!asks) return
    const aborter = new AbortController()
    const timer = setTimeout(() => {
      preview(reading.set, trueOn, base, aborter.signal).then((answer) => {
        setForecast(answer)
        setRefused({})
      }, fail)
    }, waitMs)
    return () => {
      clearTimeout(timer)
      aborter.abort()
    }
  }, [key, JSON.stringify(reading.set), trueOn, base, asks])

  const reset = () => {
    setTyped(fresh)
    setBasis(newBasis())
    setLeft(new Set())
    setRefused({})
    setError(null)
    setBase(seen)
    dropInput(key)
  }
  const store = async () => {
    setLeft(new Set(Object.keys(errors)))
    // Nobody saves what they could not see before.
    if (!isDirty || isBusy || forecast === null || Object.keys(errors).length > 0) return
    setBusy(true)
    setError(null)
    try {
      const { retracted: _none, ...value } = basisReading.value
      const written = await save(reading.set, value, base)
      reset()
      offerUndo(written.revision, written.sentence)
      onSaved(written)
      await Promise.all([refresh(), list.again()])
    } catch (reason) {
      fail(reason)
    } finally {
      setBusy(false)
    }
  }
  return {
    typed,
    known,
    reading,
    isDirty,
    isBusy,
    forecast,
    error,
    basisForm: {
      input: { basis },
      basis: basisReading,
      errorAt: (name) => refused[name] ?? (left.has(name) ? errors[name] : undefined),
      setBasis: (name, value) => setBasis((before) => ({ ...before, [name]: value })),
      leave: (name) => setLeft((before) => new Set([...before, name])),
    },
    errorAt: (name) => refused[name] ?? reading.errors[name],
    set: (name, value) => {
      setTyped((before) => typedWith(before, name, value, known))
      setRefused({})
    },
    save: store,
    rebase: async () => {
      await list.again()
      setBase(list.answer.peek()?.revision ?? base)
    },
    reset,
  }
}
