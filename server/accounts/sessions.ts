import { isAPIError } from 'better-auth/api'
import { fromNodeHeaders } from 'better-auth/node'
import type { Request } from 'express'
import type { Knex } from 'knex'
import pg from 'pg'
import type { Config } from '../config.ts'
import { connectionConfig, type DatabaseAddress, openPool } from '../database/connect.ts'
import type { Sessions } from '../http/context.ts'
import { forbidden, unavailable } from '../http/problem.ts'
import { authenticationSecret } from '../http/secret.ts'
import { type Authentication, createAuthentication } from './authentication.ts'
import { type CitySignOn, citySignOn } from './city-sign-on.ts'
import { type SignedIn, useSession } from './queries.ts'
import { mustSetUpSecondFactor } from './rules.ts'

/** What the other capabilities need (`findUser`) and what the accounts themselves need. */
export interface Accounts extends Sessions {
  authentication: Authentication
  citySignOn: CitySignOn | null
  /** Who is signed in, also while a required second factor is still missing. */
  findSignedIn(request: Request): Promise<SignedIn | null>
  close(): Promise<void>
}

/** Where a required second factor is set up: open before there is one. */
const setUpPath = /^\/api\/account\/second-factor(\/confirm)?$/

export function createAccounts(parts: { config: Config; database: Knex; address: DatabaseAddress }): Accounts {
  const { config, database, address } = parts
  // better-auth reads timestamps as Date objects; the pools of the product read them as text.
  const pool = openPool({ ...connectionConfig(address), types: pg.types, max: 4 })
  const authenticationParts = { config, secret: authenticationSecret(config), pool, database }
  const authentication = createAuthentication(authenticationParts)
  const { oidc } = config

  const findSignedIn = async (request: Request): Promise<SignedIn | null> => {
    const sessionId = await findSession(authentication, request)
    return sessionId ? useSession(database, sessionId) : null
  }
  return {
    authentication,
    citySignOn: oidc ? citySignOn(oidc, () => createAuthentication(authenticationParts, oidc)) : null,
    findSignedIn,
    async findUser(request) {
      const signedIn = await findSignedIn(request)
      if (signedIn && mustSetUpSecondFactor(config.requireTotp, signedIn) && !setUpPath.test(request.path)) {
        throw forbidden('Bitte richten Sie zuerst die Anmeldung mit zweitem Faktor ein.')
      }
      return signedIn && { id: signedIn.id, name: signedIn.name, username: signedIn.username, roles: signedIn.roles }
    },
    close: () => pool.end(),
  }
}

async function findSession(authentication: Authentication, request: Request): Promise<string | null> {
  if (!request.headers.cookie) return null
  try {
    const found = await authentication.api.getSession({ headers: fromNodeHeaders(request.headers) })
    return found?.session.id ?? null
  } catch (error) {
    // better-auth says "failed to get session" when it could not ask the database; nothing else can fail there.
    if (isAPIError(error)) throw unavailable()
    throw error
  }
}
