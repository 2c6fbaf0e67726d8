import { fromNodeHeaders } from 'better-auth/node'
import type { Router } from 'express'
import { rateLimit } from 'express-rate-limit'
import type { Knex } from 'knex'
import { confirmSignIn, getMe, signIn, signOut, startCitySignOn } from '../contract/accounts.ts'
import type { AppContext } from '../http/context.ts'
import { handle } from '../http/handle.ts'
import { notFound, Problem } from '../http/problem.ts'
import { ask } from './ask.ts'
import { cityProvider } from './authentication.ts'
import { forgetExpired, noteCode } from './queries.ts'
import { mustSetUpSecondFactor } from './rules.ts'
import type { Accounts } from './sessions.ts'
import { tooManyAttempts, withSignInDelay } from './sign-in-delay.ts'

const signInPage = '/arbeitsplatz/anmelden'

/** Signing in and out, and the way back from the city's sign-in service. */
export function mountSignIn(router: Router, context: AppContext, accounts: Accounts): void {
  const { database, config } = context
  const { api } = accounts.authentication

  handle(router, context, getMe, async ({ request }) => {
    const signedIn = await accounts.findSignedIn(request)
    const { citySignOn } = accounts
    return {
      user: signedIn && {
        id: signedIn.id,
        name: signedIn.name,
        username: signedIn.username,
        roles: signedIn.roles,
        signIn: signedIn.signIn,
        secondFactor: signedIn.secondFactor,
        mustSetUpSecondFactor: mustSetUpSecondFactor(config.requireTotp, signedIn),
      },
      citySignOn: citySignOn && { name: citySignOn.name },
    }
  })

  handle(router, context, signIn, async ({ body, request, response }) => {
    const answer = await withSignInDelay(database, body.username, () =>
      ask(request, response, (options) => api.signInUsername({ ...options, body: { ...body, username: body.username.trim() } })),
    )
    await forgetExpired(database)
    return { secondFactor: answer !== null && 'twoFactorRedirect' in answer }
  })

  handle(router, context, confirmSignIn, async ({ body, request, response }) => {
    const code = body.code.replaceAll(/\s/g, '').toLowerCase()
    if (/^\d{6}$/.test(code)) {
      await ask(
        request,
        response,
        (options) => api.verifyTOTP({ ...options, body: { code } }),
        (answer) => refuseUsedCode(database, answer, code),
      )
    } else {
      await ask(request, response, (options) => api.verifyBackupCode({ ...options, body: { code } }))
    }
    return null
  })

  handle(router, context, signOut, async ({ request, response }) => {
    await ask(request, response, (options) => api.signOut(options))
    return null
  })

  mountCitySignOn(router, context, accounts)
}

/** The session better-auth has made by now goes again; its cookie never leaves. */
async function refuseUsedCode(
  database: Knex,
  { token, user }: { token: string; user: { id: string } },
  code: string,
): Promise<void> {
  if (await noteCode(database, user.id, code)) return
  await database('sessions').where({ token }).delete()
  throw new Problem(401, 'Dieser Code wurde schon benutzt. Bitte melden Sie sich mit dem nächsten an.')
}

function mountCitySignOn(router: Router, context: AppContext, { citySignOn }: Accounts): void {
  handle(router, context, startCitySignOn, async ({ request, response }) => {
    if (!citySignOn) throw notFound('Ein Anmeldedienst der Stadt')
    const { api } = await citySignOn.authentication()
    const body = { provider: cityProvider, callbackURL: '/arbeitsplatz', errorCallbackURL: signInPage, disableRedirect: true }
    const { url } = await ask(request, response, (options) => api.signInSocial({ ...options, body }))
    return { url: String(url) }
  })

  if (!citySignOn) return
  router.get(`/api/auth/callback/${cityProvider}`, async (request, response) => {
    const { handler } = await citySignOn.authentication()
    // Not from the Host header: the address under which people reach the product is configured.
    const address = new URL(request.originalUrl, context.config.publicBaseUrl)
    const answer = await handler(new Request(address, { headers: fromNodeHeaders(request.headers) }))
    for (const cookie of answer.headers.getSetCookie()) response.append('Set-Cookie', cookie)
    response.redirect(303, answer.headers.get('Location') ?? `${signInPage}?error=unknown`)
  })
}

/** Per address and minute, in front of everything that takes a password, a code or a token. */
export function signInLimit() {
  return rateLimit({
    windowMs: 60_000,
    limit: 30,
    standardHeaders: false,
    legacyHeaders: false,
    validate: { xForwardedForHeader: false },
    handler: (_request, _response, next) => next(tooManyAttempts(60_000)),
  })
}
