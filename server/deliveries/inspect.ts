import type { Knex } from 'knex'
import type { DeliveryTable, Mapping } from '../contract/deliveries.ts'
import { deliveryCrs, type Epsg, type OpenedFile, openFile, type Table } from '../formats/index.ts'
import { deliveryFields } from './fields.ts'
import { withRawFile } from './file.ts'
import { type Guessed, guessMapping, type Remembered, recall, signatureOf } from './guess.ts'
import { mapRow } from './map-row.ts'
import { loadProgrammes } from './reference.ts'

/** What was found out about a file. */
export interface Inspected {
  tables: DeliveryTable[]
  guess: Guessed & { rememberedFor: string | null; isClear: boolean }
  unknownWords: Record<string, { word: string; count: number }[]>
}

const previewed = 8
/** So many rows are looked through for words that mean nothing yet; the rest is found when judging. */
const searched = 50_000

/** Opens the file and tells what is in it: tables, what it seems to be, words to explain. Throws FileRefused. */
export async function inspect(
  database: Knex,
  { id, fileName }: { id: number; fileName: string },
  signal: AbortSignal,
): Promise<Inspected> {
  return withRawFile(database, id, async (path) => {
    await using file = await openFile(path, { name: fileName, signal })
    const tables = await Promise.all(file.tables.map((table) => describeTable(database, file, table, signal)))
    const [first] = file.tables
    if (!first) throw new RangeError('a file without tables')
    const guess = await guessFor(database, first, fileName)
    return { tables, guess, unknownWords: await findUnknownWords(database, file, first, guess.mapping, signal) }
  })
}

async function guessFor(database: Knex, table: Table, fileName: string): Promise<Inspected['guess']> {
  const guessed = guessMapping(table, fileName)
  const remembered = await findRemembered(database, signatureOf(table))
  if (!remembered) return { ...guessed, rememberedFor: null, isClear: false }
  const known = recall(remembered, table, guessed)
  const isClear = guessed.mapping.trueOn !== undefined && !table.needsCrs
  return { ...known, rememberedFor: remembered.senderName, isClear }
}

async function findRemembered(database: Knex, signature: string): Promise<Remembered | undefined> {
  return database('sender_mappings')
    .where({ signature })
    .orderBy('used_at', 'desc')
    .first({ senderName: 'sender_name', mapping: 'mapping' })
}

async function describeTable(database: Knex, file: OpenedFile, table: Table, signal: AbortSignal): Promise<DeliveryTable> {
  const rows = await firstRows(file, table.name, previewed, signal)
  const places = table.needsCrs
    ? await findPossiblePlaces(
        database,
        rows.map(({ geometry }) => geometry),
      )
    : []
  const { name, columns, rowCount, needsCrs, crs, geometryType, remarks } = table
  return {
    ...{ name, rowCount, needsCrs, crs, places, geometryType, remarks },
    columns: columns.map((column) => ({ name: column.name, type: column.type, samples: column.samples })),
    preview: rows.map(({ values }) => values),
  }
}

async function firstRows(file: OpenedFile, table: string, count: number, signal: AbortSignal) {
  for await (const { rows } of file.readRows(table, { batchRows: count, signal })) return rows.slice(0, count)
  return []
}

/** Where the first geometries would lie in each coordinate system that leads into the city's surroundings, the nearest first. */
async function findPossiblePlaces(database: Knex, geometries: readonly unknown[]): Promise<DeliveryTable['places']> {
  const systems = Object.keys(deliveryCrs).map(Number)
  const { rows } = await database.raw<{ rows: DeliveryTable['places'] }>(
    `with city as (select st_union(b.geom) as geom from district_boundaries_at(current_date, clock_timestamp()) b), given as (
       select s.epsg, geometry_from_geojson(e.value::text, s.epsg) as geom
       from unnest(cast(:systems as integer[])) as s (epsg), jsonb_array_elements(cast(:geometries as jsonb)) e
     ), usable as (select g.* from given g, city c where g.geom is not null and st_dwithin(st_centroid(g.geom), c.geom, 100000))
     select u.epsg, json_agg(json_build_array(st_x(p.point), st_y(p.point))) as points,
       json_build_array(min(st_x(p.point)), min(st_y(p.point)), max(st_x(p.point)), max(st_y(p.point))) as bounds
     from usable u cross join city c, lateral (select st_transform(st_centroid(u.geom), 4326) as point) p
     group by u.epsg order by min(st_distance(u.geom, c.geom)), u.epsg`,
    { systems, geometries: JSON.stringify(geometries.filter(Boolean)) },
  )
  return rows
}

async function findUnknownWords(
  database: Knex,
  file: OpenedFile,
  table: Table,
  guessed: Partial<Mapping>,
  signal: AbortSignal,
): Promise<Inspected['unknownWords']> {
  if (!guessed.kind || !guessed.columns) return {}
  const mapping = { values: {}, defaults: {}, ...guessed } as Mapping
  const context = { mapping, programmes: await loadProgrammes(database), notations: notationsOf(table) }
  const counts = new Map<string, Map<string, number>>()
  let seen = 0
  for await (const { rows } of file.readRows(table.name, { signal })) {
    for (const { values } of rows) {
      for (const [field, word] of Object.entries(mapRow(values, context).unknown)) {
        const words = counts.get(field) ?? new Map<string, number>()
        counts.set(field, words.set(word, (words.get(word) ?? 0) + 1))
      }
    }
    seen += rows.length
    if (seen >= searched) break
  }
  return Object.fromEntries(
    deliveryFields[mapping.kind].flatMap(({ name }) => {
      const words = counts.get(name)
      return words
        ? [
            [
              name,
              [...words]
                .map(([word, count]) => ({ word, count }))
                .toSorted((a, b) => b.count - a.count)
                .slice(0, 100),
            ],
          ]
        : []
    }),
  )
}

/** How the numbers of each column are written. */
export function notationsOf({ columns }: Pick<Table, 'columns'>): Record<string, 'german' | 'english' | null> {
  return Object.fromEntries(columns.map(({ name, notation }) => [name, notation]))
}

/** The chosen CRS for a table that does not say its own. */
export function choicesFor({ table, crs }: Pick<Mapping, 'table' | 'crs'>): Record<string, { crs?: Epsg }> {
  return crs !== null && crs in deliveryCrs ? { [table]: { crs: crs as Epsg } } : {}
}
