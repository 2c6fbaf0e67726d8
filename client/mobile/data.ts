import { getSiteRequest, listMunicipalSites, listSiteRequests, mobileWriters } from '../../server/contract/mobile.ts'
import { resource } from '../ui/resource.tsx'
import { overview, user } from '../workbench/data.ts'
import { ask } from '../workbench/staff.ts'

/** All cases, with the clocks of the answer. */
export const requests = resource((_question: null, signal) => ask(listSiteRequests, { query: {}, signal }))

/** One case with candidates, files and neighbours. */
export const oneRequest = resource((id: string, signal) => ask(getSiteRequest, { params: { id }, query: {}, signal }))

export const municipalSites = resource((_question: null, signal) => ask(listMunicipalSites, { query: {}, signal }))

/** Whether the signed-in account may record anything here. */
export function mayChange(): boolean {
  return mobileWriters.some((role) => user.value?.roles.includes(role))
}

/** The revision that is known here: whatever is shown is asked again when it moves on. */
export function revisionNow(): number {
  return overview.answer.value?.clocks.revision ?? 0
}
