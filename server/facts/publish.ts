import type { Knex } from 'knex'
import { dayOf, formatImpreciseDate } from '../contract/dates.ts'
import type { FactKindName } from '../contract/facts/index.ts'
import type { Warning } from '../contract/facts.ts'
import { type ChangeDetails, change, type RunningChange, tryChange } from '../database/change.ts'
import { findOrCreateSource } from '../database/sources.ts'
import type { SignedInUser } from '../http/context.ts'
import { conflict, forbidden, invalid, notFound, stale } from '../http/problem.ts'
import { type Assessment, assess, sentenceOf, toConflict } from './assess.ts'
import { kindNames, kindOf } from './content.ts'
import { type DraftRow, deleteDrafts, findDrafts, lockDrafts } from './drafts.ts'
import { findSectionViews, type SectionChange, sectionChanges } from './sections.ts'
import { loadWorld } from './world.ts'
import { insertStatement, repeatStatement } from './writing.ts'

/** Only who may record a kind may publish, undo or draft it. */
export function requireRoles(user: SignedInUser, kinds: readonly FactKindName[]): void {
  for (const kind of kinds) {
    const { roles, label } = kindOf(kind)
    if (!roles.some((role) => user.roles.includes(role))) {
      throw forbidden(`Ihr Konto darf Angaben dieser Art nicht ändern: ${label.de}.`)
    }
  }
}

interface Selection {
  drafts: DraftRow[]
  details: ChangeDetails
}

async function select(database: Knex, user: SignedInUser, ids: readonly number[]): Promise<Selection> {
  const wanted = [...new Set(ids)]
  const drafts = await findDrafts(database, wanted)
  if (drafts.length < wanted.length) throw notFound('Mindestens ein Entwurf', 'drafts')
  requireRoles(
    user,
    drafts.map(({ kind }) => kind),
  )
  return { drafts, details: { actor: user.id, actorName: user.name, reason: combinedReason(drafts) } }
}

/** A withdrawal keeps the sources of what it withdraws, so its own source goes into the reason. */
function combinedReason(drafts: readonly DraftRow[]): string {
  const reasons = drafts.map(({ reason, retracted, citation, trueOn }) =>
    retracted ? `${reason} (${citation}, Stand ${formatImpreciseDate(trueOn, 'de')})` : reason,
  )
  return [...new Set(reasons)].join('; ')
}

/** Publishes drafts, of whichever author, in one change; all or nothing. Returns the new revision. */
export async function publishDrafts(database: Knex, user: SignedInUser, ids: readonly number[]): Promise<number> {
  const { drafts, details } = await select(database, user, ids)
  const { revision } = await change(database, details, (trx, running) => apply(trx, running, user, drafts))
  return revision
}

export interface Preview {
  changed: SectionChange['views'][]
  sentences: string[]
  warnings: Warning[]
}

/** Publishes, looks and takes it back: the preview cannot differ from what publishing does. */
export async function previewDrafts(database: Knex, user: SignedInUser, ids: readonly number[]): Promise<Preview> {
  const { drafts, details } = await select(database, user, ids)
  return tryChange(database, details, async (trx, running) => {
    const before = await findSectionViews(trx, running.knownAt)
    const assessments = await apply(trx, running, user, drafts)
    const changes = sectionChanges(before, await findSectionViews(trx, running.knownAt))
    const warnings = assessments.flatMap(({ subject, warnings: own }) =>
      own.map((warning) => ({ ...warning, text: `${subject}: ${warning.text}` })),
    )
    return {
      changed: changes.map(({ views }) => views),
      sentences: assessments.map(sentenceOf),
      warnings: [...warnings, ...changes.flatMap(({ warning }) => warning ?? [])],
    }
  })
}

/** Inside the change: checks the drafts against what is published by now, writes their statements, removes them. */
async function apply(trx: Knex.Transaction, running: RunningChange, user: SignedInUser, seen: DraftRow[]): Promise<Assessment[]> {
  const drafts = await lockDrafts(
    trx,
    seen.map(({ id }) => id),
  )
  const isAsSeen = drafts.length === seen.length && drafts.every((draft, index) => draft.updatedAt === seen[index]?.updatedAt)
  if (!isAsSeen) throw conflict('Ein Entwurf wurde gerade geändert oder schon veröffentlicht. Bitte laden Sie die Entwürfe neu.')
  const today = dayOf(new Date(running.knownAt))
  const assessments = await assess(trx, drafts, { world: await loadWorld(trx), today })
  checkPublishable(assessments, user)
  await write(trx, assessments)
  await deleteDrafts(
    trx,
    drafts.map(({ id }) => id),
  )
  return assessments
}

function checkPublishable(assessments: readonly Assessment[], user: SignedInUser): void {
  const facts = new Set(assessments.map(({ draft }) => `${draft.kind} ${draft.factId}`))
  if (facts.size < assessments.length) {
    throw invalid([{ field: 'drafts', detail: 'Zwei der Entwürfe betreffen dieselbe Angabe. Bitte wählen Sie einen aus.' }])
  }
  const outdated = assessments.filter((assessment) => assessment.stale)
  if (outdated.length > 0) throw stale(outdated.map((assessment) => toConflict(assessment, user.id)))
  const refusals = assessments.flatMap(({ draft, subject, refusals: own }) =>
    own.map(({ field, detail }) => ({ field: `drafts.${draft.id}.${field}`, detail: `${subject}: ${detail}` })),
  )
  if (refusals.length > 0) throw invalid(refusals)
}

/** Withdrawals first, referring facts before those they refer to; then new statements the other way round. */
async function write(trx: Knex.Transaction, assessments: readonly Assessment[]): Promise<void> {
  const inOrder = assessments.toSorted((a, b) => kindNames.indexOf(a.draft.kind) - kindNames.indexOf(b.draft.kind))
  for (const { draft, known } of inOrder.toReversed()) {
    if (!draft.retracted) continue
    for (const { version } of known) await repeatStatement(trx, draft.kind, version, true)
  }
  for (const { draft } of inOrder) {
    if (draft.retracted) continue
    const sourceId = await findOrCreateSource(trx, draft.citation, draft.sourceUrl)
    await insertStatement(trx, draft.kind, { id: draft.factId, content: draft.content, trueOn: draft.trueOn, sourceId })
  }
}
