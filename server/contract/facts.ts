import * as z from 'zod/mini'
import { ClockQuery } from './clocks.ts'
import { ImpreciseDate } from './dates.ts'
import { endpoint } from './endpoint.ts'
import { FactId } from './facts/fact.ts'
import { type FactKindName, factKinds } from './facts/index.ts'

const Kind = z.enum(Object.keys(factKinds) as [FactKindName, ...FactKindName[]])

export const SourceInput = z.object({
  citation: z.string().check(z.trim(), z.minLength(3), z.maxLength(300)),
  url: z.nullable(z.url({ protocol: /^https?$/ })),
})

export const Reason = z.string().check(z.trim(), z.minLength(3), z.maxLength(500))

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

/** A plausibility remark: never blocks. `rule` is a stable id. */
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

/** The current statement of every fact of a kind (the last one known, whatever day it holds for). */
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
 * `id` must be the id that follows from the identity in `content`.
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
    /** true: the statement withdraws the fact. */
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
  summary: 'Discard a draft of one’s own',
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

/** 412 with `conflicts: [{draft, current}]` when a fact has moved on since a draft’s `base`; then nothing is published. */
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

/** Undoes a change as a new version, within ten minutes for everybody’s own changes; 409 when facts have moved on since. */
export const undoChange = endpoint({
  method: 'post',
  path: '/api/changes/:id/undo',
  access: ['gigabitCoordinator', 'mobileCoordinator', 'admin'],
  summary: 'Undo a change by a new one',
  params: z.strictObject({ id: z.coerce.number().check(z.int()) }),
  response: z.object({ revision: z.int() }),
})
