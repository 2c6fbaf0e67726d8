import type { Knex } from 'knex'
import type { Candidate, Remark } from '../contract/deliveries.ts'
import type { ObjectKindName } from '../contract/objects/index.ts'
import type { Geometry } from '../formats/index.ts'
import type { MappedRow } from './map-row.ts'

/** Where a row belongs. */
export interface FoundPlace {
  addressId: string | null
  districtId: string | null
  candidates: Candidate[]
  remarks: Remark[]
  hasGeometry: boolean
  /** Name of the geometry for objects without an id. */
  geometryKey: string | null
  /** A person can put right what is wrong by choosing an address. */
  isMendable: boolean
}

const line = { type: 'ST_LineString', text: 'Verlangt ist eine zusammenhängende Linie.' }
const point = { type: 'ST_Point', text: 'Verlangt ist ein einzelner Punkt.' }
const wanted = { premises: point, structure: point, route: line, duct: line, cable: line }

interface Asked {
  place: MappedRow['place']
  geometry: Geometry | null
}

/** Surer than this an address is taken; below, a person chooses. */
const sureFrom = 0.85
/** Confidence of a street without the number whose name is the very one (SQL: match_addresses). */
const sureStreet = 0.38
const offered = 5

/** The best match of an address, and what a person may choose from where it is not sure. */
interface Match {
  kind: string | null
  address_id: string | null
  label: string | null
  district_id: string | null
  confidence: number | null
  candidates: Candidate[]
}

interface Shape {
  isReadable: boolean
  isValid: boolean
  isEmpty: boolean
  type: string | null
  district: string | null
  awayM: number | null
  key: string | null
}

/** Finds address and district of each row: by the official id, by street and number, by the geometry. */
export async function findPlaces(
  database: Knex,
  asked: readonly Asked[],
  { epsg, kind }: { epsg: number | null; kind: ObjectKindName },
): Promise<FoundPlace[]> {
  const [byId, matches, shapes] = await Promise.all([
    findById(database, asked),
    matchAddresses(database, asked),
    findShapes(database, asked, epsg),
  ])
  return asked.map(({ place, geometry }, index) => {
    const known = byId.get(place?.addressId ?? '')
    const shape = geometry ? shapes[index] : undefined
    const found: FoundPlace = {
      ...{ addressId: null, districtId: shape?.district ?? null, candidates: [], remarks: [], hasGeometry: geometry !== null },
      geometryKey: shape?.key ?? null,
      isMendable: false,
    }
    if (known) return { ...found, addressId: known.id, districtId: known.district_id }
    const placed = place ? addressed(found, place, matches[index]) : found
    return { ...placed, remarks: [...placed.remarks, ...shapeRemarks(shape, kind)] }
  })
}

function isSure(match: Match | undefined): boolean {
  return match?.kind === 'address' && (match.confidence ?? 0) >= sureFrom
}

function addressed(found: FoundPlace, place: NonNullable<MappedRow['place']>, match: Match | undefined): FoundPlace {
  if (match && isSure(match)) {
    const corrected: Remark = { code: 'address-corrected', severity: 'note', text: `Gelesen als ${match.label}.` }
    const remarks = (match.confidence ?? 0) < 1 ? [corrected] : []
    return { ...found, addressId: match.address_id, districtId: match.district_id, remarks }
  }
  const hasPlace = found.hasGeometry
  const candidates = match?.candidates ?? []
  const text = candidates.length > 0 ? (candidates.length === 1 ? unsure.one : unsure.several) : unknown(place, match)
  const code = candidates.length > 0 ? 'address-unsure' : 'address-unknown'
  return { ...found, candidates, isMendable: !hasPlace, remarks: [{ code, severity: hasPlace ? 'doubt' : 'error', text }] }
}

const unsure = { one: 'Die Adresse ist nicht sicher zu erkennen.', several: 'Die Adresse ist nicht eindeutig.' }

/** Why there is nothing to choose from. */
function unknown({ street, houseNumber }: NonNullable<MappedRow['place']>, match: Match | undefined): string {
  if (street !== '' && houseNumber === '') return 'Die Hausnummer fehlt.'
  const isStreetKnown = match?.kind === 'street' && (match.confidence ?? 0) >= sureStreet
  return isStreetKnown
    ? `„${match.label}“: Die Hausnummer ${houseNumber} steht nicht im Adressregister.`
    : 'Die Adresse steht nicht im Adressregister.'
}

function shapeRemarks(shape: Shape | undefined, kind: ObjectKindName): Remark[] {
  const say = (code: string, severity: Remark['severity'], text: string): Remark[] => [{ code, severity, text }]
  if (!shape) return []
  if (!shape.isReadable) return say('geometry-unreadable', 'error', 'Die Geometrie ist nicht zu lesen.')
  if (shape.isEmpty) return say('geometry-empty', 'error', 'Die Geometrie ist leer.')
  if (shape.type !== wanted[kind].type) return say('geometry-unfit', 'error', wanted[kind].text)
  if (!shape.isValid) return say('geometry-invalid', 'error', 'Die Geometrie ist ungültig oder ohne Ausdehnung.')
  if (shape.awayM !== null && shape.awayM > 20_000)
    return say(
      'far-away',
      'error',
      `Das Objekt liegt ${Math.round(shape.awayM / 1000)} km außerhalb der Stadt. Stimmt das Koordinatensystem?`,
    )
  if (shape.awayM !== null && shape.awayM > 1000)
    return say('outside-city', 'doubt', `Das Objekt liegt ${Math.round(shape.awayM)} m außerhalb der Stadt.`)
  return []
}

async function findById(
  database: Knex,
  asked: readonly Asked[],
): Promise<ReadonlyMap<string, { id: string; district_id: string }>> {
  const ids = [...new Set(asked.flatMap(({ place }) => place?.addressId ?? []))]
  if (ids.length === 0) return new Map()
  const rows = await database('current_addresses').whereIn('id', ids).select('id', 'district_id')
  return new Map(rows.map((row) => [row.id, row]))
}

/** What is found for each row, each distinct address asked once. */
async function matchAddresses(database: Knex, asked: readonly Asked[]): Promise<(Match | undefined)[]> {
  const keys = asked.map(({ place }) =>
    place && place.street !== '' ? JSON.stringify([place.street, place.houseNumber, place.suffix]) : null,
  )
  const distinct = [...new Set(keys.filter((key) => key !== null))]
  if (distinct.length === 0) return asked.map(() => undefined)
  const rows = distinct.map((key) => {
    const [street, houseNumber, suffix] = JSON.parse(key)
    return { street, houseNumber, suffix }
  })
  const { rows: found } = await database.raw<{ rows: Match[] }>(
    `with matched as materialized (
       select m.*, m.ordinality = min(m.ordinality) over address as "isBest",
         first_value(m.kind = 'address' and m.confidence >= ${sureFrom}) over (address order by m.ordinality) as "isSure"
       from match_addresses(cast(:rows as jsonb), ${offered}) with ordinality m window address as (partition by m.line)
     ), offered as (
       select m.line, json_agg(json_build_object('addressId', m.address_id, 'label', m.label, 'districtName', d.name,
           'point', json_build_array(st_x(g.point), st_y(g.point)), 'confidence', round(m.confidence::numeric, 2)) order by m.ordinality) as candidates
       from matched m cross join lateral (select st_transform(m.geom, 4326) as point) g left join districts d on d.id = m.district_id
       where m.address_id is not null and not m."isSure" group by m.line
     )
     select m.kind, m.address_id, m.label, m.district_id, m.confidence, coalesce(o.candidates, '[]') as candidates
     from matched m left join offered o on o.line = m.line where m."isBest" order by m.line`,
    { rows: JSON.stringify(rows) },
  )
  const byKey = new Map(distinct.map((key, index) => [key, found[index]]))
  return keys.map((key) => (key === null ? undefined : byKey.get(key)))
}

/** What PostGIS says about the geometries; undefined where there is none. */
async function findShapes(database: Knex, asked: readonly Asked[], epsg: number | null): Promise<(Shape | undefined)[]> {
  const given = asked.flatMap(({ geometry }, index) => (geometry ? [{ index, geometry }] : []))
  if (given.length === 0 || epsg === null) return asked.map(() => undefined)
  const { rows } = await database.raw<{ rows: (Shape & { index: number })[] }>(
    `with boundaries as materialized (
       select b.district_id, b.geom from district_boundaries_at(current_date, clock_timestamp()) b
     ), city as materialized (select st_union(b.geom) as geom from boundaries b), given as materialized (
       select g.index, one_part(geometry_from_geojson(g.geometry::text, :epsg)) as geom
       from jsonb_to_recordset(cast(:given as jsonb)) as g (index integer, geometry jsonb)
     )
     select g.index, g.geom is not null as "isReadable", coalesce(st_isempty(g.geom), false) as "isEmpty", st_geometrytype(g.geom) as type,
       is_sound(g.geom) and (st_dimension(g.geom) <> 1 or (st_issimple(g.geom) and st_length(g.geom) > 0)) as "isValid",
       (select b.district_id from boundaries b where st_intersects(b.geom, st_pointonsurface(g.geom)) order by b.district_id limit 1) as district,
       st_distance(g.geom, c.geom) as "awayM", left(md5(st_asbinary(st_snaptogrid(g.geom, 0.01))), 12) as key
     from given g cross join city c`,
    { given: JSON.stringify(given), epsg },
  )
  const byIndex = new Map(rows.map((row) => [row.index, row]))
  return asked.map((_, index) => byIndex.get(index))
}
