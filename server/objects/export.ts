import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { formatImpreciseDate } from '../contract/dates.ts'
import type { ExportFormat } from '../contract/exports.ts'
import type { ObjectKindName } from '../contract/objects/index.ts'
import type { ObjectFilter } from '../contract/objects.ts'
import {
  type BundleFacts,
  formatReadme,
  type Geometry,
  type RowToWrite,
  type TableToWrite,
  type Value,
  writeBundle,
  writeCsv,
  writeGeoJson,
  writeGeoPackage,
  writeShapefile,
  writeXlsx,
} from '../formats/index.ts'
import type { Clocks } from '../http/clocks.ts'
import { type ExportField, exportFields } from './export-fields.ts'
import { isLine, kindOf, pluralOf } from './kinds.ts'
import { conditionsOf, contentSql, geometryOf, objectsAt } from './sql.ts'
import { Statement } from './statement.ts'

export interface ExportOrder {
  kind: ObjectKindName
  format: ExportFormat
  filter: ObjectFilter
  /** `knownAt` is resolved: the same order gives the same bytes. */
  clocks: { asOf: string; knownAt: string }
  facts: Pick<BundleFacts, 'attribution' | 'notes'>
}

const batchRows = 2000

/** Writes an export to a file that lasts as long as `work`. */
export async function withExport<Result>(
  database: Knex,
  order: ExportOrder,
  work: (path: string) => Promise<Result>,
): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'ausbauatlas-export-'))
  try {
    const table = await makeTable(database, order)
    const readme = readmeOf(order, table)
    const path = join(directory, 'export.zip')
    if (order.format === 'shp') await writeShapefile(path, [table], { knownAt: order.clocks.knownAt, readme })
    else {
      const name = `${order.kind}.${order.format === 'csv-excel' ? 'csv' : order.format}`
      const file = join(directory, name)
      await writers[order.format](file, table, order.clocks.knownAt)
      await writeBundle(path, [{ name, path: file }], readme)
    }
    return await work(path)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

type Writer = (path: string, table: TableToWrite, knownAt: string) => Promise<void>

const writers: Record<Exclude<ExportFormat, 'shp'>, Writer> = {
  xlsx: (path, table) => writeXlsx(path, [table]),
  csv: (path, table) => writeCsv(path, table, 'plain'),
  'csv-excel': (path, table) => writeCsv(path, table, 'excel'),
  geojson: (path, table) => writeGeoJson(path, table),
  gpkg: (path, table, knownAt) => writeGeoPackage(path, [table], { knownAt }),
}

/** Formats for people say words, those for programs codes. */
const forPeople: readonly ExportFormat[] = ['xlsx', 'csv-excel']

async function makeTable(database: Knex, order: ExportOrder): Promise<TableToWrite> {
  const { kind, format } = order
  const epsg = format === 'geojson' ? 4326 : 25832
  const { rows: programmes } = await database.raw<{ rows: { id: string; name: string }[] }>(
    'select id, name from programmes_at(:asOf::date, :knownAt::timestamptz)',
    order.clocks,
  )
  const names = new Map(programmes.map(({ id, name }) => [id, name]))
  return {
    name: kind,
    title: { de: pluralOf[kind], en: kindOf(kind).label.en },
    fields: exportFields(kind).map(({ isDate: _, isProgramme: __, ...field }) => field),
    geometry: { type: isLine(kind) ? 'LineString' : 'Point', epsg },
    rows: readRows(database, order, { epsg, names }),
  }
}

interface FoundRow {
  id: string
  content: Record<string, unknown>
  place: Record<string, Value> | null
  trueOn: string
  source: string
  geometry: Geometry | null
}

async function* readRows(
  database: Knex,
  order: ExportOrder,
  { epsg, names }: { epsg: number; names: ReadonlyMap<string, string> },
): AsyncIterable<RowToWrite> {
  const fields = exportFields(order.kind)
  const inWords = forPeople.includes(order.format)
  let after = ''
  for (;;) {
    const rows = await findExportRows(database, order, epsg, after)
    if (rows.length === 0) return
    for (const row of rows) {
      const values = fields.map((field) => [field.name, valueOfField(field, row, inWords ? names : null)] as const)
      yield { values: Object.fromEntries(values), geometry: row.geometry }
    }
    after = rows.at(-1)?.id ?? after
  }
}

/** Geometry is the object's own: that of its address is not said as if it were. */
function findExportRows(database: Knex, { kind, filter, clocks }: ExportOrder, epsg: number, after: string): Promise<FoundRow[]> {
  const statement = new Statement()
  const at: Clocks = clocks
  const conditions = [`o.id > ${statement.bind(after, 'text')}`, ...conditionsOf(statement, kind, filter, at)]
  const place =
    kind === 'premises'
      ? `(select json_build_object('street', a.street, 'houseNumber', a.house_number, 'suffix', nullif(a.suffix, '')) from current_addresses a where a.id = o.address_id)`
      : 'null::json'
  const geometry = kind === 'premises' ? geometryOf(kind) : 'o.geom'
  return statement.run<FoundRow>(
    database,
    `select o.id, ${contentSql(kind, 'o', 'none')} as content, ${place} as place, o.true_on as "trueOn", s.citation as source,
      st_asgeojson(${epsg === 25832 ? geometry : `st_transform(${geometry}, ${epsg})`}, 9)::json as geometry
     from ${objectsAt(statement, kind, at)} o join sources s on s.id = o.source_id
     where ${conditions.join(' and ')} order by o.id limit ${batchRows}`,
  )
}

/** `names`: of programmes, where words are wanted; null: codes. */
function valueOfField(field: ExportField, row: FoundRow, names: ReadonlyMap<string, string> | null): Value {
  const value = rawValue(field.name, row)
  if (value === null || names === null) return value
  if (field.isDate) return formatImpreciseDate(String(value), 'de')
  if (field.isProgramme) return names.get(String(value)) ?? value
  return field.codes?.[String(value)]?.de ?? value
}

function rawValue(name: string, { content, place, trueOn, source }: FoundRow): Value {
  if (name === 'trueOn') return trueOn
  if (name === 'source') return source
  if (name.startsWith('step_')) return (content.steps as Record<string, string> | undefined)?.[name.slice('step_'.length)] ?? null
  return (content[name] as Value | undefined) ?? place?.[name] ?? null
}

function readmeOf({ kind, format, clocks, facts }: ExportOrder, table: TableToWrite): string {
  const title = { de: `${pluralOf[kind]} (intern)`, en: `${kindOf(kind).label.en} (internal)` }
  return formatReadme({ ...facts, ...clocks, title, licence: null }, [table], { isShapefile: format === 'shp' })
}
