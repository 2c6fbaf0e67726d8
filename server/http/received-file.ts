import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { formatNumber } from '../contract/numbers.ts'
import { Problem } from './problem.ts'

/** Streams a body into the file `path`, whatever its size. Problem 413 above `limitGb`; what was written by then is the caller's to remove. */
export async function writeReceived(body: Readable, path: string, limitGb: number): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      hash.update(chunk)
      if (bytes > limitGb * 2 ** 30) done(new Problem(413, `Die Datei ist größer als ${formatNumber(limitGb, 'de')} GB.`))
      else done(null, chunk)
    },
  })
  await pipeline(body, counted, createWriteStream(path))
  return { bytes, sha256: hash.digest('hex') }
}
