import type { Knex } from 'knex'
import { change } from '../database/change.ts'
import type { SignedInUser } from '../http/context.ts'
import { conflict, notFound } from '../http/problem.ts'
import { type ChangeRow, findChange, findWritten, type WrittenStatement } from './history.ts'
import { requireRoles } from './publish.ts'
import { subjectOf } from './words.ts'
import { loadWorld, referrersTo } from './world.ts'
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
    requireRoles(
      user,
      written.map(({ kind }) => kind),
    )
    const obstacle = obstacleToUndo(undone, written)
    if (obstacle) throw conflict(obstacle)
    for (const { kind, version, closed } of written) {
      if (closed) await repeatStatement(trx, kind, closed.version, closed.retracted)
      else await repeatStatement(trx, kind, version, true)
    }
    await refuseDangling(trx, written)
  })
  return revision
}

/** Others may by now refer to what the change had created; then it must stay. */
async function refuseDangling(trx: Knex.Transaction, written: readonly WrittenStatement[]): Promise<void> {
  const world = await loadWorld(trx)
  for (const { kind, id } of written) {
    if (kind === 'page' || world.facts[kind].has(id)) continue
    const [referrer] = referrersTo(world, kind, id)
    if (referrer) throw conflict(`Inzwischen bezieht sich darauf: ${subjectOf(referrer.kind, referrer.content, world)}.`)
  }
}
