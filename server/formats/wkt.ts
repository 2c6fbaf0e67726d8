import type { Geometry } from './format.ts'

const types: Record<string, Geometry['type']> = {
  POINT: 'Point',
  MULTIPOINT: 'MultiPoint',
  LINESTRING: 'LineString',
  MULTILINESTRING: 'MultiLineString',
  POLYGON: 'Polygon',
  MULTIPOLYGON: 'MultiPolygon',
  GEOMETRYCOLLECTION: 'GeometryCollection',
}

export interface ReadWkt {
  geometry: Geometry
  /** Of "SRID=25832;POINT(…)"; null without. */
  srid: number | null
}

/** Whether a text begins like WKT. */
export function looksLikeWkt(text: string): boolean {
  return /^\s*(SRID=\d+;)?\s*(MULTI)?(POINT|LINESTRING|POLYGON|GEOMETRYCOLLECTION)\s*(Z|M|ZM)?\s*(\(|EMPTY)/i.test(text)
}

/** Reads WKT and EWKT (OGC 06-103r4, without curves); positions keep their third and fourth number. null: it is none. */
export function parseWkt(text: string): ReadWkt | null {
  const reader = new WktReader(text)
  const srid = reader.take(/SRID=(\d+);/iy)
  const geometry = reader.geometry(0)
  return geometry && reader.isAtEnd() ? { geometry, srid: srid ? Number(srid[1]) : null } : null
}

class WktReader {
  #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Takes what matches here, spaces skipped; the pattern is sticky. */
  take(pattern: RegExp): RegExpExecArray | null {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at += 1
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (found) this.#at = pattern.lastIndex
    return found
  }

  isAtEnd(): boolean {
    return this.take(/$/y) !== null
  }

  geometry(depth: number): Geometry | null {
    const type = types[this.take(/[A-Z]+?(?=\s*(Z|M|ZM)?\s*(\(|EMPTY))/iy)?.[0].toUpperCase() ?? '']
    if (!type || depth > 4) return null
    this.take(/(ZM|Z|M)/iy)
    if (this.take(/EMPTY/iy)) return type === 'GeometryCollection' ? { type, geometries: [] } : { type, coordinates: [] }
    if (type === 'GeometryCollection') {
      const geometries = this.#list(() => this.geometry(depth + 1))
      return geometries && { type, geometries }
    }
    const coordinates = this.#coordinates(type) as unknown[] | null
    return coordinates && { type, coordinates }
  }

  #coordinates(type: Geometry['type']): unknown {
    const position = () => this.#position()
    const positions = () => this.#list(position)
    const rings = () => this.#list(positions)
    if (type === 'Point') return this.#list(position)?.[0] ?? null
    // Both MULTIPOINT (1 2, 3 4) and MULTIPOINT ((1 2), (3 4)) are written.
    if (type === 'MultiPoint') return this.#list(() => this.#list(position)?.[0] ?? this.#position())
    if (type === 'LineString') return positions()
    return type === 'MultiPolygon' ? this.#list(rings) : rings()
  }

  #list<T>(readItem: () => T | null): T[] | null {
    if (!this.take(/\(/y)) return null
    const items: T[] = []
    do {
      const item = readItem()
      if (item === null) return null
      items.push(item)
    } while (this.take(/,/y))
    return this.take(/\)/y) ? items : null
  }

  #position(): number[] | null {
    const found = this.take(/[-+\d.eE]+(\s+[-+\d.eE]+){1,3}/y)
    const numbers = found?.[0].split(/\s+/).map(Number)
    return numbers?.every(Number.isFinite) ? numbers : null
  }
}

/** WKT of a geometry in two dimensions. */
export function formatWkt(geometry: Geometry): string {
  const name = geometry.type.toUpperCase()
  if (geometry.type === 'GeometryCollection') return `${name} ${listOf(geometry.geometries ?? [], formatWkt)}`
  const { coordinates } = geometry
  if (!Array.isArray(coordinates) || coordinates.length === 0) return `${name} EMPTY`
  return geometry.type === 'Point' ? `POINT (${coordinates.slice(0, 2).join(' ')})` : `${name} ${formatNested(coordinates)}`
}

function formatNested(nested: unknown): string {
  if (!Array.isArray(nested)) return ''
  return listOf(nested, (item: unknown) =>
    Array.isArray(item) && typeof item[0] === 'number' ? item.slice(0, 2).join(' ') : formatNested(item),
  )
}

function listOf<T>(items: readonly T[], format: (item: T) => string): string {
  return items.length === 0 ? 'EMPTY' : `(${items.map(format).join(', ')})`
}
