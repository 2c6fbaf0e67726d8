import { expect, test, vi } from 'vitest'
import { printFirstAdminLink } from '../../server/accounts/first-admin.ts'
import { createLink, useInvitation } from '../../server/accounts/invitations.ts'
import type { Account } from '../../server/contract/account-administration.ts'
import { testApp } from '../support/app.ts'
import { client, makeAccount, signIn, testPassword } from '../support/sign-in.ts'

const app = await testApp()
const { database, config } = app.context
const password = 'Elstern sammeln Knöpfe'

async function printed(): Promise<string> {
  const lines: string[] = []
  await printFirstAdminLink({ config, database, print: (text) => lines.push(text) })
  return lines.join('\n')
}

const tokenIn = (text: string) => /\/arbeitsplatz\/einladung#([\w-]{43})\s*$/m.exec(text)?.[1] ?? ''
const find = (token: string) => client(app).send('POST', '/api/invitations/find', { token })
const accept = (token: string, username: string, more: object = {}) =>
  client(app).send('POST', '/api/invitations/accept', { token, username, name: 'Erika Beispiel', password, ...more })

// The first test: it needs a database without accounts.
test('the first admin comes by a printed link that works once and is replaced by each start', async () => {
  const old = tokenIn(await printed())
  const text = await printed()
  const token = tokenIn(text)
  expect(text).toContain(`${config.publicBaseUrl}/arbeitsplatz/einladung#${token}`)
  expect((await find(old)).status).toBe(410)
  for (let times = 0; times < 3; times += 1) {
    expect(await (await find(token)).json()).toMatchObject({ kind: 'first_admin', name: null, username: null })
  }
  const stored = await database('invitations').select()
  expect(JSON.stringify(stored)).not.toContain(token)

  const attempts = await Promise.all([accept(token, 'erika'), accept(token, 'erika2'), accept(token, 'erika')])
  expect(attempts.map((response) => response.status).toSorted()).toEqual([200, 410, 410])
  expect((await find(token)).status).toBe(410)
  const username = (await attempts.find((response) => response.status === 200)?.json())?.username
  const admin = client(app)
  expect((await admin.send('POST', '/api/sign-in', { username, password })).status).toBe(200)
  expect(await (await admin.get('/api/me')).json()).toMatchObject({ user: { roles: ['admin'], name: 'Erika Beispiel' } })
  expect(await printed()).toBe('')
})

test('a link is void when it has expired or was changed by one letter', async () => {
  const admin = await signIn(app, 'admin')
  const { link } = await (await admin.send('POST', '/api/accounts/invitations', { name: 'Karl', roles: ['viewer'] })).json()
  const token = tokenIn(link)
  const changed = (token.startsWith('A') ? 'B' : 'A') + token.slice(1)
  expect((await find(changed)).status).toBe(410)
  expect((await accept(changed, 'karl')).status).toBe(410)
  expect((await client(app).send('POST', '/api/invitations/new-password', { token, password })).status).toBe(409)
  await database('invitations').update({ expires_at: database.raw("now() - interval '1 second'") })
  expect((await find(token)).status).toBe(410)
  expect((await accept(token, 'karl')).status).toBe(410)
  expect(await database('users').where({ username: 'karl' })).toEqual([])
})

test('an invited person chooses name and password; mistakes name their field and leave the link usable', async () => {
  const admin = await signIn(app, 'admin')
  const roles = ['gigabitCoordinator', 'viewer']
  const { link } = await (await admin.send('POST', '/api/accounts/invitations', { name: 'Ute Muster', roles })).json()
  const token = tokenIn(link)
  expect(await (await find(token)).json()).toMatchObject({ kind: 'account', name: 'Ute Muster' })
  const mistakes: [object, string][] = [
    [{ username: 'u' }, 'username'],
    [{ username: 'ute muster' }, 'username'],
    [{ username: admin.username }, 'username'],
    [{ name: '  ' }, 'name'],
    [{ password: 'zu kurz' }, 'password'],
    [{ password: 'Leverkusen2026' }, 'password'],
    [{ password: 'Ute.Muster.Ute' }, 'password'],
    [{ roles: ['admin'] }, 'roles'],
  ]
  for (const [mistake, field] of mistakes) {
    const response = await accept(token, 'ute.muster', { name: 'Ute Muster', ...mistake })
    expect(response.status).toBe(422)
    expect((await response.json()).errors.map((error: { field: string }) => error.field)).toEqual([field])
  }
  expect(await (await accept(token, 'Ute.Muster')).json()).toEqual({ username: 'ute.muster' })
  const ute = client(app)
  expect((await ute.send('POST', '/api/sign-in', { username: 'UTE.MUSTER', password })).status).toBe(200)
  expect(await (await ute.get('/api/me')).json()).toMatchObject({ user: { roles } })
})

test('an invitation can be withdrawn', async () => {
  const admin = await signIn(app, 'admin')
  const { link } = await (await admin.send('POST', '/api/accounts/invitations', { name: 'Rolf', roles: [] })).json()
  const { invitations } = await (await admin.get('/api/accounts')).json()
  const { id } = invitations.find((invitation: { name: string }) => invitation.name === 'Rolf')
  expect((await admin.send('DELETE', `/api/accounts/invitations/${id}`)).status).toBe(200)
  expect((await admin.send('DELETE', `/api/accounts/invitations/${id}`)).status).toBe(404)
  expect((await find(tokenIn(link))).status).toBe(410)
})

test('only admins administer accounts', async () => {
  const { id } = await makeAccount(app, ['viewer'])
  const requests: [string, string, object?][] = [
    ['GET', '/api/accounts'],
    ['GET', '/api/accounts/events'],
    ['POST', '/api/accounts/invitations', { name: 'X', roles: ['admin'] }],
    ['DELETE', '/api/accounts/invitations/1'],
    ['PUT', `/api/accounts/${id}/roles`, { roles: ['admin'] }],
    ['PUT', `/api/accounts/${id}/active`, { active: false }],
    ['POST', `/api/accounts/${id}/reset`, {}],
    ['DELETE', `/api/accounts/${id}/sessions`],
  ]
  const others = await signIn(app, 'viewer', 'departmentReviewer', 'mobileCoordinator', 'gigabitCoordinator')
  const nobody = client(app)
  for (const [method, path, body] of requests) {
    expect((await others.send(method, path, body)).status).toBe(403)
    expect((await nobody.send(method, path, body)).status).toBe(401)
  }
  expect(await database('users').where({ id }).first('roles', 'deactivated_at')).toEqual({
    roles: ['viewer'],
    deactivated_at: null,
  })
})

test('roles are in force with the next request and can be combined', async () => {
  const admin = await signIn(app, 'admin')
  const other = await signIn(app, 'viewer')
  const set = (roles: unknown) => admin.send('PUT', `/api/accounts/${other.id}/roles`, { roles })
  expect((await set(['admin', 'mobileCoordinator'])).status).toBe(200)
  expect((await other.get('/api/accounts')).status).toBe(200)
  expect((await set([])).status).toBe(200)
  expect((await other.get('/api/accounts')).status).toBe(403)
  expect((await set(['king'])).status).toBe(422)
  expect((await set(['viewer', 'viewer'])).status).toBe(422)
  expect((await admin.send('PUT', '/api/accounts/00000000-0000-4000-8000-000000000000/roles', { roles: [] })).status).toBe(404)
  expect((await admin.send('PUT', '/api/accounts/first/roles', { roles: [] })).status).toBe(400)
})

test('a deactivated account is out at once and stays out until it is activated again', async () => {
  const admin = await signIn(app, 'admin')
  const other = await signIn(app, 'viewer')
  const set = (active: boolean) => admin.send('PUT', `/api/accounts/${other.id}/active`, { active })
  const signInAgain = (word: string) => client(app).send('POST', '/api/sign-in', { username: other.username, password: word })
  expect((await set(false)).status).toBe(200)
  expect((await other.get('/api/account/sessions')).status).toBe(401)
  expect((await signInAgain(testPassword)).status).toBe(403)
  expect((await signInAgain('Krähen fliegen vorwärts')).status).toBe(401)
  const { accounts } = await (await admin.get('/api/accounts')).json()
  expect(accounts.find((account: Account) => account.id === other.id)).toMatchObject({ active: false, lastUsedAt: null })
  expect((await set(true)).status).toBe(200)
  expect((await signInAgain(testPassword)).status).toBe(200)
})

test('a reset voids password, second factor and sessions, and its link sets a new password once', async () => {
  const admin = await signIn(app, 'admin')
  const other = await signIn(app, 'viewer')
  await other.send('POST', '/api/account/second-factor', { password: testPassword })
  const reset = () => admin.send('POST', `/api/accounts/${other.id}/reset`, {})
  const first = tokenIn((await (await reset()).json()).link)
  const token = tokenIn((await (await reset()).json()).link)
  expect((await find(first)).status).toBe(410)
  expect((await other.get('/api/account/sessions')).status).toBe(401)
  expect(await database('two_factors').where({ user_id: other.id })).toEqual([])
  const old = await client(app).send('POST', '/api/sign-in', { username: other.username, password: testPassword })
  expect(old.status).toBe(401)

  expect(await (await find(token)).json()).toMatchObject({ kind: 'reset', username: other.username, name: other.name })
  expect((await accept(token, 'someone-else')).status).toBe(410)
  const renew = (word: string) => client(app).send('POST', '/api/invitations/new-password', { token, password: word })
  expect((await renew(`${other.username}-1234`)).status).toBe(422)
  const attempts = await Promise.all([renew(password), renew(password), renew(password)])
  expect(attempts.map((response) => response.status).toSorted()).toEqual([200, 410, 410])
  expect((await renew(password)).status).toBe(410)
  expect((await client(app).send('POST', '/api/sign-in', { username: other.username, password })).status).toBe(200)
  expect((await admin.send('POST', `/api/accounts/${admin.id}/reset`, {})).status).toBe(409)
})

test('of two who use a link at the same moment one finds it gone', async () => {
  const { id } = await makeAccount(app, ['viewer'])
  const token = tokenIn((await createLink(database, config, { kind: 'reset', userId: id, name: 'Rita' })).link)
  const [first, second] = [await database.transaction(), await database.transaction()]
  await useInvitation(first, token, ['reset'])
  const late = useInvitation(second, token, ['reset'])
  late.catch(() => undefined)
  await vi.waitFor(async () => expect(await database('pg_stat_activity').where('wait_event_type', 'Lock')).not.toEqual([]))
  await first.commit()
  await expect(late).rejects.toMatchObject({ status: 410 })
  await second.rollback()
})

test('an admin signs others out everywhere', async () => {
  const admin = await signIn(app, 'admin')
  const other = await signIn(app, 'viewer')
  expect((await admin.send('DELETE', `/api/accounts/${other.id}/sessions`)).status).toBe(200)
  expect((await other.get('/api/account/sessions')).status).toBe(401)
  expect((await admin.get('/api/account/sessions')).status).toBe(200)
})

test('the last admin cannot be lost, not even by two at once', async () => {
  const last = await signIn(app, 'admin')
  await database('users')
    .whereNot({ id: last.id })
    .update({ roles: ['viewer'] })
  const refused = await last.send('PUT', `/api/accounts/${last.id}/roles`, { roles: ['viewer'] })
  expect(refused.status).toBe(409)
  expect((await last.send('PUT', `/api/accounts/${last.id}/active`, { active: false })).status).toBe(409)
  expect((await last.get('/api/accounts')).status).toBe(200)

  const second = await signIn(app, 'admin')
  const both = await Promise.all([
    last.send('PUT', `/api/accounts/${second.id}/roles`, { roles: [] }),
    second.send('PUT', `/api/accounts/${last.id}/roles`, { roles: [] }),
  ])
  expect(both.map((response) => response.status)).toContain(200)
  expect(await database('users').whereRaw("'admin' = any (roles)")).toHaveLength(1)
})

test('every act is on record, with who, whom and when, and cannot be taken back', async () => {
  const admin = await signIn(app, 'admin')
  const other = await signIn(app, 'viewer')
  await admin.send('PUT', `/api/accounts/${other.id}/roles`, { roles: ['gigabitCoordinator'] })
  await admin.send('PUT', `/api/accounts/${other.id}/active`, { active: false })
  await admin.send('PUT', `/api/accounts/${other.id}/active`, { active: true })
  await admin.send('POST', `/api/accounts/${other.id}/reset`, {})
  await admin.send('DELETE', `/api/accounts/${other.id}/sessions`)
  const events = await (await admin.get('/api/accounts/events')).json()
  const about = events.filter((event: { subjectName: string }) => event.subjectName === other.name)
  expect(about.map((event: { act: string }) => event.act)).toEqual([
    'sessions_ended',
    'reset',
    'reactivated',
    'deactivated',
    'roles_set',
  ])
  expect(about.at(-1)).toMatchObject({
    actorName: admin.name,
    roles: ['gigabitCoordinator'],
    happenedAt: expect.stringMatching(/^20.*Z$/),
  })
  const older = await (await admin.get(`/api/accounts/events?before=${about[0].id}`)).json()
  expect(older[0].id).toBe(about[1].id)
  expect((await admin.get('/api/accounts/events?before=x')).status).toBe(400)
  await expect(database('account_events').delete()).rejects.toThrow('append-only')
  await expect(database('account_events').update({ actor_name: 'X' })).rejects.toThrow('append-only')
})
