import { useId } from 'preact/hooks'
import { type Phase, phases } from '../../server/contract/codes.ts'
import { patterns, phaseLooks } from '../../server/contract/layers/phase-look.ts'
import { say } from './language.ts'
import { theme } from './theme.ts'

/** Colour and pattern of a phase as on the map. Decoration: the word stands beside it. */
export function PhaseSwatch({ phase }: { phase: Phase }) {
  const id = useId()
  const look = phaseLooks[phase]
  const pattern = look.pattern && patterns[look.pattern]
  return (
    <svg class="phase-swatch" viewBox="0 0 32 22" width="32" height="22" aria-hidden="true">
      {pattern && (
        <pattern id={id} width={pattern.size} height={pattern.size} patternUnits="userSpaceOnUse">
          <path d={pattern.path} stroke={look.ink[theme.value]} stroke-width={pattern.width} stroke-linecap="round" fill="none" />
        </pattern>
      )}
      <rect x="1" y="1" width="30" height="20" rx="3" fill={look.color[theme.value]} />
      {pattern && <rect x="1" y="1" width="30" height="20" rx="3" fill={`url(#${id})`} />}
      <rect x="1" y="1" width="30" height="20" rx="3" fill="none" stroke="currentColor" stroke-width="1.5" />
    </svg>
  )
}

/** A phase in one line: swatch and word. */
export function PhaseBadge({ phase }: { phase: Phase }) {
  return (
    <span class="phase-badge">
      <PhaseSwatch phase={phase} />
      {say(phases.labels[phase])}
    </span>
  )
}
