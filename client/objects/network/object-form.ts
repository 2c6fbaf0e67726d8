import { useEffect, useMemo, useState } from 'preact/hooks'
import {
  changeObjects,
  createObject,
  type NetworkKind,
  type ObjectForecast,
  type ObjectRow,
  previewChange,
  previewObject,
} from '../../../server/contract/objects.ts'
import { ApiError } from '../../api.ts'
import { refresh } from '../../workbench/data.ts'
import type { FieldForm } from '../../workbench/form/field-input.tsx'
import { type BasisForm, refusedFields, useBasis } from '../../workbench/form/use-basis.ts'
import { type Content, declarationOf, readForm, type Typed, type TypedValue, typedForm } from '../../workbench/form/values.ts'
import { same } from '../../workbench/merge.ts'
import { offerUndo } from '../../workbench/publish/publication.ts'
import { ask } from '../../workbench/staff.ts'

/** The form of one object: values as typed, what they rest on, what saving them would mean. */
export interface ObjectForm extends FieldForm {
  kind: NetworkKind
  basisForm: BasisForm
  isDirty: boolean
  isBusy: boolean
  /** What saving would mean; null while something is missing, or nothing has changed. */
  forecast: (ObjectForecast & { lengthM?: number | null }) | null
  /** What belongs to no field. */
  error: unknown
  /** Versions of others that stand in the way. */
  isStale: boolean
  save: () => Promise<string | null>
  reset: () => void
}

const waitMs = 500

/** `known` null: a new object. `revision` is that of the content the person sees. */
export function useObjectForm(kind: NetworkKind, known: ObjectRow | null, revision: number): ObjectForm {
  const start = useMemo(() => typedForm(kind, known?.content ?? usual), [kind, known?.version])
  const [typed, setTyped] = useState<Typed>(start)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({})
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const [forecast, setForecast] = useState<ObjectForm['forecast']>(null)
  const basisForm = useBasis()
  useEffect(() => setTyped(start), [start])
  const reading = useMemo(() => readForm(kind, typed), [kind, typed])
  const set = useMemo(() => wishOf(kind, known, reading.content, start, typed), [reading, start])
  const errors = Object.fromEntries(Object.entries(reading.errors).filter(([name]) => name !== 'key' && (!known || name in set)))
  const isDirty = Object.keys(set).length > 0
  const { trueOn } = basisForm.basis.value
  const isReadable = Object.keys(errors).length === 0 && trueOn !== ''

  useEffect(() => {
    setForecast(null)
    if (!isDirty || !isReadable) return
    const aborter = new AbortController()
    const timer = setTimeout(() => {
      preview(kind, known, set, trueOn, revision, aborter.signal)
        .then((answer) => {
          setForecast(answer)
          setRefused({})
        })
        .catch(
          (reason) => reason instanceof ApiError && reason.problem.status === 422 && setRefused(refusedFields(reason.problem)),
        )
    }, waitMs)
    return () => {
      clearTimeout(timer)
      aborter.abort()
    }
  }, [JSON.stringify(set), isReadable, trueOn, revision])

  const save = async () => {
    setError(null)
    setLeft(new Set(Object.keys(errors)))
    if (!basisForm.check() || Object.keys(errors).length > 0) return null
    setBusy(true)
    try {
      const { retracted: _none, ...basis } = basisForm.basis.value
      const written = known
        ? await ask(changeObjects, { params: { kind }, body: { ids: [known.id], revision, set, ...basis } })
        : await ask(createObject, { params: { kind }, body: { content: set, ...basis } })
      offerUndo(written.revision, written.sentence)
      await refresh()
      return 'id' in written ? (written.id as string) : (known?.id ?? null)
    } catch (reason) {
      setError(reason)
      if (reason instanceof ApiError && reason.problem.status === 422) {
        setRefused(refusedFields(reason.problem))
        basisForm.refuse(reason.problem)
      }
      return null
    } finally {
      setBusy(false)
    }
  }

  return {
    kind,
    input: { typed },
    reading,
    basisForm,
    isDirty,
    isBusy,
    forecast,
    error,
    isStale: error instanceof ApiError && error.problem.status === 412,
    errorAt: (name) => refused[name] ?? (left.has(name) ? errors[name] : undefined),
    set: (name: string, value: TypedValue) => {
      setTyped((before) => ({ ...before, [name]: value }))
      setRefused(Object.fromEntries(Object.entries(refused).filter(([field]) => field !== name)))
    },
    leave: (name) => setLeft(new Set([...left, name])),
    save,
    reset: () => {
      setTyped(start)
      setRefused({})
      setError(null)
    },
  }
}

const usual: Content = { status: 'planned', condition: 'new', count: 1, coLaying: false, collocation: false }

/** What is to be said: of a new object everything, of a known one only what was typed anew. */
function wishOf(kind: NetworkKind, known: ObjectRow | null, content: Content, start: Typed, typed: Typed): Content {
  const names = Object.keys(declarationOf(kind).values.shape)
  const wanted = known ? names.filter((name) => !same(start[name], typed[name])) : names.filter((name) => content[name] !== null)
  const isUntouched = !known && same(start, typed)
  return isUntouched ? {} : Object.fromEntries(wanted.map((name) => [name, content[name]]))
}

function preview(
  kind: NetworkKind,
  known: ObjectRow | null,
  set: Content,
  trueOn: string,
  revision: number,
  signal: AbortSignal,
): Promise<NonNullable<ObjectForm['forecast']>> {
  return known
    ? ask(previewChange, { params: { kind }, body: { ids: [known.id], revision, set, trueOn }, signal })
    : ask(previewObject, { params: { kind }, body: { content: set, trueOn }, signal })
}
