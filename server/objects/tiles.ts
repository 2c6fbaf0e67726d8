import type pg from 'pg'
import type { ObjectKindName } from '../contract/objects/index.ts'
import { type ObjectFilter, ObjectKind, premisesFromZoom } from '../contract/objects.ts'
import type { Clocks } from '../http/clocks.ts'
import { isLine } from './kinds.ts'
import { conditionsOf, lengthOf, objectsAt, partsOf } from './sql.ts'
import { Statement } from './statement.ts'

export interface TileQuestion {
  z: number
  x: number
  y: number
  kinds: readonly ObjectKindName[] | undefined
  filter: ObjectFilter
  clocks: Clocks
}

/** Pixels around a tile that are drawn with it, of 4096: lines and signs meet across the edge. */
const margin = 64
/** Cells of premises per tile side, below the zoom from which each is drawn. */
const cells = 32
/** Circumference of the world in Web Mercator. */
const worldM = 40_075_016.685578488

const properties: Readonly<Record<ObjectKindName, readonly string[]>> = {
  premises: [
    'o.district_id',
    'o.kind',
    'o.units',
    'o.funding_class',
    `case when premises_rank(o.status_now) >= 9 then 3 when premises_rank(o.status_now) >= 7 then 2
      when premises_rank(o.status_now) >= 4 then 1 else 0 end as reached`,
  ],
  route: ['o.laying_method', 'o.co_laying'],
  duct: ['o.condition', 'o.duct_type', 'o.count'],
  cable: ['o.fibre_count', 'o.count'],
  structure: ['o.structure_type', 'o.designation', 'o.condition'],
}

/** A vector tile of the kinds asked for, a layer for each. The place of the tile is a constant to the planner. */
export async function findObjectTile(pool: pg.Pool, question: TileQuestion): Promise<Buffer> {
  const statement = new Statement()
  const kinds = question.kinds ?? ObjectKind.options
  const layers = kinds.map((kind) =>
    kind === 'premises' && question.z < premisesFromZoom
      ? cellLayer(statement, question)
      : featureLayer(statement, kind, question),
  )
  const rows = await statement.runInPool<{ tile: Buffer }>(
    pool,
    `select ${layers.map((layer) => `coalesce((${layer}), ''::bytea)`).join(' || ')} as tile`,
  )
  return rows[0]?.tile ?? Buffer.alloc(0)
}

function envelope(statement: Statement, { z, x, y }: TileQuestion, more = ''): string {
  return `st_tileenvelope(${[z, x, y].map((part) => statement.bind(part, 'int')).join(', ')}${more})`
}

/** Objects whose place, called `place`, meets the tile. Each branch finds its rows by an index. */
function selected(statement: Statement, kind: ObjectKindName, question: TileQuestion): string {
  const objects = () => objectsAt(statement, kind, question.clocks)
  const around = () => envelope(statement, question, `, margin => ${margin / 4096}`)
  const own = `select o.*, o.geom_3857 as place from ${objects()} o where o.geom_3857 && ${around()}`
  const atAddress =
    () => `select o.*, st_transform(a.geom, 3857) as place from ${objects()} o join current_addresses a on a.id = o.address_id
    where o.geom is null and a.geom && st_transform(${around()}, 25832)`
  const conditions = ['true', ...conditionsOf(statement, kind, partsOf(kind, question.filter), question.clocks)]
  return `from (${kind === 'premises' ? `${own} union all ${atAddress()}` : own}) o where ${conditions.join(' and ')}`
}

function featureLayer(statement: Statement, kind: ObjectKindName, question: TileQuestion): string {
  const columns = [
    'o.id',
    'o.status_now as status',
    ...(isLine(kind) ? [`${lengthOf(kind, 'o')} as length_m`] : []),
    ...properties[kind],
  ]
  return `select st_asmvt(feature.*, '${kind}', 4096, 'geom') from (
    select ${columns.join(', ')}, st_asmvtgeom(o.place, ${envelope(statement, question)}, 4096, ${margin}, true) as geom
    ${selected(statement, kind, question)}) feature`
}

/** Premises counted in cells, each drawn at the middle of what it holds. */
function cellLayer(statement: Statement, question: TileQuestion): string {
  const size = worldM / 2 ** question.z / cells
  const reached = (rank: number, name: string) =>
    `coalesce(sum(o.units) filter (where premises_rank(o.status_now) >= ${rank}), 0)::int as ${name}`
  return `select st_asmvt(feature.*, 'premises_count', 4096, 'geom') from (
    select c.count, c.units, c.passed, c.connected, c.activated, st_asmvtgeom(c.middle, ${envelope(statement, question)}, 4096, ${margin}, true) as geom
    from (
      select count(*)::int as count, sum(o.units)::int as units, ${reached(4, 'passed')}, ${reached(7, 'connected')}, ${reached(9, 'activated')},
        st_centroid(st_collect(o.place)) as middle
      ${selected(statement, 'premises', question)}
      group by st_snaptogrid(o.place, ${size})
    ) c) feature`
}
