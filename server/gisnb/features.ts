import type { Knex } from 'knex'
import type { GisNbPhase } from '../contract/gisnb.ts'
import { objectKinds } from '../contract/objects/index.ts'
import type { Geometry, Value } from '../formats/format.ts'
import { camelCase, fieldsOf, type GisNbField, type GisNbLayer, type GisNbObject } from './versions.ts'

/** What PostGIS says about a geometry. */
export interface ShapeFindings {
  /** `ST_GeometryType` without its prefix, e.g. `LineString`; null: no geometry. */
  type: string | null
  isEmpty: boolean
  /** null: valid; else why not. */
  invalid: string | null
  /** ST_Length in EPSG:25832, m. */
  lengthM: number
  /** Same key, same geometry. */
  key: string | null
  /** Distance to the sections of the programme, m; null: they have no area. */
  awayM: number | null
}

/** An object as it stands in a package. */
export interface GisNbFeature {
  /** null: of a file. */
  objectId: string | null
  number: number | null
  /** What a field says in words of ours, before it became a code. */
  raw: Readonly<Record<string, Value>>
  properties: Readonly<Record<string, Value>>
  geometry: Geometry | null
  shape: ShapeFindings
  /** Status of the network: planned, under_construction, laid; null: not a part of it. */
  status: string | null
}

export interface GisNbQuestion {
  programmeId: string
  phase: GisNbPhase
  crs: number
  asOf: string
  knownAt: string | null
}

const tables: Record<GisNbObject, string> = {
  section: 'build_sections',
  premises: 'premises',
  route: 'routes',
  duct: 'ducts',
  cable: 'cables',
  structure: 'structures',
}

/** Phase 3 documents what is built so far; phase 2 plans all of it, and in phase 4 all of it should be built. */
const builtOnly: readonly GisNbPhase[] = ['3']

const clocks = ':asOf::date, coalesce(:knownAt::timestamptz, clock_timestamp())'

/** Findings about a geometry `geom` in EPSG:25832, with `area` the sections of the programme. */
export const shapeSql = (geom: string, area: string) => `json_build_object(
  'type', substr(st_geometrytype(${geom}), 4), 'isEmpty', coalesce(st_isempty(${geom}), true),
  'invalid', case when not st_isvalid(${geom}) then st_isvalidreason(${geom}) end,
  'lengthM', coalesce(st_length(${geom}), 0), 'key', md5(st_asbinary(st_normalize(${geom}))), 'awayM', st_distance(${geom}, ${area}))`

/** Area of the programme's sections; those without an area of their own are whole districts. */
export const areaSql = `(
  select st_union(s.geom) from sections_with_phase(${clocks}) s where s.programme_id = :programmeId and st_dimension(s.geom) = 2)`

/** Location of the row `x`: premises without one of their own lie where their address does. */
export function placeOf(object: GisNbObject): string {
  return object === 'premises' ? 'coalesce(x.geom, (select a.geom from current_addresses a where a.id = x.address_id))' : 'x.geom'
}

const network: readonly GisNbObject[] = ['route', 'duct', 'cable', 'structure']

function selectSql({ object }: GisNbLayer, phase: GisNbPhase): string {
  const table = tables[object]
  const isNetwork = network.includes(object)
  const geom = object === 'section' ? `(select w.geom from sections_with_phase(${clocks}) w where w.id = x.id)` : placeOf(object)
  const status = isNetwork
    ? 'network_status(x.status, x.holds_from, x.planned_on, x.started_on, x.laid_on, :asOf::date)'
    : 'null::text'
  const isBuilt =
    object === 'premises'
      ? `premises_reached(x.state, x.steps, :asOf::date, 'connected')`
      : isNetwork
        ? `${status} = 'laid'`
        : 'true'
  return `
    with area as materialized (select ${areaSql} as geom)
    select o.id, o.number, o.content, o.status, st_asgeojson(st_transform(o.geom, :crs::integer), 9)::json as geometry, ${shapeSql('o.geom', 'a.geom')} as shape,
      ${object === 'premises' ? nearestSql(builtOnly.includes(phase)) : 'null'} as nearest
    from (
      select x.id, (select min(v.version) from ${table} v where v.id = x.id) as number, ${status} as status, ${geom} as geom,
        to_jsonb(x) - 'geom' - 'geom_3857' as content
      from ${table}_at(${clocks}) x where x.programme_id = :programmeId ${builtOnly.includes(phase) ? `and ${isBuilt}` : ''}
    ) o cross join area a order by o.number`
}

/** Number of the nearest distributor of the programme that is in the package too. */
const nearestSql = (mustBeLaid: boolean) => `(
  select (select min(v.version) from structures v where v.id = n.id) from structures_at(${clocks}) n
  where n.programme_id = :programmeId and n.structure_type in ('pop', 'distribution_cabinet')
    ${mustBeLaid ? `and network_status(n.status, n.holds_from, n.planned_on, n.started_on, n.laid_on, :asOf::date) = 'laid'` : ''} order by n.geom <-> o.geom limit 1)`

interface FeatureRow {
  id: string
  number: number
  content: Readonly<Record<string, Value>>
  status: string | null
  geometry: Geometry | null
  shape: ShapeFindings
  nearest: number | null
}

/** The objects of a layer, as the package would hold them. */
export async function findFeatures(database: Knex, layer: GisNbLayer, question: GisNbQuestion): Promise<GisNbFeature[]> {
  const { rows } = await database.raw<{ rows: FeatureRow[] }>(selectSql(layer, question.phase), { ...question })
  return rows
    .filter(({ content }) => Object.entries(layer.only ?? {}).every(([column, value]) => content[column] === value))
    .map((row) => toFeature(layer, question.phase, row))
}

function toFeature(layer: GisNbLayer, phase: GisNbPhase, row: FeatureRow): GisNbFeature {
  const fields = fieldsOf(layer, phase)
  const raw = Object.fromEntries(fields.map((field) => [field.name, rawValue(field, row)]))
  const properties = Object.fromEntries(fields.map((field) => [field.name, codedValue(field, raw[field.name] ?? null)]))
  const { id, number, geometry, shape, status } = row
  const words = Object.fromEntries(fields.map((field) => [field.name, wordOf(layer, field, raw[field.name] ?? null)]))
  return { objectId: id, number, raw: words, properties, geometry, shape, status }
}

function rawValue(field: GisNbField, { number, content, shape, nearest }: FeatureRow): Value {
  switch (field.from) {
    case 'number':
      return number
    case 'length':
      return shape.lengthM
    case 'constant':
      return field.value ?? null
    case 'nearest_structure':
      return nearest ?? -1
    default:
      return content[field.from] ?? null
  }
}

/** "Gewerbebetrieb" for `business`. */
function wordOf({ object }: GisNbLayer, { codes, from }: GisNbField, value: Value): Value {
  if (!codes || object === 'section' || value === null) return value
  const fields: Readonly<Record<string, { codes?: Readonly<Record<string, { de: string }>> }>> = objectKinds[object].fields
  return fields[camelCase(from)]?.codes?.[String(value)]?.de ?? value
}

function codedValue(field: GisNbField, value: Value): Value {
  if (value === null) return null
  if (field.codes) return field.codes[String(value)] ?? null
  if (typeof value === 'number' && field.decimals !== undefined) return Number(value.toFixed(field.decimals))
  return value
}
