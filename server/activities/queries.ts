import type { Knex } from 'knex'
import type { Expense } from '../contract/activities/expense.ts'
import type { LogKindName } from '../contract/activities/index.ts'
import type { ActivityEntry, Budget, ExpenseEntry, Voucher } from '../contract/activities.ts'
import { contentColumns } from '../contract/facts/fact.ts'
import { budgetOf, type Frame } from './budget.ts'
import { type Content, kindOf } from './content.ts'

/** Later than anything known: also what was recorded this very moment. */
export const everything = '9999-01-01'

export function contentSql(name: LogKindName, alias: string): string {
  const pairs = contentColumns(kindOf(name)).map(({ key, column }) => `'${key}', ${alias}.${column}`)
  return `json_build_object(${pairs.join(', ')})`
}

const recorded = (alias: string) => `${alias}.id, ${alias}.version, ${alias}.person_name as person,
  iso_moment(${alias}.recorded_at) as "recordedAt", ${alias}.recorded_name as "recordedBy"`

export interface Period {
  /** null: from the first entry. */
  from: string | null
  to: string
  knownAt: string
}

/** Activities of a period, the latest first. */
export async function findActivities(database: Knex, { from, to, knownAt }: Period): Promise<ActivityEntry[]> {
  const { rows } = await database.raw<{ rows: ActivityEntry[] }>(
    `select ${recorded('a')}, ${contentSql('activity', 'a')} as content, coalesce(r.case_number, r.operator_site_code, a.request_id) as "requestName"
     from activities_known(:knownAt) a left join site_requests_known(:knownAt) r on r.id = a.request_id
     where a.day between coalesce(cast(:from as date), '-infinity') and :to
     order by a.day desc, a.id`,
    { from, to, knownAt } as never,
  )
  return rows
}

/** Expenses of a period by their first possible day, the latest first. */
export async function findExpenses(database: Knex, { from, to, knownAt }: Period): Promise<ExpenseEntry[]> {
  const { rows } = await database.raw<{ rows: ExpenseEntry[] }>(
    `select ${recorded('e')}, ${contentSql('expense', 'e')} as content,
      case when t.id is not null then json_build_object('id', t.id, 'name', t.name, 'bytes', t.bytes, 'sha256', t.sha256) end as voucher
     from expenses_known(:knownAt) e left join attachments t on t.id = e.voucher_id
     where imprecise_earliest(e.dated) between coalesce(cast(:from as date), '-infinity') and :to
     order by imprecise_earliest(e.dated) desc, e.id`,
    { from, to, knownAt } as never,
  )
  return rows
}

/**
 * Every funding frame against time and money as of `to`, those granted first. When a grant runs, its own dates say. `without` and `with`:
 * an expense to leave out, and one to reckon with though it is not recorded yet.
 */
export async function findBudgets(
  database: Knex,
  { to, knownAt }: Period,
  more: { without?: string; with?: Expense } = {},
): Promise<Budget[]> {
  const { rows } = await database.raw<{ rows: Frame[] }>(
    `select f.id as "frameId", f.name, f.directive, f.most_eur as "mostEur", f.share_percent as "sharePercent", f.months,
      f.granted_eur as "grantedEur", f.first_month as "firstMonth", f.notice_on as "noticeOn", f.legal_note as "legalNote",
      json_build_object('citation', s.citation, 'url', s.url, 'trueOn', f.true_on) as source
     from funding_frames_at('infinity', :knownAt) f join sources s on s.id = f.source_id
     order by f.first_month desc nulls last, f.true_on desc, f.id`,
    { knownAt },
  )
  const recordedExpenses = await findExpenses(database, { from: null, to, knownAt })
  const others = recordedExpenses.filter(({ id }) => id !== more.without).map(({ content }) => content)
  return rows.map((frame) => budgetOf(frame, more.with ? [...others, more.with] : others, to))
}

/** An entry as it is now; undefined: there was none of this id. */
export interface Present {
  version: number
  retracted: boolean
  personId: string
  personName: string
  isFresh: boolean
  content: Content
}

/** The versions of an entry, the latest first. An undo is possible for ten minutes. */
export async function findVersions(
  database: Knex,
  name: LogKindName,
  id: string,
): Promise<(Present & { reason: string | null; recordedAt: string; recordedBy: string })[]> {
  const { rows } = await database.raw(
    `select l.version, l.retracted, l.reason, l.person_id as "personId", l.person_name as "personName", ${contentSql(name, 'l')} as content,
      l.recorded_at > clock_timestamp() - interval '10 minutes' as "isFresh", iso_moment(l.recorded_at) as "recordedAt",
      l.recorded_name as "recordedBy"
     from ${kindOf(name).table} l where l.id = :id order by l.version desc`,
    { id },
  )
  return rows
}

/** What the rules ask about an activity. */
export async function findActivityFacts(
  database: Knex,
  { id, personId, content }: { id: string; personId: string; content: Content },
): Promise<{ otherMinutes: number; isCaseKnown: boolean; isTwin: boolean }> {
  const { rows } = await database.raw(
    `select coalesce(sum(a.minutes), 0)::integer as "otherMinutes",
      exists (select from site_requests_known(:everything) r where r.id = :requestId) as "isCaseKnown",
      coalesce(bool_or(cast(${contentSql('activity', 'a')} as jsonb) = cast(:content as jsonb)), false) as "isTwin"
     from activities_known(:everything) a where a.person_id = :personId and a.day = :day and a.id <> :id`,
    { everything, id, personId, day: content.day, requestId: content.requestId, content: JSON.stringify(content) } as never,
  )
  return rows[0]
}

export async function findExpenseFacts(
  database: Knex,
  { id, content }: { id: string; content: Content },
): Promise<{ isVoucherKnown: boolean; isTwin: boolean }> {
  const { rows } = await database.raw(
    `select exists (select from vouchers v where v.attachment_id = :voucherId) as "isVoucherKnown",
      exists (select from expenses_known(:everything) e
        where e.id <> :id and cast(${contentSql('expense', 'e')} as jsonb) = cast(:content as jsonb)) as "isTwin"`,
    { everything, id, voucherId: content.voucherId, content: JSON.stringify(content) } as never,
  )
  return rows[0]
}

export async function findVoucher(database: Knex, id: number): Promise<Voucher | undefined> {
  return database('vouchers as v')
    .join('attachments as t', 't.id', 'v.attachment_id')
    .where('t.id', id)
    .first<Voucher | undefined>('t.id', 't.name', 't.bytes', 't.sha256')
}
