import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Router } from 'express'
import type { Knex } from 'knex'
import { today } from '../contract/dates.ts'
import * as contract from '../contract/proofs.ts'
import { type Clocks, resolveClocks } from '../http/clocks.ts'
import type { AppContext } from '../http/context.ts'
import { answered, handle } from '../http/handle.ts'
import { readJudgedFile } from '../http/judged-file.ts'
import { badParameter, conflict, invalid, notFound, Problem } from '../http/problem.ts'
import { readParts, writeParts } from './proofs-files.ts'
import { hashOf, type PackageWish, withPackage } from './proofs-package.ts'
import * as queries from './proofs-queries.ts'
import { checksOf, deadlinesOf } from './proofs-rules.ts'

/** Proofs to the funding bodies: the folder of a programme, its evidence, deadlines and packages. */
export function mountProofs(router: Router, context: AppContext): void {
  mountFolder(router, context)
  mountEvidence(router, context)
  mountDeadlines(router, context)
}

/** Everything a proof is made of. Problem 404: no such programme at that time. */
async function readFolder(database: Knex, clocks: Clocks, programmeId: string): Promise<contract.ProofFolder> {
  const facts = await queries.findFolderFacts(database, clocks, programmeId)
  if (!facts) throw notFound('Das Programm', 'programmeId')
  const { revision, ...content } = facts
  const at = { ...clocks, knownAt: facts.frozenAt }
  const evidence = await queries.findEvidence(database, at, programmeId)
  const rules = await queries.findDeadlineRules(database, at, programmeId)
  const submissions = await queries.findSubmissions(database, at, programmeId)
  const actual = (part: string) => facts.milestones.find((one) => one.actual !== null && one.id.includes(part))?.actual ?? null
  const completion = actual(`:${contract.completionSlug}`)
  const deadlines = deadlinesOf({ rules, submissions, completion, grant: actual(':grant-notice'), asOf: clocks.asOf })
  const folder = { ...content, clocks: { ...clocks, revision }, evidence, rules, submissions, deadlines }
  return { ...folder, checks: checksOf(folder) }
}

function mountFolder(router: Router, context: AppContext): void {
  const { database, revisions, config } = context

  handle(router, context, contract.getProofFolder, ({ params, query }) =>
    readFolder(database, resolveClocks(query), params.programmeId),
  )

  const wishFor = async (programmeId: string, clocks: Clocks, proof: contract.Proof, year?: number): Promise<PackageWish> => ({
    ...{ proof, year, cityName: config.cityName, isDemo: revisions.isDemo() },
    folder: await readFolder(database, clocks, programmeId),
  })

  handle(router, context, contract.getProofPackage, async ({ params, query: { proof, year, ...query }, response }) => {
    if ((proof === 'interim') !== (year !== undefined))
      throw badParameter('year', 'Ein Zwischennachweis braucht ein Haushaltsjahr (year), der Verwendungsnachweis keines.')
    const wish = await wishFor(params.programmeId, resolveClocks(query), proof, year)
    const name = `${contract.proofs.labels[proof].de}${year ? `-${year}` : ''}_${params.programmeId}_${wish.folder.clocks.asOf}.zip`
    await withPackage(database, wish, async (path) => {
      response.attachment(name).type('application/zip')
      await pipeline(createReadStream(path), response)
    })
    return answered
  })

  handle(router, context, contract.addSubmission, async ({ params: { programmeId }, body, user }) => {
    if (body.submittedOn > today())
      throw invalid([{ field: 'submittedOn', detail: 'Der Tag der Einreichung liegt in der Zukunft.' }])
    const clocks = resolveClocks(body.package ?? {})
    const wish = await wishFor(programmeId, clocks, body.proof, body.budgetYear ?? undefined)
    const { asOf } = wish.folder.clocks
    const kept = body.package && { asOf, knownAt: wish.folder.frozenAt, sha256: await withPackage(database, wish, hashOf) }
    return queries.insertSubmission(database, { ...body, programmeId, package: kept }, user)
  })
}

const there = '23505'

function mountEvidence(router: Router, context: AppContext): void {
  const { database } = context

  handle(router, context, contract.addEvidence, async ({ params: { programmeId }, query, request, user }) => {
    if (!request.is('application/octet-stream'))
      throw new Problem(415, 'Bitte senden Sie die Datei selbst (application/octet-stream).')
    const clocks = resolveClocks({})
    if (!(await queries.findFolderFacts(database, clocks, programmeId))) throw notFound('Das Programm', 'programmeId')
    const { content, sha256, mediaType } = await readJudgedFile(request, query.name)
    const row = { programme_id: programmeId, ...query, media_type: mediaType, bytes: content.length, sha256 }
    const id = await database.transaction(async (trx) => {
      const inserted = await trx('evidence_files')
        .insert({ ...row, uploaded_by: user.id, uploaded_name: user.name })
        .returning<{ id: number }[]>('id')
        .catch((error: { code?: string }) => {
          throw error.code === there ? conflict('Diese Datei liegt schon in der Mappe.') : error
        })
      const fileId = (inserted[0] as { id: number }).id
      await writeParts(trx, fileId, content)
      return fileId
    })
    return (await queries.findEvidenceFile(database, id)) as contract.Evidence
  })

  handle(router, context, contract.getEvidenceFile, async ({ params, response }) => {
    const file = await queries.findEvidenceFile(database, params.id)
    if (!file) throw notFound('Die Datei')
    // Never shown in the browser: what people upload is theirs, not ours.
    response.attachment(file.name).type('application/octet-stream').set('Content-Length', String(file.bytes))
    await pipeline(readParts(database, file.id), response)
    return answered
  })

  handle(router, context, contract.withdrawEvidence, async ({ params: { id }, body, user }) => {
    if (!(await queries.findEvidenceFile(database, id))) throw notFound('Die Datei')
    const written = await queries.writeWithdrawal(database, 'evidence_files', id, { name: user.name, reason: body.reason })
    if (!written) throw conflict('Die Datei ist schon zurückgezogen.')
    return (await queries.findEvidenceFile(database, id)) as contract.Evidence
  })
}

function mountDeadlines(router: Router, context: AppContext): void {
  const { database } = context

  handle(router, context, contract.addDeadline, async ({ params: { programmeId }, body, user }) => {
    if (!(await queries.findFolderFacts(database, resolveClocks({}), programmeId))) throw notFound('Das Programm', 'programmeId')
    const [row] = await database('proof_deadlines')
      .insert({
        ...{ programme_id: programmeId, proof: body.proof, months: body.months, legal_note: body.legalNote },
        ...{ valid_from: body.validFrom, valid_until: body.validUntil, recorded_by: user.id, recorded_name: user.name },
      })
      .returning<{ id: number }[]>('id')
    return (await queries.findDeadlineRule(database, (row as { id: number }).id)) as contract.DeadlineRule
  })

  handle(router, context, contract.withdrawDeadline, async ({ params: { id }, body, user }) => {
    const rule = await queries.findDeadlineRule(database, id)
    if (!rule) throw notFound('Die Frist')
    if (!(await queries.writeWithdrawal(database, 'proof_deadlines', id, { name: user.name, reason: body.reason })))
      throw conflict('Die Frist ist schon zurückgezogen.')
    return rule
  })
}
