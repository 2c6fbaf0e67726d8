import { batch, type ReadonlySignal, signal } from '@preact/signals'
import type { ComponentChildren, VNode } from 'preact'
import { Failure } from './notice.tsx'
import { Skeleton } from './skeleton.tsx'

/** An answer of the server that a page shows. While a new one is on its way the old one stays; the last question wins. */
export interface Resource<Question, Answer> {
  answer: ReadonlySignal<Answer | null>
  error: ReadonlySignal<unknown>
  loading: ReadonlySignal<boolean>
  ask: (question: Question) => Promise<void>
  /** Asks the last question again. */
  again: () => Promise<void>
  /** Forgets the answer: the next one is for something else. */
  forget: () => void
}

export function resource<Question, Answer>(
  fetcher: (question: Question, signal: AbortSignal) => Promise<Answer>,
): Resource<Question, Answer> {
  const answer = signal<Answer | null>(null)
  const error = signal<unknown>(null)
  const loading = signal(false)
  let running: AbortController | null = null
  let last: { question: Question } | null = null

  async function ask(question: Question): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    last = { question }
    loading.value = true
    try {
      const result = await fetcher(question, mine.signal)
      if (running === mine) settle(result, null)
    } catch (reason) {
      if (running === mine) settle(answer.peek(), reason)
    }
  }

  function settle(result: Answer | null, reason: unknown): void {
    batch(() => {
      answer.value = result
      error.value = reason
      loading.value = false
    })
  }

  function forget(): void {
    running?.abort()
    running = null
    settle(null, null)
  }

  return { answer, error, loading, ask, again: async () => (last ? ask(last.question) : undefined), forget }
}

/** Shows an answer, or what is missing for it: the shape of what comes, or the failure with a way to try again. */
export function Loaded<Answer>(props: {
  from: Resource<never, Answer>
  skeleton?: VNode
  children: (answer: Answer) => ComponentChildren
}) {
  const { answer, error } = props.from
  return (
    <>
      {error.value !== null && <Failure error={error.value} retry={props.from.again} />}
      {answer.value !== null ? props.children(answer.value) : error.value === null && (props.skeleton ?? <Skeleton heading />)}
    </>
  )
}
