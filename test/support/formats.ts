import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Field, OpenedFile, OpenOptions, Row, RowToWrite, TableToWrite } from '../../server/formats/index.ts'
import { FileRefused, openFile } from '../../server/formats/index.ts'
import { writeZip } from '../../server/formats/write-zip.ts'

/** A directory that is gone when the test is over. */
export async function workDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'formats-test-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

export async function fileOf(name: string, content: string | Buffer): Promise<string> {
  const path = join(await workDirectory(), name)
  await writeFile(path, content)
  return path
}

export async function zipOf(name: string, entries: Record<string, string | Buffer>): Promise<string> {
  const path = join(await workDirectory(), name)
  await writeZip(
    path,
    Object.entries(entries).map(([entry, content]) => ({ name: entry, content: () => [content] })),
  )
  return path
}

export interface ReadTable {
  file: Omit<OpenedFile, 'readRows'>
  table: OpenedFile['tables'][number]
  rows: Row[]
}

/** Opens a file, reads one of its tables completely and closes it. */
export async function readTable(path: string, options: Partial<OpenOptions> & { table?: string } = {}): Promise<ReadTable> {
  await using file = await openFile(path, { name: path.split('/').at(-1) ?? '', ...options })
  const table = file.tables.find(({ name }) => name === options.table) ?? file.tables[0]
  if (!table) throw new Error('no table')
  const rows: Row[] = []
  for await (const batch of file.readRows(table.name)) rows.push(...batch.rows)
  return { file, table, rows }
}

/** The reason a file is refused for; fails when it is read. */
export async function refusalOf(path: string, options: Partial<OpenOptions> = {}): Promise<FileRefused> {
  const refused = await readTable(path, options).then(
    () => null,
    (error: unknown) => error,
  )
  if (!(refused instanceof FileRefused)) throw new Error('The file was not refused.', { cause: refused })
  return refused
}

export const codesOf = (row: Row | undefined) => row?.remarks.map(({ code }) => code)

const packages = 'http://schemas.openxmlformats.org/package/2006'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

/** A workbook as Excel would write it, from the XML of its rows; style 1 shows a date. */
export function workbookOf(
  sheets: { name: string; rows: string; after?: string; state?: string }[],
  more: Record<string, string | Buffer> = {},
): Promise<string> {
  const attributes = (name: string, state?: string) => `name="${name}"${state ? ` state="${state}"` : ''}`
  return zipOf('mappe.xlsx', {
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"/>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets
      .map(({ name, state }, index) => `<sheet ${attributes(name, state)} sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships">${sheets
      .map(
        (_, index) => `<Relationship Id="rId${index + 1}" Type="${office}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
      )
      .join('')}</Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst xmlns="${main}"><si><t>Straße</t></si><si><r><t>Haus</t></r><r><t>nummer</t></r><rPh><t>x</t></rPh></si></sst>`,
    ...Object.fromEntries(
      sheets.map(({ rows, after = '' }, index) => [
        `xl/worksheets/sheet${index + 1}.xml`,
        `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData>${after}</worksheet>`,
      ]),
    ),
    ...more,
  })
}

/** A row of cells: text, number, or the XML of a cell where it begins with "<". null leaves the cell out. */
export function sheetRow(number: number, cells: (string | number | null)[]): string {
  const xml = cells.map((cell, index) => {
    if (cell === null) return ''
    const reference = `${String.fromCharCode(65 + index)}${number}`
    if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`
    return cell.startsWith('<')
      ? cell.replace('<c', `<c r="${reference}"`)
      : `<c r="${reference}" t="inlineStr"><is><t>${cell}</t></is></c>`
  })
  return `<row r="${number}">${xml.join('')}</row>`
}

/** Numbers between 0 and 1 that are the same each time (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const text = (de: string) => ({ de, en: de })

export const sampleFields: readonly Field[] = [
  { name: 'id', label: text('Kennung'), type: 'text' },
  { name: 'street', label: text('Straße'), type: 'text' },
  { name: 'households', label: text('Wohneinheiten'), type: 'integer' },
  { name: 'lengthM', label: text('Länge'), type: 'number', unit: 'm' },
  { name: 'passedOn', label: text('Versorgt am'), type: 'date' },
  { name: 'isFunded', label: text('Gefördert'), type: 'boolean' },
]

/** Texts that are hard on formats: looking like numbers, dates, formulas and markup; beyond ASCII; of several lines. */
const hardTexts = [
  '00123',
  '51373',
  '1,5',
  '1.376',
  '1.376,50',
  '2024-03-01',
  '01.03.2024',
  'WAHR',
  'true',
  '=1+1',
  '-5',
  '+49 214',
  '@x',
  "'=1",
  "'quoted'",
]
const oddTexts = [
  'Müllerstraße',
  'A;B,C\t|',
  'say "x"',
  '="1"',
  'zwei\nZeilen',
  '<&>',
  '_x0041_',
  '\u0142\u00f3d\u017a',
  '\u{1f600}',
  'a'.repeat(200),
  'Straße ½ №',
  '"',
  "O'Neill",
  ';',
  '5E3',
  '1e5',
  '0x10',
]

export function randomRows(
  seed: number,
  count: number,
  geometryAt: (random: () => number) => RowToWrite['geometry'],
): RowToWrite[] {
  const random = seededRandom(seed)
  const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)] as T
  const maybe = <T>(value: T) => (random() < 0.15 ? null : value)
  const number = () =>
    pick([random() * 1e4, Math.round(random() * 1e6) / 1e3, -random(), Math.floor(random() * 1e6), random() * 1e-6])
  return Array.from({ length: count }, (_, index) => ({
    values: {
      id: pick([String(index), `0${index}`, `p:${index}`]),
      street: maybe(pick([...hardTexts, ...oddTexts])),
      households: maybe(Math.floor(random() * 2_000)),
      lengthM: maybe(number()),
      passedOn: maybe(new Date(Date.UTC(1901, 0, 1) + Math.floor(random() * 60_000) * 86_400_000).toISOString().slice(0, 10)),
      isFunded: maybe(random() < 0.5),
    },
    geometry: geometryAt(random),
  }))
}

export function tableOf(rows: RowToWrite[], geometry: TableToWrite['geometry'], name = 'premises'): TableToWrite {
  return { name, title: { de: 'Adressen', en: 'Premises' }, fields: sampleFields, geometry, rows }
}
