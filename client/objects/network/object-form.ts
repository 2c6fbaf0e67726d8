import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
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
  /** Statement the form rests on; null: a new object. */
  version: number | null
  isDirty: boolean
  isBusy: boolean
  /** What saving would mean; null while something is missing, or nothing has changed. */
  forecast: (ObjectForecast & { lengthM?: number | null }) | null
  /** What belongs to no field. */
  error: unknown
  /** Somebody else said something meanwhile, while this was typed; null: nobody. */
  conflict: Conflict | null
  /** Goes on with this content on the newest version; without one, as a new object. */
  rebase: (content: Content) => void
  save: () => Promise<string | null>
  reset: () => void
}

/** What the person started from, what they made of it, and what it is now; `theirs` null: withdrawn. */
export interface Conflict {
  base: Content
  mine: Content
  theirs: ObjectRow | null
}

/** An object as it is now. */
export interface Latest {
  /** null: a new object. */
  object: ObjectRow | null
  /** It was taken back; `object` is what it had been. */
  isWithdrawn: boolean
  /** Revision of the content. */
  revision: number
  /** Asks for it anew: the server knows of a change that has not been heard of here. */
  again: () => void
}

const waitMs = 500

/**
 * The form rests on the version the person began with: what others say meanwhile neither replaces what was typed or drawn, nor is it
 * overwritten unseen.
 */
export function useObjectForm(kind: NetworkKind, latest: Latest): ObjectForm {
  const [{ object: known, revision }, setGround] = useState(latest)
  const isSaved = useRef(false)
  const start = useMemo(() => typedForm(kind, known?.content ?? usual), [kind, known?.version])
  const [typed, setTyped] = useState<Typed>(start)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({})
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const [forecast, setForecast] = useState<ObjectForm['forecast']>(null)
  const basisForm = useBasis()
  const reading = useMemo(() => readForm(kind, typed), [kind, typed])
  const set = useMemo(() => wishOf(kind, known, reading.content, start, typed), [reading, start])
  const errors = Object.fromEntries(Object.entries(reading.errors).filter(([name]) => name !== 'key' && (!known || name in set)))
  const isDirty = Object.keys(set).length > 0
  const { trueOn } = basisForm.basis.value
  const isReadable = Object.keys(errors).length === 0 && trueOn !== ''
  const hasMoved = known !== null && (latest.isWithdrawn || latest.object?.version !== known.version)
  const take = (next: Pick<Latest, 'object' | 'revision'>, content: Content) => {
    setGround({ ...latest, ...next })
    setTyped(typedForm(kind, content))
    setRefused({})
    setError(null)
  }
  useEffect(() => {
    if (!hasMoved || latest.isWithdrawn || (isDirty && !isSaved.current)) return
    isSaved.current = false
    take(latest, latest.object?.content ?? usual)
  }, [hasMoved, isDirty, latest.object?.version])

  useEffect(() => {
    setForecast(null)
    if (!isDirty || !isReadable || hasMoved) return
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
  }, [JSON.stringify(set), isReadable, trueOn, revision, hasMoved])

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
      isSaved.current = true
      basisForm.setBasis('reason', '')
      offerUndo(written.revision, written.sentence)
      await refresh()
      return 'id' in written ? (written.id as string) : (known?.id ?? null)
    } catch (reason) {
      if (reason instanceof ApiError && reason.problem.status === 412) latest.again()
      else setError(reason)
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
    version: known?.version ?? null,
    isDirty,
    isBusy,
    forecast,
    error,
    conflict:
      hasMoved && isDirty && !isSaved.current
        ? { base: known.content, mine: { ...known.content, ...set }, theirs: latest.isWithdrawn ? null : latest.object }
        : null,
    rebase: (content) => take(latest.isWithdrawn ? { ...latest, object: null } : latest, content),
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
