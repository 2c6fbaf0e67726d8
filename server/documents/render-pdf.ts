import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'
import { type Block, type Drawing, type Inline, type ReportDocument, textOf } from './document.ts'
import { colours, margins, page, type StructureOptions, sizes, textWidth } from './pdf-page.ts'
import { drawTable } from './pdf-table.ts'

export type Pdf = PDFKit.PDFDocument

const file = (weight: number) =>
  fileURLToPath(import.meta.resolve(`@fontsource/fira-sans/files/fira-sans-latin-${weight}-normal.woff`))

/**
 * Tagged PDF (PDF/UA-1, ISO 14289-1): structure tree, language, title, text behind every picture, tables with header cells, links as
 * links. Fonts are embedded, times are those of the report: the same report gives the same bytes.
 */
export async function renderPdf(report: ReportDocument, baseUrl: string): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    margins,
    bufferPages: true,
    pdfVersion: '1.7',
    // The typings lack PDF/UA.
    subset: 'PDF/UA' as PDFKit.Mixins.PDFSubsets,
    tagged: true,
    displayTitle: true,
    lang: 'de-DE',
    info: {
      Title: report.title,
      Author: report.author,
      Subject: report.subtitle,
      CreationDate: report.madeAt,
      ModDate: report.madeAt,
    },
    font: file(400),
  })
  pdf.registerFont('regular', file(400)).registerFont('bold', file(600))
  const bytes = collect(pdf)
  const document = pdf.struct('Document')
  pdf.addStructure(document)
  const write = new Writer(pdf, document, baseUrl)
  write.heading(1, report.title)
  write.paragraph([report.subtitle], colours.muted)
  for (const block of report.blocks) write.block(block)
  document.end()
  stampPages(pdf, report)
  pdf.end()
  return bytes
}

function collect(pdf: Pdf): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
  })
}

/** Puts blocks into the document one below the other. */
export class Writer {
  readonly pdf: Pdf
  readonly #root: PDFKit.PDFStructureElement
  readonly #baseUrl: string

  constructor(pdf: Pdf, root: PDFKit.PDFStructureElement, baseUrl: string) {
    this.pdf = pdf
    this.#root = root
    this.#baseUrl = baseUrl
    pdf.x = page.left
    pdf.y = page.top
  }

  block(block: Block): void {
    if (block.kind === 'heading') this.heading(block.level, block.text)
    else if (block.kind === 'paragraph') this.paragraph(block.content)
    else if (block.kind === 'list') this.list(block.items, block.isNumbered ?? false)
    else if (block.kind === 'drawing') this.drawing(block.drawing, block.alt, block.caption)
    else drawTable(this, block)
  }

  heading(level: 1 | 2 | 3, text: string): void {
    const { pdf } = this
    const size = sizes[level]
    // A heading never stands alone at the end of a page.
    this.reserve(size * 5)
    pdf.y += level === 1 ? 0 : size * 0.9
    this.add(level, () =>
      pdf.font('bold').fontSize(size).fillColor(colours.text).text(text, page.left, pdf.y, { width: textWidth }),
    )
    pdf.y += size * 0.25
  }

  paragraph(content: readonly Inline[], colour = colours.text): void {
    const { pdf } = this
    this.reserve(sizes.text * 3)
    const element = pdf.struct('P')
    this.#root.add(element)
    this.runs(element, content, { size: sizes.text, colour, x: page.left, width: textWidth })
    element.end()
    pdf.y += sizes.text * 0.5
  }

  list(items: readonly (readonly Inline[])[], isNumbered: boolean): void {
    const { pdf } = this
    const list = pdf.struct('L')
    this.#root.add(list)
    items.forEach((item, index) => {
      this.reserve(sizes.text * 2.5)
      const entry = pdf.struct('LI')
      list.add(entry)
      const y = pdf.y
      const label = pdf.struct(
        'Lbl',
        {},
        () =>
          void pdf
            .font('regular')
            .fontSize(sizes.text)
            .fillColor(colours.text)
            .text(isNumbered ? `[${index + 1}]` : '•', page.left, y, { width: 26 }),
      )
      entry.add(label)
      pdf.y = y
      const body = pdf.struct('LBody')
      entry.add(body)
      this.runs(body, item, { size: sizes.text, colour: colours.text, x: page.left + 26, width: textWidth - 26 })
      body.end()
      entry.end()
      pdf.y += 2
    })
    list.end()
    pdf.y += sizes.text * 0.5
  }

  /** Runs of text one after the other; links become links with their own place in the structure. */
  runs(
    parent: PDFKit.PDFStructureElement,
    content: readonly Inline[],
    look: { size: number; colour: string; x: number; width: number; align?: 'left' | 'right' },
  ): void {
    const { pdf } = this
    const { size, colour, x, width, align = 'left' } = look
    const y = pdf.y
    content.forEach((inline, index) => {
      const isLast = index === content.length - 1
      const options = { width, align, continued: !isLast, underline: typeof inline !== 'string' }
      const put = (link: string | null) => {
        pdf
          .font('regular')
          .fontSize(size)
          .fillColor(link ? colours.link : colour)
        const where = { ...options, link } as PDFKit.Mixins.TextOptions
        if (index === 0) pdf.text(textOf(inline), x, y, where)
        else pdf.text(textOf(inline), where)
      }
      if (typeof inline === 'string') parent.add(() => put(null))
      else {
        const href = new URL(inline.href, this.#baseUrl).href
        parent.add(pdf.struct('Link', { alt: inline.text }, () => put(href)))
      }
    })
  }

  /** Begins a new page unless so many points are left. */
  reserve(height: number): boolean {
    if (this.pdf.y + height <= page.height - page.bottom) return false
    this.pdf.addPage()
    this.pdf.x = page.left
    this.pdf.y = page.top
    return true
  }

  add(level: 1 | 2 | 3, draw: () => unknown): void {
    const element = this.pdf.struct(`H${level}`, {}, () => void draw())
    this.#root.add(element)
    element.end()
  }

  /** A new element below the document. */
  open(type: string, options: StructureOptions = {}): PDFKit.PDFStructureElement {
    const element = this.pdf.struct(type, options)
    this.#root.add(element)
    return element
  }

  drawing(drawing: Drawing, alt: string, caption: string): void {
    const { pdf } = this
    const scale = textWidth / drawing.width
    const height = drawing.height * scale + 18 + drawing.legend.length * 13
    this.reserve(Math.min(height, page.height - page.top - page.bottom))
    const [x, y] = [page.left, pdf.y]
    const figure = this.open('Figure', { alt, bbox: [x, y, x + textWidth, y + height] })
    figure.add(() => drawShapes(pdf, drawing, { x, y, scale }))
    figure.end()
    pdf.x = page.left
    pdf.y = y + height
    this.paragraph([caption], colours.muted)
  }
}

function drawShapes(pdf: Pdf, { height, shapes, labels, legend }: Drawing, at: { x: number; y: number; scale: number }): void {
  pdf.save().translate(at.x, at.y).scale(at.scale)
  for (const { path, fill } of shapes) pdf.path(path).lineWidth(0.8).fillAndStroke(fill, '#3b4256')
  for (const { x, y, lines, ink } of labels) {
    const centred = { width: 120, align: 'center', lineBreak: false } as const
    lines.forEach((line, index) => {
      pdf
        .fillColor(ink)
        .font(index === 0 ? 'bold' : 'regular')
        .fontSize(index === 0 ? 8 : 7)
      pdf.text(line, x - 60, y - 9 + index * 8.5, centred)
    })
  }
  pdf.restore()
  legend.forEach(({ fill, text }, index) => {
    const y = at.y + height * at.scale + 10 + index * 13
    pdf.rect(at.x, y, 18, 9).lineWidth(0.5).fillAndStroke(fill, '#3b4256')
    pdf
      .fillColor(colours.text)
      .font('regular')
      .fontSize(8)
      .text(text, at.x + 24, y, { lineBreak: false })
  })
}

/** Notice, footer and page numbers belong to the page, not to the text: artifacts. */
function stampPages(pdf: Pdf, { title, notice, footer }: ReportDocument): void {
  const { start, count } = pdf.bufferedPageRange()
  for (let index = start; index < start + count; index += 1) {
    pdf.switchToPage(index)
    // Text below the margin would begin a new page.
    pdf.page.margins.bottom = 0
    pdf.markContent('Artifact', { type: 'Pagination' })
    pdf.font('regular').fontSize(sizes.small).fillColor(colours.muted)
    pdf.text(notice ? `${title} · ${notice}` : title, page.left, 36, { width: textWidth, lineBreak: false })
    const lines = [...footer, `Seite ${index - start + 1} von ${count}`]
    lines.forEach((line, place) => {
      pdf.text(line, page.left, page.height - page.bottom + 14 + place * 10, { width: textWidth, lineBreak: false })
    })
    pdf.endMarkedContent()
  }
}
