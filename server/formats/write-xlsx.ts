import type { Field, RowToWrite, TableToWrite, Value } from './format.ts'
import { refusals } from './remarks.ts'
import { formatWkt } from './wkt.ts'
import { writeZip, type ZipEntry } from './write-zip.ts'

/** Column of the geometry, in XLSX and CSV. */
export const geometryColumn = 'geometry'

export interface SheetOptions {
  /** Headers are German labels, or the names of the fields. */
  header?: 'label' | 'name'
  signal?: AbortSignal | undefined
}

/** Cells of Excel hold no more. */
const mostCharacters = 32_767
/** Nor a sheet, header included. */
const mostRows = 1_048_576
const pieceCharacters = 2 ** 16

/** Styles by their place in `cellXfs`. */
const styles = { header: 1, date: 2, moment: 3, text: 4 } as const

/**
 * Writes a workbook, a sheet per table: header frozen and filterable, ids as text, dates as dates, numbers as numbers. Texts stand
 * in their cells, not in a shared list, so that memory stays bounded. What a cell cannot hold (over 32,767 characters) is left out;
 * more rows than a sheet holds are a `FileRefused`.
 * Written here because no library maintained on npm writes several sheets as they stream.
 */
export async function writeXlsx(
  path: string,
  tables: readonly TableToWrite[],
  { header = 'label', signal }: SheetOptions = {},
): Promise<void> {
  const names = sheetNames(tables)
  const sheets = tables.map(
    (table, index): ZipEntry => ({ name: `xl/worksheets/sheet${index + 1}.xml`, content: () => sheetXml(table, header) }),
  )
  const parts: ZipEntry[] = [
    { name: '[Content_Types].xml', content: () => [contentTypes(tables.length)] },
    { name: '_rels/.rels', content: () => [rootRelations] },
    { name: 'xl/workbook.xml', content: () => [workbookXml(names)] },
    { name: 'xl/_rels/workbook.xml.rels', content: () => [workbookRelations(tables.length)] },
    { name: 'xl/styles.xml', content: () => [stylesXml] },
  ]
  await writeZip(path, [...parts, ...sheets], signal)
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

function contentTypes(count: number): string {
  const sheets = numbers(count).map(
    (n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${types}.worksheet+xml"/>`,
  )
  return `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/>${sheets.join('')}</Types>`
}

const rootRelations = `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`

function workbookRelations(count: number): string {
  const sheets = numbers(count).map(
    (n) => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
  )
  const style = `<Relationship Id="rId${count + 1}" Type="${office}/styles" Target="styles.xml"/>`
  return `${head}<Relationships xmlns="${packages}/relationships">${sheets.join('')}${style}</Relationships>`
}

function workbookXml(names: readonly string[]): string {
  const sheets = names.map((name, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
  return `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.join('')}</sheets></workbook>`
}

const stylesXml = `${head}<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="dd\\.mm\\.yyyy\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`

/** At most 31 characters, none of []:*?/\, no apostrophe at the ends, no name twice (letter case does not count). */
export function sheetNames(tables: readonly { name: string }[]): string[] {
  const used = new Set<string>()
  return tables.map((table) => {
    const plain =
      table.name
        .replace(/[[\]:*?/\\]/g, '-')
        .replace(/^'+|'+$/g, '')
        .slice(0, 31) || 'Tabelle'
    let name = plain
    for (let turn = 2; used.has(name.toLowerCase()); turn++) name = `${plain.slice(0, 30 - String(turn).length)} ${turn}`
    used.add(name.toLowerCase())
    return name
  })
}

/** Header cells; a label that two fields share is followed by the name. */
export function headersOf(fields: readonly Field[], header: 'label' | 'name'): string[] {
  if (header === 'name') return fields.map(({ name }) => name)
  const labels = fields.map(({ label }) => label.de)
  return fields.map(({ name, label }) =>
    labels.indexOf(label.de) === labels.lastIndexOf(label.de) ? label.de : `${label.de} (${name})`,
  )
}

async function* sheetXml(table: TableToWrite, header: 'label' | 'name'): AsyncGenerator<string> {
  const titles = [...headersOf(table.fields, header), ...(table.geometry ? [geometryColumn] : [])]
  const columns = titles.map(
    (title, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${Math.min(Math.max(title.length + 4, 12), 40)}" customWidth="1"/>`,
  )
  const frozen =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
  let piece = `${head}<worksheet xmlns="${main}">${frozen}<cols>${columns.join('')}</cols><sheetData>`
  piece += `<row r="1">${titles.map((title) => textCell(title, styles.header)).join('')}</row>`
  let row = 1
  for await (const next of table.rows) {
    row += 1
    if (row > mostRows) throw refusals.tooManyRows()
    piece += rowXml(table, next, row)
    if (piece.length < pieceCharacters) continue
    yield piece
    piece = ''
  }
  yield `${piece}</sheetData><autoFilter ref="A1:${columnLetters(titles.length - 1)}${row}"/></worksheet>`
}

function columnLetters(index: number): string {
  return (index >= 26 ? columnLetters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))
}

function rowXml(table: TableToWrite, row: RowToWrite, number: number): string {
  const cells = table.fields.map((field) => cellXml(field, row.values[field.name] ?? null))
  if (table.geometry) cells.push(row.geometry ? textCell(formatWkt(row.geometry), styles.text) : '<c/>')
  return `<row r="${number}">${cells.join('')}</row>`
}

function cellXml({ type }: Field, value: Value): string {
  if (value === null || value === '') return '<c/>'
  if (typeof value === 'number') return Number.isFinite(value) ? `<c><v>${value}</v></c>` : '<c/>'
  if (typeof value === 'boolean') return `<c t="b"><v>${value ? 1 : 0}</v></c>`
  const serial = type === 'date' ? serialOf(value) : null
  return serial === null
    ? textCell(value, styles.text)
    : `<c s="${Number.isInteger(serial) ? styles.date : styles.moment}"><v>${serial}</v></c>`
}

/** Day as Excel counts it; null for what is no date, or before March 1900, where Excel counts wrongly. */
function serialOf(iso: string): number | null {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?$/.test(iso)) return null
  const days = (Date.parse(iso.length === 10 ? `${iso}T00:00:00Z` : `${iso}Z`) - Date.UTC(1899, 11, 30)) / 86_400_000
  return days > 60 ? days : null
}

function textCell(text: string, style: number): string {
  if (text.length > mostCharacters) return '<c/>'
  return `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** What XML cannot hold is written as "_x000B_", and what looks like that is protected (ECMA-376 Part 1, 22.9.2.19). */
function escapeXml(text: string): string {
  let result = ''
  for (const letter of text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')) {
    const code = letter.codePointAt(0) as number
    const isForbidden =
      (code < 32 && code !== 9 && code !== 10) || (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff
    result += isForbidden ? `_x${code.toString(16).toUpperCase().padStart(4, '0')}_` : (entities[letter] ?? letter)
  }
  return result
}
