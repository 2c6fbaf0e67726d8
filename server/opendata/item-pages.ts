import { dayOf, formatDay, formatMoment } from '../contract/dates.ts'
import type { Layer, Property } from '../contract/layers/layer.ts'
import type { Link } from '../contract/ogc.ts'
import type { Clocks } from '../http/clocks.ts'
import { timelineStart } from '../http/clocks.ts'
import { type Child, type Html, html } from '../http/html.ts'
import type { Publisher } from './licence.ts'
import { frame } from './page-frame.ts'
import { isNumeric, shownValue } from './values.ts'

interface Feature {
  id: string
  properties: Record<string, unknown>
}

interface Shown {
  layer: Layer
  clocks: Clocks
  links: readonly Link[]
  /** The parameters of the request: links on the page carry them on. */
  query: URLSearchParams
}

const number = new Intl.NumberFormat('de-DE')

/** A page of features as a table. */
export function itemsPage(
  config: Publisher,
  {
    layer,
    clocks,
    properties,
    features,
    matched,
    links,
    query,
  }: Shown & {
    properties: readonly string[]
    features: readonly Feature[]
    matched: number
  },
): Html {
  const declared = properties.map((name): [string, Property] => [name, layer.properties[name] as Property])
  const next = links.find((link) => link.rel === 'next')
  const address = `/ogc/collections/${layer.id}`
  const shownClocks = pick(query, ['asOf', 'knownAt'])
  const row = ({ id, properties: values }: Feature): Html => html`<tr>
<th scope="row"><a href="${address}/items/${encodeURIComponent(id)}?${withFormat(shownClocks)}">${id}</a></th>
${declared.map(([name, property]) => html`<td${numeric(property)}>${shownValue(property, values[name])}</td>`)}
</tr>
`
  return frame(config, {
    title: layer.title.de,
    above: [
      start,
      { title: 'Datensätze', href: '/ogc/collections?f=html' },
      { title: `Über „${layer.title.de}“`, href: `${address}?f=html` },
    ],
    links,
    content: html`<p>${layer.description.de}</p>
${clocksForm(clocks, query)}
<p>${statement(clocks)} ${number.format(matched)} ${matched === 1 ? 'Eintrag' : 'Einträge'}, ${number.format(features.length)} auf dieser Seite.</p>
${
  features.length > 0 &&
  html`<div class="table" tabindex="0" role="region" aria-labelledby="tabelle"><table>
<caption id="tabelle">${layer.title.de}</caption>
<thead><tr><th scope="col">Kennung</th>${declared.map(([, property]) => html`<th scope="col"${numeric(property)}>${property.label.de}</th>`)}</tr></thead>
<tbody>
${features.map(row)}</tbody>
</table></div>`
}
${next && html`<p><a href="${next.href}" rel="next">Nächste Seite</a></p>`}
${downloads(address, query)}`,
  })
}

/** One feature with all its properties. */
export function itemPage(config: Publisher, { layer, clocks, feature, links, query }: Shown & { feature: Feature }): Html {
  const address = `/ogc/collections/${layer.id}`
  const place = portalPage(layer, feature)
  const shownClocks = withFormat(pick(query, ['asOf', 'knownAt']))
  return frame(config, {
    title: nameOf(layer, feature),
    above: [
      start,
      { title: 'Datensätze', href: '/ogc/collections?f=html' },
      { title: layer.title.de, href: `${address}/items?${shownClocks}` },
    ],
    links,
    content: html`${clocksForm(clocks, query)}
<p>${statement(clocks)}</p>
<dl>
<div><dt>Kennung</dt><dd>${feature.id}</dd></div>
${Object.entries(layer.properties).map(
  ([name, property]) => html`<div><dt>${property.label.de}</dt><dd>${shownValue(property, feature.properties[name])}</dd></div>
`,
)}</dl>
${place && html`<p><a href="${place}">Im Ausbauatlas ansehen</a></p>`}`,
  })
}

export const start = { title: 'Offene Daten', href: '/ogc?f=html' }

/** What the feature is called; where it has no name, what it counts and where. */
function nameOf(layer: Layer, { id, properties }: Feature): string {
  const name = properties.name ?? properties.title
  if (typeof name === 'string') return name
  const coded = Object.entries(layer.properties).find(([property, { codes }]) => codes && properties[property] !== null)
  const word = coded && shownValue(coded[1], properties[coded[0]])
  return [word, properties.district ?? properties.programme].filter(Boolean).join(', ') || id
}

/** The page of the portal that shows the same in context. */
function portalPage(layer: Layer, { id, properties }: Feature): string | null {
  if (layer.id === 'districts') return `/stadtteil/${encodeURIComponent(id)}`
  if (layer.id === 'programmes') return `/programm/${encodeURIComponent(id)}`
  if (typeof properties.districtId === 'string') return `/stadtteil/${encodeURIComponent(properties.districtId)}`
  return typeof properties.programmeId === 'string' ? `/programm/${encodeURIComponent(properties.programmeId)}` : null
}

function numeric(property: Property): Child {
  return isNumeric(property) && html` class="number"`
}

function statement({ asOf, knownAt }: Clocks): string {
  const known = knownAt === null ? 'nach heutiger Kenntnis' : `nach dem Kenntnisstand vom ${formatMoment(knownAt, 'de')}`
  return `Stand ${formatDay(asOf, 'de')}, ${known}:`
}

/** Both clocks as a form: what held on a day, and what was known then. Other parameters are kept, the mark of the page is not. */
function clocksForm({ asOf, knownAt }: Clocks, query: URLSearchParams): Html {
  const today = dayOf(new Date())
  const kept = [...query].filter(([name]) => !['asOf', 'knownAt', 'datetime', 'after', 'f'].includes(name))
  return html`<form method="get">
<input type="hidden" name="f" value="html">
${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`)}
<p><label for="asOf">Stand am</label> <input type="date" id="asOf" name="asOf" required min="${timelineStart}" max="${today}" value="${asOf}"></p>
<p><label for="knownAt">Kenntnisstand vom</label> <input type="date" id="knownAt" name="knownAt" required max="${today}" value="${knownAt === null ? today : dayOf(new Date(knownAt))}"></p>
<p><button type="submit">Anzeigen</button></p>
</form>`
}

/** The same selection, complete, as files. */
function downloads(address: string, query: URLSearchParams): Html {
  const selection = [...query].filter(([name]) => !['f', 'limit', 'after'].includes(name))
  const file = (parameters: Record<string, string>) =>
    `${address}/items?${new URLSearchParams([...selection, ...Object.entries(parameters)])}`
  return html`<h2>Herunterladen</h2>
<ul>
<li><a href="${file({ f: 'csv', dialect: 'excel' })}">CSV für Excel</a></li>
<li><a href="${file({ f: 'csv' })}">CSV</a></li>
<li><a href="${file({ f: 'json', limit: '10000' })}">GeoJSON</a></li>
</ul>`
}

function pick(query: URLSearchParams, names: readonly string[]): URLSearchParams {
  return new URLSearchParams([...query].filter(([name]) => names.includes(name)))
}

function withFormat(query: URLSearchParams): string {
  return new URLSearchParams([...query, ['f', 'html']]).toString()
}
