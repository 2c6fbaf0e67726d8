import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Knex } from 'knex'
import { latest } from '../contract/dates.ts'
import type { Evidence, Proof, ProofFolder } from '../contract/proofs.ts'
import { demoNotice } from '../contract/text.ts'
import { formatReadme } from '../formats/bundle.ts'
import { writeCsv } from '../formats/write-csv.ts'
import { writeXlsx } from '../formats/write-xlsx.ts'
import { writeZip, type ZipEntry } from '../formats/write-zip.ts'
import { readParts } from './proofs-files.ts'
import { missing, reportHtml, reportMarkdown, titleOf } from './proofs-report.ts'
import { evidencePath, tablesOf } from './proofs-tables.ts'

export interface PackageWish {
  folder: ProofFolder
  proof: Proof
  year: number | undefined
  cityName: string
  isDemo: boolean
}

interface ListedFile {
  name: string
  bytes: number
  sha256: string
}

/**
 * Writes the proof package and gives it to `use`; afterwards it is gone. Everything in it follows from the folder at its clocks, so the
 * same question gives the same bytes.
 */
export async function withPackage<Result>(
  database: Knex,
  wish: PackageWish,
  use: (path: string) => Promise<Result>,
): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'ausbauatlas-proof-'))
  try {
    const path = join(directory, 'package.zip')
    await writePackage(database, wish, directory, path)
    return await use(path)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function writePackage(database: Knex, wish: PackageWish, directory: string, path: string): Promise<void> {
  const evidence = evidenceOf(wish)
  const written = await writeDocuments(wish, evidence, directory)
  const files = evidence.map((file, index) => ({ ...file, place: evidencePath(file, index) }))
  const listed: ListedFile[] = [...written, ...files.map(({ place, bytes, sha256 }) => ({ name: place, bytes, sha256 }))]
  const manifest = `${JSON.stringify(manifestOf(wish, listed), null, 2)}\n`
  const entries: ZipEntry[] = [
    { name: 'MANIFEST.json', content: () => [manifest] },
    ...written.map(({ name }) => ({ name, path: join(directory, flat(name)) })),
    ...files.map(({ place, id }) => ({ name: place, content: () => readParts(database, id) })),
  ]
  await writeZip(path, entries)
}

/** Of an interim proof, what is dated up to the end of its budget year; withdrawn files never. */
function evidenceOf({ folder, year }: PackageWish): Evidence[] {
  return folder.evidence.filter(
    ({ withdrawal, dated }) => withdrawal === null && (year === undefined || latest(dated) <= `${year}-12-31`),
  )
}

async function writeDocuments(wish: PackageWish, evidence: readonly Evidence[], directory: string): Promise<ListedFile[]> {
  const { folder, cityName, isDemo } = wish
  const facts = { ...wish, evidence }
  const tables = tablesOf(folder, evidence)
  const readme = formatReadme(
    {
      title: { de: titleOf(wish), en: 'Proof of use: factual text, numeric tables, evidence' },
      licence: null,
      attribution: `Stadt ${cityName}`,
      asOf: folder.clocks.asOf,
      knownAt: folder.frozenAt,
      notes: ['Nicht zur Veröffentlichung: für Zuwendungsgeber.', ...(isDemo ? [demoNotice] : [])],
    },
    tables,
  )
  const place = (name: string) => join(directory, flat(name))
  await writeFile(place('Sachbericht.html'), reportHtml(facts))
  await writeFile(place('Sachbericht.md'), reportMarkdown(facts))
  await writeFile(place('README.txt'), readme)
  await writeXlsx(place('Nachweis.xlsx'), tables)
  const csv = tables.map((table) => ({ table, name: `tabellen/${table.name}.csv` }))
  for (const { table, name } of csv) await writeCsv(place(name), table, 'excel')
  const names = ['Sachbericht.html', 'Sachbericht.md', 'Nachweis.xlsx', ...csv.map(({ name }) => name), 'README.txt']
  return Promise.all(
    names.map(async (name) => ({ name, bytes: (await stat(place(name))).size, sha256: await hashOf(place(name)) })),
  )
}

/** Folders of the package do not exist while it is written. */
function flat(name: string): string {
  return name.replaceAll('/', '_')
}

function manifestOf({ folder, proof, year, isDemo }: PackageWish, files: readonly ListedFile[]) {
  return {
    proof,
    budgetYear: year ?? null,
    programme: folder.programme.id,
    asOf: folder.clocks.asOf,
    knownAt: folder.frozenAt,
    revision: folder.clocks.revision,
    ...(isDemo && { notice: demoNotice }),
    missing: missing({ folder, proof }),
    files,
  }
}

/** SHA-256 of a file, in hex. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
