import { execFileSync, spawn } from 'node:child_process'
import { closeSync, fstatSync, openSync, readFileSync, readlinkSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClusterPlace } from './cluster-place.ts'

/** A running PostgreSQL server process. */
export interface Postmaster {
  pid: number
  /** Resolves with a description once the process has ended, for whatever reason. */
  ended: Promise<string>
  /** Closes all sessions, writes everything and ends. */
  stop(): Promise<void>
}

/** Thrown when PostgreSQL ends before it accepts connections. */
export class StartFailed extends Error {
  /** Processes of a killed server still hold its memory; they notice within moments. */
  readonly isTransient: boolean

  constructor(reason: string) {
    super(`PostgreSQL ist nicht gestartet: ${reason}`)
    this.isTransient = /shared memory|lock file/.test(reason)
  }
}

const pollMs = 20
const patienceMs = 15_000
const longestLogBytes = 5_000_000

/** Starts PostgreSQL on the place and resolves once it accepts connections; crash recovery may take its time. */
export async function launchPostmaster(bin: string, place: ClusterPlace, settings: Record<string, string>): Promise<Postmaster> {
  const { output, said } = openLog(`${place.directory}.log`)
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(join(bin, 'postgres'), ['-D', place.directory, ...options], {
    cwd: place.directory,
    // Nothing of the product's environment: neither PG… variables nor secrets.
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    stdio: ['ignore', output, output],
    // Its own process group: Ctrl+C in a terminal must not end it before the product has finished its requests.
    detached: true,
    ...place.owner,
  })
  closeSync(output)
  let hasEnded = false
  const ended = new Promise<string>((resolve) => {
    server.once('exit', (code, signal) => resolve(`Ende mit ${signal ?? code}`))
    server.once('error', (error) => resolve(error.message))
  }).finally(() => {
    hasEnded = true
  })
  while (!hasEnded && !isReady(place.directory, server.pid)) await sleep(pollMs)
  if (hasEnded) throw new StartFailed(said() || (await ended))
  const pid = server.pid as number
  return { pid, ended, stop: () => stopProcess(pid, () => !hasEnded) }
}

/** Ends the server that a killed product left behind on this directory, if there is one. */
export async function stopOrphan(directory: string): Promise<boolean> {
  const pid = Number(pidFile(directory)[0])
  if (!pid || !isRunning(pid)) return false
  if (!isServerOf(pid, directory)) {
    // The number belongs to a stranger since; PostgreSQL would take it for itself and refuse to start.
    rmSync(join(directory, 'postmaster.pid'), { force: true })
    return false
  }
  await stopProcess(pid, () => isServerOf(pid, directory))
  return true
}

function isReady(directory: string, pid: number | undefined): boolean {
  const lines = pidFile(directory)
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
}

/** SIGINT is PostgreSQL's fast shutdown; SIGQUIT the immediate one, repaired by recovery at the next start. */
async function stopProcess(pid: number, isAlive: () => boolean): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!isAlive()) return
    send(pid, signal)
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += pollMs) {
      if (!isAlive()) return
      await sleep(pollMs)
    }
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** The lines of postmaster.pid: process, directory, start, port, socket, address, memory, status. */
function pidFile(directory: string): string[] {
  try {
    return readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

/** Whether the process is a PostgreSQL of this directory and not a stranger that was given the same number since. */
function isServerOf(pid: number, directory: string): boolean {
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === directory
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(directory)
  } catch {
    return false
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Opens PostgreSQL's log for more; `said` gives its last lines since. A long one makes room for a new one first. */
function openLog(file: string): { output: number; said: () => string } {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > longestLogBytes) renameSync(file, `${file}.previous`)
  const output = openSync(file, 'a', 0o600)
  const before = fstatSync(output).size
  const since = () => readFileSync(file).subarray(before).toString().trim()
  return { output, said: () => since().split('\n').slice(-3).join(' ') }
}
