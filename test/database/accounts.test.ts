import { Client } from 'pg'
import { expect, inject, test, vi } from 'vitest'
import { logTo } from '../../server/http/log.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { client, makeAccount, signIn, testPassword } from '../support/sign-in.ts'

const app = await testApp()
const { database } = app.context
const wrong = 'Krähen fliegen vorwärts'

test('whoever has an account signs in, is known from then on, and signs out', async () => {
  const viewer = await signIn(app, 'viewer', 'gigabitCoordinator')
  const me = await (await viewer.get('/api/me')).json()
  expect(me).toEqual({
    user: {
      id: viewer.id,
      name: viewer.name,
      username: viewer.username,
      roles: ['viewer', 'gigabitCoordinator'],
      signIn: 'password',
      secondFactor: false,
      mustSetUpSecondFactor: false,
    },
    citySignOn: null,
  })
  const cookies = new Map(viewer.cookies)
  expect((await viewer.send('POST', '/api/sign-out', {})).status).toBe(200)
  expect(viewer.cookies.size).toBe(0)
  for (const [name, value] of cookies) viewer.cookies.set(name, value)
  expect(await (await viewer.get('/api/me')).json()).toMatchObject({ user: null })
})

test('the session is in a cookie no script can read, and nowhere else', async () => {
  const { username } = await makeAccount(app, ['viewer'])
  const response = await client(app).send('POST', '/api/sign-in', {
    username: ` ${username.toUpperCase()} `,
    password: testPassword,
  })
  expect(await response.json()).toEqual({ secondFactor: false })
  expect(response.headers.get('Cache-Control')).toBe('no-store')
  const [cookie = '', ...others] = response.headers.getSetCookie()
  expect(others).toEqual([])
  expect(cookie).toMatch(/^ausbauatlas\.session_token=.*; Max-Age=36000; Path=\/; HttpOnly; SameSite=Lax$/i)
})

test('under https the cookie is sent over https only', async () => {
  const secure = await testApp({ publicBaseUrl: 'https://ausbau.example' }, app)
  const { username } = await makeAccount(app, ['viewer'])
  const answer = await client(secure).send(
    'POST',
    '/api/sign-in',
    { username, password: testPassword },
    { Origin: 'https://ausbau.example' },
  )
  expect(answer.headers.getSetCookie()[0]).toMatch(/^__Secure-ausbauatlas\.session_token=.*; Secure/)
})

test('a wrong password, an unknown name and an account without usable password get the same answer', async () => {
  const { username } = await makeAccount(app, ['viewer'])
  const answers = [username, 'niemand', 'x', 'Ümläut und Leerzeichen'].map(async (name) => {
    const response = await client(app).send('POST', '/api/sign-in', { username: name, password: wrong })
    return { status: response.status, problem: await response.json(), cookies: response.headers.getSetCookie() }
  })
  const [first, ...others] = await Promise.all(answers)
  expect(first).toMatchObject({ status: 401, problem: { detail: 'Benutzername oder Kennwort ist falsch.' }, cookies: [] })
  for (const other of others) expect(other).toEqual(first)
})

test('empty input is refused at its field', async () => {
  const response = await client(app).send('POST', '/api/sign-in', { username: '', password: '' })
  expect(response.status).toBe(422)
  const { errors } = await response.json()
  expect(errors.map((error: { field: string }) => error.field)).toEqual(['username', 'password'])
})

test('after five wrong passwords a name has to wait, even with the right one and whether or not it exists', async () => {
  const { username } = await makeAccount(app, ['viewer'])
  for (const name of [username, 'gibt-es-nicht']) {
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      expect((await client(app).send('POST', '/api/sign-in', { username: name, password: wrong })).status).toBe(401)
    }
    const refused = await client(app).send('POST', '/api/sign-in', { username: name.toUpperCase(), password: testPassword })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(20)
  }
  await database('sign_in_attempts').update({ blocked_until: database.fn.now() })
  expect((await client(app).send('POST', '/api/sign-in', { username, password: wrong })).status).toBe(401)
  const again = await client(app).send('POST', '/api/sign-in', { username, password: testPassword })
  expect(Number(again.headers.get('Retry-After'))).toBeGreaterThan(50)
  await database('sign_in_attempts').update({ blocked_until: database.fn.now() })
  expect((await client(app).send('POST', '/api/sign-in', { username, password: testPassword })).status).toBe(200)
  expect((await client(app).send('POST', '/api/sign-in', { username, password: wrong })).status).toBe(401)
})

test('attempts at the same time cannot outrun the delay', async () => {
  const { username } = await makeAccount(app, ['viewer'])
  const attempts = Array.from({ length: 20 }, () => client(app).send('POST', '/api/sign-in', { username, password: wrong }))
  const statuses = (await Promise.all(attempts)).map((response) => response.status)
  expect(statuses.filter((status) => status === 401)).toHaveLength(5)
  expect(statuses.filter((status) => status === 429)).toHaveLength(15)
})

test('one address may try only so often, whatever the names', async () => {
  const guesser = client(app)
  const statuses = []
  for (let attempt = 0; attempt <= 30; attempt += 1) {
    statuses.push((await guesser.send('POST', '/api/invitations/find', { token: `guess-${attempt}` })).status)
  }
  expect(statuses.slice(0, 30)).toEqual(Array(30).fill(410))
  const refused = await guesser.send('POST', '/api/sign-in', { username: 'anna', password: wrong })
  expect(refused.status).toBe(429)
  expect(refused.headers.get('Retry-After')).toBe('60')
  const { username } = await makeAccount(app, ['viewer'])
  expect((await client(app).send('POST', '/api/sign-in', { username, password: testPassword })).status).toBe(200)
})

test('requests of other pages and of none are refused', async () => {
  const viewer = await signIn(app, 'viewer')
  const { username } = viewer
  for (const Origin of ['https://evil.example', 'null', '', `${app.context.config.publicBaseUrl}.evil.example`]) {
    const login = await client(app).send('POST', '/api/sign-in', { username, password: testPassword }, { Origin })
    expect(login.status).toBe(403)
    expect(login.headers.getSetCookie()).toEqual([])
    expect((await viewer.send('DELETE', '/api/account/sessions', undefined, { Origin })).status).toBe(403)
    expect((await viewer.send('POST', '/api/sign-out', {}, { Origin })).status).toBe(403)
  }
  expect((await viewer.get('/api/account/sessions')).status).toBe(200)
})

test('of better-auth itself nothing is reachable', async () => {
  const admin = await signIn(app, 'admin')
  const paths = [
    'sign-up/email',
    'sign-in/username',
    'sign-in/email',
    'get-session',
    'list-sessions',
    'update-user',
    'delete-user',
    'ok',
    'error',
  ]
  for (const path of [...paths, 'callback/city', 'is-username-available', 'two-factor/enable', 'change-password']) {
    expect((await admin.get(`/api/auth/${path}`)).status).toBe(404)
    expect((await admin.send('POST', `/api/auth/${path}`, { email: 'a@b.de', password: testPassword, name: 'x' })).status).toBe(
      404,
    )
  }
})

test('a session that has expired, was not used for long or was tampered with is none', async () => {
  const viewer = await signIn(app, 'viewer')
  const own = () => database('sessions').where({ user_id: viewer.id })
  const status = async () => (await viewer.get('/api/account/sessions')).status
  expect(await status()).toBe(200)

  await own().update({ last_used_at: database.raw("now() - interval '119 minutes'") })
  expect(await status()).toBe(200)
  expect(await own().where('last_used_at', '>', database.raw("now() - interval '1 minute'"))).toHaveLength(1)
  await own().update({ last_used_at: database.raw("now() - interval '121 minutes'") })
  expect(await status()).toBe(401)

  await own().update({ last_used_at: database.fn.now(), expires_at: database.raw("now() - interval '1 second'") })
  expect(await status()).toBe(401)

  const other = await signIn(app, 'viewer')
  const [name = '', value = ''] = [...other.cookies][0] ?? []
  const [token = '', signature = ''] = decodeURIComponent(value).split('.')
  for (const forged of [
    `${token}.${signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}`,
    `${token}x.${signature}`,
    token,
  ]) {
    other.cookies.set(name, encodeURIComponent(forged))
    expect((await other.get('/api/account/sessions')).status).toBe(401)
  }
})

test('people see where they are signed in and end the others', async () => {
  const here = await signIn(app, 'viewer')
  const [there, elsewhere] = [client(app), client(app)]
  for (const other of [there, elsewhere]) {
    await other.send(
      'POST',
      '/api/sign-in',
      { username: here.username, password: testPassword },
      { 'User-Agent': 'Firefox am Schalter' },
    )
  }
  const sessions = await (await here.get('/api/account/sessions')).json()
  expect(sessions).toHaveLength(3)
  expect(sessions.filter((session: { current: boolean }) => session.current)).toHaveLength(1)
  const { id } = sessions.find((session: { userAgent: string }) => session.userAgent === 'Firefox am Schalter')

  const stranger = await signIn(app, 'admin')
  expect((await stranger.send('DELETE', `/api/account/sessions/${id}`)).status).toBe(404)
  expect((await here.send('DELETE', `/api/account/sessions/${id}`)).status).toBe(200)
  expect((await here.send('DELETE', '/api/account/sessions/not-a-uuid')).status).toBe(400)
  const statuses = async () =>
    Promise.all([here, there, elsewhere].map(async (each) => (await each.get('/api/account/sessions')).status))
  expect((await statuses()).toSorted()).toEqual([200, 200, 401])
  expect((await here.send('DELETE', '/api/account/sessions')).status).toBe(200)
  expect(await statuses()).toEqual([200, 401, 401])
})

test('a changed password is asked for from then on, and ends the other sessions', async () => {
  const viewer = await signIn(app, 'viewer')
  const other = client(app)
  await other.send('POST', '/api/sign-in', { username: viewer.username, password: testPassword })
  const newPassword = 'Elstern sammeln Knöpfe'
  const change = (body: object) => viewer.send('POST', '/api/account/password', body)

  const misremembered = await change({ password: wrong, newPassword })
  expect(misremembered.status).toBe(422)
  expect((await misremembered.json()).errors).toEqual([{ field: 'password', detail: 'Das Kennwort ist falsch.' }])
  for (const weak of ['kurz', 'Passwort12345', `${viewer.username}2026`, 'x'.repeat(129)]) {
    const refused = await change({ password: testPassword, newPassword: weak })
    expect(refused.status).toBe(422)
    expect((await refused.json()).errors[0].field).toBe('newPassword')
  }

  expect((await change({ password: testPassword, newPassword })).status).toBe(200)
  expect((await viewer.get('/api/account/sessions')).status).toBe(200)
  expect((await other.get('/api/account/sessions')).status).toBe(401)
  expect((await other.send('POST', '/api/sign-in', { username: viewer.username, password: testPassword })).status).toBe(401)
  expect((await other.send('POST', '/api/sign-in', { username: viewer.username, password: newPassword })).status).toBe(200)
})

test('no password, name, cookie or token gets into the log', async () => {
  const lines: string[] = []
  logTo((text) => lines.push(text))
  const viewer = await signIn(app, 'viewer')
  await client(app).send('POST', '/api/sign-in', { username: viewer.username, password: wrong })
  await viewer.send('POST', '/api/invitations/find', { token: 'secret-token' })
  await viewer.get('/api/me?token=secret-token')
  await vi.waitFor(() => expect(lines.join('')).toContain('"path":"/api/me"'))
  const text = lines.join('')
  const secrets = [testPassword, wrong, 'secret-token', viewer.username, ...viewer.cookies.values()]
  for (const secret of secrets) expect(text).not.toContain(secret)
})

test('a database that goes away signs nobody out', async () => {
  const other = await testApp()
  const viewer = await signIn(other, 'viewer')
  const status = async () => (await viewer.get('/api/account/sessions')).status
  expect(await status()).toBe(200)
  await allowConnections(other, false)
  expect(await status()).toBe(503)
  expect((await viewer.get('/api/me')).status).toBe(503)
  await allowConnections(other, true)
  expect(await status()).toBe(200)
})

async function allowConnections({ address: { database: name } }: TestApp, allowed: boolean): Promise<void> {
  const superuser = new Client(inject('superuser'))
  await superuser.connect()
  await superuser.query(`alter database ${name} allow_connections ${allowed}`)
  if (!allowed) await superuser.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
  await superuser.end()
}
