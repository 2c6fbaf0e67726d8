import { useLayoutEffect, useState } from 'preact/hooks'
import type { LogKindName } from '../../server/contract/activities/index.ts'
import { ApiError } from '../api.ts'
import { explain } from '../ui/notice.tsx'
import { announce } from '../ui/toast.tsx'
import { saveEntry } from './data.ts'
import type { EntryReading, Typed } from './typed.ts'

/** The form of an entry: what is typed, what it means, and what is wrong with it. */
export interface EntryForm {
  typed: Typed
  reading: EntryReading
  isBusy: boolean
  /** Said by the server about no field of this form. */
  failure: string | null
  errorAt: (name: string) => string | undefined
  set: (name: string, value: string) => void
  leave: (name: string) => void
  /** Label, hint, value, error and events of a text box. */
  wire: (name: string) => {
    name: string
    value: string
    error: string | undefined
    onInput: (event: Event) => void
    onBlur: () => void
  }
  save: () => Promise<boolean>
}

interface Wish {
  kind: LogKindName
  /** What the form begins with. */
  start: Typed
  read: (typed: Typed) => EntryReading
  /** What stands in the form after saving, with which the next entry begins. */
  next?: (typed: Typed) => Typed
  /** The entry that is corrected; null: a new one. */
  base: { id: string; version: number } | null
  /** Where unsaved input is kept over a reload. */
  keptAs: string
}

const prefix = 'ausbauatlas.taetigkeiten.'

export function useEntry({ kind, start, read, next, base, keptAs }: Wish): EntryForm {
  const [typed, setTyped] = useState<Typed>(() => ({ ...start, ...kept(keptAs) }))
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({})
  const [failure, setFailure] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const reading = read(typed)
  useLayoutEffect(() => sessionStorage.setItem(prefix + keptAs, JSON.stringify(typed)), [typed])

  const errorAt = (name: string) => refused[name] ?? (left.has(name) ? reading.errors[name] : undefined)
  const set = (name: string, value: string) => {
    setTyped((before) => ({ ...before, [name]: value }))
    setRefused(({ [name]: _, ...others }) => others)
  }
  const leave = (name: string) => typed[name] && setLeft(new Set([...left, name]))
  const save = async () => {
    setFailure(null)
    setLeft(new Set(Object.keys(reading.errors)))
    if (Object.keys(reading.errors).length > 0) return false
    setBusy(true)
    try {
      const { sentence } = await saveEntry(kind, reading.content, base)
      announce(sentence)
      setLeft(new Set())
      // A corrected entry is left; the next correction begins with its new version.
      if (next) setTyped(next(typed))
      else sessionStorage.removeItem(prefix + keptAs)
      return true
    } catch (error) {
      const fields = fieldErrors(error, reading)
      setRefused(fields)
      setFailure(Object.keys(fields).length > 0 ? null : explain(error))
      return false
    } finally {
      setBusy(false)
    }
  }
  const wire = (name: string) => ({
    ...{ name, value: typed[name] ?? '', error: errorAt(name) },
    onInput: (event: Event) => set(name, (event.currentTarget as HTMLInputElement).value),
    onBlur: () => void leave(name),
  })
  return { typed, reading, isBusy, failure, errorAt, set, leave, wire, save }
}

/** What an earlier visit left in the form; nothing when it cannot be read. */
function kept(name: string): Typed {
  try {
    return JSON.parse(sessionStorage.getItem(prefix + name) ?? '{}')
  } catch {
    return {}
  }
}

function fieldErrors(error: unknown, { content }: EntryReading): Readonly<Record<string, string>> {
  const named = error instanceof ApiError ? (error.problem.errors ?? []) : []
  return Object.fromEntries(named.filter(({ field }) => field in content).map(({ field, detail }) => [field, detail]))
}

/** To the first field that is wrong, or to where the next entry begins. */
export function focusAfter(form: HTMLFormElement | null, isSaved: boolean, first: string): void {
  requestAnimationFrame(() => {
    const target = isSaved ? `[name="${first}"]` : '[aria-invalid="true"]'
    form?.querySelector<HTMLElement>(target)?.focus()
  })
}
