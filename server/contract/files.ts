/** Largest file that is kept beside a record (evidence, attachment), in bytes. */
export const mostFileBytes = 25 * 2 ** 20
/** What is taken, judged by content. */
export const fileFormats = 'PDF, JPEG, PNG, TIFF, HEIC, ZIP, XLSX, DOCX, GeoPackage, CSV und Text'
