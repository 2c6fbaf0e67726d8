import { type Block, type Drawing, type Inline, type ReportDocument, textOf } from '../documents/document.ts'
import { type Child, type Html, html } from '../http/html.ts'

/** A whole page without script; links are absolute, so that a saved copy still leads to its queries. */
export function renderHtml(report: ReportDocument, baseUrl: string): string {
  const { title, subtitle, notice, footer, blocks } = report
  return html`<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/ogc.css">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
</head>
<body>
<a class="skip" href="#inhalt">Zum Inhalt springen</a>
${notice && html`<aside class="notice" aria-label="Hinweis">${notice}</aside>`}
<main id="inhalt" tabindex="-1">
<h1>${title}</h1>
<p>${subtitle}</p>
${blocks.map((block) => renderBlock(block, baseUrl))}
</main>
<footer>${footer.map((line) => html`<p>${line}</p>`)}</footer>
</body>
</html>
`.text
}

function renderBlock(block: Block, baseUrl: string): Html {
  const inlines = (content: readonly Inline[]): Child => content.map((one) => renderInline(one, baseUrl))
  switch (block.kind) {
    case 'heading':
      return block.level === 2 ? html`<h2>${block.text}</h2>\n` : html`<h3>${block.text}</h3>\n`
    case 'paragraph':
      return html`<p>${inlines(block.content)}</p>\n`
    case 'list': {
      const items = block.items.map((item) => html`<li>${inlines(item)}</li>`)
      return block.isNumbered ? html`<ol>${items}</ol>\n` : html`<ul>${items}</ul>\n`
    }
    case 'table':
      return html`<div class="table" tabindex="0" role="region" aria-label="${block.caption}"><table><caption>${block.caption}</caption>
<thead><tr>${block.columns.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>${block.rows.map(
        (row) =>
          html`<tr>${row.map((cell, index) =>
            index === 0
              ? html`<th scope="row">${renderInline(cell, baseUrl)}</th>`
              : html`<td>${renderInline(cell, baseUrl)}</td>`,
          )}</tr>\n`,
      )}</tbody></table></div>\n`
    case 'drawing':
      return html`<figure>${renderDrawing(block.drawing, block.alt)}<figcaption>${block.caption}</figcaption></figure>\n`
  }
}

function renderInline(inline: Inline, baseUrl: string): Child {
  return typeof inline === 'string' ? inline : html`<a href="${new URL(inline.href, baseUrl).href}">${textOf(inline)}</a>`
}

/** The drawing keeps its own light colours: it is a picture, also on a dark page. */
function renderDrawing({ width, height, shapes, labels, legend }: Drawing, alt: string): Html {
  const line = 16
  const bottom = height + 10
  return html`<svg viewBox="0 0 ${width} ${bottom + legend.length * line}" role="img" aria-label="${alt}">
<rect width="${width}" height="${bottom + legend.length * line}" fill="#ffffff"/>
${shapes.map(({ path, fill }) => html`<path d="${path}" fill="${fill}" stroke="#3b4256" stroke-width="1"/>`)}
${labels.map(
  ({ x, y, lines, ink }) =>
    html`<text x="${x}" y="${y}" text-anchor="middle" font-size="8.5" fill="${ink}">${lines.map(
      (line, index) => html`<tspan x="${x}" dy="${index === 0 ? 0 : 9}" font-weight="${index === 0 ? 600 : 400}">${line}</tspan>`,
    )}</text>`,
)}
${legend.map(
  ({ fill, text }, index) =>
    html`<rect x="0" y="${bottom + index * line}" width="20" height="11" fill="${fill}" stroke="#3b4256"/><text x="26" y="${bottom + index * line + 10}" font-size="11" fill="#171a2b">${text}</text>`,
)}
</svg>`
}
