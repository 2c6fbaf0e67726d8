import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Router } from 'express'
import * as contract from '../contract/gisnb.ts'
import { demoNotice } from '../contract/text.ts'
import { databaseTime } from '../database/clock.ts'
import { hashOfFile } from '../formats/index.ts'
import type { Clocks } from '../http/clocks.ts'
import { resolveClocks } from '../http/clocks.ts'
import type { AppContext, SignedInUser } from '../http/context.ts'
import { answered, handle } from '../http/handle.ts'
import { notFound } from '../http/problem.ts'
import { findFeatures, type GisNbQuestion } from './features.ts'
import { mountGisNbImport } from './import-handlers.ts'
import { type PackageOrder, withPackage } from './package.ts'
import { findLastSubmission, findSubmissions, insertSubmission } from './submissions.ts'
import { compare, completeness, type FilledLayer, validate } from './validate.ts'
import { findVersion, type GisNbVersion, gisNbVersions, layersOf } from './versions.ts'

const listed = 500

interface Wish {
  programmeId: string
  version: string
  phase: contract.GisNbPhase
}

/** GIS-NB: completeness while the project runs, validation, package, submissions, import. Internal: exact routes are in it. */
export function mountGisNb(router: Router, context: AppContext): void {
  const { database } = context
  mountGisNbImport(router, context)

  handle(router, context, contract.listGisNbVersions, async () => ({
    versions: gisNbVersions.map(({ id, title, published, phases, uncertain }) => ({
      id,
      title,
      published,
      phases: [...phases],
      uncertain: [...uncertain],
    })),
  }))

  handle(router, context, contract.checkGisNb, async ({ query }) => {
    const { version, question } = await readWish(context, query, { ...resolveClocks(query), crs: 25832 })
    const layers = await fill(context, version, question)
    const findings = validate(layers, query.phase)
    const last = await findLastSubmission(database, query)
    const before = last && (await fill(context, version, { ...question, asOf: last.asOf, knownAt: last.knownAt }))
    const shares = layers.map((filled) => completeness(filled, query.phase))
    return {
      layers: layers.map((filled, index) => ({
        name: filled.layer.name,
        title: filled.layer.title,
        objects: filled.features.length,
        complete: share([shares[index] ?? { present: 0, required: 0 }]),
        errors: findings.filter(
          ({ layer, rule }) => layer === filled.layer.name && contract.gisNbRules[rule].severity === 'error',
        ).length,
        difference: before ? compare(before[index]?.features ?? [], filled.features) : null,
      })),
      complete: share(shares),
      rules: (Object.keys(contract.gisNbRules) as contract.GisNbRuleId[]).map((id) => ({
        id,
        found: findings.filter(({ rule }) => rule === id).length,
      })),
      findings: findings.slice(0, listed),
      lastSubmission: last ? { id: last.id, asOf: last.asOf, madeAt: last.madeAt } : null,
    }
  })

  handle(router, context, contract.downloadGisNb, async ({ query, response }) => {
    const order = await makeOrder(context, query, { ...resolveClocks(query), crs: query.crs, format: query.format })
    await withPackage(order, async (path) => {
      response.attachment(`gis-nb-${query.programmeId}-${query.version}-phase-${query.phase}-${order.question.asOf}.zip`)
      await pipeline(createReadStream(path), response.type('application/zip'))
    })
    return answered
  })

  handle(router, context, contract.listGisNbSubmissions, async () => ({ submissions: await findSubmissions(database) }))

  handle(router, context, contract.submitGisNb, ({ body, user }) => submit(context, body, user))
}

async function submit(
  context: AppContext,
  wish: Wish & { asOf: string; crs: number; format: 'shp' | 'gpkg' },
  user: SignedInUser,
): Promise<contract.GisNbSubmission> {
  const order = await makeOrder(context, wish, { ...resolveClocks({ asOf: wish.asOf }), crs: wish.crs, format: wish.format })
  const sha256 = await withPackage(order, hashOfFile)
  const errors = order.findings.filter(({ rule }) => contract.gisNbRules[rule].severity === 'error').length
  return insertSubmission(context.database, { ...wish, knownAt: order.question.knownAt, sha256, errors }, user)
}

function share(parts: readonly { present: number; required: number }[]): number | null {
  const required = parts.reduce((sum, part) => sum + part.required, 0)
  return required === 0 ? null : parts.reduce((sum, part) => sum + part.present, 0) / required
}

async function readWish({ database }: AppContext, wish: Wish, { asOf, knownAt, crs }: Clocks & { crs: number }) {
  const version = findVersion(wish.version, wish.phase)
  const programme = await database('programmes').where('id', wish.programmeId).first('id')
  if (!programme) throw notFound('Das Programm', 'programmeId')
  const question: GisNbQuestion = { programmeId: wish.programmeId, phase: wish.phase, crs, asOf, knownAt }
  return { version, question }
}

async function fill({ database }: AppContext, version: GisNbVersion, question: GisNbQuestion): Promise<FilledLayer[]> {
  const layers = layersOf(version, question.phase)
  return Promise.all(layers.map(async (layer) => ({ layer, features: await findFeatures(database, layer, question) })))
}

/** With the knowledge of this moment, unless an earlier one is asked for. */
async function makeOrder(
  context: AppContext,
  wish: Wish,
  { format, ...at }: Clocks & { crs: number; format: 'shp' | 'gpkg' },
): Promise<PackageOrder> {
  const knownAt = at.knownAt ?? (await databaseTime(context.database))
  const { version, question } = await readWish(context, wish, { ...at, knownAt })
  const layers = await fill(context, version, question)
  return {
    version,
    question: { ...question, knownAt },
    format,
    layers,
    findings: validate(layers, wish.phase),
    attribution: `Stadt ${context.config.cityName}`,
    licence: null,
    notice: context.revisions.isDemo() ? demoNotice : null,
  }
}
