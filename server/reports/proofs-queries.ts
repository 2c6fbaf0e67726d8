import type { Knex } from 'knex'
import type { Deadline, DeadlineRule, Evidence, Proof, ProofFolder, Submission } from '../contract/proofs.ts'
import type { Clocks } from '../http/clocks.ts'

/** Without a moment: everything known now. */
function bindings(database: Knex, { asOf, knownAt }: Clocks, programmeId: string) {
  return { asOf, knownAt: knownAt ?? database.raw('now()'), programmeId }
}

const list = (fields: string, from: string, order: string) =>
  `coalesce((select json_agg(json_build_object(${fields}) order by ${order}) from ${from}), '[]'::json)`
const source = (row: string) => `json_build_object('citation', ${row}.source, 'trueOn', ${row}.true_on)`

export type FolderFacts = Pick<ProofFolder, 'programme' | 'milestones' | 'sections' | 'targets' | 'money' | 'frozenAt'> & {
  revision: number
}

/** What is known of a programme for a proof: read from the published layers. null: no such programme. */
export async function findFolderFacts(database: Knex, clocks: Clocks, programmeId: string): Promise<FolderFacts | null> {
  const milestones = list(
    `'id', m.id, 'title', m.title, 'planned', m.planned, 'actual', m.actual, 'note', m.note, 'source', ${source('m')}`,
    'layer_milestones(:asOf, :knownAt) m join milestones_at(:asOf, :knownAt) o on o.id = m.id where m.programme_id = p.id',
    'o.position, m.id',
  )
  const sections = list(
    `'id', x.id, 'name', x.name, 'phase', x.phase, 'civilWorksStart', t.actual_start, 'civilWorksEnd', t.actual_end, 'plannedEnd', t.planned_end`,
    `layer_build_sections(:asOf, :knownAt) x
     left join stages_at(:asOf, :knownAt) t on t.section_id = x.id and t.trade = 'civil_works' where x.programme_id = p.id`,
    `x.build_phase nulls last, x.name collate "de-x-icu", x.id`,
  )
  const reported = list(
    `'state', f.state, 'value', f.value, 'approximate', f.approximate, 'source', ${source('f')}`,
    `layer_figures(:asOf, :knownAt) f where f.programme_id = p.id and f.quantity = g.quantity and f.district_id is null`,
    'f.state, f.funding_class, f.id',
  )
  const names = `(select json_agg(d.name order by d.name collate "de-x-icu") from districts d where d.id = any (g.district_ids))`
  const targets = list(
    `'id', g.id, 'quantity', g.quantity, 'unit', g.unit, 'target', g.value, 'approximate', g.approximate, 'districts', ${names},
     'source', ${source('g')}, 'reported', case when g.district_ids is null then ${reported} else '[]'::json end`,
    'layer_targets(:asOf, :knownAt) g where g.programme_id = p.id',
    'g.district_ids nulls first, g.quantity, g.id',
  )
  const money = list(
    `'id', f.id, 'giver', f.giver, 'role', f.role, 'amountEur', f.amount_eur, 'approximate', f.approximate,
     'partOf', (select w.giver from layer_funding(:asOf, :knownAt) w where w.id = f.part_of), 'note', f.note, 'source', ${source('f')}`,
    'layer_funding(:asOf, :knownAt) f join funding_at(:asOf, :knownAt) o on o.id = f.id where f.programme_id = p.id',
    'o.position, f.id',
  )
  const { rows } = await database.raw<{ rows: { body: FolderFacts }[] }>(
    `select json_build_object('frozenAt', iso_moment(:knownAt), 'revision', (select coalesce(max(c.id), 0) from changes c where c.known_at <= :knownAt),
       'programme', json_build_object('id', p.id, 'name', p.name, 'summary', p.summary, 'passiveOperator', p.passive_operator,
         'activeOperator', p.active_operator),
       'milestones', ${milestones}, 'sections', ${sections}, 'targets', ${targets}, 'money', ${money}) as body
     from programmes_at(:asOf, :knownAt) p where p.id = :programmeId`,
    bindings(database, clocks, programmeId),
  )
  return rows[0]?.body ?? null
}

const evidenceColumns = `e.id, e.kind, e.name, e.media_type as "mediaType", e.bytes, e.sha256, e.proves, e.dated, iso_moment(e.uploaded_at) as "uploadedAt",
  e.uploaded_name as "uploadedBy"`
const withdrawal = `json_build_object('at', iso_moment(e.withdrawn_at), 'by', e.withdrawn_name, 'reason', e.withdrawn_reason)`

/** Files known at the moment, in the order they came; one withdrawn later is not yet withdrawn. */
export async function findEvidence(database: Knex, clocks: Clocks, programmeId: string): Promise<Evidence[]> {
  const { rows } = await database.raw<{ rows: Evidence[] }>(
    `select ${evidenceColumns}, case when e.withdrawn_at <= :knownAt then ${withdrawal} end as withdrawal
     from evidence_files e where e.programme_id = :programmeId and e.uploaded_at <= :knownAt order by e.id`,
    bindings(database, clocks, programmeId),
  )
  return rows
}

export async function findEvidenceFile(database: Knex, id: number): Promise<Evidence | undefined> {
  const { rows } = await database.raw<{ rows: Evidence[] }>(
    `select ${evidenceColumns}, case when e.withdrawn_at is not null then ${withdrawal} end as withdrawal from evidence_files e where e.id = :id`,
    { id },
  )
  return rows[0]
}

const ruleColumns = `r.id, r.proof, r.months, r.legal_note as "legalNote", r.valid_from as "validFrom", r.valid_until as "validUntil",
  r.programme_id is null as "isGeneral", r.recorded_name as "recordedBy"`

/** Deadline rules of a programme and the general ones, as known at the moment. */
export async function findDeadlineRules(database: Knex, clocks: Clocks, programmeId: string): Promise<DeadlineRule[]> {
  const { rows } = await database.raw<{ rows: DeadlineRule[] }>(
    `select ${ruleColumns} from proof_deadlines r
     where (r.programme_id is null or r.programme_id = :programmeId) and r.recorded_at <= :knownAt
       and (r.withdrawn_at is null or r.withdrawn_at > :knownAt)
     order by r.proof desc, r.id`,
    bindings(database, clocks, programmeId),
  )
  return rows
}

export async function findDeadlineRule(database: Knex, id: number): Promise<DeadlineRule | undefined> {
  const { rows } = await database.raw<{ rows: DeadlineRule[] }>(`select ${ruleColumns} from proof_deadlines r where r.id = :id`, {
    id,
  })
  return rows[0]
}

const submissionColumns = `s.id, s.proof, s.budget_year as "budgetYear", s.submitted_on as "submittedOn", s.note,
  case when s.sha256 is not null then json_build_object('asOf', s.as_of, 'knownAt', iso_moment(s.known_at), 'sha256', s.sha256) end as package,
  s.recorded_name as "recordedBy"`

export async function findSubmissions(database: Knex, clocks: Clocks, programmeId: string): Promise<Submission[]> {
  const { rows } = await database.raw<{ rows: Submission[] }>(
    `select ${submissionColumns} from proof_submissions s where s.programme_id = :programmeId and s.recorded_at <= :knownAt
     order by s.submitted_on desc, s.id desc`,
    bindings(database, clocks, programmeId),
  )
  return rows
}

export interface NewSubmission {
  programmeId: string
  proof: Proof
  budgetYear: Deadline['budgetYear']
  submittedOn: string
  note: string | null
  package: Submission['package']
}

export async function insertSubmission(
  database: Knex,
  one: NewSubmission,
  user: { id: string; name: string },
): Promise<Submission> {
  const { rows } = await database.raw<{ rows: Submission[] }>(
    `insert into proof_submissions as s (programme_id, proof, budget_year, submitted_on, note, as_of, known_at, sha256, recorded_by, recorded_name)
     values (:programmeId, :proof, :budgetYear, :submittedOn, :note, :asOf, :knownAt, :sha256, :by, :name) returning ${submissionColumns}`,
    {
      ...{
        programmeId: one.programmeId,
        proof: one.proof,
        budgetYear: one.budgetYear,
        submittedOn: one.submittedOn,
        note: one.note,
      },
      ...{ asOf: one.package?.asOf ?? null, knownAt: one.package?.knownAt ?? null, sha256: one.package?.sha256 ?? null },
      ...{ by: user.id, name: user.name },
    },
  )
  return rows[0] as Submission
}

/** Ends a deadline rule or a file; false: it had ended already. */
export async function writeWithdrawal(
  database: Knex,
  table: 'proof_deadlines' | 'evidence_files',
  id: number,
  { name, reason }: { name: string; reason: string },
): Promise<boolean> {
  const changed = await database(table)
    .where({ id })
    .whereNull('withdrawn_at')
    .update({ withdrawn_at: database.raw('clock_timestamp()'), withdrawn_name: name, withdrawn_reason: reason })
  return changed > 0
}
