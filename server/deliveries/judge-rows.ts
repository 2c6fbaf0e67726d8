import type { Knex } from 'knex'
import type { Candidate, Decision, Judgement, ObjectMapping, Remark } from '../contract/deliveries.ts'
import { contentColumns, type FactKind } from '../contract/facts/fact.ts'
import { objectKinds } from '../contract/objects/index.ts'
import type { Row, Value } from '../formats/index.ts'
import { describeChanges, type FieldChange, labelOf, type Names } from './describe.ts'
import { contentRemarks, type MapContext, type MappedRow, mapRow } from './map-row.ts'
import { defaultsOf, mergeSteps, rankOf } from './object-content.ts'
import { type FoundPlace, findPlaces } from './places.ts'
import { slug } from './words.ts'

/** A row with what was found about it, as it is kept. */
export interface JudgedRow {
  row: number
  judgement: Judgement
  decision: Decision
  /** Decided by a person. */
  isDecided?: boolean
  label: string
  raw: Readonly<Record<string, Value>>
  mended: Readonly<Record<string, string>>
  content: Readonly<Record<string, unknown>> | null
  objectId: string | null
  beforeVersion: number | null
  remarks: readonly Remark[]
  changes: readonly FieldChange[]
  candidates: readonly Candidate[]
  /** Geometry of the file as GeoJSON in its CRS; null: none. */
  geometry: unknown
}

export interface JudgeContext extends MapContext {
  mapping: ObjectMapping
  /** CRS of the geometries. */
  epsg: number | null
  names: Names
}

/** A row before it is judged: as read, and what a person mended. */
export interface RowToJudge extends Pick<Row, 'rowNumber' | 'values' | 'geometry'> {
  remarks: readonly Remark[]
  mended: Readonly<Record<string, string>>
}

interface InForce {
  id: string
  version: number
  content: Readonly<Record<string, unknown>>
  /** The geometry of the file is the same, to the centimetre; null: one of them has none. */
  isSamePlace: boolean | null
}

/** Judges some rows against what is known now. */
export async function judgeRows(database: Knex, rows: readonly RowToJudge[], context: JudgeContext): Promise<JudgedRow[]> {
  const mapped = rows.map((row) => mapRow(row.values, context, row.mended))
  const places = await findPlaces(
    database,
    mapped.map(({ place }, index) => ({ place, geometry: rows[index]?.geometry ?? null })),
    { epsg: context.epsg, kind: context.mapping.kind },
  )
  const existing = await findAtAddresses(database, context.mapping, mapped, places)
  const ids = mapped.map((row, index) => identify(row, places[index], context.mapping, existing))
  const inForce = await findInForce(database, context, ids, rows)
  return rows.map((row, index) => {
    const [said, place, id] = [mapped[index], places[index], ids[index]]
    if (!said || !place) throw new RangeError('a row was lost')
    return judge(row, said, { place, id: id ?? null, before: id ? inForce.get(id) : undefined, context })
  })
}

/** Objects at the addresses found, by address and kind: files without ids are compared by these. */
async function findAtAddresses(
  database: Knex,
  { kind }: ObjectMapping,
  mapped: readonly MappedRow[],
  places: readonly FoundPlace[],
): Promise<ReadonlyMap<string, string[]>> {
  if (kind !== 'premises') return new Map()
  const addresses = [...new Set(mapped.flatMap((_, index) => places[index]?.addressId ?? []))]
  if (addresses.length === 0) return new Map()
  const { rows } = await database.raw<{ rows: { id: string; address_id: string; kind: string }[] }>(
    'select id, address_id, kind from premises_at_addresses(?)',
    [addresses],
  )
  const found = Map.groupBy(rows, (row) => `${row.address_id} ${row.kind}`)
  return new Map([...found].map(([key, members]) => [key, members.map(({ id }) => id)]))
}

const letters = { premises: 'p', route: 'r', duct: 'd', cable: 'c', structure: 's' } as const

/** The object a row is about: by our own key, by the sender's id, by the only one of its kind at the address; else a new one. */
function identify(
  row: MappedRow,
  place: FoundPlace | undefined,
  { kind, senderName }: ObjectMapping,
  existing: ReadonlyMap<string, string[]>,
): string | null {
  const of = (key: string) => `${letters[kind]}:${key}`
  if (row.values.key) return of(slug(String(row.values.key)))
  if (row.values.kind === undefined && kind === 'premises' && !row.values.externalId) return null
  if (row.values.externalId) return of(`${slug(senderName)}-${slug(String(row.values.externalId))}`)
  if (kind === 'premises' && place?.addressId) {
    const there = existing.get(`${place.addressId} ${row.values.kind}`) ?? []
    if (there.length === 1) return there[0] ?? null
    return there.length === 0 ? of(`${slug(place.addressId)}-${slug(String(row.values.kind ?? ''))}`) : null
  }
  return place?.geometryKey ? of(`${slug(senderName)}-${place.geometryKey}`) : null
}

async function findInForce(
  database: Knex,
  { mapping, epsg }: JudgeContext,
  ids: readonly (string | null)[],
  rows: readonly RowToJudge[],
): Promise<ReadonlyMap<string, InForce>> {
  const wanted = ids.flatMap((id, index) => (id === null ? [] : [{ id, geometry: rows[index]?.geometry ?? null }]))
  if (wanted.length === 0) return new Map()
  const { rows: found } = await database.raw<{ rows: InForce[] }>(
    `select o.id, o.version, o.content, case when g.geom is not null and o.geom is not null then
        coalesce(st_dwithin(o.geom, g.geom, 0.01) and st_hausdorffdistance(o.geom, g.geom) < 0.01, false) end as "isSamePlace"
     from objects_in_force(:kind, :ids) o
     left join (
       select distinct on (w.id) w.id, geometry_from_geojson(w.geometry::text, :epsg) as geom
       from jsonb_to_recordset(cast(:drawn as jsonb)) as w (id text, geometry jsonb)) g on g.id = o.id`,
    {
      kind: mapping.kind,
      ids: [...new Set(wanted.map(({ id }) => id))],
      drawn: JSON.stringify(wanted.filter(({ geometry }) => geometry !== null)),
      epsg: epsg ?? 25832,
    },
  )
  return new Map(found.map((object) => [object.id, object]))
}

interface Findings {
  place: FoundPlace
  id: string | null
  before: InForce | undefined
  context: JudgeContext
}

function judge(row: RowToJudge, said: MappedRow, { place, id, before, context }: Findings): JudgedRow {
  const { mapping, names } = context
  const was = before ? toContent(mapping, before.content) : undefined
  const content = compose(said, place, { was, id, mapping })
  const isSamePlace = before?.isSamePlace ?? null
  const changes = was && content ? describeChanges(mapping.kind, was, content, { names, isSamePlace }) : []
  const known = [...row.remarks, ...said.remarks, ...place.remarks]
  // Where a value cannot be read it is also missing, and the object not to be named: the first reason is enough.
  const isSaid = ({ code }: Remark) =>
    (known.some(isError) && (code === 'missing' || code === 'not-identified')) ||
    (code === nowhere.code && known.some((remark) => isError(remark) && remark.code.startsWith('address-')))
  const remarks = [...known, ...remarksOn(mapping, was, content).filter((remark) => !isSaid(remark))]
  const judgement = judgementOf(remarks, {
    isNew: !before,
    isDifferent: changes.length > 0,
    isMendable: place.isMendable || remarks.includes(nowhere),
  })
  return {
    row: row.rowNumber,
    judgement,
    decision: decisions[judgement],
    label: labelOf(mapping.kind, said, place, content),
    raw: row.values,
    mended: row.mended,
    content: remarks.some(isError) ? null : content,
    objectId: id,
    beforeVersion: before?.version ?? null,
    remarks,
    changes,
    candidates: place.candidates,
    geometry: row.geometry,
  }
}

/** What is decided unless somebody decides otherwise. */
const decisions: Readonly<Record<Judgement, Decision>> = {
  new: 'accepted',
  changed: 'accepted',
  unchanged: 'accepted',
  removed: 'open',
  doubtful: 'open',
  refused: 'declined',
}

const isError = ({ severity }: Remark) => severity === 'error'

/** An error that a person can put right by choosing an address is a doubt; others refuse the row. */
function judgementOf(
  remarks: readonly Remark[],
  { isNew, isDifferent, isMendable }: { isNew: boolean; isDifferent: boolean; isMendable: boolean },
): Judgement {
  if (remarks.some(isError)) return isMendable ? 'doubtful' : 'refused'
  const difference: Judgement = isNew ? 'new' : isDifferent ? 'changed' : 'unchanged'
  return difference !== 'unchanged' && remarks.some(({ severity }) => severity === 'doubt') ? 'doubtful' : difference
}

/** What the object itself says against being recorded. */
function remarksOn(
  { kind }: ObjectMapping,
  was: Record<string, unknown> | undefined,
  content: Record<string, unknown> | null,
): Remark[] {
  if (content === null) return [unidentified]
  if (kind === 'premises' && content.districtId === null) return [nowhere]
  const geom = content.geom ? anyGeometry[kind] : null
  return [...contentRemarks(kind, { ...content, geom }), ...(was ? stepBack(was, content) : [])]
}

const unidentified: Remark = {
  code: 'not-identified',
  severity: 'error',
  text: 'Welches Objekt gemeint ist, ist nicht zu erkennen: Es fehlt eine Kennung oder eine eindeutige Adresse.',
}

const nowhere: Remark = {
  code: 'address-missing',
  severity: 'error',
  text: 'Die Zeile nennt weder Adresse noch Lage; der Stadtteil ist nicht bekannt.',
}

/** Stands for a geometry that PostGIS has judged already. */
const point = { type: 'Point', coordinates: [7, 51] }
const line = {
  type: 'LineString',
  coordinates: [
    [7, 51],
    [7.1, 51],
  ],
}
const anyGeometry = { premises: point, structure: point, route: line, duct: line, cable: line }

/** The statement as kept, with the keys of the contract. */
function toContent({ kind }: ObjectMapping, row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const columns = contentColumns(objectKinds[kind] as unknown as FactKind)
  return Object.fromEntries(columns.filter(({ isGeometry }) => !isGeometry).map(({ key, column }) => [key, row[column] ?? null]))
}

/** The object as the row would make it: what it says, on top of what is known. null: not even that much is clear. */
function compose(
  said: MappedRow,
  place: FoundPlace,
  { was, id, mapping }: { was: Record<string, unknown> | undefined; id: string | null; mapping: ObjectMapping },
): Record<string, unknown> | null {
  if (id === null) return null
  const { key: _, ...values } = said.values
  const merged: Record<string, unknown> = { ...(was ?? defaultsOf(mapping.kind)), ...values, key: id.slice(2) }
  if (mapping.kind === 'premises') {
    merged.addressId = place.addressId ?? was?.addressId ?? null
    merged.districtId = place.districtId ?? was?.districtId ?? null
    merged.steps = mergeSteps(was?.steps, said, String(merged.state))
  }
  merged.geom = place.hasGeometry ? 'file' : was ? 'kept' : place.addressId ? 'address' : null
  return merged
}

/** A finished step taken back is possible, but somebody should look at it. */
function stepBack(was: Readonly<Record<string, unknown>>, content: Readonly<Record<string, unknown>>): Remark[] {
  const [before, after] = [rankOf(was.state), rankOf(content.state)]
  if (before < 4 || after >= before || content.note !== was.note) return []
  return [{ code: 'step-back', severity: 'doubt', text: 'Der Anschluss geht einen Schritt zurück. Stimmt das?' }]
}
