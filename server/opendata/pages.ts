import { crs84, crsList } from '../contract/crs.ts'
import { publicLayers } from '../contract/features.ts'
import type { Layer, Property } from '../contract/layers/layer.ts'
import type { Link } from '../contract/ogc.ts'
import { type Html, html } from '../http/html.ts'
import { start } from './item-pages.ts'
import type { Publisher } from './licence.ts'
import { frame } from './page-frame.ts'
import { typeName } from './values.ts'

/** The start page: what there is and how to get it into the usual programs. */
export function landingHtml(config: Publisher, description: string, links: readonly Link[]): Html {
  const base = config.publicBaseUrl
  return frame(config, {
    title: 'Offene Daten',
    above: [],
    links,
    content: html`<p>${description}</p>
<h2>Datensätze</h2>
${layerTable()}
<h2>So nutzen Sie die Daten</h2>
<dl class="guide">
<div><dt>Excel</dt><dd>„CSV für Excel“ herunterladen und öffnen. Für eine Tabelle, die sich aktualisiert: Daten → Aus dem Web, Adresse <code>${base}/ogc/collections/stages/items?f=csv&dialect=excel</code>.</dd></div>
<div><dt>QGIS</dt><dd>Layer → Layer hinzufügen → WFS / OGC API – Features, neue Verbindung mit der Adresse <code>${base}/ogc</code>, Version „OGC API – Features“.</dd></div>
<div><dt>GDAL</dt><dd><code>ogr2ogr ausbau.gpkg OAPIF:${base}/ogc</code></dd></div>
<div><dt>Python</dt><dd><code>geopandas.read_file("${base}/ogc/collections/build_sections/items?f=json&limit=10000")</code></dd></div>
<div><dt>Eigene Karte</dt><dd>Vektorkacheln: <code>${base}/tiles/build_sections.json</code> (TileJSON).</dd></div>
</dl>
<h2>Zwei Zeiten</h2>
<p>Jede Abfrage versteht <code>asOf</code> (für welchen Tag soll die Antwort gelten?) und <code>knownAt</code> (was war zu diesem Zeitpunkt bekannt?).
<a href="/ogc/collections/build_sections/items?f=html&amp;knownAt=2022-04-01">Der Ausbaustand, wie er am 1. April 2022 bekannt war</a>.
Angaben werden nie überschrieben: Eine Berichtigung ist eine neue Angabe mit eigener Quelle.</p>
<h2>Für Programme</h2>
<ul>
<li><a href="/ogc/api">Beschreibung der OGC API (OpenAPI 3.1)</a></li>
<li><a href="/api/openapi.json">Beschreibung aller Schnittstellen (OpenAPI 3.1)</a></li>
<li><a href="/ogc/conformance?f=html">Erfüllte Konformitätsklassen</a></li>
</ul>
<p>Koordinatensysteme (<code>crs</code>, <code>bbox-crs</code>): ${crsList.map((crs, index) => [index > 0 && ', ', crs.name, ' ', html`<code>${crs.uri}</code>`])}.</p>`,
  })
}

export function conformanceHtml(config: Publisher, classes: readonly string[], links: readonly Link[]): Html {
  return frame(config, {
    title: 'Konformität',
    above: [start],
    links,
    content: html`<p>Diese Schnittstelle erfüllt die folgenden Klassen der OGC-Standards.</p>
<ul>${classes.map((uri) => html`<li><code>${uri}</code></li>`)}</ul>`,
  })
}

export function collectionsHtml(config: Publisher, links: readonly Link[]): Html {
  return frame(config, { title: 'Datensätze', above: [start], links, content: layerTable() })
}

function layerTable(): Html {
  return html`<div class="table" tabindex="0" role="region" aria-labelledby="datensaetze"><table>
<caption id="datensaetze">Datensätze und ihre Formate</caption>
<thead><tr><th scope="col">Datensatz</th><th scope="col">Inhalt</th><th scope="col">Formate</th></tr></thead>
<tbody>
${publicLayers.map(layerRow)}</tbody>
</table></div>`
}

function layerRow(layer: Layer): Html {
  const address = `/ogc/collections/${layer.id}`
  const format = (name: string, query: string) =>
    html`<li><a href="${address}/items?${query}" aria-label="${layer.title.de}: ${name}">${name}</a></li>`
  return html`<tr><th scope="row"><a href="${address}?f=html">${layer.title.de}</a></th><td>${layer.description.de}</td><td><ul class="formats">
${format('Tabelle', 'f=html')}${format('CSV', 'f=csv')}${format('CSV für Excel', 'f=csv&dialect=excel')}${format('GeoJSON', 'f=json&limit=10000')}
</ul></td></tr>
`
}

/** A data set: what it holds, what each property means, where to get it. */
export function collectionHtml(config: Publisher, layer: Layer, links: readonly Link[]): Html {
  const files = links.filter((link) => link.rel === 'items' || link.rel.includes('tilesets') || link.rel === 'describedby')
  return frame(config, {
    title: layer.title.de,
    above: [start, { title: 'Datensätze', href: '/ogc/collections?f=html' }],
    links,
    content: html`<p>${layer.description.de}</p>
<h2>Abrufen</h2>
<ul>${files.map((link) => html`<li><a href="${link.href}">${link.title}</a></li>`)}</ul>
<h2>Merkmale</h2>
<div class="table" tabindex="0" role="region" aria-labelledby="merkmale"><table>
<caption id="merkmale">Bedeutung der Merkmale</caption>
<thead><tr><th scope="col">Merkmal</th><th scope="col">Name in den Dateien</th><th scope="col">Art</th><th scope="col">Bedeutung</th></tr></thead>
<tbody>
<tr><th scope="row">Kennung</th><td><code>id</code></td><td>Text</td><td>bleibt über die Zeit gleich</td></tr>
${Object.entries(layer.properties).map(propertyRow)}</tbody>
</table></div>
${hasImpreciseDates(layer) && impreciseDates}
${
  layer.geometry &&
  html`<p>Geometrie in ${crs84.name}, auf Wunsch in einem anderen Koordinatensystem; in CSV ein Punkt auf dem Objekt (<code>longitude</code>, <code>latitude</code>).</p>`
}`,
  })
}

function hasImpreciseDates(layer: Layer): boolean {
  return Object.values(layer.properties).some(({ type }) => type === 'impreciseDate')
}

/** How the files write what contract/dates.ts declares. */
const impreciseDates = html`<p>Ein Datum hat die Genauigkeit, in der es veröffentlicht wurde: <code>2022-03-28</code> (Tag), <code>2022-03</code>
(Monat), <code>2022-Q4</code> (Quartal), <code>2022-H2</code> (Halbjahr), <code>2022-spring</code>, <code>-summer</code>, <code>-autumn</code>,
<code>-winter</code> (Jahreszeit), <code>2022-start</code>, <code>-mid</code>, <code>-end</code> (Anfang, Mitte, Ende des Jahres) oder
<code>2022</code>. Ein <code>by</code> davor heißt „spätestens“. CSV für Excel nennt es in Worten.</p>`

function propertyRow([name, property]: [string, Property]): Html {
  const codes = Object.entries(property.codes ?? {})
  return html`<tr><th scope="row">${property.label.de}</th><td><code>${name}</code></td><td>${typeName(property)}</td><td>${property.description.de}
${codes.length > 0 && html`<ul>${codes.map(([code, text]) => html`<li><code>${code}</code> ${text.de}</li>`)}</ul>`}</td></tr>
`
}
