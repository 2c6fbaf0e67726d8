import { createHash, randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import type { Config } from '../config.ts'
import type { OneTimeLink, OpenInvitation } from '../contract/account-administration.ts'
import type { Role } from '../contract/endpoint.ts'
import { Problem } from '../http/problem.ts'
import { countAdmins } from './queries.ts'
import { invitationHours } from './rules.ts'

type InvitationKind = OpenInvitation['kind']

export interface Invitation {
  id: number
  kind: InvitationKind
  /** The account (reset only). */
  userId: string | null
  name: string | null
  username: string | null
  roles: Role[]
  expiresAt: string
}

/** Makes a one-time link. The token is the part after #, which browsers never send: it can reach no log. Only its digest is kept. */
export async function createLink(
  database: Knex,
  config: Pick<Config, 'publicBaseUrl'>,
  invitation: { kind: InvitationKind; userId?: string; name?: string; roles?: readonly Role[] },
): Promise<OneTimeLink> {
  const token = randomBytes(32).toString('base64url')
  const { rows } = await database.raw<{ rows: [{ expiresAt: string }] }>(
    `insert into invitations (token_digest, kind, user_id, name, roles, expires_at)
     values (:digest, :kind, :userId, :name, :roles, now() + make_interval(hours => :invitationHours))
     returning expires_at as "expiresAt"`,
    {
      digest: digestOf(token),
      kind: invitation.kind,
      userId: invitation.userId ?? null,
      name: invitation.name ?? null,
      roles: invitation.roles ?? [],
      invitationHours,
    },
  )
  return { link: `${config.publicBaseUrl}/arbeitsplatz/einladung#${token}`, expiresAt: rows[0].expiresAt }
}

/** What the link is for, without using it up; 410 unless it can be used now. */
export async function findOpenInvitation(database: Knex, token: string): Promise<Invitation> {
  const { rows } = await database.raw<{ rows: Invitation[] }>(
    `select i.id, i.kind, i.user_id as "userId", coalesce(u.name, i.name) as name, u.username, i.roles, i.expires_at as "expiresAt"
     from invitations i left join users u on u.id = i.user_id
     where i.token_digest = :digest and i.used_at is null and i.expires_at > now() and u.deactivated_at is null`,
    { digest: digestOf(token) },
  )
  const invitation = rows[0]
  if (!invitation || (invitation.kind === 'first_admin' && (await countAdmins(database)) > 0)) throw linkGone()
  return invitation
}

/** Uses the link up: of two who try at the same time the second finds it gone. */
export async function useInvitation(trx: Knex.Transaction, token: string, kinds: readonly InvitationKind[]): Promise<Invitation> {
  const invitation = await findOpenInvitation(trx, token)
  const used = await trx('invitations')
    .where({ id: invitation.id })
    .whereNull('used_at')
    .whereIn('kind', kinds)
    .update({ used_at: trx.fn.now() })
  if (used === 0) throw linkGone()
  return invitation
}

export async function listOpenInvitations(database: Knex): Promise<OpenInvitation[]> {
  const { rows } = await database.raw<{ rows: OpenInvitation[] }>(
    `select i.id, i.kind, coalesce(u.name, i.name) as name, i.roles, i.expires_at as "expiresAt"
     from invitations i left join users u on u.id = i.user_id
     where i.used_at is null and i.expires_at > now() and i.kind <> 'first_admin'
     order by i.created_at desc, i.id desc`,
  )
  return rows
}

/** Voids links that have not been used; returns the names they were made for. */
export async function withdrawLinks(
  database: Knex,
  which: { id: number } | { user_id: string } | { kind: InvitationKind },
): Promise<(string | null)[]> {
  const gone = await database('invitations')
    .where(which)
    .whereNull('used_at')
    .delete()
    .returning<{ name: string | null }[]>('name')
  return gone.map(({ name }) => name)
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** One answer for unknown, used and expired, so that nothing can be learnt by trying. */
function linkGone(): Problem {
  return new Problem(
    410,
    `Dieser Link gilt nicht mehr: Er gilt ${invitationHours} Stunden und nur einmal. Bitte lassen Sie sich einen neuen geben.`,
  )
}
