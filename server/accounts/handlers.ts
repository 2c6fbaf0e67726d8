import type { RequestHandler, Router } from 'express'
import type { AppContext } from '../http/context.ts'
import { mountAccept } from './accept.ts'
import { mountAdministration } from './administration.ts'
import { mountOwnAccount } from './own-account.ts'
import type { Accounts } from './sessions.ts'
import { mountSignIn, signInLimit } from './sign-in.ts'

const personalPaths = [
  '/api/me',
  '/api/sign-in',
  '/api/sign-out',
  '/api/invitations',
  '/api/auth',
  '/api/account',
  '/api/accounts',
]

const neverStored: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store')
  next()
}

/** Sign-in, one-time links, the own account and the administration of accounts. Bodies are parsed before. */
export function mountAccounts(router: Router, context: AppContext & { sessions: Accounts }): void {
  router.use(personalPaths, neverStored)
  router.use(['/api/sign-in', '/api/invitations', '/api/auth'], signInLimit())
  mountSignIn(router, context, context.sessions)
  mountAccept(router, context)
  mountOwnAccount(router, context, context.sessions)
  mountAdministration(router, context)
}
