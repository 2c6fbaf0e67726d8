import * as z from 'zod/mini'
import { IsoDate } from './dates.ts'
import { deadlineLights } from './deadlines.ts'
import { endpoint } from './endpoint.ts'
import { FactId, Paragraph } from './facts/fact.ts'
import { Reason } from './facts.ts'
import { opinions, silences } from './mobile/codes.ts'
import { AttachmentIds } from './mobile/fields.ts'
import { Attachment, mobileReaders, mobileWriters } from './mobile.ts'
import { needsConditions, reviewEvents, reviewStatuses, statementSources } from './participation-words.ts'

const Day = z.iso.date('Erwartet wird ein Tag wie 28.03.2022.')
const LongText = z.string().check(z.trim(), z.minLength(3, 'Bitte schreiben Sie mindestens 3 Zeichen.'), z.maxLength(10_000))

/** A clock of a case by a rule of law or agreement. */
export const Clock = z.object({
  /** Slug of the rule: `answer`, `coordination`, … */
  rule: z.string(),
  name: z.string(),
  legalNote: z.string(),
  /** What is not certain about the choice of the rule; null: nothing. */
  doubt: z.nullable(z.string()),
  /** null while deadlines stand still without an end: then `daysLeft` says how much is left (in the unit of the rule). */
  dueOn: z.nullable(IsoDate),
  daysLeft: z.nullable(z.int()),
  /** Working days from today to the due day; negative: since. */
  workingDaysLeft: z.nullable(z.int()),
  metOn: z.nullable(IsoDate),
  light: deadlineLights.schema,
})
export type Clock = z.infer<typeof Clock>

/** What a statement says; text beside it is required for conditions and concerns. */
export const statementInput = {
  opinion: opinions.schema,
  conditions: z.nullable(LongText),
  remark: z.nullable(z.string().check(z.trim(), z.minLength(1), z.maxLength(10_000))),
}

/** 422 detail when an opinion lacks its words; undefined: complete. */
export function missingConditions(said: { opinion: z.infer<typeof opinions.schema>; conditions: string | null }) {
  if (said.conditions !== null || !needsConditions.includes(said.opinion)) return undefined
  return said.opinion === 'concerns' ? 'Bitte nennen Sie Ihre Bedenken.' : 'Bitte nennen Sie die Auflagen.'
}

export const ReviewStatement = z.object({
  id: z.int(),
  ...statementInput,
  attachments: z.array(Attachment),
  givenOn: z.string(),
  isLate: z.boolean(),
  source: statementSources.schema,
  givenBy: z.string(),
  at: z.string(),
})
export type ReviewStatement = z.infer<typeof ReviewStatement>

export const ReviewEvent = z.object({
  kind: reviewEvents.schema,
  day: z.string(),
  dueOn: z.nullable(z.string()),
  note: z.nullable(z.string()),
  at: z.string(),
  by: z.string(),
})

/** A department asked: where it stands, what it said (newest first), what happened (oldest first). */
export const Review = z.object({
  id: z.int(),
  requestId: FactId,
  candidateId: z.nullable(FactId),
  candidateName: z.nullable(z.string()),
  departmentId: FactId,
  departmentCode: z.string(),
  departmentName: z.string(),
  question: z.string(),
  /** With pauses of the case reckoned in; null: the case stands still. */
  dueOn: z.nullable(IsoDate),
  /** null: withdrawn. */
  light: z.nullable(deadlineLights.schema),
  silence: silences.schema,
  askedVia: z.enum(['mail', 'other']),
  askedOn: z.string(),
  askedBy: z.string(),
  status: reviewStatuses.schema,
  isClosed: z.boolean(),
  /** Addresses a mail about it did not reach, or nobody knows whether it did: to be settled in the outbox. */
  undelivered: z.array(z.string()),
  statements: z.array(ReviewStatement),
  events: z.array(ReviewEvent),
})
export type Review = z.infer<typeof Review>

/** A department that can be asked. `email` null: its address is missing among the rules (Fachbereiche). */
export const AskableDepartment = z.object({
  id: FactId,
  code: z.string(),
  name: z.string(),
  email: z.nullable(z.string()),
  deputyEmail: z.nullable(z.string()),
  question: z.nullable(z.string()),
  silence: silences.schema,
})
export type AskableDepartment = z.infer<typeof AskableDepartment>

export const ReplyLetter = z.object({
  id: z.int(),
  subject: z.string(),
  attachment: Attachment,
  sentTo: z.nullable(z.string()),
  madeOn: z.string(),
  madeBy: z.string(),
})
export type ReplyLetter = z.infer<typeof ReplyLetter>

export const Participation = z.object({
  today: IsoDate,
  clocks: z.array(Clock),
  isPaused: z.boolean(),
  reviews: z.array(Review),
  departments: z.array(AskableDepartment),
  /** Due day suggested for departments asked now. */
  suggestedDueOn: IsoDate,
  letters: z.array(ReplyLetter),
})
export type Participation = z.infer<typeof Participation>

const read = { access: mobileReaders } as const
const write = { access: mobileWriters } as const
const ofRequest = { params: z.strictObject({ id: FactId }) } as const
const ofReview = { params: z.strictObject({ id: z.coerce.number().check(z.int(), z.positive()) }) } as const
const Done = z.object({ review: Review })

/** The clocks of all cases known now that are not over. */
export const listDeadlines = endpoint({
  ...read,
  method: 'get',
  path: '/api/participation/deadlines',
  summary: 'Deadlines of all site requests',
  response: z.object({
    today: IsoDate,
    cases: z.array(z.object({ requestId: FactId, clocks: z.array(Clock), openReviews: z.int() })),
  }),
})

/** 404: no such case. */
export const getParticipation = endpoint({
  ...read,
  ...ofRequest,
  method: 'get',
  path: '/api/participation/requests/:id',
  summary: 'Deadlines, departments and replies of a site request',
  response: Participation,
})

/**
 * Asks departments, each once for the case or candidate. By `mail` each gets one with a link of its own, the deputy a copy; `other`: they
 * are asked another way, and the coordinator records what they say. 422 names a department without address, a due day that has passed
 * or files that are not of the case; 409: already asked and still open.
 */
export const askDepartments = endpoint({
  ...write,
  ...ofRequest,
  method: 'post',
  path: '/api/participation/requests/:id/reviews',
  summary: 'Ask departments for a statement',
  body: z.strictObject({
    candidateId: z.nullable(FactId),
    departments: z
      .array(z.strictObject({ departmentId: FactId, question: Paragraph }))
      .check(z.minLength(1, 'Bitte wählen Sie mindestens einen Fachbereich.'), z.maxLength(30)),
    dueOn: Day,
    via: z.enum(['mail', 'other']),
    attachmentIds: AttachmentIds,
  }),
  response: z.object({ reviews: z.array(Review) }),
})

/** Sends a reminder now, at most one a day. 409: answered, withdrawn, or asked another way than by mail. */
export const remindReview = endpoint({
  ...write,
  ...ofReview,
  method: 'post',
  path: '/api/participation/reviews/:id/reminder',
  summary: 'Remind a department now',
  body: z.strictObject({}),
  response: Done,
})

/** A later due day; the department is told by mail. 422: not later than the present one, or past. */
export const extendReview = endpoint({
  ...write,
  ...ofReview,
  method: 'post',
  path: '/api/participation/reviews/:id/extension',
  summary: 'Extend the deadline of a department',
  body: z.strictObject({ dueOn: Day, reason: Reason }),
  response: Done,
})

/** Ends a review: withdrawn (no statement is wanted any more), closed (no correction by link any more), reopened. 409 when it is so already. */
export const moveReview = endpoint({
  ...write,
  ...ofReview,
  method: 'post',
  path: '/api/participation/reviews/:id/move',
  summary: 'Withdraw, close or reopen a review',
  body: z.strictObject({ to: z.enum(['withdrawn', 'closed', 'reopened']), reason: z.nullable(Reason) }),
  response: Done,
})

/** Records what a department said another way. 422: in the future, before it was asked, conditions missing. */
export const recordStatement = endpoint({
  ...write,
  ...ofReview,
  method: 'post',
  path: '/api/participation/reviews/:id/statements',
  summary: 'Record a statement that came another way',
  body: z.strictObject({
    ...statementInput,
    givenOn: Day,
    source: z.enum(['mail', 'phone', 'meeting', 'letter']),
    givenBy: z.string().check(z.trim(), z.minLength(2, 'Bitte nennen Sie, wer sich geäußert hat.'), z.maxLength(200)),
    attachmentIds: AttachmentIds,
  }),
  response: Done,
})

export const outlookKinds = ['digest', 'reminder', 'escalation', 'silence'] as const

/** What goes out or happens by itself next, soonest first. */
export const getOutlook = endpoint({
  ...read,
  method: 'get',
  path: '/api/participation/outlook',
  summary: 'What goes out next',
  response: z.object({
    today: IsoDate,
    steps: z.array(
      z.object({
        on: IsoDate,
        kind: z.enum(outlookKinds),
        /** Address of the recipient; null: nobody is told. */
        to: z.nullable(z.string()),
        reviews: z.array(
          z.object({
            id: z.int(),
            requestId: FactId,
            caseName: z.string(),
            departmentCode: z.string(),
            dueOn: IsoDate,
            silence: silences.schema,
          }),
        ),
      }),
    ),
  }),
})
export type Outlook = z.infer<(typeof getOutlook)['response']>

export const getCalendarLink = endpoint({
  ...read,
  method: 'get',
  path: '/api/participation/calendar',
  summary: 'Whether there is a calendar link of one’s own',
  response: z.object({ createdAt: z.nullable(z.string()) }),
})

/** Makes the calendar link of the account; an earlier one stops working. The address is shown this once. */
export const createCalendarLink = endpoint({
  ...read,
  method: 'post',
  path: '/api/participation/calendar',
  summary: 'Make a calendar link',
  body: z.strictObject({}),
  response: z.object({ address: z.string(), createdAt: z.string() }),
})

export const revokeCalendarLink = endpoint({
  ...read,
  method: 'delete',
  path: '/api/participation/calendar',
  summary: 'Revoke the calendar link',
  response: z.object({ createdAt: z.null() }),
})

const Subject = z.string().check(z.trim(), z.minLength(3, 'Bitte geben Sie einen Betreff an.'), z.maxLength(300))
const LetterText = { subject: Subject, body: z.string().check(z.trim(), z.minLength(3), z.maxLength(100_000)) }

/** The reply from the city's template with everything compiled; `remarks` says what is still missing. Nothing is written. */
export const draftLetter = endpoint({
  ...read,
  ...ofRequest,
  method: 'get',
  path: '/api/participation/requests/:id/letter',
  summary: 'Draft of the reply to the operator',
  response: z.object({
    subject: z.string(),
    /** Markdown. */
    body: z.string(),
    remarks: z.array(z.string()),
    to: z.nullable(z.string()),
  }),
})

export const previewLetter = endpoint({
  ...write,
  ...ofRequest,
  method: 'post',
  path: '/api/participation/requests/:id/letter/preview',
  summary: 'The reply to the operator as PDF',
  body: z.strictObject(LetterText),
  response: z.unknown(),
  produces: ['application/pdf'],
})

/**
 * Makes the reply final: its PDF is kept as an attachment and, with `sendTo`, sent by mail. The step `reply_sent` and the attachment of the case are the caller's to record, as a change of the case.
 */
export const makeLetter = endpoint({
  ...write,
  ...ofRequest,
  method: 'post',
  path: '/api/participation/requests/:id/letters',
  summary: 'Make the reply to the operator final',
  body: z.strictObject({ ...LetterText, sendTo: z.nullable(z.email('Erwartet wird eine E-Mail-Adresse.')) }),
  response: ReplyLetter,
})
