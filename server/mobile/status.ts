import type { SiteStatus, SiteStep } from '../contract/mobile/codes.ts'
import type { Waiting } from '../contract/mobile.ts'

/** What status and waiting are told from. */
export interface CaseFacts {
  status: SiteStatus
  receivedOn: string
  steps: Readonly<Partial<Record<SiteStep, { on: string }>>>
  backhaul: string | null
  /** Statements of departments that are awaited, and the day the first was asked for. */
  reviews: { waiting: number; since: string } | null
}

/** The step a status comes from; the others come from the receipt or from the statements asked for. */
const stepOf: Partial<Record<SiteStatus, readonly SiteStep[]>> = {
  building_law_check: ['site_agreed'],
  permit_procedure: ['permit_applied'],
  site_certificate_pending: ['permit_granted', 'permit_exempt'],
  ready_to_build: ['site_certificate_issued', 'permit_granted', 'permit_exempt'],
  under_construction: ['construction_started', 'construction_finished'],
  commissioning_notified: ['commissioning_notified'],
  in_operation: ['in_operation'],
  rejected: ['rejected'],
  withdrawn: ['withdrawn'],
  decommissioned: ['decommissioned'],
}

/** ISO day since which the case has its status. */
export function statusSince({ status, receivedOn, steps, reviews }: CaseFacts): string {
  if (status === 'participation_open' && reviews) return reviews.since
  const days = (stepOf[status] ?? []).flatMap((step) => steps[step]?.on ?? [])
  if (status === 'under_construction') return days.toSorted()[0] ?? receivedOn
  return days.toSorted().at(-1) ?? receivedOn
}

/** Whom the case waits for and since when: the question of every meeting. null: it is over, or in operation. */
export function waitingFor(facts: CaseFacts): Waiting {
  const { status, steps, reviews, backhaul } = facts
  const since = statusSince(facts)
  switch (status) {
    case 'need_reported':
      return { for: 'operator', since, what: 'Suchkreis' }
    case 'search_area_received':
      return { for: 'city', since, what: 'Kandidaten suchen' }
    case 'candidates_under_review':
      return { for: 'city', since, what: 'Kandidaten abstimmen' }
    case 'participation_open':
      return {
        for: 'departments',
        since,
        what: reviews?.waiting === 1 ? '1 Stellungnahme' : `${reviews?.waiting} Stellungnahmen`,
      }
    case 'building_law_check':
      return { for: 'city', since, what: 'Baurecht klären' }
    case 'permit_procedure':
      return { for: 'building_control', since, what: 'Baugenehmigung' }
    case 'site_certificate_pending':
      return steps.site_certificate_applied
        ? { for: 'network_agency', since: steps.site_certificate_applied.on, what: 'Standortbescheinigung' }
        : { for: 'operator', since, what: 'Antrag auf Standortbescheinigung' }
    case 'ready_to_build':
      return { for: 'operator', since, what: 'Baubeginn' }
    case 'under_construction':
      return waitingInConstruction(steps, since, backhaul)
    case 'commissioning_notified':
      return { for: 'operator', since, what: 'Inbetriebnahme' }
    default:
      return null
  }
}

function waitingInConstruction(steps: CaseFacts['steps'], since: string, backhaul: string | null): Waiting {
  const finished = steps.construction_finished
  if (!finished) return { for: 'operator', since, what: 'Bau' }
  if (!steps.power_ready) return { for: 'network', since: finished.on, what: 'Stromanschluss' }
  if (backhaul === 'fibre' && !steps.fibre_ready) return { for: 'network', since: finished.on, what: 'Glasfaseranschluss' }
  return { for: 'operator', since: finished.on, what: 'Anzeige der Inbetriebnahme' }
}
