import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { fileFormats, mostFileBytes } from '../contract/files.ts'
import { Problem } from './problem.ts'

/** A file that was read and judged. */
export interface JudgedFile {
  content: Buffer
  sha256: string
  mediaType: string
}

interface Kind {
  mediaType: string
  endings: readonly string[]
  fits: (content: Buffer) => boolean
}

const begins = (...bytes: readonly (number | string)[]) => {
  const start = Buffer.concat(bytes.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from([part]))))
  return (content: Buffer) => content.subarray(0, start.length).equals(start)
}
const zip = begins('PK', 3, 4)
/** A zip that has a part of this name; names stand unpacked in its directory. */
const zipWith = (part: string) => (content: Buffer) => zip(content) && content.includes(part)
const office = 'application/vnd.openxmlformats-officedocument'

/** What is taken, by content; the name must agree. The first that fits counts. */
const kinds: readonly Kind[] = [
  { mediaType: 'application/pdf', endings: ['pdf'], fits: begins('%PDF-') },
  { mediaType: 'image/jpeg', endings: ['jpg', 'jpeg'], fits: begins(0xff, 0xd8, 0xff) },
  { mediaType: 'image/png', endings: ['png'], fits: begins(0x89, 'PNG\r\n', 0x1a, '\n') },
  {
    mediaType: 'image/tiff',
    endings: ['tif', 'tiff'],
    fits: (content) => begins('II*', 0)(content) || begins('MM', 0, '*')(content),
  },
  {
    mediaType: 'image/heic',
    endings: ['heic'],
    fits: (content) => /^ftyp(heic|heix|mif1)$/.test(content.toString('latin1', 4, 12)),
  },
  { mediaType: 'application/geopackage+sqlite3', endings: ['gpkg'], fits: begins('SQLite format 3', 0) },
  { mediaType: `${office}.spreadsheetml.sheet`, endings: ['xlsx'], fits: zipWith('xl/workbook.xml') },
  { mediaType: `${office}.wordprocessingml.document`, endings: ['docx'], fits: zipWith('word/document.xml') },
  { mediaType: 'application/zip', endings: ['zip'], fits: zip },
  { mediaType: 'text/csv', endings: ['csv'], fits: isText },
  { mediaType: 'text/plain', endings: ['txt', 'md'], fits: isText },
]

/** Text, and no page or picture that a browser would run. */
function isText(content: Buffer): boolean {
  return !content.includes(0) && !/^\ufeff?\s*</.test(content.toString('utf8', 0, 200))
}

/**
 * Reads a file up to the limit and judges it by content. Problem 413: too large; 415: not of the formats taken; 422: empty, macros, or
 * its name says something else.
 */
export async function readJudgedFile(body: Readable, name: string): Promise<JudgedFile> {
  const content = await readAll(body)
  if (content.length === 0) throw refused(422, 'Die Datei ist leer.')
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const fitting = kinds.filter(({ fits }) => fits(content))
  if (zip(content) && content.includes('vbaProject.bin'))
    throw refused(422, 'Die Datei enthält Makros. Bitte speichern Sie sie ohne Makros, zum Beispiel als XLSX oder PDF.')
  if (fitting.length === 0) throw refused(415, `Diese Art von Datei wird nicht angenommen. Möglich sind ${fileFormats}.`)
  const kind = fitting.find(({ endings }) => endings.includes(ending))
  if (!kind) {
    const wanted = [...new Set(fitting.flatMap(({ endings }) => endings.slice(0, 1)))].map((one) => `.${one}`).join(' oder ')
    throw refused(422, `Die Endung von „${name}“ passt nicht zum Inhalt; nach dem Inhalt wäre es ${wanted}.`)
  }
  return { content, sha256: createHash('sha256').update(content).digest('hex'), mediaType: kind.mediaType }
}

/** Of a file that is too large the rest is read and forgotten: a browser hears the answer only when it has sent everything. */
async function readAll(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += (chunk as Buffer).length
    if (bytes <= mostFileBytes) chunks.push(chunk as Buffer)
    else chunks.length = 0
    if (bytes > farTooManyBytes) break
  }
  if (bytes > mostFileBytes) throw refused(413, `Die Datei ist größer als ${mostFileBytes / 2 ** 20} MB.`)
  return Buffer.concat(chunks)
}

const farTooManyBytes = 40 * mostFileBytes

function refused(status: number, detail: string): Problem {
  return new Problem(status, detail, { errors: [{ field: 'file', detail }] })
}
