import { conditions, networkStatuses, structureTypes } from '../../../server/contract/objects/codes.ts'
import { type NetworkKind, networkKinds, type ObjectFilterInput, type ObjectOrder } from '../../../server/contract/objects.ts'

/** Parts of the filter and how they are called in the address. */
export const filterNames = {
  districtId: 'stadtteil',
  status: 'status',
  programmeId: 'programm',
  sectionId: 'abschnitt',
  condition: 'bestand',
  structureType: 'bauwerk',
  q: 'suche',
} as const satisfies Partial<Record<keyof ObjectFilterInput, string>>
export type FilterPart = keyof typeof filterNames
export type NetworkFilter = Partial<Record<FilterPart, string>>

/** Parts of the filter that a kind has. */
export function partsOf(kind: NetworkKind): readonly FilterPart[] {
  const own: Partial<Record<NetworkKind, readonly FilterPart[]>> = {
    duct: ['condition'],
    structure: ['structureType', 'condition'],
  }
  return ['q', 'districtId', 'status', 'programmeId', 'sectionId', ...(own[kind] ?? [])]
}

const isKnown: Partial<Record<FilterPart, (value: string) => boolean>> = {
  status: (value) => value in networkStatuses.labels,
  condition: (value) => value in conditions.labels,
  structureType: (value) => value in structureTypes.labels,
}

/** What the page shows, as its address says; what is not understood is left out. */
export interface Shown {
  kind: NetworkKind
  filter: NetworkFilter
  sort: ObjectOrder
  descending: boolean
  /** Id of the opened object, 'neu' for a new one, null for none. */
  opened: string | null
}

const sortable: readonly ObjectOrder[] = ['name', 'state', 'length', 'operator', 'trueOn', 'kind']

export function readShown(query: URLSearchParams): Shown {
  const kind = networkKinds.find((one) => one === query.get('art')) ?? 'route'
  const pairs = partsOf(kind).flatMap((part) => {
    const value = query.get(filterNames[part])?.trim().slice(0, 200) ?? ''
    const isUnderstood = value !== '' && (isKnown[part]?.(value) ?? (part === 'q' || /^[a-z0-9_:-]+$/.test(value)))
    return isUnderstood ? [[part, value] as const] : []
  })
  const sorting = query.get('sortierung') ?? ''
  const sort = sortable.find((order) => order === sorting.replace(/^-/, ''))
  return {
    kind,
    filter: Object.fromEntries(pairs),
    sort: sort ?? 'name',
    descending: sort !== undefined && sorting.startsWith('-'),
    opened: query.get('objekt'),
  }
}
