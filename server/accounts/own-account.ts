import type { Request, Router } from 'express'
import {
  changePassword,
  confirmSecondFactor,
  endOtherSessions,
  endSession,
  listSessions,
  removeSecondFactor,
  renewEmergencyCodes,
  startSecondFactor,
} from '../contract/accounts.ts'
import type { AppContext } from '../http/context.ts'
import { handle } from '../http/handle.ts'
import { invalid, notFound, unauthenticated } from '../http/problem.ts'
import { ask } from './ask.ts'
import { endSessions, listOwnSessions, recordEvent, type SignedIn } from './queries.ts'
import { passwordWeakness } from './rules.ts'
import type { Accounts } from './sessions.ts'
import { withSignInDelay } from './sign-in-delay.ts'

/** What everybody does with the own account: password, second factor, sessions. */
export function mountOwnAccount(router: Router, context: AppContext, accounts: Accounts): void {
  const { database } = context
  const { api } = accounts.authentication

  handle(router, context, changePassword, async ({ body, user, request, response }) => {
    const { password: currentPassword, newPassword } = body
    const weakness = passwordWeakness(newPassword, user)
    if (weakness) throw invalid([{ field: 'newPassword', detail: weakness }])
    await withSignInDelay(database, user.username, () =>
      ask(request, response, (options) =>
        api.changePassword({ ...options, body: { currentPassword, newPassword, revokeOtherSessions: true } }),
      ),
    )
    await recordEvent(database, { act: 'password_changed', actor: user, subject: user })
    return null
  })

  mountSecondFactor(router, context, accounts)

  handle(router, context, listSessions, async ({ request }) => {
    const { id, sessionId } = await signedIn(accounts, request)
    return listOwnSessions(database, id, sessionId)
  })

  handle(router, context, endSession, async ({ params, user }) => {
    const ended = await endSessions(database, { userId: user.id, only: params.id })
    if (ended === 0) throw notFound('Die Anmeldung')
    return null
  })

  handle(router, context, endOtherSessions, async ({ request }) => {
    const { id, sessionId } = await signedIn(accounts, request)
    await endSessions(database, { userId: id, except: sessionId })
    return null
  })
}

function mountSecondFactor(router: Router, context: AppContext, accounts: Accounts): void {
  const { database } = context
  const { api } = accounts.authentication

  handle(router, context, startSecondFactor, async ({ body, user, request, response }) => {
    const answer = await withSignInDelay(database, user.username, () =>
      ask(request, response, (options) => api.enableTwoFactor({ ...options, body: { ...body, method: 'totp' } })),
    )
    if (answer.method !== 'totp') throw new Error('better-auth offers no authenticator app')
    const secret = new URL(answer.totpURI).searchParams.get('secret') ?? ''
    // Authenticator apps show a plus sign as it is.
    return { uri: answer.totpURI.replaceAll('+', '%20'), secret, emergencyCodes: answer.backupCodes }
  })

  handle(router, context, confirmSecondFactor, async ({ body, user, request, response }) => {
    const code = body.code.replaceAll(/\s/g, '')
    await withSignInDelay(database, user.username, () =>
      ask(request, response, (options) => api.verifyTOTP({ ...options, body: { code } })),
    )
    await recordEvent(database, { act: 'second_factor_added', actor: user, subject: user })
    return null
  })

  handle(router, context, removeSecondFactor, async ({ body, user, request, response }) => {
    await withSignInDelay(database, user.username, () =>
      ask(request, response, (options) => api.disableTwoFactor({ ...options, body })),
    )
    await recordEvent(database, { act: 'second_factor_removed', actor: user, subject: user })
    return null
  })

  handle(router, context, renewEmergencyCodes, async ({ body, user, request, response }) => {
    const { backupCodes } = await withSignInDelay(database, user.username, () =>
      ask(request, response, (options) => api.generateBackupCodes({ ...options, body })),
    )
    return { emergencyCodes: backupCodes }
  })
}

/** The session may have ended since access was checked. */
async function signedIn(accounts: Accounts, request: Request): Promise<SignedIn> {
  const found = await accounts.findSignedIn(request)
  if (!found) throw unauthenticated()
  return found
}
