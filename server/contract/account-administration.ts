import * as z from 'zod/mini'
import { InvitationKind, PersonName, Roles } from './accounts.ts'
import { endpoint, Role } from './endpoint.ts'
import type { Text } from './text.ts'

const Nothing = z.null()
const AccountId = z.object({ id: z.uuid() })
const admins = ['admin'] as const

export const Account = z.object({
  id: z.string(),
  name: z.string(),
  /** Mail address for accounts of the city's sign-in service. */
  username: z.string(),
  signIn: z.enum(['password', 'city']),
  roles: z.array(Role),
  secondFactor: z.boolean(),
  active: z.boolean(),
  createdAt: z.string(),
  /** null: not signed in at the moment. */
  lastUsedAt: z.nullable(z.string()),
})
export type Account = z.infer<typeof Account>

/** A one-time link that has not been used yet. */
export const OpenInvitation = z.object({
  id: z.int(),
  kind: InvitationKind,
  name: z.nullable(z.string()),
  roles: z.array(Role),
  expiresAt: z.string(),
})
export type OpenInvitation = z.infer<typeof OpenInvitation>

/** Shown once, to be handed over; the server keeps only its digest. */
export const OneTimeLink = z.object({ link: z.string(), expiresAt: z.string() })
export type OneTimeLink = z.infer<typeof OneTimeLink>

export const accountActs = {
  first_admin_created: { de: 'Erstes Administrationskonto angelegt', en: 'First admin account made' },
  invited: { de: 'Eingeladen', en: 'Invited' },
  invitation_withdrawn: { de: 'Einladung zurückgezogen', en: 'Invitation withdrawn' },
  account_created: { de: 'Konto angelegt', en: 'Account made' },
  city_account_created: { de: 'Erstmals über die Stadt angemeldet', en: 'First sign-in by the city' },
  roles_set: { de: 'Rollen gesetzt', en: 'Roles set' },
  deactivated: { de: 'Deaktiviert', en: 'Deactivated' },
  reactivated: { de: 'Reaktiviert', en: 'Reactivated' },
  reset: { de: 'Zugang zurückgesetzt', en: 'Access reset' },
  password_set: { de: 'Neues Kennwort nach Zurücksetzen', en: 'New password after reset' },
  sessions_ended: { de: 'Überall abgemeldet', en: 'Signed out everywhere' },
  password_changed: { de: 'Kennwort geändert', en: 'Password changed' },
  second_factor_added: { de: 'Zweiter Faktor eingerichtet', en: 'Second factor set up' },
  second_factor_removed: { de: 'Zweiter Faktor entfernt', en: 'Second factor removed' },
} satisfies Record<string, Text>
export type AccountAct = keyof typeof accountActs

export const AccountEvent = z.object({
  id: z.int(),
  happenedAt: z.string(),
  act: z.enum(Object.keys(accountActs) as [AccountAct, ...AccountAct[]]),
  actorName: z.string(),
  subjectName: z.string(),
  /** The roles given, for acts that give roles. */
  roles: z.nullable(z.array(Role)),
})
export type AccountEvent = z.infer<typeof AccountEvent>

export const listAccounts = endpoint({
  method: 'get',
  path: '/api/accounts',
  access: admins,
  summary: 'All accounts and open one-time links',
  response: z.object({ accounts: z.array(Account), invitations: z.array(OpenInvitation) }),
})

export const listAccountEvents = endpoint({
  method: 'get',
  path: '/api/accounts/events',
  access: admins,
  summary: 'Who did what to whose account, newest first; `before` continues after the last id',
  query: z.strictObject({ before: z.optional(z.coerce.number().check(z.int(), z.positive())) }),
  response: z.array(AccountEvent),
})

export const invite = endpoint({
  method: 'post',
  path: '/api/accounts/invitations',
  access: admins,
  summary: 'Make a one-time link for a new account',
  body: z.strictObject({ name: PersonName, roles: Roles }),
  response: OneTimeLink,
})

export const withdrawInvitation = endpoint({
  method: 'delete',
  path: '/api/accounts/invitations/:id',
  access: admins,
  summary: 'Make a one-time link void',
  params: z.object({ id: z.coerce.number().check(z.int(), z.positive()) }),
  response: Nothing,
})

export const setRoles = endpoint({
  method: 'put',
  path: '/api/accounts/:id/roles',
  access: admins,
  summary: 'Give an account its roles; 409 when no admin would remain',
  params: AccountId,
  body: z.strictObject({ roles: Roles }),
  response: Nothing,
})

export const setActive = endpoint({
  method: 'put',
  path: '/api/accounts/:id/active',
  access: admins,
  summary: 'Deactivate an account (ends its sessions) or activate it again; 409 when no admin would remain',
  params: AccountId,
  body: z.strictObject({ active: z.boolean() }),
  response: Nothing,
})

export const resetAccount = endpoint({
  method: 'post',
  path: '/api/accounts/:id/reset',
  access: admins,
  summary: 'Void password and second factor, end the sessions and make a one-time link for a new password',
  params: AccountId,
  body: z.strictObject({}),
  response: OneTimeLink,
})

export const endAccountSessions = endpoint({
  method: 'delete',
  path: '/api/accounts/:id/sessions',
  access: admins,
  summary: 'Sign an account out everywhere',
  params: AccountId,
  response: Nothing,
})
