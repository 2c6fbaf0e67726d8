import { signal } from '@preact/signals'
import { Icon } from './icon.tsx'

interface Toast {
  id: number
  text: string
  kind: 'info' | 'success' | 'warning' | 'danger'
}

const toasts = signal<readonly Toast[]>([])
const spoken = signal('')
let count = 0

/** Says in the corner (and to a screen reader) that something is done. Never the only place of an error or of an action. */
export function toast(text: string, kind: Toast['kind'] = 'success'): void {
  count += 1
  const id = count
  toasts.value = [...toasts.value, { id, text, kind }]
  setTimeout(() => {
    toasts.value = toasts.value.filter((one) => one.id !== id)
  }, 6000)
}

/** Says something to screen readers only; the same text again is said again. */
export function announce(text: string): void {
  spoken.value = spoken.peek() === text ? `${text}\u00a0` : text
}

/** Where toasts and announcements appear: once per page, from the start, or screen readers miss the first. */
export function Announcements() {
  return (
    <>
      <div class="kern-sr-only" role="status" aria-live="polite" data-announcement>
        {spoken}
      </div>
      <div class="toasts" role="status" aria-live="polite">
        {toasts.value.map((one) => (
          <p key={one.id} class="toast">
            <Icon name={one.kind} small />
            {one.text}
          </p>
        ))}
      </div>
    </>
  )
}
