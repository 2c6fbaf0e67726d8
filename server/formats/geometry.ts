import { type Fit, fitOf, isSameFit, nameOf, type Position } from './crs.ts'
import type { FoundCrs, Geometry, Remark, Table } from './format.ts'
import { remarks } from './remarks.ts'

const depths: Record<string, number> = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 }

/** What is left of a geometry as it was found: two-dimensional, without empty parts. null: nothing, or it is no geometry. */
export interface Flattened {
  geometry: Geometry | null
  hadZ: boolean
  isReadable: boolean
}

export function flatten(found: unknown): Flattened {
  const state = { hadZ: false, isReadable: true }
  const geometry = flattenGeometry(found, state, 0)
  return { geometry, ...state }
}

type FlattenState = { hadZ: boolean; isReadable: boolean }

function flattenGeometry(found: unknown, state: FlattenState, depth: number): Geometry | null {
  if (found === null || found === undefined) return null
  const { type, coordinates, geometries } = found as Geometry
  if (type === 'GeometryCollection' && Array.isArray(geometries) && depth < 4) {
    const parts = geometries.map((part) => flattenGeometry(part, state, depth + 1)).filter((part) => part !== null)
    return parts.length > 0 ? { type, geometries: parts } : null
  }
  const levels = depths[type]
  if (levels === undefined || !Array.isArray(coordinates)) {
    state.isReadable = false
    return null
  }
  const flat = flattenLevel(coordinates, levels, state)
  if (flat === null || !state.isReadable) return null
  if (!hasEnough(type, flat)) {
    state.isReadable = false
    return null
  }
  return { type, coordinates: flat }
}

function flattenLevel(nested: unknown[], levels: number, state: FlattenState): unknown[] | null {
  if (nested.length === 0) return null
  if (levels === 0) return flattenPosition(nested, state)
  const items: unknown[] = []
  for (const item of nested) {
    if (!Array.isArray(item)) {
      state.isReadable = false
      return null
    }
    const flat = flattenLevel(item, levels - 1, state)
    if (flat) items.push(flat)
  }
  return items.length > 0 ? items : null
}

function flattenPosition(position: unknown[], state: FlattenState): number[] | null {
  const [x, y, z] = position
  if (typeof x !== 'number' || typeof y !== 'number' || !Number.isFinite(x) || !Number.isFinite(y)) {
    state.isReadable = false
    return null
  }
  if (typeof z === 'number' && z !== 0) state.hadZ = true
  return [x, y]
}

/** A line has two positions, a ring four. */
function hasEnough(type: string, coordinates: unknown[]): boolean {
  const count = (parts: unknown[], least: number) => parts.every((part) => (part as unknown[]).length >= least)
  if (type === 'LineString') return coordinates.length >= 2
  if (type === 'MultiLineString') return count(coordinates, 2)
  if (type === 'Polygon') return count(coordinates, 4)
  return type !== 'MultiPolygon' || coordinates.every((polygon) => count(polygon as unknown[], 4))
}

export function* positionsOf(geometry: Geometry): Generator<Position> {
  if (geometry.type === 'GeometryCollection') for (const part of geometry.geometries ?? []) yield* positionsOf(part)
  else yield* nestedPositions(geometry.coordinates as unknown[])
}

function* nestedPositions(nested: unknown[]): Generator<Position> {
  if (typeof nested[0] === 'number') yield nested as unknown as Position
  else for (const item of nested) yield* nestedPositions(item as unknown[])
}

function exchangeAxes(geometry: Geometry): Geometry {
  if (geometry.type === 'GeometryCollection') return { ...geometry, geometries: (geometry.geometries ?? []).map(exchangeAxes) }
  return { ...geometry, coordinates: exchangeNested(geometry.coordinates as unknown[]) }
}

function exchangeNested(nested: unknown[]): unknown[] {
  return typeof nested[0] === 'number' ? [nested[1], nested[0]] : nested.map((item) => exchangeNested(item as unknown[]))
}

/** The geometry of a row as it is handed on, in the system of its table, and what is to be said about it. */
export function finishGeometry(
  found: unknown,
  crs: FoundCrs | null,
  remember: (remark: Remark) => void,
  column?: string,
): Geometry | null {
  const { geometry, hadZ, isReadable } = flatten(found)
  if (!geometry) {
    remember(isReadable ? remarks.geometryEmpty() : remarks.geometryUnreadable(column))
    return null
  }
  if (hadZ) remember(remarks.zDropped())
  const right = crs?.isSwapped ? exchangeAxes(geometry) : geometry
  if (crs) sayWhere(right, crs, remember)
  const crossing = selfCrossing(right)
  if (crossing) remember(remarks.selfCrossing(crossing))
  return right
}

function sayWhere(geometry: Geometry, crs: FoundCrs, remember: (remark: Remark) => void): void {
  let odd: Fit | null | undefined
  for (const position of positionsOf(geometry)) {
    const fit = fitOf(position)
    if (fit && !fit.isSwapped && isSameFit(fit, crs.epsg)) continue
    odd = fit
    break
  }
  if (odd === undefined) return
  if (odd === null) remember(remarks.outsideLand())
  else if (isSameFit(odd, crs.epsg)) remember(remarks.swappedRow())
  else remember(remarks.crsOther(nameOf(odd.epsg)))
}

/** Kind of the geometries of a table. */
export function kindOf(geometries: Iterable<Geometry>): Table['geometryType'] {
  const kinds = new Set<'point' | 'line' | 'area' | 'mixed'>()
  for (const { type } of geometries) {
    if (type.endsWith('Point')) kinds.add('point')
    else if (type.endsWith('LineString')) kinds.add('line')
    else kinds.add(type.endsWith('Polygon') ? 'area' : 'mixed')
  }
  const [only] = kinds
  return kinds.size > 1 ? 'mixed' : (only ?? null)
}

/** Whether a line or a ring properly crosses itself. PostGIS has the last word on validity; this is to say it early. */
export function selfCrossing(geometry: Geometry): 'line' | 'area' | null {
  const coordinates = geometry.coordinates as never
  if (geometry.type === 'LineString') return crossesItself(coordinates) ? 'line' : null
  if (geometry.type === 'MultiLineString') return (coordinates as Position[][]).some(crossesItself) ? 'line' : null
  if (geometry.type === 'Polygon') return (coordinates as Position[][]).some(crossesItself) ? 'area' : null
  if (geometry.type === 'MultiPolygon') return (coordinates as Position[][][]).flat().some(crossesItself) ? 'area' : null
  return null
}

/** Above this many positions the check is left to PostGIS. */
const mostPositions = 5_000

/** Sweeps over the segments in the order of their western ends, comparing only those whose extents meet. */
function crossesItself(line: readonly Position[]): boolean {
  if (line.length < 4 || line.length > mostPositions) return false
  const segments = line.slice(1).map((to, index) => {
    const from = line[index] as Position
    return { from, to, west: Math.min(from[0], to[0]), east: Math.max(from[0], to[0]) }
  })
  segments.sort((a, b) => a.west - b.west)
  for (let one = 0; one < segments.length; one++) {
    const first = segments[one] as (typeof segments)[number]
    for (let other = one + 1; other < segments.length; other++) {
      const second = segments[other] as (typeof segments)[number]
      if (second.west > first.east) break
      if (doCross(first.from, first.to, second.from, second.to)) return true
    }
  }
  return false
}

const side = (a: Position, b: Position, c: Position) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))

function doCross(a: Position, b: Position, c: Position, d: Position): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
}
