import type * as z from 'zod/mini'
import {
  exportFindings,
  listFindings,
  listRules,
  type QualityRuleId,
  qualityRules,
  type Severity,
  severities,
} from '../../server/contract/quality.ts'
import { resource } from '../ui/resource.tsx'
import { addressWith, place } from '../workbench/place.ts'
import { ask } from '../workbench/staff.ts'

export type Status = 'open' | 'accepted' | 'resolved'

/** Which findings are shown; kept in the address. */
export interface Filter {
  rule?: QualityRuleId
  severity?: Severity
  districtId?: string
  status: Status
}

export const statuses: Readonly<Record<Status, string>> = { open: 'offen', accepted: 'erklärt', resolved: 'erledigt' }

/** The filter in the address; what it does not know it leaves out. */
export function readFilter(query: URLSearchParams): Filter {
  const [rule, severity, district, status] = ['regel', 'schwere', 'stadtteil', 'zustand'].map((name) => query.get(name) ?? '')
  return {
    ...(rule && rule in qualityRules && { rule: rule as QualityRuleId }),
    ...(severity && severity in severities.labels && { severity: severity as Severity }),
    ...(district && { districtId: district }),
    status: status && status in statuses ? (status as Status) : 'open',
  }
}

/** Address of this page with another filter; '' clears it. */
export function filterAddress(name: 'regel' | 'schwere' | 'stadtteil' | 'zustand', value: string): string {
  return addressWith({ [name]: value || null }, place.value)
}

type Page = z.output<(typeof listFindings)['response']>

const pageSize = 100

/** Findings that fit the filter, as far as they have been asked for. */
export const findings = resource(async ({ filter, known = [] }: { filter: Filter; known?: Page['findings'] }): Promise<Page> => {
  const after = known.at(-1)?.id
  const { findings: more, next } = await ask(listFindings, { query: { ...filter, limit: pageSize, ...(after && { after }) } })
  return { findings: [...known, ...more], next }
})

export const rules = resource(async () => ask(listRules))

/** The same findings for a spreadsheet. */
export function exportAddress(filter: Filter): string {
  return `${exportFindings.path}?${new URLSearchParams(Object.entries(filter))}`
}

export async function readAgain(): Promise<void> {
  await Promise.all([findings.again(), rules.again()])
}
