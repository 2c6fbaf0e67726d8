import type { Entry } from 'yauzl'
import type { Cell } from './cells.ts'
import type { Limits, Remark } from './format.ts'
import type { RawBatch, RawRow, RawTable } from './raw.ts'
import { remarks } from './remarks.ts'
import { decoded, readWorkbook, type Workbook, xmlParser } from './xlsx-parts.ts'
import { placeOf, SheetReader } from './xlsx-sheet.ts'
import type { Zip } from './zip.ts'

interface Merge {
  top: number
  bottom: number
  left: number
  right: number
}

/** The sheets of a workbook; hidden ones are left out and remarked. */
export async function openXlsx(zip: Zip, limits: Limits, signal?: AbortSignal): Promise<{ tables: RawTable[]; said: Remark[] }> {
  const workbook = await readWorkbook(zip, signal)
  const tables: RawTable[] = []
  for (const { name, entry, isHidden } of workbook.sheets) {
    if (isHidden) continue
    const { merges, rowCount } = await scanSheet(zip, entry, signal)
    tables.push({
      name,
      columns: null,
      hasGeometry: false,
      declared: null,
      rowCount,
      remarks: merges.length > 0 ? [remarks.mergedCells()] : [],
      read: (options) => readSheet(zip, entry, workbook, merges, limits, options.signal),
    })
  }
  return { tables, said: workbook.sheets.filter((sheet) => sheet.isHidden).map(({ name }) => remarks.hiddenSheet(name)) }
}

/** Merged cells stand behind the rows, so they are looked for first, without parsing the rows. */
async function scanSheet(zip: Zip, entry: Entry, signal?: AbortSignal): Promise<{ merges: Merge[]; rowCount: number }> {
  let rowCount = 0
  let rest = ''
  let isBehindRows = false
  const merges: Merge[] = []
  for await (const chunk of decoded(await zip.read(entry))) {
    signal?.throwIfAborted()
    const text = rest + chunk
    for (let at = text.indexOf('<row '); at >= 0; at = text.indexOf('<row ', at + 5)) rowCount += 1
    isBehindRows ||= text.includes('mergeCells')
    if (isBehindRows)
      for (const [, from = '', to = ''] of text.matchAll(/mergeCell [^>]*?ref="([A-Z]+\d+):([A-Z]+\d+)"/g))
        merges.push(mergeOf(from, to))
    // Keep what may be the beginning of something cut in two, but nothing that was counted.
    const cut = text.lastIndexOf('<')
    rest = cut >= 0 && text.indexOf('>', cut) < 0 ? text.slice(cut).slice(0, 200) : ''
    if (rest.startsWith('<row ')) rowCount -= 1
  }
  return { merges: merges.sort((a, b) => a.top - b.top), rowCount }
}

function mergeOf(from: string, to: string): Merge {
  const [start, end] = [placeOf(from), placeOf(to)]
  return { top: start.row, bottom: end.row, left: start.column, right: end.column }
}

const batchRows = 500

async function* readSheet(
  zip: Zip,
  entry: Entry,
  workbook: Workbook,
  merges: Merge[],
  limits: Limits,
  signal?: AbortSignal,
): AsyncGenerator<RawBatch> {
  const reader = new SheetReader(workbook, limits)
  const spread = spreader(merges)
  const parser = xmlParser({ open: reader.open, close: reader.close, text: reader.text })
  let read = 0
  for await (const text of decoded(await zip.read(entry))) {
    signal?.throwIfAborted()
    read += text.length
    parser.write(text)
    if (reader.rows.length < batchRows) continue
    yield {
      rows: reader.takeRows().map(spread),
      bytes: text.length,
      progress: Math.min(read / Math.max(entry.uncompressedSize, 1), 1),
    }
  }
  parser.close()
  yield { rows: reader.takeRows().map(spread), bytes: 0, progress: 1 }
}

/** Gives each cell of a merge the value of its first one. Rows come from top to bottom. */
function spreader(merges: Merge[]): (row: RawRow) => RawRow {
  let next = 0
  let open: (Merge & { value: Cell })[] = []
  return (row) => {
    while ((merges[next]?.top ?? Number.POSITIVE_INFINITY) <= row.rowNumber) {
      const merge = merges[next++] as Merge
      open.push({ ...merge, value: merge.top === row.rowNumber ? (row.cells[merge.left] ?? null) : null })
    }
    open = open.filter(({ bottom }) => bottom >= row.rowNumber)
    for (const { left, right, value } of open) {
      if (value === null) continue
      while (row.cells.length <= right) row.cells.push(null)
      for (let column = left; column <= right; column++) row.cells[column] ??= value
    }
    return row
  }
}
