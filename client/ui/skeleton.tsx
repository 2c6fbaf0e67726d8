import { say } from './language.ts'
import { uiTexts } from './texts.ts'

/** The shape of what comes: a heading and lines of text, in share of the width. */
export function Skeleton({ lines = [90, 100, 70], heading = false }: { lines?: readonly number[]; heading?: boolean }) {
  return (
    <div class="skeleton" aria-busy="true">
      <span class="kern-sr-only">{say(uiTexts.loading)}</span>
      {heading && <span class="skeleton__heading" />}
      {lines.map((width, index) => (
        <span key={`${index}-${width}`} class="skeleton__line" style={{ width: `${width}%` }} />
      ))}
    </div>
  )
}
