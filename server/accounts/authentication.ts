import { randomInt } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { genericOAuth, twoFactor, username } from 'better-auth/plugins'
import type { Knex } from 'knex'
import type pg from 'pg'
import type { Config } from '../config.ts'
import { log } from '../http/log.ts'
import { recordEvent } from './queries.ts'
import { longestSessionMinutes } from './rules.ts'

export interface AuthenticationParts {
  config: Config
  secret: string
  /** Whose timestamps are Date objects, as better-auth wants them. */
  pool: pg.Pool
  database: Knex
}

export const cityProvider = 'city'

/**
 * better-auth: passwords, sessions, second factor and (`oidc`) the city's sign-in service. It is called by our own endpoints, never
 * reached over HTTP itself, but for the way back from the sign-in service. Everything that it would decide by the environment is said.
 */
export function createAuthentication({ config, secret, pool, database }: AuthenticationParts, oidc?: Config['oidc']) {
  const isSecure = config.publicBaseUrl.startsWith('https:')
  return betterAuth({
    appName: `Ausbauatlas ${config.cityName}`,
    baseURL: config.publicBaseUrl,
    secret,
    database: pool,
    trustedOrigins: [config.publicBaseUrl],
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { level: 'error', disableColors: true, log: (_level, message, ...details) => logTrouble(message, details) },
    onAPIError: { errorURL: `${config.publicBaseUrl}/arbeitsplatz/anmelden` },
    advanced: {
      cookiePrefix: 'ausbauatlas',
      useSecureCookies: isSecure,
      // Not "strict": the way back from the sign-in service begins at another site.
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: isSecure },
      disableCSRFCheck: false,
      disableOriginCheck: false,
      database: { generateId: 'uuid' },
    },
    emailAndPassword: { enabled: false, minPasswordLength: 1, maxPasswordLength: 128 },
    user: {
      modelName: 'users',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    session: {
      modelName: 'sessions',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        createdAt: 'created_at',
        updatedAt: 'last_used_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
      },
      expiresIn: longestSessionMinutes * 60,
      disableSessionRefresh: true,
    },
    account: {
      modelName: 'credentials',
      fields: {
        userId: 'user_id',
        providerId: 'provider_id',
        accountId: 'subject',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      updateAccountOnSignIn: false,
      // A mail address named by the sign-in service must never open an account that has a password.
      accountLinking: { enabled: false },
    },
    verification: {
      modelName: 'verifications',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    plugins: [
      // Any name is looked up in the same way, so that answers and times do not tell which exist.
      username({ displayUsername: false, minUsernameLength: 1, maxUsernameLength: 100, usernameValidator: () => true }),
      twoFactor({
        backupCodeOptions: { customBackupCodesGenerate: emergencyCodes },
        schema: {
          user: { fields: { twoFactorEnabled: 'second_factor' } },
          twoFactor: {
            modelName: 'two_factors',
            fields: {
              userId: 'user_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
      genericOAuth({ config: oidc ? [cityService(oidc)] : [] }),
    ],
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            await refuseDeactivated(database, session.userId)
            return { data: { ...session, ipAddress: null } }
          },
        },
      },
      account: {
        create: { before: async (account) => ({ data: { ...account, accessToken: null, refreshToken: null, idToken: null } }) },
      },
      user: {
        create: {
          after: async ({ id, name }) => {
            const person = { id, name }
            await recordEvent(database, { act: 'city_account_created', actor: person, subject: person })
          },
        },
      },
    },
  })
}

export type Authentication = ReturnType<typeof createAuthentication>

/** Ten codes of 49 bits, without letters that are mistaken for others when read from paper. */
function emergencyCodes(): string[] {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const part = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')
  return Array.from({ length: 10 }, () => `${part()}-${part()}`)
}

/** Nothing in the profile but subject, name and mail address is used; roles are given by an admin. */
function cityService({ issuer, clientId, clientSecret, name }: NonNullable<Config['oidc']>) {
  return {
    providerId: cityProvider,
    name,
    discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    scopes: ['openid', 'profile', 'email'],
    pkce: true,
    requireIdTokenVerification: true,
    mapProfileToUser: (profile: Record<string, unknown>) => {
      const [email, username, fullName] = [profile.email, profile.preferred_username, profile.name].map(asText)
      const address = email ?? username ?? `${asText(profile.sub)}@${cityProvider}`
      return { email: address, name: (fullName ?? username ?? address).slice(0, 100), image: undefined }
    },
  }
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() ? value.trim() : undefined
}

async function refuseDeactivated(database: Knex, userId: string): Promise<void> {
  const user = await database('users').where({ id: userId }).whereNull('deactivated_at').first('id')
  if (!user) throw new APIError('FORBIDDEN', { code: 'ACCOUNT_DEACTIVATED', message: 'Das Konto ist deaktiviert.' })
}

/** Mostly a sign-in service that answers wrongly, or a visitor who tampers with the way back from it; never with what was sent. */
function logTrouble(message: string, details: unknown[]): void {
  const causes = details.map((detail) => (detail instanceof Error ? detail.message : undefined)).filter(Boolean)
  log('warn', 'sign-in trouble', { message, causes })
}
