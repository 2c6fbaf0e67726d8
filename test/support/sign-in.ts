import { randomInt, randomUUID } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import type { Knex } from 'knex'
import { insertAccount } from '../../server/accounts/queries.ts'
import type { Config } from '../../server/config.ts'
import type { Role } from '../../server/contract/endpoint.ts'

/** What these helpers need of a running server: where it listens, where it believes to be reached, and its database. */
export interface RunningApp {
  url: string
  context: { config: Pick<Config, 'publicBaseUrl'>; database: Knex }
}

/** A caller like a browser of the own page: keeps cookies, sends them and the Origin. */
export interface Client {
  get(path: string, headers?: Record<string, string>): Promise<Response>
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  cookies: Map<string, string>
}

export const testPassword = 'Krähen fliegen rückwärts'

/** A client that is not signed in, at an address of its own (the app must trust one proxy), so that rate limits do not add up. */
export function client({ url, context }: RunningApp): Client {
  const cookies = new Map<string, string>()
  const address = `198.51.${randomInt(256)}.${randomInt(256)}`
  const ask = async (method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Response> => {
    const response = await fetch(new URL(path, url), {
      method,
      redirect: 'manual',
      headers: {
        'X-Forwarded-For': address,
        ...(cookies.size > 0 && { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
        ...(method !== 'GET' && { Origin: context.config.publicBaseUrl }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    for (const cookie of response.headers.getSetCookie()) keep(cookies, cookie)
    return response
  }
  return {
    get: (path, headers = {}) => ask('GET', path, undefined, headers),
    send: (method, path, body, headers = {}) => ask(method, path, body, headers),
    cookies,
  }
}

function keep(cookies: Map<string, string>, header: string): void {
  const [pair = '', ...attributes] = header.split('; ')
  const name = pair.slice(0, pair.indexOf('='))
  if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) cookies.delete(name)
  else cookies.set(name, pair.slice(pair.indexOf('=') + 1))
}

let passwordHash: Promise<string> | undefined

/** A new account with the password `testPassword`. */
export async function makeAccount(
  app: RunningApp,
  roles: Role[],
  username = `u-${randomUUID().slice(0, 8)}`,
): Promise<{ id: string; username: string; name: string }> {
  passwordHash ??= hashPassword(testPassword)
  const account = { username, name: `Konto ${username}`, roles, passwordHash: await passwordHash }
  const id = await app.context.database.transaction((trx) => insertAccount(trx, account))
  return { id, ...account }
}

/** A new account with these roles, signed in through HTTP: a client that sends its session. */
export async function signIn(
  app: RunningApp,
  ...roles: Role[]
): Promise<Client & { id: string; username: string; name: string }> {
  const account = await makeAccount(app, roles)
  const signedIn = client(app)
  const response = await signedIn.send('POST', '/api/sign-in', { username: account.username, password: testPassword })
  if (response.status !== 200) throw new Error(`sign-in failed: ${response.status} ${await response.text()}`)
  return { ...signedIn, id: account.id, username: account.username, name: account.name }
}
