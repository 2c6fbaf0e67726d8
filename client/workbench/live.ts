import { signal } from '@preact/signals'
import { overview, refresh } from './data.ts'

/** false: what others publish does not arrive at the moment. */
export const isLive = signal(true)

const retryMs = 5_000

/** Follows publications: whatever is shown is read anew, also what colleagues changed. Returns how to stop. */
export function followPublications(): () => void {
  let source: EventSource | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let seen = 0
  const connect = () => {
    source = new EventSource('/api/live')
    source.addEventListener('revision', (event) => {
      isLive.value = true
      const revision = Number((JSON.parse(event.data) as { revision?: unknown }).revision)
      const isNew = revision > Math.max(seen, overview.answer.peek()?.clocks.revision ?? 0)
      seen = Math.max(seen, revision)
      if (isNew) void refresh()
    })
    source.addEventListener('error', () => {
      isLive.value = false
      // A refused connection is not tried again by the browser.
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(connect, retryMs)
    })
  }
  connect()
  return () => {
    clearTimeout(retry)
    source?.close()
  }
}
