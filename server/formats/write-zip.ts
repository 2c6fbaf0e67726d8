import { createReadStream, createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'

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
  zip.on('error', (error: Error) => output.destroy(error))
  for (const entry of entries) {
    zip.addReadStreamLazy(entry.name, fixed(), (done) =>
      done(null, 'path' in entry ? createReadStream(entry.path) : Readable.from(entry.content())),
    )
  }
  zip.end()
  await pipeline(output, createWriteStream(path), { signal })
}
