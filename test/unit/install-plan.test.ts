import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { choosePostgres, installedPostgres, isUsable, type Postgres } from '../../server/database/find-postgres.ts'
import { asTyped, installPlan, type Machine } from '../../server/database/install-plan.ts'

const bare: Machine = { manager: 'apt', isRoot: true, installed: [] }
const postgres = (major: number, postgis: string | null, hasTrigrams = true): Postgres => ({
  bin: `/pg/${major}`,
  major,
  postgis,
  hasTrigrams,
})

test('on a bare Debian a server and its PostGIS are installed, without the system-wide cluster Debian would start', () => {
  const typed = installPlan(bare).map(asTyped)
  expect(typed[0]).toBe('apt-get update')
  expect(typed[1]).toContain('create_main_cluster = false')
  expect(typed[2]).toContain('postgresql postgresql-postgis')
  expect(typed[3]).toBe('rm -f /etc/postgresql-common/createcluster.d/ausbauatlas.conf')
})

test('a server that is already there gets the PostGIS of its own version', () => {
  const typed = installPlan({ ...bare, installed: [postgres(16, null)] }).map(asTyped)
  expect(typed.at(-1)).toMatch(/ postgresql-16-postgis-3$/)
  expect(typed.join()).not.toContain('createcluster')
})

test('a server too old to be used is left alone', () => {
  expect(installPlan({ ...bare, installed: [postgres(13, null)] }).map(asTyped)[2]).toContain('postgresql postgresql-postgis')
})

test('who is not root is given sudo, except with Homebrew, which refuses it', () => {
  expect(installPlan({ ...bare, isRoot: false }).every(([program]) => program === 'sudo')).toBe(true)
  expect(installPlan({ ...bare, manager: 'brew', isRoot: false })).toEqual([['brew', 'install', 'postgis']])
})

test('Fedora is served by dnf, an unknown system by nobody', () => {
  expect(installPlan({ ...bare, manager: 'dnf' })).toEqual([
    ['dnf', 'install', '-y', 'postgresql-server', 'postgresql-contrib', 'postgis'],
  ])
  expect(installPlan({ ...bare, manager: null })).toEqual([])
})

test('versions are compared as numbers', () => {
  expect(isUsable(postgres(15, '3.3.2'))).toBe(true)
  expect(isUsable(postgres(18, '3.10.0'))).toBe(true)
  expect(isUsable(postgres(15, '3.2.9'))).toBe(false)
  expect(isUsable(postgres(14, '3.5.0'))).toBe(false)
  expect(isUsable(postgres(15, null))).toBe(false)
  expect(isUsable(postgres(15, '3.3.2', false))).toBe(false)
})

test('the newest usable PostgreSQL is chosen, an existing cluster keeps its own version', () => {
  const installed = [postgres(17, '3.5.0'), postgres(15, '3.3.2')]
  expect(choosePostgres(installed).major).toBe(17)
  expect(choosePostgres(installed, 15).major).toBe(15)
})

test('what is missing is said in one sentence with what to do', () => {
  expect(() => choosePostgres([])).toThrow('Bitte „npm run setup“ ausführen.')
  expect(() => choosePostgres([postgres(17, null)])).toThrow('Bitte „npm run setup“ ausführen.')
  expect(() => choosePostgres([postgres(17, '3.5.0')], 15)).toThrow('mit PostgreSQL 15 angelegt, installiert ist 17')
})

test('a directory whose programs do not run is no PostgreSQL', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ausbauatlas-test-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  writeFileSync(join(directory, 'postgres'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  expect(installedPostgres([directory, '/nowhere'])).toEqual([])
})
