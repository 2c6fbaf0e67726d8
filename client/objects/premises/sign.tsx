import type { ConnectionState, PremisesKind } from '../../../server/contract/objects/codes.ts'
import { theme } from '../../ui/theme.ts'
import { kindShapes, stateLooks } from './looks.ts'
import { kindWords, stateWords } from './words.ts'

/** Shape of the kind, colour and mark of the state, as on the map. Decoration: the word stands beside it. */
export function PremisesSign({ kind = 'household', state }: { kind?: string; state?: string }) {
  const look = stateLooks[state as ConnectionState] ?? stateLooks.not_served
  const shape = kindShapes[kind as PremisesKind] ?? kindShapes.household
  return (
    <svg class="premises-sign" viewBox="-1 -1 26 26" width="22" height="22" aria-hidden="true">
      <path d={shape} fill={look.color[theme.value]} stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" />
      {look.mark && <path d={look.mark} fill="none" stroke={look.ink[theme.value]} stroke-width="2" stroke-linecap="round" />}
    </svg>
  )
}

export function StateBadge({ state, kind }: { state: string; kind?: string }) {
  return (
    <span class="premises-badge">
      <PremisesSign state={state} {...(kind && { kind })} />
      {stateWords(state)}
    </span>
  )
}

export function KindBadge({ kind }: { kind: string }) {
  return (
    <span class="premises-badge">
      <PremisesSign kind={kind} />
      {kindWords(kind)}
    </span>
  )
}
