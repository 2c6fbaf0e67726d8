import type { Knex } from 'knex'
import type { CoverageDataset } from '../contract/coverage-codes.ts'
import type { MobileOperator, MobileTechnology } from '../contract/mobile/codes.ts'
import type { OpenedFile, Row, Table, Value } from '../formats/index.ts'
import { FileRefused } from '../formats/index.ts'
import { count, type Tally } from './found.ts'
import { rowsOf } from './queries.ts'
import { cellName, type Shape } from './recognise.ts'
import { operatorOf, technologyOf } from './words.ts'

/** What a feature says of the cells it covers. */
interface Said {
  operator: MobileOperator | null
  technology: MobileTechnology | null
  count: number | null
}

interface Feature {
  row: number
  geometry: unknown
  /** Cell named instead of drawn. */
  cell: string | null
  said: Said[]
  dwellings: number | null
  number: string | null
  municipalities: string | null
  areaKm2: number | null
}

interface Reading {
  tally: Tally
  signal: AbortSignal
  onProgress: (share: number) => void
}

/** More operators than there are networks is no number of operators. */
const mostOperators = 9

/**
 * Reads areas or cells and keeps what they say of the cells of the city: a cell belongs to the area its middle lies in. `id`: the
 * import that gets them. Returns warnings.
 */
export async function readAreas(
  trx: Knex.Transaction,
  id: number,
  { file, table, shape }: { file: OpenedFile; table: Table; shape: Shape },
  { tally, signal, onProgress }: Reading,
): Promise<{ warnings: string[]; duplicates: number }> {
  const epsg = table.crs?.epsg ?? 25832
  const isDeficit = shape.dataset === 'deficit_areas'
  let repeated = 0
  for await (const { rows, progress } of file.readRows(table.name, { signal, batchRows: 500 })) {
    const features = rows.flatMap((row) => featureOf(row, shape, tally) ?? [])
    const written = isDeficit ? await writeDeficits(trx, id, features, epsg) : await writeCells(trx, id, features, epsg)
    tally.used += written.used
    tally.outside += features.length - written.used
    repeated += written.repeated
    onProgress(progress)
  }
  tally.judge()
  const warning = `${count(repeated)} Zellen werden mehrmals genannt; jede zählt einmal${shape.dataset === 'operator_count' ? ', bei verschiedener Zahl die höchste' : ''}.`
  return { warnings: repeated > 0 ? [warning] : [], duplicates: repeated }
}

/** null: the row cannot be used, which is noted, or says that nothing is covered. */
function featureOf(row: Row, shape: Shape, tally: Tally): Feature | null {
  tally.rows += 1
  const { columns } = shape
  const refuse = (kind: string, text: string) => {
    tally.refuse(row.rowNumber, kind, text)
    return null
  }
  if (row.remarks.some(({ code }) => code === 'feature-too-large'))
    throw new FileRefused(
      'feature-too-large',
      `Das Objekt in Zeile ${row.rowNumber} ist viel zu groß. Bitte schneiden Sie die Datei auf die Stadt und ihre Umgebung zu (in QGIS: Vektor › Zuschneiden) und geben Sie sie noch einmal.`,
    )
  const cell = columns.cell ? nameCell(row.values[columns.cell]) : null
  if (row.geometry === null && cell === null) return refuse('place', 'Die Geometrie fehlt oder ist nicht lesbar.')
  const said = saidBy(row, shape, tally)
  if (said === null) return null
  return {
    ...{ row: row.rowNumber, geometry: cell === null ? row.geometry : null, cell, said },
    dwellings: wholeNumber(columns.dwellings ? row.values[columns.dwellings] : null),
    number: textOf(row.values[columns.number ?? '']),
    municipalities: textOf(row.values[columns.municipalities ?? '']),
    areaKm2: numberOf(row.values[columns.area ?? '']),
  }
}

function saidBy(row: Row, { dataset, columns, wide }: Shape, tally: Tally): Said[] | null {
  const refuse = (kind: string, text: string) => {
    tally.refuse(row.rowNumber, kind, text)
    return null
  }
  if (dataset === 'deficit_areas') return []
  if (dataset === 'operator_count') {
    const value = row.values[columns.count ?? ''] ?? null
    const number = wholeNumber(value)
    if (number === null || number > mostOperators)
      return refuse('count', `Die Zahl der Betreiber „${String(value ?? '')}“ ist keine ganze Zahl von 0 bis ${mostOperators}.`)
    return [{ operator: null, technology: null, count: number }]
  }
  if (wide.length > 0)
    return wide
      .filter(({ column }) => isCovered(row.values[column]))
      .map(({ operator, technology }) => ({ operator, technology, count: null }))
  const operator = wordIn(row, columns.operator ?? columns.networkCode)
  const technology = wordIn(row, columns.technology)
  const ours = operator === null ? null : operatorOf(operator, columns.operator === undefined || /mnc/i.test(columns.operator))
  if (operator !== null && ours === null) {
    tally.keepApart(operator)
    return null
  }
  const kept = technology === null ? null : technologyOf(technology)
  if (technology !== null && kept === null) return refuse('technology', `Die Technik „${technology}“ wird nicht geführt.`)
  if (columns.operator && operator === null) return refuse('operator', 'Der Betreiber fehlt.')
  return [{ operator: ours, technology: kept, count: null }]
}

/** Yes, or at least half of a cell by a share in per cent. */
function isCovered(value: Value | undefined): boolean {
  return value === true || (typeof value === 'number' && (value === 1 || value >= 50))
}

/** Cells by their name, by the point or by the area that holds their middle. */
async function writeCells(trx: Knex.Transaction, id: number, features: Feature[], epsg: number) {
  if (features.length === 0) return { used: 0, repeated: 0 }
  const [row] = await rowsOf<{ used: number; repeated: number }>(
    trx,
    `with given as materialized (
       select (f.value ->> 'row')::integer as row, f.value -> 'said' as said, (f.value ->> 'dwellings')::integer as dwellings, f.value ->> 'cell' as cell,
         case when f.value ->> 'cell' is null then geometry_from_geojson(f.value ->> 'geometry', :epsg::integer) end as geom
       from jsonb_array_elements(cast(:features as jsonb)) f
     ), pieces as materialized (
       select g.row, st_subdivide(mend_area(g.geom), 200) as geom from given g where st_dimension(g.geom) = 2
     ), points as materialized (
       select g.row, st_transform(d.geom, 3035) as geom from given g, lateral st_dumppoints(g.geom) d where st_dimension(g.geom) = 0
     ), hits as materialized (
       select p.row, c.cell from pieces p join coverage_grid c on st_intersects(p.geom, c.centre)
       union
       select p.row, c.cell from points p
         join coverage_grid c on c.east = 100 * floor(st_x(p.geom) / 100)::integer and c.north = 100 * floor(st_y(p.geom) / 100)::integer
       union
       select g.row, c.cell from given g join coverage_grid c on c.cell = g.cell
     ), single as (
       select h.row from hits h group by h.row having count(*) = 1
     ), written as (
       insert into coverage_import_cells as k (import_id, cell, operator, technology, operator_count, dwellings)
       select :id, h.cell, s.operator, s.technology, max(s.count), max(g.dwellings) filter (where o.row is not null)
       from hits h join given g on g.row = h.row left join single o on o.row = h.row,
         lateral jsonb_to_recordset(g.said) s (operator text, technology text, count smallint)
       group by h.cell, s.operator, s.technology
       on conflict (import_id, operator, technology, cell) do update
         set operator_count = greatest(k.operator_count, excluded.operator_count), dwellings = coalesce(k.dwellings, excluded.dwellings)
       returning xmax <> 0 as is_repeated
     ), crowded as (
       select count(*) - count(distinct (h.cell, s.operator, s.technology)) as cells
       from hits h join given g on g.row = h.row, lateral jsonb_to_recordset(g.said) s (operator text, technology text, count smallint)
     )
     select (select count(distinct h.row) from hits h)::integer as used,
       ((select count(*) filter (where w.is_repeated) from written w) + (select c.cells from crowded c))::integer as repeated`,
    { id, epsg, features: JSON.stringify(features) },
  )
  return row as NonNullable<typeof row>
}

/** Areas as they were delivered, of those that touch the city. */
async function writeDeficits(trx: Knex.Transaction, id: number, features: Feature[], epsg: number) {
  const written = await rowsOf(
    trx,
    `insert into coverage_import_areas (import_id, number, municipalities, stated_area_km2, geom)
     select :id, f.value ->> 'number', f.value ->> 'municipalities', (f.value ->> 'areaKm2')::numeric, st_multi(a.geom)
     from jsonb_array_elements(cast(:features as jsonb)) f,
       lateral (select mend_area(geometry_from_geojson(f.value ->> 'geometry', :epsg::integer)) as geom offset 0) a
     where not st_isempty(a.geom) and exists (select from coverage_grid c where st_intersects(c.geom, a.geom))
     returning 1`,
    { id, epsg, features: JSON.stringify(features) },
  )
  return { used: written.length, repeated: 0 }
}

/** Full INSPIRE name of a cell, from either way of writing it. */
function nameCell(value: Value | undefined): string | null {
  const [, north = '', east = ''] = cellName.exec(textOf(value) ?? '') ?? []
  if (north === '') return null
  const metres = (digits: string) => (digits.length >= 7 ? digits : `${digits}00`)
  return `CRS3035RES100mN${metres(north)}E${metres(east)}`
}

function wordIn(row: Row, column: string | undefined): string | null {
  return column === undefined ? null : textOf(row.values[column])
}

function textOf(value: Value | undefined): string | null {
  const text = value === null || value === undefined ? '' : String(value).trim()
  return text === '' ? null : text.slice(0, 500)
}

function numberOf(value: Value | undefined): number | null {
  if (typeof value === 'number') return value
  const text = textOf(value)?.replace(',', '.') ?? ''
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : null
}

function wholeNumber(value: Value | undefined): number | null {
  const number = numberOf(value)
  return number !== null && Number.isInteger(number) && number >= 0 && number <= 1_000_000 ? number : null
}

/** What a dataset must have found in the city to be worth keeping: a deficit may be none. */
export function mayBeEmpty(dataset: CoverageDataset): boolean {
  return dataset === 'deficit_areas'
}
