import type { Knex } from 'knex'
import { premisesKinds } from '../contract/objects/codes.ts'
import { type Finding, type QualityRuleId, qualityRules, type Severity } from '../contract/quality.ts'
import { ruleQuery } from './rules/index.ts'
import type { Details } from './rules/rule.ts'

export interface FindingFilter {
  rule?: QualityRuleId | undefined
  severity?: Severity | undefined
  districtId?: string | undefined
  status?: 'open' | 'accepted' | 'resolved' | undefined
}

interface FindingRow {
  id: number
  rule: QualityRuleId
  subject_kind: string
  subject_id: string
  district_id: string | null
  programme_id: string | null
  details: Details
  first_seen: string
  resolved_at: string | null
  accepted_at: string | null
  accepted_name: string | null
  accepted_reason: string | null
}

const conditions: Record<NonNullable<FindingFilter['status']>, string> = {
  open: 'f.resolved_at is null and f.accepted_at is null',
  accepted: 'f.resolved_at is null and f.accepted_at is not null',
  resolved: 'f.resolved_at is not null',
}

const gravity: readonly Severity[] = ['error', 'warning', 'notice']
/** Rule ids, gravest first: so lists are sorted by SQL without a table of rules. */
const rulesByGravity = gravity.flatMap((severity) => rulesOf(severity))

function rulesOf(severity: Severity): QualityRuleId[] {
  return (Object.keys(qualityRules) as QualityRuleId[]).filter((id) => qualityRules[id].severity === severity)
}

/** Findings that fit, the gravest first, then in the order they were seen; without `limit` all of them. */
export async function findFindings(
  database: Knex,
  filter: FindingFilter,
  { after, limit }: { after?: number | undefined; limit?: number } = {},
): Promise<Finding[]> {
  const place = `array[array_position(:order::text[], f.rule)::bigint, f.id]`
  const { rows } = await database.raw<{ rows: FindingRow[] }>(
    `select f.* from findings f where ${conditions[filter.status ?? 'open']}
      and (:rule::text is null or f.rule = :rule) and (:rules::text[] is null or f.rule = any (:rules))
      and (:districtId::text is null or f.district_id = :districtId)
      and (:after::bigint is null or ${place} > (select ${place.replaceAll('f.', 'a.')} from findings a where a.id = :after))
     order by ${place} limit :limit`,
    {
      order: rulesByGravity,
      rule: filter.rule ?? null,
      rules: filter.severity ? rulesOf(filter.severity) : null,
      districtId: filter.districtId ?? null,
      after: after ?? null,
      limit: limit ?? null,
    },
  )
  return rows.map(toFinding)
}

export async function findFinding(database: Knex, id: number): Promise<Finding | undefined> {
  const row = await database<FindingRow>('findings').where('id', id).first()
  return row && toFinding(row)
}

function toFinding(row: FindingRow): Finding {
  const { rule, subject_kind: kind, subject_id: id } = row
  return {
    id: row.id,
    rule,
    severity: qualityRules[rule].severity,
    subject: { kind, id },
    districtId: row.district_id,
    programmeId: row.programme_id,
    sentence: ruleQuery(rule).sentence(row.details),
    href: pageOf(row),
    firstSeen: row.first_seen,
    resolvedAt: row.resolved_at,
    acceptance:
      row.accepted_at === null ? null : { name: row.accepted_name ?? '', reason: row.accepted_reason ?? '', at: row.accepted_at },
  }
}

/** Where the workbench shows the subject. */
function pageOf({ subject_kind: kind, subject_id: id, programme_id: programme, details }: FindingRow): string {
  const address = (path: string, query: Readonly<Record<string, string | null>>) =>
    `${path}?${new URLSearchParams(Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== null))}`
  switch (kind) {
    case 'premises':
      return address('/arbeitsplatz/anschluesse', { objekt: id })
    case 'figure':
    case 'target': {
      const isCounted = premisesKinds.keys.some((one) => one === details.quantity)
      return address('/arbeitsplatz/zahlen', { programm: programme, art: isCounted ? String(details.quantity) : null })
    }
    case 'milestone':
      return address('/arbeitsplatz/programme', { programm: programme })
    case 'section':
      return address('/arbeitsplatz', { programm: programme, abschnitt: id })
    case 'stage':
      // A stage is called like its section and its trade.
      return address('/arbeitsplatz', { programm: programme, abschnitt: id.slice(0, id.lastIndexOf(':')) })
    default:
      return address('/arbeitsplatz/netz', { objekt: id })
  }
}

interface RuleStateRow {
  rule: string
  checked: number | null
  open: number
  accepted: number
}

/** How often each rule has something to say, and how much it checked in the last run. */
export async function findRuleStates(database: Knex): Promise<Map<string, RuleStateRow>> {
  const { rows } = await database.raw<{ rows: RuleStateRow[] }>(
    `select r.rule, l.checked::integer,
      (select count(*)::integer from findings f where f.rule = r.rule and ${conditions.open}) as open,
      (select count(*)::integer from findings f where f.rule = r.rule and ${conditions.accepted}) as accepted
     from unnest(:rules::text[]) as r (rule)
     left join rule_results l on l.rule = r.rule and l.run_id = (select max(q.id) from quality_runs q where q.finished_at is not null)`,
    { rules: rulesByGravity },
  )
  return new Map(rows.map((row) => [row.rule, row]))
}

export async function findLastRun(database: Knex): Promise<{ finishedAt: string; occasion: string; revision: number } | null> {
  const row = await database('quality_runs')
    .whereNotNull('finished_at')
    .orderBy('id', 'desc')
    .first({ finishedAt: 'finished_at', occasion: 'occasion', revision: 'revision' })
  return row ?? null
}

/** Explains a finding that is still open, or (`explanation` null) takes that back; false: it is gone. */
export async function writeAcceptance(
  database: Knex,
  id: number,
  explanation: { by: string; name: string; reason: string } | null,
): Promise<boolean> {
  const changed = await database('findings')
    .where('id', id)
    .whereNull('resolved_at')
    .update({
      accepted_at: explanation ? database.raw('clock_timestamp()') : null,
      accepted_by: explanation?.by ?? null,
      accepted_name: explanation?.name ?? null,
      accepted_reason: explanation?.reason ?? null,
    })
  return changed > 0
}

/** Keeps the table by which the public marks are counted in step with the declared rules. */
export async function declarePublicRules(trx: Knex.Transaction): Promise<void> {
  const rules = Object.entries(qualityRules).flatMap(([rule, { isPublic, severity }]) => (isPublic ? [{ rule, severity }] : []))
  await trx('public_rules').delete()
  await trx('public_rules').insert(rules)
}
