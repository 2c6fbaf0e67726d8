import { useId } from 'preact/hooks'
import { type Phase, phases } from '../../server/contract/codes.ts'
import type { LegendEntry } from '../../server/contract/layers/layer.ts'
import { patterns } from '../../server/contract/layers/patterns.ts'
import { phaseLooks } from '../../server/contract/layers/phase-look.ts'
import { say } from './language.ts'
import { theme } from './theme.ts'

/** Colour and pattern as on the map. Decoration: the word stands beside it. */
export function Swatch({ look }: { look: Omit<LegendEntry, 'label'> }) {
  const id = useId()
  const pattern = look.pattern && patterns[look.pattern]
  return (
    <svg class="swatch" viewBox="0 0 32 22" width="32" height="22" aria-hidden="true">
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

export function PhaseSwatch({ phase }: { phase: Phase }) {
  return <Swatch look={phaseLooks[phase]} />
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
