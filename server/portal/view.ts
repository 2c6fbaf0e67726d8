import type { Request } from 'express'
import type { Language } from '../contract/text.ts'
import { type Clocks, resolveClocks } from '../http/clocks.ts'
import { Problem } from '../http/problem.ts'

/** What the address of a page says: in which language and at which clocks it is to be shown. */
export interface View {
  language: Language
  clocks: Clocks
}

/** Parameters in the addresses of pages, as client/url.ts writes them. */
const names = { language: 'sprache', asOf: 'datum', knownAt: 'stand' }

/** Reads the address of a page. Unlike the API it is forgiving: links get cut and lengthened on their way. */
export function readView(request: Request): View {
  const clocks = { asOf: parameter(request, names.asOf), knownAt: parameter(request, names.knownAt) }
  return { language: parameter(request, names.language) === 'en' ? 'en' : 'de', clocks: forgivingly(clocks) }
}

/** Path with the language, for links. */
export function inLanguage(path: string, language: Language): string {
  return language === 'de' ? path : `${path}?${names.language}=${language}`
}

function parameter(request: Request, name: string): string | undefined {
  const value = request.query[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function forgivingly(clocks: { asOf: string | undefined; knownAt: string | undefined }): Clocks {
  try {
    return resolveClocks(clocks)
  } catch (error) {
    if (error instanceof Problem) return resolveClocks({})
    throw error
  }
}
