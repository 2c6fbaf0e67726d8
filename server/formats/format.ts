/**
 * What a file is to the rest of the server: tables of rows with geometry, and remarks a clerk understands.
 * Nothing here knows what a column means; that is decided by the mapping of a delivery.
 */
import type { Text } from '../contract/text.ts'
import type { Separator } from './csv.ts'
import type { Encoding } from './text-encoding.ts'

/** Formats that are read. `shapefile`: zipped, or several in one zip; `kml`: KMZ too. */
export type FormatName = 'xlsx' | 'csv' | 'geojson' | 'geopackage' | 'shapefile' | 'dxf' | 'kml'

/**
 * A value of a cell. Empty cells are null, never ''. Dates are ISO texts ("2024-03-01", with a time of day "2024-03-01T14:30:00").
 * Texts are trimmed and NFC.
 */
export type Value = string | number | boolean | null

/** A coordinate reference system that deliveries come in; 31466 and 31467 need the grid BETA2007 (see `gridNeededFor`). */
export const deliveryCrs = {
  25832: 'ETRS89 / UTM Zone 32N',
  4647: 'ETRS89 / UTM Zone 32N mit führender 32 (zE-N)',
  3857: 'Web-Mercator',
  3035: 'ETRS89 / LAEA Europa (INSPIRE-Gitter)',
  4258: 'ETRS89, geographisch',
  4326: 'WGS 84, geographisch (GPS)',
  31466: 'DHDN / Gauß-Krüger Zone 2',
  31467: 'DHDN / Gauß-Krüger Zone 3',
} as const

export type Epsg = keyof typeof deliveryCrs

/** Something to say to a clerk about a file, a table or a row. */
export interface Remark {
  /** Stable, for tests and for grouping in the error list: "axes-swapped", "number-ambiguous" … (all in remarks.ts). */
  code: string
  /** note: for information · doubt: usable, should be looked at · error: the value or geometry named cannot be used. */
  severity: 'note' | 'doubt' | 'error'
  /** German, with Sie, complete sentences. */
  text: string
  /** Name of the column it is about. */
  column?: string
}

/** GeoJSON geometry, two-dimensional, x (east) before y (north), coordinates in the CRS of its table. */
export interface Geometry {
  type: 'Point' | 'MultiPoint' | 'LineString' | 'MultiLineString' | 'Polygon' | 'MultiPolygon' | 'GeometryCollection'
  coordinates?: unknown
  geometries?: Geometry[]
}

export interface Column {
  /** As in the header; doubled names get " (2)", nameless ones "Spalte C". Unique within the table. */
  name: string
  /** Judged from the first rows; a value that does not fit stays text. */
  type: 'text' | 'number' | 'date' | 'boolean'
  /** How its numbers are written, "1.376,5" or "1,376.5"; null: not known, or both. For `parseNumber` on columns of texts. */
  notation: 'german' | 'english' | null
  /** Up to five different values of the first rows, as texts, for showing in the mapping. */
  samples: string[]
}

/** Columns a geometry can be made of. */
export type PlaceColumns = { kind: 'xy'; x: string; y: string } | { kind: 'wkt'; column: string }

/** Where the header is: number of its first row as shown in Excel, and how many rows it has (two: both are joined by " / "). */
export interface HeaderPlace {
  row: number
  rows: 1 | 2
}

/** declared: said by the file · recognised: the coordinates lie in North Rhine-Westphalia in this one only · asked: chosen by a person. */
export interface FoundCrs {
  epsg: Epsg
  how: 'declared' | 'recognised' | 'asked'
  /** The file has north before east; `readRows` has them exchanged already. */
  isSwapped: boolean
}

/** A sheet, a layer, or the one table of a CSV. */
export interface Table {
  name: string
  columns: Column[]
  /** Kind of the geometries found in the first rows; null: it has none (yet: see `place`). */
  geometryType: 'point' | 'line' | 'area' | 'mixed' | null
  /** null: it has no geometry, or the CRS is not known and must be asked (see `needsCrs`). */
  crs: FoundCrs | null
  needsCrs: boolean
  /** Columns the geometry is made of (recognised, or chosen); null: geometry of the format, or none. */
  place: PlaceColumns | null
  /** null for formats without a header. */
  header: HeaderPlace | null
  /** null where counting would mean reading everything. */
  rowCount: number | null
  remarks: Remark[]
}

/** What a person decided about a table, instead of what was recognised. */
export interface TableChoices {
  header?: HeaderPlace
  crs?: Epsg
  /** null: make no geometry of columns. */
  place?: PlaceColumns | null
}

/** Bounds on a file. Reaching one refuses the file (or the row, for a cell) with a reason; defaults in `defaultLimits`. */
export interface Limits {
  fileBytes: number
  /** Sum over the entries of a zip, counted while unpacking, whatever its directory says. */
  unpackedBytes: number
  /** Unpacked to packed size of an entry larger than 1 MB. */
  ratio: number
  entries: number
  cellCharacters: number
  columns: number
}

export const defaultLimits: Limits = {
  fileBytes: 2 * 2 ** 30,
  unpackedBytes: 4 * 2 ** 30,
  ratio: 200,
  entries: 2_000,
  cellCharacters: 1_000_000,
  columns: 1_000,
}

export type Box = readonly [number, number, number, number]

export interface OpenOptions {
  /** Name the file was sent under; its ending is a hint only, the content decides. */
  name: string
  limits?: Partial<Limits>
  /** What a person decided about a CSV whose encoding or separator was recognised wrongly. */
  csv?: { encoding?: Encoding; separator?: Separator }
  /**
   * Of a GIS file only features that touch this box are read, each part of them as a row: west, south, east, north in EPSG:25832. For
   * files of a whole country; what has no CRS is not found in it.
   */
  within?: Box
  /** By table name. */
  choices?: Record<string, TableChoices>
  /** Aborting ends workers and removes what was unpacked. */
  signal?: AbortSignal
  /** Share of the work done, 0 to 1. */
  onProgress?: (share: number) => void
}

/** An open file; `close` removes what was unpacked (`await using` does it by itself). */
export interface OpenedFile extends AsyncDisposable {
  format: FormatName
  name: string
  /** In the order of the file; hidden sheets and empty layers are left out and remarked. */
  tables: Table[]
  /** About the file as a whole: "encoding-recognised", "separator-recognised" … */
  remarks: Remark[]
  readRows(tableName: string, options?: ReadOptions): AsyncIterable<RowBatch>
  close(): Promise<void>
}

export interface ReadOptions {
  signal?: AbortSignal
  /** Rows per batch at most; default 1,000. A batch also ends after about 8 MB. */
  batchRows?: number
}

export interface Row {
  /** As the clerk sees it: the row in Excel (also for CSV), else the position of the feature from 1 on. */
  rowNumber: number
  /** Keys are the names of `columns`. */
  values: Record<string, Value>
  geometry: Geometry | null
  remarks: Remark[]
}

export interface RowBatch {
  rows: Row[]
  /** Share of the table read, 0 to 1. */
  progress: number
}

/** The file as a whole cannot be read; `message` is German, for a clerk. Capabilities turn it into a 422. */
export class FileRefused extends Error {
  /** Stable: "zip-bomb", "encrypted", "macros", "unknown-format" … (all in remarks.ts). */
  readonly code: string

  constructor(code: string, text: string) {
    super(text)
    this.name = 'FileRefused'
    this.code = code
  }
}

/** A column of a table that is written, with what its README says about it. */
export interface Field {
  /** English name; also the column in GeoJSON, GeoPackage and CSV for programs. */
  name: string
  /** German label: the column in XLSX and CSV for Excel. */
  label: Text
  type: 'text' | 'integer' | 'number' | 'date' | 'boolean'
  unit?: string
  definition?: Text
  codes?: Readonly<Record<string, Text>>
}

/** A table to write. Rows come in batches of the caller's making; memory stays bounded by a batch. */
export interface TableToWrite {
  /** Layer, sheet and file name; German letters are allowed, slashes are not. */
  name: string
  title: Text
  fields: readonly Field[]
  /** Geometry of the rows is in this CRS. GeoJSON wants 4326. XLSX and CSV get it as a WKT column "geometry". */
  geometry: { type: Geometry['type'] | 'Geometry'; epsg: number } | null
  rows: AsyncIterable<RowToWrite> | Iterable<RowToWrite>
}

export interface RowToWrite {
  /** By field name. '' is written as null. */
  values: Readonly<Record<string, Value>>
  geometry?: Geometry | null
}

/** What a README says about a bundle. */
export interface BundleFacts {
  title: Text
  licence: { name: string; url: string } | null
  attribution: string
  /** ISO date and ISO timestamp of both clocks. */
  asOf: string
  knownAt: string
  /** Further sentences: "Beispieldaten (erfunden)" and the like. */
  notes?: readonly string[]
}
