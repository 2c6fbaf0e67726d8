import * as z from 'zod/mini'
import { ClockQuery } from './clocks.ts'
import { ImpreciseDate } from './dates.ts'
import { endpoint } from './endpoint.ts'
import { FactId, Line } from './facts/fact.ts'
import { type FactKindName, factKinds } from './facts/index.ts'

const Kind = z.enum(Object.keys(factKinds) as [FactKindName, ...FactKindName[]])

export const SourceInput = z.object({
  citation: z
    .string()
    .check(
      z.trim(),
      z.minLength(3, 'Bitte nennen Sie die Quelle (mindestens 3 Zeichen).'),
      z.maxLength(300, 'Die Quelle darf höchstens 300 Zeichen lang sein.'),
    ),
  url: z.nullable(z.url({ protocol: /^https?$/, error: 'Erwartet wird eine Adresse mit http:// oder https://.' })),
})

export const Reason = z
  .string()
  .check(
    z.trim(),
    z.minLength(3, 'Bitte nennen Sie einen Grund (mindestens 3 Zeichen).'),
    z.maxLength(500, 'Der Grund darf höchstens 500 Zeichen lang sein.'),
  )

/** What a statement says: identity and values of its kind (see contract/facts), as declared there. */
const Content = z.record(z.string(), z.unknown())

export const Statement = z.object({
  version: z.int(),
  kind: Kind,
  id: FactId,
  content: Content,
  trueOn: ImpreciseDate,
  source: z.object({ citation: z.string(), url: z.nullable(z.string()) }),
  knownFrom: z.string(),
  /** null: still what is known. */
  knownTo: z.nullable(z.string()),
  retracted: z.boolean(),
  change: z.object({
    id: z.int(),
    actorName: z.string(),
    reason: z.string(),
    recordedAt: z.string(),
  }),
})
export type Statement = z.infer<typeof Statement>

/** A plausibility remark: never blocks. `rule` is a stable id; `not-publishable` tells what has become impossible since a draft was saved. */
export const Warning = z.object({
  rule: z.string(),
  field: z.nullable(z.string()),
  text: z.string(),
})
export type Warning = z.infer<typeof Warning>

export const Draft = z.object({
  id: z.int(),
  kind: Kind,
  factId: FactId,
  authorName: z.string(),
  mine: z.boolean(),
  content: Content,
  trueOn: ImpreciseDate,
  source: SourceInput,
  reason: z.string(),
  retracted: z.boolean(),
  base: z.nullable(z.int()),
  updatedAt: z.string(),
  /** German sentence: what changes, from what to what, why, after which source. */
  sentence: z.string(),
  warnings: z.array(Warning),
  /** The fact has moved on since `base`: publishing answers 412. */
  stale: z.boolean(),
})
export type Draft = z.infer<typeof Draft>

/** The current statement of every fact of a kind: of those known at `knownAt`, the one in force on `asOf`. */
export const listFacts = endpoint({
  method: 'get',
  path: '/api/facts/:kind',
  access: 'staff',
  summary: 'Facts of a kind with their current statement',
  params: z.strictObject({ kind: Kind }),
  query: ClockQuery,
  response: z.object({ facts: z.array(Statement) }),
})

export const listStatements = endpoint({
  method: 'get',
  path: '/api/facts/:kind/:id/statements',
  access: 'staff',
  summary: 'All statements ever recorded about a fact, newest first: who, when, why',
  params: z.strictObject({ kind: Kind, id: FactId }),
  response: z.object({ statements: z.array(Statement) }),
})

/**
 * Saves a draft (one per fact and author). 422 names the field of an impossible value; implausible ones only warn.
 * `id` must be the id that follows from the identity in `content`. After a 412 of the publication the draft is saved again
 * with the merged content and `base` = version of the statement in the conflict.
 */
export const saveDraft = endpoint({
  method: 'put',
  path: '/api/drafts/:kind/:id',
  access: ['gigabitCoordinator', 'mobileCoordinator', 'admin'],
  summary: 'Save a draft of a statement',
  params: z.strictObject({ kind: Kind, id: FactId }),
  body: z.strictObject({
    content: Content,
    trueOn: ImpreciseDate,
    source: SourceInput,
    reason: Reason,
    /**
     * true: withdraws the fact. All statements about it are taken back, of whatever day and source: it was never right. What ended
     * is not withdrawn but said to have ended. What was known before stays readable by `knownAt`.
     */
    retracted: z._default(z.boolean(), false),
    /** `version` of the fact the author saw; null: there was none. */
    base: z.nullable(z.int()),
  }),
  response: Draft,
})

export const listDrafts = endpoint({
  method: 'get',
  path: '/api/drafts',
  access: 'staff',
  summary: 'All drafts, own and others',
  response: z.object({ drafts: z.array(Draft) }),
})

export const discardDraft = endpoint({
  method: 'delete',
  path: '/api/drafts/:id',
  access: ['gigabitCoordinator', 'mobileCoordinator', 'admin'],
  summary: 'Discard a draft of one’s own (an admin: anybody’s, so that none is left behind)',
  params: z.strictObject({ id: z.coerce.number().check(z.int()) }),
  response: z.object({ id: z.int() }),
})

const Selection = z.strictObject({
  drafts: z.array(z.int()).check(z.minLength(1), z.maxLength(500)),
})

/** Sections whose displayed phase or dates the drafts change, as the public would see them before and after. */
export const SectionView = z.object({
  id: z.string(),
  name: z.string(),
  programmeId: z.string(),
  districtId: z.string(),
  phase: z.string(),
  plannedEnd: z.nullable(z.string()),
})

export const previewPublication = endpoint({
  method: 'post',
  path: '/api/publications/preview',
  access: ['gigabitCoordinator', 'mobileCoordinator', 'admin'],
  summary: 'What the public would see after publishing these drafts',
  body: Selection,
  response: z.object({
    changed: z.array(
      z.object({
        before: z.nullable(SectionView),
        after: z.nullable(SectionView),
      }),
    ),
    sentences: z.array(z.string()),
    warnings: z.array(Warning),
  }),
})

/** What a 412 of `publish` and `previewPublication` carries for each draft whose fact has moved on. */
export const Conflict = z.object({
  draft: Draft,
  /** The statement in force now; null: the fact was withdrawn. */
  current: z.nullable(Statement),
})
export type Conflict = z.infer<typeof Conflict>

/**
 * 412 with `conflicts` when a fact has moved on since a draft’s `base`, 422 with fields `drafts.<id>.<field>` when something has
 * become impossible, 409 when a draft was changed in this very moment; then nothing is published. Drafts of colleagues may be
 * published too, by anyone with the role of the kind.
 */
export const publish = endpoint({
  method: 'post',
  path: '/api/publications',
  access: ['gigabitCoordinator', 'mobileCoordinator', 'admin'],
  summary: 'Publish drafts in one change',
  body: Selection,
  response: z.object({ revision: z.int() }),
})

export const Change = z.object({
  id: z.int(),
  actorName: z.string(),
  reason: z.string(),
  knownAt: z.string(),
  recordedAt: z.string(),
  origin: z.string(),
  undoes: z.nullable(z.int()),
  undoneBy: z.nullable(z.int()),
  undoable: z.boolean(),
  sentences: z.array(z.string()),
})
export type Change = z.infer<typeof Change>

export const listChanges = endpoint({
  method: 'get',
  path: '/api/changes',
  access: 'staff',
  summary: 'Who changed what, when and why, newest first (keyset: `before` = id of the last one seen)',
  query: z.strictObject({
    before: z.optional(z.coerce.number().check(z.int(), z.positive())),
    limit: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200))),
  }),
  response: z.object({ changes: z.array(Change) }),
})

/**
 * Undoes a change by a new one, within ten minutes, by anyone with the roles of its kinds. 409 when that is over or a fact has
 * moved on since. An undo is a change like others: undoing it brings the content back.
 */
export const undoChange = endpoint({
  method: 'post',
  path: '/api/changes/:id/undo',
  access: ['gigabitCoordinator', 'mobileCoordinator', 'admin'],
  summary: 'Undo a change by a new one',
  params: z.strictObject({ id: z.coerce.number().check(z.int()) }),
  response: z.object({ revision: z.int() }),
})

const Property = z.record(z.string(), z.unknown())

/** GeoJSON as files bring it; what is missing or wrong in a feature is reported for that feature. */
const FeatureCollection = z.object({
  type: z.literal('FeatureCollection'),
  /** Absent: longitude and latitude (CRS84). Files in EPSG:25832 must say so here. */
  crs: z.optional(z.nullable(z.object({ properties: z.object({ name: z.string() }) }))),
  features: z
    .array(z.object({ type: z.literal('Feature'), properties: z.nullable(Property), geometry: z.nullable(z.unknown()) }))
    .check(z.minLength(1), z.maxLength(2000)),
})

/**
 * Drafts from a GeoJSON file of up to 20 MB. `district_boundary`: the property `name` names the district. `section`: `name` names the
 * section, `district` its district (without it, the one it lies in), `buildPhase` its build phase; a name of a district means all
 * of it. Names are read without regard to umlauts, hyphens and case.
 */
export const importGeoJson = endpoint({
  method: 'post',
  path: '/api/imports/geojson',
  access: ['admin'],
  summary: 'Prepare drafts of district boundaries or build sections from a GeoJSON file',
  body: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('district_boundary'),
      trueOn: ImpreciseDate,
      source: SourceInput,
      reason: Reason,
      official: z.boolean(),
      attribution: Line,
      collection: FeatureCollection,
    }),
    z.strictObject({
      kind: z.literal('section'),
      trueOn: ImpreciseDate,
      source: SourceInput,
      reason: Reason,
      programmeId: FactId,
      collection: FeatureCollection,
    }),
  ]),
  response: z.object({
    features: z.array(
      z.object({
        /** As written in the file. */
        name: z.nullable(z.string()),
        factId: z.nullable(FactId),
        /** null: refused, for the reasons in `refusals`. */
        draftId: z.nullable(z.int()),
        refusals: z.array(z.string()),
        warnings: z.array(Warning),
      }),
    ),
  }),
})
