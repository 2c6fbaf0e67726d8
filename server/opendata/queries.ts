import type pg from 'pg'
import { type Crs, crs84 } from '../contract/crs.ts'
import type { Layer } from '../contract/layers/layer.ts'
import type { Clocks } from '../http/clocks.ts'
import type { Rectangle } from './box.ts'
import { atClocks, featureOf, propertyValue, type Selection, Statement, selected, tileValue } from './sql.ts'

/** A part of the selected features in the order of their ids; without `limit` all that remain. */
export interface Part {
  properties: readonly string[]
  limit?: number | undefined
  /** Id of the last feature of the part before. */
  after?: string | undefined
}

export interface FeaturePage {
  matched: number
  returned: number
  /** The features as GeoJSON, separated by commas. */
  features: string
  /** Id of the last feature, when more follow. */
  next: string | null
}

/** A page of features, written as GeoJSON by the database. */
export async function findFeatures(
  pool: pg.Pool,
  layer: Layer,
  selection: Selection,
  part: Part,
  crs: Crs = crs84,
): Promise<FeaturePage> {
  const statement = new Statement()
  const { rows } = await pool.query<FeaturePage>(
    `with matched as (${selected(statement, layer, selection)}),
    page as (
      select f.id, ${featureOf(layer, part.properties, crs)} || '}' as feature from matched f
      where f.id collate "C" > ${statement.bind(part.after ?? '', 'text')}
      order by f.id collate "C" limit ${statement.bind(part.limit ?? null, 'int')}
    ),
    returned as (
      select count(*)::int as amount, max(page.id collate "C") as last,
        coalesce(string_agg(page.feature, ',' order by page.id collate "C"), '') as features from page
    )
    select (select count(*)::int from matched) as matched, amount as returned, features,
      case when exists (select from matched m where m.id collate "C" > last) then last end as next
    from returned`,
    statement.values,
  )
  return rows[0] as FeaturePage
}

/** One feature as GeoJSON text without its closing brace; null when there is none at the clocks. */
export async function findFeature(
  pool: pg.Pool,
  layer: Layer,
  clocks: Clocks,
  id: string,
  crs: Crs = crs84,
): Promise<string | null> {
  const statement = new Statement()
  const { rows } = await pool.query<{ feature: string }>(
    `with matched as (${selected(statement, layer, { clocks, id })})
    select ${featureOf(layer, Object.keys(layer.properties), crs)} as feature from matched f`,
    statement.values,
  )
  return rows[0]?.feature ?? null
}

export interface TableRow {
  id: string
  /** Longitude and latitude of a point on the feature; only with geometry. */
  longitude?: number | null
  latitude?: number | null
  [property: string]: unknown
}

/** Features as rows of a table, and the id to go on after when more follow. */
export async function findRows(
  pool: pg.Pool,
  layer: Layer,
  selection: Selection,
  part: Part,
): Promise<{ rows: TableRow[]; next: string | null }> {
  const statement = new Statement()
  const point = 'st_transform(st_pointonsurface(f.geom), 4326)'
  const columns = part.properties.map((name) => `${propertyValue(layer, name)} as "${name}"`)
  const place = [`round(st_x(${point})::numeric, 7) as longitude`, `round(st_y(${point})::numeric, 7) as latitude`]
  const { rows } = await pool.query<TableRow>(
    `with matched as (${selected(statement, layer, selection)})
    select ${['f.id', ...columns, ...(layer.geometry ? place : [])].join(', ')} from matched f
    where f.id collate "C" > ${statement.bind(part.after ?? '', 'text')}
    order by f.id collate "C" limit ${statement.bind(part.limit === undefined ? null : part.limit + 1, 'int')}`,
    statement.values,
  )
  const isCut = part.limit !== undefined && rows.length > part.limit
  if (!isCut) return { rows, next: null }
  const page = rows.slice(0, part.limit)
  return { rows: page, next: page.at(-1)?.id ?? null }
}

/** west, south, east, north of a layer at the clocks; null when nothing is there. */
export async function findExtent(pool: pg.Pool, layer: Layer, clocks: Clocks): Promise<Rectangle | null> {
  if (!layer.geometry) return null
  const statement = new Statement()
  const { rows } = await pool.query<{ extent: Rectangle }>(
    `select array[round(st_xmin(e)::numeric, 7), round(st_ymin(e)::numeric, 7), round(st_xmax(e)::numeric, 7), round(st_ymax(e)::numeric, 7)]::float8[] as extent
    from (select st_extent(st_transform(f.geom, 4326)) as e from ${atClocks(statement, layer, clocks)} f) all_features
    where e is not null`,
    statement.values,
  )
  return rows[0]?.extent ?? null
}

/** Pixels around a tile that are drawn with it, of 4096: lines and labels meet across the edge. */
const margin = 64

/** A vector tile with one layer; empty where nothing lies. The place of the tile is a constant to the planner. */
export async function findTile(
  pool: pg.Pool,
  layer: Layer,
  clocks: Clocks,
  { z, x, y }: { z: number; x: number; y: number },
  notice: string | null = null,
): Promise<Buffer> {
  const statement = new Statement()
  const place = `${statement.bind(z, 'int')}, ${statement.bind(x, 'int')}, ${statement.bind(y, 'int')}`
  const columns = Object.keys(layer.properties).map((name) => `${tileValue(layer, name)} as "${name}"`)
  if (notice !== null) columns.push(`${statement.bind(notice, 'text')} as notice`)
  const { rows } = await pool.query<{ tile: Buffer }>(
    `select st_asmvt(feature.*, '${layer.id}', 4096, 'geom') as tile from (
      select ${['f.id', ...columns].join(', ')}, st_asmvtgeom(f.geom_3857, st_tileenvelope(${place}), 4096, ${margin}, true) as geom
      from ${atClocks(statement, layer, clocks)} f
      where f.geom_3857 && st_tileenvelope(${place}, margin => ${margin / 4096})
    ) feature`,
    statement.values,
  )
  return rows[0]?.tile ?? Buffer.alloc(0)
}
