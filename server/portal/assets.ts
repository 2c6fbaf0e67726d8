import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Request, Response } from 'express'
import { chooseEncoding, immutable, isKnown, revalidate } from '../http/bodies.ts'

/** A file of the built client, with the compressed variants the build has put beside it (`.br`, `.gz`). */
interface Asset {
  type: string
  plain: Buffer
  br?: Buffer | undefined
  gzip?: Buffer | undefined
  etag: string
  cacheControl: string
}

export type Assets = ReadonlyMap<string, Asset>

/** Names in this folder carry the hash of their content. */
const hashed = /^\/assets\//

/** Reads the built client into memory: path of the address → file. Pages (`.html`) are templates and not among them. */
export function readAssets(directory: string): Assets {
  const files = globSync('**/*.*', { cwd: directory }).filter((file) => !/\.(br|gz|html)$/.test(file))
  return new Map(files.map((file) => [`/${file.replaceAll('\\', '/')}`, readAsset(join(directory, file), `/${file}`)]))
}

function readAsset(file: string, path: string): Asset {
  const plain = readFileSync(file)
  return {
    type: extname(file),
    plain,
    br: readVariant(`${file}.br`),
    gzip: readVariant(`${file}.gz`),
    etag: createHash('sha256').update(plain).digest('base64url').slice(0, 22),
    cacheControl: hashed.test(path) ? immutable : revalidate,
  }
}

function readVariant(file: string): Buffer | undefined {
  return existsSync(file) ? readFileSync(file) : undefined
}

/** Answers with the smallest variant the browser understands. */
export function sendAsset(request: Request, response: Response, asset: Asset): void {
  const encoding = chooseEncoding(request.headers['accept-encoding'])
  const variant = encoding === 'identity' ? undefined : asset[encoding]
  const bytes = variant ?? asset.plain
  const etag = variant ? `"${asset.etag}-${encoding}"` : `"${asset.etag}"`
  response.type(asset.type).set({ ETag: etag, 'Cache-Control': asset.cacheControl, Vary: 'Accept-Encoding' })
  if (isKnown(request.headers['if-none-match'], etag)) {
    response.removeHeader('Content-Type')
    response.writeHead(304).end()
    return
  }
  response.writeHead(200, { 'Content-Length': bytes.length, ...(variant && { 'Content-Encoding': encoding }) })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}
