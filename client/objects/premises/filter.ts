import { fundingClasses } from '../../../server/contract/codes.ts'
import { connectionStates, premisesKinds } from '../../../server/contract/objects/codes.ts'
import { lacks, type ObjectFilterInput, type ObjectOrder, objectOrders } from '../../../server/contract/objects.ts'

/** The parts of a filter of premises, in the order of the page, and how they are called in the address. */
const parameters = {
  q: 'suche',
  districtId: 'stadtteil',
  premisesKind: 'art',
  state: 'zustand',
  fundingClass: 'klasse',
  programmeId: 'programm',
  sectionId: 'abschnitt',
  operator: 'betreiber',
  lacks: 'fehlt',
  bbox: 'rahmen',
  changeId: 'aenderung',
} as const satisfies Partial<Record<keyof ObjectFilterInput, string>>

export type FilterPart = keyof typeof parameters
/** What is filtered by: each part as text, several values separated by commas. */
export type PremisesFilter = Readonly<Partial<Record<FilterPart, string>>>

const parts = Object.keys(parameters) as FilterPart[]
const id = /^[a-z0-9:_-]{1,300}$/
const degrees = /^-?[\d.]+(,-?[\d.]+){3}$/

/** Codes that exist; an old link may name others. */
const known: Partial<Record<FilterPart, (value: string) => boolean>> = {
  districtId: (value) => id.test(value),
  programmeId: (value) => id.test(value),
  sectionId: (value) => id.test(value),
  premisesKind: (value) => Object.hasOwn(premisesKinds.labels, value),
  state: (value) => Object.hasOwn(connectionStates.labels, value),
  fundingClass: (value) => Object.hasOwn(fundingClasses.labels, value),
  lacks: (value) => lacks.some((lack) => lack === value),
  changeId: (value) => /^[1-9]\d{0,15}$/.test(value),
}

/** Whether a part holds several values; the others are taken as they are written. */
export function isList(part: FilterPart): boolean {
  return part !== 'q' && part !== 'operator' && part !== 'bbox' && part !== 'changeId'
}

function understood(part: FilterPart, text: string): string {
  if (part === 'bbox') return degrees.test(text) ? text : ''
  const isKnown = known[part]
  if (!isKnown) return text.slice(0, 200)
  return text.split(',').filter(isKnown).slice(0, 50).join(',')
}

/** The filter in the address; what is not understood is left out. */
export function readFilter(query: URLSearchParams): PremisesFilter {
  const pairs = parts.flatMap((part) => {
    const value = understood(part, query.get(parameters[part]) ?? '')
    return value ? [[part, value] as const] : []
  })
  return Object.fromEntries(pairs)
}

/** What changes in the address when a part of the filter gets another value; '' clears it. An opened object stays. */
export function filterChange(part: FilterPart, value: string): Record<string, string | null> {
  return { [parameters[part]]: value || null }
}

/** What changes in the address when nothing is filtered any more. */
export function noFilter(): Record<string, string | null> {
  return Object.fromEntries(parts.map((part) => [parameters[part], null]))
}

/** Values of a part. */
export function valuesOf(filter: PremisesFilter, part: FilterPart): readonly string[] {
  const text = filter[part]
  if (!text) return []
  return isList(part) ? text.split(',') : [text]
}

/** The part with a value put in or taken out. */
export function toggled(filter: PremisesFilter, part: FilterPart, value: string): string {
  const values = valuesOf(filter, part)
  if (!isList(part)) return values.includes(value) ? '' : value
  return (values.includes(value) ? values.filter((other) => other !== value) : [...values, value]).join(',')
}

/** As the server is asked. */
export function asked(filter: PremisesFilter): ObjectFilterInput {
  return filter as ObjectFilterInput
}

/** Column and direction in the address: `-units`. Addresses first, unless somebody wishes otherwise. */
export function readSort(query: URLSearchParams): { key: ObjectOrder; descending: boolean } {
  const text = query.get('sortierung') ?? ''
  const key = objectOrders.find((order) => order === text.replace(/^-/, ''))
  return key ? { key, descending: text.startsWith('-') } : { key: 'address', descending: false }
}
