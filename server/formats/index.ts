/**
 * Reading: `openFile(path, options)` → `OpenedFile` (open-file.ts).
 * Writing: `writeXlsx`, `writeCsv`, `writeGeoJson`, `writeGeoPackage`, `writeShapefile`, `writeBundle` (write-*.ts), all
 * `(path, tables…, options) → Promise<void>`; the same input gives the same bytes.
 */

export { formatReadme, writeBundle } from './bundle.ts'
export { dateOf, parseNumber } from './cells.ts'
export { gridNeededFor, nameOf as nameOfCrs } from './crs.ts'
export * from './format.ts'
export { openFile } from './open-file.ts'
export { type CsvDialect, writeCsv } from './write-csv.ts'
export { writeGeoJson } from './write-geojson.ts'
export { type PackedFile, shapefileNames, writeGeoPackage, writeShapefile } from './write-gis.ts'
export { writeXlsx } from './write-xlsx.ts'
export { hashOfFile } from './write-zip.ts'
