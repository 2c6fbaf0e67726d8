/**
 * Reading: `openFile(path, options)` → `OpenedFile` (open-file.ts).
 * Writing: `writeXlsx`, `writeCsv`, `writeGeoJson`, `writeGeoPackage`, `writeShapefile`, `writeBundle` (write-*.ts), all
 * `(path, tables…, options) → Promise<void>`; the same input gives the same bytes.
 */

export { gridNeededFor, nameOf as nameOfCrs } from './crs.ts'
export * from './format.ts'
export { openFile } from './open-file.ts'
