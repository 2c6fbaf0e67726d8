import type { Knex } from 'knex'
import { contentColumns } from '../contract/facts/fact.ts'
import type { SiteStatus } from '../contract/mobile/codes.ts'
import type { MobileKindName } from '../contract/mobile/index.ts'
import {
  type CandidateView,
  type MunicipalSiteView,
  type Neighbour,
  neighbourDistanceM,
  type RequestSummary,
} from '../contract/mobile.ts'
import type { Clocks } from '../http/clocks.ts'
import { type BuildingLawRule, suggestPermit } from './building-law.ts'
import { type Content, kindOf } from './content.ts'
import { type CaseFacts, statusSince, waitingFor } from './status.ts'

/** Later than anything known: "everything known now", also what was recorded this very moment. */
const everything = '9999-01-01'

function bindings({ asOf, knownAt }: Clocks) {
  return { asOf, knownAt: knownAt ?? everything }
}

/** The content of a statement as its kind declares it; geometry as GeoJSON in WGS84, about a decimetre. */
export function contentSql(name: MobileKindName, alias: string): string {
  const pairs = contentColumns(kindOf(name)).map(({ key, column, isGeometry }) => {
    const value = isGeometry ? `st_asgeojson(st_transform(${alias}.${column}, 4326), 6)::json` : `${alias}.${column}`
    return `'${key}', ${value}`
  })
  return `json_build_object(${pairs.join(', ')})`
}

const recorded = (alias: string) => `${alias}.id, ${alias}.version, ${alias}.key,
  (select iso_moment(c.recorded_at) from changes c where c.id = ${alias}.change_id) as "recordedAt",
  (select c.actor_name from changes c where c.id = ${alias}.change_id) as "recordedBy"`

/** Districts an area touches, that with most of it first. */
const districtsOf = (area: string) => `coalesce((
  select json_agg(b.district_id order by st_area(st_intersection(b.geom, ${area})) desc, b.district_id)
  from district_boundaries_at(:asOf, :knownAt) b where st_intersects(b.geom, ${area})), '[]'::json)`

const districtAt = (point: string) => `(select b.district_id from district_boundaries_at(:asOf, :knownAt) b
  where st_covers(b.geom, ${point}) order by b.district_id limit 1)`

/** Nearest duct of ours within two kilometres, in a straight line. Internal. */
const nearestDuct = (
  point: string,
) => `(select json_build_object('id', n.id, 'distanceM', round(st_distance(n.geom, ${point})::numeric, 1), 'status', n.status)
  from (select l.id, l.geom, l.status from ducts l where not l.retracted and l.known_to = 'infinity' and st_dwithin(l.geom, ${point}, 2000)
    order by l.geom <-> ${point} limit 1) n)`

type SummaryRow = Omit<RequestSummary, 'content' | 'statusSince' | 'waiting'> & {
  content: RequestSummary['content']
  reviews: CaseFacts['reviews']
}

const summarySql = (condition: string) => `
  select ${recorded('r')}, ${contentSql('site_request', 'r')} as content,
    site_request_status(r.steps, :asOf, r.geom is not null, k.candidates > 0, w.waiting > 0) as status,
    ${districtsOf('search_area(r.geom, r.radius_m)')} as "districtIds",
    lon_lat(st_pointonsurface(r.geom)) as point, k.candidates, k.places, k.agreed,
    case when w.waiting > 0 then json_build_object('waiting', w.waiting, 'since', w.since) end as reviews
  from site_requests_known(:knownAt) r
  cross join lateral (
    select count(*) filter (where c.decision <> 'rejected')::integer as candidates, min(c.name) filter (where c.decision = 'agreed') as agreed,
      coalesce(json_agg(json_build_object('id', c.id, 'name', c.name, 'decision', c.decision, 'point', lon_lat(c.geom)) order by c.name, c.id)
        filter (where c.decision <> 'rejected'), '[]'::json) as places
    from site_candidates_known(:knownAt) c where c.request_id = r.id) k
  left join open_reviews(:knownAt) w on w.request_id = r.id
  where r.received_on <= :asOf and ${condition}
  order by r.received_on desc, r.id`

function summaryOf({ reviews, ...row }: SummaryRow): RequestSummary {
  const { receivedOn, steps, backhaul } = row.content
  const facts = { status: row.status, receivedOn, steps, backhaul, reviews }
  return { ...row, statusSince: statusSince(facts), waiting: waitingFor(facts) }
}

/** All cases received by that day, newest first. */
export async function findRequests(database: Knex, clocks: Clocks): Promise<RequestSummary[]> {
  const { rows } = await database.raw<{ rows: SummaryRow[] }>(summarySql('true'), bindings(clocks))
  return rows.map(summaryOf)
}

export async function findRequest(database: Knex, id: string, clocks: Clocks): Promise<RequestSummary | undefined> {
  const { rows } = await database.raw<{ rows: SummaryRow[] }>(summarySql('r.id = :id'), { ...bindings(clocks), id })
  return rows[0] && summaryOf(rows[0])
}

/** The rules of building law as they are known. */
async function findBuildingLaw(database: Knex, clocks: Clocks): Promise<BuildingLawRule[]> {
  const { rows } = await database.raw<{ rows: BuildingLawRule[] }>(
    `select b.id, b.area, b.mast_kind as "mastKind", b.max_height_m::float8 as "maxHeightM", b.condition, b.valid_from as "validFrom",
      b.valid_until as "validUntil", b.legal_note as "legalNote"
     from building_law_rules_at(:asOf, :knownAt) b`,
    bindings(clocks),
  )
  return rows
}

/** The candidates of a case, the agreed and preferred first, each with what the building law suggests for the day asked about. */
export async function findCandidates(database: Knex, requestId: string, clocks: Clocks): Promise<CandidateView[]> {
  const { rows } = await database.raw<{ rows: Omit<CandidateView, 'suggestion'>[] }>(
    `select ${recorded('k')}, ${contentSql('site_candidate', 'k')} as content, ${districtAt('k.geom')} as "districtId",
      st_covers(search_area(r.geom, r.radius_m), k.geom) as "isInSearchArea", ${nearestDuct('k.geom')} as "nearestDuct"
     from site_candidates_known(:knownAt) k left join site_requests_known(:knownAt) r on r.id = k.request_id
     where k.request_id = :requestId
     order by array_position(array['agreed', 'preferred', 'open', 'rejected'], k.decision), k.score desc nulls last, k.name collate "de-x-icu", k.id`,
    { ...bindings(clocks), requestId },
  )
  const rules = rows.length > 0 ? await findBuildingLaw(database, clocks) : []
  return rows.map((row) => ({ ...row, suggestion: suggestPermit(rules, row.content, clocks.asOf) }))
}

export async function findMunicipalSites(database: Knex, clocks: Clocks): Promise<MunicipalSiteView[]> {
  const { rows } = await database.raw<{ rows: MunicipalSiteView[] }>(
    `select ${recorded('m')}, ${contentSql('municipal_site', 'm')} as content, ${districtAt('m.geom')} as "districtId",
      ${nearestDuct('m.geom')} as "nearestDuct",
      coalesce((select json_agg(distinct k.request_id) from site_candidates_known(:knownAt) k where k.municipal_site_id = m.id), '[]'::json) as "requestIds"
     from municipal_sites_known(:knownAt) m order by m.name collate "de-x-icu", m.id`,
    bindings(clocks),
  )
  return rows
}

/** Where neighbours are looked for: around a record, or around a point. */
export type Around = { id: string } | { longitude: number; latitude: number }

/** Cases, candidates and municipal sites near by, and cases with the same site code wherever they are; the nearest first. */
export async function findNeighbours(database: Knex, around: Around, clocks: Clocks): Promise<Neighbour[]> {
  const centre =
    'id' in around
      ? `select search_area(r.geom, r.radius_m) as geom, r.id, lower(trim(r.operator_site_code)) as code from site_requests_known(:knownAt) r where r.id = :id`
      : `select st_transform(st_point(:longitude, :latitude, 4326), 25832) as geom, null::text as id, null::text as code`
  const { rows } = await database.raw<{ rows: (Neighbour & { status: SiteStatus | null })[] }>(
    `with centre as materialized (${centre}), around as (
      select 'site_request' as kind, r.id, r.id as request_id, coalesce(r.case_number, r.operator_site_code, '') as name,
        site_request_status(r.steps, :asOf, r.geom is not null, false, false) as status, search_area(r.geom, r.radius_m) as geom,
        lower(trim(r.operator_site_code)) as code
      from site_requests_known(:knownAt) r where r.received_on <= :asOf
      union all
      select 'site_candidate', k.id, k.request_id, k.name, null, k.geom, null from site_candidates_known(:knownAt) k where k.decision <> 'rejected'
      union all
      select 'municipal_site', m.id, null, m.name, null, m.geom, null from municipal_sites_known(:knownAt) m
    )
    select a.kind, a.id, a.request_id as "requestId", a.name, a.status, round(st_distance(a.geom, c.geom)::numeric)::float8 as "distanceM",
      coalesce(a.code = c.code, false) as "isSameCode"
    from around a cross join centre c
    where a.id is distinct from c.id and (c.id is null or a.request_id is distinct from c.id)
      and (coalesce(a.code = c.code, false) or st_dwithin(a.geom, c.geom, :distanceM))
    order by coalesce(a.code = c.code, false) desc, st_distance(a.geom, c.geom), a.id limit 50`,
    { ...bindings(clocks), ...around, distanceM: neighbourDistanceM },
  )
  return rows
}

export interface SitePlace {
  districtId: string | null
  address: string | null
  nearestDuct: CandidateView['nearestDuct']
}

/** District, nearest address and nearest duct of a point. */
export async function findPlace(
  database: Knex,
  point: { longitude: number; latitude: number },
  clocks: Clocks,
): Promise<SitePlace> {
  const { rows } = await database.raw<{ rows: SitePlace[] }>(
    `select ${districtAt('p.geom')} as "districtId", ${nearestDuct('p.geom')} as "nearestDuct",
      (select a.label from current_addresses a where st_dwithin(a.geom, p.geom, 200) order by a.geom <-> p.geom limit 1) as address
     from (select st_transform(st_point(:longitude, :latitude, 4326), 25832) as geom) p`,
    { ...bindings(clocks), ...point },
  )
  return rows[0] as SitePlace
}

/** What was said about a record, newest first. */
export interface RecordStatement {
  changeId: number
  version: number
  content: Content
  retracted: boolean
  reason: string
  source: string
  actorName: string
  recordedAt: string
}

export async function findStatements(database: Knex, name: MobileKindName, id: string): Promise<RecordStatement[]> {
  const { rows } = await database.raw<{ rows: RecordStatement[] }>(
    `select s.change_id as "changeId", s.version, ${contentSql(name, 's')} as content, s.retracted, c.reason, o.citation as source,
      c.actor_name as "actorName", iso_moment(c.recorded_at) as "recordedAt"
     from ${kindOf(name).table} s join changes c on c.id = s.change_id join sources o on o.id = s.source_id
     where s.id = :id order by s.known_from desc, s.version desc`,
    { id },
  )
  return rows
}

/** A record as it is now, for a change of it. */
export async function findRecord(
  database: Knex,
  name: MobileKindName,
  id: string,
): Promise<{ version: number; content: Content } | undefined> {
  const { rows } = await database.raw<{ rows: { version: number; content: Content }[] }>(
    `select s.version, ${contentSql(name, 's')} as content from ${kindOf(name).table}_known(:knownAt) s where s.id = :id`,
    { knownAt: everything, id },
  )
  return rows[0]
}

/** Names of the records that refer to this one. */
export async function findReferrers(database: Knex, id: string): Promise<string[]> {
  const { rows } = await database.raw<{ rows: { name: string }[] }>(
    'select k.name from site_candidates_known(:knownAt) k where k.request_id = :id or k.municipal_site_id = :id order by k.name',
    { knownAt: everything, id },
  )
  return rows.map(({ name }) => name)
}
