import type { Knex } from 'knex'
import type { CouncilReport } from '../contract/council-reports.ts'
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

/** Keeps what the report was asked for, with this moment as its knowledge. */
export async function insertReport(
  database: Knex,
  { asOf, since, programmeId, districtId }: Scope & { asOf: string; since: string | null },
  user: SignedInUser,
): Promise<CouncilReport> {
  const [row] = await database('council_reports')
    .insert({
      as_of: asOf,
      since,
      programme_id: programmeId,
      district_id: districtId,
      known_at: database.raw('clock_timestamp()'),
      made_by: user.id,
      made_by_name: user.name,
    })
    .returning('id')
  const report = await findReport(database, row.id)
  if (!report) throw new Error('a report just made is not there')
  return report
}
