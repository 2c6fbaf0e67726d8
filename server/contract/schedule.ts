import * as z from 'zod/mini'
import { ClockQuery, Clocks, ResolvedClocks } from './clocks.ts'
import { codes, trades } from './codes.ts'
import { endpoint } from './endpoint.ts'
import { FactId, Slug } from './facts/fact.ts'

/** What an announced date is about. */
export const announcedSteps = codes({
  start: { de: 'Beginn', en: 'Start' },
  end: { de: 'Ende', en: 'End' },
  milestone: { de: 'Meilenstein', en: 'Milestone' },
})
export type AnnouncedStep = z.infer<typeof announcedSteps.schema>

/** What a source did to an announced date. */
export const announcementKinds = codes({
  announced: { de: 'zuerst genannt', en: 'first named' },
  repeated: { de: 'bestätigt', en: 'repeated' },
  moved: { de: 'verschoben', en: 'moved' },
  dropped: { de: 'nicht mehr genannt', en: 'no longer named' },
  withdrawn: { de: 'zurückgenommen', en: 'withdrawn' },
  corrected: { de: 'später berichtigt', en: 'corrected later' },
  beside: { de: 'andere Quelle am selben Tag', en: 'another source on the same day' },
})
export type AnnouncementKind = z.infer<typeof announcementKinds.schema>

/** Announced against happened, as far as the precision of both dates decides it. */
export const outcomes = codes({
  on_time: { de: 'sicher pünktlich', en: 'certainly on time' },
  late: { de: 'sicher später', en: 'certainly late' },
  undecided: { de: 'nicht zu entscheiden', en: 'undecided' },
  overdue: { de: 'verstrichen, nichts gemeldet', en: 'passed, nothing reported' },
  open: { de: 'noch nicht fällig', en: 'not yet due' },
})
export type Outcome = z.infer<typeof outcomes.schema>

/** Fewer cases than this: no median, no share, no forecast. With eight, the smallest and the largest span about 78 % of what comes. */
export const minimumCases = 8

/** Days between two imprecise dates: counted from last day to last day, and what their precision leaves open (null: open). */
export const DayRange = z.object({ days: z.int(), least: z.nullable(z.int()), most: z.nullable(z.int()) })
export type DayRange = z.infer<typeof DayRange>

const Source = z.object({ citation: z.string(), url: z.nullable(z.string()) })

/** An announcement as the public sees it. */
export const Announcement = z.object({
  kind: announcementKinds.schema,
  /** The date named; of a correction, the one replaced; null: none any more. */
  date: z.nullable(z.string()),
  /** The date it moved from. */
  before: z.nullable(z.string()),
  shift: z.nullable(DayRange),
  trueOn: z.string(),
  knownFrom: z.string(),
  note: z.nullable(z.string()),
  source: Source,
})
export type Announcement = z.infer<typeof Announcement>

/** An announced date: planned start or end of a trade, or a milestone, with everything that was said about it, oldest first. */
export const AnnouncedDate = z.object({
  id: z.string(),
  factId: z.string(),
  what: announcedSteps.schema,
  sectionId: z.nullable(z.string()),
  programmeId: z.string(),
  districtId: z.nullable(z.string()),
  trade: z.nullable(trades.schema),
  title: z.nullable(z.string()),
  titleEn: z.nullable(z.string()),
  firstNamed: z.string(),
  /** null: withdrawn or no longer named. */
  named: z.nullable(z.string()),
  timesMoved: z.int(),
  /** Last named against first named. */
  shift: DayRange,
  actual: z.nullable(z.string()),
  /** Happened against first named; null: not happened. */
  slip: z.nullable(DayRange),
  outcome: outcomes.schema,
  events: z.array(Announcement),
})
export type AnnouncedDate = z.infer<typeof AnnouncedDate>

/** Announced dates of a district or a programme, as far as they are public: sources and public notes, no internal reasons. */
export const getAnnouncedDates = endpoint({
  method: 'get',
  path: '/api/portal/announced-dates',
  access: 'public',
  summary: 'Announced dates with every revision: first named, moved, withdrawn',
  query: z.strictObject({ ...Clocks, districtId: z.optional(Slug), programmeId: z.optional(FactId) }),
  response: z.object({ clocks: ResolvedClocks, dates: z.array(AnnouncedDate) }),
})

const readers = ['viewer', 'mobileCoordinator', 'gigabitCoordinator', 'admin'] as const

/** An announcement with what only staff see: who recorded it and why. */
const RecordedAnnouncement = z.extend(Announcement, { recordedBy: z.string(), reason: z.string() })
export type RecordedAnnouncement = z.infer<typeof RecordedAnnouncement>
export const LedgerDate = z.extend(AnnouncedDate, {
  operator: z.nullable(z.string()),
  section: z.nullable(z.string()),
  programme: z.string(),
  events: z.array(RecordedAnnouncement),
})
export type LedgerDate = z.infer<typeof LedgerDate>

/** What an operator announced against what happened. Medians and shares are null below `minimumCases`. */
export const OperatorLedger = z.object({
  /** null: milestones of programmes and programmes without a named operator. */
  operator: z.nullable(z.string()),
  announced: z.int(),
  moved: z.int(),
  withdrawn: z.int(),
  happened: z.int(),
  onTime: z.int(),
  late: z.int(),
  undecided: z.int(),
  overdue: z.int(),
  /** Over dates that happened, against the date first named. */
  medianSlipDays: z.nullable(z.number()),
  /** Share among happened dates: least if every undecided one was late, most if none was. 0 to 1. */
  onTimeShare: z.nullable(z.object({ least: z.number(), most: z.number() })),
})
export type OperatorLedger = z.infer<typeof OperatorLedger>

/** The ledger: per operator, and each announced date with its revisions and reasons. */
export const getLedger = endpoint({
  method: 'get',
  path: '/api/schedule/ledger',
  access: readers,
  summary: 'Announced against happened per operator, with every announced date',
  query: ClockQuery,
  response: z.object({
    clocks: ResolvedClocks,
    minimumCases: z.int(),
    operators: z.array(OperatorLedger),
    dates: z.array(LedgerDate),
  }),
})

/** A recorded duration; `ended` null: still running, known to run until `reportedOn`. */
export const DurationCase = z.object({
  sectionId: z.string(),
  section: z.string(),
  programmeId: z.string(),
  started: z.string(),
  ended: z.nullable(z.string()),
  reportedOn: z.string(),
  days: z.int(),
})
export type DurationCase = z.infer<typeof DurationCase>

/** null: the whole section, from the begin of civil works to the end of activation. */
const TradeOrSection = z.nullable(trades.schema)

/** Cases a forecast rests on: a trade, or whole sections, of one operator (of the programme, where none is named). */
export const Pool = z.object({
  id: z.string(),
  trade: TradeOrSection,
  /** Name of the operator or programme. */
  name: z.string(),
  /** Recorded durations, and running cases that are censored at their last report. */
  completed: z.int(),
  running: z.int(),
  cases: z.array(DurationCase),
  /**
   * Left out one by one: how many ends lay inside the 80 % band, median error in days. null: too few cases.
   * `medianErrorDays` null: too many cases still run to say it.
   */
  backTest: z.nullable(z.object({ cases: z.int(), inside: z.int(), medianErrorDays: z.nullable(z.number()) })),
})
export type Pool = z.infer<typeof Pool>

/** Forecast of the end of a running trade or section. Days of the band are null where too many cases still run to say them. */
export const Forecast = z.object({
  factId: z.string(),
  poolId: z.string(),
  sectionId: z.string(),
  section: z.string(),
  programmeId: z.string(),
  trade: TradeOrSection,
  started: z.string(),
  reportedOn: z.string(),
  announcedEnd: z.nullable(z.string()),
  /** null: too few cases. */
  band: z.nullable(z.object({ from: z.nullable(z.string()), median: z.nullable(z.string()), to: z.nullable(z.string()) })),
})
export type Forecast = z.infer<typeof Forecast>

/** Forecast per running section and trade from recorded durations (Kaplan–Meier, bootstrap, 80 % band), with its back-test. */
export const getForecast = endpoint({
  method: 'get',
  path: '/api/schedule/forecast',
  access: readers,
  summary: 'Completion forecast per running section and its trades, with back-test',
  query: ClockQuery,
  response: z.object({ clocks: ResolvedClocks, minimumCases: z.int(), pools: z.array(Pool), forecasts: z.array(Forecast) }),
})
