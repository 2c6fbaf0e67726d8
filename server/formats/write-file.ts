import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Writes a file piece by piece; when that fails or is cancelled, nothing half-written stays. */
export async function writeWhole(path: string, pieces: Readable | AsyncIterable<string>, signal?: AbortSignal): Promise<void> {
  try {
    await pipeline(pieces, createWriteStream(path), { signal })
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}
