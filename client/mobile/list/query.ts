import { caseTypes, mobileOperators, siteStatuses, waitedFor } from '../../../server/contract/mobile/codes.ts'
import type { RequestSummary } from '../../../server/contract/mobile.ts'

/** Ways to show the one list, as the address names them. */
export const displays = { tafel: 'Tafel', tabelle: 'Tabelle', karte: 'Karte', engpass: 'Wer wartet auf wen' } as const
export type Display = keyof typeof displays

/** Parts of the filter and how they are called in the address. */
export const filterNames = {
  q: 'suche',
  operator: 'betreiber',
  status: 'status',
  district: 'stadtteil',
  waiting: 'wartet',
} as const
export type FilterPart = keyof typeof filterNames
export type CaseFilter = Readonly<Partial<Record<FilterPart, string>>>

const isKnown: Readonly<Record<FilterPart, (value: string) => boolean>> = {
  q: () => true,
  operator: (value) => value in mobileOperators.labels,
  status: (value) => value in siteStatuses.labels,
  district: (value) => /^[a-z0-9_-]+$/.test(value),
  waiting: (value) => value in waitedFor.labels,
}

export function readDisplay(query: URLSearchParams): Display {
  const named = query.get('ansicht') ?? ''
  return Object.hasOwn(displays, named) ? (named as Display) : 'tafel'
}

/** The filter in the address; what is not understood is left out. */
export function readFilter(query: URLSearchParams): CaseFilter {
  const pairs = (Object.keys(filterNames) as FilterPart[]).flatMap((part) => {
    const value = query.get(filterNames[part])?.trim().slice(0, 200) ?? ''
    return value !== '' && isKnown[part](value) ? [[part, value] as const] : []
  })
  return Object.fromEntries(pairs)
}

/** Whether a case is among those looked for; `nameOf` says what a district is called. */
export function fits(request: RequestSummary, filter: CaseFilter, nameOf: (districtId: string) => string): boolean {
  const { operator, status, district, waiting, q } = filter
  if (operator && !request.content.operators.some((one) => one === operator)) return false
  if (status && request.status !== status) return false
  if (district && !request.districtIds.includes(district)) return false
  if (waiting && request.waiting?.for !== waiting) return false
  return !q || containsAll(searched(request, nameOf), q)
}

function searched({ content, status, agreed, districtIds }: RequestSummary, nameOf: (districtId: string) => string): string {
  const { operators, caseNumber, caseType, operatorSiteCode, towerCompany, contactName, purposeNote, note } = content
  return [
    ...operators.map((operator) => mobileOperators.labels[operator].de),
    ...districtIds.map(nameOf),
    caseTypes.labels[caseType].de,
    siteStatuses.labels[status].de,
    ...[caseNumber, operatorSiteCode, towerCompany, contactName, purposeNote, note, agreed].filter((text) => text !== null),
  ].join(' ')
}

/** Every word typed must stand somewhere. */
function containsAll(text: string, typed: string): boolean {
  const inside = text.toLocaleLowerCase('de')
  return typed
    .toLocaleLowerCase('de')
    .split(/\s+/)
    .every((word) => inside.includes(word))
}
