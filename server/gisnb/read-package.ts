import type { Knex } from 'knex'
import type { GisNbPhase } from '../contract/gisnb.ts'
import type { Geometry, Row, Value } from '../formats/format.ts'
import { type Epsg, type OpenedFile, openFile, type Table } from '../formats/index.ts'
import { invalid } from '../http/problem.ts'
import { areaSql, type GisNbFeature, type ShapeFindings, shapeSql } from './features.ts'
import type { FilledLayer } from './validate.ts'
import { fieldsOf, type GisNbField, type GisNbLayer, type GisNbVersion, layersOf } from './versions.ts'

/** A layer of a file, with the CRS its geometries are in. */
export interface ReadLayer extends FilledLayer {
  epsg: number
}

interface ReadOrder {
  path: string
  name: string
  version: GisNbVersion
  phase: GisNbPhase
  programmeId: string
  crs: number | undefined
}

/** Reads the layers of a package that the version knows, and names those it lacks; what else is in the file is left alone. */
export async function readPackage(database: Knex, order: ReadOrder): Promise<ReadLayer[]> {
  await using file = await openFile(order.path, { name: order.name })
  const layers: ReadLayer[] = []
  for (const layer of layersOf(order.version, order.phase)) {
    const table = file.tables.find(({ name }) => plain(name) === plain(layer.name) || plain(name) === plain(layer.title))
    if (table) layers.push(await readLayer(database, file, table, layer, order))
    else if (!layer.isOptional) layers.push({ layer, features: [], isMissing: true, epsg: 25832 })
  }
  if (layers.some(({ isMissing }) => !isMissing)) return layers
  const wanted = layersOf(order.version, order.phase).map(({ title }) => `„${title}“`)
  throw invalid([{ field: 'file', detail: `In der Datei ist keiner der Layer ${wanted.join(', ')}.` }])
}

/** "Bauten und Netztechnik", "bauten_und_netztechnik.shp": one name. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9äöüß]/g, '')
}

async function readLayer(
  database: Knex,
  file: OpenedFile,
  table: Table,
  layer: GisNbLayer,
  { phase, programmeId, crs }: ReadOrder,
): Promise<ReadLayer> {
  const epsg = table.crs?.epsg ?? (crs as Epsg | undefined)
  if (epsg === undefined)
    throw invalid([{ field: 'crs', detail: `„${layer.title}“ nennt kein Koordinatensystem. Bitte wählen Sie es.` }])
  const fields = fieldsOf(layer, phase)
  const names = new Map(table.columns.map(({ name }) => [name.toLowerCase(), name]))
  const missing = fields.filter(({ name, requiredIn }) => requiredIn.includes(phase) && !names.has(name)).map(({ name }) => name)
  const features: GisNbFeature[] = []
  for await (const { rows } of file.readRows(table.name)) {
    const shapes = await findShapes(
      database,
      rows.map(({ geometry }) => geometry),
      { epsg, programmeId },
    )
    rows.forEach((row, index) => {
      const shape = shapes[index]
      if (shape) features.push(toFeature(row, fields, names, shape))
    })
  }
  return { layer, features, missing, epsg }
}

function toFeature(
  row: Row,
  fields: readonly GisNbField[],
  names: ReadonlyMap<string, string>,
  shape: ShapeFindings,
): GisNbFeature {
  const properties = Object.fromEntries(
    fields.map((field) => [field.name, readValue(field, row.values[names.get(field.name) ?? ''] ?? null)]),
  )
  const { id } = properties
  const number = typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 ? id : null
  return { objectId: null, number, raw: {}, properties, geometry: row.geometry, shape, status: null }
}

/** dBase writes numbers as text sometimes, and truth values as 0 and 1. */
function readValue({ type }: GisNbField, value: Value): Value {
  if (value === null || value === '') return null
  if (type === 'text') return String(value)
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'string' && /^-?\d+([.,]\d+)?$/.test(value) ? Number(value.replace(',', '.')) : value
}

/** Asks PostGIS about the geometries of a batch, in their order. */
async function findShapes(
  database: Knex,
  geometries: readonly (Geometry | null)[],
  { epsg, programmeId }: { epsg: number; programmeId: string },
): Promise<ShapeFindings[]> {
  const { rows } = await database.raw<{ rows: { shape: ShapeFindings }[] }>(
    `with area as materialized (select ${areaSql} as geom)
     select ${shapeSql('g.geom', 'a.geom')} as shape
     from (
       select e.position, case when jsonb_typeof(e.value) = 'object' then geometry_from_geojson(e.value::text, :epsg) end as geom
       from jsonb_array_elements(cast(:geometries as jsonb)) with ordinality as e (value, position)
     ) g cross join area a order by g.position`,
    { geometries: JSON.stringify(geometries), epsg, programmeId, asOf: new Date().toISOString().slice(0, 10), knownAt: null },
  )
  return rows.map(({ shape }) => shape)
}
