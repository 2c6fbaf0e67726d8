import { mobileSitesLayer } from '../../../server/contract/layers/mobile-sites.ts'
import { mobileTechnologies, publicSiteStatuses } from '../../../server/contract/mobile/codes.ts'
import type { SiteCandidate } from '../../../server/contract/mobile/site-candidate.ts'
import type { SiteRequest } from '../../../server/contract/mobile/site-request.ts'
import type { Position } from '../../workbench/map/geometry.ts'
import { positionWords } from '../form/place-input.tsx'
import { dayWords, operatorWords } from '../words.ts'

/** Which step makes a site public as what, the furthest first (SQL: layer_mobile_sites). */
const publicSteps = [
  ['in_operation', 'in_operation'],
  ['construction_started', 'under_construction'],
  ['site_agreed', 'agreed'],
] as const

/** Once one of these is taken, nothing of the case is public any more. */
const endings = ['decommissioned', 'withdrawn', 'rejected'] as const

export interface PublicLine {
  label: string
  value: string
}

interface Shown {
  candidate: SiteCandidate
  request: SiteRequest
  /** Name of the district it stands in. */
  district: string | null
}

/** Everything the public would see of a candidate, word for word; nothing else leaves. null: nothing yet, by the steps of the case. */
export function publicView({ candidate, request, district }: Shown): PublicLine[] | null {
  const reached = publicSteps.find(([step]) => request.steps[step])
  if (!reached || endings.some((step) => request.steps[step])) return null
  const [step, status] = reached
  const { properties } = mobileSitesLayer
  const line = (name: keyof typeof properties, value: string | null) => ({
    label: properties[name]?.label.de ?? name,
    value: value || '–',
  })
  const [longitude = 0, latitude = 0] = candidate.geom.coordinates
  return [
    line('name', candidate.publicName ?? district),
    line('district', district),
    { label: 'Lage', value: `genau, ${positionWords([longitude, latitude] as Position)}` },
    line('operators', operatorWords(request.operators)),
    line('technologies', request.technologies.map((one) => mobileTechnologies.labels[one].de).join(', ')),
    line('status', publicSiteStatuses.labels[status].de),
    line('since', dayWords(request.steps[step]?.on)),
    line('note', candidate.publicNote),
  ]
}
