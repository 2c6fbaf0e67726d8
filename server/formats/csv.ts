import { createReadStream } from 'node:fs'
import { type CsvError, type Options, type Parser, parse } from 'csv-parse'
import { parse as parseAtOnce } from 'csv-parse/sync'
import { type Cell, cleanText, looksTyped } from './cells.ts'
import type { Limits } from './format.ts'
import type { RawBatch, RawNote, RawRow, RawTable } from './raw.ts'
import { refusals, remarks } from './remarks.ts'
import { encodings, type RecognisedEncoding, readText } from './text-encoding.ts'

const separators = { ';': 'Strichpunkte', ',': 'Kommas', '\t': 'Tabulatoren', '|': 'senkrechte Striche' } as const
export type Separator = keyof typeof separators

/** Lenient: quotation marks within a value, and rows of different length, are met in practice. */
const leniency = { relax_column_count: true, relax_quotes: true, skip_empty_lines: true } as const

interface Dialect {
  separator: Separator
  encoding: RecognisedEncoding
}

export async function openCsv(
  path: string,
  fileBytes: number,
  name: string,
  found: RecognisedEncoding,
  limits: Limits,
  chosen?: Separator,
): Promise<RawTable> {
  const start = await readBeginning(path, found)
  const hint = /^sep=(.)\r?\n/i.exec(start)
  const hinted = hint?.[1] as Separator | undefined
  const width = found.encoding.startsWith('utf-16') ? 2 : 1
  const encoding = hint ? { ...found, skip: found.skip + hint[0].length * width } : found
  const separator =
    chosen ?? (hinted && hinted in separators ? hinted : undefined) ?? recogniseSeparator(start.slice(hint?.[0].length))
  const dialect = { separator, encoding }
  return {
    name,
    columns: null,
    hasGeometry: false,
    declared: null,
    rowCount: null,
    remarks: [remarks.encoding(encodings[found.encoding]), remarks.separator(separators[separator])],
    isStrict: true,
    read: ({ signal, isSample = false }) => readCsv(path, fileBytes, dialect, limits, isSample, signal),
  }
}

async function readBeginning(path: string, encoding: RecognisedEncoding): Promise<string> {
  let start = ''
  for await (const text of readText(path, encoding, { end: 2 ** 17 })) start += text
  return start
}

/** The separator that gives the most rows of the same width; of two such, the one that gives more columns. */
export function recogniseSeparator(start: string): Separator {
  let best: { separator: Separator; score: number } = { separator: ';', score: 0 }
  for (const separator of Object.keys(separators) as Separator[]) {
    const rows = parseSome(start, separator)
    const counts = new Map<number, number>()
    for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1)
    const [columns, count] = [...counts].reduce((most, next) => (next[1] > most[1] ? next : most), [0, 0])
    const score = columns > 1 ? (count / rows.length) * (1 + Math.min(columns, 50) / 100) : 0
    if (score > best.score) best = { separator, score }
  }
  return best.separator
}

function parseSome(start: string, delimiter: Separator): string[][] {
  try {
    return parseAtOnce(start, { ...leniency, delimiter, to: 50 })
  } catch {
    // The beginning was cut within quotation marks: without the last row it is whole.
    const lines = start.split('\n').slice(0, 20).join('\n')
    try {
      return parseAtOnce(lines, { ...leniency, delimiter })
    } catch {
      return lines.split('\n').map((line) => line.split(delimiter))
    }
  }
}

/** A value that stood in quotation marks; only looked at while columns are judged. */
interface Quoted {
  quoted: string
}

async function* readCsv(
  path: string,
  fileBytes: number,
  dialect: Dialect,
  limits: Limits,
  isSample: boolean,
  signal?: AbortSignal,
): AsyncGenerator<RawBatch> {
  let records: (string | Quoted)[][] = []
  let blankBefore: number[] = []
  const options: Options = {
    ...leniency,
    delimiter: dialect.separator,
    max_record_size: limits.cellCharacters * 16,
    on_record: (record: (string | Quoted)[]) => {
      records.push(record)
      blankBefore.push(parser.info.empty_lines)
      return null
    },
    ...(isSample
      ? {
          cast: (value: string, { quoting }: { quoting: boolean }) =>
            quoting && looksTyped(value.trim()) ? { quoted: value } : value,
        }
      : {}),
  }
  const parser = parse(options)
  // Each error also arrives where it is waited for; without a listener it would end the process.
  parser.on('error', () => {})
  const seen = { rows: 0, isQuotingMeant: null as boolean | null }
  const take = (bytes: number, progress: number): RawBatch => {
    if (isSample && seen.isQuotingMeant === null && records.length > 1) seen.isQuotingMeant = isQuotingMeant(records)
    const rows = records.map((record, index) =>
      toRow(record, seen.rows + index + 1 + (blankBefore[index] ?? 0), limits, seen.isQuotingMeant ?? true),
    )
    seen.rows += rows.length
    records = []
    blankBefore = []
    return { rows, bytes, progress }
  }
  try {
    let read = 0
    for await (const chunk of readChunks(path, dialect.encoding, signal)) {
      await feed(parser, chunk, () => seen.rows + records.length + parser.info.empty_lines + 1)
      read += chunk.length
      yield take(chunk.length, Math.min(read / fileBytes, 1))
    }
    await finish(parser, () => seen.rows + parser.info.empty_lines + 1)
    yield take(0, 1)
  } finally {
    parser.destroy()
  }
}

/** UTF-8 goes to the parser as it is. */
function readChunks(path: string, encoding: RecognisedEncoding, signal?: AbortSignal): AsyncIterable<Buffer> {
  if (encoding.encoding === 'utf-8') return createReadStream(path, { start: encoding.skip, highWaterMark: 2 ** 18, signal })
  return toBuffers(readText(path, encoding, { signal }))
}

async function* toBuffers(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const text of texts) yield Buffer.from(text)
}

function feed(parser: Parser, chunk: Buffer, currentRow: () => number): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(chunk, (error) => (error ? reject(refusalOf(error as CsvError, currentRow())) : resolve()))
  })
}

function finish(parser: Parser, currentRow: () => number): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.once('error', (error) => reject(refusalOf(error as CsvError, currentRow())))
    parser.once('end', resolve)
    parser.resume()
    parser.end()
  })
}

function refusalOf(error: CsvError, row: number): Error {
  if (error.code === 'CSV_MAX_RECORD_SIZE') return refusals.cellTooLarge(row)
  return error.code === 'CSV_QUOTE_NOT_CLOSED' ? refusals.unclosedQuote(row) : error
}

/** Quotation marks say "text" unless the whole file is in them. */
function isQuotingMeant(records: (string | Quoted)[][]): boolean {
  return records
    .slice(0, 200)
    .some((record) => record.some((value) => typeof value === 'string' && value !== '' && looksTyped(value.trim())))
}

function toRow(record: (string | Quoted)[], rowNumber: number, limits: Limits, isQuotingMeant: boolean): RawRow {
  const notes: RawNote[] = []
  const cells = record.map((value, index): Cell => {
    if (typeof value !== 'string') return isQuotingMeant ? { text: value.quoted.trim() } : cleanText(value.quoted)
    if (value.length <= limits.cellCharacters) return toCell(value)
    notes.push({ index, say: (column) => remarks.cellTooLarge(column) })
    return null
  })
  while (cells.length > 0 && cells.at(-1) === null) cells.pop()
  return notes.length > 0 ? { rowNumber, cells, notes } : { rowNumber, cells }
}

/** ="00123" is how Excel is made to keep a text; an apostrophe before a formula is how it is kept from running one. */
function toCell(value: string): Cell {
  const text = cleanText(value)
  if (text === null) return null
  if (text.startsWith('="') && text.endsWith('"') && text.length > 3) return { text: text.slice(2, -1).replaceAll('""', '"') }
  return /^'+[=+\-@\t\r]/.test(text) ? { text: text.slice(1) } : text
}
