import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReportDocument } from '../documents/document.ts'
import { type TableToWrite, writeXlsx } from '../formats/index.ts'
import type { AnnexTable } from './council-annex.ts'

/** The annex of a report: a first sheet that says what it is, then a sheet per table. The same report gives the same bytes. */
export async function renderXlsx(report: ReportDocument, tables: readonly AnnexTable[], baseUrl: string): Promise<Buffer> {
  const path = join(tmpdir(), `ausbauatlas-${randomUUID()}.xlsx`)
  try {
    await writeXlsx(path, [cover(report), ...tables.map((table) => toSheet(table, baseUrl))])
    return await readFile(path)
  } finally {
    await rm(path, { force: true })
  }
}

function cover({ title, subtitle, notice, footer }: ReportDocument): TableToWrite {
  const lines = [title, subtitle, ...(notice === null ? [] : [notice]), ...footer]
  return {
    name: 'Bericht',
    title: both('Bericht'),
    fields: [{ name: 'text', label: both('Bericht'), type: 'text' }],
    geometry: null,
    rows: lines.map((text) => ({ values: { text } })),
  }
}

function toSheet({ name, columns, rows }: AnnexTable, baseUrl: string): TableToWrite {
  return {
    name,
    title: both(name),
    fields: columns.map((column) => ({ name: column.name, label: both(column.label), type: column.type })),
    geometry: null,
    rows: rows.map((row) => ({ values: { ...row, query: new URL(String(row.query), baseUrl).href } })),
  }
}

function both(text: string) {
  return { de: text, en: text }
}
