import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test, vi } from 'vitest'
import { logTo } from '../../server/http/log.ts'
import { testApp } from '../support/app.ts'
import { type Citizen, cityService } from '../support/city-service.ts'
import { type Client, client, makeAccount, signIn, testPassword } from '../support/sign-in.ts'

const service = await cityService('http://ausbauatlas.test')
const { issuer, clientId, clientSecret } = service
const oidc = { issuer, clientId, clientSecret, name: 'Stadt-Anmeldung' }
const app = await testApp({ oidc })
const { database } = app.context

const me = async (caller: Client) => (await caller.get('/api/me')).json()
const start = (caller: Client) => caller.send('POST', '/api/sign-in/city', {})

/** Signs in as `person`; returns the caller and where the product sends them in the end. */
async function comeFromCity(person: Citizen): Promise<{ caller: Client; to: string; back: string }> {
  service.person = person
  const caller = client(app)
  const { url } = await (await start(caller)).json()
  const { pathname, search } = await service.pass(url)
  const answer = await caller.get(pathname + search)
  expect(answer.status).toBe(303)
  return { caller, to: answer.headers.get('Location') ?? '', back: pathname + search }
}

test('whoever the city vouches for is signed in, at first with read access, whatever the profile claims', async () => {
  const person = {
    sub: 'p1',
    name: 'Petra Stadt',
    email: 'petra@stadt.example',
    email_verified: true,
    role: 'admin',
    roles: ['admin'],
  }
  const { caller, to } = await comeFromCity(person)
  expect(to).toBe('/arbeitsplatz')
  const expected = {
    name: 'Petra Stadt',
    username: 'petra@stadt.example',
    roles: ['viewer'],
    signIn: 'city',
    secondFactor: false,
  }
  expect(await me(caller)).toMatchObject({ user: expected, citySignOn: { name: 'Stadt-Anmeldung' } })
  expect(await database('account_events').where({ subject_name: 'Petra Stadt' }).pluck('act')).toEqual(['city_account_created'])

  const admin = await signIn(app, 'admin')
  const { id } = (await me(caller)).user
  await admin.send('PUT', `/api/accounts/${id}/roles`, { roles: ['gigabitCoordinator'] })
  expect((await me((await comeFromCity(person)).caller)).user).toMatchObject({ id, roles: ['gigabitCoordinator'] })
})

test('no token of the service is kept, and none gets into the log', async () => {
  const lines: string[] = []
  logTo((text) => lines.push(text))
  const { back } = await comeFromCity({ sub: 'p2', name: 'Paul', email: 'paul@stadt.example' })
  await vi.waitFor(() => expect(lines.join('')).toContain('/api/auth/callback/city'))
  const query = new URLSearchParams(back.split('?')[1])
  for (const secret of [query.get('code'), query.get('state'), clientSecret, 'paul@stadt.example']) {
    expect(lines.join('')).not.toContain(secret)
  }
  const credentials = await database('credentials').where({ provider_id: 'city' })
  expect(credentials.length).toBeGreaterThan(0)
  for (const { access_token, refresh_token, id_token } of credentials)
    expect([access_token, refresh_token, id_token]).toEqual([null, null, null])
})

test('a mail address never opens an account that has a password', async () => {
  const { username } = await makeAccount(app, ['admin'])
  const { caller, to } = await comeFromCity({ sub: 'p3', name: 'Eve', email: username, email_verified: true })
  expect(to).toMatch(/\/arbeitsplatz\/anmelden\?error=account_not_linked/)
  expect((await me(caller)).user).toBeNull()
})

test('a deactivated account stays out', async () => {
  const person = { sub: 'p4', name: 'Dora', email: 'dora@stadt.example' }
  const { caller } = await comeFromCity(person)
  const admin = await signIn(app, 'admin')
  const { id } = (await me(caller)).user
  await admin.send('PUT', `/api/accounts/${id}/active`, { active: false })
  expect((await me(caller)).user).toBeNull()
  const again = await comeFromCity(person)
  expect(again.to).toMatch(/\/arbeitsplatz\/anmelden\?error=ACCOUNT_DEACTIVATED/)
  expect((await me(again.caller)).user).toBeNull()
})

test('the way back works once, and only in the browser it was begun in', async () => {
  const { caller, back } = await comeFromCity({ sub: 'p5', name: 'Otto', email: 'otto@stadt.example' })
  const replayed = await caller.get(back)
  expect(replayed.headers.get('Location')).toMatch(/anmelden\?error=/)

  service.person = { sub: 'p6', name: 'Olga', email: 'olga@stadt.example' }
  const begun = client(app)
  const { url } = await (await start(begun)).json()
  const { pathname, search } = await service.pass(url)
  const victim = client(app)
  expect((await victim.get(pathname + search)).headers.get('Location')).toMatch(/anmelden\?error=/)
  expect((await me(victim)).user).toBeNull()
  for (const forged of ['?code=x&state=y', '?error=access_denied', '']) {
    expect((await victim.get(pathname + forged)).headers.get('Location')).toMatch(/anmelden\?error=/)
  }
})

test('an account of the city has no password and no second factor here', async () => {
  const { caller } = await comeFromCity({ sub: 'p7', preferred_username: 'quirin' })
  const { user } = await me(caller)
  expect(user).toMatchObject({ name: 'quirin', username: 'quirin' })
  const newPassword = 'Elstern sammeln Knöpfe'
  expect((await caller.send('POST', '/api/account/password', { password: testPassword, newPassword })).status).toBe(409)
  const admin = await signIn(app, 'admin')
  expect((await admin.send('POST', `/api/accounts/${user.id}/reset`, {})).status).toBe(409)
  expect((await client(app).send('POST', '/api/sign-in', { username: 'quirin', password: testPassword })).status).toBe(401)
})

test('where a second factor is required, the one of the city counts', async () => {
  const strict = await testApp({ oidc, requireTotp: 'all' }, app)
  service.person = { sub: 'p8', name: 'Sara', email: 'sara@stadt.example' }
  const caller = client(strict)
  const { url } = await (await start(caller)).json()
  const { pathname, search } = await service.pass(url)
  await caller.get(pathname + search)
  expect(await me(caller)).toMatchObject({ user: { mustSetUpSecondFactor: false } })
  expect((await caller.get('/api/account/sessions')).status).toBe(200)
})

test('a service that is away delays nobody else, and is found again when it is back', async () => {
  await service.stop()
  const fresh = await testApp({ oidc }, app)
  const refused = await start(client(fresh))
  expect(refused.status).toBe(503)
  expect((await refused.json()).detail).toBe('Stadt-Anmeldung ist gerade nicht erreichbar. Bitte versuchen Sie es später erneut.')
  await signIn(fresh, 'viewer')
  await service.start()
  expect((await start(client(fresh))).status).toBe(200)
})

test('a service that does not answer, or is another one, is given up', async () => {
  const silent = createServer(() => undefined)
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as AddressInfo
  const waiting = await testApp({ oidc: { ...oidc, issuer: `http://127.0.0.1:${port}` } }, app)
  const begun = performance.now()
  const answer = start(client(waiting))
  await signIn(waiting, 'viewer')
  expect(performance.now() - begun).toBeLessThan(3_000)
  expect((await answer).status).toBe(503)
  silent.closeAllConnections()
  silent.close()

  const other = await testApp({ oidc: { ...oidc, issuer: issuer.replace('127.0.0.1', 'localhost') } }, app)
  expect((await start(client(other))).status).toBe(503)
})

test('without a service there is no way to it', async () => {
  const plain = await testApp({}, app)
  expect((await start(client(plain))).status).toBe(404)
  expect((await client(plain).get('/api/auth/callback/city?code=x&state=y')).status).toBe(404)
})
