import * as z from 'zod/mini'
import { Clocks, ResolvedClocks } from './clocks.ts'
import { endpoint, type Role } from './endpoint.ts'
import { FactId } from './facts/fact.ts'
import { Reason, SourceInput, Warning } from './facts.ts'
import { decisions, permitFindings, siteStatuses, waitedFor } from './mobile/codes.ts'
import { type MobileKindName, mobileKinds } from './mobile/index.ts'
import { municipalSite } from './mobile/municipal-site.ts'
import { siteCandidate } from './mobile/site-candidate.ts'
import { siteRequest } from './mobile/site-request.ts'

export const mobileReaders: readonly Role[] = ['viewer', 'mobileCoordinator', 'gigabitCoordinator', 'admin']
export const mobileWriters: readonly Role[] = ['mobileCoordinator']

/** How near other sites and search areas are pointed out, in m. */
export const neighbourDistanceM = 500

export const MobileKind = z.enum(Object.keys(mobileKinds) as [MobileKindName, ...MobileKindName[]])

/** What every record carries: who wrote the statement that holds, and when. `version` is what a change is based on. */
const Recorded = { id: FactId, version: z.int(), key: z.string(), recordedAt: z.string(), recordedBy: z.string() }

/** Whom a case waits for, since when (ISO day), and for what, in words. null: for nobody, it is over. */
export const Waiting = z.nullable(z.object({ for: waitedFor.schema, since: z.string(), what: z.string() }))
export type Waiting = z.infer<typeof Waiting>

/** A case as lists, board and map show it. */
export const RequestSummary = z.object({
  ...Recorded,
  content: siteRequest.values,
  status: siteStatuses.schema,
  /** ISO day since which it has this status. */
  statusSince: z.string(),
  waiting: Waiting,
  /** Districts the search area touches, that with most of it first. */
  districtIds: z.array(z.string()),
  /** A point inside the search area, longitude and latitude. */
  point: z.nullable(z.array(z.number())),
  candidates: z.int(),
  /** Where those stand that are not rejected. */
  places: z.array(z.object({ id: FactId, name: z.string(), decision: decisions.schema, point: z.array(z.number()) })),
  /** Name of the candidate that was agreed. */
  agreed: z.nullable(z.string()),
})
export type RequestSummary = z.infer<typeof RequestSummary>

/** What the dated building-law rules suggest: never a decision. `finding` null: the rules do not say. */
export const PermitSuggestion = z.object({
  finding: z.nullable(permitFindings.schema),
  /** German sentences: which rule, from when, why; and what the rule does not settle. */
  reasons: z.array(z.string()),
  /** Id of the rule (a fact) that was used. */
  ruleId: z.nullable(z.string()),
  legalNote: z.nullable(z.string()),
})
export type PermitSuggestion = z.infer<typeof PermitSuggestion>

export const CandidateView = z.object({
  ...Recorded,
  content: siteCandidate.values,
  districtId: z.nullable(z.string()),
  /** Inside the search area; null: there is none. */
  isInSearchArea: z.nullable(z.boolean()),
  suggestion: PermitSuggestion,
  /** Nearest duct of ours (internal): straight distance in m. */
  nearestDuct: z.nullable(z.object({ id: z.string(), distanceM: z.number(), status: z.string() })),
})
export type CandidateView = z.infer<typeof CandidateView>

/** Another record near, or with the same site code. */
export const Neighbour = z.object({
  kind: MobileKind,
  id: FactId,
  /** The case it belongs to. */
  requestId: z.nullable(FactId),
  name: z.string(),
  status: z.nullable(siteStatuses.schema),
  /** In m between search areas or sites; 0: they touch. null: no geometry. */
  distanceM: z.nullable(z.number()),
  isSameCode: z.boolean(),
})
export type Neighbour = z.infer<typeof Neighbour>

export const Attachment = z.object({
  id: z.int(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  keptAt: z.string(),
  keptBy: z.string(),
})
export type Attachment = z.infer<typeof Attachment>

export const RequestView = z.object({
  ...RequestSummary.shape,
  candidateList: z.array(CandidateView),
  attachments: z.array(Attachment),
  neighbours: z.array(Neighbour),
})
export type RequestView = z.infer<typeof RequestView>

export const MunicipalSiteView = z.object({
  ...Recorded,
  content: municipalSite.values,
  districtId: z.nullable(z.string()),
  nearestDuct: CandidateView.shape.nearestDuct,
  /** Cases that have it among their candidates. */
  requestIds: z.array(FactId),
})
export type MunicipalSiteView = z.infer<typeof MunicipalSiteView>

const read = { access: mobileReaders } as const
const write = { access: mobileWriters } as const

/** All cases known, newest first. */
export const listSiteRequests = endpoint({
  ...read,
  method: 'get',
  path: '/api/mobile/requests',
  summary: 'Site requests with their status',
  query: z.strictObject(Clocks),
  response: z.object({ ...ResolvedClocks.shape, requests: z.array(RequestSummary) }),
})

/** A case with candidates, files and neighbours. 404: none of this id at that time. */
export const getSiteRequest = endpoint({
  ...read,
  method: 'get',
  path: '/api/mobile/requests/:id',
  summary: 'A site request with its candidates',
  params: z.strictObject({ id: FactId }),
  query: z.strictObject(Clocks),
  response: z.object({ ...ResolvedClocks.shape, request: RequestView }),
})

export const listMunicipalSites = endpoint({
  ...read,
  method: 'get',
  path: '/api/mobile/municipal-sites',
  summary: 'Municipal sites offered to operators',
  query: z.strictObject(Clocks),
  response: z.object({ ...ResolvedClocks.shape, sites: z.array(MunicipalSiteView) }),
})

/** Content of a record as its kind declares it (contract/mobile); geometry as GeoJSON in WGS84. */
const Content = z.record(z.string(), z.unknown())

/**
 * What a change rests on. Both may be left out: the reason is then the sentence that says what changed, the source the city's own desk.
 */
const Basis = { reason: z.optional(Reason), source: z.optional(SourceInput) }

/** What a change means: a sentence, and what is implausible about it (never blocks). */
export const RecordForecast = z.object({ sentence: z.string(), warnings: z.array(Warning) })
export type RecordForecast = z.infer<typeof RecordForecast>
const Written = z.object({ ...RecordForecast.shape, id: FactId, version: z.int(), revision: z.int() })

/** Judges content without writing it; `id` null: a new record. 422 names what is impossible. */
export const previewRecord = endpoint({
  ...write,
  method: 'post',
  path: '/api/mobile/records/:kind/preview',
  summary: 'Preview a record',
  params: z.strictObject({ kind: MobileKind }),
  body: z.strictObject({ id: z.nullable(FactId), content: Content }),
  response: RecordForecast,
})

/** Records something new. Values left out are null or the usual. 422 names what is impossible. */
export const createRecord = endpoint({
  ...write,
  method: 'post',
  path: '/api/mobile/records/:kind',
  summary: 'Create a record',
  params: z.strictObject({ kind: MobileKind }),
  body: z.strictObject({ content: Content, ...Basis }),
  response: Written,
})

/** Changes the values in `set`. 412 with both versions when `version` is not the present one; 422 names what is impossible. */
export const changeRecord = endpoint({
  ...write,
  method: 'patch',
  path: '/api/mobile/records/:kind/:id',
  summary: 'Change a record',
  params: z.strictObject({ kind: MobileKind, id: FactId }),
  body: z.strictObject({ version: z.int(), set: Content, ...Basis }),
  response: Written,
})

/** Takes a record back that should not have been recorded; its history stays. 409 while others refer to it. */
export const withdrawRecord = endpoint({
  ...write,
  method: 'post',
  path: '/api/mobile/records/:kind/:id/withdrawal',
  summary: 'Withdraw a record',
  params: z.strictObject({ kind: MobileKind, id: FactId }),
  body: z.strictObject({ reason: Reason }),
  response: z.object({ revision: z.int() }),
})

/** Who said what about a record and when, newest first, each as a sentence. */
export const getRecordHistory = endpoint({
  ...read,
  method: 'get',
  path: '/api/mobile/records/:kind/:id/history',
  summary: 'History of a record',
  params: z.strictObject({ kind: MobileKind, id: FactId }),
  response: z.object({
    entries: z.array(
      z.object({
        changeId: z.int(),
        version: z.int(),
        sentence: z.string(),
        reason: z.string(),
        source: z.string(),
        actorName: z.string(),
        recordedAt: z.string(),
      }),
    ),
  }),
})

/** The body is the file, at most 25 MB, judged by its content. 413, 415, 422 name what is wrong. */
export const addAttachment = endpoint({
  ...write,
  method: 'post',
  path: '/api/mobile/attachments',
  summary: 'Add a file',
  query: z.strictObject({ name: z.string().check(z.minLength(1), z.maxLength(200)) }),
  response: Attachment,
})

/** A file of a case, to be saved (never shown in the browser). */
export const getAttachment = endpoint({
  ...read,
  method: 'get',
  path: '/api/mobile/attachments/:id',
  summary: 'A file of a case',
  params: z.strictObject({ id: z.coerce.number().check(z.int()) }),
  response: z.unknown(),
  produces: ['application/octet-stream'],
})

/** What lies at a point: district, nearest address (within 200 m), nearest duct of ours, cases and sites around. Internal. */
export const describeSite = endpoint({
  ...read,
  method: 'get',
  path: '/api/mobile/place',
  summary: 'What lies at a point',
  query: z.strictObject({
    longitude: z.coerce.number().check(z.minimum(-180), z.maximum(180)),
    latitude: z.coerce.number().check(z.minimum(-90), z.maximum(90)),
  }),
  response: z.object({
    districtId: z.nullable(z.string()),
    address: z.nullable(z.string()),
    nearestDuct: CandidateView.shape.nearestDuct,
    neighbours: z.array(Neighbour),
  }),
})
