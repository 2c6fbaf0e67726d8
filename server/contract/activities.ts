import * as z from 'zod/mini'
import { activity } from './activities/activity.ts'
import { expense } from './activities/expense.ts'
import { type LogKindName, logKinds } from './activities/index.ts'
import { codes } from './codes.ts'
import { IsoDate } from './dates.ts'
import { endpoint, type Role } from './endpoint.ts'
import { FactId } from './facts/fact.ts'
import { Reason, Warning } from './facts.ts'

/** The log of the funded post is about working time of people: viewers do not read it. */
export const activityReaders: readonly Role[] = ['mobileCoordinator', 'gigabitCoordinator', 'admin']
export const activityWriters: readonly Role[] = ['mobileCoordinator', 'gigabitCoordinator']

const LogKind = z.enum(Object.keys(logKinds) as [LogKindName, ...LogKindName[]])
const EntryId = z.string().check(z.regex(/^[0-9a-f]{12}$/, 'Diese Kennung gibt es nicht.'))

/** `version` counts the versions of an entry; a change is based on one. `person`: whose work it is, who recorded it first. */
const Recorded = { id: EntryId, version: z.int(), person: z.string(), recordedAt: z.string(), recordedBy: z.string() }

export const ActivityEntry = z.object({
  ...Recorded,
  content: activity.values,
  /** Case number or site code of its case; null: without a case. */
  requestName: z.nullable(z.string()),
})
export type ActivityEntry = z.infer<typeof ActivityEntry>

export const Voucher = z.object({ id: z.int(), name: z.string(), bytes: z.int(), sha256: z.string() })
export type Voucher = z.infer<typeof Voucher>

export const ExpenseEntry = z.object({ ...Recorded, content: expense.values, voucher: z.nullable(Voucher) })
export type ExpenseEntry = z.infer<typeof ExpenseEntry>

/** What was worked on something: minutes and number of entries. `key` is a code, an ISO month, a name, or '' (no case). */
export const WorkSum = z.object({ key: z.string(), label: z.string(), minutes: z.int(), entries: z.int() })
export type WorkSum = z.infer<typeof WorkSum>

export const MoneySum = z.object({
  key: z.string(),
  label: z.string(),
  eligibleEur: z.number(),
  otherEur: z.number(),
  entries: z.int(),
})
export type MoneySum = z.infer<typeof MoneySum>

/** Ways to sum up work, in the order of the report. */
export const workGroups = codes({
  task: { de: 'Aufgabe', en: 'Task' },
  month: { de: 'Monat', en: 'Month' },
  kind: { de: 'Art', en: 'Kind' },
  role: { de: 'Bereich', en: 'Role' },
  request: { de: 'Vorgang', en: 'Case' },
  person: { de: 'Person', en: 'Person' },
})
export type WorkGroup = z.infer<typeof workGroups.schema>

export const Evaluation = z.object({
  minutes: z.int(),
  work: z.record(workGroups.schema, z.array(WorkSum)),
  money: z.object({ kind: z.array(MoneySum), month: z.array(MoneySum) }),
  eligibleEur: z.number(),
  otherEur: z.number(),
})
export type Evaluation = z.infer<typeof Evaluation>

export const budgetStates = codes({
  not_granted: { de: 'kein Zuwendungsbescheid erfasst', en: 'no grant notice recorded' },
  not_begun: { de: 'noch nicht begonnen', en: 'not begun' },
  running: { de: 'läuft', en: 'running' },
  ended: { de: 'abgelaufen', en: 'ended' },
})

/**
 * A funding frame (a fact) against time and money as of a day. Figures are null where no grant is recorded: nothing is ever shown as
 * granted that was not. `chargedEur`: share of the eligible expenses that the grant pays.
 */
export const Budget = z.object({
  frameId: z.string(),
  name: z.string(),
  directive: z.string(),
  /** Most that the directive allows, in €. */
  mostEur: z.nullable(z.number()),
  /** Share of the eligible expenses that is funded; null: a fixed sum. */
  sharePercent: z.nullable(z.number()),
  months: z.int(),
  legalNote: z.nullable(z.string()),
  source: z.object({ citation: z.string(), url: z.nullable(z.string()), trueOn: z.string() }),
  state: budgetStates.schema,
  grant: z.nullable(
    z.object({
      grantedEur: z.number(),
      noticeOn: z.nullable(z.string()),
      firstDay: z.string(),
      lastDay: z.string(),
      monthsPassed: z.int(),
      monthsLeft: z.int(),
      /** 0 to 1, by days. */
      timeShare: z.number(),
      eligibleEur: z.number(),
      chargedEur: z.number(),
      restEur: z.number(),
      /** chargedEur of grantedEur; above 1: overspent. */
      spentShare: z.number(),
      /** chargedEur at the end if it goes on as up to now; null: less than a month has passed. */
      forecastEur: z.nullable(z.number()),
    }),
  ),
})
export type Budget = z.infer<typeof Budget>

/** `from` and `to` are days, both within. Left out: from the first entry, to the day of the knowledge. */
const Period = { from: z.optional(IsoDate), to: z.optional(IsoDate), knownAt: z.optional(z.string()) }

export const ActivityLog = z.object({
  from: z.nullable(z.string()),
  to: z.string(),
  /** null: everything known now. */
  knownAt: z.nullable(z.string()),
  activities: z.array(ActivityEntry),
  /** A month counts in the period that holds its first day, so that periods one after the other sum up. */
  expenses: z.array(ExpenseEntry),
  evaluation: Evaluation,
  /** As of `to`, over the whole frame and not only the period. */
  budgets: z.array(Budget),
})
export type ActivityLog = z.infer<typeof ActivityLog>

/** Of one case with `requestId` (expenses belong to none). 400 names `to` when the period ends before it begins, or after the day of the knowledge. */
export const getActivityLog = endpoint({
  method: 'get',
  path: '/api/activities',
  access: activityReaders,
  summary: 'Activities and expenses of the funded post in a period, with sums and budget',
  query: z.strictObject({ ...Period, requestId: z.optional(FactId) }),
  response: ActivityLog,
})

/** ZIP of tagged PDF, XLSX and vouchers; the same bytes for the same period and `knownAt`, which the PDF names. */
export const exportActivities = endpoint({
  method: 'get',
  path: '/api/activities/export',
  access: activityReaders,
  summary: 'Activities, expenses and sums of a period for the proof of use',
  query: z.strictObject(Period),
  response: z.unknown(),
  produces: ['application/zip'],
})

const Content = z.record(z.string(), z.unknown())
/** What was written means: a sentence, and what is implausible about it (never blocks; there is undo). */
const Written = z.object({ id: EntryId, version: z.int(), sentence: z.string(), warnings: z.array(Warning) })
export type WrittenEntry = z.infer<typeof Written>
const Entry = z.strictObject({ kind: LogKind, id: EntryId })

/** 422 names what is impossible: a future day, no or too long a duration, more than 24 h a day, an unknown case. */
export const addEntry = endpoint({
  method: 'post',
  path: '/api/activities/records/:kind',
  access: activityWriters,
  summary: 'Record an activity or an expense',
  params: z.strictObject({ kind: LogKind }),
  body: z.strictObject({ content: Content }),
  response: Written,
})

/** 412 with the present version when `version` is not it. */
export const changeEntry = endpoint({
  method: 'patch',
  path: '/api/activities/records/:kind/:id',
  access: activityWriters,
  summary: 'Correct an activity or an expense; what it said before stays readable',
  params: Entry,
  body: z.strictObject({ version: z.int(), set: Content }),
  response: Written,
})

export const withdrawEntry = endpoint({
  method: 'post',
  path: '/api/activities/records/:kind/:id/withdrawal',
  access: activityWriters,
  summary: 'Withdraw an activity or an expense',
  params: Entry,
  body: z.strictObject({ version: z.int(), reason: Reason }),
  response: Written,
})

/** Brings back what was said before `version`, by a new version. 409 after ten minutes, 412 when `version` is not the present one. */
export const undoEntry = endpoint({
  method: 'post',
  path: '/api/activities/records/:kind/:id/undo',
  access: activityWriters,
  summary: 'Undo the last version of an entry',
  params: Entry,
  body: z.strictObject({ version: z.int() }),
  response: Written,
})

export const getEntryHistory = endpoint({
  method: 'get',
  path: '/api/activities/records/:kind/:id/history',
  access: activityReaders,
  summary: 'Who said what about an entry and when, newest first',
  params: Entry,
  response: z.object({
    entries: z.array(
      z.object({
        version: z.int(),
        sentence: z.string(),
        reason: z.nullable(z.string()),
        recordedAt: z.string(),
        recordedBy: z.string(),
      }),
    ),
  }),
})

/** The body is the file, at most 25 MB, judged by its content. 413, 415, 422 name what is wrong. */
export const addVoucher = endpoint({
  method: 'post',
  path: '/api/activities/vouchers',
  access: activityWriters,
  summary: 'Add the voucher of an expense',
  query: z.strictObject({ name: z.string().check(z.minLength(1), z.maxLength(200)) }),
  response: Voucher,
})

/** A voucher, to be saved (never shown in the browser). */
export const getVoucher = endpoint({
  method: 'get',
  path: '/api/activities/vouchers/:id',
  access: activityReaders,
  summary: 'The voucher of an expense',
  params: z.strictObject({ id: z.coerce.number().check(z.int()) }),
  response: z.unknown(),
  produces: ['application/octet-stream'],
})
