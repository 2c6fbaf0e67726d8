import * as z from 'zod/mini'
import { ImpreciseDate } from './dates.ts'
import { type Access, endpoint } from './endpoint.ts'
import { SourceInput, Warning } from './facts.ts'
import type { ObjectKindName } from './objects/index.ts'
import { ObjectKind } from './objects.ts'

/** Deliveries: files of operators on their way to statements. */

const readers: Access = ['viewer', 'mobileCoordinator', 'gigabitCoordinator', 'admin']
const writers: Access = ['gigabitCoordinator']

const Id = z.strictObject({ id: z.coerce.number().check(z.int(), z.positive()) })
const Point = z.tuple([z.number(), z.number()])
const Box = z.tuple([z.number(), z.number(), z.number(), z.number()])

/** reading: file is being looked at · mapping: somebody must say what it is · judging · review: rows are judged · publishing · published · refused: cannot be read · cancelled · failed. */
export const DeliveryStatus = z.enum([
  'reading',
  'mapping',
  'judging',
  'review',
  'publishing',
  'published',
  'refused',
  'cancelled',
  'failed',
])
export type DeliveryStatus = z.infer<typeof DeliveryStatus>

/** What a delivery holds: objects of a kind, or the official list of street keys. */
export const DeliveryKind = z.enum([...ObjectKind.options, 'street'])
export type DeliveryKind = z.infer<typeof DeliveryKind>

export const Judgement = z.enum(['new', 'changed', 'unchanged', 'removed', 'doubtful', 'refused'])
export type Judgement = z.infer<typeof Judgement>

/** accepted: is published · parked: left for later, stays in the delivery · declined: goes back to the sender with a reason. */
export const Decision = z.enum(['open', 'accepted', 'parked', 'declined'])
export type Decision = z.infer<typeof Decision>

export const Remark = z.object({
  code: z.string(),
  severity: z.enum(['note', 'doubt', 'error']),
  text: z.string(),
  column: z.optional(z.string()),
})
export type Remark = z.infer<typeof Remark>

const Counts = z.record(Judgement, z.int())

export const Delivery = z.object({
  id: z.int(),
  fileName: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  receivedAt: z.string(),
  actorName: z.string(),
  senderName: z.nullable(z.string()),
  trueOn: z.nullable(ImpreciseDate),
  status: DeliveryStatus,
  /** 0 to 1 while it is worked on; null: not worked on, or unknown. */
  progress: z.nullable(z.number()),
  /** German: why it cannot be read, or what failed. */
  problem: z.nullable(z.string()),
  /** null: not judged yet. */
  counts: z.nullable(Counts),
  /** Doubtful rows nobody has decided on. */
  openDoubts: z.int(),
  /** Rows of the file that are not accepted: those of the error list. */
  returned: z.int(),
  /** Change it was published in. */
  changeId: z.nullable(z.int()),
  publishedAt: z.nullable(z.string()),
  /** German: what changed; null: not published. */
  sentence: z.nullable(z.string()),
})
export type Delivery = z.infer<typeof Delivery>

export const Column = z.object({ name: z.string(), type: z.string(), samples: z.array(z.string()) })

export const DeliveryTable = z.object({
  name: z.string(),
  columns: z.array(Column),
  rowCount: z.nullable(z.int()),
  needsCrs: z.boolean(),
  crs: z.nullable(z.object({ epsg: z.int(), how: z.enum(['declared', 'recognised', 'asked']), isSwapped: z.boolean() })),
  /** Where the first rows would lie in each system that is possible, the likeliest first (WGS84); empty unless `needsCrs`. */
  places: z.array(z.object({ epsg: z.int(), points: z.array(Point), bounds: Box })),
  geometryType: z.nullable(z.string()),
  remarks: z.array(Remark),
  /** First rows, by column. */
  preview: z.array(z.record(z.string(), z.nullable(z.union([z.string(), z.number(), z.boolean()])))),
})
export type DeliveryTable = z.infer<typeof DeliveryTable>

/** What somebody says, or the server guesses, about a file. */
export const Mapping = z.object({
  table: z.string(),
  kind: DeliveryKind,
  senderName: z.string(),
  trueOn: ImpreciseDate,
  source: SourceInput,
  crs: z.nullable(z.int()),
  /** Our field → column. */
  columns: z.record(z.string(), z.string()),
  /** Our field → word of the file → our code. */
  values: z.record(z.string(), z.record(z.string(), z.string())),
  /** Our field → value for rows without one. */
  defaults: z.record(z.string(), z.string()),
  /** Rows that are not in the file any more are to be withdrawn: it is the whole of what the sender has. */
  isComplete: z.boolean(),
})
export type Mapping = z.infer<typeof Mapping>
/** A mapping of a file of objects. */
export type ObjectMapping = Mapping & { kind: ObjectKindName }

/** A field that can be filled from a column. */
export const MappableField = z.object({
  name: z.string(),
  label: z.string(),
  hint: z.nullable(z.string()),
  isRequired: z.boolean(),
  /** Codes with their words, where the field has some. */
  codes: z.nullable(z.record(z.string(), z.string())),
  mayDefault: z.boolean(),
})
export type MappableField = z.infer<typeof MappableField>

/** What the server takes a file for, and why. Columns and values it is not sure of are in `guessed`. */
export const Guess = z.object({
  mapping: z.partial(Mapping),
  reasons: z.array(z.string()),
  /** Fields whose column was guessed by name or content, not remembered. */
  guessed: z.array(z.string()),
  /** Sender the mapping was remembered for. */
  rememberedFor: z.nullable(z.string()),
  /** Nothing needs to be asked: judging has begun by itself. */
  isClear: z.boolean(),
})

export const DeliveryDetail = z.object({
  delivery: Delivery,
  tables: z.array(DeliveryTable),
  guess: z.nullable(Guess),
  mapping: z.nullable(Mapping),
  /** Fields of each kind of object. */
  fields: z.record(z.string(), z.array(MappableField)),
  /** Words of the file that mean nothing yet, by field, with how often they occur. */
  unknownWords: z.record(z.string(), z.array(z.object({ word: z.string(), count: z.int() }))),
})
export type DeliveryDetail = z.infer<typeof DeliveryDetail>

export const Candidate = z.object({
  addressId: z.string(),
  label: z.string(),
  districtName: z.nullable(z.string()),
  point: z.nullable(Point),
  /** 0 to 1. */
  confidence: z.number(),
})
export type Candidate = z.infer<typeof Candidate>

export const DeliveryRow = z.object({
  /** As Excel shows it; for what is no longer in the file: a negative number. */
  row: z.int(),
  judgement: Judgement,
  decision: Decision,
  /** "Birkhahnstraße 12, Wohnhaus". */
  label: z.string(),
  objectId: z.nullable(z.string()),
  remarks: z.array(Remark),
  changes: z.array(
    z.object({ field: z.string(), label: z.string(), before: z.nullable(z.string()), after: z.nullable(z.string()) }),
  ),
  candidates: z.array(Candidate),
  /** What the file says in the columns the remarks are about: field, label, value. */
  mendable: z.array(z.object({ field: z.string(), label: z.string(), value: z.nullable(z.string()) })),
  /** Mended by a person. */
  isMended: z.boolean(),
})
export type DeliveryRow = z.infer<typeof DeliveryRow>

const Rows = z.object({
  rows: z.array(DeliveryRow),
  /** To be given as `after`; null: there are no more. */
  next: z.nullable(z.int()),
  /** Codes of the remarks that rows of this judgement have, the most frequent first. */
  reasons: z.array(z.object({ code: z.string(), text: z.string(), count: z.int() })),
})

export const listDeliveries = endpoint({
  method: 'get',
  path: '/api/deliveries',
  access: readers,
  summary: 'Deliveries, what needs attention first',
  response: z.object({ deliveries: z.array(Delivery), senders: z.array(z.string()) }),
})

export const receiveDelivery = endpoint({
  method: 'post',
  path: '/api/deliveries',
  access: writers,
  summary: 'Take in a file (body: the file)',
  query: z.strictObject({
    name: z.string().check(z.maxLength(255, 'Der Name der Datei ist zu lang: Bitte kürzen Sie ihn auf höchstens 255 Zeichen.')),
  }),
  response: Delivery,
})

export const getDelivery = endpoint({
  method: 'get',
  path: '/api/deliveries/:id',
  access: readers,
  summary: 'A delivery with its tables, its guess and its mapping',
  params: Id,
  response: DeliveryDetail,
})

/** Says what the file is and judges its rows anew; remembered for the sender. 422 names the field. */
export const mapDelivery = endpoint({
  method: 'put',
  path: '/api/deliveries/:id/mapping',
  access: writers,
  summary: 'Say what a delivery is and have it judged',
  params: Id,
  body: Mapping,
  response: Delivery,
})

export const cancelDelivery = endpoint({
  method: 'post',
  path: '/api/deliveries/:id/cancel',
  access: writers,
  summary: 'Stop what is under way and put the delivery aside',
  params: Id,
  response: Delivery,
})

export const listRows = endpoint({
  method: 'get',
  path: '/api/deliveries/:id/rows',
  access: readers,
  summary: 'Judged rows of a delivery, page by page',
  params: Id,
  query: z.strictObject({
    judgement: z.optional(Judgement),
    decision: z.optional(Decision),
    /** Only rows with such a remark. */
    reason: z.optional(z.string()),
    after: z.optional(z.coerce.number().check(z.int())),
    limit: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(500))),
  }),
  response: Rows,
})

/** Decides on some rows, or on all of a judgement, or those of it with a remark of this code. `open` takes a decision back. */
export const decideRows = endpoint({
  method: 'post',
  path: '/api/deliveries/:id/decisions',
  access: writers,
  summary: 'Accept, park or decline rows',
  params: Id,
  body: z.strictObject({
    decision: Decision,
    rows: z.optional(z.array(z.int()).check(z.maxLength(10_000))),
    judgement: z.optional(Judgement),
    reason: z.optional(z.string()),
  }),
  response: Delivery,
})

/** Mends a row: the address it is at, or values; it is judged again. */
export const mendRow = endpoint({
  method: 'put',
  path: '/api/deliveries/:id/rows/:row',
  access: writers,
  summary: 'Mend a doubtful row',
  params: z.strictObject({ id: Id.shape.id, row: z.coerce.number().check(z.int()) }),
  body: z.strictObject({ addressId: z.optional(z.string()), values: z.optional(z.record(z.string(), z.string())) }),
  response: DeliveryRow,
})

/** Rows with a place, as GeoJSON (WGS84), unchanged ones left out; at most 5,000, the doubtful first. */
export const getDifference = endpoint({
  method: 'get',
  path: '/api/deliveries/:id/difference',
  access: readers,
  summary: 'What a delivery changes, as GeoJSON',
  params: Id,
  response: z.object({ collection: z.record(z.string(), z.unknown()), bounds: z.nullable(Box), isWhole: z.boolean() }),
})

export const previewDelivery = endpoint({
  method: 'get',
  path: '/api/deliveries/:id/effect',
  access: readers,
  summary: 'What publishing would do: the sentence, warnings, figures before and after',
  params: Id,
  response: z.object({
    sentence: z.string(),
    warnings: z.array(Warning),
    figures: z.array(z.object({ label: z.string(), before: z.nullable(z.number()), after: z.nullable(z.number()) })),
    accepted: z.int(),
    left: z.int(),
  }),
})

/** Writes what was accepted as one change, or nothing. Goes on by itself after a crash. */
export const publishDelivery = endpoint({
  method: 'post',
  path: '/api/deliveries/:id/publish',
  access: writers,
  summary: 'Publish what was accepted of a delivery',
  params: Id,
  body: z.strictObject({ releaseFigures: z.boolean() }),
  response: Delivery,
})

export const errorList = endpoint({
  method: 'get',
  path: '/api/deliveries/:id/errors.xlsx',
  access: readers,
  summary: 'Rows to send back, with reasons (XLSX)',
  params: Id,
  response: z.string(),
  produces: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
})
