import { effect, signal } from '@preact/signals'
import { overview, revision } from './data.ts'

/** false: changes do not arrive at the moment. Said only after a while: short gaps heal by themselves. */
export const isLive = signal(true)

const retryMs = 5_000
const silenceMs = 10_000

/** Newest revision told of. */
const heard = signal(0)

/** Follows the changes of the content; what is shown is asked for again as soon as it is older than the newest. */
export function followChanges(): void {
  effect(() => {
    const shown = overview.answer.value?.clocks.revision
    if (shown !== undefined && heard.value > shown) revision.value = heard.value
  })
  let silence: ReturnType<typeof setTimeout> | undefined
  const connect = () => {
    const source = new EventSource('/api/live')
    source.addEventListener('revision', (event) => {
      clearTimeout(silence)
      silence = undefined
      isLive.value = true
      heard.value = Math.max(heard.peek(), Number(JSON.parse(event.data).revision) || 0)
    })
    source.addEventListener('error', () => {
      silence ??= setTimeout(() => {
        isLive.value = false
      }, silenceMs)
      // A refused connection is not tried again by the browser.
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, retryMs)
    })
  }
  connect()
}
