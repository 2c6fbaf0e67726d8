import { municipalSite } from './municipal-site.ts'
import { siteCandidate } from './site-candidate.ts'
import { siteRequest } from './site-request.ts'

/** Records of the mobile desk (ADR 0016). */
export const mobileKinds = { site_request: siteRequest, site_candidate: siteCandidate, municipal_site: municipalSite } as const

export type MobileKindName = keyof typeof mobileKinds
