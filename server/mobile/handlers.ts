import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Router } from 'express'
import * as contract from '../contract/mobile.ts'
import { findAttachments, keepAttachment, readAttachment } from '../database/attachments.ts'
import { type Clocks, resolveClocks } from '../http/clocks.ts'
import type { AppContext } from '../http/context.ts'
import { answered, handle } from '../http/handle.ts'
import { readJudgedFile } from '../http/judged-file.ts'
import { notFound, Problem } from '../http/problem.ts'
import { kindOf } from './content.ts'
import * as queries from './queries.ts'
import { describeChange } from './words.ts'
import { changeRecord, create, preview, withdraw } from './writing.ts'

/** Site requests, candidates and municipal sites. Internal: what is public of them are layers. */
export function mountMobile(router: Router, context: AppContext): void {
  mountReading(router, context)
  mountWriting(router, context)
  mountFiles(router, context)
}

function mountReading(router: Router, context: AppContext): void {
  const { database, revisions } = context
  const resolved = (clocks: Clocks) => ({ ...clocks, revision: revisions.current() })

  handle(router, context, contract.listSiteRequests, async ({ query }) => {
    const clocks = resolveClocks(query)
    return { ...resolved(clocks), requests: await queries.findRequests(database, clocks) }
  })

  handle(router, context, contract.getSiteRequest, async ({ params: { id }, query }) => {
    const clocks = resolveClocks(query)
    const summary = await queries.findRequest(database, id, clocks)
    if (!summary) throw notFound('Die Standortanfrage', 'id')
    const candidateList = await queries.findCandidates(database, id, clocks)
    const files = [summary.content, ...candidateList.map(({ content }) => content)].flatMap(({ attachmentIds }) => attachmentIds)
    const attachments = await findAttachments(database, files)
    const neighbours = await queries.findNeighbours(database, { id }, clocks)
    return { ...resolved(clocks), request: { ...summary, candidateList, attachments, neighbours } }
  })

  handle(router, context, contract.listMunicipalSites, async ({ query }) => {
    const clocks = resolveClocks(query)
    return { ...resolved(clocks), sites: await queries.findMunicipalSites(database, clocks) }
  })

  handle(router, context, contract.describeSite, async ({ query }) => {
    const clocks = resolveClocks({})
    const place = await queries.findPlace(database, query, clocks)
    return { ...place, neighbours: await queries.findNeighbours(database, query, clocks) }
  })

  handle(router, context, contract.getRecordHistory, async ({ params: { kind, id } }) => {
    const statements = await queries.findStatements(database, kind, id)
    if (statements.length === 0) throw notFound(`${kindOf(kind).label.de} „${id}“`, 'id')
    const entries = statements.map(({ content, retracted, ...entry }, index) => {
      const before = statements.slice(index + 1).find((earlier) => !earlier.retracted)
      const sentence = retracted ? 'Zurückgenommen.' : describeChange(kind, before?.content ?? null, content)
      return { ...entry, sentence }
    })
    return { entries }
  })
}

function mountWriting(router: Router, context: AppContext): void {
  const { database, revisions } = context

  handle(router, context, contract.previewRecord, ({ params: { kind }, body }) => preview(database, kind, body))

  handle(router, context, contract.createRecord, async ({ params: { kind }, body, user }) => {
    const written = await create(database, user, kind, body)
    revisions.announce(written.revision)
    return written
  })

  handle(router, context, contract.changeRecord, async ({ params: { kind, id }, body, user }) => {
    const written = await changeRecord(database, user, kind, { id, ...body })
    revisions.announce(written.revision)
    return written
  })

  handle(router, context, contract.withdrawRecord, async ({ params: { kind, id }, body, user }) => {
    const written = await withdraw(database, user, kind, { id, ...body })
    revisions.announce(written.revision)
    return written
  })
}

function mountFiles(router: Router, context: AppContext): void {
  const { database } = context

  handle(router, context, contract.addAttachment, async ({ query: { name }, request, user }) => {
    if (!request.is('application/octet-stream'))
      throw new Problem(415, 'Bitte senden Sie die Datei selbst (application/octet-stream).')
    const file = await readJudgedFile(request, name)
    const id = await database.transaction((trx) => keepAttachment(trx, { name, ...file }, user))
    const [attachment] = await findAttachments(database, [id])
    if (!attachment) throw notFound('Die Datei')
    return attachment
  })

  handle(router, context, contract.getAttachment, async ({ params: { id }, response }) => {
    const [file] = await findAttachments(database, [id])
    if (!file) throw notFound('Die Datei', 'id')
    response.attachment(file.name).type('application/octet-stream').set('Content-Length', String(file.bytes))
    await pipeline(Readable.from(readAttachment(database, id)), response)
    return answered
  })
}
