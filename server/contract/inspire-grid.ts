/**
 * The 100 m grid of INSPIRE: squares of the equal-area projection ETRS89-LAEA Europe (EPSG:3035). Reckoned here, so that a phone can
 * blur a place before anything leaves it; formulas: EPSG Guidance Note 7-2, Lambert Azimuthal Equal Area. Exact to the millimetre
 * within Germany (compared with PROJ in test/database/dead-zones.test.ts).
 */

/** Edge of a cell in m. */
export const cellSizeM = 100

/** Longitude and latitude in degrees (WGS84, here the same as ETRS89). */
export type LonLat = readonly [longitude: number, latitude: number]

/** The ellipsoid GRS 1980 and the origin of the projection. */
const semiMajorM = 6_378_137
const flattening = 1 / 298.257222101
const e2 = flattening * (2 - flattening)
const e = Math.sqrt(e2)
const radians = (degrees: number) => (degrees * Math.PI) / 180
const originLongitude = radians(10)
const originLatitude = radians(52)
const [falseEasting, falseNorthing] = [4_321_000, 3_210_000]

function authalic(latitude: number): number {
  const sine = Math.sin(latitude)
  return (1 - e2) * (sine / (1 - e2 * sine * sine) - Math.log((1 - e * sine) / (1 + e * sine)) / (2 * e))
}

const polar = authalic(Math.PI / 2)
const radius = semiMajorM * Math.sqrt(polar / 2)
const originBeta = Math.asin(authalic(originLatitude) / polar)
const stretch =
  (semiMajorM * Math.cos(originLatitude)) / (Math.sqrt(1 - e2 * Math.sin(originLatitude) ** 2) * radius * Math.cos(originBeta))

/** Easting and northing in m (EPSG:3035). */
function project([longitude, latitude]: LonLat): [number, number] {
  const beta = Math.asin(authalic(radians(latitude)) / polar)
  const turn = radians(longitude) - originLongitude
  const away = Math.sin(originBeta) * Math.sin(beta) + Math.cos(originBeta) * Math.cos(beta) * Math.cos(turn)
  const scale = radius * Math.sqrt(2 / (1 + away))
  const up = Math.cos(originBeta) * Math.sin(beta) - Math.sin(originBeta) * Math.cos(beta) * Math.cos(turn)
  return [falseEasting + scale * stretch * Math.cos(beta) * Math.sin(turn), falseNorthing + (scale / stretch) * up]
}

function unproject(easting: number, northing: number): LonLat {
  const x = (easting - falseEasting) / stretch
  const y = (northing - falseNorthing) * stretch
  const distance = Math.hypot(x, y)
  if (distance === 0) return [10, 52]
  const angle = 2 * Math.asin(distance / (2 * radius))
  const beta = Math.asin(Math.cos(angle) * Math.sin(originBeta) + (y * Math.sin(angle) * Math.cos(originBeta)) / distance)
  const latitude =
    beta +
    (e2 / 3 + (31 * e2 ** 2) / 180 + (517 * e2 ** 3) / 5040) * Math.sin(2 * beta) +
    ((23 * e2 ** 2) / 360 + (251 * e2 ** 3) / 3780) * Math.sin(4 * beta) +
    ((761 * e2 ** 3) / 45360) * Math.sin(6 * beta)
  const turn = Math.atan2(
    x * Math.sin(angle),
    distance * Math.cos(originBeta) * Math.cos(angle) - y * Math.sin(originBeta) * Math.sin(angle),
  )
  return [((originLongitude + turn) * 180) / Math.PI, (latitude * 180) / Math.PI]
}

/** Name of the cell that holds a place in Europe, "CRS3035RES100mN3110100E4109300": its south-western corner in m. */
export function cellOf(place: LonLat): string {
  const [east, north] = project(place)
  return nameOf(Math.floor(east / cellSizeM) * cellSizeM, Math.floor(north / cellSizeM) * cellSizeM)
}

/** Corners of a cell, counter-clockwise from the south-west. RangeError: no name of a cell. */
export function cornersOf(cell: string): [LonLat, LonLat, LonLat, LonLat] {
  const [east, north] = cornerM(cell)
  const to = (right: 0 | 1, up: 0 | 1) => unproject(east + right * cellSizeM, north + up * cellSizeM)
  return [to(0, 0), to(1, 0), to(1, 1), to(0, 1)]
}

/** The middle of a cell: a place that says no more than the cell. */
export function centreOf(cell: string): LonLat {
  const [east, north] = cornerM(cell)
  return unproject(east + cellSizeM / 2, north + cellSizeM / 2)
}

/** The cell that many metres to the east and north. */
export function neighbourOf(cell: string, eastM: number, northM: number): string {
  const [east, north] = cornerM(cell)
  return nameOf(east + eastM, north + northM)
}

function nameOf(east: number, north: number): string {
  const digits = (metres: number) => String(metres).padStart(7, '0')
  return `CRS3035RES100mN${digits(north)}E${digits(east)}`
}

function cornerM(cell: string): [east: number, north: number] {
  const [, north, east] = /^CRS3035RES100mN(\d{7})E(\d{7})$/.exec(cell) ?? []
  if (!north || !east) throw new RangeError(`${cell} is no cell of the 100 m grid`)
  return [Number(east), Number(north)]
}
