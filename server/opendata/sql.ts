import type { Crs } from '../contract/crs.ts'
import { columnOf, type Layer, type Property } from '../contract/layers/layer.ts'
import type { Clocks } from '../http/clocks.ts'
import type { Box, Rectangle } from './box.ts'

/** Which features of a layer are meant. */
export interface Selection {
  clocks: Clocks
  box?: Box | undefined
  /** Values the properties must have. */
  filters?: Readonly<Record<string, unknown>>
  id?: string
}

/** A statement in the making: `bind` adds a value and returns its place. */
export class Statement {
  readonly values: unknown[] = []

  bind(value: unknown, type: string): string {
    return `$${this.values.push(value)}::${type}`
  }
}

/** Only what is declared is ever named in a statement. */
function propertyOf(layer: Layer, name: string): Property {
  const property = layer.properties[name]
  if (!property) throw new RangeError(`${layer.id} has no property ${name}`)
  return property
}

const column = (name: string) => `f.${columnOf(name)}`

/** The value of a property as it leaves the server. */
export function propertyValue(layer: Layer, name: string): string {
  const { type } = propertyOf(layer, name)
  if (type === 'timestamp') return `iso_moment(${column(name)})`
  if (type === 'number') return `trim_scale(${column(name)}::numeric)`
  return column(name)
}

/** The value of a property in a tile, which knows text, numbers and booleans only. */
export function tileValue(layer: Layer, name: string): string {
  const { type } = propertyOf(layer, name)
  if (type === 'number') return `${column(name)}::float8`
  if (type === 'strings') return `array_to_string(${column(name)}, ',')`
  if (type === 'date') return `${column(name)}::text`
  return propertyValue(layer, name)
}

function filterOf(statement: Statement, layer: Layer, name: string, wanted: unknown): string {
  const { type } = propertyOf(layer, name)
  if (type === 'strings') return `${statement.bind(wanted, 'text')} = any (${column(name)})`
  if (type === 'timestamp') return `iso_moment(${column(name)}) = iso_moment(${statement.bind(wanted, 'timestamptz')})`
  if (type === 'integer' || type === 'number') return `${column(name)} = ${statement.bind(wanted, 'numeric')}`
  if (type === 'boolean') return `${column(name)} = ${statement.bind(wanted, 'boolean')}`
  return `${column(name)}::text = ${statement.bind(wanted, 'text')}`
}

/** The rectangle as geometry; of no width or height a line or a point, which ST_MakeEnvelope would make an invalid polygon. */
function envelope(statement: Statement, [west, south, east, north]: Rectangle, srid: number): string {
  const corner = (x: number, y: number) =>
    `st_point(${statement.bind(x, 'float8')}, ${statement.bind(y, 'float8')}, ${statement.bind(srid, 'int')})`
  return `st_envelope(st_collect(${corner(west, south)}, ${corner(east, north)}))`
}

/** A box in degrees is one in Web Mercator too, but not in UTM: so it is compared there. */
function inBox(statement: Statement, box: Box): string {
  const geometry = box.srid === 25832 ? 'f.geom' : 'f.geom_3857'
  const areas = box.rectangles.map((rectangle) => envelope(statement, rectangle, box.srid))
  const tests = areas.map((area) => `st_intersects(${geometry}, ${box.srid === 4326 ? `st_transform(${area}, 3857)` : area})`)
  return `(f.geom is null or ${tests.join(' or ')})`
}

/** The layer at the clocks. */
export function atClocks(statement: Statement, layer: Layer, { asOf, knownAt }: Clocks): string {
  return `${layer.source}(${statement.bind(asOf, 'date')}, coalesce(${statement.bind(knownAt, 'timestamptz')}, now()))`
}

/** The selected features, as a select of all columns. */
export function selected(statement: Statement, layer: Layer, { clocks, box, filters = {}, id }: Selection): string {
  const conditions = [
    ...(box && layer.geometry ? [inBox(statement, box)] : []),
    ...(id === undefined ? [] : [`f.id = ${statement.bind(id, 'text')}`]),
    ...Object.entries(filters).map(([name, wanted]) => filterOf(statement, layer, name, wanted)),
  ]
  return `select f.* from ${atClocks(statement, layer, clocks)} f where ${conditions.join(' and ') || 'true'}`
}

function geometryOf(layer: Layer, crs: Crs): string {
  if (!layer.geometry) return `'null'`
  const stored: Partial<Record<number, string>> = { 25832: 'f.geom', 3857: 'f.geom_3857' }
  const turned = `st_forcepolygonccw(${stored[crs.srid] ?? `st_transform(f.geom, ${crs.srid})`})`
  const ordered = crs.isLatitudeFirst ? `st_flipcoordinates(${turned})` : turned
  return `coalesce(st_asgeojson(${ordered}, ${crs.decimals}, 0), 'null')`
}

/** A feature as GeoJSON text without its closing brace, so that links can follow. */
export function featureOf(layer: Layer, properties: readonly string[], crs: Crs): string {
  const columns = properties.map((name) => `${propertyValue(layer, name)} as "${name}"`)
  const values = columns.length > 0 ? `(select to_json(p) from (select ${columns.join(', ')}) p)::text` : `'{}'`
  return `'{"type":"Feature","id":' || to_json(f.id) || ',"geometry":' || ${geometryOf(layer, crs)} || ',"properties":' || ${values}`
}
