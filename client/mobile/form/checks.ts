import { useEffect, useState } from 'preact/hooks'
import type { MobileKindName } from '../../../server/contract/mobile/index.ts'
import { previewRecord, type RecordForecast } from '../../../server/contract/mobile.ts'
import { ApiError } from '../../api.ts'
import { refusedFields } from '../../workbench/form/use-basis.ts'
import type { Content } from '../../workbench/form/values.ts'
import { ask } from '../../workbench/staff.ts'

const waitMs = 400

/** What is wrong, and where it is shown: at a field only after somebody has left it or tried to save. */
export function useChecks() {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({})
  const [error, setError] = useState<unknown>(null)
  return {
    error,
    refuse: setRefused,
    errorAt: (name: string, errors: Readonly<Record<string, string>>) =>
      refused[name] ?? (left.has(name) ? errors[name] : undefined),
    forgive: (name: string) => setRefused((before) => Object.fromEntries(Object.entries(before).filter(([one]) => one !== name))),
    leave: (name: string) => setLeft((before) => new Set([...before, name])),
    leaveAll: (names: readonly string[]) => {
      setError(null)
      setLeft((before) => new Set([...before, ...names]))
    },
    fail: (reason: unknown) => {
      const status = reason instanceof ApiError ? reason.problem.status : 0
      if (status === 422) setRefused(refusedFields((reason as ApiError).problem))
      if (status !== 412) setError(reason)
    },
    clear: () => {
      setRefused({})
      setError(null)
      setLeft(new Set())
    },
  }
}

/** Asks a moment after the last change what saving would mean; what is impossible is named at its field. */
export function useForecast(
  kind: MobileKindName,
  known: { id: string; version: number } | null,
  content: Content,
  isReady: boolean,
  refuse: (fields: Readonly<Record<string, string>>) => void,
): RecordForecast | null {
  const [forecast, setForecast] = useState<RecordForecast | null>(null)
  const question = JSON.stringify(content)
  useEffect(() => {
    if (!isReady) {
      setForecast(null)
      return
    }
    const aborter = new AbortController()
    const timer = setTimeout(() => {
      ask(previewRecord, { params: { kind }, body: { id: known?.id ?? null, content }, signal: aborter.signal })
        .then((answer) => {
          setForecast(answer)
          refuse({})
        })
        .catch((reason) => {
          setForecast(null)
          if (reason instanceof ApiError && reason.problem.status === 422) refuse(refusedFields(reason.problem))
        })
    }, waitMs)
    return () => {
      clearTimeout(timer)
      aborter.abort()
    }
  }, [question, isReady, known?.version])
  return forecast
}
