import type { Knex } from 'knex'
import type { CouncilReport } from '../contract/council-reports.ts'
import { lockWriters } from '../database/change.ts'
import type { SignedInUser } from '../http/context.ts'

const columns = {
  id: 'id',
  asOf: 'as_of',
  knownAt: 'known_at',
  since: 'since',
  programmeId: 'programme_id',
  districtId: 'district_id',
  madeAt: 'made_at',
  madeBy: 'made_by_name',
  isDemo: 'demo',
  sha256: 'sha256',
}

type Scope = Pick<CouncilReport, 'programmeId' | 'districtId'>

export async function findReports(database: Knex): Promise<CouncilReport[]> {
  return database('council_reports').select(columns).orderBy('id', 'desc')
}

export async function findReport(database: Knex, id: number): Promise<CouncilReport | undefined> {
  return database('council_reports').select(columns).where('id', id).first()
}

/** Day of the last report with the same scope; null: there was none. */
export async function lastReportDay(
  database: Knex,
  { programmeId, districtId, asOf }: Scope & { asOf: string },
): Promise<string | null> {
  const row = await database('council_reports')
    .where({ programme_id: programmeId, district_id: districtId })
    .where('as_of', '<', asOf)
    .max({ day: 'as_of' })
    .first()
  return row?.day ?? null
}

type Wish = Scope & { asOf: string; since: string | null }

/**
 * Keeps what the report was asked for, with this moment as its knowledge, and the hash of what it says. No change is under way
 * meanwhile, so nothing can become known before this moment and yet after the report.
 */
export async function insertReport(
  database: Knex,
  wish: Wish,
  user: SignedInUser,
  hashOf: (trx: Knex.Transaction, question: Wish & { knownAt: string }) => Promise<string>,
): Promise<CouncilReport> {
  return database.transaction(async (trx) => {
    await lockWriters(trx)
    const { rows } = await trx.raw<{ rows: { knownAt: string }[] }>('select clock_timestamp() as "knownAt"')
    const { knownAt } = rows[0] as { knownAt: string }
    const { asOf, since, programmeId, districtId } = wish
    const [row] = await trx('council_reports')
      .insert({
        ...{ as_of: asOf, since, programme_id: programmeId, district_id: districtId, known_at: knownAt },
        ...{ made_by: user.id, made_by_name: user.name, demo: trx.raw('is_demo()') },
        sha256: await hashOf(trx, { ...wish, knownAt }),
      })
      .returning('id')
    const report = await findReport(trx, row.id)
    if (!report) throw new Error('a report just made is not there')
    return report
  })
}
