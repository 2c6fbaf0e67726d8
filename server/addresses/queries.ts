import type { Knex } from 'knex'
import type { AddressDifference, AddressImport } from '../contract/addresses.ts'
import type { ReadingProgress, RegisterBatch } from './read-register.ts'
import type { StreetRow } from './read-streets.ts'

/** Applying a city's register takes seconds; that of a large city may take longer than a request may. */
const patient = { query_timeout: 30 * 60_000 }

const importColumns = `i.id, i.kind, i.status, i.file_name as "fileName", i.sha256, i.bytes, i.bytes_read as "bytesRead", i.lines, i.kept,
  i.actor_name as "actorName", i.received_at as "receivedAt", i.finished_at as "finishedAt", i.problem,
  i.register_date as "registerDate", i.result, i.remarks`

async function rowsOf<Row>(database: Knex, sql: string, bindings: Knex.ValueDict = {}): Promise<Row[]> {
  return ((await database.raw(sql, bindings)) as { rows: Row[] }).rows
}

export async function findMunicipality(database: Knex): Promise<string> {
  const [row] = await rowsOf<{ ags: string }>(database, 'select m.ags from municipality m')
  if (!row) throw new Error('no municipality: the content has not been loaded')
  return row.ags
}

export async function findRegister(database: Knex) {
  const [counts] = await rowsOf<{ addresses: number; streets: number; differences: number; registerDate: string | null }>(
    database,
    `select (select count(*) from addresses a where a.known_to = 'infinity') as addresses, (select count(*) from streets) as streets,
      (select count(*) from address_differences) as differences,
      (select i.register_date from address_imports i where i.status = 'done' and i.kind = 'register' order by i.id desc limit 1) as "registerDate"`,
  )
  return counts as NonNullable<typeof counts>
}

export function findImports(database: Knex, limit: number): Promise<AddressImport[]> {
  return rowsOf(database, `select ${importColumns} from address_imports i order by i.id desc limit :limit`, { limit })
}

export async function findImport(database: Knex, id: number): Promise<AddressImport | undefined> {
  return (await rowsOf<AddressImport>(database, `select ${importColumns} from address_imports i where i.id = :id`, { id }))[0]
}

/** Imports that have not ended: to be done, or broken off by a crash. */
export async function findOpenImports(database: Knex): Promise<number[]> {
  const rows = await rowsOf<{ id: number }>(
    database,
    `select i.id from address_imports i where i.status in ('waiting', 'reading', 'applying') order by i.id`,
  )
  return rows.map(({ id }) => id)
}

export interface ReceivedFile {
  fileName: string
  sha256: string
  bytes: number
  kind: AddressImport['kind']
  acceptsVanishing: boolean
  actor: string
  actorName: string
}

export async function insertImport(trx: Knex, file: ReceivedFile): Promise<number> {
  const [row] = await rowsOf<{ id: number }>(
    trx,
    `insert into address_imports (kind, file_name, sha256, bytes, accepts_vanishing, actor, actor_name)
     values (:kind, :fileName, :sha256, :bytes, :acceptsVanishing, :actor, :actorName) returning id`,
    { ...file },
  )
  return (row as { id: number }).id
}

/** Begins anew: what a broken-off attempt had read is forgotten. False: the import has ended in the meantime. */
export async function beginReading(database: Knex, id: number): Promise<boolean> {
  await forgetRows(database, id)
  const rows = await rowsOf(
    database,
    `update address_imports set status = 'reading', bytes_read = 0, lines = 0, kept = 0, remarks = '[]'
     where id = :id and status in ('waiting', 'reading', 'applying') returning id`,
    { id },
  )
  return rows.length > 0
}

/** Keeps rows and progress. False: somebody has cancelled the import. */
export async function keepBatch(database: Knex, id: number, { rows, progress }: RegisterBatch): Promise<boolean> {
  if (rows.length > 0) {
    await database.raw(
      `insert into address_import_rows (import_id, line, id, street_key, location_key, street, house_number, suffix, quality, register_date, geom)
       select :id, r.line, r.id, r."streetKey", r."locationKey", r.street, r."houseNumber", r.suffix, r.quality, r."registerDate",
         st_setsrid(st_makepoint(r.east, r.north), 25832)
       from jsonb_to_recordset(cast(:rows as jsonb)) as r (line bigint, id text, "streetKey" text, "locationKey" text, street text,
         "houseNumber" integer, suffix text, quality text, "registerDate" date, east float8, north float8)`,
      { id, rows: JSON.stringify(rows) },
    )
  }
  if (await keepProgress(database, id, progress)) return true
  await forgetRows(database, id)
  return false
}

async function forgetRows(database: Knex, id: number): Promise<void> {
  await database.raw('delete from address_import_rows where import_id = ?', [id])
}

async function keepProgress(database: Knex, id: number, { share, lines, kept, remarks }: ReadingProgress): Promise<boolean> {
  const rows = await rowsOf(
    database,
    `update address_imports set bytes_read = round(bytes * cast(:share as numeric)), lines = :lines, kept = :kept, remarks = cast(:remarks as jsonb)
     where id = :id and status = 'reading' returning id`,
    { id, share, lines, kept, remarks: JSON.stringify(remarks) },
  )
  return rows.length > 0
}

/** Object ids that stand in the file more than once with different content; the last line counts. */
export function findDoubled(database: Knex, id: number): Promise<{ line: number; text: string }[]> {
  return rowsOf(
    database,
    `select d.line, 'Die Objekt-ID ' || d.id || ' steht mehrfach in der Datei; es gilt Zeile ' || d.last || '.' as text from (
       select r.line, r.id, max(r.line) over (partition by r.id) as last from address_import_rows r where r.import_id = :id
     ) d where d.line < d.last order by d.line limit 100`,
    { id },
  )
}

export type Applied = Record<string, number>

/** Writes what was read as differences: all of it or nothing. null: cancelled. `tooManyVanish` or `olderByDays` in the answer: nothing was changed. */
export function applyRegister(database: Knex, id: number): Promise<Applied | null> {
  return settle(database, id, async (trx) => {
    const raw = trx.raw('select apply_address_import(?) as outcome', [id]).options(patient)
    return ((await raw) as { rows: [{ outcome: Applied }] }).rows[0].outcome
  })
}

/** Writes a list of street keys: all of it or nothing. null: cancelled. */
export function applyStreets(database: Knex, id: number, rows: readonly StreetRow[]): Promise<Applied | null> {
  return settle(database, id, async (trx) => {
    const raw = trx.raw('select * from record_streets(cast(? as jsonb))', [JSON.stringify(rows)]).options(patient)
    const counts = ((await raw) as { rows: { judgement: string; count: number }[] }).rows
    return Object.fromEntries(counts.map(({ judgement, count }) => [judgement, count]))
  })
}

/** Applies and notes the outcome in one transaction, unless the import was cancelled before. */
async function settle(database: Knex, id: number, apply: (trx: Knex.Transaction) => Promise<Applied>): Promise<Applied | null> {
  return database.transaction(async (trx) => {
    await trx.raw('set local statement_timeout = 0')
    const mine = await rowsOf(
      trx,
      `update address_imports set status = 'applying' where id = :id and status = 'reading' returning id`,
      { id },
    )
    if (mine.length === 0) return null
    const date = await rowsOf<{ latest: string | null }>(
      trx,
      'select max(r.register_date) as latest from address_import_rows r where r.import_id = :id',
      { id },
    )
    const result = await apply(trx)
    if ('tooManyVanish' in result || 'olderByDays' in result) return result
    await trx.raw(
      `update address_imports set status = 'done', finished_at = now(), bytes_read = bytes, result = cast(:result as jsonb),
         register_date = :registerDate where id = :id`,
      { id, result: JSON.stringify(result), registerDate: date[0]?.latest ?? null },
    )
    return result
  })
}

export async function noteRemarks(database: Knex, id: number, remarks: readonly { line: number; text: string }[]): Promise<void> {
  await database.raw('update address_imports set remarks = remarks || cast(:remarks as jsonb) where id = :id', {
    id,
    remarks: JSON.stringify(remarks),
  })
}

/** Ends an import that has changed nothing. False: it had ended already. */
export async function endImport(
  database: Knex,
  id: number,
  status: 'refused' | 'cancelled' | 'failed',
  problem: string,
): Promise<boolean> {
  const rows = await rowsOf(
    database,
    `update address_imports set status = :status, finished_at = now(), problem = :problem
     where id = :id and status in ('waiting', 'reading', 'applying') returning id`,
    { id, status, problem },
  )
  await forgetRows(database, id)
  return rows.length > 0
}

/** Farthest first; those without a place before all others. `after` is the key of the last one seen. */
export function findDifferences(
  database: Knex,
  { after = null, limit = null }: { after?: string | null; limit?: number | null },
): Promise<(AddressDifference & { key: string })[]> {
  return rowsOf(
    database,
    `select d.kind, d.id, d.label, d.street_key as "streetKey", d.district_id as "districtId", k.name as "districtName",
       d.polygon_district_id as "polygonDistrictId", p.name as "polygonDistrictName", d.distance_m as "distanceM", case when d.geom is not null then lon_lat(d.geom) end as point, d.key
     from (
       select a.*, to_char(99999999.9 - coalesce(a.distance_m, 99999999.9), 'FM00000000.0') || ' ' || a.kind || ' ' || a.id as key
       from address_differences a
     ) d left join districts k on k.id = d.district_id left join districts p on p.id = d.polygon_district_id
     where cast(:after as text) is null or d.key collate "C" > :after
     order by d.key collate "C" limit :limit`,
    { after, limit },
  )
}

export interface CandidateRow {
  line: number
  kind: 'address' | 'street'
  addressId: string | null
  streetKey: string
  label: string
  districtId: string | null
  point: [number, number] | null
  confidence: number
}

/** Up to five candidates for each question; `line` counts from 1. */
export function findCandidates(database: Knex, questions: readonly object[]): Promise<CandidateRow[]> {
  return rowsOf(
    database,
    `select q.line, m.kind, m.address_id as "addressId", m.street_key as "streetKey", m.label, m.district_id_found as "districtId",
       case when m.geom is not null then lon_lat(m.geom) end as point, round(m.confidence::numeric, 3) as confidence
     from jsonb_array_elements(cast(:questions as jsonb)) with ordinality q (value, line),
       lateral (
         select * from match_address(q.value ->> 'street', q.value ->> 'houseNumber', q.value ->> 'suffix', q.value ->> 'districtId') limit 5
       ) m
     order by q.line, m.confidence desc, m.label, m.address_id`,
    { questions: JSON.stringify(questions) },
  )
}
