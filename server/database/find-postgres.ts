import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'

/** One installed PostgreSQL: its programs, its major version, the version of its PostGIS (null: none), and whether pg_trgm is there. */
export interface Postgres {
  bin: string
  major: number
  postgis: string | null
  /** The extension pg_trgm, which the search needs: part of the server on Debian, of postgresql-contrib elsewhere. */
  hasTrigrams: boolean
}

/** What the product's SQL needs. */
const oldestPostgres = 15
const oldestPostgis = '3.3'

/** Where the systems we know put the programs: Debian, PGDG on Red Hat, Fedora, Alpine, Homebrew, Postgres.app. */
const usualPlaces = [
  '/usr/lib/postgresql/*/bin',
  '/usr/pgsql-*/bin',
  '/usr/libexec/postgresql*',
  '/opt/homebrew/opt/postgresql@*/bin',
  '/usr/local/opt/postgresql@*/bin',
  '/Applications/Postgres.app/Contents/Versions/*/bin',
  '/usr/local/pgsql/bin',
  '/usr/bin',
]

/** Thrown when no usable PostgreSQL is installed; the message is one sentence with the command to run. */
export class PostgresMissing extends Error {}

/** Every PostgreSQL server found in `directories`, newest first, those with PostGIS before those without. */
export function installedPostgres(directories = binDirectories()): Postgres[] {
  return directories
    .map(inspect)
    .filter((found) => found !== null)
    .toSorted((a, b) => Number(isUsable(b)) - Number(isUsable(a)) || b.major - a.major)
}

/**
 * The PostgreSQL to run with. A cluster once made can only be opened by its own major version, so an existing
 * cluster names it in `major`.
 */
export function choosePostgres(installed: Postgres[], major?: number): Postgres {
  const usable = installed.filter(isUsable)
  const chosen = usable.find((postgres) => major === undefined || postgres.major === major)
  if (chosen) return chosen
  if (major !== undefined && usable[0]) {
    throw new PostgresMissing(
      `Der Datenbestand wurde mit PostgreSQL ${major} angelegt, installiert ist ${usable[0].major}: Bitte PostgreSQL ${major} mit PostGIS wieder installieren.`,
    )
  }
  throw new PostgresMissing(
    `PostgreSQL ab Version ${oldestPostgres} mit PostGIS ab Version ${oldestPostgis} und pg_trgm (postgresql-contrib) ist nicht installiert: Bitte „npm run setup“ ausführen.`,
  )
}

/** Whether the product can run on this installation. */
export function isUsable(postgres: Postgres): boolean {
  return (
    postgres.major >= oldestPostgres &&
    postgres.postgis !== null &&
    isAtLeast(postgres.postgis, oldestPostgis) &&
    postgres.hasTrigrams
  )
}

/** Compares "3.10.1" with "3.3" by number, not by letter. */
function isAtLeast(version: string, oldest: string): boolean {
  return version.localeCompare(oldest, 'en', { numeric: true }) >= 0
}

function binDirectories(): string[] {
  const found = [output('pg_config', '--bindir'), ...usualPlaces.flatMap((pattern) => globSync(pattern))]
  const existing = found.filter((directory) => directory !== null && existsSync(join(directory, 'initdb')))
  return [...new Set(existing.map((directory) => realpathSync(directory as string)))]
}

function inspect(bin: string): Postgres | null {
  const major = output(join(bin, 'postgres'), '--version')?.match(/\(PostgreSQL\) (\d+)/)?.[1]
  if (!major) return null
  const [postgis, trigrams] = [extensionVersion(bin, 'postgis'), extensionVersion(bin, 'pg_trgm')]
  return { bin, major: Number(major), postgis, hasTrigrams: trigrams !== null }
}

function extensionVersion(bin: string, extension: string): string | null {
  const share = output(join(bin, 'pg_config'), '--sharedir')
  // Fedora ships pg_config in a development package: fall back to where its server looks.
  const places = share ? [share] : [join(bin, '../share/pgsql'), join(bin, '../share/postgresql')]
  const control = places.map((place) => join(place, `extension/${extension}.control`)).find((file) => existsSync(file))
  return control ? (readFileSync(control, 'utf8').match(/default_version\s*=\s*'([^']+)'/)?.[1] ?? null) : null
}

function output(program: string, ...args: string[]): string | null {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return null
  }
}
