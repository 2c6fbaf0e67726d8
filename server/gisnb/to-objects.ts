import type { GisNbPhase } from '../contract/gisnb.ts'
import type { ObjectKindName } from '../contract/objects/index.ts'
import type { ObjectContent } from '../database/objects.ts'
import type { Value } from '../formats/format.ts'
import type { GisNbFeature } from './features.ts'
import { fieldsOf, type GisNbField, type GisNbLayer } from './versions.ts'

/** Content of an object of ours, without its geometry. */
export type KnownObject = Readonly<Record<string, unknown>>
/** Objects of ours by the number under which they stand in packages: what comes back is the same object. */
export type KnownObjects = ReadonlyMap<number, KnownObject>

const networkDefaults = {
  ...{ externalId: null, sectionId: null, operator: null, plannedOn: null, startedOn: null, laidOn: null, note: null },
}

/** What an object has that the package does not tell. */
const defaults: Record<ObjectKindName, Readonly<Record<string, unknown>>> = {
  premises: {
    ...{
      externalId: null,
      addressId: null,
      kind: 'household',
      schoolType: null,
      name: null,
      units: 1,
      sectionId: null,
      fundingClass: 'funded',
    },
    ...{ operator: null, state: 'eligible', steps: {}, note: null },
  },
  route: { ...networkDefaults, layingMethod: null, surface: null, coLaying: false },
  duct: {
    ...networkDefaults,
    ductType: 99,
    ductTypeText: null,
    condition: 'new',
    count: 1,
    tubesPerBundle: null,
    tubesReserved: null,
  },
  cable: { ...networkDefaults, fibreCount: 1, fibresReserved: null, count: 1 },
  structure: {
    ...networkDefaults,
    ...{ structureType: 'other', structureTypeText: null, designation: null, condition: 'new', collocation: false },
  },
}

/** The content of an object as the package tells it; what it does not tell stays as it was. */
export function toObject(
  layer: GisNbLayer,
  feature: GisNbFeature,
  { programmeId, phase, before }: { programmeId: string; phase: GisNbPhase; before: KnownObject | undefined },
): ObjectContent {
  const kind = layer.object as ObjectKindName
  const told = Object.fromEntries(
    fieldsOf(layer, phase).flatMap((field) => {
      const value = decode(field, feature.properties[field.name] ?? null)
      return value === undefined ? [] : [[camelCase(field.from), value]]
    }),
  )
  const status = kind === 'premises' ? {} : { status: phase === '2' ? (before?.status ?? 'planned') : 'laid' }
  const key = (before?.key as string | undefined) ?? `gisnb-${programmeId}-${layer.object}-${feature.number ?? feature.shape.key}`
  return { ...defaults[kind], ...before, ...told, ...status, programmeId, key, geom: feature.geometry }
}

const derived = ['number', 'length', 'constant', 'nearest_structure']

/** The value of ours behind a code; undefined: the field says nothing about an object. */
function decode({ from, codes, type }: GisNbField, value: Value): unknown {
  if (derived.includes(from) || value === null) return undefined
  if (!codes) return value
  const ours = Object.keys(codes).find((key) => codes[key] === value)
  if (ours === undefined) return undefined
  if (ours === 'true' || ours === 'false') return ours === 'true'
  return type === 'integer' && /^\d+$/.test(ours) ? Number(ours) : ours
}

function camelCase(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
