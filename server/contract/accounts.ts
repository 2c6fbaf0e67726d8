import * as z from 'zod/mini'
import { endpoint, Role } from './endpoint.ts'
import type { Text } from './text.ts'

export const roleLabels: Readonly<Record<Role, Text>> = {
  viewer: { de: 'Lesezugriff', en: 'Viewer' },
  departmentReviewer: { de: 'Fachbereich', en: 'Department reviewer' },
  mobileCoordinator: { de: 'Mobilfunkkoordination', en: 'Mobile coordinator' },
  gigabitCoordinator: { de: 'Gigabitkoordination', en: 'Gigabit coordinator' },
  admin: { de: 'Administration', en: 'Administrator' },
}

const Nothing = z.null()

/** Lower case, so that nobody can be taken for somebody else by a capital letter. */
export const Username = z
  .string()
  .check(
    z.trim(),
    z.toLowerCase(),
    z.regex(
      /^[a-z0-9][a-z0-9._-]{2,39}$/,
      'Erwartet werden 3 bis 40 Zeichen: Buchstaben ohne Umlaute, Ziffern, Punkt, Binde- und Unterstrich.',
    ),
  )

export const PersonName = z
  .string()
  .check(
    z.trim(),
    z.minLength(1, 'Bitte geben Sie den Namen an.'),
    z.maxLength(100, 'Der Name darf höchstens 100 Zeichen lang sein.'),
  )

export const shortestPassword = 12

/** Which words are too easy to guess is decided by server/accounts/rules.ts. */
export const NewPassword = z
  .string()
  .check(
    z.minLength(shortestPassword, `Das Kennwort braucht mindestens ${shortestPassword} Zeichen.`),
    z.maxLength(128, 'Das Kennwort darf höchstens 128 Zeichen lang sein.'),
  )

/** A password as it is asked for again. */
const Password = z
  .string()
  .check(z.minLength(1, 'Bitte geben Sie Ihr Kennwort ein.'), z.maxLength(128, 'Ein Kennwort hat höchstens 128 Zeichen.'))

export const Roles = z.array(Role).check(
  z.maxLength(Role.options.length),
  z.refine((roles) => new Set(roles).size === roles.length, 'Eine Rolle ist doppelt angegeben.'),
)

/** Of an authenticator app (six digits) or one of the one-time emergency codes. */
const Code = z
  .string()
  .check(
    z.trim(),
    z.minLength(1, 'Bitte geben Sie den Code ein.'),
    z.maxLength(40, 'Der Code hat sechs Ziffern, ein Notfallcode elf Zeichen.'),
  )

// Signing in --------------------------------------------------------------------------------------------------------------------------

export const Me = z.object({
  /** null: nobody is signed in. */
  user: z.nullable(
    z.object({
      id: z.string(),
      name: z.string(),
      /** Mail address for accounts of the city's sign-in service. */
      username: z.string(),
      roles: z.array(Role),
      signIn: z.enum(['password', 'city']),
      /** A code of an authenticator app is asked for at sign-in. */
      secondFactor: z.boolean(),
      /** Nothing else is allowed before a second factor is set up (REQUIRE_TOTP). */
      mustSetUpSecondFactor: z.boolean(),
    }),
  ),
  /** The city's sign-in service, when one is configured. */
  citySignOn: z.nullable(z.object({ name: z.string() })),
})
export type Me = z.infer<typeof Me>

export const getMe = endpoint({
  method: 'get',
  path: '/api/me',
  access: 'public',
  summary: 'Who is signed in, and how one can sign in',
  response: Me,
})

export const signIn = endpoint({
  method: 'post',
  path: '/api/sign-in',
  access: 'public',
  summary: 'Sign in with username and password; 401 wrong, 403 deactivated, 429 too many attempts (Retry-After)',
  body: z.strictObject({
    username: z.string().check(z.minLength(1, 'Bitte geben Sie Ihren Benutzernamen ein.'), z.maxLength(100)),
    password: Password,
  }),
  /** `secondFactor`: not signed in yet, the code is asked for next. */
  response: z.object({ secondFactor: z.boolean() }),
})

export const confirmSignIn = endpoint({
  method: 'post',
  path: '/api/sign-in/second-factor',
  access: 'public',
  summary: 'Second step of signing in: code of the authenticator app, or an emergency code',
  body: z.strictObject({ code: Code }),
  response: Nothing,
})

export const startCitySignOn = endpoint({
  method: 'post',
  path: '/api/sign-in/city',
  access: 'public',
  summary: "Address at the city's sign-in service to go to; it comes back to /api/auth/callback/city",
  body: z.strictObject({}),
  response: z.object({ url: z.string() }),
})

export const signOut = endpoint({
  method: 'post',
  path: '/api/sign-out',
  access: 'public',
  summary: 'End the session, if there is one',
  body: z.strictObject({}),
  response: Nothing,
})

// One-time links ----------------------------------------------------------------------------------------------------------------------

/** The part of the link after #; a body, because addresses end up in logs. */
const Token = z.string().check(z.minLength(1), z.maxLength(200))

export const InvitationKind = z.enum(['first_admin', 'account', 'reset'])

export const findInvitation = endpoint({
  method: 'post',
  path: '/api/invitations/find',
  access: 'public',
  summary: 'What a one-time link is for; does not use it up. 410 used, expired or unknown',
  body: z.strictObject({ token: Token }),
  response: z.object({
    kind: InvitationKind,
    /** Suggested display name, or that of the account. */
    name: z.nullable(z.string()),
    /** Of the account (reset only). */
    username: z.nullable(z.string()),
    expiresAt: z.string(),
  }),
})

export const acceptInvitation = endpoint({
  method: 'post',
  path: '/api/invitations/accept',
  access: 'public',
  summary: 'Make the account a one-time link was given for, and use the link up',
  body: z.strictObject({ token: Token, username: Username, name: PersonName, password: NewPassword }),
  response: z.object({ username: z.string() }),
})

export const setNewPassword = endpoint({
  method: 'post',
  path: '/api/invitations/new-password',
  access: 'public',
  summary: 'Set a new password by the one-time link of a reset, and use the link up',
  body: z.strictObject({ token: Token, password: NewPassword }),
  response: z.object({ username: z.string() }),
})

// Own account -------------------------------------------------------------------------------------------------------------------------

export const changePassword = endpoint({
  method: 'post',
  path: '/api/account/password',
  access: 'staff',
  summary: 'Change the own password; ends all other sessions',
  body: z.strictObject({ password: Password, newPassword: NewPassword }),
  response: Nothing,
})

export const startSecondFactor = endpoint({
  method: 'post',
  path: '/api/account/second-factor',
  access: 'staff',
  summary: 'Begin to set up an authenticator app; in force after confirmSecondFactor',
  body: z.strictObject({ password: Password }),
  /** `uri`: otpauth:// for the QR code; `secret`: the same to type in (Base32). */
  response: z.object({ uri: z.string(), secret: z.string(), emergencyCodes: z.array(z.string()) }),
})

export const confirmSecondFactor = endpoint({
  method: 'post',
  path: '/api/account/second-factor/confirm',
  access: 'staff',
  summary: 'Prove by a code that the authenticator app works; from now on it is asked for at sign-in',
  body: z.strictObject({ code: Code }),
  response: Nothing,
})

export const removeSecondFactor = endpoint({
  method: 'post',
  path: '/api/account/second-factor/remove',
  access: 'staff',
  summary: 'Sign in without a code from now on',
  body: z.strictObject({ password: Password }),
  response: Nothing,
})

export const renewEmergencyCodes = endpoint({
  method: 'post',
  path: '/api/account/second-factor/emergency-codes',
  access: 'staff',
  summary: 'New emergency codes; the old ones are void',
  body: z.strictObject({ password: Password }),
  response: z.object({ emergencyCodes: z.array(z.string()) }),
})

export const Session = z.object({
  id: z.string(),
  /** The one that asks. */
  current: z.boolean(),
  createdAt: z.string(),
  lastUsedAt: z.string(),
  expiresAt: z.string(),
  /** What the browser says it is. */
  userAgent: z.nullable(z.string()),
})
export type Session = z.infer<typeof Session>

export const listSessions = endpoint({
  method: 'get',
  path: '/api/account/sessions',
  access: 'staff',
  summary: 'Where the own account is signed in',
  response: z.array(Session),
})

export const endSession = endpoint({
  method: 'delete',
  path: '/api/account/sessions/:id',
  access: 'staff',
  summary: 'End one of the own sessions',
  params: z.object({ id: z.uuid() }),
  response: Nothing,
})

export const endOtherSessions = endpoint({
  method: 'delete',
  path: '/api/account/sessions',
  access: 'staff',
  summary: 'End all own sessions but this one',
  response: Nothing,
})
