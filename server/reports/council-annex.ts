import type { Value } from '../formats/format.ts'
import { Citations } from './citations.ts'
import type { ReportData, ReportQuestion } from './council-queries.ts'

/** A sheet of the annex: values as they are kept, with their unit beside them and the address of their query. */
export interface AnnexTable {
  name: string
  columns: readonly { name: string; label: string; type: 'text' | 'number' }[]
  rows: readonly Readonly<Record<string, Value>>[]
}

type Columns<Row> = readonly (readonly [name: keyof Row & string, label: string, type?: 'number'])[]

/** The tables behind a report. */
export function annexOf(data: ReportData, question: ReportQuestion): AnnexTable[] {
  const cite = new Citations(question)
  const sheet = <Row extends { id: string }>(
    name: string,
    layer: string | ((row: Row) => string),
    columns: Columns<Row>,
    rows: readonly Row[],
  ): AnnexTable => ({
    name,
    columns: [
      { name: 'id', label: 'Kennung', type: 'text' },
      ...columns.map(([key, label, type]) => ({ name: key, label, type: type ?? ('text' as const) })),
      { name: 'query', label: 'Abfrage', type: 'text' },
    ],
    rows: rows.map((row) => ({
      id: row.id,
      ...Object.fromEntries(columns.map(([key]) => [key, row[key] as Value])),
      query: cite.address(typeof layer === 'string' ? layer : layer(row), row.id),
    })),
  })
  const amounts: Columns<ReportData['targets'][number]> = [
    ['programme', 'Programm'],
    ['district', 'Stadtteil'],
    ['quantity', 'Größe'],
    ['state', 'Zustand'],
    ['value', 'Wert', 'number'],
    ['unit', 'Einheit'],
    ['true_on', 'Stand'],
    ['source', 'Quelle'],
  ]
  return [
    sheet(
      'Bauabschnitte',
      'build_sections',
      [
        ['name', 'Bauabschnitt'],
        ['programme', 'Programm'],
        ['phase', 'Ausbaustand'],
        ['planned_end', 'Angekündigtes Ende'],
        ['true_on', 'Stand'],
        ['source', 'Quelle'],
      ],
      data.sections,
    ),
    sheet(
      'Änderungen',
      'build_sections',
      [
        ['name', 'Bauabschnitt'],
        ['before', 'Vorher'],
        ['after', 'Jetzt'],
      ],
      data.changes,
    ),
    sheet('Ziele', 'targets', amounts, data.targets),
    sheet('Gemeldete Zahlen', 'figures', amounts, data.figures),
    sheet(
      'Gezählte Zahlen',
      'counted_figures',
      [
        ['programme', 'Programm'],
        ['district', 'Stadtteil'],
        ['quantity', 'Größe'],
        ['measure', 'Maß'],
        ['value', 'Wert', 'number'],
        ['unit', 'Einheit'],
        ['true_on', 'Stand'],
        ['source', 'Quelle'],
      ],
      data.counted,
    ),
    sheet(
      'Termine',
      ({ layer }) => layer,
      [
        ['section', 'Bauabschnitt'],
        ['trade', 'Gewerk'],
        ['what', 'Schritt'],
        ['title', 'Meilenstein'],
        ['first_named', 'Zuerst angekündigt'],
        ['named', 'Zuletzt angekündigt'],
        ['times_moved', 'Verschoben', 'number'],
        ['actual', 'Eingetreten'],
        ['source', 'Quelle'],
      ],
      data.dates,
    ),
  ]
}
