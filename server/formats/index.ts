/**
 * Reading: `openFile(path, options)` → `OpenedFile` (open-file.ts).
 * Writing: `writeXlsx`, `writeCsv`, `writeGeoJson`, `writeGeoPackage`, `writeShapefile`, `writeBundle` (write-*.ts), all
 * `(path, tables…, options) → Promise<void>`; the same input gives the same bytes.
 */
export * from './format.ts'
