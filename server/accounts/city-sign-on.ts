import type { Config } from '../config.ts'
import { log } from '../http/log.ts'
import { Problem } from '../http/problem.ts'
import type { Authentication } from './authentication.ts'

/** The city's sign-in service (OpenID Connect). */
export interface CitySignOn {
  name: string
  /** better-auth with what the service says about itself; 503 while the service is away. */
  authentication(): Promise<Authentication>
}

const patienceMs = 5_000

/**
 * better-auth asks the service for its addresses while it is being made, without a time limit, and never again. So the instance that
 * knows the service is made when first needed, and anew until it succeeds: a service that is away delays nobody else.
 */
export function citySignOn(oidc: NonNullable<Config['oidc']>, create: () => Authentication): CitySignOn {
  let known: Promise<Authentication> | null = null
  return {
    name: oidc.name,
    async authentication() {
      known ??= discover(oidc.issuer, create)
      try {
        return await known
      } catch (error) {
        known = null
        log('warn', 'city sign-in service unavailable', { reason: (error as Error).message })
        throw new Problem(503, `${oidc.name} ist gerade nicht erreichbar. Bitte versuchen Sie es später erneut.`, {
          headers: { 'Retry-After': '30' },
        })
      }
    },
  }
}

async function discover(issuer: string, create: () => Authentication): Promise<Authentication> {
  const authentication = create()
  const { promise: tooLate, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs)
  try {
    const { socialProviders } = await Promise.race([authentication.$context, tooLate])
    const found = socialProviders[0]?.issuer
    // OpenID Connect Discovery 1.0, 4.3: the document must name the issuer it was fetched from.
    if (found?.replace(/\/$/, '') !== issuer.replace(/\/$/, ''))
      throw new Error(found ? `issuer is ${found}` : 'no discovery document')
    return authentication
  } finally {
    clearTimeout(timer)
  }
}
