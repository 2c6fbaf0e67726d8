/** A coordinate reference system the open data can be had in (OGC API Features, Part 2). */
export interface Crs {
  uri: string
  srid: 3857 | 4258 | 4326 | 25832
  name: string
  /** The official axis order is latitude, longitude. */
  isLatitudeFirst: boolean
  isGeographic: boolean
  /** Decimals of a coordinate: about a centimetre. */
  decimals: number
}

const degrees = { isGeographic: true, decimals: 7 }
const metres = { isGeographic: false, isLatitudeFirst: false, decimals: 2 }

/** WGS 84 longitude, latitude: the default everywhere and the only one of RFC 7946. */
export const crs84: Crs = {
  uri: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
  srid: 4326,
  name: 'WGS 84 (Länge, Breite)',
  isLatitudeFirst: false,
  ...degrees,
}

/** The geometry is kept in this one. */
export const storageCrs: Crs = {
  uri: 'http://www.opengis.net/def/crs/EPSG/0/25832',
  srid: 25832,
  name: 'ETRS89 / UTM Zone 32N',
  ...metres,
}

export const crsList: readonly Crs[] = [
  crs84,
  storageCrs,
  {
    uri: 'http://www.opengis.net/def/crs/EPSG/0/4258',
    srid: 4258,
    name: 'ETRS89 (Breite, Länge)',
    isLatitudeFirst: true,
    ...degrees,
  },
  { uri: 'http://www.opengis.net/def/crs/EPSG/0/3857', srid: 3857, name: 'Web-Mercator', ...metres },
  {
    uri: 'http://www.opengis.net/def/crs/EPSG/0/4326',
    srid: 4326,
    name: 'WGS 84 (Breite, Länge)',
    isLatitudeFirst: true,
    ...degrees,
  },
]

export function findCrs(uri: string): Crs | undefined {
  return crsList.find((crs) => crs.uri === uri)
}
