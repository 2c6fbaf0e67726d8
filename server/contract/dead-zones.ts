import * as z from 'zod/mini'
import { codes } from './codes.ts'
import { IsoDate } from './dates.ts'
import { endpoint, type Role } from './endpoint.ts'
import { mobileOperators } from './mobile/codes.ts'

/** Whose network it was; not everybody knows. */
export const reportedOperators = codes({ ...mobileOperators.labels, unknown: { de: 'Weiß ich nicht', en: 'I do not know' } })

/** What the phone showed. */
export const shownTechnologies = codes({
  none: { de: 'Kein Netz', en: 'No service' },
  '2g': { de: '2G (E, GPRS)', en: '2G (E, GPRS)' },
  '4g': { de: '4G (LTE)', en: '4G (LTE)' },
  '5g': { de: '5G', en: '5G' },
})

export const surroundings = codes({
  outdoors: { de: 'Im Freien', en: 'Outdoors' },
  indoors: { de: 'In einem Gebäude', en: 'Indoors' },
  vehicle: { de: 'In Auto, Bus oder Bahn', en: 'In a car, bus or train' },
})

/** Parts of a day, with the hour they begin at. */
export const dayParts = codes({
  night: { de: 'Nachts (0 bis 6 Uhr)', en: 'Night (midnight to 6 am)' },
  morning: { de: 'Vormittags (6 bis 12 Uhr)', en: 'Morning (6 am to noon)' },
  afternoon: { de: 'Nachmittags (12 bis 18 Uhr)', en: 'Afternoon (noon to 6 pm)' },
  evening: { de: 'Abends (18 bis 24 Uhr)', en: 'Evening (6 pm to midnight)' },
})
export type DayPart = z.infer<typeof dayParts.schema>

export const deadZoneStatuses = codes({
  pending: { de: 'zu prüfen', en: 'to be checked' },
  published: { de: 'veröffentlicht', en: 'published' },
  rejected: { de: 'abgelehnt', en: 'rejected' },
})
export type DeadZoneStatus = z.infer<typeof deadZoneStatuses.schema>

/** How far back a report may lie, in months. */
export const oldestReportMonths = 12
export const longestRemark = 500
/** Days after the decision when the remark is removed; without a decision it goes after `oldestReportMonths`. */
export const remarkDays = 30
/** Whoever fills in the form faster than this is a robot. */
export const shortestFillingMs = 2_000

/** Who decides on reports. */
export const deadZoneModerators: readonly Role[] = ['mobileCoordinator', 'admin']

/**
 * A dead zone, reported by anybody. `point` (longitude, latitude, WGS84) is blurred to its 100 m cell at once; the pages send the middle
 * of the cell, so that the exact place never leaves the phone. `website` is a trap for robots and must stay empty. The same place,
 * network and day again from the same browser counts once (`isRepeated`). 422: outside the city, in the future, too old.
 * 429: too many at a time.
 */
export const reportDeadZone = endpoint({
  method: 'post',
  path: '/api/dead-zones',
  access: 'public',
  summary: 'Report a dead zone',
  body: z.strictObject({
    operator: reportedOperators.schema,
    technology: shownTechnologies.schema,
    surroundings: surroundings.schema,
    seenOn: IsoDate,
    dayPart: dayParts.schema,
    point: z.tuple([z.number().check(z.minimum(-180), z.maximum(180)), z.number().check(z.minimum(-90), z.maximum(90))]),
    remark: z.nullable(z.string().check(z.trim(), z.maxLength(longestRemark))),
    /** How long the form was open, in ms. */
    filledInMs: z.int().check(z.nonnegative()),
    website: z.optional(z.string()),
  }),
  response: z.object({
    received: z.literal(true),
    /** The 100 m cell that is kept. */
    cell: z.string(),
    district: z.string(),
    isRepeated: z.boolean(),
  }),
})

/** One decision on a report; a later one replaces it. */
export const DeadZoneDecision = z.object({
  id: z.int(),
  status: deadZoneStatuses.schema,
  reason: z.nullable(z.string()),
  decidedBy: z.string(),
  decidedAt: z.string(),
})

/** A report as staff see it. Internal: remark and day of receipt never leave. */
export const DeadZoneReport = z.object({
  id: z.int(),
  receivedOn: z.string(),
  operator: reportedOperators.schema,
  technology: shownTechnologies.schema,
  surroundings: surroundings.schema,
  seenOn: z.string(),
  dayPart: dayParts.schema,
  cell: z.string(),
  districtId: z.nullable(z.string()),
  /** null: none, or removed by now. */
  remark: z.nullable(z.string()),
  status: deadZoneStatuses.schema,
  /** Newest first. */
  decisions: z.array(DeadZoneDecision),
  /** Other reports of the same cell that are published. */
  publishedNearby: z.int(),
})
export type DeadZoneReport = z.infer<typeof DeadZoneReport>

/** Reports newest first; `before` is the id of the last one seen. */
export const listDeadZoneReports = endpoint({
  method: 'get',
  path: '/api/dead-zone-reports',
  access: deadZoneModerators,
  summary: 'Reported dead zones with their decisions',
  query: z.strictObject({
    status: z.optional(deadZoneStatuses.schema),
    operator: z.optional(reportedOperators.schema),
    districtId: z.optional(z.string().check(z.maxLength(100))),
    before: z.optional(z.coerce.number().check(z.int(), z.positive())),
  }),
  response: z.object({
    reports: z.array(DeadZoneReport),
    next: z.nullable(z.int()),
    /** How many there are in each state, whatever is asked for. */
    counts: z.object({ pending: z.int(), published: z.int(), rejected: z.int() }),
  }),
})

/**
 * Decides on several reports at once; `decision` is the id of the latest one seen (null: none yet). 409 when somebody else has decided
 * in the meantime, and nothing is written. A rejection needs a reason. A decision is taken back by `pending` or by another one.
 */
export const decideOnDeadZones = endpoint({
  method: 'post',
  path: '/api/dead-zone-reports/decisions',
  access: deadZoneModerators,
  summary: 'Publish or reject reported dead zones',
  body: z.strictObject({
    reports: z
      .array(z.strictObject({ id: z.int().check(z.positive()), decision: z.nullable(z.int()) }))
      .check(z.minLength(1), z.maxLength(200)),
    status: deadZoneStatuses.schema,
    reason: z.nullable(z.string().check(z.trim(), z.maxLength(300))),
  }),
  /** `reports`: what a next decision on them rests on. */
  response: z.object({ revision: z.int(), reports: z.array(z.object({ id: z.int(), decision: z.int() })) }),
})
