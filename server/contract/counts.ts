import * as z from 'zod/mini'
import { ClockQuery, Clocks, ResolvedClocks } from './clocks.ts'
import { fundingClasses, quantities } from './codes.ts'
import { endpoint } from './endpoint.ts'
import { FactId, Slug } from './facts/fact.ts'
import { Reason } from './facts.ts'
import { definitionIds } from './metrics.ts'
import { networkStatuses, premisesKinds } from './objects/codes.ts'
import { Provenance } from './portal.ts'

const readers = ['viewer', 'mobileCoordinator', 'gigabitCoordinator', 'admin'] as const

const Units = z.int()
/** Connections counted, by the definition asked for; nested sets. */
export const Counts = z.object({ potential: Units, passed: Units, connected: Units, activated: Units })
export type Counts = z.infer<typeof Counts>

export const CountRow = z.object({
  programmeId: z.string(),
  districtId: z.string(),
  kind: premisesKinds.schema,
  fundingClass: z.nullable(fundingClasses.schema),
  counts: Counts,
  /** Connections that are not possible: not part of the potential. */
  notPossible: Units,
  /** Premises (objects) these connections belong to. */
  premises: Units,
})
export type CountRow = z.infer<typeof CountRow>

/** What a report says, or (state null) what a target asks for, beside which the count stands. */
export const StatedRow = z.object({
  id: z.string(),
  programmeId: z.string(),
  /** null: all districts together; a target may name several. */
  districtIds: z.nullable(z.array(z.string())),
  quantity: quantities.schema,
  state: z.nullable(z.string()),
  fundingClass: z.nullable(fundingClasses.schema),
  value: z.number(),
  approximate: z.boolean(),
  provenance: Provenance,
})
export type StatedRow = z.infer<typeof StatedRow>

const CountQuery = { ...Clocks, definition: z.optional(z.enum(definitionIds)) }

/** Counted, reported and aimed-at connections, both clocks. Sums over districts and funding classes are the caller's. */
export const getCounts = endpoint({
  method: 'get',
  path: '/api/counts',
  access: readers,
  summary: 'Connections counted from premises, beside reports and targets',
  query: z.strictObject(CountQuery),
  response: z.object({
    clocks: ResolvedClocks,
    definition: z.enum(definitionIds),
    counted: z.array(CountRow),
    reported: z.array(StatedRow),
    targets: z.array(StatedRow),
  }),
})

export const exportCounts = endpoint({
  method: 'get',
  path: '/api/counts/export',
  access: readers,
  summary: 'The counted figures as a table for a spreadsheet',
  query: z.strictObject({ ...CountQuery, f: z.enum(['csv', 'xlsx']) }),
  response: z.string(),
  produces: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
})

const lengthQuantities = z.enum(['fibre_cable', 'new_duct', 'reused_infrastructure', 'trench'])

/** Metres, EPSG:25832; ducts and cables count once each. Each row is one sum; rows of one quantity add up, quantities never do. */
export const LengthRow = z.object({
  programmeId: z.nullable(z.string()),
  sectionId: z.nullable(z.string()),
  /** null: outside of all districts. */
  districtId: z.nullable(z.string()),
  quantity: lengthQuantities,
  status: networkStatuses.schema,
  lengthM: z.number(),
})
export type LengthRow = z.infer<typeof LengthRow>

/** Sums by district plus "outside" are the total to the millimetre; a piece along a shared boundary counts once. */
export const getLengths = endpoint({
  method: 'get',
  path: '/api/counts/lengths',
  access: readers,
  summary: 'Metres of trench, new duct, reused infrastructure and cable, by district, section and status',
  query: ClockQuery,
  response: z.object({
    clocks: ResolvedClocks,
    measured: z.array(LengthRow),
    reported: z.array(StatedRow),
    targets: z.array(StatedRow),
  }),
})

const publishedMeasures = z.enum(['potential', 'passed', 'connected'])

/** A figure as it is or would be public. `hidden`: null is public; small: below four, or a difference to another one; partner: gives another away. */
export const ReleaseFigure = z.object({
  programmeId: z.string(),
  districtId: z.nullable(z.string()),
  kind: premisesKinds.schema,
  measure: publishedMeasures,
  counted: z.int(),
  hidden: z.nullable(z.enum(['small', 'partner'])),
})
export type ReleaseFigure = z.infer<typeof ReleaseFigure>

export const Release = z.object({
  id: z.int(),
  stand: z.string(),
  at: z.string(),
  name: z.string(),
  reason: z.string(),
  /** The release this one takes back. */
  withdraws: z.nullable(z.int()),
  isWithdrawn: z.boolean(),
  /** What the public reads now. */
  isCurrent: z.boolean(),
  figures: z.int(),
  hidden: z.int(),
})
export type Release = z.infer<typeof Release>

const Stand = z.string().check(z.meta({ format: 'date', description: 'Tag, für den die Zahlen gelten' }))

export const listReleases = endpoint({
  method: 'get',
  path: '/api/counts/releases',
  access: readers,
  summary: 'Publications of counted figures, newest first',
  response: z.object({ releases: z.array(Release) }),
})

/** The last 50 values of one figure as released, newest first, also those withheld. */
export const getFigureHistory = endpoint({
  method: 'get',
  path: '/api/counts/history',
  access: readers,
  summary: 'History of one figure over the releases',
  query: z.strictObject({
    programmeId: FactId,
    districtId: z.optional(Slug),
    kind: premisesKinds.schema,
    measure: publishedMeasures,
  }),
  response: z.object({
    values: z.array(
      z.object({
        release: z.int(),
        stand: z.string(),
        at: z.string(),
        counted: z.int(),
        hidden: z.nullable(z.enum(['small', 'partner'])),
        isWithdrawn: z.boolean(),
      }),
    ),
  }),
})

/** Nothing is written. 400 when `stand` is no day or lies in the future. */
export const previewRelease = endpoint({
  method: 'get',
  path: '/api/counts/releases/preview',
  access: ['gigabitCoordinator', 'admin'],
  summary: 'What the public would see of the counted figures',
  query: z.strictObject({ stand: Stand }),
  response: z.object({ stand: z.string(), figures: z.array(ReleaseFigure) }),
})

export const publishRelease = endpoint({
  method: 'post',
  path: '/api/counts/releases',
  access: ['gigabitCoordinator'],
  summary: 'Publish the counted figures as of a day, small numbers withheld',
  body: z.strictObject({ stand: Stand, reason: Reason }),
  response: z.object({ revision: z.int(), figures: z.int(), hidden: z.int() }),
})

/** The release before it is public again. 404 for an unknown one, 409 when it is withdrawn already. */
export const withdrawCountRelease = endpoint({
  method: 'post',
  path: '/api/counts/releases/:id/withdrawal',
  access: ['gigabitCoordinator'],
  summary: 'Take a publication of counted figures back',
  params: z.strictObject({ id: z.coerce.number().check(z.int(), z.positive()) }),
  body: z.strictObject({ reason: Reason }),
  response: z.object({ revision: z.int() }),
})
