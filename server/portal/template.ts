import type { Language } from '../contract/text.ts'
import { escapeHtml } from './markdown.ts'

/** What a page says without its scripts: for previews of shared links, search engines and readers without JavaScript. */
export interface PageText {
  title: string
  description: string
  /** HTML, safe. */
  body: string
}

/** Puts title, description and text into the built page; the scripts of the client are in it already. */
export function fillTemplate(template: string, text: PageText, language: Language, address: PageAddress): string {
  const head = [
    ['description', text.description],
    ['og:title', text.title],
    ['og:description', text.description],
    ['og:type', 'website'],
    ['og:url', address.own],
    ['og:locale', language === 'de' ? 'de_DE' : 'en_GB'],
  ].map(([name = '', content = '']) => {
    const attribute = name.startsWith('og:') ? 'property' : 'name'
    return `<meta ${attribute}="${name}" content="${escapeHtml(content)}">`
  })
  const links = [
    `<link rel="canonical" href="${escapeHtml(address.own)}">`,
    `<link rel="alternate" hreflang="de" href="${escapeHtml(address.german)}">`,
    `<link rel="alternate" hreflang="en" href="${escapeHtml(address.english)}">`,
  ]
  return template
    .replace('<html lang="de"', `<html lang="${language}"`)
    .replace(/[ \t]*<meta name="description"[^>]*>\n?/, '')
    .replace(/<title>[^<]*<\/title>/, () => [`<title>${escapeHtml(text.title)}</title>`, ...head, ...links].join('\n    '))
    .replace(/<noscript>.*?<\/noscript>/s, () => `<noscript>\n<main>\n${text.body}\n</main>\n</noscript>`)
}

/** Addresses of a page: its own, and the same page in both languages. */
export interface PageAddress {
  own: string
  german: string
  english: string
}
