import type { Request } from 'express'
import { media } from '../contract/media.ts'
import type { Link } from '../contract/ogc.ts'

export type Format = 'json' | 'html' | 'csv'

/** Where the request came in: the public base URL (never the Host header), path and parameters in one fixed order. */
export function addressOf(base: string, request: Pick<Request, 'path' | 'query'>): URL {
  const address = new URL(request.path.replace(/(?<=.)\/$/, ''), base)
  for (const [name, value] of Object.entries(request.query).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    address.searchParams.set(name, String(value))
  }
  return address
}

/** The same address with other parameters; null takes one away. */
export function withParameters(address: URL, parameters: Readonly<Record<string, string | null>>): string {
  const changed = new URL(address)
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null) changed.searchParams.delete(name)
    else changed.searchParams.set(name, value)
  }
  return changed.href
}

/** The clocks as the caller gave them: links hand them on. */
export type ClockParameters = Readonly<Record<string, string>>

/** Only what the caller gave: "today" stays today in a link. */
export function clockParameters({ asOf, knownAt }: { asOf?: string | undefined; knownAt?: string | undefined }): ClockParameters {
  return { ...(asOf !== undefined && { asOf }), ...(knownAt !== undefined && { knownAt }) }
}

const titles: Record<Format, string> = { json: 'als JSON', html: 'als Seite', csv: 'als CSV' }

/** Links of a resource to itself and to its other formats. */
export function formatLinks(address: URL, format: Format, types: Readonly<Partial<Record<Format, string>>>): Link[] {
  const others = Object.keys(types).filter((other) => other !== format) as Format[]
  return [
    { href: address.href, rel: 'self', type: plain(types[format]), title: 'Diese Antwort' },
    ...others.map((other) => ({
      // What holds for one format only is not carried over.
      href: withParameters(address, { f: other, dialect: null, ...(other === 'json' ? {} : { crs: null }) }),
      rel: 'alternate',
      type: plain(types[other]),
      title: titles[other],
    })),
  ]
}

export const documentTypes = { json: media.json, html: media.html } as const
export const featureTypes = { json: media.geojson, html: media.html } as const
export const itemsTypes = { json: media.geojson, html: media.html, csv: media.csv } as const

/** Clients compare media types of links as text: without the charset. */
function plain(type: string | undefined): string {
  return type?.replace(/; charset.*$/, '') ?? media.json
}
