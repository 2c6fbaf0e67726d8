import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtempDisposable, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Client } from 'pg'
import { z } from 'zod'
import type { Borrowed } from './borrow.ts'
import { withClient } from './connect.ts'
import { readMigrations } from './migrate.ts'
import { runProgram } from './run-program.ts'

/** What stands beside a backup, in `<file>.json`: what it is and how to tell that it is whole. */
const Manifest = z.object({
  product: z.literal('ausbauatlas'),
  version: z.string(),
  createdAt: z.iso.datetime(),
  /** Number of the latest change in the backup. */
  revision: z.int(),
  migrations: z.array(z.string()),
  sha256: z.hex(),
})
export type Manifest = z.infer<typeof Manifest>

/** Thrown when a backup or restore is refused; the message is one sentence. */
export class DumpRefused extends Error {}

const notEmpty =
  'Die Datenbank ist nicht leer, und eine Sicherung überschreibt nichts: Bitte auf dem eigenen Server eine leere Datenbank ' +
  'angeben oder ohne eigenen Server das Verzeichnis „postgres“ im Datenverzeichnis umbenennen.'

/** Writes the whole database to `file` (pg_dump's custom format) and its manifest beside it; the product may run on. */
export async function backUp({ address, bin }: Borrowed, file: string): Promise<Manifest> {
  return withClient(address, async (client) => {
    await client.query('begin isolation level repeatable read read only')
    const { snapshot, revision, migrations } = await readState(client)
    const unfinished = `${file}.unfinished`
    try {
      const options = ['--format=custom', '--no-owner', '--no-privileges', `--snapshot=${snapshot}`]
      await using output = await open(unfinished, 'w', 0o600)
      await runProgram({ bin, program: 'pg_dump', options, address, output: output.fd })
      await output.sync()
      const createdAt = new Date().toISOString()
      const sums = { version: await productVersion(), sha256: await sha256(unfinished) }
      const manifest: Manifest = { product: 'ausbauatlas', ...sums, createdAt, revision, migrations }
      await writeFile(`${file}.json`, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
      await rename(unfinished, file)
      return manifest
    } finally {
      await rm(unfinished, { force: true })
    }
  })
}

/** Puts a backup into an empty database, all or nothing; refuses what is not whole or newer than the program. */
export async function restore({ address, bin }: Borrowed, file: string): Promise<Manifest> {
  const manifest = await readManifest(file)
  return withClient(address, async (client) => {
    if (!(await isEmpty(client))) {
      throw new DumpRefused(notEmpty)
    }
    await using scratch = await mkdtempDisposable(join(tmpdir(), 'ausbauatlas-restore-'))
    const list = join(scratch.path, 'list')
    await writeFile(list, withoutPostgis(await runProgram({ bin, program: 'pg_restore', options: ['--list', file] })))
    const options = ['--single-transaction', '--no-owner', '--no-privileges', `--use-list=${list}`, file]
    await runProgram({ bin, program: 'pg_restore', options, address })
    await holdMails(client)
    await client.query('analyze')
    return manifest
  })
}

/** What waited in the outbox when the backup was made may have left since: people decide, or it would be sent twice. */
async function holdMails(client: Client): Promise<void> {
  const { rows } = await client.query("select to_regclass('mails') is not null as present")
  if (!rows[0].present) return
  await client.query(
    `with held as (
       update mails set status = 'uncertain', claim = null, is_held = false where status in ('waiting', 'sending') returning id
     )
     insert into mail_events (mail_id, act, actor, actor_name, detail)
     select h.id, 'lost', 'product', 'Ausbauatlas', 'Aus einer Sicherung wiederhergestellt: Sie kann seither verschickt worden sein.' from held h`,
  )
}

async function readState(client: Client): Promise<{ snapshot: string; revision: number; migrations: string[] }> {
  if (await isEmpty(client)) throw new DumpRefused('Die Datenbank ist leer: Es gibt nichts zu sichern.')
  const { rows } = await client.query(`
    select pg_export_snapshot() as snapshot,
           (select coalesce(max(id), 0)::int from changes) as revision,
           (select array_agg(name order by name) from migrations) as migrations`)
  return rows[0]
}

async function readManifest(file: string): Promise<Manifest> {
  const text = await readFile(`${file}.json`, 'utf8').catch(() => {
    throw new DumpRefused(`Zu einer Sicherung gehört ihr Begleitzettel ${file}.json: Er fehlt.`)
  })
  const parsed = Manifest.safeParse(parseJson(text))
  if (!parsed.success) throw new DumpRefused(`Der Begleitzettel ${file}.json ist nicht lesbar.`)
  if (parsed.data.sha256 !== (await sha256(file))) throw new DumpRefused(`Die Sicherung ${file} ist beschädigt oder verändert.`)
  const known = readMigrations().map(({ name }) => name)
  if (!parsed.data.migrations.every((name) => known.includes(name))) {
    throw new DumpRefused(
      `Die Sicherung stammt aus der neueren Version ${parsed.data.version}: Bitte zuerst das Programm erneuern.`,
    )
  }
  return parsed.data
}

/** Whether the database holds nothing but what extensions brought along. */
async function isEmpty(client: Client): Promise<boolean> {
  const { rows } = await client.query(`
    select 1 from pg_class
    where relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'pg_toast'::regnamespace)
      and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e')
      and relkind in ('r', 'p', 'v', 'm', 'f') limit 1`)
  return rows.length === 0
}

/** PostGIS is already in the empty database, put there by a superuser; the product's role may neither make nor describe it. */
function withoutPostgis(list: string): string {
  return list
    .split('\n')
    .filter((line) => !/ EXTENSION - postgis | COMMENT - EXTENSION postgis | TABLE DATA \S+ spatial_ref_sys /.test(`${line} `))
    .join('\n')
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

async function productVersion(): Promise<string> {
  return JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')).version
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
