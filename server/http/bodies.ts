import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, gzip, constants as zlib } from 'node:zlib'
import type { Request, Response } from 'express'
import { LRUCache } from 'lru-cache'
import type { Revisions } from '../database/revision.ts'

type Encoding = 'br' | 'gzip' | 'identity'

/** What a load returns: the finished body, alone or with headers that only the load can know. */
export type Content = string | Buffer | { content: string | Buffer; headers: Readonly<Record<string, string>> }

interface Body {
  bytes: Buffer
  etag: string
  headers: Readonly<Record<string, string>>
}

/** Finished bodies, plain and compressed, for as long as the content stays at its revision. */
export interface Bodies {
  read(key: string, encoding: Encoding, load: () => Promise<Content>): Promise<Body>
  /** Forgets everything, loads that are under way included. */
  drop(): void
}

/** Asks the browser to check by ETag before each use: a changed fact is never shadowed by an old answer. */
export const revalidate = 'no-cache'
/** For addresses that name the revision and the day they show: their content never changes. */
export const immutable = 'public, max-age=31536000, immutable'

const defaultMaxBytes = 96 * 2 ** 20
/** Below this, compression costs more than it saves. */
const smallestCompressed = 860
const entryOverhead = 400

const compressors: Record<'br' | 'gzip', (bytes: Buffer) => Promise<Buffer>> = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: { [zlib.BROTLI_PARAM_QUALITY]: 5, [zlib.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 6 }),
}

/**
 * A body is loaded once however many ask for it at the same time, and compressed once per encoding.
 * A load that began before a change is neither stored nor shared after it: otherwise what it read would stay stale for ever.
 */
export function createBodies(revisions: Pick<Revisions, 'subscribe'>, maxBytes = defaultMaxBytes): Bodies {
  const stored = new LRUCache<string, Body>({
    maxSize: maxBytes,
    maxEntrySize: Math.ceil(maxBytes / 4),
    sizeCalculation: (body, name) => body.bytes.length + 2 * name.length + entryOverhead,
  })
  const pending = new Map<string, Promise<Body>>()
  let generation = 0

  const remember = async (name: string, born: number, make: () => Promise<Body>): Promise<Body> => {
    if (born !== generation) return make()
    const running = pending.get(name) ?? make()
    pending.set(name, running)
    try {
      const body = await running
      if (born === generation) stored.set(name, body)
      return body
    } finally {
      if (pending.get(name) === running) pending.delete(name)
    }
  }

  const drop = () => {
    generation += 1
    stored.clear()
    pending.clear()
  }
  revisions.subscribe(drop)

  return {
    drop,
    read: async (key, encoding, load) => {
      const born = generation
      const name = `${encoding} ${key}`
      const hit = stored.get(name)
      if (hit) return hit
      const plainName = `identity ${key}`
      const plain = stored.get(plainName) ?? (await remember(plainName, born, async () => finish(await load())))
      if (encoding === 'identity') return plain
      return remember(name, born, () => compress(plain, encoding))
    },
  }
}

function finish(loaded: Content): Body {
  const { content, headers } = typeof loaded === 'string' || Buffer.isBuffer(loaded) ? { content: loaded, headers: {} } : loaded
  const bytes = Buffer.from(content)
  const hash = createHash('sha256').update(bytes).update(JSON.stringify(headers)).digest('base64url').slice(0, 22)
  return { bytes, etag: `"${hash}"`, headers }
}

/** Every encoding is a representation of its own and needs its own strong ETag (RFC 9110, 8.8.1). */
async function compress(plain: Body, encoding: 'br' | 'gzip'): Promise<Body> {
  if (plain.bytes.length < smallestCompressed) return plain
  const bytes = await compressors[encoding](plain.bytes)
  return {
    bytes,
    etag: plain.etag.replace(/"$/, `-${encoding}"`),
    headers: { ...plain.headers, 'Content-Encoding': encoding },
  }
}

/** The best encoding the client accepts; any acceptable one may be chosen (RFC 9110, 12.5.3). */
export function chooseEncoding(header: string | undefined): Encoding {
  if (!header) return 'identity'
  const weights = new Map(
    header.split(',').map((part): [string, number] => {
      const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
      const weight = parameters.find((parameter) => parameter.startsWith('q='))
      return [name, weight ? Number(weight.slice(2)) : 1]
    }),
  )
  const isAccepted = (name: string) => (weights.get(name) ?? weights.get('*') ?? 0) > 0
  return (['br', 'gzip'] as const).find(isAccepted) ?? 'identity'
}

/** Whether the client holds this representation already; weak comparison, since proxies weaken tags (RFC 9110, 13.1.2). */
export function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  return ifNoneMatch.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')))
}

export interface BodyAnswer {
  /** Names the body completely: address, format, resolved clocks (day of "today" included), not the revision. */
  key: string
  contentType: string
  load: () => Promise<Content>
  /** Default: `revalidate`. */
  cacheControl?: string
  /** Further request headers the answer depends on, besides Accept-Encoding. */
  vary?: string
  headers?: Readonly<Record<string, string>>
}

/**
 * Answers with a finished body: 200, 304 when the client has it already, 204 when it is empty.
 * Written with writeHead and end: a ready body needs nothing of what `send` does.
 */
export async function sendBody(
  context: { bodies: Bodies },
  request: Request,
  response: Response,
  { key, contentType, load, cacheControl = revalidate, vary, headers }: BodyAnswer,
): Promise<void> {
  const body = await context.bodies.read(key, chooseEncoding(request.headers['accept-encoding']), load)
  const common = {
    ETag: body.etag,
    'Cache-Control': cacheControl,
    Vary: vary ? `Accept-Encoding, ${vary}` : 'Accept-Encoding',
  }
  if (isKnown(request.headers['if-none-match'], body.etag)) {
    response.writeHead(304, common).end()
    return
  }
  if (body.bytes.length === 0) {
    response.writeHead(204, common).end()
    return
  }
  response.writeHead(200, {
    ...common,
    'Content-Type': contentType,
    'Content-Length': body.bytes.length,
    ...headers,
    ...body.headers,
  })
  response.end(request.method === 'HEAD' ? undefined : body.bytes)
}
