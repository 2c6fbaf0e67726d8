import { expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import { type Client, client, makeAccount, signIn, testPassword } from '../support/sign-in.ts'
import { totp } from '../support/totp.ts'

const app = await testApp()
const { database } = app.context

interface Setup {
  uri: string
  secret: string
  emergencyCodes: string[]
}

async function setUp(caller: Client): Promise<Setup> {
  const started = await caller.send('POST', '/api/account/second-factor', { password: testPassword })
  expect(started.status).toBe(200)
  const setup = (await started.json()) as Setup
  const confirmed = await caller.send('POST', '/api/account/second-factor/confirm', { code: totp(setup.secret) })
  expect(confirmed.status).toBe(200)
  return setup
}

/** A caller who has given the right password and now owes the code. */
async function halfSignedIn(username: string): Promise<Client> {
  const caller = client(app)
  const response = await caller.send('POST', '/api/sign-in', { username, password: testPassword })
  expect(await response.json()).toEqual({ secondFactor: true })
  return caller
}

const isSignedIn = async (caller: Client) => (await (await caller.get('/api/me')).json()).user !== null
const confirm = (caller: Client, code: string) => caller.send('POST', '/api/sign-in/second-factor', { code })

test('once an authenticator app is set up, the password alone signs nobody in', async () => {
  const viewer = await signIn(app, 'viewer')
  const { uri, secret } = await setUp(viewer)
  expect(uri).toMatch(
    `otpauth://totp/Ausbauatlas%20Leverkusen:${viewer.username}?secret=${secret}&issuer=Ausbauatlas%20Leverkusen&`,
  )
  expect(await (await viewer.get('/api/me')).json()).toMatchObject({ user: { secondFactor: true } })

  const caller = await halfSignedIn(viewer.username)
  expect(await isSignedIn(caller)).toBe(false)
  expect((await caller.get('/api/account/sessions')).status).toBe(401)
  const mistyped = await confirm(caller, '000000')
  expect(mistyped.status).toBe(422)
  expect((await mistyped.json()).errors[0].field).toBe('code')
  expect((await confirm(caller, ` ${totp(secret).replace(/^.../, '$& ')} `)).status).toBe(200)
  expect(await isSignedIn(caller)).toBe(true)
})

test('the app is asked for only after it has proved to work', async () => {
  const viewer = await signIn(app, 'viewer')
  expect((await viewer.send('POST', '/api/account/second-factor', { password: 'falsch' })).status).toBe(422)
  const setup = await (await viewer.send('POST', '/api/account/second-factor', { password: testPassword })).json()
  expect((await viewer.send('POST', '/api/account/second-factor/confirm', { code: '000000' })).status).toBe(422)
  const elsewhere = client(app)
  const response = await elsewhere.send('POST', '/api/sign-in', { username: viewer.username, password: testPassword })
  expect(await response.json()).toEqual({ secondFactor: false })
  const again = await (await viewer.send('POST', '/api/account/second-factor', { password: testPassword })).json()
  expect(again.secret).not.toBe(setup.secret)
  expect((await viewer.send('POST', '/api/account/second-factor/confirm', { code: totp(setup.secret) })).status).toBe(422)
  expect((await viewer.send('POST', '/api/account/second-factor/confirm', { code: totp(again.secret) })).status).toBe(200)
  expect((await viewer.send('POST', '/api/account/second-factor', { password: testPassword })).status).toBe(409)
})

test('an emergency code signs in once', async () => {
  const viewer = await signIn(app, 'viewer')
  const { emergencyCodes } = await setUp(viewer)
  expect(emergencyCodes).toHaveLength(10)
  const [first = '', second = ''] = emergencyCodes
  expect(first).toMatch(/^[a-z2-9]{5}-[a-z2-9]{5}$/)
  expect((await confirm(await halfSignedIn(viewer.username), ` ${first.toUpperCase()}`)).status).toBe(200)
  expect((await confirm(await halfSignedIn(viewer.username), first)).status).toBe(422)

  const renewed = await (
    await viewer.send('POST', '/api/account/second-factor/emergency-codes', { password: testPassword })
  ).json()
  expect((await confirm(await halfSignedIn(viewer.username), second)).status).toBe(422)
  expect((await confirm(await halfSignedIn(viewer.username), renewed.emergencyCodes[0])).status).toBe(200)
})

test('a code signs in once, also while it would still be right', async () => {
  const viewer = await signIn(app, 'viewer')
  const { secret } = await setUp(viewer)
  const code = totp(secret)
  // One after the other: attempts at the same time count against each other.
  const callers = [await halfSignedIn(viewer.username), await halfSignedIn(viewer.username), await halfSignedIn(viewer.username)]
  const answers = await Promise.all(callers.map((caller) => confirm(caller, code)))
  expect(answers.map((response) => response.status).toSorted()).toEqual([200, 401, 401])
  const signedIn = await Promise.all(callers.map(isSignedIn))
  expect(signedIn.filter(Boolean)).toHaveLength(1)
  expect(await database('sessions').where({ user_id: viewer.id })).toHaveLength(2)
})

test('codes cannot be tried without end', async () => {
  const viewer = await signIn(app, 'viewer')
  const { secret } = await setUp(viewer)
  const caller = await halfSignedIn(viewer.username)
  for (let attempt = 1; attempt <= 5; attempt += 1) expect((await confirm(caller, '000000')).status).toBe(422)
  expect((await confirm(caller, totp(secret))).status).toBe(401)

  const next = await halfSignedIn(viewer.username)
  for (let attempt = 6; attempt <= 10; attempt += 1) expect((await confirm(next, '000000')).status).toBe(422)
  const locked = await confirm(await halfSignedIn(viewer.username), totp(secret))
  expect(locked.status).toBe(429)
  expect(locked.headers.get('Retry-After')).toBe('900')
  await database('two_factors')
    .where({ user_id: viewer.id })
    .update({ locked_until: database.raw("now() - interval '1 second'") })
  expect((await confirm(await halfSignedIn(viewer.username), totp(secret))).status).toBe(200)
})

test('a code without a password before it opens nothing', async () => {
  expect((await confirm(client(app), '123456')).status).toBe(401)
  const viewer = await signIn(app, 'viewer')
  const { secret } = await setUp(viewer)
  const late = await halfSignedIn(viewer.username)
  await database('verifications').update({ expires_at: database.raw("now() - interval '1 second'") })
  expect((await confirm(late, totp(secret))).status).toBe(401)
})

test('the second factor is removed by whoever knows the password', async () => {
  const viewer = await signIn(app, 'viewer')
  await setUp(viewer)
  expect((await viewer.send('POST', '/api/account/second-factor/remove', { password: 'falsch' })).status).toBe(422)
  expect((await viewer.send('POST', '/api/account/second-factor/remove', { password: testPassword })).status).toBe(200)
  expect(await (await viewer.get('/api/me')).json()).toMatchObject({ user: { secondFactor: false } })
  expect(await database('two_factors').where({ user_id: viewer.id })).toEqual([])
  const acts = await database('account_events').where({ subject: viewer.id }).orderBy('id').pluck('act')
  expect(acts).toEqual(['second_factor_added', 'second_factor_removed'])
})

test('the secret of the app lies encrypted in the database', async () => {
  const viewer = await signIn(app, 'viewer')
  const { secret, emergencyCodes } = await setUp(viewer)
  const row = await database('two_factors').where({ user_id: viewer.id }).first()
  expect(JSON.stringify(row)).not.toContain(secret)
  expect(JSON.stringify(row)).not.toContain(emergencyCodes[0])
})

test('where a second factor is required nothing else is allowed before it is set up', async () => {
  const strict = await testApp({ requireTotp: 'admin' }, app)
  const viewer = await signIn(strict, 'viewer')
  expect((await viewer.get('/api/account/sessions')).status).toBe(200)

  const admin = await signIn(strict, 'admin', 'viewer')
  expect(await (await admin.get('/api/me')).json()).toMatchObject({ user: { mustSetUpSecondFactor: true } })
  for (const path of ['/api/accounts', '/api/accounts/events', '/api/account/sessions']) {
    expect((await admin.get(path)).status).toBe(403)
  }
  expect((await admin.send('POST', '/api/accounts/invitations', { name: 'Neu', roles: ['admin'] })).status).toBe(403)
  await setUp(admin)
  expect(await (await admin.get('/api/me')).json()).toMatchObject({ user: { mustSetUpSecondFactor: false } })
  expect((await admin.get('/api/accounts')).status).toBe(200)
  await admin.send('POST', '/api/account/second-factor/remove', { password: testPassword })
  expect((await admin.get('/api/accounts')).status).toBe(403)

  const strictest = await testApp({ requireTotp: 'all' }, app)
  expect((await (await signIn(strictest, 'viewer')).get('/api/account/sessions')).status).toBe(403)
})

test('a wrong password counts for every question that asks for one', async () => {
  const { username } = await makeAccount(app, ['viewer'])
  const caller = client(app)
  await caller.send('POST', '/api/sign-in', { username, password: testPassword })
  const questions = ['second-factor', 'second-factor/remove', 'second-factor/emergency-codes']
  for (let attempt = 0; attempt < 5; attempt += 1) {
    expect((await caller.send('POST', `/api/account/${questions[0]}`, { password: 'falsch' })).status).toBe(422)
  }
  for (const question of questions) {
    expect((await caller.send('POST', `/api/account/${question}`, { password: testPassword })).status).toBe(429)
  }
  expect((await client(app).send('POST', '/api/sign-in', { username, password: testPassword })).status).toBe(429)
})
