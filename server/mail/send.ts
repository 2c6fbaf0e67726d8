import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import SmtpConnection from 'nodemailer/lib/smtp-connection'
import type { SmtpConfig } from '../config.ts'
import { judgeFailure, type Outcome, plain, type SmtpError } from './rules.ts'

/** A mail as it is handed to the server: with its link, and its files read. */
export interface OutgoingMail {
  messageId: string
  to: string
  subject: string
  text: string
  attachments: readonly { filename: string; contentType: string; content: Buffer }[]
}

const connectWithinMs = 10_000
/** A server may look at a mail for minutes before it answers (RFC 5321, 4.5.3.2.6); longer ones leave it uncertain. */
const answerWithinMs = 180_000
const stopped = Object.assign(new Error('the product is stopping'), { code: 'ESTOPPED' })
/** Once handed over, an answer is worth waiting for even while the product stops. */
const graceMs = 5_000

/**
 * Hands one mail to the server and says how that ended; never throws for what the server or the network does. `signal` ends the attempt:
 * at once before the mail was handed over, after a grace period else.
 */
export async function send(smtp: SmtpConfig, mail: OutgoingMail, signal: AbortSignal): Promise<Outcome> {
  const content = await compose(smtp, mail)
  let wasHandedOver = false
  // Read by the connection only when the server has asked for the content: from then on it may have the mail.
  const handOver = Readable.from(
    (async function* () {
      wasHandedOver = true
      yield content
    })(),
  )
  const connection = new SmtpConnection(connectionOptions(smtp))
  const interrupted = Promise.withResolvers<never>()
  const stop = () => void setTimeout(() => interrupted.reject(stopped), wasHandedOver ? graceMs : 0).unref()
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    const envelope = { from: addressIn(smtp.from), to: mail.to, size: content.length }
    const answer = await Promise.race([converse(connection, smtp, envelope, handOver), interrupted.promise])
    return { kind: 'sent', answer: plain(answer) }
  } catch (error) {
    return judgeFailure(error as SmtpError, wasHandedOver)
  } finally {
    signal.removeEventListener('abort', stop)
    connection.close()
  }
}

/** The domain of the sender, for Message-IDs. */
export function senderDomain({ from }: Pick<SmtpConfig, 'from'>): string {
  return addressIn(from).split('@')[1] ?? ''
}

function addressIn(from: string): string {
  return /<([^>]+)>$/.exec(from)?.[1] ?? from
}

function compose(smtp: SmtpConfig, { messageId, to, subject, text, attachments }: OutgoingMail): Promise<Buffer> {
  const mail = new MailComposer({
    from: smtp.from,
    ...{ to, subject, text, messageId: `<${messageId}>`, attachments: [...attachments] },
    // Out-of-office notices are not to answer (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return mail.compile().build()
}

function connectionOptions({ host, port, isSecure, encryption }: SmtpConfig) {
  const patience = { connectionTimeout: connectWithinMs, greetingTimeout: connectWithinMs, dnsTimeout: connectWithinMs }
  return { host, port, secure: isSecure, requireTLS: encryption === 'required', ...patience, socketTimeout: answerWithinMs }
}

/** Connects, signs in, hands over; resolves with the last answer of the server. */
function converse(
  connection: SmtpConnection,
  { user, password }: SmtpConfig,
  envelope: { from: string; to: string; size: number },
  content: Readable,
): Promise<string> {
  return new Promise((resolve, reject) => {
    connection.on('error', reject)
    const handOver = () =>
      connection.send(envelope, content, (error, info) => (error ? reject(error) : resolve(info.response ?? '')))
    connection.connect((error) => {
      if (error) reject(error)
      else if (user === undefined) handOver()
      else connection.login({ user, pass: password }, (refused) => (refused ? reject(refused) : handOver()))
    })
  })
}
