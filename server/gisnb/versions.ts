import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GisNbPhase } from '../contract/gisnb.ts'
import { notFound, Problem } from '../http/problem.ts'

/** A field of a layer, and where its value comes from. The versions are data (versions/*.json): a new one needs no code. */
export interface GisNbField {
  /** At most ten characters (dBase). */
  name: string
  label: string
  type: 'integer' | 'number' | 'text'
  /** Column of our table, or `number`, `length`, `constant`, `nearest_structure`. */
  from: string
  /** Of `constant`. */
  value?: number | string | null
  /** By value of ours; a value that is missing has no code known here. */
  codes?: Readonly<Record<string, number>>
  /** The standard has more codes than are known here: an empty value may be one of those. */
  isIncomplete?: boolean
  /** The code that needs a text in another field. */
  other?: { code: number; textField: string }
  length?: number
  decimals?: number
  unit?: string
  requiredIn: readonly GisNbPhase[]
  omittedIn?: readonly GisNbPhase[]
}

export type GisNbObject = 'section' | 'premises' | 'route' | 'duct' | 'cable' | 'structure'

export interface GisNbLayer {
  name: string
  title: string
  object: GisNbObject
  geometry: 'Point' | 'LineString' | 'Polygon'
  phases: readonly GisNbPhase[]
  /** A package may do without it. */
  isOptional?: boolean
  /** An excerpt: only objects with these values, which stand in another layer too. Taken over from there. */
  only?: Readonly<Record<string, string | number | boolean>>
  fields: readonly GisNbField[]
}

export interface GisNbVersion {
  id: string
  title: string
  published: string
  phases: readonly GisNbPhase[]
  /** What the text of the standard might say otherwise; goes into every manifest. */
  uncertain: readonly string[]
  layers: readonly GisNbLayer[]
}

export const gisNbVersions: readonly GisNbVersion[] = globSync(join(import.meta.dirname, 'versions/*.json'))
  .toSorted()
  .map((file) => JSON.parse(readFileSync(file, 'utf8')))

/** The version, when it has an export for the phase. */
export function findVersion(id: string, phase: GisNbPhase): GisNbVersion {
  const version = gisNbVersions.find((candidate) => candidate.id === id)
  if (!version) throw notFound('Diese Version der GIS-NB', 'version')
  if (version.phases.includes(phase)) return version
  const detail = `Version ${id} hat für Phase ${phase} keinen Export.`
  throw new Problem(400, detail, { errors: [{ field: 'phase', detail }] })
}

export function layersOf(version: GisNbVersion, phase: GisNbPhase): readonly GisNbLayer[] {
  return version.layers.filter(({ phases }) => phases.includes(phase))
}

export function fieldsOf({ fields }: GisNbLayer, phase: GisNbPhase): readonly GisNbField[] {
  return fields.filter(({ omittedIn }) => !omittedIn?.includes(phase))
}

/** Property of an object behind a column: `funding_class` is `fundingClass`. */
export function camelCase(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
