import { deliveryCrs, type Epsg } from './format.ts'

interface Range {
  epsg: Epsg
  /** East (or longitude), north (or latitude) of North Rhine-Westphalia with some kilometres around it. */
  x: readonly [number, number]
  y: readonly [number, number]
}

/**
 * Where North Rhine-Westphalia lies in each system: 5.8° to 9.5° east, 50.3° to 52.6° north, computed with PROJ and rounded
 * outwards. The ranges do not overlap, also with axes exchanged, except 4258 and 4326, which differ by less than a metre.
 */
const ranges: readonly Range[] = [
  { epsg: 25832, x: [270_000, 540_000], y: [5_570_000, 5_835_000] },
  { epsg: 4647, x: [32_270_000, 32_540_000], y: [5_570_000, 5_835_000] },
  { epsg: 3857, x: [640_000, 1_060_000], y: [6_480_000, 6_915_000] },
  { epsg: 3035, x: [4_020_000, 4_290_000], y: [3_020_000, 3_287_000] },
  { epsg: 31466, x: [2_480_000, 2_750_000], y: [5_570_000, 5_845_000] },
  { epsg: 31467, x: [3_270_000, 3_540_000], y: [5_570_000, 5_845_000] },
  { epsg: 4326, x: [5.8, 9.55], y: [50.25, 52.6] },
]

export type Position = readonly [number, number]

export interface Fit {
  epsg: Epsg
  isSwapped: boolean
}

const isWithin = (value: number, [from, to]: readonly [number, number]) => value >= from && value <= to

/** The system in which a position lies in North Rhine-Westphalia, east first or north first; null: in none. */
export function fitOf([first, second]: Position): Fit | null {
  for (const { epsg, x, y } of ranges) {
    if (isWithin(first, x) && isWithin(second, y)) return { epsg, isSwapped: false }
    if (isWithin(first, y) && isWithin(second, x)) return { epsg, isSwapped: true }
  }
  return null
}

/** 4258 and 4326 look the same. */
export function isSameFit(fit: Fit, epsg: Epsg): boolean {
  return fit.epsg === (epsg === 4258 ? 4326 : epsg)
}

/** The fit of at least nine in ten positions; null: there is none. */
export function commonFit(positions: readonly Position[]): Fit | null {
  const counts = new Map<string, { fit: Fit; count: number }>()
  for (const position of positions) {
    const fit = fitOf(position)
    if (!fit) continue
    const key = `${fit.epsg}${fit.isSwapped}`
    const known = counts.get(key)
    if (known) known.count += 1
    else counts.set(key, { fit, count: 1 })
  }
  for (const { fit, count } of counts.values()) if (count >= 0.9 * positions.length) return fit
  return null
}

/** What a file says about its system: the EPSG code, or the name if it is none that deliveries come in. */
export interface DeclaredCrs {
  epsg: Epsg | null
  label: string
}

export function isDeliveryEpsg(code: number): code is Epsg {
  return code in deliveryCrs
}

/** "EPSG:25832", "urn:ogc:def:crs:EPSG::25832", "http://www.opengis.net/def/crs/EPSG/0/25832", "urn:ogc:def:crs:OGC:1.3:CRS84". */
export function declaredByName(name: string): DeclaredCrs {
  if (/CRS:?84h?$/i.test(name)) return { epsg: 4326, label: 'WGS 84' }
  const code = Number(/EPSG.*?(\d{4,6})$/i.exec(name)?.[1])
  if (isDeliveryEpsg(code)) return { epsg: code, label: nameOf(code) }
  // The same in three dimensions, and WGS 84 in UTM zone 32: less than a metre apart.
  if (code === 4979) return { epsg: 4326, label: nameOf(4326) }
  if (code === 4937) return { epsg: 4258, label: nameOf(4258) }
  if (code === 32632) return { epsg: 25832, label: nameOf(25832) }
  return { epsg: null, label: Number.isNaN(code) ? name : `EPSG:${code}` }
}

/** What PROJJSON says, by its code, else by its name (a .prj of Esri has no codes). */
export function declaredByProjJson(crs: {
  name?: string
  id?: { authority?: string; code?: number | string }
  source_crs?: unknown
  components?: unknown[]
}): DeclaredCrs | null {
  if (crs.source_crs) return declaredByProjJson(crs.source_crs as never)
  // Position and height in one: only the position counts.
  if (crs.components?.[0]) return declaredByProjJson(crs.components[0] as never)
  const { name = '', id } = crs
  if (/^undefined|^unknown|^unnamed/i.test(name) && !id) return null
  if (id?.authority === 'EPSG' || id?.authority === 'OGC') return declaredByName(`${id.authority}:${id.code}`)
  const words = name.replace(/[_\s-]+/g, ' ')
  for (const [pattern, epsg] of namePatterns) if (pattern.test(words)) return { epsg, label: nameOf(epsg) }
  return { epsg: null, label: name }
}

const namePatterns: readonly [RegExp, Epsg][] = [
  [/utm.*32n?.*(ze ?n|8stellen|8 ?digits)/i, 4647],
  [/(etrs|wgs).*utm.*zone 32/i, 25832],
  [/(dhdn|deutsches hauptdreiecksnetz).*zone 2|gauss.*zone 2\b/i, 31466],
  [/(dhdn|deutsches hauptdreiecksnetz).*zone 3|gauss.*zone 3\b/i, 31467],
  [/pseudo mercator|mercator auxiliary sphere|web mercator/i, 3857],
  [/laea europe|etrs ?(89|1989) laea/i, 3035],
  [/^(gcs )?(wgs 84|wgs 1984)$/i, 4326],
  [/^(gcs )?etrs ?(89|1989)$/i, 4258],
]

export function nameOf(epsg: Epsg): string {
  return `${deliveryCrs[epsg]} (EPSG:${epsg})`
}

/** File name of the PROJ grid that PostGIS needs to transform from here to decimetres; without it the result is metres off. */
export function gridNeededFor(epsg: Epsg): 'BETA2007' | null {
  return epsg === 31466 || epsg === 31467 ? 'BETA2007' : null
}
