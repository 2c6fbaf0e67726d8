import type { Knex } from 'knex'
import type { GisNbSubmission } from '../contract/gisnb.ts'
import type { SignedInUser } from '../http/context.ts'

const columns = {
  id: 'id',
  programmeId: 'programme_id',
  version: 'version',
  phase: 'phase',
  format: 'format',
  crs: 'crs',
  asOf: 'as_of',
  knownAt: 'known_at',
  sha256: 'sha256',
  errors: 'errors',
  madeAt: 'made_at',
  madeBy: 'made_by_name',
}

type Wish = Pick<GisNbSubmission, 'programmeId' | 'version' | 'phase'>

export async function findSubmissions(database: Knex): Promise<GisNbSubmission[]> {
  return database('gisnb_submissions').select(columns).orderBy('id', 'desc')
}

/** The last package handed over for the programme and phase in this version. */
export async function findLastSubmission(
  database: Knex,
  { programmeId, version, phase }: Wish,
): Promise<GisNbSubmission | undefined> {
  return database('gisnb_submissions')
    .select(columns)
    .where({ programme_id: programmeId, version, phase })
    .orderBy('id', 'desc')
    .first()
}

export async function insertSubmission(
  database: Knex,
  submission: Omit<GisNbSubmission, 'id' | 'madeAt' | 'madeBy'>,
  user: SignedInUser,
): Promise<GisNbSubmission> {
  const [row] = await database('gisnb_submissions')
    .insert({
      programme_id: submission.programmeId,
      version: submission.version,
      phase: submission.phase,
      format: submission.format,
      crs: submission.crs,
      as_of: submission.asOf,
      known_at: submission.knownAt,
      sha256: submission.sha256,
      errors: submission.errors,
      made_by: user.id,
      made_by_name: user.name,
    })
    .returning('id')
  return database('gisnb_submissions').select(columns).where('id', row.id).first()
}
