import * as z from 'zod/mini'
import { phases } from '../server/contract/codes.ts'
import { IsoDate } from '../server/contract/dates.ts'
import type { Theme } from '../server/contract/layers/layer.ts'
import {
  type MobileOperator,
  type MobileTechnology,
  mobileOperators,
  mobileTechnologies,
} from '../server/contract/mobile/codes.ts'
import type { Language } from '../server/contract/text.ts'

/** What the panel shows; the path of the address. */
export type Page =
  | { kind: 'overview' }
  | { kind: 'district'; id: string }
  | { kind: 'programme'; id: string }
  | { kind: 'text'; slug: string }
  | { kind: 'contact' }
  /** The mobile networks: of the whole city, or of a district. */
  | { kind: 'mobile'; id: string | null }
  | { kind: 'dead_zone' }
  | { kind: 'missing' }

export interface Camera {
  zoom: number
  latitude: number
  longitude: number
}

/** Everything that makes a view of the portal: whoever opens its address sees the same. */
export interface View {
  page: Page
  display: 'map' | 'table'
  /** Day the view holds for; null: today, or the day of `knownAt`. */
  asOf: string | null
  /** Second clock: only what was known by the end of this day; null: everything known today. */
  knownAt: string | null
  programme: string | null
  language: Language
  theme: Theme | null
  /** null: the whole city, or what is selected. */
  camera: Camera | null
  /** Layers that are switched off. */
  hidden: readonly string[]
  /** Id of a place that was searched for. */
  place: string | null
  /** Of the table: column and direction, words and phases to look for. */
  sorting: { key: string; descending: boolean } | null
  words: string
  phases: readonly string[]
  /** Of the mobile view: whose network (null: all, as white and grey spots), which technology, predicted or measured. */
  network: MobileOperator | null
  technology: MobileTechnology
  method: 'predicted' | 'measured'
}

interface Parameter<Value> {
  name: string
  /** undefined: not understood, the default counts. */
  parse: (text: string) => Value | undefined
  format: (value: Value) => string
  default: Value
}

const id = z.string().check(z.regex(/^[a-z0-9_:-]{1,300}$/))
const text = (value: string) => value

function choice<Value>(name: string, words: Readonly<Record<string, Value>>, fallback: Value): Parameter<Value> {
  const wordOf = (value: Value) => Object.keys(words).find((word) => words[word] === value) ?? ''
  return { name, parse: (word) => (Object.hasOwn(words, word) ? words[word] : undefined), format: wordOf, default: fallback }
}

function optional(name: string, schema: z.ZodMiniType<string>): Parameter<string | null> {
  return { name, parse: (value) => schema.safeParse(value).data, format: (value) => value ?? '', default: null }
}

function list(name: string, allowed: (value: string) => boolean): Parameter<readonly string[]> {
  return { name, parse: (value) => value.split(',').filter(allowed), format: (values) => values.join(','), default: [] }
}

/** One line per parameter: its name in the address (German: people read it), how it is read and written, what holds without it. */
const parameters: { [Key in Exclude<keyof View, 'page'>]: Parameter<View[Key]> } = {
  display: choice('ansicht', { karte: 'map', tabelle: 'table' }, 'map'),
  asOf: optional('datum', IsoDate),
  knownAt: optional('stand', IsoDate),
  programme: optional('programm', id),
  language: choice('sprache', { de: 'de', en: 'en' }, 'de'),
  theme: choice<Theme | null>('farben', { hell: 'light', dunkel: 'dark' }, null),
  camera: { name: 'karte', parse: parseCamera, format: formatCamera, default: null },
  hidden: list('ohne', (value) => id.safeParse(value).success),
  place: optional('ort', id),
  sorting: { name: 'sortierung', parse: parseSorting, format: formatSorting, default: null },
  words: { name: 'filter', parse: (value) => value.slice(0, 100), format: text, default: '' },
  phases: list('ausbaustand', (value) => Object.hasOwn(phases.labels, value)),
  network: optional('netz', mobileOperators.schema) as Parameter<MobileOperator | null>,
  technology: choice('technik', Object.fromEntries(mobileTechnologies.keys.map((key) => [key, key])), '4g'),
  method: choice('art', { berechnet: 'predicted', gemessen: 'measured' }, 'predicted'),
}

const entries = Object.entries(parameters) as unknown as [Exclude<keyof View, 'page'>, Parameter<unknown>][]

function parseCamera(value: string): Camera | undefined {
  const [zoom = Number.NaN, latitude = Number.NaN, longitude = Number.NaN, ...rest] = value
    .split('/')
    .map((part) => (part === '' ? Number.NaN : Number(part)))
  const inRange = zoom >= 0 && zoom <= 24 && Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180
  return inRange && rest.length === 0 ? { zoom, latitude, longitude } : undefined
}

/** Five decimals are about a metre. */
function formatCamera(camera: Camera | null): string {
  return camera ? `${camera.zoom.toFixed(2)}/${camera.latitude.toFixed(5)}/${camera.longitude.toFixed(5)}` : ''
}

function parseSorting(value: string): View['sorting'] | undefined {
  const key = value.replace(/^-/, '')
  return /^[a-zA-Z]{1,40}$/.test(key) ? { key, descending: value.startsWith('-') } : undefined
}

function formatSorting(sorting: View['sorting']): string {
  return sorting ? `${sorting.descending ? '-' : ''}${sorting.key}` : ''
}

function parsePath(path: string): Page {
  const [first = '', second = '', ...rest] = path
    .replace(/^\/|\/$/g, '')
    .split('/')
    .map(decode)
  if (first === 'mobilfunk') return parseMobilePath([second, ...rest])
  if (rest.length > 0 || first === undefined) return { kind: 'missing' }
  if ((first === '' || first === 'tabelle') && second === '') return { kind: 'overview' }
  if (first === 'kontakt' && second === '') return { kind: 'contact' }
  if (!id.safeParse(second).success) return { kind: 'missing' }
  if (first === 'stadtteil') return { kind: 'district', id: second }
  if (first === 'programm') return { kind: 'programme', id: second }
  return first === 'seite' ? { kind: 'text', slug: second } : { kind: 'missing' }
}

function parseMobilePath([first = '', second = '', ...rest]: string[]): Page {
  if (rest.length > 0) return { kind: 'missing' }
  if (first === '' && second === '') return { kind: 'mobile', id: null }
  if (first === 'funkloch' && second === '') return { kind: 'dead_zone' }
  return first === 'stadtteil' && id.safeParse(second).success ? { kind: 'mobile', id: second } : { kind: 'missing' }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return '\u0000'
  }
}

function formatPath(page: Page): string {
  switch (page.kind) {
    case 'district':
      return `/stadtteil/${page.id}`
    case 'programme':
      return `/programm/${page.id}`
    case 'text':
      return `/seite/${page.slug}`
    case 'contact':
      return '/kontakt'
    case 'mobile':
      return page.id === null ? '/mobilfunk' : `/mobilfunk/stadtteil/${page.id}`
    case 'dead_zone':
      return '/mobilfunk/funkloch'
    default:
      return '/'
  }
}

/** Reads an address (path and query); what is not understood falls back to its default. */
export function parseView(address: string): View {
  const { pathname, searchParams } = new URL(address, 'http://localhost')
  const view: Record<string, unknown> = { page: parsePath(pathname) }
  for (const [key, parameter] of entries) {
    const given = searchParams.get(parameter.name)
    view[key] = (given ? parameter.parse(given) : undefined) ?? parameter.default
  }
  if (pathname === '/tabelle') view.display = 'table'
  return view as unknown as View
}

/** The address of a view: path and the parameters that differ from their default, colons, slashes and commas readable. */
export function formatView(view: View): string {
  const pairs = entries.flatMap(([key, parameter]) => {
    const value = parameter.format(view[key])
    return value === '' || value === parameter.format(parameter.default) ? [] : [`${parameter.name}=${readable(value)}`]
  })
  return formatPath(view.page) + (pairs.length > 0 ? `?${pairs.join('&')}` : '')
}

function readable(value: string): string {
  return encodeURIComponent(value).replace(/%2F/g, '/').replace(/%2C/g, ',').replace(/%3A/g, ':')
}
