import type { Postgres } from './find-postgres.ts'

/** What decides how PostgreSQL with PostGIS gets onto a machine. */
export interface Machine {
  manager: 'apt' | 'dnf' | 'brew' | null
  isRoot: boolean
  installed: Postgres[]
}

/** One command: program and arguments, run in order. */
export type Command = string[]

const createClusterDirectory = '/etc/postgresql-common/createcluster.d'
const noMainCluster = `${createClusterDirectory}/ausbauatlas.conf`

/**
 * The commands that install PostgreSQL with PostGIS. Empty when no known package manager is there.
 * Already installed servers get the PostGIS of their own version instead of a second server.
 */
export function installPlan(machine: Machine): Command[] {
  if (machine.manager === 'brew') return [['brew', 'install', 'postgis']]
  const plan = machine.manager === 'apt' ? aptPlan(machine.installed) : machine.manager === 'dnf' ? dnfPlan : []
  return machine.isRoot ? plan : plan.map((command) => ['sudo', ...command])
}

/** contrib has pg_trgm, which the search needs; Debian ships it with the server. */
const dnfPlan: Command[] = [['dnf', 'install', '-y', 'postgresql-server', 'postgresql-contrib', 'postgis']]

function aptPlan(installed: Postgres[]): Command[] {
  const install = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', '-y', '--no-install-recommends']
  const server = installed.find((postgres) => postgres.major >= 15)
  if (server)
    return [
      ['apt-get', 'update'],
      [...install, `postgresql-${server.major}-postgis-3`],
    ]
  return [
    ['apt-get', 'update'],
    // Debian starts a system-wide cluster with every new server; nobody asked for one here.
    ['sh', '-c', `mkdir -p ${createClusterDirectory} && echo 'create_main_cluster = false' > ${noMainCluster}`],
    [...install, 'postgresql', 'postgresql-postgis'],
    ['rm', '-f', noMainCluster],
  ]
}

/** The command as a person would type it. */
export function asTyped(command: Command): string {
  return command.map((word) => (/[\s'|>&]/.test(word) ? `"${word.replaceAll('"', '\\"')}"` : word)).join(' ')
}
