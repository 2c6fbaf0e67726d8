import { randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { today } from '../contract/dates.ts'
import type { ObjectKindName } from '../contract/objects/index.ts'
import type { ObjectForecast } from '../contract/objects.ts'
import { change } from '../database/change.ts'
import { recordObjects } from '../database/objects.ts'
import { findOrCreateSource } from '../database/sources.ts'
import type { SignedInUser } from '../http/context.ts'
import { conflict, invalid } from '../http/problem.ts'
import { type Basis, checkSource } from './changing.ts'
import { findAbout } from './geometry.ts'
import { type Content, completed, kindOf, parseContent, parseValues } from './kinds.ts'
import { placeAddress } from './place.ts'
import { refusalsOf, warningsOf } from './remark.ts'
import { judge } from './rules.ts'
import { existsNow } from './targets.ts'
import { describeNew, subjectOf } from './words.ts'
import { loadWorld } from './world.ts'

/** A new object thought through. */
interface Assessed {
  id: string
  content: Content
  lengthM: number | null
  districtIds: string[]
  forecast: ObjectForecast
}

/** Ids of the sources and of addresses hold letters that keys do not. */
function slugged(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
}

/** Premises are named by address and kind, so that none is recorded twice; everything else by chance. */
function keyOf(name: ObjectKindName, { addressId, kind }: Content): string {
  if (name === 'premises' && typeof addressId === 'string') return slugged(`${addressId}-${kind}`).slice(0, 80)
  return randomBytes(5).toString('hex')
}

/** Judges a new object; throws what is impossible. */
export async function assessNew(database: Knex, name: ObjectKindName, given: Content, trueOn: string): Promise<Assessed> {
  const whole = completed(name, given)
  const address = await placeAddress(database, whole)
  const { geom } = whole
  const geometry = geom && parseValues(name, { geom }).content ? await findAbout(database, geom) : null
  const district = address.district.districtId ?? geometry?.districtIds[0]
  const raw = {
    ...whole,
    ...(name === 'premises' && !whole.districtId && district && { districtId: district }),
    key: whole.key ?? keyOf(name, whole),
  }
  const parsed = parseContent(name, raw, 'content')
  const errors = [...address.errors.map((error) => ({ ...error, field: `content.${error.field}` })), ...parsed.errors]
  if (parsed.content === null || errors.length > 0) throw invalid(errors)
  const { content } = parsed
  const id = kindOf(name).idOf(content as never)
  const world = await loadWorld(database)
  const touched = new Set(Object.keys(content))
  const remarks = judge({ name, content, touched, trueOn, before: null, today: today(), world, geometry })
  const refusals = refusalsOf([{ id, remarks }], 'content')
  if (refusals.length > 0) throw invalid(refusals)
  if (await existsNow(database, name, id))
    throw conflict(
      `${subjectOf(name, content, address.label)} gibt es schon (${id}). Bitte ändern Sie den Eintrag, statt einen zweiten anzulegen.`,
    )
  const subject = subjectOf(name, { ...content, key: id }, address.label)
  const sentence = [`${subject}: neu`, describeNew(name, content, world)].filter(Boolean).join(' – ')
  return {
    id,
    content,
    lengthM: geometry?.lengthM ?? null,
    districtIds: geometry?.districtIds ?? [],
    forecast: { count: 1, unchanged: 0, sentence: `${sentence}.`, warnings: warningsOf([{ id, remarks }]) },
  }
}

/** Records a new object in one change. */
export async function create(
  database: Knex,
  user: SignedInUser,
  name: ObjectKindName,
  wish: Basis & { content: Content },
): Promise<ObjectForecast & { revision: number; id: string }> {
  await checkSource(database, wish)
  const details = { actor: user.id, actorName: user.name, reason: wish.reason }
  const { revision, result } = await change(database, details, async (trx) => {
    const { id, content, forecast } = await assessNew(trx, name, wish.content, wish.trueOn)
    const sourceId = await findOrCreateSource(trx, wish.source.citation, wish.source.url)
    await recordObjects(trx, name, [content as never], { trueOn: wish.trueOn, sourceId })
    return { ...forecast, id }
  })
  return { ...result, revision }
}
