import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { MobileKindName } from '../../../server/contract/mobile/index.ts'
import { changeRecord, createRecord, type RecordForecast } from '../../../server/contract/mobile.ts'
import { ApiError } from '../../api.ts'
import { refresh } from '../../workbench/data.ts'
import { newBasis } from '../../workbench/form/basis.ts'
import type { FieldForm } from '../../workbench/form/field-input.tsx'
import { type Content, declarationOf, readForm, type Typed, type TypedValue, typedForm } from '../../workbench/form/values.ts'
import { dropInput, keepInput, keptInput } from '../../workbench/kept-input.ts'
import { same } from '../../workbench/merge.ts'
import { offerUndo } from '../../workbench/publish/publication.ts'
import { ask } from '../../workbench/staff.ts'
import { useChecks, useForecast } from './checks.ts'

/** A record as it is now; `content` as its kind declares it. */
export interface KnownRecord {
  id: string
  version: number
  content: Content
  recordedBy: string
}

/** What the person began with (null: not known any more), what they made of it, and what it is now. */
export interface Conflict {
  base: Content | null
  mine: Content
  theirs: KnownRecord
}

export interface RecordForm extends FieldForm {
  kind: MobileKindName
  isNew: boolean
  isDirty: boolean
  isBusy: boolean
  /** What saving would mean; null while something is missing, or nothing has changed. */
  forecast: RecordForecast | null
  /** What belongs to no field. */
  error: unknown
  /** Somebody else changed the record meanwhile; null: nobody. */
  conflict: Conflict | null
  /** Goes on with this content on the newest version. */
  rebase: (content: Content) => void
  /** Id of the record; null: it may not be saved as it is, the reasons stand at the fields. */
  save: () => Promise<string | null>
  /** Back to what is known. */
  reset: () => void
}

interface Options {
  /** Under which what is typed is kept until it is saved: survives a reload and leaving the form. */
  key: string
  /** null: a new record. */
  known: KnownRecord | null
  /** What a new record begins with, also what no field asks for. */
  fresh?: Content
  /** Fields of the form; others are left alone. */
  names: readonly string[]
  /** Asks for the record anew: the server knows of a change that has not been heard of here. */
  again?: () => void
}

const noFresh: Content = {}

/** The state of a form of one record. What others say meanwhile neither replaces what was typed nor is overwritten unseen. */
export function useRecordForm(kind: MobileKindName, options: Options): RecordForm {
  const { key, known, fresh = noFresh, names, again } = options
  const kept = useMemo(() => keptInput(key), [key])
  const [ground, setGround] = useState<Pick<KnownRecord, 'version' | 'content'> | null>(() => groundOf(known, kept?.base))
  const start = useMemo(() => typedForm(kind, ground?.content ?? known?.content ?? fresh), [kind, ground])
  const [typed, setTyped] = useState<Typed>(() => kept?.typed ?? start)
  const checks = useChecks()
  const [isBusy, setBusy] = useState(false)
  const isSaved = useRef(false)
  const reading = useMemo(() => readForm(kind, typed), [kind, typed])
  const changed = names.filter((name) => !same(start[name], typed[name]))
  const isDirty = changed.length > 0
  const hasMoved = known !== null && ground?.version !== known.version
  const isInConflict = hasMoved && isDirty && !isSaved.current
  const set = wishOf({ names, changed, content: { ...fresh, ...reading.content }, fresh, isNew: known === null })
  const errors = Object.fromEntries(
    Object.entries(reading.errors).filter(([name]) => names.includes(name) && (known === null || changed.includes(name))),
  )

  useLayoutEffect(() => {
    if (isDirty && !isSaved.current) keepInput(key, { typed, basis: newBasis(), base: ground?.version ?? null })
    else dropInput(key)
  }, [key, typed, isDirty])
  // A form nobody touches follows what is saved elsewhere.
  useEffect(() => {
    if (!hasMoved || (isDirty && !isSaved.current)) return
    isSaved.current = false
    rebase(known?.content ?? fresh)
  }, [hasMoved, isDirty, known?.version])
  const forecast = useForecast(kind, known, set, isDirty && !hasMoved && Object.keys(errors).length === 0, checks.refuse)

  const rebase = (content: Content) => {
    setGround(known && { version: known.version, content: known.content })
    setTyped(typedForm(kind, content))
    checks.clear()
  }
  const save = async (): Promise<string | null> => {
    if (isBusy || isInConflict || (known && !isDirty)) return null
    checks.leaveAll(Object.keys(errors))
    if (Object.keys(errors).length > 0) return null
    setBusy(true)
    try {
      const written = known
        ? await ask(changeRecord, { params: { kind, id: known.id }, body: { version: ground?.version ?? known.version, set } })
        : await ask(createRecord, { params: { kind }, body: { content: set } })
      isSaved.current = true
      dropInput(key)
      offerUndo(written.revision, written.sentence)
      await refresh()
      return written.id
    } catch (reason) {
      checks.fail(reason)
      if (reason instanceof ApiError && reason.problem.status === 412) again?.()
      return null
    } finally {
      setBusy(false)
    }
  }

  return {
    kind,
    input: { typed },
    reading,
    isNew: known === null,
    isDirty,
    isBusy,
    forecast,
    error: checks.error,
    conflict:
      known && isInConflict
        ? { base: ground?.content ?? null, mine: { ...(ground?.content ?? known.content), ...set }, theirs: known }
        : null,
    rebase,
    errorAt: (name) => checks.errorAt(name, errors),
    set: (name, value: TypedValue) => {
      setTyped((before) => ({ ...before, [name]: value }))
      checks.forgive(name)
    },
    leave: checks.leave,
    save,
    reset: () => {
      setTyped(start)
      checks.clear()
    },
  }
}

/** What the person began with: kept input may rest on a version that is not the present one. */
function groundOf(
  known: KnownRecord | null,
  keptBase: number | null | undefined,
): Pick<KnownRecord, 'version' | 'content'> | null {
  if (!known || (typeof keptBase === 'number' && keptBase !== known.version)) return null
  return { version: known.version, content: known.content }
}

interface Wish {
  names: readonly string[]
  changed: readonly string[]
  content: Content
  fresh: Content
  isNew: boolean
}

/** What is to be said: of a new record everything that is given, of a known one only what was changed. */
function wishOf({ names, changed, content, fresh, isNew }: Wish): Content {
  if (!isNew) return Object.fromEntries(changed.map((name) => [name, content[name]]))
  const given = names.filter((name) => content[name] !== null && content[name] !== undefined)
  return { ...fresh, ...Object.fromEntries(given.map((name) => [name, content[name]])) }
}

/** Names of the fields of a kind that people fill in one by one. */
export function askedNames(kind: MobileKindName): readonly string[] {
  const { fields, values } = declarationOf(kind)
  return Object.keys(values.shape).filter((name) => !['hidden', 'steps'].includes(fields[name]?.input ?? 'hidden'))
}
