import { stringify } from 'csv-stringify/sync'
import { formatImpreciseDate, formatMoment } from '../contract/dates.ts'
import type { Layer, Property } from '../contract/layers/layer.ts'
import type { TableRow } from './queries.ts'

/** excel: as a German spreadsheet expects it. Default: RFC 4180 with point and comma, for programs. */
export type Dialect = 'excel'

export interface CsvWishes {
  dialect?: Dialect | undefined
  /** Said in every row; null: nothing to say. */
  notice: string | null
}

interface Column {
  name: string
  value: (row: TableRow) => unknown
}

/** Words for people in front of a spreadsheet; programs get the values as they are kept. */
function valueFor(dialect: Dialect | undefined, { type }: Property, value: unknown): unknown {
  if (type === 'strings') return (value as string[] | null)?.join(', ') ?? null
  if (dialect !== 'excel' || value === null) return value
  if (type === 'timestamp') return formatMoment(value as string, 'de')
  if (type === 'date' || type === 'impreciseDate') return formatImpreciseDate(value as string, 'de')
  return value
}

/** One column per property; a code is followed by its word. */
function columnsOf(layer: Layer, properties: readonly string[], { dialect, notice }: CsvWishes): Column[] {
  const place = layer.geometry ? ['longitude', 'latitude'] : []
  return [
    { name: 'id', value: (row) => row.id },
    ...properties.flatMap((name): Column[] => {
      const property = layer.properties[name] as Property
      const column = { name, value: (row: TableRow) => valueFor(dialect, property, row[name]) }
      const { codes } = property
      return codes ? [column, { name: `${name}Label`, value: (row) => codes[row[name] as string]?.de ?? null }] : [column]
    }),
    ...place.map((name): Column => ({ name, value: (row) => row[name] })),
    ...(notice === null ? [] : [{ name: 'notice', value: () => notice }]),
  ]
}

/**
 * Features as CSV with a header row of property names; of geometry, a point on it in WGS 84. Text that a spreadsheet would
 * take for a formula is preceded by an apostrophe.
 */
export function writeCsv(layer: Layer, properties: readonly string[], rows: readonly TableRow[], wishes: CsvWishes): string {
  const columns = columnsOf(layer, properties, wishes)
  const isExcel = wishes.dialect === 'excel'
  return stringify(
    rows.map((row) => columns.map((column) => column.value(row))),
    {
      header: true,
      columns: columns.map((column) => column.name),
      bom: isExcel,
      delimiter: isExcel ? ';' : ',',
      record_delimiter: '\r\n',
      escape_formulas: true,
      cast: {
        boolean: (value) => (isExcel ? (value ? 'ja' : 'nein') : String(value)),
        number: (value) => (isExcel ? String(value).replace('.', ',') : String(value)),
      },
    },
  )
}
