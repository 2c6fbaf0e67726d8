import type { Knex } from 'knex'
import type { CoverageFound, CoverageImport } from '../contract/coverage.ts'
import type { CoverageDataset } from '../contract/coverage-codes.ts'
import type { Box } from '../formats/index.ts'

/** Work on a million rows takes longer than a request may; the transaction sets `statement_timeout` likewise. */
const patient = { query_timeout: 30 * 60_000 }

export async function rowsOf<Row>(database: Knex, sql: string, bindings: Readonly<Record<string, unknown>> = {}): Promise<Row[]> {
  return ((await database.raw(sql, bindings as Knex.ValueDict).options(patient)) as { rows: Row[] }).rows
}

/** Lets the statements of a transaction take their time, those given to `rowsOf`. */
export async function allowLongWork(trx: Knex.Transaction): Promise<void> {
  await trx.raw('set local statement_timeout = 0')
}

const importColumns = `i.id, i.file_name as "fileName", i.bytes, i.received_at as "receivedAt", i.finished_at as "finishedAt",
  i.actor_name as "actorName", i.status, i.progress, i.problem, i.found, i.edition_id as "editionId",
  array(select e.title || ' (Stand ' || e.true_on || ')' from coverage_editions e where e.sha256 = i.sha256 and e.id is distinct from i.edition_id
    order by e.id) as "sameAs"`

export function findImports(database: Knex, limit: number): Promise<CoverageImport[]> {
  return rowsOf(database, `select ${importColumns} from coverage_imports i order by i.id desc limit :limit`, { limit })
}

export async function findImport(database: Knex, id: number): Promise<CoverageImport | undefined> {
  return (await rowsOf<CoverageImport>(database, `select ${importColumns} from coverage_imports i where i.id = :id`, { id }))[0]
}

export interface WaitingImport {
  id: number
  fileName: string
  wishedDataset: CoverageDataset | null
}

/** Files that have not been read yet, or whose reading broke off. */
export function findUnread(database: Knex): Promise<WaitingImport[]> {
  return rowsOf(
    database,
    `select i.id, i.file_name as "fileName", i.wished_dataset as "wishedDataset" from coverage_imports i where i.status = 'reading' order by i.id`,
  )
}

export interface ReceivedCoverage {
  fileName: string
  bytes: number
  sha256: string
  wishedDataset: CoverageDataset | null
  actor: string
  actorName: string
}

export async function insertImport(trx: Knex, file: ReceivedCoverage): Promise<number> {
  const [row] = await rowsOf<{ id: number }>(
    trx,
    `insert into coverage_imports (file_name, bytes, sha256, wished_dataset, actor, actor_name)
     values (:fileName, :bytes, :sha256, :wishedDataset, :actor, :actorName) returning id`,
    { ...file },
  )
  return (row as { id: number }).id
}

export async function noteProgress(database: Knex, id: number, share: number): Promise<void> {
  await database('coverage_imports')
    .where({ id, status: 'reading' })
    .update({ progress: Math.min(share, 1) })
}

/** What was read counts from now on. False: somebody has put the file aside meanwhile. */
export async function markReady(trx: Knex, id: number, found: CoverageFound): Promise<boolean> {
  const marked = await trx('coverage_imports')
    .where({ id, status: 'reading' })
    .update({ status: 'ready', progress: null, found: JSON.stringify(found) })
  return marked > 0
}

/** Ends an import of which nothing was kept. False: it had ended already. */
export async function endImport(
  database: Knex,
  id: number,
  status: 'refused' | 'cancelled' | 'failed',
  problem: string,
): Promise<boolean> {
  const ended = await database('coverage_imports')
    .where('id', id)
    .whereIn('status', ['reading', 'ready'])
    .update({ status, problem, progress: null, finished_at: database.fn.now() })
  if (ended > 0) await forgetFound(database, id)
  return ended > 0
}

export async function forgetFound(database: Knex, id: number): Promise<void> {
  await database('coverage_import_cells').where('import_id', id).delete()
  await database('coverage_import_areas').where('import_id', id).delete()
}

/** Lays the grid where it is missing; returns the number of cells of the city and its box with a kilometre around it (EPSG:25832). */
export async function prepareGrid(database: Knex): Promise<{ cells: number; box: Box }> {
  await database.raw('select lay_coverage_grid()')
  const [row] = await rowsOf<{ cells: number; box: Box }>(
    database,
    `select g.cells, array[st_xmin(g.e) - 1000, st_ymin(g.e) - 1000, st_xmax(g.e) + 1000, st_ymax(g.e) + 1000] as box
     from (select count(*)::integer as cells, st_extent(g.geom) as e from coverage_grid g) g where g.cells > 0`,
  )
  if (!row) throw new Error('no grid: the content has not been loaded')
  return row
}

/** Operators and technologies that were found, with their cells; how many cells; counts; extent (WGS84). */
export async function summariseCells(trx: Knex, id: number) {
  const [row] = await rowsOf<{
    cells: number
    parts: CoverageFound['parts']
    counts: CoverageFound['counts']
    extent: CoverageFound['extent']
  }>(
    trx,
    `with mine as (select c.* from coverage_import_cells c where c.import_id = :id),
     parts as (select m.operator, m.technology, count(*)::integer as cells from mine m group by 1, 2),
     counts as (select m.operator_count as operators, count(*)::integer as cells from mine m where m.operator_count is not null group by 1),
     extent as (select st_extent(st_transform(g.centre, 4326)) as e from coverage_grid g where g.cell in (select m.cell from mine m))
     select (select count(distinct m.cell)::integer from mine m) as cells,
       coalesce((select json_agg(p order by p.operator, p.technology) from parts p), '[]') as parts,
       coalesce((select json_agg(c order by c.operators) from counts c), '[]') as counts,
       (select array[round(st_xmin(e)::numeric, 5), round(st_ymin(e)::numeric, 5), round(st_xmax(e)::numeric, 5), round(st_ymax(e)::numeric, 5)]::float8[]
         from extent where e is not null) as extent`,
    { id },
  )
  return row as NonNullable<typeof row>
}
