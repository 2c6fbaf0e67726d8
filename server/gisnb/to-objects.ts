import type { GisNbPhase } from '../contract/gisnb.ts'
import type { ObjectKindName } from '../contract/objects/index.ts'
import type { ObjectContent } from '../database/objects.ts'
import type { Value } from '../formats/format.ts'
import type { Counterpart } from './counterparts.ts'
import type { GisNbFeature } from './features.ts'
import { camelCase, fieldsOf, type GisNbField, type GisNbLayer } from './versions.ts'

const networkDefaults = {
  ...{ externalId: null, sectionId: null, operator: null, plannedOn: null, startedOn: null, laidOn: null, note: null },
}

/** What a new object has that no package tells. What a package must tell is not here: it is not invented. */
const defaults: Record<ObjectKindName, Readonly<Record<string, unknown>>> = {
  premises: {
    ...{ externalId: null, addressId: null, schoolType: null, name: null, units: 1, sectionId: null, fundingClass: 'funded' },
    ...{ operator: null, state: 'eligible', steps: {}, note: null },
  },
  route: { ...networkDefaults, layingMethod: null, surface: null, coLaying: false },
  duct: { ...networkDefaults, ductTypeText: null, count: 1, tubesPerBundle: null, tubesReserved: null },
  cable: { ...networkDefaults, fibresReserved: null, count: 1 },
  structure: { ...networkDefaults, structureTypeText: null, designation: null, collocation: false },
}

interface Context {
  programmeId: string
  phase: GisNbPhase
  key: string
  before: Counterpart | null
}

/**
 * The content of an object as the package tells it; what it does not tell stays as it was. 'unchanged': that is what is known already;
 * null: a code of ours that it needs is not known.
 */
export function toObject(
  layer: GisNbLayer,
  feature: GisNbFeature,
  { programmeId, phase, key, before }: Context,
): ObjectContent | 'unchanged' | null {
  const kind = layer.object as ObjectKindName
  const fields = fieldsOf(layer, phase)
  const told: Record<string, unknown> = Object.fromEntries(
    fields.flatMap((field) => {
      const value = decode(field, feature.properties[field.name] ?? null)
      return value === undefined ? [] : [[camelCase(field.from), value]]
    }),
  )
  if (kind !== 'premises') told.status = phase === '2' ? (before?.content.status ?? 'planned') : 'laid'
  if (before?.isSamePlace && Object.entries(told).every(([name, value]) => before.content[name] === value)) return 'unchanged'
  const content = { ...defaults[kind], ...before?.content, ...told, programmeId }
  if (fields.some(({ codes, from }) => codes && !(camelCase(from) in content))) return null
  const geom = before?.isSamePlace && !before.hasGeometry ? null : feature.geometry
  return { ...content, key: (before?.content.key as string | undefined) ?? key, geom }
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
