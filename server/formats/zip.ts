import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { FileRefused, type Limits } from './format.ts'
import { refusals } from './remarks.ts'

/** A smaller entry may be packed as tightly as it likes: it does no harm. */
const ratioMattersFrom = 32 * 2 ** 20
const stored = 0
const deflated = 8

/** A zip whose directory has been read and found harmless. */
export interface Zip extends AsyncDisposable {
  entries: readonly Entry[]
  find(name: string): Entry | undefined
  /** Unpacked bytes; ends with a refusal when they are more than announced. */
  read(entry: Entry): Promise<Readable>
  unpack(entry: Entry, path: string, signal?: AbortSignal): Promise<void>
}

/**
 * Opens a zip. Refuses broken and encrypted ones, unknown methods of packing, paths that lead elsewhere, too many entries, and
 * entries (also overlapping ones) that unpack to more than the limits allow.
 */
export async function openZip(path: string, limits: Limits): Promise<Zip> {
  const file = await openPromise(path, { lazyEntries: true, strictFileNames: false, autoClose: false }).catch((error) => {
    throw refusalOf(error)
  })
  try {
    const entries = await readDirectory(file, limits)
    return {
      entries,
      find: (name) => entries.find((entry) => entry.fileName === name),
      read: (entry) => readEntry(file, entry),
      unpack: async (entry, target, signal) => {
        await pipeline(await readEntry(file, entry), createWriteStream(target), { signal }).catch((error) => {
          throw refusalOf(error)
        })
      },
      async [Symbol.asyncDispose]() {
        file.close()
      },
    }
  } catch (error) {
    file.close()
    throw refusalOf(error)
  }
}

async function readDirectory(file: ZipFile, limits: Limits): Promise<Entry[]> {
  if (file.entryCount > limits.entries) throw refusals.zipEntries(limits.entries)
  const entries: Entry[] = []
  let unpacked = 0
  for await (const entry of file.eachEntry()) {
    if (entry.isEncrypted()) throw refusals.encryptedZip()
    if (entry.compressionMethod !== stored && entry.compressionMethod !== deflated) throw refusals.zipMethod()
    unpacked += entry.uncompressedSize
    const isTight = entry.uncompressedSize > limits.ratio * Math.max(entry.compressedSize, 1)
    if (unpacked > limits.unpackedBytes || (isTight && entry.uncompressedSize > ratioMattersFrom)) throw refusals.zipBomb()
    if (!entry.fileName.endsWith('/')) entries.push(entry)
  }
  return entries
}

async function readEntry(file: ZipFile, entry: Entry): Promise<Readable> {
  const packed = await file.openReadStreamPromise(entry).catch((error) => {
    throw refusalOf(error)
  })
  // Errors of unpacking (wrong size, wrong data) arrive as errors of the stream that is read.
  const checked = new Transform({ transform: (chunk, _encoding, done) => done(null, chunk) })
  packed.on('error', (error) => checked.destroy(refusalOf(error)))
  checked.on('close', () => packed.destroy())
  return packed.pipe(checked)
}

function refusalOf(error: unknown): Error {
  if (!(error instanceof Error)) return refusals.brokenZip()
  if (error instanceof FileRefused || error.name === 'AbortError') return error
  if ((error as NodeJS.ErrnoException).code?.startsWith('E') && 'syscall' in error) return error
  if (/relative path|absolute path|invalid characters in fileName/.test(error.message)) return refusals.zipPath()
  if (/too many bytes/.test(error.message)) return refusals.zipBomb()
  if (/encrypt/.test(error.message)) return refusals.encryptedZip()
  return refusals.brokenZip()
}
