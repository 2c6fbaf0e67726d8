/**
 * `npm run setup`: makes this machine able to run the product. Installs PostgreSQL with PostGIS when it is missing and
 * builds the client when it is missing or older than its sources. Does nothing when nothing is missing.
 */
import { spawnSync } from 'node:child_process'
import { globSync, statSync } from 'node:fs'
import { choosePostgres, installedPostgres, PostgresMissing } from './find-postgres.ts'
import { asTyped, type Command, installPlan, type Machine } from './install-plan.ts'

process.exitCode = setUp()

function setUp(): number {
  const postgres = ensurePostgres()
  return postgres === 0 ? ensureClient() : postgres
}

function ensurePostgres(): number {
  if (usablePostgres()) return say('PostgreSQL mit PostGIS ist vorhanden.')
  const machine = thisMachine()
  const plan = installPlan(machine)
  if (plan.length === 0) {
    return say('Bitte PostgreSQL ab Version 15 mit PostGIS ab Version 3.3 installieren und „npm run setup“ wiederholen.', 1)
  }
  const commands = plan.map((command) => `  ${asTyped(command)}`).join('\n')
  if (!mayInstall(machine)) {
    return say(`PostgreSQL mit PostGIS fehlt. Bitte mit Administratorrechten ausführen:\n${commands}`, 1)
  }
  say(`PostgreSQL mit PostGIS fehlt und wird jetzt installiert:\n${commands}`)
  if (!plan.every(run)) return say('Die Installation ist fehlgeschlagen; die Meldung steht oben.', 1)
  return usablePostgres() ? say('PostgreSQL mit PostGIS ist installiert.') : say(whatIsMissing(), 1)
}

function ensureClient(): number {
  if (isClientCurrent()) return say('Die Oberfläche ist gebaut.')
  say('Die Oberfläche wird gebaut.')
  return run(['vite', 'build']) ? say('Fertig. Starten mit: npm start') : 1
}

function isClientCurrent(): boolean {
  const built = newest(['dist/client/**/*'])
  return built > 0 && built >= newest(['client/**/*', 'server/contract/**/*', 'vite.config.ts', 'package-lock.json'])
}

/** Time of the latest change among the files matching `patterns`, 0 when there is none. */
function newest(patterns: string[]): number {
  const files = globSync(patterns).map((file) => statSync(file))
  return Math.max(0, ...files.filter((file) => file.isFile()).map((file) => file.mtimeMs))
}

function usablePostgres(): boolean {
  return whatIsMissing() === ''
}

function whatIsMissing(): string {
  try {
    choosePostgres(installedPostgres())
    return ''
  } catch (error) {
    if (error instanceof PostgresMissing) return error.message
    throw error
  }
}

function thisMachine(): Machine {
  const managers = { apt: 'apt-get', dnf: 'dnf', brew: 'brew' } as const
  const known = Object.keys(managers) as (keyof typeof managers)[]
  return {
    manager: known.find((manager) => isOnPath(managers[manager])) ?? null,
    isRoot: process.getuid?.() === 0,
    installed: installedPostgres(),
  }
}

/** Homebrew refuses root and needs no rights; the others need root, or sudo that can ask for a password. */
function mayInstall(machine: Machine): boolean {
  if (machine.manager === 'brew') return !machine.isRoot
  if (machine.isRoot) return true
  return isOnPath('sudo') && (process.stdin.isTTY || spawnSync('sudo', ['-n', 'true']).status === 0)
}

function isOnPath(program: string): boolean {
  return spawnSync('sh', ['-c', 'command -v "$0"', program]).status === 0
}

function run([program = '', ...words]: Command): boolean {
  return spawnSync(program, words, { stdio: 'inherit' }).status === 0
}

function say(text: string, exitCode = 0): number {
  process.stdout.write(`${text}\n`)
  return exitCode
}
