import { randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { formatNumber } from '../contract/numbers.ts'
import type { LineKind } from '../contract/objects.ts'
import { change } from '../database/change.ts'
import type { SignedInUser } from '../http/context.ts'
import { invalid } from '../http/problem.ts'
import { type Content, columnsOf, kindOf } from './kinds.ts'
import { inForceNow, knownNow } from './sql.ts'
import { findTargets, type Target } from './targets.ts'
import { subjectOf } from './words.ts'

/** How far from a line a click may be, and how near its ends. */
const reachM = 25
const endM = 0.5
/** Ends that are this near are meant to touch. */
const touchM = 0.5

export const metres = (lengthM: number) => `${formatNumber(lengthM, 'de', 1)} m`

export interface Split {
  ids: string[]
  lengthsM: number[]
  sentence: string
}

/**
 * Cuts a line in two. It says nothing new about the world: every statement known about it is corrected by two, of the same day and
 * source, so that the metres of all days stay the same.
 */
export async function split(
  database: Knex,
  user: SignedInUser,
  name: LineKind,
  wish: { id: string; at: readonly [number, number]; reason: string; revision: number },
): Promise<Split & { revision: number }> {
  const details = { actor: user.id, actorName: user.name, reason: wish.reason }
  const { revision, result } = await change(database, details, async (trx) => {
    const [target] = await findTargets(trx, name, { ids: [wish.id], revision: wish.revision })
    const point = await placeOnLine(trx, name, wish)
    const key = await nextKey(trx, name, String(target?.content.key))
    const id = kindOf(name).idOf({ key } as never)
    await writeParts(trx, name, { id: wish.id, newId: id, key, point })
    const lengthsM = [await lengthNow(trx, name, wish.id), await lengthNow(trx, name, id)]
    const [first, second] = lengthsM as [number, number]
    const sentence = `${subjectOf(name, (target as Target).content)} geteilt: ${metres(first)} und ${metres(second)} (neu: ${id}).`
    return { ids: [wish.id, id], lengthsM, sentence }
  })
  return { ...result, revision }
}

/** The nearest point on the line, as EWKB. */
async function placeOnLine(
  trx: Knex,
  name: LineKind,
  { id, at: [longitude, latitude] }: { id: string; at: readonly [number, number] },
): Promise<string> {
  const { rows } = await trx.raw(
    `select st_distance(s.geom, p.geom) as distance, st_linelocatepoint(s.geom, p.geom) * st_length(s.geom) as along, st_length(s.geom) as length,
      st_closestpoint(s.geom, p.geom)::text as point
    from ${inForceNow(name)} s, lateral (select st_transform(st_point(:longitude, :latitude, 4326), 25832) as geom) p where s.id = :id`,
    { id, longitude, latitude },
  )
  const { distance, along, length, point } = rows[0]
  if (distance > reachM)
    throw invalid([
      { field: 'at', detail: `Der Punkt liegt ${metres(distance)} neben der Linie. Bitte wählen Sie einen Punkt auf ihr.` },
    ])
  if (along < endM || length - along < endM)
    throw invalid([{ field: 'at', detail: 'Der Punkt liegt am Ende der Linie: Dort gibt es nichts zu teilen.' }])
  return point
}

/** "evl-4711-2": the first number that is free; a key that is too long to be counted on becomes one by chance. */
async function nextKey(trx: Knex, name: LineKind, key: string): Promise<string> {
  if (key.length > 74) return randomBytes(5).toString('hex')
  const base = key.replace(/-\d{1,3}$/, '')
  const { rows } = await trx.raw('select f.id from facts f where starts_with(f.id, ?)', [
    kindOf(name).idOf({ key: `${base}-` } as never),
  ])
  const taken = new Set((rows as { id: string }[]).map(({ id }) => id))
  for (let number = 2; ; number++) {
    const next = `${base}-${number}`
    if (!taken.has(kindOf(name).idOf({ key: next } as never))) return next
  }
}

async function writeParts(
  trx: Knex,
  name: LineKind,
  { id, newId, key, point }: { id: string; newId: string; key: string; point: string },
): Promise<void> {
  const { table } = kindOf(name)
  const columns = columnsOf(name).map(({ column }) => column)
  const cut = 'st_linelocatepoint(s.geom, cast(:point as geometry))'
  const values = (own: Readonly<Record<string, string>>) => columns.map((column) => own[column] ?? `s.${column}`).join(', ')
  const from = `from ${table} s where s.id = :id and ${knownNow('s')}`
  // Where an earlier course does not reach the point, it stays whole.
  const isCut = `${cut} > 0 and ${cut} < 1`
  const parts: { id: string; geom: string; own: Readonly<Record<string, string>> }[] = [
    { id: ':newId', geom: `st_linesubstring(s.geom, ${cut}, 1)`, own: { key: ':key', external_id: 'null' } },
    { id: ':id', geom: `st_linesubstring(s.geom, 0, ${cut})`, own: {} },
  ]
  for (const part of parts)
    await trx.raw(
      `insert into ${table} (id, true_on, source_id, ${columns.join(', ')})
        select ${part.id}, s.true_on, s.source_id, ${values({ ...part.own, geom: part.geom })} ${from} and ${isCut} order by s.version`,
      { id, newId, key, point },
    )
}

async function lengthNow(trx: Knex, name: LineKind, id: string): Promise<number> {
  const { rows } = await trx.raw(`select st_length(s.geom) as length from ${inForceNow(name)} s where s.id = ?`, [id])
  return rows[0].length
}

export interface Merged {
  id: string
  lengthM: number
  sentence: string
}

/** Joins lines to one. The first keeps its id; what is known of it is corrected, the others are withdrawn. */
export async function merge(
  database: Knex,
  user: SignedInUser,
  name: LineKind,
  wish: { ids: readonly string[]; reason: string; revision: number },
): Promise<Merged & { revision: number }> {
  const ids = [...new Set(wish.ids)]
  if (ids.length < 2) throw invalid([{ field: 'ids', detail: 'Bitte wählen Sie mindestens zwei Linien.' }])
  const details = { actor: user.id, actorName: user.name, reason: wish.reason }
  const { revision, result } = await change(database, details, async (trx) => {
    const targets = await findTargets(trx, name, { ids, revision: wish.revision })
    const [first] = ids as [string, ...string[]]
    const inOrder = ids.map((id) => targets.find((target) => target.id === id) as Target)
    refuseDifferent(name, inOrder)
    const geometry = await joined(trx, name, inOrder)
    await writeJoined(trx, name, first, geometry)
    await trx.raw('select withdraw_objects(?, ?)', [name, ids.slice(1)])
    const lengthM = await lengthNow(trx, name, first)
    const subject = subjectOf(name, (inOrder[0] as Target).content)
    return { id: first, lengthM, sentence: `${subject}: aus ${ids.length} Linien zusammengefügt, ${metres(lengthM)}.` }
  })
  return { ...result, revision }
}

/** Values in which joined lines may differ: those of the first one stay. */
const ownValues = ['key', 'externalId', 'note', 'geom']

/** Lines that say different things cannot be one. */
function refuseDifferent(name: LineKind, targets: readonly Target[]): void {
  const { fields, values } = kindOf(name)
  const [first, ...others] = targets.map(({ content }) => content) as [Content, ...Content[]]
  const different = Object.keys(values.shape).filter(
    (key) => !ownValues.includes(key) && others.some((other) => other[key] !== first[key]),
  )
  if (different.length === 0) return
  const labels = different.map((key) => `„${fields[key]?.label.de ?? key}“`).join(', ')
  throw invalid([
    { field: 'ids', detail: `Die Linien unterscheiden sich in ${labels}. Bitte gleichen Sie die Angaben zuerst an.` },
  ])
}

/** The lines as one, as EWKB: at each step the nearest remaining one is joined on, turned round where needed. */
async function joined(trx: Knex, name: LineKind, targets: readonly Target[]): Promise<string> {
  const { rows } = (await trx.raw(`select s.id, s.geom::text as geom from ${inForceNow(name)} s where s.id = any (?)`, [
    targets.map(({ id }) => id),
  ])) as { rows: { id: string; geom: string }[] }
  const ofId = new Map(rows.map(({ id, geom }) => [id, geom]))
  let [whole = '', ...remaining] = targets.map(({ id }) => ofId.get(id) ?? '')
  while (remaining.length > 0) {
    const { rows: next } = await trx.raw(joinSql, { whole, remaining })
    const { geom, gap, position } = next[0] as { geom: string; gap: number; position: number }
    if (gap > touchM) {
      const apart = `Die Linien berühren sich nicht: Zwischen ihren Enden liegen ${metres(gap)}.`
      throw invalid([{ field: 'ids', detail: apart }])
    }
    whole = geom
    remaining = remaining.filter((_line, index) => index !== position - 1)
  }
  return whole
}

/** Of the remaining lines the one whose end is nearest to an end of the whole, joined to it. */
const joinSql = `
  with whole as materialized (select cast(:whole as geometry) as geom)
  select st_makeline(a.geom, b.geom)::text as geom, st_distance(st_endpoint(a.geom), st_startpoint(b.geom)) as gap, r.position
  from whole w, unnest(cast(:remaining as text[])) with ordinality as r (line, position),
    lateral (values (w.geom), (st_reverse(w.geom))) as a (geom),
    lateral (values (r.line::geometry), (st_reverse(r.line::geometry))) as b (geom)
  order by gap, r.position limit 1`

/** The statement in force and all others with the same course get the new one. */
async function writeJoined(trx: Knex, name: LineKind, id: string, geometry: string): Promise<void> {
  const { table } = kindOf(name)
  const columns = columnsOf(name).map(({ column }) => column)
  const values = columns.map((column) => (column === 'geom' ? 'cast(:geometry as geometry)' : `s.${column}`))
  await trx.raw(
    `insert into ${table} (id, true_on, source_id, ${columns.join(', ')})
      select s.id, s.true_on, s.source_id, ${values.join(', ')} from ${table} s
      where s.id = :id and ${knownNow('s')} and st_asbinary(s.geom) = (select st_asbinary(n.geom) from ${inForceNow(name)} n where n.id = :id)
      order by s.version`,
    { id, geometry },
  )
}

/** Length of a GeoJSON line in EPSG:25832; null where it cannot be read. */
export async function measure(database: Knex, geometry: unknown): Promise<number | null> {
  const { rows } = await database.raw('select st_length(geometry_from_geojson(?)) as length', [JSON.stringify(geometry)])
  return rows[0].length
}
