import type * as z from 'zod/mini'
import {
  type DeadZoneReport,
  type DeadZoneStatus,
  deadZoneStatuses,
  decideOnDeadZones,
  listDeadZoneReports,
  reportedOperators,
} from '../../server/contract/dead-zones.ts'
import { resource } from '../ui/resource.tsx'
import { addressWith, place } from '../workbench/place.ts'
import { ask } from '../workbench/staff.ts'

/** Which reports are shown; kept in the address. */
export interface Filter {
  status?: DeadZoneStatus
  operator?: DeadZoneReport['operator']
  districtId?: string
}

/** The filter in the address; what it does not know it leaves out. What is to be checked comes first. */
export function readFilter(query: URLSearchParams): Filter {
  const [status, operator, districtId] = ['zustand', 'netz', 'stadtteil'].map((name) => query.get(name) ?? '')
  const known = deadZoneStatuses.keys.find((key) => key === status)
  const network = reportedOperators.keys.find((key) => key === operator)
  return {
    ...(known ? { status: known } : status !== 'alle' && { status: 'pending' as const }),
    ...(network && { operator: network }),
    ...(districtId && { districtId }),
  }
}

/** Address of this page with another filter; '' clears it. */
export function filterAddress(name: 'zustand' | 'netz' | 'stadtteil', value: string): string {
  return addressWith({ [name]: value || null }, place.value)
}

type Page = z.output<(typeof listDeadZoneReports)['response']>

/** Reports that fit the filter, as far as they have been asked for. */
export const reports = resource(async ({ filter, known = [] }: { filter: Filter; known?: Page['reports'] }): Promise<Page> => {
  const before = known.at(-1)?.id
  const page = await ask(listDeadZoneReports, { query: { ...filter, ...(before && { before }) } })
  return { ...page, reports: [...known, ...page.reports] }
})

/** What was decided just now, and what it was before: for taking it back. */
export interface Decided {
  status: DeadZoneStatus
  before: readonly DeadZoneReport[]
  after: ReadonlyMap<number, number>
}

/** Decides on reports as they were seen. 409 when somebody else was faster. */
export async function decide(seen: readonly DeadZoneReport[], status: DeadZoneStatus, reason: string | null): Promise<Decided> {
  const latest = seen.map(({ id, decisions }) => ({ id, decision: decisions[0]?.id ?? null }))
  const done = await ask(decideOnDeadZones, { body: { reports: latest, status, reason } })
  return { status, before: seen, after: new Map(done.reports.map(({ id, decision }) => [id, decision])) }
}

/** Gives every report the state it had before, by new decisions. */
export async function takeBack({ before, after }: Decided): Promise<void> {
  const groups = Map.groupBy(before, ({ status, decisions }) => JSON.stringify([status, decisions[0]?.reason ?? null]))
  for (const [key, group] of groups) {
    const [status, reason] = JSON.parse(key) as [DeadZoneStatus, string | null]
    const latest = group.map(({ id }) => ({ id, decision: after.get(id) ?? null }))
    await ask(decideOnDeadZones, { body: { reports: latest, status, reason } })
  }
}
