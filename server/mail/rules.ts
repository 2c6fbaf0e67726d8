import type { MailStatus } from '../contract/mail.ts'

/** How an attempt to send ended. `answer`: what the server said, or German why it could not be asked. */
export interface Outcome {
  /**
   * sent: the server has taken it · refused: never will · deferred: not this mail, for now · unreachable: no mail at all, for now ·
   * lost: handed over, but no answer came, so nobody knows.
   */
  kind: 'sent' | 'refused' | 'deferred' | 'unreachable' | 'lost'
  answer: string
}

/** What an SMTP error says about itself (nodemailer). */
export interface SmtpError {
  message: string
  code?: string | undefined
  originalCode?: string | undefined
  command?: string | undefined
  responseCode?: number | undefined
  response?: string | undefined
}

const growth = [1, 2, 5, 15, 30, 60]

/** Pause after so many failed attempts in a row, in units of the first one: 1, 2, 5, 15, 30, then always 60. */
export function pauseFactor(failures: number): number {
  return growth[Math.min(failures, growth.length) - 1] ?? 1
}

/** So many attempts that the server puts off, most of them an hour apart, and it is a refusal: after about four days. */
export const mostDeferrals = 100

/** What became of a mail when sending it failed. */
export function judgeFailure(error: SmtpError, wasHandedOver: boolean): Outcome {
  return { kind: kindOf(error, wasHandedOver), answer: wordsFor(error) }
}

function kindOf({ code, command, responseCode }: SmtpError, wasHandedOver: boolean): Outcome['kind'] {
  if (responseCode === undefined) {
    if (wasHandedOver) return 'lost'
    // Found out before anything was said: too large for the server, or an address that is none.
    return code === 'EMESSAGE' || code === 'EENVELOPE' ? 'refused' : 'unreachable'
  }
  // 421: the server is closing. What concerns the sender or the sign-in would meet every other mail too.
  if (responseCode === 421 || (command !== 'RCPT TO' && command !== 'DATA')) return wasHandedOver ? 'deferred' : 'unreachable'
  return responseCode >= 500 ? 'refused' : 'deferred'
}

const words: Readonly<Record<string, string>> = {
  ESTOPPED: 'Das Programm wurde vorher beendet.',
  ECONNREFUSED: 'Der Mailserver nimmt keine Verbindung an.',
  ECONNRESET: 'Der Mailserver hat die Verbindung abgebrochen.',
  ECONNECTION: 'Der Mailserver hat die Verbindung beendet.',
  ETIMEDOUT: 'Der Mailserver antwortet nicht.',
  ESOCKET: 'Die Verbindung zum Mailserver ist abgebrochen.',
  EDNS: 'Der Name des Mailservers ist nicht bekannt.',
  ETLS: 'Die verschlüsselte Verbindung zum Mailserver kam nicht zustande.',
  EAUTH: 'Der Mailserver weist die Anmeldung ab.',
  ENOAUTH: 'Der Mailserver weist die Anmeldung ab.',
  EMESSAGE: 'Der Mailserver nimmt die Mail nicht an.',
  EENVELOPE: 'Der Mailserver nimmt die Mail nicht an.',
}

function wordsFor({ code = '', originalCode = '', message, response }: SmtpError): string {
  // OpenSSL has a code for each way in which a certificate can be wrong.
  const isAboutEncryption = /CERT|SIGN|SSL|TLS/.test(originalCode)
  const said = (isAboutEncryption ? words.ETLS : words[originalCode]) ?? words[code] ?? 'Die Mail konnte nicht übergeben werden.'
  return `${said} (${plain(response ?? message)})`
}

/** What a server said, fit to be kept: on one line, without control characters, not too long. */
export function plain(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .toWellFormed()
    .slice(0, 300)
    .trim()
}

/**
 * Whether a mail may be sent by hand, and whoever may do that reads its link: nothing has sent it, and nothing is just about to. An
 * uncertain one is decided on first.
 */
export function isCopyable({ status, attempts }: { status: MailStatus; attempts: number }, hasServer: boolean): boolean {
  return status === 'failed' || (status === 'waiting' && (!hasServer || attempts > 0))
}
