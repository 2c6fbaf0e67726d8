import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'

/** The system user PostgreSQL runs as. */
export interface Owner {
  uid: number
  gid: number
}

/** Where the private cluster lives and as whom it runs (owner null: as this process). */
export interface ClusterPlace {
  directory: string
  socketDirectory: string
  owner: Owner | null
}

/** Where root keeps the cluster when its user cannot reach the project. */
const systemDirectory = '/var/lib/ausbauatlas'

/** Socket addresses end at 104 bytes on macOS and 108 on Linux, with the final zero. */
const longestSocket = 103

/**
 * Finds or chooses the directory `<dataDirectory>/postgres`. PostgreSQL refuses to run as root: started as root, the
 * product runs it as an unprivileged user, and puts the cluster where that user can reach it, leaving a link.
 */
export function placeCluster(dataDirectory: string): ClusterPlace {
  const wanted = join(dataDirectory, 'postgres')
  const existing = existingDirectory(wanted)
  const owner = process.getuid?.() === 0 ? clusterOwner(existing) : null
  if (existing && owner && !canEnter(owner, existing)) {
    throw new Error(`Der Datenbestand ${existing} ist für seinen Benutzer nicht erreichbar: Bitte Rechte prüfen.`)
  }
  const directory = existing ?? chooseDirectory(dataDirectory, wanted, owner)
  return { directory, socketDirectory: makeSocketDirectory(directory, owner), owner }
}

/** Major version of the PostgreSQL that made the cluster; undefined when there is no cluster yet. */
export function clusterVersion(directory: string): number | undefined {
  const file = join(directory, 'PG_VERSION')
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined
}

/** Makes a directory only PostgreSQL's user can enter. */
export function makePrivateDirectory(directory: string, owner: Owner | null): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  if (owner) chownSync(directory, owner.uid, owner.gid)
}

function chooseDirectory(dataDirectory: string, wanted: string, owner: Owner | null): string {
  mkdirSync(dataDirectory, { recursive: true })
  if (owner === null || canEnter(owner, dataDirectory)) return join(realpathSync(dataDirectory), 'postgres')
  mkdirSync(systemDirectory, { recursive: true })
  const elsewhere = mkdtempSync(join(systemDirectory, 'cluster-'))
  makePrivateDirectory(elsewhere, owner)
  const directory = join(elsewhere, 'postgres')
  makePrivateDirectory(directory, owner)
  symlinkSync(directory, wanted)
  return directory
}

function makeSocketDirectory(directory: string, owner: Owner | null): string {
  const beside = `${directory}-socket`
  const isShort = Buffer.byteLength(join(beside, '.s.PGSQL.5432')) <= longestSocket
  const socketDirectory = isShort ? beside : join('/tmp', `ausbauatlas-${digest(directory)}`)
  if (!lstatSync(socketDirectory, { throwIfNoEntry: false })) makePrivateDirectory(socketDirectory, owner)
  // Anyone may write to /tmp: only a directory of PostgreSQL's own user is safe to hold its socket.
  const found = lstatSync(socketDirectory)
  if (!found.isDirectory() || found.uid !== (owner?.uid ?? process.getuid?.())) {
    throw new Error(`Das Verzeichnis ${socketDirectory} gehört einem anderen Benutzer: Bitte entfernen und neu starten.`)
  }
  return socketDirectory
}

/** The directory behind the link, if there is one. A link into nowhere (a disk not mounted) is no empty start. */
function existingDirectory(wanted: string): string | null {
  if (existsSync(wanted)) return realpathSync(wanted)
  if (!lstatSync(wanted, { throwIfNoEntry: false })) return null
  throw new Error(`Der Datenbestand ${wanted} verweist auf ein Verzeichnis, das nicht da ist.`)
}

/** A cluster belongs to who made it; a new one to an unprivileged user. */
function clusterOwner(existing: string | null): Owner {
  if (existing === null || clusterVersion(existing) === undefined) return unprivilegedUser()
  const { uid, gid } = statSync(existing)
  return { uid, gid }
}

function unprivilegedUser(): Owner {
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number.parseInt(spawnSync('id', [flag, name]).stdout.toString(), 10))
    if (uid && gid) return { uid, gid }
  }
  throw new Error('PostgreSQL läuft nicht als root: Bitte den Ausbauatlas als gewöhnlicher Benutzer starten.')
}

function canEnter({ uid, gid }: Owner, directory: string): boolean {
  return spawnSync('test', ['-x', directory], { uid, gid, cwd: '/' }).status === 0
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
