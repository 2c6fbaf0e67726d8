import { type Block, type Column, type Inline, textOf } from './document.ts'
import { colours, page, type StructureOptions, textWidth } from './pdf-page.ts'
import type { Writer } from './render-pdf.ts'

const size = 8.5
const padding = { x: 4, y: 3 }

type Table = Extract<Block, { kind: 'table' }>
type Element = PDFKit.PDFStructureElement

const columnHeader: StructureOptions = { scope: 'Column' }
const rowHeader: StructureOptions = { scope: 'Row' }

/** A table with caption, header cells with scope, and its header repeated on every page it goes on to. */
export function drawTable(writer: Writer, { caption, columns, rows }: Table): void {
  const { pdf } = writer
  const widths = widthsOf(columns)
  writer.reserve(80)
  const table = writer.open('Table')
  table.add(
    pdf.struct(
      'Caption',
      {},
      () => void pdf.font('bold').fontSize(size).fillColor(colours.text).text(caption, page.left, pdf.y, { width: textWidth }),
    ),
  )
  pdf.y += 4
  drawHeader(writer, table, columns, widths)
  for (const row of rows) {
    const height = heightOf(writer, row, widths, 'regular')
    if (writer.reserve(height)) repeatHeader(writer, columns, widths)
    drawRow(writer, table, { cells: row, columns, widths, height })
  }
  table.end()
  pdf.x = page.left
  pdf.y += 12
}

function widthsOf(columns: readonly Column[]): number[] {
  const whole = columns.reduce((sum, { share }) => sum + share, 0)
  return columns.map(({ share }) => (textWidth * share) / whole)
}

function heightOf(writer: Writer, cells: readonly Inline[], widths: readonly number[], font: 'regular' | 'bold'): number {
  const { pdf } = writer
  pdf.font(font).fontSize(size)
  const heights = cells.map((cell, index) =>
    pdf.heightOfString(textOf(cell) || ' ', { width: (widths[index] ?? 0) - 2 * padding.x }),
  )
  return Math.max(...heights) + 2 * padding.y
}

interface Row {
  cells: readonly Inline[]
  columns: readonly Column[]
  widths: readonly number[]
  height: number
}

/** Places of the cells of a row, left to right. */
function* places({
  cells,
  columns,
  widths,
}: Row): Generator<{ cell: Inline; column: Column; x: number; width: number; index: number }> {
  let x = page.left
  for (const [index, cell] of cells.entries()) {
    const width = widths[index] ?? 0
    const column = columns[index]
    if (column) yield { cell, column, x: x + padding.x, width: width - 2 * padding.x, index }
    x += width
  }
}

function drawHeader(writer: Writer, table: Element, columns: readonly Column[], widths: readonly number[]): void {
  const { pdf } = writer
  const cells = columns.map(({ label }) => label)
  const row = { cells, columns, widths, height: heightOf(writer, cells, widths, 'bold') }
  const y = pdf.y
  shade(writer, y, row.height)
  const line = pdf.struct('TR')
  table.add(line)
  for (const { cell, column, x, width } of places(row)) {
    const draw = () => headerText(writer, textOf(cell), { x, y, width, column })
    line.add(pdf.struct('TH', columnHeader, draw))
  }
  line.end()
  pdf.y = y + row.height
}

/** The header again on a new page is decoration: the structure has it once. */
function repeatHeader(writer: Writer, columns: readonly Column[], widths: readonly number[]): void {
  const { pdf } = writer
  const cells = columns.map(({ label }) => label)
  const row = { cells, columns, widths, height: heightOf(writer, cells, widths, 'bold') }
  const y = pdf.y
  shade(writer, y, row.height)
  pdf.markContent('Artifact', { type: 'Pagination' })
  for (const { cell, column, x, width } of places(row)) headerText(writer, textOf(cell), { x, y, width, column })
  pdf.endMarkedContent()
  pdf.y = y + row.height
}

function headerText({ pdf }: Writer, text: string, at: { x: number; y: number; width: number; column: Column }): void {
  pdf.font('bold').fontSize(size).fillColor(colours.text)
  pdf.text(text, at.x, at.y + padding.y, { width: at.width, align: at.column.numeric ? 'right' : 'left' })
}

function drawRow(writer: Writer, table: Element, row: Row): void {
  const { pdf } = writer
  const y = pdf.y
  const line = pdf.struct('TR')
  table.add(line)
  for (const { cell, column, x, width, index } of places(row)) {
    const element = index === 0 ? pdf.struct('TH', rowHeader) : pdf.struct('TD')
    line.add(element)
    pdf.y = y + padding.y
    writer.runs(element, [cell], { size, colour: colours.text, x, width, align: column.numeric ? 'right' : 'left' })
    element.end()
  }
  line.end()
  pdf.markContent('Artifact', { type: 'Layout' })
  pdf
    .moveTo(page.left, y + row.height)
    .lineTo(page.left + textWidth, y + row.height)
    .lineWidth(0.5)
    .stroke(colours.line)
  pdf.endMarkedContent()
  pdf.y = y + row.height
}

function shade({ pdf }: Writer, y: number, height: number): void {
  pdf.markContent('Artifact', { type: 'Layout' })
  pdf.rect(page.left, y, textWidth, height).fill(colours.shade)
  pdf.endMarkedContent()
}
