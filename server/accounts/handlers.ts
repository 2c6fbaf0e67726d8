import type { Router } from 'express'
import type { AppContext } from '../http/context.ts'
import { mountAccept } from './accept.ts'
import { mountAdministration } from './administration.ts'
import { mountOwnAccount } from './own-account.ts'
import type { Accounts } from './sessions.ts'
import { mountSignIn, signInLimit } from './sign-in.ts'

/** Sign-in, one-time links, the own account and the administration of accounts. Bodies are parsed before. */
export function mountAccounts(router: Router, context: AppContext & { sessions: Accounts }): void {
  router.use(['/api/sign-in', '/api/invitations', '/api/auth'], signInLimit())
  mountSignIn(router, context, context.sessions)
  mountAccept(router, context)
  mountOwnAccount(router, context, context.sessions)
  mountAdministration(router, context)
}
