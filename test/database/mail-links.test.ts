import { randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { afterAll, expect, test } from 'vitest'
import { flushLog, logTo } from '../../server/http/log.ts'
import { addressOfLink, createLink, findLink, type LinkPurpose, linkGone, revokeLinks } from '../../server/mail/links.ts'
import { queueMail } from '../../server/mail/outbox.ts'
import { testApp } from '../support/app.ts'
import { client } from '../support/sign-in.ts'

const secret = 'only for these tests, and long enough'
const publicBaseUrl = 'https://ausbau.example'
const app = await testApp({ authSecret: secret, publicBaseUrl })
const { database } = app.context
const hour = 3_600_000
const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

let logged = ''
logTo((text) => {
  logged += text
})
afterAll(() => flushLog())

async function make(purpose: LinkPurpose = 'statement', lifeMs = hour) {
  const expiresAt = new Date(Date.now() + lifeMs).toISOString()
  const { id } = await database.transaction((trx) =>
    createLink(trx, secret, { purpose, subject: 'q:demo', recipient: 'fb-63', expiresAt }),
  )
  const address = (await addressOfLink(database, { secret, publicBaseUrl }, id)) ?? ''
  return { id, address, token: /[\w-]{16}\.[\w-]{43}/.exec(address)?.[0] ?? '' }
}
const find = (token: string, purpose: LinkPurpose = 'statement', by = secret) => findLink(database, by, purpose, token)

test('a link opens what it was made for, as often as it is used, and the token of a page stands behind #', async () => {
  const { id, address, token } = await make()
  expect(address).toBe(`${publicBaseUrl}/stellungnahme#${token}`)
  expect(token).toHaveLength(60)
  for (const _ of [1, 2]) expect(await find(token)).toMatchObject({ id, subject: 'q:demo', recipient: 'fb-63' })
  const feed = await make('calendar')
  expect(feed.address).toBe(`${publicBaseUrl}/kalender/${feed.token}.ics`)
  expect(await find(feed.token, 'calendar')).toMatchObject({ id: feed.id })
})

test('a token changed at any one place opens nothing', async () => {
  const { token } = await make()
  for (const [place, letter] of [...token].entries()) {
    const other = letter === '.' ? 'A' : (base64url[(base64url.indexOf(letter) + 1) % 64] as string)
    expect(await find(token.slice(0, place) + other + token.slice(place + 1)), `letter ${place}`).toBeNull()
  }
})

test('nothing can be guessed, cut, lengthened or made of two', async () => {
  const [one, two] = [await make(), await make()]
  const [named, mac] = one.token.split('.') as [string, string]
  const other = two.token.split('.')[1]
  const guesses = Array.from({ length: 50 }, () => `${named}.${randomBytes(32).toString('base64url')}`)
  const crooked = [
    '',
    '.',
    named,
    mac,
    `.${mac}`,
    `${named}.`,
    `${one.token}=`,
    ` ${one.token}`,
    `${one.token}.${mac}`,
    '🗼'.repeat(30),
  ]
  for (const token of [...guesses, ...crooked, `${named}.${other}`, 'x'.repeat(10_000)]) expect(await find(token)).toBeNull()
})

test('another purpose, another secret, expiry and revocation void a link, and the mail no longer gives it away', async () => {
  const open = await make()
  expect(await find(open.token, 'calendar')).toBeNull()
  expect(await find(open.token, 'statement', `${secret}.`)).toBeNull()
  expect(await addressOfLink(database, { secret: `${secret}.`, publicBaseUrl }, open.id)).toBeNull()

  await database.transaction((trx) => revokeLinks(trx, [open.id]))
  const short = await make('statement', 1_500)
  expect(await find(short.token)).not.toBeNull()
  await new Promise((resolve) => setTimeout(resolve, 1_600))
  for (const { id, token } of [open, short]) {
    expect(await find(token)).toBeNull()
    expect(await addressOfLink(database, { secret, publicBaseUrl }, id)).toBeNull()
  }
  expect(linkGone()).toMatchObject({ status: 410, errors: [] })
})

test('a link cannot be changed, revived or removed', async () => {
  const { id } = await make()
  const one = () => database('secret_links').where({ id })
  await expect(one().update({ expires_at: '2099-01-01T00:00:00Z' })).rejects.toThrow(/never changed/)
  await expect(one().delete()).rejects.toThrow(/never changed/)
  await one().update({ revoked_at: new Date() })
  await expect(one().update({ revoked_at: null })).rejects.toThrow(/never changed/)
})

test('no table holds a token, and no log line does', async () => {
  const [page, feed] = [await make(), await make('calendar')]
  await database.transaction((trx) =>
    queueMail(trx, {
      key: 'links',
      to: 'a@b.example',
      subject: 'Bitte',
      text: 'Öffnen Sie {{link}}',
      about: 'q:demo',
      linkId: page.id,
    }),
  )
  const anybody = client(app)
  await anybody.get(`/kalender/${feed.token}.ics`)
  await anybody.get(`/kalender/${feed.token}`)
  await anybody.get(`/stellungnahme?${page.token}`)
  flushLog()
  expect(logged).toContain('/kalender/…')
  const everything = `${await wholeDatabase(database)}${logged}`
  expect(everything).toContain('Öffnen Sie {{link}}')
  for (const { token } of [page, feed]) {
    const mac = token.split('.')[1] as string
    for (const form of [mac, Buffer.from(mac, 'base64url').toString('hex'), Buffer.from(token).toString('hex')])
      expect(everything.includes(form), form.slice(0, 8)).toBe(false)
  }
})

/** Every row of every table as text. */
async function wholeDatabase(from: Knex): Promise<string> {
  const { rows } = await from.raw<{ rows: { name: string }[] }>(
    "select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'spatial_ref_sys'",
  )
  const texts = await Promise.all(
    rows.map(({ name }) =>
      from.raw<{ rows: { text: string | null }[] }>(`select string_agg(t::text, ' ') as text from ${name} t`),
    ),
  )
  return texts.map((answer) => answer.rows[0]?.text ?? '').join('\n')
}
