import express, { type Router } from 'express'
import { today } from '../contract/dates.ts'
import {
  discardDraft,
  importGeoJson,
  listChanges,
  listDrafts,
  listFacts,
  listStatements,
  previewPublication,
  publish,
  saveDraft,
  undoChange,
} from '../contract/facts.ts'
import { resolveClocks } from '../http/clocks.ts'
import type { AppContext } from '../http/context.ts'
import { handle } from '../http/handle.ts'
import { forbidden, invalid, notFound, unauthenticated } from '../http/problem.ts'
import { assess, toDraft } from './assess.ts'
import { type DraftInput, type DraftRow, deleteDrafts, findDrafts, findDraftsOf, upsertDraft } from './drafts.ts'
import { describeWritten, findChanges, findWritten } from './history.ts'
import { importFeatures } from './import.ts'
import { previewDrafts, publishDrafts, requireRoles } from './publish.ts'
import { findFacts, findStatements } from './queries.ts'
import { obstacleToUndo, undo } from './undo.ts'
import { loadWorld } from './world.ts'

/** Recording facts: statements, drafts, publication, undo and history, for every kind of fact alike. */
export function mountFacts(router: Router, context: AppContext): void {
  const { database, revisions } = context

  handle(router, context, listFacts, async ({ params, query }) => ({
    facts: await findFacts(database, params.kind, resolveClocks(query)),
  }))

  handle(router, context, listStatements, async ({ params }) => {
    const statements = await findStatements(database, params.kind, params.id)
    if (statements.length === 0) throw notFound('Die Angabe')
    return { statements }
  })

  handle(router, context, publish, async ({ body, user }) => {
    const revision = await publishDrafts(database, user, body.drafts)
    revisions.announce(revision)
    return { revision }
  })

  handle(router, context, previewPublication, ({ body, user }) => previewDrafts(database, user, body.drafts))

  handle(router, context, undoChange, async ({ params, user }) => {
    const revision = await undo(database, user, params.id)
    revisions.announce(revision)
    return { revision }
  })

  handle(router, context, listChanges, async ({ query }) => {
    const changes = await findChanges(database, query.before, query.limit ?? 50)
    const ids = changes.map(({ id }) => id)
    const writtenBy = await findWritten(database, ids)
    const names = await loadWorld(database, 'everKnown')
    return {
      changes: changes.map(({ isFresh, ...change }) => {
        const written = writtenBy(change.id)
        const undoable = obstacleToUndo({ ...change, isFresh }, written) === null
        return { ...change, undoable, sentences: describeWritten(written, names) }
      }),
    }
  })

  mountDrafts(router, context)
}

function mountDrafts(router: Router, context: AppContext): void {
  const { database } = context

  handle(router, context, listDrafts, async ({ user }) => {
    const world = await loadWorld(database)
    const byAuthor = Map.groupBy(await findDrafts(database), ({ author }) => author)
    const groups: DraftRow[][] = [...byAuthor.values()]
    const assessments = await Promise.all(groups.map((drafts) => assess(database, drafts, { world, today: today() })))
    return { drafts: assessments.flat().map((assessment) => toDraft(assessment, user.id)) }
  })

  handle(router, context, saveDraft, async ({ params, body, user }) => {
    requireRoles(user, [params.kind])
    const { source, ...rest } = body
    const input: DraftInput = { ...rest, kind: params.kind, factId: params.id, citation: source.citation, sourceUrl: source.url }
    const candidate: DraftRow = { ...input, id: 0, author: user.id, authorName: user.name, updatedAt: '' }
    const others = (await findDraftsOf(database, user.id)).filter(
      ({ kind, factId }) => kind !== params.kind || factId !== params.id,
    )
    const world = await loadWorld(database)
    const [assessment] = await assess(database, [candidate], { world, today: today(), alongside: others })
    if (!assessment) throw new Error('a draft was not assessed')
    if (assessment.refusals.length > 0) throw invalid(assessment.refusals)
    const draft = await upsertDraft(database, user, input)
    return toDraft({ ...assessment, draft }, user.id)
  })

  handle(router, context, discardDraft, async ({ params, user }) => {
    const [draft] = await findDrafts(database, [params.id])
    if (!draft) throw notFound('Der Entwurf')
    if (draft.author !== user.id && !user.roles.includes('admin')) throw forbidden('Das ist der Entwurf einer anderen Person.')
    await deleteDrafts(database, [draft.id])
    return { id: draft.id }
  })
}

/**
 * Imports of files. Mounted before the common limit on bodies: only here may they be large, and only after it is clear who sends them.
 */
export function mountImports(router: Router, context: AppContext): void {
  const { database, sessions } = context
  router.use(importGeoJson.path, async (request, _response, next) => {
    const user = await sessions.findUser(request)
    if (!user) throw unauthenticated()
    if (!user.roles.includes('admin')) throw forbidden()
    next()
  })
  router.use(importGeoJson.path, express.json({ limit: '20mb' }))
  handle(router, context, importGeoJson, async ({ body, user }) => ({ features: await importFeatures(database, user, body) }))
}
