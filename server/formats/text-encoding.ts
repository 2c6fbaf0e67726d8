import { createReadStream } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'

/** Encodings German offices deliver in; the value is what a clerk reads. */
export const encodings = {
  'utf-8': 'Unicode (UTF-8)',
  'utf-16le': 'Unicode (UTF-16)',
  'utf-16be': 'Unicode (UTF-16, BE)',
  'windows-1252': 'westeuropäisch (Windows-1252)',
  macintosh: 'westeuropäisch (Macintosh)',
  cp850: 'westeuropäisch (DOS, CP850)',
} as const

export type Encoding = keyof typeof encodings

export interface RecognisedEncoding {
  encoding: Encoding
  /** Length of the byte order mark. */
  skip: number
}

const sampleBytes = 64 * 2 ** 10

/** Recognises the encoding of a text from its byte order mark, else from all its bytes. null: it is no text. */
export async function recogniseEncoding(path: string, signal?: AbortSignal): Promise<RecognisedEncoding | null> {
  await using file = await open(path)
  const start = await readStart(file, sampleBytes)
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return { encoding: 'utf-8', skip: 3 }
  if (start[0] === 0xff && start[1] === 0xfe) return { encoding: 'utf-16le', skip: 2 }
  if (start[0] === 0xfe && start[1] === 0xff) return { encoding: 'utf-16be', skip: 2 }
  const wide = guessWide(start)
  if (wide) return { encoding: wide, skip: 0 }
  if (start.includes(0)) return null
  return {
    encoding: (await isUtf8(path, signal))
      ? 'utf-8'
      : guessSingleByte(start.length < sampleBytes ? start : await readUmlauts(path)),
    skip: 0,
  }
}

export async function readStart(file: FileHandle, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0)
  return buffer.subarray(0, bytesRead)
}

/** UTF-16 without a mark: western text has a zero in nearly every second byte. */
function guessWide(start: Buffer): 'utf-16le' | 'utf-16be' | null {
  const pairs = Math.floor(start.length / 2)
  let even = 0
  let odd = 0
  for (let at = 0; at < pairs * 2; at += 2) {
    if (start[at] === 0) even += 1
    if (start[at + 1] === 0) odd += 1
  }
  if (odd > pairs * 0.7 && even === 0) return 'utf-16le'
  return even > pairs * 0.7 && odd === 0 ? 'utf-16be' : null
}

/** Whether all bytes are UTF-8; a character cut off at the very end is forgiven. */
async function isUtf8(path: string, signal?: AbortSignal): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20, signal })) decoder.decode(chunk, { stream: true })
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** The first bytes beyond ASCII, up to 64 kB of them, wherever they stand. */
async function readUmlauts(path: string): Promise<Buffer> {
  const found: number[] = []
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) {
    for (const byte of chunk as Buffer) if (byte > 127) found.push(byte)
    if (found.length > sampleBytes) break
  }
  return Buffer.from(found)
}

/** äöüÄÖÜß in each of the encodings. */
const umlauts: [Encoding, number[]][] = [
  ['windows-1252', [0xe4, 0xf6, 0xfc, 0xc4, 0xd6, 0xdc, 0xdf]],
  ['macintosh', [0x8a, 0x9a, 0x9f, 0x80, 0x85, 0x86, 0xa7]],
  ['cp850', [0x84, 0x94, 0x81, 0x8e, 0x99, 0x9a, 0xe1]],
]

export function guessSingleByte(bytes: Uint8Array): Encoding {
  const counts = new Uint32Array(256)
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1
  const scores = umlauts.map(([encoding, codes]) => ({
    encoding,
    score: codes.reduce((sum, code) => sum + (counts[code] ?? 0), 0),
  }))
  return scores.reduce((best, next) => (next.score > best.score ? next : best)).encoding
}

const upperHalfOfCp850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0'

/** Text of a file, in pieces; `onRead` is told the bytes read so far. */
export async function* readText(
  path: string,
  { encoding, skip }: RecognisedEncoding,
  options: { signal?: AbortSignal | undefined; onRead?: (bytes: number) => void; end?: number } = {},
): AsyncGenerator<string> {
  const decoder = encoding === 'cp850' ? null : new TextDecoder(encoding, { ignoreBOM: true })
  let bytes = skip
  const end = options.end === undefined ? undefined : Math.max(options.end, skip)
  for await (const chunk of createReadStream(path, { start: skip, end, highWaterMark: 2 ** 18, signal: options.signal })) {
    bytes += (chunk as Buffer).length
    options.onRead?.(bytes)
    yield decoder ? decoder.decode(chunk, { stream: true }) : decodeCp850(chunk)
  }
  const rest = decoder?.decode()
  if (rest) yield rest
}

function decodeCp850(chunk: Buffer): string {
  return chunk.toString('latin1').replace(/[\u0080-\u00ff]/g, (letter) => upperHalfOfCp850.charAt(letter.charCodeAt(0) - 128))
}

/** Bytes that windows-1252 gives a letter of their own between 0x80 and 0x9f. */
const windowsLetters = new Map<string, number>()
for (let byte = 0x80; byte <= 0xff; byte++) windowsLetters.set(new TextDecoder('windows-1252').decode(Uint8Array.of(byte)), byte)

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** "StraÃŸe" → "Straße": UTF-8 that was once read as windows-1252. null: the text is not destroyed that way. */
export function mendMojibake(text: string): string | null {
  if (!/[ÂÃÅâ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]/.test(text))
    return null
  const bytes: number[] = []
  for (const letter of text) {
    const byte = letter.charCodeAt(0) < 0x80 ? letter.charCodeAt(0) : windowsLetters.get(letter)
    if (byte === undefined) return null
    bytes.push(byte)
  }
  try {
    return utf8.decode(Uint8Array.from(bytes))
  } catch {
    return null
  }
}
