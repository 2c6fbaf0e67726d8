import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { defaultLimits, FileRefused } from '../formats/format.ts'
import { openZip } from '../formats/zip.ts'
import { formOf, isGarbled, type RegisterRow, readLine } from './gebref.ts'

/** Rows of the wanted municipality, and how far the file has been read. */
export interface RegisterBatch {
  rows: (RegisterRow & { line: number })[]
  progress: ReadingProgress
}

export interface ReadingProgress {
  /** 0 to 1. */
  share: number
  lines: number
  kept: number
  broken: number
  /** The first lines that could not be read. */
  remarks: { line: number; text: string }[]
}

const batchRows = 2_000
const mostRemarks = 100
const chunkBytes = 2 ** 20
const newline = 10
/** A register with more broken lines than one in a hundred kept ones is not trusted at all. */
const mostBrokenShare = 0.01

/**
 * Reads a file of the register (plain or zipped, of a city or of the whole Land) in bounded memory and gives the rows of one
 * municipality, at least one batch per 16 MB read. Throws `FileRefused` with a sentence for a clerk when the file cannot be trusted.
 */
export async function* readRegister(path: string, ags: string, signal?: AbortSignal): AsyncGenerator<RegisterBatch> {
  await using source = await openSource(path)
  const reader = new LineReader(ags)
  let bytes = 0
  let reportedAt = 0
  for await (const chunk of source.stream as AsyncIterable<Buffer>) {
    signal?.throwIfAborted()
    bytes += chunk.length
    reader.take(chunk)
    if (reader.rows.length >= batchRows || bytes - reportedAt > 16 * chunkBytes) {
      reportedAt = bytes
      yield { rows: reader.flush(), progress: reader.progress(Math.min(1, bytes / source.bytes)) }
    }
  }
  reader.end()
  yield { rows: reader.flush(), progress: reader.progress(1) }
  reader.judge()
}

/** Collects lines over the borders of chunks. */
class LineReader {
  rows: (RegisterRow & { line: number })[] = []
  private readonly ags: string
  private form: ReturnType<typeof formOf> = null
  private rest: Buffer = Buffer.alloc(0)
  private lines = 0
  private kept = 0
  private broken = 0
  /** It ends in the middle of a line: what came after is not known. */
  private isCutOff = false
  private readonly remarks: { line: number; text: string }[] = []
  private readonly elsewhere = new Set<string>()

  constructor(ags: string) {
    this.ags = ags
  }

  take(chunk: Buffer): void {
    const text = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk
    let start = 0
    for (let end = text.indexOf(newline); end >= 0; end = text.indexOf(newline, start)) {
      this.read(text.subarray(start, end))
      start = end + 1
    }
    // A copy: the chunk itself can then be given back.
    this.rest = Buffer.from(text.subarray(start))
    if (this.rest.length > chunkBytes) throw refused('Die Datei hat keine Zeilen: Sie ist kein Auszug „gebref“.')
  }

  end(): void {
    const { broken } = this
    if (this.rest.length > 0) this.read(this.rest)
    this.isCutOff = this.broken > broken
    this.rest = Buffer.alloc(0)
  }

  flush(): (RegisterRow & { line: number })[] {
    const { rows } = this
    this.rows = []
    return rows
  }

  progress(share: number): ReadingProgress {
    return { share, lines: this.lines, kept: this.kept, broken: this.broken, remarks: this.remarks }
  }

  /** What is wrong with the file as a whole. */
  judge(): void {
    if (this.lines === 0) throw refused('Die Datei ist leer.')
    if (this.broken > 0 && this.broken > mostBrokenShare * this.kept) {
      const [first] = this.remarks
      throw refused(
        `${this.broken} Zeilen sind nicht lesbar (zuerst Zeile ${first?.line}: ${first?.text}) Es wurde nichts übernommen, damit keine Adressen verloren gehen.`,
      )
    }
    if (this.isCutOff && this.lines > 1)
      throw refused(
        `Die Datei endet mitten in Zeile ${this.lines}: Sie ist wohl nicht ganz übertragen. Es wurde nichts übernommen, damit keine Adressen verloren gehen.`,
      )
    if (this.kept === 0) {
      const others = [...this.elsewhere].join(', ')
      throw refused(
        `Die Datei enthält keine Adresse der Gemeinde ${this.ags}${others && `, sondern solche von ${others}`}. Bitte wählen Sie den Auszug der eigenen Stadt oder den des ganzen Landes.`,
      )
    }
  }

  private read(bytes: Buffer): void {
    const line = bytes.at(-1) === 13 ? bytes.subarray(0, -1) : bytes
    if (line.length === 0) return
    this.lines += 1
    this.form ??= recogniseForm(line)
    const found = readLine(this.lines === 1 ? withoutMark(line) : line, this.form as NonNullable<typeof this.form>, this.ags)
    if ('row' in found) this.keep(found.row)
    else if ('elsewhere' in found) {
      if (this.elsewhere.size < 3) this.elsewhere.add(found.elsewhere)
    } else if ('broken' in found) {
      this.broken += 1
      if (this.remarks.length < mostRemarks) this.remarks.push({ line: this.lines, text: found.broken })
    }
  }

  private keep(row: RegisterRow): void {
    if (isGarbled(row.street))
      throw refused(
        `Die Datei ist falsch kodiert (Zeile ${this.lines}: „${row.street}“). Bitte verwenden Sie die Datei so, wie das Land sie bereitstellt: UTF-8 oder ISO-8859-1.`,
      )
    this.kept += 1
    this.rows.push({ ...row, line: this.lines })
  }
}

function recogniseForm(line: Buffer): NonNullable<ReturnType<typeof formOf>> {
  if (line.includes(0))
    throw refused('Die Datei ist in UTF-16 kodiert oder keine Textdatei. Erwartet wird UTF-8 oder ISO-8859-1.')
  const form = formOf(withoutMark(line))
  if (form) return form
  const columns = line.toString('latin1').split(';').length
  throw refused(
    `Die erste Zeile hat ${columns} ${columns === 1 ? 'Spalte' : 'Spalten'}, erwartet werden 21 (neue Form) oder 15 (alte Form), getrennt durch Semikolon: Die Datei ist kein Auszug „gebref“.`,
  )
}

/** Without the byte order mark of UTF-8. */
function withoutMark(line: Buffer): Buffer {
  return line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf ? line.subarray(3) : line
}

function refused(text: string): FileRefused {
  return new FileRefused('register', text)
}

interface Source extends AsyncDisposable {
  stream: Readable
  /** Unpacked. */
  bytes: number
}

/** The text itself, or the largest text file in the zip of the Land. */
export async function openSource(path: string): Promise<Source> {
  const { size } = await stat(path)
  if (size === 0) throw refused('Die Datei ist leer.')
  if (!(await isZip(path))) {
    const stream = createReadStream(path, { highWaterMark: chunkBytes })
    return { stream, bytes: size, [Symbol.asyncDispose]: async () => void stream.destroy() }
  }
  const zip = await openZip(path, { ...defaultLimits, unpackedBytes: 16 * 2 ** 30 })
  const texts = zip.entries.filter(({ fileName }) => /\.(txt|csv)$/i.test(fileName))
  const [entry] = texts.toSorted((a, b) => b.uncompressedSize - a.uncompressedSize)
  if (!entry) {
    await zip[Symbol.asyncDispose]()
    throw refused('Die Zip-Datei enthält keine Textdatei (gebref.txt).')
  }
  const stream = await zip.read(entry)
  return {
    stream,
    bytes: entry.uncompressedSize,
    [Symbol.asyncDispose]: async () => {
      stream.destroy()
      await zip[Symbol.asyncDispose]()
    },
  }
}

async function isZip(path: string): Promise<boolean> {
  await using file = await open(path)
  const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0)
  return buffer.toString('latin1') === 'PK\u0003\u0004' || buffer.toString('latin1') === 'PK\u0005\u0006'
}
