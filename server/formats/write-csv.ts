import { stringify } from 'csv-stringify/sync'
import { looksTyped, shapeOfNumber } from './cells.ts'
import type { RowToWrite, TableToWrite, Value } from './format.ts'
import { formatWkt } from './wkt.ts'
import { writeWhole } from './write-file.ts'
import { geometryColumn, headersOf } from './write-xlsx.ts'

/**
 * excel: byte order mark, semicolons, German decimals and labels, as a German Excel opens it; ids are kept as text.
 * plain: RFC 4180, UTF-8, commas, decimal points and names of fields, for programs; texts that look like numbers are quoted.
 */
export type CsvDialect = 'excel' | 'plain'

const rowsPerPiece = 500

/** Writes a table as CSV; a geometry becomes a column of WKT. Text that a spreadsheet would run as a formula gets an apostrophe. */
export async function writeCsv(
  path: string,
  table: TableToWrite,
  dialect: CsvDialect,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<void> {
  await writeWhole(path, csvPieces(table, dialect), options.signal)
}

async function* csvPieces(table: TableToWrite, dialect: CsvDialect): AsyncGenerator<string> {
  const titles = [...headersOf(table.fields, dialect === 'excel' ? 'label' : 'name'), ...(table.geometry ? [geometryColumn] : [])]
  yield (dialect === 'excel' ? '\ufeff' : '') + formatRows([titles], dialect)
  let rows: Value[][] = []
  for await (const row of table.rows) {
    rows.push(valuesOf(table, dialect, row))
    if (rows.length < rowsPerPiece) continue
    yield formatRows(rows, dialect)
    rows = []
  }
  if (rows.length > 0) yield formatRows(rows, dialect)
}

function valuesOf(table: TableToWrite, dialect: CsvDialect, { values, geometry }: RowToWrite): Value[] {
  const cells = table.fields.map(({ name, type }): Value => {
    const value = values[name] ?? null
    return typeof value === 'string' && type !== 'date' ? asText(value, dialect) : value
  })
  if (table.geometry) cells.push(geometry ? formatWkt(geometry) : null)
  return cells
}

/** Marks a text that would be taken for something else; `formatRows` protects it. */
const mark = '\u0000'

/** What Excel makes a number or a date of: "00123", "1E5", the house numbers "12-14", "3/4", "5. Mai". */
const months =
  'jan(uar)?|feb(ruar)?|mär(z)?|mrz|apr(il)?|mai|juni?|juli?|aug(ust)?|sep(t|tember)?|okt(ober)?|nov(ember)?|dez(ember)?'
const eatenByExcel = new RegExp(String.raw`^[-+]?[\d.,][\d.,:/\-\sEe%€]*$|^(\d{1,2}[.\s-]*)?(${months})[.\s-]*\d{0,4}$`, 'i')

function asText(value: string, dialect: CsvDialect): string {
  const text = value.trim()
  return looksTyped(text) || (dialect === 'excel' && eatenByExcel.test(text)) ? mark + value : value
}

function formatRows(rows: Value[][], dialect: CsvDialect): string {
  const isExcel = dialect === 'excel'
  return stringify(rows, {
    delimiter: isExcel ? ';' : ',',
    record_delimiter: '\r\n',
    cast: {
      boolean: (value) => (isExcel ? (value ? 'WAHR' : 'FALSCH') : String(value)),
      number: (value) => formatNumber(value, isExcel),
      string: (value) => {
        if (value.startsWith(mark))
          return isExcel ? `="${value.slice(1).replaceAll('"', '""')}"` : { value: value.slice(1), quoted: true }
        return /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : value
      },
    },
  })
}

/** All digits, never an exponent. Three decimals get a fourth, so that "1,376" is never taken for 1376. */
function formatNumber(value: number, isGerman: boolean): string {
  const text = String(value)
  const plain = text.includes('e') ? expand(value) : text
  const written = isGerman ? plain.replace('.', ',') : plain
  return shapeOfNumber(written) === 'ambiguous' ? `${written}0` : written
}

function expand(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString()
  const [digits = '', exponent = '0'] = String(Math.abs(value)).split('e-')
  return `${value < 0 ? '-' : ''}0.${'0'.repeat(Number(exponent) - 1)}${digits.replace('.', '')}`
}
