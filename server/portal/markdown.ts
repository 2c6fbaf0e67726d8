import { Marked, type Tokens } from 'marked'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as HTML text or attribute value. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] as string)
}

/** Web, mail and telephone addresses, and addresses of this site; nothing that runs (javascript:, data:). */
function isSafeAddress(address: string): boolean {
  try {
    return ['http:', 'https:', 'mailto:', 'tel:'].includes(new URL(address, 'https://this.site/').protocol)
  } catch {
    return false
  }
}

const marked = new Marked({
  gfm: true,
  renderer: {
    /** The page's title is its only heading of the first level. */
    heading({ tokens, depth }: Tokens.Heading) {
      const level = Math.max(2, depth)
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`
    },
    /** Raw HTML is text: the pages have no scripts, styles or frames. */
    html({ text }: Tokens.HTML | Tokens.Tag) {
      return escapeHtml(text)
    },
    link({ href, tokens }: Tokens.Link) {
      const text = this.parser.parseInline(tokens)
      return isSafeAddress(href) ? `<a href="${escapeHtml(href)}">${text}</a>` : text
    },
    /** Pictures of other hosts would be third-party requests; what the picture shows stays as text. */
    image({ text }: Tokens.Image) {
      return escapeHtml(text)
    },
  },
})

/** HTML of a text page, safe to be put into the portal. */
export function renderMarkdown(markdown: string): string {
  return marked.parse(markdown, { async: false })
}
