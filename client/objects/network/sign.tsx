import { ground } from '../../../server/contract/layers/phase-look.ts'
import type { NetworkStatus } from '../../../server/contract/objects/codes.ts'
import type { LineKind, NetworkKind } from '../../../server/contract/objects.ts'
import { theme } from '../../ui/theme.ts'
import { hasHeart, heartShares, lineShapes, networkInks, statusDashes, structureDashes, structureLetters } from './looks.ts'

interface SignProps {
  kind: NetworkKind
  status?: string
  /** Of a structure. */
  type?: string
  /** A duct that was there before. */
  isReused?: boolean
}

/** How an object is drawn on the map. Decoration: the word stands beside it. */
export function NetworkSign({ kind, status = 'laid', type, isReused = false }: SignProps) {
  return kind === 'structure' ? (
    <StructureSign status={status as NetworkStatus} letter={type === undefined ? '' : (structureLetters[type] ?? '?')} />
  ) : (
    <LineSign kind={kind} status={status as NetworkStatus} isReused={isReused} />
  )
}

function LineSign({ kind, status, isReused }: { kind: LineKind; status: NetworkStatus; isReused: boolean }) {
  const { width } = lineShapes[kind]
  const line = (stroke: string, strokeWidth: number, dashes?: readonly number[] | null) => (
    <path
      d="M1 6H29"
      stroke={stroke}
      stroke-width={strokeWidth}
      {...(dashes && { 'stroke-dasharray': dashes.map((dash) => dash * width).join(' ') })}
    />
  )
  return (
    <svg class="network-sign" viewBox="0 0 30 12" width="30" height="12" aria-hidden="true">
      {line(networkInks[kind][theme.value], width, statusDashes[status])}
      {hasHeart(kind, status, isReused) && line(ground.halo[theme.value], width * heartShares[kind])}
    </svg>
  )
}

function StructureSign({ status, letter }: { status: NetworkStatus; letter: string }) {
  const ink = networkInks.structure[theme.value]
  const isLaid = status === 'laid'
  const paper = ground.halo[theme.value]
  return (
    <svg class="network-sign" viewBox="0 0 22 22" width="20" height="20" aria-hidden="true">
      <rect
        x="2.5"
        y="2.5"
        width="17"
        height="17"
        rx="3"
        fill={isLaid ? ink : paper}
        stroke={ink}
        stroke-width="2"
        stroke-dasharray={structureDashes[status]?.join(' ')}
      />
      <text x="11" y="15.5" text-anchor="middle" font-size="12" font-weight="600" fill={isLaid ? paper : ink}>
        {letter}
      </text>
    </svg>
  )
}
