import * as z from 'zod/mini'
import { ClockQuery, Clocks, ResolvedClocks } from './clocks.ts'
import {
  figureStates,
  fundingClasses,
  fundingRoles,
  phases,
  programmeKinds,
  qualityMarks,
  quantities,
  trades,
  units,
} from './codes.ts'
import { endpoint } from './endpoint.ts'
import { FactId, Slug } from './facts/fact.ts'
import { FederalState } from './federal-state.ts'

/** Source of a statement: who said it, for which day, known since when. Every public number and date carries one. */
export const Provenance = z.object({
  citation: z.string(),
  url: z.nullable(z.string()),
  /** Reference date (Stand), imprecise. */
  trueOn: z.string(),
  /** ISO timestamp of publication or recording. */
  knownFrom: z.string(),
  /** The day of publication is not known; `knownFrom` is that of the event. */
  knownAssumed: z.boolean(),
})
export type Provenance = z.infer<typeof Provenance>

/** A programme as named in switches and lists. */
export const ProgrammeSummary = z.object({
  id: z.string(),
  name: z.string(),
  nameEn: z.nullable(z.string()),
  kind: programmeKinds.schema,
  /** Number of build sections; 0: nothing to show on the map. */
  sections: z.int(),
})

export const SectionSummary = z.object({
  id: z.string(),
  name: z.string(),
  programmeId: z.string(),
  districtId: z.string(),
  wholeDistrict: z.boolean(),
  buildPhase: z.nullable(z.int()),
  phase: phases.schema,
  /** What is announced next (imprecise dates); null: nothing announced. */
  plannedStart: z.nullable(z.string()),
  plannedEnd: z.nullable(z.string()),
  provenance: Provenance,
})
export type SectionSummary = z.infer<typeof SectionSummary>

export const DistrictSummary = z.object({
  id: z.string(),
  name: z.string(),
  borough: z.string(),
  /** lon, lat (WGS84). */
  labelPoint: z.tuple([z.number(), z.number()]),
  /** west, south, east, north (WGS84). */
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
})

/** Everything the first view needs in words: districts, programmes, sections with phase; map and table show the same. */
export const getOverview = endpoint({
  method: 'get',
  path: '/api/portal/overview',
  access: 'public',
  summary: 'Districts, programmes and build sections with their phase',
  query: ClockQuery,
  response: z.object({
    clocks: ResolvedClocks,
    /** Latest reference date among the stages in force: "letzter veröffentlichter Stand"; null: none known yet. */
    lastPublished: z.nullable(Provenance),
    boundaries: z.object({ official: z.boolean(), attribution: z.string() }),
    programmes: z.array(ProgrammeSummary),
    districts: z.array(DistrictSummary),
    sections: z.array(SectionSummary),
  }),
})

/** One statement about a stage as once announced; `null` fields were not said. Newest first. */
export const StageRevision = z.object({
  plannedStart: z.nullable(z.string()),
  plannedEnd: z.nullable(z.string()),
  actualStart: z.nullable(z.string()),
  actualEnd: z.nullable(z.string()),
  provenance: Provenance,
})

export const StageView = z.object({
  id: z.string(),
  trade: trades.schema,
  plannedStart: z.nullable(z.string()),
  plannedEnd: z.nullable(z.string()),
  actualStart: z.nullable(z.string()),
  actualEnd: z.nullable(z.string()),
  percent: z.nullable(z.number()),
  onHold: z.boolean(),
  cancelled: z.boolean(),
  surfaceRestored: z.nullable(z.boolean()),
  note: z.nullable(z.string()),
  provenance: Provenance,
  /** All statements known at `knownAt`, newest first (the one in force included). */
  revisions: z.array(StageRevision),
})
export type StageView = z.infer<typeof StageView>

const Statement = z.object({
  value: z.number(),
  approximate: z.boolean(),
  provenance: Provenance,
})

export const TargetView = z.object({
  id: z.string(),
  programmeId: z.string(),
  quantity: quantities.schema,
  unit: units.schema,
  value: z.number(),
  approximate: z.boolean(),
  /** null: the whole programme. */
  districtIds: z.nullable(z.array(z.string())),
  note: z.nullable(z.string()),
  noteEn: z.nullable(z.string()),
  provenance: Provenance,
  /** Every statement about this target known at `knownAt`, newest first: contradicting sources stand side by side. */
  statements: z.array(Statement),
})
export type TargetView = z.infer<typeof TargetView>

export const FigureView = z.object({
  id: z.string(),
  programmeId: z.nullable(z.string()),
  districtId: z.nullable(z.string()),
  quantity: quantities.schema,
  unit: units.schema,
  state: z.nullable(figureStates.schema),
  fundingClass: z.nullable(fundingClasses.schema),
  value: z.number(),
  approximate: z.boolean(),
  note: z.nullable(z.string()),
  noteEn: z.nullable(z.string()),
  provenance: Provenance,
  statements: z.array(Statement),
})
export type FigureView = z.infer<typeof FigureView>

/** A released count: how many connections the city has counted itself; value null: withheld (ADR 0012). */
export const CountedView = z.object({
  programmeId: z.string(),
  programme: z.string(),
  quantity: quantities.schema,
  measure: z.enum(['potential', 'passed', 'connected']),
  value: z.nullable(z.int()),
  source: z.string(),
  trueOn: z.string(),
  knownFrom: z.string(),
})
export type CountedView = z.infer<typeof CountedView>

/** The page of a district: its sections with trades, figures, targets that name it, neighbours. 404 for an unknown district. */
export const getDistrict = endpoint({
  method: 'get',
  path: '/api/portal/districts/:id',
  access: 'public',
  summary: 'A district: sections with trades, figures, targets, sources',
  params: z.strictObject({ id: Slug }),
  query: ClockQuery,
  response: z.object({
    clocks: ResolvedClocks,
    district: DistrictSummary,
    neighbours: z.array(z.object({ id: z.string(), name: z.string() })),
    programmes: z.array(ProgrammeSummary),
    sections: z.array(
      z.extend(SectionSummary, {
        note: z.nullable(z.string()),
        stages: z.array(StageView),
      }),
    ),
    figures: z.array(FigureView),
    targets: z.array(TargetView),
    counted: z.array(CountedView),
    /** Whether what is published about the district fits together; null: never checked. */
    quality: z.nullable(
      z.object({ mark: qualityMarks.schema, errors: z.int(), warnings: z.int(), notices: z.int(), checkedOn: z.string() }),
    ),
  }),
})

export const MilestoneView = z.object({
  id: z.string(),
  title: z.string(),
  titleEn: z.nullable(z.string()),
  planned: z.nullable(z.string()),
  actual: z.nullable(z.string()),
  note: z.nullable(z.string()),
  noteEn: z.nullable(z.string()),
  provenance: Provenance,
  revisions: z.array(
    z.object({
      planned: z.nullable(z.string()),
      actual: z.nullable(z.string()),
      provenance: Provenance,
    }),
  ),
})

export const FundingView = z.object({
  id: z.string(),
  giver: z.string(),
  role: fundingRoles.schema,
  amountEur: z.number(),
  approximate: z.boolean(),
  partOf: z.nullable(z.string()),
  note: z.nullable(z.string()),
  noteEn: z.nullable(z.string()),
  provenance: Provenance,
})

/** The page of a programme: operators, targets, money, milestones planned against actual, sections. 404 for an unknown one. */
export const getProgramme = endpoint({
  method: 'get',
  path: '/api/portal/programmes/:id',
  access: 'public',
  summary: 'A programme: targets, money, milestones, sections',
  params: z.strictObject({ id: FactId }),
  query: ClockQuery,
  response: z.object({
    clocks: ResolvedClocks,
    programme: z.object({
      id: z.string(),
      name: z.string(),
      nameEn: z.nullable(z.string()),
      kind: programmeKinds.schema,
      summary: z.nullable(z.string()),
      summaryEn: z.nullable(z.string()),
      passiveOperator: z.nullable(z.string()),
      activeOperator: z.nullable(z.string()),
      provenance: Provenance,
    }),
    targets: z.array(TargetView),
    figures: z.array(FigureView),
    counted: z.array(CountedView),
    milestones: z.array(MilestoneView),
    funding: z.array(FundingView),
    sections: z.array(SectionSummary),
  }),
})

/** A tick of the time slider: on this day something changed for the public. */
export const TimelineEvent = z.object({
  /** Day from which it counts (ISO date): last day of an imprecise period. */
  day: z.string(),
  /** The date as it was given, imprecise. */
  date: z.string(),
  kind: z.enum(['stage_begun', 'stage_done', 'milestone', 'announcement']),
  programmeId: z.string(),
  districtId: z.nullable(z.string()),
  trade: z.nullable(trades.schema),
  /** Title of a milestone. */
  title: z.nullable(z.string()),
  titleEn: z.nullable(z.string()),
})
export type TimelineEvent = z.infer<typeof TimelineEvent>

/** Events of the first clock (what happened when) and the days of the second (when something became known). */
export const getTimeline = endpoint({
  method: 'get',
  path: '/api/portal/timeline',
  access: 'public',
  summary: 'Events for the time slider, oldest first',
  query: z.strictObject({ knownAt: Clocks.knownAt }),
  response: z.object({
    start: z.string(),
    end: z.string(),
    events: z.array(TimelineEvent),
    /** Publications: the moments at which knowledge changed, with the sources published then (none: something was withdrawn). */
    publications: z.array(
      z.object({
        knownAt: z.string(),
        assumed: z.boolean(),
        citations: z.array(z.string()),
      }),
    ),
  }),
})

export const SearchHit = z.object({
  kind: z.enum(['district', 'place', 'programme', 'street', 'address']),
  id: z.string(),
  name: z.string(),
  nameEn: z.nullable(z.string()),
  /** The district a place lies in, or the key of a street names; null for districts and programmes. */
  districtId: z.nullable(z.string()),
  districtName: z.nullable(z.string()),
  /** lon, lat. */
  point: z.nullable(z.tuple([z.number(), z.number()])),
})

/**
 * Search over districts, places, programmes, streets and addresses ("Lindenstr 12a"); prefix, umlauts, "str." and small typing errors
 * are understood. Nothing is stored or logged.
 */
export const searchPlaces = endpoint({
  method: 'get',
  path: '/api/portal/search',
  access: 'public',
  summary: 'Search districts, places, streets and addresses',
  query: z.strictObject({ q: z.string().check(z.maxLength(100)) }),
  response: z.object({ hits: z.array(SearchHit) }),
})

/**
 * A street or an address that was searched for, to mark it on the map. What is built there is not public: the answer names the district
 * and the build sections it lies in, nothing else. 404 when there is no such street or address.
 */
export const getFoundPlace = endpoint({
  method: 'get',
  path: '/api/portal/place',
  access: 'public',
  summary: 'A street or address of the official register',
  // In the query, because paths are logged and queries are not.
  query: z.strictObject({ id: z.string().check(z.regex(/^(adresse|strasse):[a-z0-9]{1,40}$/)) }),
  response: z.object({
    kind: z.enum(['street', 'address']),
    id: z.string(),
    name: z.string(),
    districtId: z.nullable(z.string()),
    districtName: z.nullable(z.string()),
    /** lon, lat. */
    point: z.tuple([z.number(), z.number()]),
    /** Build sections of today; of a street always empty, as it may run through several. */
    sectionIds: z.array(z.string()),
  }),
})

/** An editable text page, as HTML made from Markdown (no scripts, no raw HTML). Falls back to German. 404 when there is none. */
export const getPage = endpoint({
  method: 'get',
  path: '/api/portal/pages/:slug',
  access: 'public',
  summary: 'A text page',
  params: z.strictObject({ slug: Slug }),
  query: z.strictObject({ language: z.optional(z.enum(['de', 'en'])) }),
  response: z.object({
    slug: z.string(),
    language: z.enum(['de', 'en']),
    title: z.string(),
    html: z.string(),
    trueOn: z.string(),
  }),
})

/** Stores a message; `website` is a trap for robots and must stay empty. */
export const sendFeedback = endpoint({
  method: 'post',
  path: '/api/portal/feedback',
  access: 'public',
  summary: 'Report a barrier or an error',
  body: z.strictObject({
    topic: z.enum(['accessibility', 'content', 'other']),
    message: z.string().check(z.trim(), z.minLength(10), z.maxLength(5000)),
    page: z.nullable(z.string().check(z.maxLength(500))),
    contact: z.nullable(z.string().check(z.trim(), z.maxLength(200))),
    website: z.optional(z.string()),
  }),
  response: z.object({ received: z.literal(true) }),
})

export const Feedback = z.object({
  id: z.int(),
  receivedAt: z.string(),
  topic: z.string(),
  message: z.string(),
  page: z.nullable(z.string()),
  contact: z.nullable(z.string()),
  handledAt: z.nullable(z.string()),
  handledBy: z.nullable(z.string()),
})

export const listFeedback = endpoint({
  method: 'get',
  path: '/api/feedback',
  access: ['gigabitCoordinator', 'admin'],
  summary: 'Messages of the public, newest first',
  response: z.object({ feedback: z.array(Feedback) }),
})

export const handleFeedback = endpoint({
  method: 'post',
  path: '/api/feedback/:id/handled',
  access: ['gigabitCoordinator', 'admin'],
  summary: 'Mark a message as handled',
  params: z.strictObject({ id: z.coerce.number().check(z.int()) }),
  response: Feedback,
})

export const deleteFeedback = endpoint({
  method: 'delete',
  path: '/api/feedback/:id',
  access: ['gigabitCoordinator', 'admin'],
  summary: 'Delete a message for good (data protection)',
  params: z.strictObject({ id: z.coerce.number().check(z.int()) }),
  response: z.object({ id: z.int() }),
})

/** What the client must know of this installation; nothing secret. */
export const getSettings = endpoint({
  method: 'get',
  path: '/api/portal/settings',
  access: 'public',
  summary: 'Settings of this installation',
  response: z.object({
    cityName: z.string(),
    /** Style URL of the configured basemap; null: own background only. */
    basemapStyleUrl: z.nullable(z.string()),
    basemapAttribution: z.nullable(z.string()),
    /** west, south, east, north. */
    bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    timelineStart: z.string(),
    today: z.string(),
    revision: z.int(),
    languages: z.array(z.string()),
    /** Invented example data are among the data: every page says so. */
    isDemo: z.boolean(),
    /** The Land, whose holidays count. */
    federalState: FederalState,
  }),
})
