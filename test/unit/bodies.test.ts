import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import express from 'express'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BodyAnswer, chooseEncoding, createBodies, immutable, isKnown, sendBody } from '../../server/http/bodies.ts'

/** Content that changes when told, as the revisions of the database do. */
function revisions() {
  const listeners = new Set<(revision: number) => void>()
  return {
    subscribe: (listener: (revision: number) => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change: () => {
      for (const listener of listeners) listener(1)
    },
  }
}

/** A load that ends when told. */
function slowLoad(content: string) {
  const calls: (() => void)[] = []
  const load = () => new Promise<string>((resolve) => calls.push(() => resolve(content)))
  return { load, calls }
}

const text = async (body: Promise<{ bytes: Buffer }>) => (await body).bytes.toString()

describe('finished bodies', () => {
  test('are loaded once, however many ask at the same time and later', async () => {
    const bodies = createBodies(revisions())
    const { load, calls } = slowLoad('a')
    const answers = [bodies.read('key', 'identity', load), bodies.read('key', 'identity', load)]
    calls[0]?.()
    expect(await Promise.all(answers.map(text))).toEqual(['a', 'a'])
    expect(await text(bodies.read('key', 'identity', load))).toBe('a')
    expect(calls).toHaveLength(1)
  })

  test('are loaded anew after a change', async () => {
    const source = revisions()
    const bodies = createBodies(source)
    let content = 'before'
    const load = async () => content
    expect(await text(bodies.read('key', 'identity', load))).toBe('before')
    content = 'after'
    expect(await text(bodies.read('key', 'identity', load))).toBe('before')
    source.change()
    expect(await text(bodies.read('key', 'identity', load))).toBe('after')
  })

  test('whose load began before a change are neither shared with nor kept for those who ask after it', async () => {
    const source = revisions()
    const bodies = createBodies(source)
    const before = slowLoad('before')
    const early = bodies.read('key', 'identity', before.load)
    source.change()
    const late = bodies.read('key', 'identity', async () => 'after')
    before.calls[0]?.()
    expect(await text(early)).toBe('before')
    expect(await text(late)).toBe('after')
    expect(await text(bodies.read('key', 'identity', async () => 'never loaded'))).toBe('after')
  })

  test('are neither shared nor kept compressed when a change came between load and compression', async () => {
    const source = revisions()
    const bodies = createBodies(source)
    const before = slowLoad('before '.repeat(1_000_000))
    const words = async (body: Promise<{ bytes: Buffer }>) =>
      gunzipSync((await body).bytes)
        .toString()
        .split(' ', 1)
    const early = bodies.read('key', 'gzip', before.load)
    source.change()
    before.calls[0]?.()
    // The old body is being compressed now, which takes its time.
    await new Promise(setImmediate)
    const late = bodies.read('key', 'gzip', async () => 'after '.repeat(1000))
    expect(await words(late)).toEqual(['after'])
    expect(await words(early)).toEqual(['before'])
    expect(await words(bodies.read('key', 'gzip', async () => 'never loaded'))).toEqual(['after'])
  })

  test('that failed to load are asked for again', async () => {
    const bodies = createBodies(revisions())
    await expect(bodies.read('key', 'br', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
    expect(await text(bodies.read('key', 'identity', async () => 'back'))).toBe('back')
  })

  test('make room for others, and those far too large are not kept at all', async () => {
    const bodies = createBodies(revisions(), 100_000)
    let loads = 0
    const load = (bytes: number) => async () => {
      loads += 1
      return 'x'.repeat(bytes)
    }
    for (const name of ['a', 'b', 'c', 'd', 'e']) await bodies.read(name, 'identity', load(20_000))
    await bodies.read('a', 'identity', load(20_000))
    expect(loads).toBe(6)
    await bodies.read('large', 'identity', load(50_000))
    await bodies.read('large', 'identity', load(50_000))
    expect(loads).toBe(8)
  })
})

describe('the encoding', () => {
  test.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['GZIP;q=0.5', 'gzip'],
    ['*', 'br'],
    ['*;q=0', 'identity'],
    ['identity', 'identity'],
    ['zstd', 'identity'],
  ])('for %j is %s', (header, encoding) => {
    expect(chooseEncoding(header)).toBe(encoding)
  })
})

test('a tag is known among several, weakened or by a star, but not in another encoding', () => {
  expect(isKnown('"a", "b"', '"b"')).toBe(true)
  expect(isKnown('W/"b"', '"b"')).toBe(true)
  expect(isKnown('*', '"b"')).toBe(true)
  expect(isKnown('"b"', '"b-br"')).toBe(false)
  expect(isKnown(undefined, '"b"')).toBe(false)
})

describe('an answer', () => {
  const content = JSON.stringify({ words: 'Glasfaser '.repeat(500) })
  const answers: Record<string, Partial<BodyAnswer>> = {
    '/plain': {},
    '/kept': { cacheControl: immutable, vary: 'Accept' },
    '/empty': { load: async () => Buffer.alloc(0) },
    '/small': { load: async () => 'klein' },
    '/more': { load: async () => ({ content, headers: { Link: '<https://example.org/2>; rel="next"' } }) },
  }
  const context = { bodies: createBodies(revisions()) }
  const app = express()
  app.get('/{*path}', (request, response) => {
    const answer = { key: request.path, contentType: 'application/json', load: async () => content, ...answers[request.path] }
    return sendBody(context, request, response, answer)
  })
  const server = createServer(app)
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
  afterAll(() => {
    server.close()
  })

  /** fetch decompresses by itself; here the bytes on the wire count. */
  async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(url, { headers, method }, resolve).once('error', reject)
    })
    const bytes = Buffer.concat(await response.toArray())
    return { status: response.statusCode, headers: response.headers, bytes }
  }

  test('comes plain, as gzip or as brotli, each with a strong tag of its own', async () => {
    const plain = await ask('/plain')
    const gzip = await ask('/plain', { 'Accept-Encoding': 'gzip' })
    const brotli = await ask('/plain', { 'Accept-Encoding': 'gzip, br' })
    expect(plain.bytes.toString()).toBe(content)
    expect(gunzipSync(gzip.bytes).toString()).toBe(content)
    expect(brotliDecompressSync(brotli.bytes).toString()).toBe(content)
    expect([plain, gzip, brotli].map((answer) => answer.headers['content-encoding'])).toEqual([undefined, 'gzip', 'br'])
    const tags = [plain, gzip, brotli].map((answer) => answer.headers.etag)
    expect(new Set(tags).size).toBe(3)
    for (const tag of tags) expect(tag).toMatch(/^"[\w-]+"$/)
    expect(plain.headers).toMatchObject({ vary: 'Accept-Encoding', 'cache-control': 'no-cache' })
    expect(Number(brotli.headers['content-length'])).toBe(brotli.bytes.length)
  })

  test('is 304 without a body for those who have it', async () => {
    const first = await ask('/kept', { 'Accept-Encoding': 'br' })
    const again = await ask('/kept', { 'Accept-Encoding': 'br', 'If-None-Match': first.headers.etag as string })
    expect(again).toMatchObject({ status: 304, bytes: Buffer.alloc(0) })
    expect(again.headers).toMatchObject({ etag: first.headers.etag, 'cache-control': immutable, vary: 'Accept-Encoding, Accept' })
    const other = await ask('/kept', { 'If-None-Match': first.headers.etag as string })
    expect(other.status).toBe(200)
  })

  test('to HEAD has the headers of GET and no body', async () => {
    const head = await ask('/plain', {}, 'HEAD')
    expect(head).toMatchObject({ status: 200, bytes: Buffer.alloc(0) })
    expect(head.headers['content-length']).toBe(String(content.length))
  })

  test('that is empty is 204, also for those who accept compression', async () => {
    const empty = await ask('/empty', { 'Accept-Encoding': 'br' })
    expect(empty).toMatchObject({ status: 204, bytes: Buffer.alloc(0) })
    expect(empty.headers['content-type']).toBeUndefined()
  })

  test('too small to gain from compression stays plain', async () => {
    const small = await ask('/small', { 'Accept-Encoding': 'br' })
    expect(small.headers['content-encoding']).toBeUndefined()
    expect(small.bytes.toString()).toBe('klein')
  })

  test('carries headers that only the load knows, compressed or not', async () => {
    for (const accepted of ['identity', 'gzip']) {
      const { headers } = await ask('/more', { 'Accept-Encoding': accepted })
      expect(headers.link).toBe('<https://example.org/2>; rel="next"')
    }
  })
})
