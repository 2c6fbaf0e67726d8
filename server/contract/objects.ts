import * as z from 'zod/mini'
import { Clocks } from './clocks.ts'
import { fundingClasses } from './codes.ts'
import { ImpreciseDate } from './dates.ts'
import { endpoint } from './endpoint.ts'
import { FactId, LineGeometry, Slug } from './facts/fact.ts'
import { Reason, SourceInput, Warning } from './facts.ts'
import { media } from './media.ts'
import { conditions, connectionStates, networkStatuses, premisesKinds, structureTypes } from './objects/codes.ts'
import { type ObjectKindName, objectKinds } from './objects/index.ts'

const readers = ['viewer', 'mobileCoordinator', 'gigabitCoordinator', 'admin'] as const
const writers = ['gigabitCoordinator'] as const

export const ObjectKind = z.enum(Object.keys(objectKinds) as [ObjectKindName, ...ObjectKindName[]])

/** What lies in the ground or stands on it: everything but premises. */
export const networkKinds = ['route', 'duct', 'cable', 'structure'] as const
export type NetworkKind = (typeof networkKinds)[number]
/** The kinds with a length. */
export const lineKinds = ['route', 'duct', 'cable'] as const
export type LineKind = (typeof lineKinds)[number]

/** Most objects one change may touch. */
export const mostObjects = 50_000

/** Several values of a parameter, separated by commas. */
function several<Value extends z.core.$ZodType<unknown, string>>(value: Value) {
  return z.pipe(
    z.pipe(
      z.string(),
      z.transform((text: string) => text.split(',')),
    ),
    z.array(value).check(z.minLength(1), z.maxLength(50)),
  )
}

/** What an object may lack; for lists of what is still to be done. */
export const lacks = ['address', 'location', 'programme', 'section'] as const

const bounds = z.string().check(z.regex(/^-?[\d.]+(,-?[\d.]+){3}$/, 'Erwartet wird west,süd,ost,nord in Grad.'))

/**
 * Which objects are meant; all parts must fit. Parts that a kind does not have fit nothing. Values separated by commas: one of them.
 * `q` finds the beginning of words in name, address, operator, designation and ids.
 */
export const objectFilters = {
  /** Premises: their district. Network: every district the object touches. `outside`: none. */
  districtId: z.optional(several(Slug)),
  programmeId: z.optional(several(FactId)),
  sectionId: z.optional(several(FactId)),
  /** Connection state of premises. */
  state: z.optional(several(connectionStates.schema)),
  /** Status of the network. */
  status: z.optional(several(networkStatuses.schema)),
  premisesKind: z.optional(several(premisesKinds.schema)),
  fundingClass: z.optional(several(fundingClasses.schema)),
  condition: z.optional(several(conditions.schema)),
  structureType: z.optional(several(structureTypes.schema)),
  /** Exactly as written in the data. */
  operator: z.optional(z.string().check(z.maxLength(300))),
  lacks: z.optional(several(z.enum(lacks))),
  /** Premises at these official addresses. */
  addressId: z.optional(several(z.string().check(z.minLength(1), z.maxLength(200)))),
  q: z.optional(z.string().check(z.maxLength(200))),
  /** west,south,east,north in degrees (WGS84). */
  bbox: z.optional(bounds),
  /** Those a change wrote about. */
  changeId: z.optional(z.coerce.number().check(z.int(), z.positive())),
}
const ObjectFilter = z.strictObject(objectFilters)
/** A filter as it is sent: lists as text with commas. */
export type ObjectFilterInput = z.input<typeof ObjectFilter>
export type ObjectFilter = z.output<typeof ObjectFilter>

/** Columns a list can be sorted by; a minus before it turns the order round. Those a kind does not have sort nothing. */
export const objectOrders = [
  'id',
  'address',
  'district',
  'kind',
  'name',
  'units',
  'state',
  'operator',
  'length',
  'trueOn',
  'changed',
] as const
export type ObjectOrder = (typeof objectOrders)[number]
const Sort = z.enum(objectOrders.flatMap((order) => [order, `-${order}`] as const))

/** Identity and values as the kind declares them (contract/objects); `geom` GeoJSON in WGS84. */
const Content = z.record(z.string(), z.unknown())

/** An object as of the clocks. */
export const ObjectRow = z.object({
  id: FactId,
  /** Number of the statement in force. */
  version: z.int(),
  content: Content,
  /** Status or connection state as of `asOf`: what its dates say, also before the Stand of the statement. */
  status: z.string(),
  /** Official address in words, "Kölner Straße 12a, 51379"; null: none. */
  address: z.nullable(z.string()),
  /** Districts it lies in, the one with most of it first. */
  districtIds: z.array(z.string()),
  /** ST_Length in EPSG:25832, in metres; null: not a line. */
  lengthM: z.nullable(z.number()),
  /** Point of the object or a point on the line, longitude and latitude; null: no location (premises: also the address has none). */
  point: z.nullable(z.tuple([z.number(), z.number()])),
  trueOn: ImpreciseDate,
  source: z.object({ citation: z.string(), url: z.nullable(z.string()) }),
  /** Change that recorded the statement in force, and when. */
  changeId: z.int(),
  knownFrom: z.string(),
})
export type ObjectRow = z.infer<typeof ObjectRow>

/** All that fits the filter. */
const Totals = z.object({
  count: z.int(),
  /** Connections counted (premises). */
  units: z.nullable(z.int()),
  /** Metres of the lines; a duct or cable lies `count` times, here each line counts once. */
  lengthM: z.nullable(z.number()),
  /** west, south, east, north; null: nothing has a location. */
  bounds: z.nullable(z.tuple([z.number(), z.number(), z.number(), z.number()])),
})
export type ObjectTotals = z.infer<typeof Totals>

/**
 * Objects of a kind at the clocks, page by page. `after` is the `next` of the page before (opaque; keeps sort and filter the same).
 * `revision` of the answer is what changes of these rows must name.
 */
export const listObjects = endpoint({
  method: 'get',
  path: '/api/objects/:kind',
  access: readers,
  summary: 'Objects of a kind: premises or network, filtered, sorted, page by page',
  params: z.strictObject({ kind: ObjectKind }),
  query: z.strictObject({
    ...objectFilters,
    ...Clocks,
    sort: z.optional(Sort),
    after: z.optional(z.string().check(z.maxLength(2000))),
    /** Default 100. */
    limit: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(1000))),
  }),
  response: z.object({
    objects: z.array(ObjectRow),
    next: z.nullable(z.string()),
    /** On the first page only. */
    totals: z.nullable(Totals),
    revision: z.int(),
  }),
})

/** Parts of a filter that offer their values with how many objects have them; those a kind does not have stay empty. */
export const countedParts = [
  'districtId',
  'premisesKind',
  'state',
  'fundingClass',
  'programmeId',
  'sectionId',
  'operator',
] as const
export type CountedPart = (typeof countedParts)[number]

/**
 * How many objects have which value, most frequent first: of those that fit the rest of the filter, so that the numbers say what
 * choosing another value would show. `value` null: without one. `kinds`: what fits the whole filter, apart by kind, for units of
 * different kinds (dwellings, businesses, schools) are never added up.
 */
export const countObjects = endpoint({
  method: 'get',
  path: '/api/objects/:kind/counts',
  access: readers,
  summary: 'Objects of a kind counted by the values of each filter',
  params: z.strictObject({ kind: ObjectKind }),
  query: z.strictObject({ ...objectFilters, ...Clocks }),
  response: z.object({
    counts: z.partialRecord(z.enum(countedParts), z.array(z.object({ value: z.nullable(z.string()), count: z.int() }))),
    kinds: z.array(z.object({ kind: z.string(), count: z.int(), units: z.int() })),
  }),
})
export type ObjectCounts = z.infer<(typeof countObjects)['response']>

/** What was ever said about an object. */
export const ObjectStatement = z.object({
  version: z.int(),
  content: Content,
  lengthM: z.nullable(z.number()),
  trueOn: ImpreciseDate,
  source: z.object({ citation: z.string(), url: z.nullable(z.string()) }),
  knownFrom: z.string(),
  /** null: still what is known. */
  knownTo: z.nullable(z.string()),
  retracted: z.boolean(),
  change: z.object({ id: z.int(), actorName: z.string(), reason: z.string(), recordedAt: z.string() }),
  /** German: what differs from the statement that was in force before, "Anschlusszustand förderfähig → angeschlossen." */
  sentence: z.string(),
})
export type ObjectStatement = z.infer<typeof ObjectStatement>

/** 404 when the object never existed; `object` null: not there at the clocks (withdrawn, or not known yet). */
export const getObject = endpoint({
  method: 'get',
  path: '/api/objects/:kind/:id',
  access: readers,
  summary: 'An object with everything ever recorded about it, newest first: who, when, why',
  params: z.strictObject({ kind: ObjectKind, id: FactId }),
  query: z.strictObject(Clocks),
  response: z.object({ object: z.nullable(ObjectRow), statements: z.array(ObjectStatement), revision: z.int() }),
})

/** Distinct values people filter by. */
export const listOperators = endpoint({
  method: 'get',
  path: '/api/objects/:kind/operators',
  access: readers,
  summary: 'Operators named by the objects of a kind',
  params: z.strictObject({ kind: ObjectKind }),
  response: z.object({ operators: z.array(z.object({ name: z.string(), count: z.int() })) }),
})

/** A warning about several objects: how many it concerns and some of them. */
export const ObjectWarning = z.extend(Warning, { count: z.int(), examples: z.array(FactId) })
export type ObjectWarning = z.infer<typeof ObjectWarning>

const Basis = { trueOn: ImpreciseDate, source: SourceInput, reason: Reason }

/** `next` (the id a new object gets) and what creating it means. */
const Forecast = z.object({
  /** Objects the change writes about; those that already are as wished are left alone. */
  count: z.int(),
  unchanged: z.int(),
  /** German: what will have changed, "1.240 Anschlussobjekte: Anschlusszustand → angeschlossen." */
  sentence: z.string(),
  warnings: z.array(ObjectWarning),
})
export type ObjectForecast = z.infer<typeof Forecast>

const Written = z.extend(Forecast, { revision: z.int() })
export type ObjectsWritten = z.infer<typeof Written>

const Creation = {
  /**
   * Values of the kind; left out: null, or the usual (units 1, count 1, condition new, coLaying and collocation false, steps {}).
   * `key` left out: made by the server, premises by address and kind, others at random. `districtId` of premises left out: that of
   * the address, else the one the location lies in. `geom` of premises left out: that of the address.
   */
  content: Content,
}

/** 422 names the fields `content.<field>`, `trueOn`, …; 409: an object with this key is there already. */
export const createObject = endpoint({
  method: 'post',
  path: '/api/objects/:kind',
  access: writers,
  summary: 'Record a new object',
  params: z.strictObject({ kind: ObjectKind }),
  body: z.strictObject({ ...Creation, ...Basis }),
  response: z.extend(Written, { id: FactId }),
})

export const previewObject = endpoint({
  method: 'post',
  path: '/api/objects/:kind/preview',
  access: writers,
  summary: 'What recording this object would mean; nothing is written',
  params: z.strictObject({ kind: ObjectKind }),
  body: z.strictObject({ ...Creation, trueOn: ImpreciseDate }),
  response: z.extend(Forecast, { id: FactId, lengthM: z.nullable(z.number()), districtIds: z.array(z.string()) }),
})

/** Objects by their ids, or all that fit a filter now. */
const Targets = {
  ids: z.optional(
    z
      .array(FactId)
      .check(z.minLength(1), z.maxLength(mostObjects, `Höchstens ${mostObjects.toLocaleString('de')} Objekte auf einmal.`)),
  ),
  filter: z.optional(ObjectFilter),
  /** `revision` of the list the person saw: 412 when any of the objects was changed after it. */
  revision: z.int(),
}

const Edit = {
  ...Targets,
  /**
   * Values to set, as declared; what is not named stays. `steps` is merged step by step (a step set to null is removed); `geom` only
   * for a single object; identity never.
   */
  set: Content,
}

/** What a 412 carries: the objects that have moved on (at most 100), as they are now; null: withdrawn. */
export const ObjectConflict = z.object({ id: FactId, current: z.nullable(ObjectRow) })
export type ObjectConflict = z.infer<typeof ObjectConflict>

/**
 * Changes one or many objects in one change, all or nothing. 422: the fields `set.<field>` say what is impossible and for how many;
 * 412 with `conflicts` when somebody changed one of them since `revision`.
 */
export const changeObjects = endpoint({
  method: 'post',
  path: '/api/objects/:kind/changes',
  access: writers,
  summary: 'Change objects: one, a selection, or all that fit a filter',
  params: z.strictObject({ kind: ObjectKind }),
  body: z.strictObject({ ...Edit, ...Basis }),
  response: Written,
})

export const previewChange = endpoint({
  method: 'post',
  path: '/api/objects/:kind/changes/preview',
  access: writers,
  summary: 'What this change of objects would mean; nothing is written',
  params: z.strictObject({ kind: ObjectKind }),
  body: z.strictObject({ ...Edit, trueOn: ImpreciseDate }),
  response: Forecast,
})

/** They were never right: all that is known about them is taken back. What ended is changed instead. */
export const withdrawObjects = endpoint({
  method: 'post',
  path: '/api/objects/:kind/withdrawals',
  access: writers,
  summary: 'Withdraw objects',
  params: z.strictObject({ kind: ObjectKind }),
  body: z.strictObject({ ...Targets, reason: Reason }),
  response: Written,
})

const LineKind = z.enum(lineKinds)
const Position = z.tuple([z.number(), z.number()])

/**
 * Cuts a line in two at the point on it nearest to `at` (longitude, latitude; 422 when that is farther than 25 m or an end). Says
 * nothing new about the world: Stand and sources stay. The first part keeps the id.
 */
export const splitLine = endpoint({
  method: 'post',
  path: '/api/network/:kind/:id/split',
  access: writers,
  summary: 'Split a line at a point',
  params: z.strictObject({ kind: LineKind, id: FactId }),
  body: z.strictObject({ at: Position, reason: Reason, revision: z.int() }),
  response: z.object({ revision: z.int(), ids: z.array(FactId), lengthsM: z.array(z.number()), sentence: z.string() }),
})

/** Joins lines that touch at their ends and say the same; 422 tells where they do not. The first id stays, the others are withdrawn. */
export const mergeLines = endpoint({
  method: 'post',
  path: '/api/network/:kind/merge',
  access: writers,
  summary: 'Merge lines that touch',
  params: z.strictObject({ kind: LineKind }),
  body: z.strictObject({
    ids: z.array(FactId).check(z.minLength(2, 'Bitte wählen Sie mindestens zwei Linien.'), z.maxLength(50)),
    reason: Reason,
    revision: z.int(),
  }),
  response: z.object({ revision: z.int(), id: FactId, lengthM: z.number(), sentence: z.string() }),
})

/** Reads a pasted geometry: GeoJSON, WKT or a list of coordinates; EPSG:25832, 4647, 3857, 4258 and 4326 are recognised by their numbers. */
export const readGeometry = endpoint({
  method: 'post',
  path: '/api/network/geometry',
  access: ['gigabitCoordinator', 'mobileCoordinator'],
  summary: 'Read a pasted geometry',
  body: z.strictObject({ kind: ObjectKind, text: z.string().check(z.trim(), z.minLength(1), z.maxLength(500_000)) }),
  response: z.object({ geometry: z.unknown(), lengthM: z.nullable(z.number()), crs: z.string() }),
})

/** Length of a line being drawn, in EPSG:25832. */
export const measureLine = endpoint({
  method: 'post',
  path: '/api/network/length',
  access: readers,
  summary: 'Length of a line in metres',
  body: z.strictObject({ geom: LineGeometry }),
  response: z.object({ lengthM: z.number() }),
})

/** Where a point lies: its district (null: outside the city), the sections there and the nearest address within 200 m. */
export const describePlace = endpoint({
  method: 'get',
  path: '/api/places/at',
  access: readers,
  summary: 'District, build sections and nearest address of a point',
  query: z.strictObject({
    longitude: z.coerce.number().check(z.minimum(-180), z.maximum(180)),
    latitude: z.coerce.number().check(z.minimum(-90), z.maximum(90)),
  }),
  response: z.object({
    districtId: z.nullable(z.string()),
    sections: z.array(z.object({ id: FactId, programmeId: FactId, name: z.string() })),
    address: z.nullable(z.object({ id: z.string(), label: z.string(), distanceM: z.number() })),
  }),
})

/** Below this zoom premises are counted in cells instead of drawn one by one. */
export const premisesFromZoom = 13

const place = z.coerce.number().check(z.int(), z.minimum(0))

/**
 * Vector tile with a layer per kind, named like the kind. Every feature has `id`, `status` (state of premises) and `district_id`;
 * lines `length_m`; ducts `condition`, `duct_type`; structures `structure_type`, `designation`; premises `kind`, `units`,
 * `funding_class`, `reached` (0 none, 1 passed, 2 connected, 3 activated). Below zoom 13 the layer `premises_count` stands for the
 * premises: points with `count` (objects), `units`, and of these `passed`, `connected` and `activated`.
 * `revision` makes the address change with the content. 204 when empty.
 */
export const getObjectTile = endpoint({
  method: 'get',
  path: '/api/objects/tiles/:z/:x/:y.mvt',
  access: readers,
  summary: 'Vector tile of premises and network (internal)',
  params: z.strictObject({ z: place.check(z.maximum(22)), x: place, y: place }),
  query: z.strictObject({
    ...objectFilters,
    ...Clocks,
    revision: z.optional(z.coerce.number().check(z.int(), z.minimum(0))),
    /** Kinds to draw; left out: all. The filter applies to the kinds that have its parts. */
    kinds: z.optional(several(ObjectKind)),
  }),
  response: z.string(),
  produces: [media.tile],
})
