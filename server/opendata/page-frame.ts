import type { Link } from '../contract/ogc.ts'
import { demoNotice } from '../contract/text.ts'
import { type Child, type Html, html } from '../http/html.ts'
import { attributionOf, licenceOf, type Publisher } from './licence.ts'

export interface Page {
  title: string
  /** Where the page stands: names and addresses of the pages above. */
  above: readonly { title: string; href: string }[]
  /** Links of the resource; its other formats are offered at the end of the page. */
  links: readonly Link[]
  content: Child
}

/** A whole page without script: readable everywhere, by keyboard and by screen reader. */
export function frame(config: Publisher, { title, above, links, content }: Page): Html {
  const name = `Ausbauatlas ${config.cityName}`
  return html`<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – ${name}${config.isDemo && ` – ${demoNotice}`}</title>
<link rel="stylesheet" href="/ogc.css">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
${links.map(headLink)}
</head>
<body>
<a class="skip" href="#inhalt">Zum Inhalt springen</a>
<header><p><a href="/">${name}</a> <span>Offene Daten</span></p></header>
${config.isDemo && html`<aside class="notice" aria-label="Hinweis">${demoNotice}</aside>`}
${above.length > 0 && html`<nav aria-label="Brotkrumen"><ol>${above.map(crumb)}<li aria-current="page">${title}</li></ol></nav>`}
<main id="inhalt" tabindex="-1">
<h1>${title}</h1>
${content}
</main>
<footer>
${formatList(links)}
<p>${attribution(config)}</p>
<nav aria-label="Rechtliches"><ul>
<li><a href="/seite/impressum">Impressum</a></li>
<li><a href="/seite/datenschutz">Datenschutz</a></li>
<li><a href="/seite/barrierefreiheit">Barrierefreiheit</a></li>
</ul></nav>
</footer>
</body>
</html>
`
}

function crumb({ title, href }: { title: string; href: string }): Html {
  return html`<li><a href="${href}">${title}</a></li>`
}

function headLink({ rel, href, type }: Link): Child {
  const isForHead = ['alternate', 'next', 'license'].includes(rel)
  return isForHead && html`<link rel="${rel}" href="${href}" type="${type}">\n`
}

function formatList(links: readonly Link[]): Child {
  const formats = links.filter((link) => link.rel === 'alternate')
  return (
    formats.length > 0 &&
    html`<p>Diese Seite ${formats.map((link, index) => [index > 0 && ' · ', html`<a href="${link.href}">${link.title}</a>`])}</p>`
  )
}

/** Who is to be named, and on which terms the data may be used. */
export function attribution(config: Publisher): Html {
  const licence = licenceOf(config)
  const terms = licence
    ? html`Lizenz: <a href="${licence.url}" rel="license">${licence.name}</a>.`
    : 'Eine Lizenz ist noch nicht festgelegt.'
  return html`Daten: ${attributionOf(config)}; die Quelle jeder Angabe steht bei ihr. ${terms}`
}
