import type { Phase } from '../../server/contract/codes.ts'
import { phaseRank } from '../../server/contract/layers/phase-look.ts'
import type { SectionSummary } from '../../server/contract/portal.ts'
import type { Overview } from './data.ts'

/** A district with what is built in it, as far as the chosen programme goes. */
export interface DistrictState {
  id: string
  name: string
  borough: string
  labelPoint: readonly [number, number]
  /** Phase that speaks for the district as a whole; null: only parts of it are known. */
  phase: Phase | null
  sections: readonly SectionSummary[]
}

/** Districts of an overview in their order; `programme` null: all programmes. */
export function districtStates({ districts, sections }: Overview, programme: string | null): DistrictState[] {
  return districts.map((district) => {
    const here = sections.filter(
      (section) => section.districtId === district.id && (programme === null || section.programmeId === programme),
    )
    return { ...district, sections: here, phase: wholePhase(here) }
  })
}

/** The furthest phase of the sections that cover the whole district; without any section nothing is known. */
function wholePhase(sections: readonly SectionSummary[]): Phase | null {
  const whole = sections.filter((section) => section.wholeDistrict)
  if (whole.length === 0) return sections.length === 0 ? 'unknown' : null
  return whole.map((section) => section.phase).reduce((a, b) => (phaseRank[b] > phaseRank[a] ? b : a))
}

/** How many districts are in which phase, furthest first; districts of which only parts are known are left out. */
export function countPhases(states: readonly DistrictState[]): [Phase, number][] {
  const counts = new Map<Phase, number>()
  for (const { phase } of states) if (phase) counts.set(phase, (counts.get(phase) ?? 0) + 1)
  return [...counts].sort(([a], [b]) => phaseRank[b] - phaseRank[a])
}
