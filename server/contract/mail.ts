import * as z from 'zod/mini'
import { codes } from './codes.ts'
import { endpoint, type Role } from './endpoint.ts'
import { Email } from './mobile/fields.ts'

/** The outbox: mails of the product on their way. */

/** Who reads the outbox and decides on its mails. */
export const mailRoles: readonly Role[] = ['mobileCoordinator', 'gigabitCoordinator', 'admin']

export const mailStatuses = codes({
  waiting: { de: 'Wartet', en: 'Waiting' },
  sending: { de: 'Wird gesendet', en: 'Being sent' },
  sent: { de: 'Gesendet', en: 'Sent' },
  failed: { de: 'Abgelehnt', en: 'Refused' },
  uncertain: { de: 'Ungewiss', en: 'Uncertain' },
  copied: { de: 'Von Hand verschickt', en: 'Sent by hand' },
})
export type MailStatus = z.infer<typeof mailStatuses.schema>

/** decision: a person must do something (also: copy it, without a mail server) · waiting: leaves by itself · done. */
export const MailGroup = z.enum(['decision', 'waiting', 'done'])
export type MailGroup = z.infer<typeof MailGroup>

export const mailActs = codes({
  sent: { de: 'Vom Mailserver angenommen', en: 'Taken by the mail server' },
  deferred: { de: 'Versuch gescheitert', en: 'Attempt failed' },
  refused: { de: 'Abgelehnt', en: 'Refused' },
  lost: { de: 'Ohne Antwort übergeben', en: 'Handed over without an answer' },
  arrived: { de: 'Als angekommen bestätigt', en: 'Confirmed to have arrived' },
  sent_again: { de: 'Erneut senden veranlasst', en: 'Asked to send again' },
  copied: { de: 'Von Hand verschickt', en: 'Sent by hand' },
  corrected: { de: 'Empfänger berichtigt', en: 'Recipient corrected' },
})

export const Mail = z.object({
  id: z.int(),
  to: z.string(),
  subject: z.string(),
  /** What it concerns, e.g. the id of a site request. */
  about: z.string(),
  status: mailStatuses.schema,
  statusSince: z.string(),
  queuedAt: z.string(),
  /** Since it was last put in the queue. */
  attempts: z.int(),
  /** null unless it waits for the mail server. */
  nextAttemptAt: z.nullable(z.string()),
  /** What the mail server said last, or German why it could not be asked. */
  answer: z.nullable(z.string()),
})
export type Mail = z.infer<typeof Mail>

export const MailDetail = z.object({
  ...Mail.shape,
  /** With its link in place while `isCopyable`; otherwise the link is left out for good. */
  text: z.string(),
  /** Somebody may send it by hand: refused, or nothing has sent it so far. */
  isCopyable: z.boolean(),
  attachments: z.array(z.object({ id: z.int(), name: z.string(), bytes: z.int() })),
  /** What became of it, the newest first. */
  events: z.array(
    z.object({ id: z.int(), at: z.string(), act: mailActs.schema, actorName: z.string(), detail: z.nullable(z.string()) }),
  ),
})
export type MailDetail = z.infer<typeof MailDetail>

const MailId = z.strictObject({ id: z.coerce.number().check(z.int(), z.positive()) })

/** Done mails come newest first, all others oldest first; `after` is the id of the last one seen. */
export const listMails = endpoint({
  method: 'get',
  path: '/api/mails',
  access: mailRoles,
  summary: 'Mails in the outbox',
  query: z.strictObject({
    group: MailGroup,
    about: z.optional(z.string()),
    after: z.optional(z.coerce.number().check(z.int())),
    limit: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200))),
  }),
  response: z.object({ mails: z.array(Mail), next: z.nullable(z.int()) }),
})

const Moment = z.nullable(z.object({ at: z.string(), answer: z.nullable(z.string()) }))

export const MailState = z.object({
  /** null: no mail server is configured, mails are to be copied. */
  server: z.nullable(z.object({ host: z.string(), from: z.string() })),
  lastSuccess: Moment,
  lastFailure: Moment,
  /** No mail leaves before this moment, since the server could not be reached. */
  heldUntil: z.nullable(z.string()),
  counts: z.record(MailGroup, z.int()),
})
export type MailState = z.infer<typeof MailState>

export const getMailState = endpoint({
  method: 'get',
  path: '/api/mails/state',
  access: mailRoles,
  summary: 'How the sending of mails stands',
  response: MailState,
})

export const getMail = endpoint({
  method: 'get',
  path: '/api/mails/:id',
  access: mailRoles,
  summary: 'A mail with its text and what became of it',
  params: MailId,
  response: MailDetail,
})

/** Waiting: at once. Refused: again, to another address with `to`. Uncertain: again, which may be a second time. 409 in another state. */
export const sendMailAgain = endpoint({
  method: 'post',
  path: '/api/mails/:id/sending',
  access: mailRoles,
  summary: 'Send a mail now or again',
  params: MailId,
  body: z.strictObject({ to: z.optional(Email) }),
  response: MailDetail,
})

/** 409 unless it is uncertain. */
export const confirmMailArrived = endpoint({
  method: 'post',
  path: '/api/mails/:id/arrival',
  access: mailRoles,
  summary: 'Say that an uncertain mail has arrived',
  params: MailId,
  response: MailDetail,
})

/** 409 unless it may be copied. */
export const markMailCopied = endpoint({
  method: 'post',
  path: '/api/mails/:id/copied',
  access: mailRoles,
  summary: 'Say that a mail was sent by hand',
  params: MailId,
  response: MailDetail,
})

/** 409 without a mail server. */
export const sendTestMail = endpoint({
  method: 'post',
  path: '/api/mails/test',
  access: mailRoles,
  summary: 'Send a test mail',
  body: z.strictObject({ to: Email }),
  response: MailDetail,
})
