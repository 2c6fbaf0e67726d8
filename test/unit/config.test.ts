import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { expect, test } from 'vitest'
import { type ConfigMistakes, readConfig } from '../../server/config.ts'

function mistakesIn(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    return (error as ConfigMistakes).mistakes
  }
}

test('without any variable the product listens on this machine only and keeps its data in the project', () => {
  const config = readConfig({})
  expect(config).toMatchObject({ port: 3000, host: '127.0.0.1', publicBaseUrl: 'http://localhost:3000', requireTotp: 'none' })
  expect(config.dataDir).toMatch(/\/var$/)
  expect(config.databaseUrl).toBeUndefined()
})

test('every mistake is listed at once, with the name of its variable', () => {
  const mistakes = mistakesIn({
    PORT: '70000',
    DATABASE_URL: 'mysql://localhost/city',
    PUBLIC_BASE_URL: 'https://city.example/path',
    BASEMAP_STYLE_URL: 'basemap',
    AUTH_SECRET: 'short',
    BODY_LIMIT: 'much',
    TRUST_PROXY: 'yes',
    REQUIRE_TOTP: 'maybe',
    OIDC_ISSUER: 'https://sso.city.example',
    SMTP_URL: 'https://mail.city.example',
    SMTP_ENCRYPTION: 'no',
    SMTP_RETRY_SECONDS: '4000',
  })
  expect(mistakes.map((mistake) => mistake.split(':')[0])).toEqual([
    'PORT',
    'DATABASE_URL',
    'PUBLIC_BASE_URL',
    'BASEMAP_STYLE_URL',
    'AUTH_SECRET',
    'SMTP_URL',
    'SMTP_ENCRYPTION',
    'SMTP_RETRY_SECONDS',
    'BODY_LIMIT',
    'TRUST_PROXY',
    'REQUIRE_TOTP',
    'OIDC_CLIENT_ID',
    'OIDC_CLIENT_SECRET',
    'OIDC_NAME',
    'MAIL_FROM',
  ])
})

test.each(['-1', '3000.5', ' ', 'abc', '65536'])('the port "%s" is refused or, when blank, absent', (PORT) => {
  expect(mistakesIn({ PORT })).toHaveLength(PORT.trim() === '' ? 0 : 1)
})

test('a secret never appears among the mistakes', () => {
  expect(mistakesIn({ AUTH_SECRET: 'kurzes-geheimnis', DATABASE_URL: 'x:geheim@y', SMTP_URL: 'x:geheim@y' }).join()).not.toMatch(
    /geheim/,
  )
})

test('an empty variable counts as absent', () => {
  expect(readConfig({ PORT: '', BASEMAP_STYLE_URL: '  ', OIDC_NAME: '' })).toMatchObject({
    port: 3000,
    oidc: undefined,
  })
})

test('the address of the mail server carries user and password; its scheme says how it is encrypted', () => {
  const from = 'Stadt <stadt@city.example>'
  expect(readConfig({ SMTP_URL: 'smtp://a%40b:p%2Fw@[::1]', MAIL_FROM: from }).smtp).toEqual({
    ...{ host: '::1', port: 587, isSecure: false, user: 'a@b', password: 'p/w', from, encryption: 'required', retrySeconds: 60 },
  })
  expect(readConfig({ SMTP_URL: 'smtps://mail.city.example', MAIL_FROM: 'a@b.example' }).smtp).toMatchObject({
    ...{ host: 'mail.city.example', port: 465, isSecure: true, from: 'a@b.example' },
  })
  for (const MAIL_FROM of ['Stadt', 'a@b@c', 'Stadt <a@b', 'a@b\nBcc: c@d'])
    expect(mistakesIn({ SMTP_URL: 'smtp://mail.city.example', MAIL_FROM })).toHaveLength(1)
  expect(mistakesIn({ SMTP_URL: 'smtp://a:geheim@', MAIL_FROM: from }).join()).toMatch(/^SMTP_URL/)
  expect(mistakesIn({ SMTP_URL: 'smtp://a%ff:geheim@mail', MAIL_FROM: from }).join()).toMatch(/^SMTP_URL/)
})

test('a slash at the end of the public address is no mistake', () => {
  expect(readConfig({ PUBLIC_BASE_URL: 'https://city.example/' }).publicBaseUrl).toBe('https://city.example')
})

test('the example file names only variables that are understood, with values that are accepted', () => {
  const example = readFileSync('.env.example', 'utf8').replaceAll(/^#([A-Z_]+=)/gm, '$1')
  const values = parseEnv(example) as Record<string, string>
  const filled = { ...values, AUTH_SECRET: 'x'.repeat(32), OIDC_CLIENT_SECRET: 'secret' }
  expect(mistakesIn(filled)).toEqual([])
  const source = readFileSync('server/config.ts', 'utf8')
  for (const name of Object.keys(values)) expect(source).toContain(`  ${name}: `)
})
