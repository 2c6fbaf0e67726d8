import { getSiteRequest, listMunicipalSites, listSiteRequests, mobileWriters } from '../../server/contract/mobile.ts'
import { listDeadlines } from '../../server/contract/participation.ts'
import { resource } from '../ui/resource.tsx'
import { overview, user } from '../workbench/data.ts'
import { ask } from '../workbench/staff.ts'

/** All cases, with the clocks of the answer. */
export const requests = resource((_question: null, signal) => ask(listSiteRequests, { query: {}, signal }))

/** One case with candidates, files and neighbours. */
export const oneRequest = resource((id: string, signal) => ask(getSiteRequest, { params: { id }, query: {}, signal }))

export const municipalSites = resource((_question: null, signal) => ask(listMunicipalSites, { query: {}, signal }))

/** The clocks of all cases that are not over. */
export const deadlines = resource(async (_question: null, signal) => {
  const { cases } = await ask(listDeadlines, { signal })
  return new Map(cases.map(({ requestId, clocks }) => [requestId, clocks]))
})

/** Whether the signed-in account may record anything here. */
export function mayChange(): boolean {
  return mobileWriters.some((role) => user.value?.roles.includes(role))
}

/** The revision that is known here: whatever is shown is asked again when it moves on. */
export function revisionNow(): number {
  return overview.answer.value?.clocks.revision ?? 0
}
