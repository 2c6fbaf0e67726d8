import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { mustSetUpSecondFactor, passwordWeakness, signInDelayMs } from '../../server/accounts/rules.ts'
import { authenticationSecret } from '../../server/http/secret.ts'

const person = { username: 'erika.muster', name: 'Erika Muster-Özdemir' }

test.each([
  'Passwort12345',
  'passwortpasswort',
  'Leverkusen2026!',
  'Glasfaserausbau1',
  'qwertzuiop123',
  'ölkjhgfdsa12',
  'abcdefghijklmnop',
  '987654321000',
  'aaaaaaaaaaaaaaa',
  'abababababab',
  'Erika.Muster.2026',
  'muster-erika-1',
  'Özdemir-Özdemir',
  'Administrator1!',
  'hallohallohallo',
])('„%s“ is too easy to guess', (password) => {
  expect(passwordWeakness(password, person)).toMatch(/Kennwort/)
})

test.each([
  'Krähen fliegen rückwärts',
  'k7#mQ2vX!p9z',
  'correct horse battery staple',
  '鍵は机の引き出しにあります',
  'vier Tassen Tee um neun',
])('„%s“ is accepted', (password) => {
  expect(passwordWeakness(password, person)).toBeNull()
})

test('a long hostile password is judged in no time', () => {
  const begun = performance.now()
  passwordWeakness('aB3$x'.repeat(25), person)
  passwordWeakness('ab'.repeat(64), person)
  expect(performance.now() - begun).toBeLessThan(50)
})

test('the wait doubles from the fifth failure on, up to a quarter of an hour', () => {
  const seconds = [0, 1, 4, 5, 6, 7, 9, 10, 1000].map((failures) => signInDelayMs(failures) / 1000)
  expect(seconds).toEqual([0, 0, 0, 30, 60, 120, 480, 900, 900])
})

test('a second factor is required of those the operator names, and never twice', () => {
  const admin = { roles: ['viewer', 'admin'] as const, signIn: 'password' as const, secondFactor: false }
  const viewer = { ...admin, roles: ['viewer'] as const }
  const answers = (['none', 'admin', 'all'] as const).map((required) => [
    mustSetUpSecondFactor(required, admin),
    mustSetUpSecondFactor(required, viewer),
    mustSetUpSecondFactor(required, { ...admin, secondFactor: true }),
    mustSetUpSecondFactor(required, { ...admin, signIn: 'city' }),
  ])
  expect(answers).toEqual([
    [false, false, false, false],
    [true, false, false, false],
    [true, true, false, false],
  ])
})

test('the secret is made once, kept from other users of the machine, and refused when damaged', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ausbauatlas-secret-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const dataDir = join(directory, 'var')
  const secret = authenticationSecret({ dataDir })
  expect(secret).toHaveLength(64)
  expect(authenticationSecret({ dataDir })).toBe(secret)
  expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600)
  expect(readFileSync(join(dataDir, 'secret'), 'utf8').trim()).toBe(secret)
  expect(authenticationSecret({ dataDir, authSecret: 'of the environment' })).toBe('of the environment')
  writeFileSync(join(dataDir, 'secret'), '')
  expect(() => authenticationSecret({ dataDir })).toThrow('beschädigt')
})
