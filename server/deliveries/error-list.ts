import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Knex } from 'knex'
import type { Remark } from '../contract/deliveries.ts'
import { type RowToWrite, type Value, writeXlsx } from '../formats/index.ts'

interface Row {
  row: number
  raw: Record<string, Value>
  remarks: Remark[]
}

const chunk = 2000

/** The rows that were not taken over, as the sender wrote them, each with what is wrong. */
export async function writeErrorList(database: Knex, id: number, columns: readonly string[]): Promise<Buffer> {
  const path = join(tmpdir(), `ausbauatlas-${randomUUID()}.xlsx`)
  const field = (name: string, type: 'text' | 'integer' = 'text') => ({ name, label: { de: name, en: name }, type })
  try {
    const table = {
      name: 'Beanstandungen',
      title: { de: 'Beanstandungen', en: 'Complaints' },
      fields: [field('Zeile', 'integer'), field('Beanstandung'), ...columns.map((name) => field(name))],
      geometry: null,
      rows: readRows(database, id, columns),
    }
    await writeXlsx(path, [table])
    return await readFile(path)
  } finally {
    await rm(path, { force: true })
  }
}

async function* readRows(database: Knex, id: number, columns: readonly string[]): AsyncIterable<RowToWrite> {
  let after = 0
  for (;;) {
    const rows: Row[] = await database('delivery_rows')
      .where('delivery_id', id)
      .where('row', '>', after)
      .whereIn('decision', ['declined', 'open', 'parked'])
      .orderBy('row')
      .limit(chunk)
      .select('row', 'raw', 'remarks')
    if (rows.length === 0) return
    for (const { row, raw, remarks } of rows) {
      const said = remarks.filter(({ severity }) => severity !== 'note').map(({ text }) => text)
      const values = Object.fromEntries(
        columns.map((name) => [name, raw[name] === null || raw[name] === undefined ? null : String(raw[name])]),
      )
      yield { values: { ...values, Zeile: row, Beanstandung: said.join(' ') || 'Nicht übernommen.' } }
    }
    after = rows.at(-1)?.row ?? after
  }
}
