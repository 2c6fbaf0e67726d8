import { mobileWriters } from '../../server/contract/mobile.ts'
import { getCalendarLink, getOutlook, getParticipation, listDeadlines } from '../../server/contract/participation.ts'
import { resource } from '../ui/resource.tsx'
import { user } from '../workbench/data.ts'
import { ask } from '../workbench/staff.ts'

/** Clocks, departments and replies of the case that is open. */
export const participation = resource((id: string, signal) => ask(getParticipation, { params: { id }, signal }))

/** Clocks of all cases. */
export const deadlines = resource((_question: null, signal) => ask(listDeadlines, { signal }))

/** What goes out next. */
export const outlook = resource((_question: null, signal) => ask(getOutlook, { signal }))

export const calendarLink = resource((_question: null, signal) => ask(getCalendarLink, { signal }))

/** Whether the signed-in account may ask, remind and record. */
export function mayAct(): boolean {
  return mobileWriters.some((role) => user.value?.roles.includes(role))
}
