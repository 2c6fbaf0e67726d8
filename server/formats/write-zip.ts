import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { writeWhole } from './write-file.ts'

/** An entry of a zip to write: a file, or content that is made when its turn comes. */
export type ZipEntry = { name: string } & (
  | { path: string }
  | { content: () => AsyncIterable<string | Buffer> | Iterable<string | Buffer> }
)

/** The first day a zip can tell, the same in each time zone: the same content gives the same bytes. */
const fixed = () => ({ mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100644 })

/** Writes a zip, one entry after the other, without holding any of them. */
export async function writeZip(path: string, entries: readonly ZipEntry[], signal?: AbortSignal): Promise<void> {
  const zip = new ZipFile()
  const output = new Readable().wrap(zip.outputStream)
  const fail = (error: Error) => void output.destroy(error)
  zip.on('error', fail)
  let current: Readable | null = null
  output.on('close', () => current?.destroy())
  for (const entry of entries) {
    zip.addReadStreamLazy(entry.name, fixed(), (done) => {
      const input = 'path' in entry ? createReadStream(entry.path) : Readable.from(entry.content())
      // yazl listens to its own errors only.
      input.on('error', fail)
      current = input
      done(null, input)
    })
  }
  zip.end()
  await writeWhole(path, output, signal)
}

/** SHA-256 of a file, in hex. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
