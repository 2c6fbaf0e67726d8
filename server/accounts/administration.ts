import type { Router } from 'express'
import type { Knex } from 'knex'
import {
  endAccountSessions,
  invite,
  listAccountEvents,
  listAccounts,
  resetAccount,
  setActive,
  setRoles,
  withdrawInvitation,
} from '../contract/account-administration.ts'
import type { AppContext } from '../http/context.ts'
import { handle } from '../http/handle.ts'
import { conflict, notFound } from '../http/problem.ts'
import { createLink, listOpenInvitations, withdrawLinks } from './invitations.ts'
import {
  type AccountRow,
  countAdmins,
  endSessions,
  findAccount,
  listAllAccounts,
  listEvents,
  recordEvent,
  updateAccount,
  voidAccess,
} from './queries.ts'

/** What admins do with accounts. Every act is in account_events; none leaves the city without an admin. */
export function mountAdministration(router: Router, context: AppContext): void {
  const { database, config } = context

  handle(router, context, listAccounts, async () => ({
    accounts: await listAllAccounts(database),
    invitations: await listOpenInvitations(database),
  }))

  handle(router, context, listAccountEvents, ({ query }) => listEvents(database, query.before))

  handle(router, context, invite, ({ body, user }) =>
    database.transaction(async (trx) => {
      const link = await createLink(trx, config, { kind: 'account', name: body.name, roles: body.roles })
      await recordEvent(trx, { act: 'invited', actor: user, subject: { id: null, name: body.name }, roles: body.roles })
      return link
    }),
  )

  handle(router, context, withdrawInvitation, ({ params, user }) =>
    database.transaction(async (trx) => {
      const [name] = await withdrawLinks(trx, { id: params.id })
      if (!name) throw notFound('Die Einladung')
      await recordEvent(trx, { act: 'invitation_withdrawn', actor: user, subject: { id: null, name } })
      return null
    }),
  )

  handle(router, context, setRoles, ({ params, body, user }) =>
    administer(database, params.id, async (trx, account) => {
      await updateAccount(trx, account.id, { roles: body.roles })
      await recordEvent(trx, { act: 'roles_set', actor: user, subject: account, roles: body.roles })
      return null
    }),
  )

  handle(router, context, setActive, ({ params, body, user }) =>
    administer(database, params.id, async (trx, account) => {
      await updateAccount(trx, account.id, { deactivated_at: body.active ? null : trx.fn.now() })
      if (!body.active) await endSessions(trx, { userId: account.id })
      await recordEvent(trx, { act: body.active ? 'reactivated' : 'deactivated', actor: user, subject: account })
      return null
    }),
  )

  handle(router, context, resetAccount, ({ params, user }) =>
    administer(database, params.id, async (trx, account) => {
      if (account.username === null) throw conflict('Dieses Konto meldet sich über die Stadt an: Dort wird der Zugang verwaltet.')
      if (account.id === user.id) throw conflict('Das eigene Kennwort ändern Sie unter „Mein Konto“.')
      await voidAccess(trx, account.id)
      await withdrawLinks(trx, { user_id: account.id })
      const link = await createLink(trx, config, { kind: 'reset', userId: account.id, name: account.name })
      await recordEvent(trx, { act: 'reset', actor: user, subject: account })
      return link
    }),
  )

  handle(router, context, endAccountSessions, ({ params, user }) =>
    administer(database, params.id, async (trx, account) => {
      await endSessions(trx, { userId: account.id })
      await recordEvent(trx, { act: 'sessions_ended', actor: user, subject: account })
      return null
    }),
  )
}

/** Admins take turns; an act after which nobody could administer accounts any more is undone and refused. */
async function administer<Result>(
  database: Knex,
  accountId: string,
  act: (trx: Knex.Transaction, account: AccountRow) => Promise<Result>,
): Promise<Result> {
  return database.transaction(async (trx) => {
    await trx.raw('lock table users in share row exclusive mode')
    const account = await findAccount(trx, accountId)
    if (!account) throw notFound('Das Konto')
    const result = await act(trx, account)
    if ((await countAdmins(trx)) === 0) throw conflict('Mindestens ein aktives Konto muss die Rolle Administration behalten.')
    return result
  })
}
