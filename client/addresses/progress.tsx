import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

/** How far something is, in words and as a bar, with what can be done about it. */
export function Progress({ label, share, children }: { label: string; share: number; children?: ComponentChildren }) {
  const id = useId()
  const percent = Math.floor(Math.min(1, share) * 100)
  return (
    <div class="addresses__progress">
      <label for={id}>
        {label}: {percent} %
      </label>
      <progress id={id} max={100} value={percent} />
      {children}
    </div>
  )
}
