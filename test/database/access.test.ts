import { beforeAll, describe, expect, it } from 'vitest'
import { type Endpoint, Role } from '../../server/contract/endpoint.ts'
import { endpoints } from '../../server/contract/index.ts'
import { testApp } from '../support/app.ts'
import { type Client, client, signIn } from '../support/sign-in.ts'

const app = await testApp()
const roles = Role.options
const staffOnly = endpoints.filter((endpoint) => endpoint.access !== 'public')
const changing = endpoints.filter((endpoint) => endpoint.method !== 'get')

/** An address that matches the path; access is refused before parameters are looked at. */
function addressOf(endpoint: Endpoint): string {
  return endpoint.path.replace(/[:*]\w+/g, '1')
}

function ask(caller: Client, endpoint: Endpoint, headers: Record<string, string> = {}): Promise<Response> {
  const body = endpoint.method === 'get' || endpoint.method === 'delete' ? undefined : {}
  return endpoint.method === 'get'
    ? caller.get(addressOf(endpoint), headers)
    : caller.send(endpoint.method.toUpperCase(), addressOf(endpoint), body, headers)
}

function name(endpoint: Endpoint): string {
  return `${endpoint.method.toUpperCase()} ${endpoint.path}`
}

describe('access', () => {
  let callers: Map<Role, Client>
  beforeAll(async () => {
    callers = new Map(await Promise.all(roles.map(async (role) => [role, await signIn(app, role)] as const)))
  })

  it('is declared for every endpoint, and some of each kind exist', () => {
    expect(staffOnly.length).toBeGreaterThan(10)
    expect(endpoints.length - staffOnly.length).toBeGreaterThan(10)
    expect(new Set(endpoints.map(name)).size).toBe(endpoints.length)
  })

  it.each(staffOnly.map((endpoint) => [name(endpoint), endpoint] as const))(
    '%s refuses who is not signed in',
    async (_name, endpoint) => {
      const response = await ask(client(app), endpoint)
      expect(response.status).toBe(401)
      expect(response.headers.get('content-type')).toContain('application/problem+json')
    },
  )

  it.each(staffOnly.map((endpoint) => [name(endpoint), endpoint] as const))(
    '%s refuses every other role',
    async (_name, endpoint) => {
      for (const role of roles) {
        const caller = callers.get(role)
        if (!caller) throw new Error(`no caller for ${role}`)
        const allowed = endpoint.access === 'staff' || (Array.isArray(endpoint.access) && endpoint.access.includes(role))
        // What the role may do is tried in the tests of the capability: here it would sign the caller out or delete things.
        if (allowed) continue
        expect((await ask(caller, endpoint)).status, role).toBe(403)
      }
    },
  )

  it.each(changing.map((endpoint) => [name(endpoint), endpoint] as const))(
    '%s refuses a foreign or missing origin',
    async (_name, endpoint) => {
      const caller = callers.get('admin')
      if (!caller) throw new Error('no admin')
      expect((await ask(caller, endpoint, { Origin: 'https://example.org' })).status).toBe(403)
      const missing = await ask(caller, endpoint, { Origin: '' })
      expect(missing.status).toBe(403)
    },
  )
})
