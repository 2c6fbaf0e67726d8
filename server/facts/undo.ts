import type { Knex } from 'knex'
import type { FactKindName } from '../contract/facts/index.ts'
import { change } from '../database/change.ts'
import type { SignedInUser } from '../http/context.ts'
import { conflict, notFound } from '../http/problem.ts'
import { type Content, referencesOf } from './content.ts'
import { type ChangeRow, findChange, findWritten, type WrittenStatement } from './history.ts'
import { requireRoles } from './publish.ts'
import { subjectOf } from './words.ts'
import { hasFact, loadWorld, referrersTo, type World } from './world.ts'
import { repeatStatement } from './writing.ts'

/** Why a change cannot be undone, in German; null: it can. */
export function obstacleToUndo(row: ChangeRow, written: readonly WrittenStatement[]): string | null {
  if (row.origin !== 'workbench')
    return 'Diese Änderung gehört zu den mitgelieferten Angaben und kann nicht zurückgenommen werden.'
  if (row.undoneBy !== null) return 'Diese Änderung ist schon zurückgenommen.'
  if (!row.isFresh) return 'Eine Änderung kann nur zehn Minuten lang zurückgenommen werden. Bitte erfassen Sie eine Berichtigung.'
  if (written.some(({ movedOn }) => movedOn)) return 'Die Angaben wurden inzwischen weiter geändert.'
  return null
}

/**
 * Undoes a change by a new one: each statement gives way to the one it had closed, or is withdrawn where there was none.
 * Returns the new revision.
 */
export async function undo(database: Knex, user: SignedInUser, id: number): Promise<number> {
  const undone = await findChange(database, id)
  if (!undone) throw notFound('Die Änderung')
  const details = { actor: user.id, actorName: user.name, reason: `Rücknahme von: ${undone.reason}`, undoes: id }
  const { revision } = await change(database, details, async (trx) => {
    const written = await findWritten(trx, [id])
    const obstacle = obstacleToUndo(undone, written)
    if (obstacle) throw conflict(obstacle)
    requireRoles(
      user,
      written.map(({ kind }) => kind),
    )
    for (const { kind, version, closed } of written) {
      if (closed) await repeatStatement(trx, kind, closed.version, closed.retracted)
      else await repeatStatement(trx, kind, version, true)
    }
    await refuseDangling(trx, written)
  })
  return revision
}

/** Others may by now refer to what the change had created, or what it had withdrawn may refer to something withdrawn since. */
async function refuseDangling(trx: Knex.Transaction, written: readonly WrittenStatement[]): Promise<void> {
  const world = await loadWorld(trx)
  for (const { kind, id } of written) {
    if (kind === 'page') continue
    const content: Content | undefined = world.facts[kind].get(id)
    const dangling = content === undefined ? referrersTo(world, kind, id) : missingReferences(kind, content, world)
    const names = dangling.length > 0 ? await loadWorld(trx, 'everKnown') : world
    const [fact] = dangling
    if (fact) throw conflict(`Das lässt ${subjectOf(fact.kind, fact.content, names)} ohne Zusammenhang zurück.`)
  }
}

function missingReferences(kind: FactKindName, content: Content, world: World): { kind: FactKindName; content: Content }[] {
  const isComplete = referencesOf(kind, content).every(({ refersTo, ids }) => ids.every((id) => hasFact(world, refersTo, id)))
  return isComplete ? [] : [{ kind, content }]
}
