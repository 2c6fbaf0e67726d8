import type { Knex } from 'knex'
import type { FactKind } from '../contract/facts/fact.ts'
import type { FactKindName } from '../contract/facts/index.ts'
import { mobileKinds } from '../contract/mobile/index.ts'
import { objectKinds } from '../contract/objects/index.ts'
import { change } from '../database/change.ts'
import { withdrawRelease } from '../database/release.ts'
import type { SignedInUser } from '../http/context.ts'
import { conflict, forbidden, notFound } from '../http/problem.ts'
import { type Content, referencesOf } from './content.ts'
import {
  type ChangeRow,
  findChange,
  findWritten,
  type Written,
  type WrittenObjects,
  type WrittenRelease,
  type WrittenStatement,
} from './history.ts'
import { requireRoles } from './publish.ts'
import { subjectOf } from './words.ts'
import { hasFact, loadWorld, referrersTo, type World } from './world.ts'
import { repeatStatement } from './writing.ts'

/** Why a change cannot be undone, in German; null: it can. */
export function obstacleToUndo(row: ChangeRow, { statements, objects, releases, coverage }: Written): string | null {
  if (row.origin !== 'workbench')
    return 'Diese Änderung gehört zu den mitgelieferten Angaben und kann nicht zurückgenommen werden.'
  if (row.undoneBy !== null) return 'Diese Änderung ist schon zurückgenommen.'
  if (!row.isFresh) return 'Eine Änderung kann nur zehn Minuten lang zurückgenommen werden. Bitte erfassen Sie eine Berichtigung.'
  if (coverage.length > 0) return 'Das nehmen Sie auf den Seiten „Netzabdeckung“ und „Funklöcher“ zurück, auch später noch.'
  if (statements.length + objects.length === 0 && !releases.some(isPublic))
    return 'Hieran gibt es nichts rückgängig zu machen. Zurückgenommene Zahlen veröffentlichen Sie auf der Seite „Zahlen“ neu.'
  if ([...statements, ...objects].some(({ movedOn }) => movedOn)) return 'Die Angaben wurden inzwischen weiter geändert.'
  return null
}

const isPublic = ({ isWithdrawal, isWithdrawn }: WrittenRelease) => !isWithdrawal && !isWithdrawn

/**
 * Undoes a change by a new one: each statement gives way to the one it had closed, or is withdrawn where there was none;
 * counts released by it are taken back. Returns the new revision.
 */
export async function undo(database: Knex, user: SignedInUser, id: number): Promise<number> {
  const undone = await findChange(database, id)
  if (!undone) throw notFound('Die Änderung')
  const details = { actor: user.id, actorName: user.name, reason: `Rücknahme von: ${undone.reason}`, undoes: id }
  const { revision } = await change(database, details, async (trx, running) => {
    const written = (await findWritten(trx, [id]))(id)
    const { statements, objects, releases } = written
    const obstacle = obstacleToUndo(undone, written)
    if (obstacle) throw conflict(obstacle)
    requireObjectRoles(user, objects)
    requireReleaseRole(user, releases)
    requireRoles(
      user,
      statements.map(({ kind }) => kind),
    )
    for (const { kind, version, closed } of statements) {
      if (closed) await repeatStatement(trx, kind, closed.version, closed.retracted)
      else await repeatStatement(trx, kind, version, true)
    }
    if (objects.length > 0) await trx.raw('select undo_objects(?)', [id])
    if (releases.some(isPublic)) await withdrawRelease(trx, running.id, id)
    await refuseDangling(trx, statements)
  })
  return revision
}

/** Only who may record objects of a kind may undo what was recorded of them. */
function requireObjectRoles(user: SignedInUser, objects: readonly WrittenObjects[]): void {
  for (const { kind } of objects) {
    const { roles, label }: Pick<FactKind, 'roles' | 'label'> = { ...objectKinds, ...mobileKinds }[kind]
    if (!roles.some((role) => user.roles.includes(role)))
      throw forbidden(`Ihr Konto darf Angaben dieser Art nicht ändern: ${label.de}.`)
  }
}

function requireReleaseRole(user: SignedInUser, releases: readonly WrittenRelease[]): void {
  if (releases.length > 0 && !user.roles.includes('gigabitCoordinator'))
    throw forbidden('Ihr Konto darf Veröffentlichungen von Zahlen nicht zurücknehmen.')
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
