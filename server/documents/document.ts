/** A run of text; with `href` a link to the query behind it (path of this product). */
export type Inline = string | { text: string; href: string }

export interface Column {
  label: string
  numeric?: boolean
  /** Share of the width; the shares of a table need not sum up to anything. */
  share: number
}

/** A shape of a drawing: an SVG path with y downwards. */
export interface Shape {
  path: string
  fill: string
}

export interface Drawing {
  width: number
  height: number
  shapes: readonly Shape[]
  /** The first line is bold. */
  labels: readonly { x: number; y: number; lines: readonly string[]; ink: string }[]
  legend: readonly { fill: string; text: string }[]
}

/** What a report is made of. The first cell of a row names it. */
export type Block =
  | { kind: 'heading'; level: 2 | 3; text: string }
  | { kind: 'paragraph'; content: readonly Inline[] }
  | { kind: 'list'; items: readonly (readonly Inline[])[]; isNumbered?: boolean }
  | { kind: 'table'; caption: string; columns: readonly Column[]; rows: readonly (readonly Inline[])[] }
  | { kind: 'drawing'; drawing: Drawing; alt: string; caption: string }

/** A report before it takes a form: HTML, PDF and XLSX are made from it, so that they say the same. */
export interface ReportDocument {
  title: string
  subtitle: string
  author: string
  /** Said at the head of every page; null: nothing to say. */
  notice: string | null
  /** Said at the end of every page: clocks, hash, address. */
  footer: readonly string[]
  /** Moment that stands as time of making: that of the knowledge, so that the bytes stay the same. */
  madeAt: Date
  blocks: readonly Block[]
}

export function textOf(inline: Inline): string {
  return typeof inline === 'string' ? inline : inline.text
}

/** Everything that is said, without its form: what the hash of the data is taken from. */
export function contentOf({ title, subtitle, blocks }: Pick<ReportDocument, 'title' | 'subtitle' | 'blocks'>): string {
  return JSON.stringify([title, subtitle, blocks])
}
