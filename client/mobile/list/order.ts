import type { SiteStatus, WaitedFor } from '../../../server/contract/mobile/codes.ts'
import type { RequestSummary } from '../../../server/contract/mobile.ts'

/** A column of the board: statuses between which a case needs the same kind of work. */
export interface Stage {
  name: string
  statuses: readonly SiteStatus[]
}

/** The way of a case from left to right. */
export const stages: readonly Stage[] = [
  { name: 'Neu', statuses: ['need_reported', 'search_area_received', 'candidates_under_review'] },
  { name: 'Beteiligung', statuses: ['participation_open'] },
  { name: 'Baurecht und Genehmigung', statuses: ['building_law_check', 'permit_procedure', 'site_certificate_pending'] },
  { name: 'Bau', statuses: ['ready_to_build', 'under_construction', 'commissioning_notified'] },
  { name: 'In Betrieb', statuses: ['in_operation'] },
  { name: 'Beendet', statuses: ['rejected', 'withdrawn', 'decommissioned'] },
]

/** How pressing the deadlines of a case are: 0 most, as `urgencyOf` of the page says. */
export type Urgency = (request: RequestSummary) => number

/**
 * What needs attention first: the most pressing deadline, then what waits for the coordination itself, then what has waited longest; what
 * waits for nobody comes last, newest first.
 */
export function byAttention(urgency: Urgency): (a: RequestSummary, b: RequestSummary) => number {
  return (a, b) => {
    if (!a.waiting || !b.waiting) return a.waiting ? -1 : b.waiting ? 1 : compare(b.statusSince, a.statusSince)
    return (
      urgency(a) - urgency(b) ||
      Number(b.waiting.for === 'city') - Number(a.waiting.for === 'city') ||
      compare(a.waiting.since, b.waiting.since) ||
      compare(a.id, b.id)
    )
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

export interface Queue {
  for: WaitedFor
  /** Longest waiting first. */
  requests: readonly RequestSummary[]
}

/** Who keeps whom waiting: cases by whom they wait for, the queue with the longest wait first. */
export function queuesOf(requests: readonly RequestSummary[]): Queue[] {
  const waiting = requests.filter(({ waiting }) => waiting !== null).sort((a, b) => compare(sinceOf(a), sinceOf(b)))
  return [...Map.groupBy(waiting, (request) => request.waiting?.for as WaitedFor)].map(([whom, those]) => ({
    for: whom,
    requests: those,
  }))
}

export function sinceOf({ waiting }: RequestSummary): string {
  return waiting?.since ?? ''
}
