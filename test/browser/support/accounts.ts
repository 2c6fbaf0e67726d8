import { type APIRequestContext, type BrowserContext, expect, request } from '@playwright/test'
import { invite } from '../../../server/contract/account-administration.ts'
import { acceptInvitation, signIn as signInEndpoint } from '../../../server/contract/accounts.ts'
import type { Role } from '../../../server/contract/endpoint.ts'
import type { RunningServer } from './server.ts'

/** Accounts of the tests: made through the product's own doors, the first one by the printed link. */
export interface Accounts {
  /** Cookies of a signed-in account with exactly these roles; one account per set of roles and `name`. */
  signedIn: (roles: readonly Role[], name: string) => Promise<Awaited<ReturnType<BrowserContext['storageState']>>>
}

export const password = 'Rheinbruecke-1965-Leverkusen'

/** Name shown for an account, e.g. in the history. */
export function nameOf(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} Beispiel`
}

export function accountsOf(server: RunningServer): Accounts {
  const states = new Map<string, ReturnType<Accounts['signedIn']>>()
  let admin: Promise<APIRequestContext> | undefined

  const open = (storageState?: Awaited<ReturnType<BrowserContext['storageState']>>) =>
    request.newContext({
      baseURL: server.baseUrl,
      extraHTTPHeaders: { Origin: server.baseUrl },
      ...(storageState && { storageState }),
    })

  const post = async (client: APIRequestContext, path: string, data: unknown) => {
    const answer = await client.post(path, { data })
    expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true)
    return (await answer.json()) as unknown
  }

  const accept = async (link: string, username: string, name: string) => {
    const client = await open()
    await post(client, acceptInvitation.path, { token: new URL(link).hash.slice(1), username, name, password })
    await post(client, signInEndpoint.path, { username, password })
    return client
  }

  const make = async (roles: readonly Role[], name: string) => {
    admin ??= accept(server.firstAdminLink, 'erste.administration', 'Erste Administration')
    const { link } = (await post(await admin, invite.path, { name: nameOf(name), roles })) as { link: string }
    const client = await accept(link, `test.${name}`.toLowerCase(), nameOf(name))
    const state = await client.storageState()
    await client.dispose()
    return state
  }

  return {
    signedIn: (roles, name) => {
      const key = [...roles, name].join()
      const state = states.get(key) ?? make(roles, name)
      states.set(key, state)
      return state
    },
  }
}
