import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import type pg from 'pg'
import type { Config, SmtpConfig } from '../config.ts'
import { findAttachments, readAttachment } from '../database/attachments.ts'
import { isDatabaseDown } from '../database/connect.ts'
import { listen } from '../database/listen.ts'
import { locks } from '../database/locks.ts'
import { log, logError } from '../http/log.ts'
import { authenticationSecret } from '../http/secret.ts'
import { type ClaimedMail, claimMail, settleInterrupted, settleMail, untilNextMail } from './claims.ts'
import { addressOfLink } from './links.ts'
import { type Outcome, pauseFactor } from './rules.ts'
import { type OutgoingMail, send, senderDomain } from './send.ts'

/** How often a process that does not send asks whether it may. */
const standbyMs = 2_000
const longestSleepMs = 60_000
const databaseRetryMs = 1_000

interface Parts {
  config: Config
  database: Knex
}

/**
 * Sends what is in the outbox, the oldest first and one after the other: at once when a mail is queued, again after growing pauses when
 * the server cannot take it. Without a mail server it only says of interrupted mails that they are uncertain.
 * Returns how to stop: what was handed over is given a few seconds for its answer.
 */
export async function followOutbox(parts: Parts, connection: pg.ClientConfig): Promise<() => Promise<void>> {
  const { config, database } = parts
  const stopping = new AbortController()
  const work = createWork(parts, stopping.signal)
  let session: pg.Client | null = null
  let isSender = false
  let isAsked = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  /** Does what is due and returns when to look again; null: when told. */
  const turn = async (): Promise<number | null> => {
    if (!session) return null
    if (!isSender) {
      const { rows } = await session.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [locks.senders])
      isSender = rows[0]?.taken === true
      if (!isSender) return standbyMs
    }
    // Nothing is being sent at this moment: what is marked so was left behind, by another process or by an error here.
    const lost = await settleInterrupted(database)
    if (lost > 0) log('warn', 'mails uncertain', { count: lost })
    return config.smtp ? work(config.smtp) : null
  }
  const run = async () => {
    isAsked = false
    clearTimeout(timer)
    if (stopping.signal.aborted) return
    const next = await turn().catch((error) => {
      if (!isDatabaseDown(error)) logError(error)
      return databaseRetryMs
    })
    if (next !== null && !stopping.signal.aborted) timer = setTimeout(wake, Math.min(next, longestSleepMs)).unref()
  }
  function wake() {
    if (isAsked) return
    isAsked = true
    running = running.then(run)
  }
  const listening = await listen(connection, 'mail', {
    connected: async (client) => {
      session = client
      wake()
    },
    heard: wake,
    lost: () => {
      session = null
      isSender = false
    },
  })
  return async () => {
    stopping.abort()
    clearTimeout(timer)
    await running
    await listening.close()
  }
}

/** Sending all that is due; remembers for how long the server has been away. */
function createWork({ config, database }: Parts, signal: AbortSignal): (smtp: SmtpConfig) => Promise<number | null> {
  const secret = authenticationSecret(config)
  let failures = 0
  let heldUntil = 0

  /** The pause after this outcome. An attempt for a mail that came during a pause does not lengthen the next one. */
  const pauseAfter = ({ kind }: Outcome, attempts: number): number => {
    if (kind !== 'unreachable') failures = 0
    else if (Date.now() >= heldUntil) failures += 1
    return pauseFactor(kind === 'unreachable' ? failures : attempts)
  }
  return async (smtp) => {
    while (!signal.aborted) {
      const mail = await claimMail(database)
      if (!mail) break
      const outcome = await attempt(database, { smtp, secret, publicBaseUrl: config.publicBaseUrl }, mail, signal)
      const pauseSeconds = signal.aborted ? 0 : smtp.retrySeconds * pauseAfter(outcome, mail.attempts)
      if (outcome.kind === 'unreachable') heldUntil = Date.now() + pauseSeconds * 1000
      // The answer is known to nobody else: it is kept until the database can be reached again.
      while (!(await settled(database, mail, outcome, pauseSeconds)) && !signal.aborted) await sleep(databaseRetryMs)
      log(outcome.kind === 'sent' ? 'info' : 'warn', 'mail', { id: mail.id, outcome: outcome.kind, attempts: mail.attempts })
    }
    return untilNextMail(database)
  }
}

async function settled(database: Knex, mail: ClaimedMail, outcome: Outcome, pauseSeconds: number): Promise<boolean> {
  try {
    await settleMail(database, mail, outcome, pauseSeconds)
    return true
  } catch (error) {
    if (!isDatabaseDown(error)) throw error
    return false
  }
}

type Sender = { smtp: SmtpConfig; secret: string; publicBaseUrl: string }

async function attempt(database: Knex, sender: Sender, mail: ClaimedMail, signal: AbortSignal): Promise<Outcome> {
  const outgoing = await complete(database, sender, mail).catch((error: unknown) => {
    logError(error)
    return null
  })
  if (!outgoing)
    return { kind: 'deferred', answer: 'Die Mail konnte nicht zusammengestellt werden; der Grund steht im Protokoll.' }
  if (outgoing === 'void') return { kind: 'refused', answer: 'Der Link in dieser Mail gilt nicht mehr.' }
  return send(sender.smtp, outgoing, signal)
}

/** The mail with its link and its files; void: its link opens nothing any more. */
async function complete(database: Knex, sender: Sender, mail: ClaimedMail): Promise<OutgoingMail | 'void'> {
  const link = mail.linkId === null ? '' : await addressOfLink(database, sender, mail.linkId)
  if (link === null) return 'void'
  const files = await findAttachments(database, mail.attachmentIds)
  const attachments = files.map(async ({ id, name, mediaType }) => {
    return { filename: name, contentType: mediaType, content: await buffer(readAttachment(database, id)) }
  })
  return {
    messageId: `${mail.messageId}@${senderDomain(sender.smtp)}`,
    to: mail.to,
    subject: mail.subject,
    text: mail.text.replaceAll('{{link}}', () => link),
    attachments: await Promise.all(attachments),
  }
}
