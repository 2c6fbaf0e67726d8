import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Router } from 'express'
import type { Knex } from 'knex'
import type * as z from 'zod/mini'
import { type GisNbFinding, gisNbRules, importGisNb } from '../contract/gisnb.ts'
import type { ObjectKindName } from '../contract/objects/index.ts'
import { change } from '../database/change.ts'
import { type ObjectContent, recordObjects } from '../database/objects.ts'
import { findOrCreateSource } from '../database/sources.ts'
import { FileRefused } from '../formats/index.ts'
import type { AppContext, SignedInUser } from '../http/context.ts'
import { handle } from '../http/handle.ts'
import { invalid, notFound, Problem } from '../http/problem.ts'
import { findDistricts, findKnownObjects, findObjectsAt } from './known-objects.ts'
import { type ReadLayer, readPackage } from './read-package.ts'
import { toObject } from './to-objects.ts'
import { validate } from './validate.ts'
import { findVersion } from './versions.ts'

const largestBytes = 500 * 2 ** 20
const listed = 500

type Wish = z.infer<(typeof importGisNb)['query']>

/** Takes GIS-NB packages over: of the builder, or our own come back. */
export function mountGisNbImport(router: Router, context: AppContext): void {
  const { database, revisions } = context
  handle(router, context, importGisNb, async ({ query, request, user }) => {
    const version = findVersion(query.version, query.phase)
    if (!(await database('programmes').where('id', query.programmeId).first('id'))) throw notFound('Das Programm', 'programmeId')
    const layers = await withUpload(request, (path) => readPackage(database, { ...query, path, version, crs: query.crs }))
    const findings = validate(layers, query.phase)
    const objects = await sortOut(database, layers, findings, query)
    const revision = query.preview === 'true' ? null : await record(database, objects, query, user)
    if (revision !== null) revisions.announce(revision)
    return {
      layers: layers.map(({ layer, features }, index) => ({
        name: layer.name,
        objects: features.length,
        recorded: objects[index]?.contents.length ?? 0,
      })),
      findings: findings.slice(0, listed),
      revision,
    }
  })
}

async function withUpload<Result>(body: Readable, work: (path: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'ausbauatlas-gisnb-'))
  const path = join(directory, 'upload')
  let bytes = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > largestBytes) done(new Problem(413, 'Die Datei ist größer als 500 MB.'))
      else done(null, chunk)
    },
  })
  try {
    await pipeline(body, counted, createWriteStream(path))
    if (bytes === 0) throw invalid([{ field: 'file', detail: 'Die Datei ist leer.' }])
    return await work(path)
  } catch (error) {
    throw error instanceof FileRefused ? invalid([{ field: 'file', detail: error.message }]) : error
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

interface Sorted {
  kind: ObjectKindName
  epsg: number
  contents: ObjectContent[]
}

/** What can be recorded: everything without an error of its own. */
async function sortOut(
  database: Knex,
  layers: readonly ReadLayer[],
  findings: readonly GisNbFinding[],
  { programmeId, phase }: Wish,
): Promise<Sorted[]> {
  const wrong = new Set(
    findings.filter(({ rule }) => gisNbRules[rule].severity === 'error').map(({ layer, number }) => `${layer} ${number}`),
  )
  return Promise.all(
    layers.map(async ({ layer, features, epsg }) => {
      if (layer.object === 'section') return { kind: 'premises', epsg, contents: [] } as Sorted
      const kind: ObjectKindName = layer.object
      const known = await findKnownObjects(database, kind, programmeId)
      const right = features.filter(({ number, shape }) => shape.key !== null && !wrong.has(`${layer.name} ${number}`))
      // Trenches have no number in some phases: then they are known by their course.
      const here = await findObjectsAt(database, kind, { programmeId, epsg, geometries: right.map(({ geometry }) => geometry) })
      const contents = right.map((feature, index) => {
        const before = (feature.number === null ? here[index] : known.get(feature.number)) ?? undefined
        return toObject(layer, feature, { programmeId, phase, before })
      })
      if (kind !== 'premises') return { kind, epsg, contents }
      const districts = await findDistricts(
        database,
        right.map(({ geometry }) => geometry),
        epsg,
      )
      const placed = contents.flatMap((content, index) => {
        const districtId = districts[index] ?? null
        return districtId === null ? [] : [{ ...content, districtId }]
      })
      return { kind, epsg, contents: placed }
    }),
  )
}

async function record(database: Knex, sorted: readonly Sorted[], wish: Wish, user: SignedInUser): Promise<number | null> {
  if (sorted.every(({ contents }) => contents.length === 0)) return null
  const details = { actor: user.id, actorName: user.name, reason: wish.reason }
  const { revision } = await change(database, details, async (trx) => {
    const sourceId = await findOrCreateSource(trx, wish.citation, null)
    for (const { kind, epsg, contents } of sorted)
      await recordObjects(trx, kind, contents, { trueOn: wish.trueOn, sourceId, srid: epsg })
  })
  return revision
}
