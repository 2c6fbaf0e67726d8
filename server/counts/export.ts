import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { fundingClasses } from '../contract/codes.ts'
import type { CountRow } from '../contract/counts.ts'
import { type DefinitionId, type Measure, measures, metricDefinitions } from '../contract/metrics.ts'
import { premisesKinds } from '../contract/objects/codes.ts'
import { demoNotice, type Text } from '../contract/text.ts'
import { writeCsv, writeXlsx } from '../formats/index.ts'
import type { Clocks } from '../http/clocks.ts'

interface Wish {
  clocks: Clocks
  definition: DefinitionId
  format: 'csv' | 'xlsx'
  isDemo: boolean
}

const text = (name: string, de: string, en: string) => ({ name, label: { de, en }, type: 'text' as const })
const count = (name: string, label: Text) => ({ name, label, type: 'integer' as const, unit: 'Anschlüsse' })

/** The counted figures as a file for a spreadsheet: every row says Stand and definition. */
export async function writeCounts(database: Knex, rows: readonly CountRow[], wish: Wish): Promise<Buffer> {
  const [programmes, districts] = await Promise.all([namesOf(database, 'programmes'), namesOf(database, 'districts')])
  const levels = measures.keys as readonly Measure[]
  const table = {
    name: 'zahlen',
    title: { de: 'Gezählte Anschlüsse', en: 'Counted connections' },
    fields: [
      text('programme', 'Programm', 'Programme'),
      text('district', 'Stadtteil', 'District'),
      text('kind', 'Art', 'Kind'),
      text('fundingClass', 'Förderklasse', 'Funding class'),
      ...levels.map((level) => count(level, measures.labels[level])),
      count('notPossible', { de: 'nicht möglich', en: 'not possible' }),
      text('definition', 'Definition', 'Definition'),
      text('asOf', 'Stand', 'As of'),
      ...(wish.isDemo ? [text('notice', 'Hinweis', 'Notice')] : []),
    ],
    geometry: null,
    rows: rows.map((row) => ({
      values: {
        programme: programmes.get(row.programmeId) ?? row.programmeId,
        district: districts.get(row.districtId) ?? row.districtId,
        kind: premisesKinds.labels[row.kind].de,
        fundingClass: row.fundingClass === null ? null : fundingClasses.labels[row.fundingClass].de,
        ...row.counts,
        notPossible: row.notPossible,
        definition: metricDefinitions[wish.definition].name,
        asOf: wish.clocks.asOf,
        ...(wish.isDemo && { notice: demoNotice }),
      },
    })),
  }
  const folder = await mkdtemp(join(tmpdir(), 'zahlen-'))
  try {
    const path = join(folder, `zahlen.${wish.format}`)
    await (wish.format === 'xlsx' ? writeXlsx(path, [table]) : writeCsv(path, table, 'excel'))
    return await readFile(path)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function namesOf(database: Knex, what: 'programmes' | 'districts'): Promise<Map<string, string>> {
  const from = what === 'programmes' ? "programmes_at('infinity', now())" : 'districts'
  const { rows } = await database.raw<{ rows: { id: string; name: string }[] }>(`select id, name from ${from}`)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
