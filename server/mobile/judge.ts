import type { Knex } from 'knex'
import { today } from '../contract/dates.ts'
import type { MobileKindName } from '../contract/mobile/index.ts'
import type { MunicipalSite } from '../contract/mobile/municipal-site.ts'
import type { SiteCandidate } from '../contract/mobile/site-candidate.ts'
import type { SiteRequest } from '../contract/mobile/site-request.ts'
import type { RecordForecast } from '../contract/mobile.ts'
import { findAttachments } from '../database/attachments.ts'
import { invalid } from '../http/problem.ts'
import { type Remark, refusalsIn, refuse, warningsIn } from '../http/remark.ts'
import { type Content, parseContent } from './content.ts'
import { findAbout } from './geometry.ts'
import { findRecord } from './queries.ts'
import { municipalSiteRules } from './rules/municipal-site.ts'
import { candidateRules } from './rules/site-candidate.ts'
import { requestRules } from './rules/site-request.ts'
import { describeChange } from './words.ts'

export interface Judged {
  content: Content
  forecast: RecordForecast
}

/** Checks content against declaration and rules. Problem 422: names what is impossible. `before` null: a new record. */
export async function judge(
  database: Knex,
  name: MobileKindName,
  { id, before, after }: { id: string; before: Content | null; after: Content },
): Promise<Judged> {
  const content = parseContent(name, after)
  const remarks = [...(await ofKind[name](database, id, content)), ...(await attachmentsExist(database, content))]
  const refusals = refusalsIn(remarks)
  if (refusals.length > 0) throw invalid(refusals)
  return { content, forecast: { sentence: describeChange(name, before, content), warnings: warningsIn(remarks) } }
}

const ofKind: Readonly<Record<MobileKindName, (database: Knex, id: string, content: Content) => Promise<Remark[]>>> = {
  site_request: judgeRequest,
  site_candidate: judgeCandidate,
  municipal_site: judgeMunicipalSite,
}

async function judgeRequest(database: Knex, id: string, raw: Content): Promise<Remark[]> {
  const content = raw as unknown as SiteRequest
  const { geom, radiusM } = content
  const place = geom && (await findAbout(database, geom, { radiusM, requestId: null }))
  const { rows } = await database.raw<{ rows: { names: string[]; hasAgreed: boolean }[] }>(
    `select coalesce((select array_agg(coalesce(r.case_number, r.id) order by r.received_on, r.id)
        from site_requests_known(timestamptz '9999-01-01') r
        where r.id <> :id and r.operators && cast(:operators as text[]) and lower(trim(r.operator_site_code)) = lower(trim(:code))), '{}') as names,
      exists (select from site_candidates_known(timestamptz '9999-01-01') k where k.request_id = :id and k.decision = 'agreed') as "hasAgreed"`,
    { id, operators: content.operators, code: content.operatorSiteCode } as never,
  )
  const { names = [], hasAgreed = false } = rows[0] ?? {}
  return requestRules.flatMap((rule) => [...rule({ content, place, today: today(), sameCode: names, hasAgreed })])
}

async function judgeCandidate(database: Knex, id: string, raw: Content): Promise<Remark[]> {
  const content = raw as unknown as SiteCandidate
  const { requestId, municipalSiteId } = content
  const place = await findAbout(database, content.geom, { radiusM: null, requestId })
  const request = await findRecord(database, 'site_request', requestId)
  const { rows } = await database.raw<{ rows: { name: string }[] }>(
    `select k.name from site_candidates_known(timestamptz '9999-01-01') k
     where k.request_id = :requestId and k.id <> :id and k.decision = 'agreed' order by k.name`,
    { id, requestId },
  )
  const one = {
    ...{ content, place, today: today() },
    request: (request?.content as unknown as SiteRequest | undefined) ?? null,
    hasMunicipalSite: municipalSiteId !== null && (await findRecord(database, 'municipal_site', municipalSiteId)) !== undefined,
    alsoAgreed: rows.map((row) => row.name),
  }
  return candidateRules.flatMap((rule) => [...rule(one)])
}

async function judgeMunicipalSite(database: Knex, id: string, raw: Content): Promise<Remark[]> {
  const content = raw as unknown as MunicipalSite
  const place = await findAbout(database, content.geom, { radiusM: null, requestId: null })
  const { rows } = await database.raw<{ rows: { count: number }[] }>(
    `select count(*)::integer as count from municipal_sites_known(timestamptz '9999-01-01') m where m.id <> :id and lower(m.name) = lower(:name)`,
    { id, name: content.name },
  )
  return municipalSiteRules.flatMap((rule) => [...rule({ content, place, namesakes: rows[0]?.count ?? 0 })])
}

async function attachmentsExist(database: Knex, { attachmentIds }: Content): Promise<Remark[]> {
  if (!Array.isArray(attachmentIds) || attachmentIds.length === 0) return []
  const known = new Set((await findAttachments(database, attachmentIds)).map(({ id }) => id))
  const missing = attachmentIds.filter((id) => !known.has(id))
  return missing.length > 0 ? [refuse('attachmentIds', `Diese Anlage gibt es nicht: ${missing.join(', ')}.`)] : []
}
