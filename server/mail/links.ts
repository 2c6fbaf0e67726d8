import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Knex } from 'knex'
import { Problem } from '../http/problem.ts'

/** statement: a page for somebody without an account; calendar: a feed for a calendar program. */
export type LinkPurpose = 'statement' | 'calendar'

/** A link that can be used now. */
export interface SecretLink {
  id: number
  /** What it opens, in the words of whoever made it. */
  subject: string
  /** To whom it was given. */
  recipient: string
  /** ISO moment. */
  expiresAt: string
}

interface Row {
  id: number
  purpose: LinkPurpose
  subject: string
  recipient: string
  nonce: Buffer
  digest: Buffer
  expiresAt: string
  isOpen: boolean
}

/**
 * Makes a link inside the caller's transaction and returns its id; `addressOfLink` says its address whenever it is needed. `secret` is
 * that of `authenticationSecret`. `expiresAt` is an ISO moment, cut to the second.
 */
export async function createLink(
  trx: Knex.Transaction,
  secret: string,
  link: { purpose: LinkPurpose; subject: string; recipient: string; expiresAt: string },
): Promise<{ id: number }> {
  const { rows } = await trx.raw<{ rows: [{ id: number }] }>("select nextval(pg_get_serial_sequence('secret_links', 'id')) as id")
  const [{ id }] = rows
  const nonce = randomBytes(16)
  const expires = secondsOf(link.expiresAt)
  const expiresAt = new Date(expires * 1000).toISOString()
  const token = makeToken(secret, link.purpose, { id, expires }, nonce)
  const { purpose, subject, recipient } = link
  await trx('secret_links').insert({
    id,
    purpose,
    subject,
    recipient,
    nonce,
    token_digest: digestOf(token),
    expires_at: expiresAt,
  })
  return { id }
}

/** The address to be sent or shown; null when the link has been revoked or has expired. It must reach no table and no log line. */
export async function addressOfLink(
  database: Knex,
  { secret, publicBaseUrl }: { secret: string; publicBaseUrl: string },
  id: number,
): Promise<string | null> {
  const row = await findRow(database, id)
  if (!row?.isOpen) return null
  const token = makeToken(secret, row.purpose, { id, expires: secondsOf(row.expiresAt) }, row.nonce)
  // A secret that was replaced makes other tokens: they would open nothing.
  if (!timingSafeEqual(digestOf(token), row.digest)) return null
  // Behind # it reaches no server and no log; calendar programs cannot do that, so the path of feeds is masked in the log.
  return row.purpose === 'statement' ? `${publicBaseUrl}/stellungnahme#${token}` : `${publicBaseUrl}/kalender/${token}.ics`
}

/**
 * The link a token stands for, or null, which alike means unknown, tampered with, for another purpose, expired or revoked. Takes the same
 * steps for each of them.
 */
export async function findLink(database: Knex, secret: string, purpose: LinkPurpose, token: string): Promise<SecretLink | null> {
  const named = readToken(token)
  const row = await findRow(database, named.id)
  const expected = makeToken(secret, purpose, named, row?.nonce ?? Buffer.alloc(16))
  const digest = digestOf(token)
  const isOurs = timingSafeEqual(digest, digestOf(expected))
  const isKept = timingSafeEqual(digest, row?.digest ?? Buffer.alloc(32))
  if (!row || !isOurs || !isKept || !row.isOpen || row.purpose !== purpose) return null
  const { id, subject, recipient, expiresAt } = row
  return { id, subject, recipient, expiresAt }
}

/** Voids links from now on; those that are void already stay as they are. */
export async function revokeLinks(trx: Knex.Transaction, ids: readonly number[]): Promise<void> {
  await trx('secret_links')
    .whereIn('id', ids)
    .whereNull('revoked_at')
    .update({ revoked_at: trx.raw('clock_timestamp()') })
}

/** 410: one answer for every link that opens nothing, so that nothing can be learnt by trying. */
export function linkGone(): Problem {
  return new Problem(
    410,
    'Dieser Link gilt nicht: Er ist unvollständig, abgelaufen oder zurückgezogen. Bitte öffnen Sie ihn direkt aus der Mail oder lassen Sie sich einen neuen schicken.',
  )
}

async function findRow(database: Knex, id: number): Promise<Row | undefined> {
  return database('secret_links')
    .where('id', id)
    .first({
      id: 'id',
      purpose: 'purpose',
      subject: 'subject',
      recipient: 'recipient',
      nonce: 'nonce',
      digest: 'token_digest',
      expiresAt: 'expires_at',
      isOpen: database.raw('revoked_at is null and expires_at > clock_timestamp()'),
    })
}

/** What a token says openly: 6 bytes each, big-endian; `expires` in seconds since 1970. */
interface Named {
  id: number
  expires: number
}

function makeToken(secret: string, purpose: LinkPurpose, { id, expires }: Named, nonce: Buffer): string {
  const named = Buffer.alloc(12)
  named.writeUIntBE(id, 0, 6)
  named.writeUIntBE(expires, 6, 6)
  const mac = createHmac('sha256', secret).update(`link|${purpose}|${id}|${expires}|`).update(nonce).digest('base64url')
  return `${named.toString('base64url')}.${mac}`
}

function readToken(token: string): Named {
  const named = Buffer.alloc(12)
  named.write(token.split('.', 1)[0] ?? '', 'base64url')
  return { id: named.readUIntBE(0, 6), expires: named.readUIntBE(6, 6) }
}

function secondsOf(moment: string): number {
  return Math.floor(Date.parse(moment) / 1000)
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
