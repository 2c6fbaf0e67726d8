import type { Request, Response } from 'express'
import type { Content } from '../http/bodies.ts'
import { sendBody } from '../http/bodies.ts'
import type { Clocks } from '../http/clocks.ts'
import type { AppContext } from '../http/context.ts'
import { answered } from '../http/handle.ts'
import { addressOf, type Format } from './links.ts'

/** What can be asked for: media type per format, the default one first. */
export type Types = Readonly<Partial<Record<Format, string>>>

/** The format asked for by `f`, else by the Accept header, else the first. */
export function chooseFormat(request: Request, types: Types): Format {
  if (typeof request.query.f === 'string') return request.query.f as Format
  const formats = Object.keys(types) as Format[]
  const offered = formats.flatMap((format) => [types[format] ?? '', ...(format === 'json' ? ['application/json'] : [])])
  const accepted = request.accepts(offered)
  return formats.find((format) => types[format] === accepted) ?? formats[0] ?? 'json'
}

/** What a resource is made of: the loads per format, given the address links are made from. */
export interface Resource {
  types: Types
  clocks: Clocks
  load: (format: Format, address: URL) => Promise<Content>
  headers?: (format: Format) => Readonly<Record<string, string>>
}

/** Answers with a resource in the format asked for; finished bodies are kept per address, format and clocks. */
export async function answer(
  context: AppContext,
  { request, response }: { request: Request; response: Response },
  { types, clocks, load, headers }: Resource,
): Promise<typeof answered> {
  const format = chooseFormat(request, types)
  const address = addressOf(context.config.publicBaseUrl, request)
  await sendBody(context, request, response, {
    key: `${format} ${address.href} ${clocks.asOf} ${clocks.knownAt}`,
    contentType: types[format] ?? 'application/json',
    load: () => load(format, address),
    vary: 'Accept',
    ...(headers && { headers: headers(format) }),
  })
  return answered
}
