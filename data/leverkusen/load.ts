import type { Knex } from 'knex'
import type { IsoDate } from '../../server/contract/dates.ts'
import { type FactKindName, factKinds } from '../../server/contract/facts/index.ts'
import { lockWriters } from '../../server/database/change.ts'
import { publishedChange } from '../../server/database/published.ts'
import { drawBoundaries } from './boundaries.ts'
import { type Content, readContent } from './content.ts'
import { missing } from './missing.ts'
import { writeReferenceData } from './reference-data.ts'
import { type CitedStatement, insertStatements, whatIsSaid } from './rows.ts'

/** Statements that become known at the same time: one change, one revision. */
interface Publication {
  /** null: now. */
  day: IsoDate | null
  assumed: boolean
  statements: CitedStatement[]
}

/**
 * Brings the content shipped with the product into the database: published facts with the time of their publication, boundaries
 * and texts with the time of loading. Only what is missing is written, all of it or nothing, so it may run at every start.
 * Returns the number of statements written.
 */
export async function loadContent(database: Knex, content: Content = readContent()): Promise<{ statements: number }> {
  return database.transaction(async (trx) => {
    await lockWriters(trx)
    await writeReferenceData(trx, content)
    const publications = publicationsOf(await findMissing(trx, content))
    for (const publication of publications) await publish(trx, publication)
    return { statements: publications.reduce((sum, { statements }) => sum + statements.length, 0) }
  })
}

/** What the database lacks; `known` null means from now on. */
async function findMissing(trx: Knex.Transaction, content: Content): Promise<CitedStatement[]> {
  const shipped = [...content.statements, ...(await drawBoundaries(trx, content))]
  const lacking: CitedStatement[] = []
  for (const [kind, all] of byKind(shipped)) {
    const statements = all.map((statement) => ({ ...statement, citation: content.sources[statement.source]?.citation ?? '' }))
    const said = await whatIsSaid(trx, kind, statements)
    for (const [index, statement] of statements.entries()) {
      const since = missing(statement, said[index] ?? { isRecorded: false, versions: [] })
      if (since.includes('published')) lacking.push(statement)
      if (since.includes('now')) lacking.push({ ...statement, known: null, assumed: false })
    }
  }
  return lacking
}

/** Oldest first; what is known from now on comes last. */
function publicationsOf(statements: CitedStatement[]): Publication[] {
  const groups = Map.groupBy(statements, ({ known, assumed }) => `${known ?? '~'} ${assumed}`)
  return [...groups.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => ({ day: group[0]?.known ?? null, assumed: group[0]?.assumed ?? false, statements: group }))
}

async function publish(trx: Knex.Transaction, { day, assumed, statements }: Publication): Promise<void> {
  const reason = day === null ? 'Mit dem Programm gelieferte Inhalte' : 'Veröffentlichte Angaben'
  await publishedChange(trx, { actorName: 'Ausbauatlas', reason, knownAt: day, assumed }, async (change) => {
    for (const [kind, group] of byKind(statements)) await insertStatements(change, kind, group)
  })
}

/** In the order of the declared kinds: programmes before what refers to them. */
function byKind<Item extends { kind: FactKindName }>(items: Item[]): [FactKindName, Item[]][] {
  const groups = Map.groupBy(items, ({ kind }) => kind)
  return (Object.keys(factKinds) as FactKindName[]).flatMap((kind) => {
    const group = groups.get(kind)
    return group ? [[kind, group] as [FactKindName, Item[]]] : []
  })
}
