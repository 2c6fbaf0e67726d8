import { hashPassword } from 'better-auth/crypto'
import type { Router } from 'express'
import { acceptInvitation, findInvitation, setNewPassword } from '../contract/accounts.ts'
import type { AppContext } from '../http/context.ts'
import { handle } from '../http/handle.ts'
import { invalid, Problem } from '../http/problem.ts'
import { findOpenInvitation, useInvitation } from './invitations.ts'
import { insertAccount, recordEvent, replacePassword } from './queries.ts'
import { passwordWeakness } from './rules.ts'

/** One-time links, as seen by the person who was given one. */
export function mountAccept(router: Router, context: AppContext): void {
  const { database } = context

  handle(router, context, findInvitation, async ({ body }) => {
    const { kind, name, username, expiresAt } = await findOpenInvitation(database, body.token)
    return { kind, name, username, expiresAt }
  })

  handle(router, context, acceptInvitation, async ({ body: { token, username, name, password } }) => {
    // First the link: without one nothing is to be learnt here, and no work to be caused.
    await findOpenInvitation(database, token)
    refuseWeak(password, { username, name })
    const passwordHash = await hashPassword(password)
    await database.transaction(async (trx) => {
      // Two links for a first admin may be used at once, but only one account comes of it.
      await trx.raw('lock table users in share row exclusive mode')
      const { kind, roles } = await useInvitation(trx, token, ['first_admin', 'account'])
      const id = await insertAccount(trx, { username, name, roles, passwordHash }).catch(refuseTaken)
      const act = kind === 'first_admin' ? 'first_admin_created' : 'account_created'
      await recordEvent(trx, { act, actor: { id, name }, subject: { id, name }, roles })
    })
    return { username }
  })

  handle(router, context, setNewPassword, async ({ body: { token, password } }) => {
    const { username, name } = await findOpenInvitation(database, token)
    if (!username || !name) throw new Problem(409, 'Dieser Link ist nicht für ein bestehendes Konto.')
    refuseWeak(password, { username, name })
    const passwordHash = await hashPassword(password)
    await database.transaction(async (trx) => {
      const { userId } = await useInvitation(trx, token, ['reset'])
      await replacePassword(trx, String(userId), passwordHash)
      const person = { id: userId, name }
      await recordEvent(trx, { act: 'password_set', actor: person, subject: person })
    })
    return { username }
  })
}

function refuseWeak(password: string, person: { username: string; name: string }): void {
  const weakness = passwordWeakness(password, person)
  if (weakness) throw invalid([{ field: 'password', detail: weakness }])
}

function refuseTaken(error: unknown): never {
  if ((error as { code?: string }).code !== '23505') throw error
  throw invalid([{ field: 'username', detail: 'Dieser Benutzername ist schon vergeben.' }])
}
