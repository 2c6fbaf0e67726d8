import { useState } from 'preact/hooks'
import { ApiError } from '../api.ts'
import { noticeRefusal } from './me.ts'

/** Something a person sets going and waits for. */
export interface Task<Input> {
  run: (input: Input) => Promise<void>
  isBusy: boolean
  /** The refusal, when it belongs to no field. */
  error: unknown
  /** The refusal of a field. */
  errorAt: (field: string) => string | undefined
  /** How often it was refused: changes with each refusal, also with the same one. */
  refusals: number
}

/** Runs `work` at most once at a time and keeps what the server refuses. */
export function useTask<Input>(work: (input: Input) => Promise<unknown>): Task<Input> {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [refusals, setRefusals] = useState(0)
  const run = async (input: Input) => {
    if (isBusy) return
    setBusy(true)
    setError(null)
    try {
      await work(input)
    } catch (reason) {
      setError(reason)
      setRefusals((count) => count + 1)
      noticeRefusal(reason)
    } finally {
      setBusy(false)
    }
  }
  const isAtFields = error instanceof ApiError && (error.problem.errors?.length ?? 0) > 0
  const errorAt = (field: string) => (error instanceof ApiError ? error.field(field) : undefined)
  return { run, isBusy, error: isAtFields ? null : error, errorAt, refusals }
}
