import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Router } from 'express'
import type { Knex } from 'knex'
import type * as z from 'zod/mini'
import { importGisNb } from '../contract/gisnb.ts'
import type { ObjectKindName } from '../contract/objects/index.ts'
import { change } from '../database/change.ts'
import { type ObjectContent, recordObjects } from '../database/objects.ts'
import { findOrCreateSource } from '../database/sources.ts'
import { FileRefused } from '../formats/index.ts'
import type { AppContext, SignedInUser } from '../http/context.ts'
import { handle } from '../http/handle.ts'
import { invalid, notFound } from '../http/problem.ts'
import { writeReceived } from '../http/received-file.ts'
import { type Counterpart, findCounterparts, findDistricts, type Sought } from './counterparts.ts'
import type { GisNbFeature } from './features.ts'
import { type ReadLayer, readPackage } from './read-package.ts'
import { toObject } from './to-objects.ts'
import { checkPackage } from './validate.ts'
import { findVersion } from './versions.ts'

const largestGb = 0.5
const listed = 500

type Wish = z.infer<(typeof importGisNb)['query']>

/** Takes GIS-NB packages over: of the builder, or our own come back. */
export function mountGisNbImport(router: Router, context: AppContext): void {
  const { database, revisions } = context
  handle(router, context, importGisNb, async ({ query, request, user }) => {
    const version = findVersion(query.version, query.phase)
    if (!(await database('programmes').where('id', query.programmeId).first('id'))) throw notFound('Das Programm', 'programmeId')
    const layers = await withUpload(request, (path) => readPackage(database, { ...query, path, version, crs: query.crs }))
    const { findings, refused } = checkPackage(layers, query.phase)
    const sorted = await Promise.all(layers.map((filled) => sortOut(database, filled, refused, query)))
    const revision = query.preview === 'true' ? null : await record(database, sorted, query, user)
    if (revision !== null) revisions.announce(revision)
    return {
      layers: sorted.flatMap(({ layer, features, isMissing, contents, changed, unchanged }) =>
        isMissing ? [] : [{ name: layer.name, objects: features.length, added: contents.length - changed, changed, unchanged }],
      ),
      findings: findings.slice(0, listed),
      revision,
    }
  })
}

async function withUpload<Result>(body: Readable, work: (path: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'ausbauatlas-gisnb-'))
  const path = join(directory, 'upload')
  try {
    const { bytes } = await writeReceived(body, path, largestGb)
    if (bytes === 0) throw invalid([{ field: 'file', detail: 'Die Datei ist leer.' }])
    return await work(path)
  } catch (error) {
    throw error instanceof FileRefused ? invalid([{ field: 'file', detail: error.message }]) : error
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** A layer with what is to be recorded of it. */
interface SortedLayer extends ReadLayer {
  contents: ObjectContent[]
  /** Of the contents, how many are about objects that are known. */
  changed: number
  unchanged: number
}

/** What can be recorded: everything without an error of its own that is not known just so. */
async function sortOut(
  database: Knex,
  filled: ReadLayer,
  refused: ReadonlySet<GisNbFeature>,
  { programmeId, phase }: Wish,
): Promise<SortedLayer> {
  const { layer, epsg } = filled
  const sorted: SortedLayer = { ...filled, contents: [], changed: 0, unchanged: 0 }
  if (layer.object === 'section') return sorted
  const features = filled.features.filter((feature) => feature.shape.key !== null && !refused.has(feature))
  const sought = seek(features, `gisnb-${programmeId}-${layer.object}`)
  const counterparts = onceEach(await findCounterparts(database, layer.object, { programmeId, epsg, sought }))
  const places = features.map(({ geometry }) => geometry)
  const districts = layer.object === 'premises' ? await findDistricts(database, places, epsg) : null
  for (const [index, feature] of features.entries()) {
    const [{ key = '' } = {}, before = null] = [sought[index], counterparts[index]]
    const content = toObject(layer, feature, { programmeId, phase, key, before })
    if (content === 'unchanged') sorted.unchanged += 1
    if (content === 'unchanged' || content === null || layer.only) continue
    const districtId = districts?.[index] ?? before?.content.districtId
    if (districts && !districtId) continue
    sorted.contents.push(districts ? { ...content, districtId } : content)
    sorted.changed += before ? 1 : 0
  }
  return sorted
}

/** Two objects of a package are never the same one of ours. */
function onceEach(found: readonly (Counterpart | null)[]): (Counterpart | null)[] {
  const taken = new Set<string>()
  return found.map((one) => (one && taken.size !== taken.add(one.id).size ? one : null))
}

/** What each object is looked for by; its key is made of its number, else of its course. */
function seek(features: readonly GisNbFeature[], prefix: string): Sought[] {
  const times = new Map<string, number>()
  return features.map(({ number, shape, geometry }) => {
    const name = number === null ? `x${shape.key?.slice(0, 16)}` : String(number)
    const nth = (times.get(name) ?? 0) + 1
    times.set(name, nth)
    const key = `${prefix}-${name}${nth > 1 ? `-${nth}` : ''}`.toLowerCase().replace(/[^a-z0-9]+/g, '-')
    return { key, number, nth, geometry }
  })
}

async function record(database: Knex, layers: readonly SortedLayer[], wish: Wish, user: SignedInUser): Promise<number | null> {
  if (layers.every(({ contents }) => contents.length === 0)) return null
  const details = { actor: user.id, actorName: user.name, reason: wish.reason }
  const { revision } = await change(database, details, async (trx) => {
    const sourceId = await findOrCreateSource(trx, wish.citation, null)
    for (const { layer, epsg, contents } of layers)
      await recordObjects(trx, layer.object as ObjectKindName, contents, { trueOn: wish.trueOn, sourceId, srid: epsg })
  })
  return revision
}
