import type { Cell } from './cells.ts'
import { commonFit, declaredByName, gridNeededFor, isSameFit, nameOf, type Position } from './crs.ts'
import type { Epsg, FoundCrs, PlaceColumns, Remark } from './format.ts'
import { flatten, positionsOf } from './geometry.ts'
import { coordinateOf, pointOf, recognisePlace } from './place.ts'
import type { RawRow, RawTable } from './raw.ts'
import { remarks } from './remarks.ts'
import { parseWkt } from './wkt.ts'

export function choosePlace(
  names: readonly string[],
  cells: Cell[][],
  chosen: PlaceColumns | null | undefined,
): PlaceColumns | null {
  if (chosen === undefined) return recognisePlace(names, cells)
  const wanted = chosen === null ? [] : chosen.kind === 'xy' ? [chosen.x, chosen.y] : [chosen.column]
  return wanted.every((name) => names.includes(name)) ? chosen : null
}

/** What a row gives for a geometry, not yet checked. */
export interface MadeGeometry {
  /** undefined: the row gives no geometry. */
  found: unknown
  problem?: Remark
  column?: string
}

export function geometryMaker(
  hasGeometry: boolean,
  names: readonly string[],
  place: PlaceColumns | null,
): (row: RawRow) => MadeGeometry {
  if (hasGeometry) return (row) => ({ found: row.geometry ?? undefined })
  if (place?.kind === 'wkt') {
    const index = names.indexOf(place.column)
    return (row) => wktGeometry(row.cells[index], place.column)
  }
  if (place?.kind !== 'xy') return () => ({ found: undefined })
  const [x, y] = [names.indexOf(place.x), names.indexOf(place.y)]
  return (row) => {
    const [east, north] = [coordinateOf(row.cells[x]), coordinateOf(row.cells[y])]
    if ((row.cells[x] ?? null) === null && (row.cells[y] ?? null) === null) return { found: undefined }
    const point = pointOf(east, north)
    return point ? { found: point } : { found: undefined, problem: remarks.coordinateMissing(east === null ? place.x : place.y) }
  }
}

function wktGeometry(cell: Cell | undefined, column: string): MadeGeometry {
  const text = typeof cell === 'string' ? cell : cell && typeof cell === 'object' && 'text' in cell ? cell.text : null
  if (text === null) return { found: undefined }
  const read = parseWkt(text)
  return read ? { found: read.geometry, column } : { found: undefined, problem: remarks.geometryUnreadable(column) }
}

export interface Decision {
  crs: FoundCrs | null
  needsCrs: boolean
  said: Remark[]
}

export function decideCrs(
  raw: RawTable,
  place: PlaceColumns | null,
  names: readonly string[],
  data: RawRow[],
  geometries: unknown[],
  chosen?: Epsg,
): Decision {
  const positions = geometries.flatMap(firstPosition)
  const fit = commonFit(positions)
  const declared = place?.kind === 'wkt' ? declaredInWkt(data, names.indexOf(place.column)) : raw.declared
  const swapped = (epsg: Epsg) => fit?.isSwapped === true && isSameFit(fit, epsg)
  const decide = (epsg: Epsg, how: FoundCrs['how'], said: Remark[] = []): Decision => {
    const crs = { epsg, how, isSwapped: swapped(epsg) }
    const more = [...(crs.isSwapped ? [remarks.swappedTable()] : []), ...(gridNeededFor(epsg) ? [remarks.gridNeeded()] : [])]
    return { crs, needsCrs: false, said: [...said, ...more] }
  }
  if (positions.length === 0)
    return { crs: declared?.epsg ? { epsg: declared.epsg, how: 'declared', isSwapped: false } : null, needsCrs: false, said: [] }
  if (chosen) return decide(chosen, 'asked')
  if (declared?.epsg && (!fit || isSameFit(fit, declared.epsg))) return decide(declared.epsg, 'declared')
  if (declared?.epsg && fit && !declared.isDefault)
    return decide(fit.epsg, 'recognised', [remarks.crsContradicted(declared.label, nameOf(fit.epsg))])
  if (declared && !declared.epsg) return { crs: null, needsCrs: true, said: [remarks.crsUnsupported(declared.label)] }
  if (fit) return decide(fit.epsg, 'recognised', [remarks.crsRecognised(nameOf(fit.epsg))])
  return { crs: null, needsCrs: true, said: [remarks.crsUnknown()] }
}

function firstPosition(found: unknown): Position[] {
  const { geometry } = flatten(found)
  if (!geometry) return []
  for (const position of positionsOf(geometry)) return [position]
  return []
}

function declaredInWkt(data: RawRow[], index: number): RawTable['declared'] {
  for (const { cells } of data) {
    const cell = cells[index]
    const text = typeof cell === 'string' ? cell : cell && typeof cell === 'object' && 'text' in cell ? cell.text : null
    const srid = text === null ? null : parseWkt(text)?.srid
    if (srid) return declaredByName(`EPSG:${srid}`)
  }
  return null
}
