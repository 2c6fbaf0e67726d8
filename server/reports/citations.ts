import type { Block, Inline } from '../documents/document.ts'
import type { ReportQuestion } from './council-queries.ts'

/** Numbers sources in the order in which they are named, and leads from what is said to the query behind it. */
export class Citations {
  readonly #question: ReportQuestion
  readonly #sources: string[] = []

  constructor(question: ReportQuestion) {
    this.#question = question
  }

  /** "[3]" */
  source(citation: string): string {
    if (!this.#sources.includes(citation)) this.#sources.push(citation)
    return `[${this.#sources.indexOf(citation) + 1}]`
  }

  /** A link to the item, or to the items that fit, at the clocks of the report. */
  query(text: string, layer: string, item: string | Readonly<Record<string, string>>): Inline {
    return { text, href: this.address(layer, item) }
  }

  /** Path of the query behind something said. */
  address(layer: string, item: string | Readonly<Record<string, string>>): string {
    const { asOf, knownAt } = this.#question
    const [path, filter] = typeof item === 'string' ? [`/${encodeURIComponent(item)}`, {}] : ['', item]
    return `/ogc/collections/${layer}/items${path}?${new URLSearchParams({ ...filter, asOf, knownAt, f: 'html' })}`
  }

  list(): Block[] {
    if (this.#sources.length === 0) return []
    return [
      { kind: 'heading', level: 2, text: 'Quellen' },
      { kind: 'list', isNumbered: true, items: this.#sources.map((source) => [source]) },
    ]
  }
}
