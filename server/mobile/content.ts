import * as z from 'zod/mini'
import type { FactKind } from '../contract/facts/fact.ts'
import { type MobileKindName, mobileKinds } from '../contract/mobile/index.ts'
import { contentErrors } from '../http/content-errors.ts'
import { invalid } from '../http/problem.ts'

/** What a record says: identity and values of its kind. */
export type Content = Readonly<Record<string, unknown>>

export function kindOf(name: MobileKindName): FactKind {
  return mobileKinds[name] as unknown as FactKind
}

/** What holds where nothing else is said. */
const usual: Readonly<Record<MobileKindName, Content>> = {
  site_request: { technologies: [], bandsMhz: [], attachmentIds: [], steps: {}, pauses: [] },
  site_candidate: { decision: 'open', attachmentIds: [] },
  municipal_site: { statics: 'unknown', availability: 'offered' },
}

/** New content with what was left out: null, or the usual. */
export function completed(name: MobileKindName, given: Content): Content {
  const empty = Object.keys(kindOf(name).values.shape).map((key) => [key, null])
  return { ...Object.fromEntries(empty), ...usual[name], ...given }
}

/** Content with some values set. Of the steps only those named change; null takes one out. */
export function merged(before: Content, set: Content): Content {
  const { steps } = set
  if (typeof steps !== 'object' || steps === null || Array.isArray(steps)) return { ...before, ...set }
  const all = Object.entries({ ...(before.steps as object), ...steps })
  return { ...before, ...set, steps: Object.fromEntries(all.filter(([, step]) => step !== null)) }
}

const geometryWords: Readonly<Record<MobileKindName, string>> = {
  site_request: 'Erwartet wird ein Punkt (mit Radius) oder eine Fläche mit Länge und Breite in Grad.',
  site_candidate: 'Erwartet wird ein Punkt mit Länge und Breite in Grad.',
  municipal_site: 'Erwartet wird ein Punkt mit Länge und Breite in Grad.',
}

/** Checks whole content against its declaration. Problem 422: names each field. */
export function parseContent(name: MobileKindName, raw: Content): Content {
  const { identity, values } = kindOf(name)
  const parsed = z.safeParse(z.strictObject({ ...identity.shape, ...values.shape }), raw)
  if (parsed.success) return parsed.data
  throw invalid(contentErrors(kindOf(name), parsed.error, raw, { geometry: geometryWords[name] }))
}
