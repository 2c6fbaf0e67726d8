import type { Knex } from 'knex'
import type { IsoDate } from '../contract/dates.ts'
import type { DeadlineUnit } from '../contract/deadlines.ts'
import { contentColumns, type FactKind } from '../contract/facts/fact.ts'
import type { Opinion, Silence } from '../contract/mobile/codes.ts'
import { siteCandidate } from '../contract/mobile/site-candidate.ts'
import { type SiteRequest, siteRequest } from '../contract/mobile/site-request.ts'
import type { ReviewEventKind, ReviewStatus, StatementSource } from '../contract/participation-words.ts'

/** Rows of a table function with its arguments; columns become camelCase, lists of ids (bigint[], read as text) numbers. */
async function rowsOf<Row>(database: Knex, sql: string, bindings: Record<string, unknown> = {}): Promise<Row[]> {
  const { rows } = await database.raw<{ rows: Record<string, unknown>[] }>(sql, bindings as Knex.ValueDict)
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [camelCase(name), name.endsWith('_ids') ? numbers(value) : value]),
    ),
  ) as Row[]
}

function numbers(ids: unknown): number[] | null {
  return Array.isArray(ids) ? ids.map(Number) : null
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** SQL of a JSON object with these values of a record, and no others. */
function jsonOf(kind: FactKind, keys: readonly string[], alias: string): string {
  const columns = contentColumns(kind).filter(({ key }) => keys.includes(key))
  const pairs = columns.map(({ key, column, isGeometry }) =>
    isGeometry
      ? `'${key}', st_asgeojson(st_transform(${alias}.${column}, 4326), 7)::jsonb`
      : `'${key}', to_jsonb(${alias}.${column})`,
  )
  return `jsonb_build_object(${pairs.join(', ')})`
}

/** A case as participation needs it. */
export interface CaseFile
  extends Pick<SiteRequest, 'caseNumber' | 'caseType' | 'operators' | 'towerCompany' | 'operatorSiteCode'> {
  id: string
  key: string
  version: number
  knownFrom: string
  receivedOn: IsoDate
  steps: SiteRequest['steps']
  pauses: SiteRequest['pauses']
  attachmentIds: number[]
  contactName: string | null
  contactEmail: string | null
}

/** All cases known now, or the one of this id. */
export async function findCases(database: Knex, id: string | null = null): Promise<CaseFile[]> {
  return rowsOf(
    database,
    `select id, key, version, known_from, case_number, case_type, operators, tower_company, operator_site_code, received_on, steps, pauses,
       attachment_ids, contact_name, contact_email
     from site_requests_known(clock_timestamp()) where cast(:id as text) is null or id = :id order by received_on, id`,
    { id },
  )
}

export interface CandidateFile {
  id: string
  requestId: string
  name: string
  address: string | null
  decision: string
  decisionReason: string | null
  decidedOn: string | null
  attachmentIds: number[]
}

export async function findCandidates(database: Knex, requestIds: readonly string[]): Promise<CandidateFile[]> {
  return rowsOf(
    database,
    `select id, request_id, name, address, decision, decision_reason, decided_on, attachment_ids
     from site_candidates_known(clock_timestamp()) where request_id = any (:requestIds) order by id`,
    { requestIds },
  )
}

/** What the page of a reviewer shows of a case and its candidates (or of the one it is about): the keys named, and nothing else. */
export async function findSheet(
  database: Knex,
  about: { requestId: string; candidateId: string | null },
  keys: { case: readonly string[]; candidate: readonly string[] },
): Promise<{ case: unknown; candidates: unknown[] } | undefined> {
  const [row] = await rowsOf<{ case: unknown; candidates: unknown[] }>(
    database,
    `select ${jsonOf(siteRequest, keys.case, 'r')} as "case",
       coalesce((select jsonb_agg(${jsonOf(siteCandidate, keys.candidate, 'k')} order by k.id)
         from site_candidates_known(clock_timestamp()) k
         where k.request_id = r.id and case when cast(:candidateId as text) is null then k.decision <> 'rejected' else k.id = :candidateId end
         ), '[]') as candidates
     from site_requests_known(clock_timestamp()) r where r.id = :requestId`,
    about,
  )
  return row
}

/** A review as it is known now (SQL: reviews_known). */
export interface ReviewRow {
  id: number
  requestId: string
  candidateId: string | null
  departmentId: string
  departmentCode: string
  departmentName: string
  question: string
  dueOn: IsoDate
  dueSetOn: IsoDate
  extensions: number
  silence: Silence
  askedVia: 'mail' | 'other'
  remindWorkingDays: number
  attachmentIds: number[]
  askedOn: IsoDate
  askedAt: string
  askedName: string
  status: ReviewStatus
  isClosed: boolean
  opinion: Opinion | null
  givenOn: IsoDate | null
  source: StatementSource | null
  takenUpAt: string | null
  changedAt: string
}

/** Reviews in the order they were asked. `isOpen`: only those that still wait for a statement. */
export async function findReviews(
  database: Knex,
  which: { requestId?: string; ids?: readonly number[]; isOpen?: boolean } = {},
): Promise<ReviewRow[]> {
  return rowsOf(
    database,
    `select * from reviews_known(clock_timestamp())
     where (cast(:requestId as text) is null or request_id = :requestId) and (cast(:ids as bigint[]) is null or id = any (:ids))
       and (not :isOpen or (status in ('asked', 'taken_up') and not is_closed))
     order by id`,
    {
      requestId: which.requestId ?? null,
      ids: which.ids ?? null,
      isOpen: which.isOpen ?? false,
    },
  )
}

export interface StatementRow {
  id: number
  reviewId: number
  opinion: Opinion
  conditions: string | null
  remark: string | null
  attachmentIds: number[]
  givenOn: IsoDate
  isLate: boolean
  source: StatementSource
  givenBy: string
  at: string
}

/** Statements of reviews, newest first. */
export async function findStatements(database: Knex, reviewIds: readonly number[]): Promise<StatementRow[]> {
  return rowsOf(database, 'select * from review_statements where review_id = any (:reviewIds) order by id desc', { reviewIds })
}

export interface EventRow {
  reviewId: number
  kind: ReviewEventKind
  day: IsoDate
  dueOn: IsoDate | null
  note: string | null
  at: string
  byId: string
  byName: string
}

/** Events of reviews, oldest first. */
export async function findEvents(database: Knex, reviewIds: readonly number[]): Promise<EventRow[]> {
  return rowsOf(database, 'select * from review_events where review_id = any (:reviewIds) order by id', { reviewIds })
}

/** Whom a mail about these reviews did not reach, or may not have. The key of a mail names its review (acting.ts, asking.ts, jobs.ts). */
export async function findUndelivered(database: Knex, reviewIds: readonly number[]): Promise<{ reviewId: number; to: string }[]> {
  return rowsOf(
    database,
    `select distinct r.id as review_id, m.recipient as "to"
     from mails m join unnest(cast(:reviewIds as bigint[])) r (id) on split_part(m.key, ':', 2) = r.id::text
     where m.status in ('failed', 'uncertain') and split_part(m.key, ':', 1) in ('ask', 'remind', 'reminder', 'extend', 'forward')
     order by 1, 2`,
    { reviewIds },
  )
}

export interface Department {
  id: string
  slug: string
  code: string
  name: string
  email: string | null
  deputyName: string | null
  deputyEmail: string | null
  escalationName: string | null
  escalationEmail: string | null
  question: string | null
  silence: Silence
  active: boolean
}

export async function findDepartments(database: Knex, asOf: IsoDate): Promise<Department[]> {
  return rowsOf(database, 'select * from departments_at(:asOf, clock_timestamp()) order by position, code', { asOf })
}

export interface DeadlineRule {
  slug: string
  name: string
  amount: number
  unit: DeadlineUnit
  rollsForward: boolean
  warningDays: number
  validFrom: string | null
  validUntil: string | null
  legalNote: string | null
}

export async function findDeadlineRules(database: Knex, asOf: IsoDate): Promise<DeadlineRule[]> {
  return rowsOf(database, 'select * from deadline_rules_at(:asOf, clock_timestamp()) order by slug', { asOf })
}

/** Sentences offered to a department. */
export async function findTextModules(
  database: Knex,
  asOf: IsoDate,
  departmentSlug: string,
): Promise<{ title: string; text: string; opinion: Opinion | null }[]> {
  return rowsOf(
    database,
    `select title, text, opinion from text_modules_at(:asOf, clock_timestamp())
     where department_slug is null or department_slug = :departmentSlug order by title collate "de-x-icu"`,
    { asOf, departmentSlug },
  )
}
