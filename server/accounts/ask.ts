import { isAPIError } from 'better-auth/api'
import { fromNodeHeaders } from 'better-auth/node'
import type { Request, Response } from 'express'
import { conflict, forbidden, invalid, Problem, unauthenticated } from '../http/problem.ts'
import { tooManyAttempts } from './sign-in-delay.ts'

const startOver = 'Die Anmeldung hat zu lange gedauert oder ist zu oft misslungen. Bitte beginnen Sie von vorn.'
const wrongCode = 'Der Code ist falsch oder abgelaufen.'

/** What better-auth refuses, in the words of the product. What is missing here is a mistake of the product (500). */
const refusals: Record<string, () => Problem> = {
  INVALID_USERNAME_OR_PASSWORD: () => new Problem(401, 'Benutzername oder Kennwort ist falsch.'),
  ACCOUNT_DEACTIVATED: () => forbidden('Dieses Konto ist deaktiviert. Bitte wenden Sie sich an die Administration.'),
  INVALID_PASSWORD: () => invalid([{ field: 'password', detail: 'Das Kennwort ist falsch.' }]),
  CREDENTIAL_ACCOUNT_NOT_FOUND: () => conflict('Ihr Konto hat hier kein Kennwort: Sie melden sich über die Stadt an.'),
  INVALID_CODE: () => invalid([{ field: 'code', detail: wrongCode }]),
  INVALID_BACKUP_CODE: () => invalid([{ field: 'code', detail: wrongCode }]),
  INVALID_TWO_FACTOR_COOKIE: () => new Problem(401, startOver),
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: () => new Problem(401, startOver),
  ACCOUNT_TEMPORARILY_LOCKED: () => tooManyAttempts(15 * 60_000),
  TOTP_ALREADY_ENABLED: () => conflict('Der zweite Faktor ist schon eingerichtet.'),
  TOTP_NOT_ENABLED: () => conflict('Der zweite Faktor ist nicht eingerichtet.'),
  TWO_FACTOR_NOT_ENABLED: () => conflict('Der zweite Faktor ist nicht eingerichtet.'),
  UNAUTHORIZED: unauthenticated,
}

/**
 * Asks better-auth in the name of the caller: `question` is one of its functions with `headers` and `returnHeaders` to pass on.
 * Cookies go to the caller, unless `check` throws; a refusal becomes a Problem.
 */
export async function ask<Answer>(
  request: Request,
  response: Response,
  question: (options: { headers: Headers; returnHeaders: true }) => Promise<{ headers: Headers; response: Answer }>,
  check: (answer: Answer) => Promise<void> = async () => undefined,
): Promise<Answer> {
  try {
    const { headers, response: answer } = await question({ headers: fromNodeHeaders(request.headers), returnHeaders: true })
    await check(answer)
    for (const cookie of headers?.getSetCookie() ?? []) response.append('Set-Cookie', cookie)
    return answer
  } catch (error) {
    const refusal = isAPIError(error) ? refusals[String(error.body?.code)] : undefined
    throw refusal ? refusal() : error
  }
}
