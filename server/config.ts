import { join, resolve } from 'node:path'
import { z } from 'zod'

/** Everything the operator decides, once and for all at the start. See .env.example. */
export interface Config {
  port: number
  host: string
  /** The city's own PostgreSQL; without it the product runs its private cluster in dataDir. */
  databaseUrl?: string | undefined
  /** Absolute path: private cluster, lock and secret. */
  dataDir: string
  /** Origin under which people reach the product, without a slash at the end; links are built from it. */
  publicBaseUrl: string
  basemapStyleUrl?: string | undefined
  basemapAttribution?: string | undefined
  /** Signs sessions; without it the accounts keep one in dataDir. */
  authSecret?: string | undefined
  /** The city's sign-in service (OpenID Connect). */
  oidc?: { issuer: string; clientId: string; clientSecret: string; name: string } | undefined
  /** The city's mail server; without it mails stay in the outbox, to be copied. */
  smtp?: SmtpConfig | undefined
  /** Largest accepted body of a request, e.g. "1mb". */
  bodyLimit: string
  /** Requests per minute and address that the public interfaces answer; 0: no limit. */
  rateLimit: number
  /** Number of own reverse proxies whose X-Forwarded-For is believed. */
  trustProxy: number
  /** Which accounts with a password need a second factor. */
  requireTotp: 'none' | 'admin' | 'all'
  /** mailto: or https: address for security.txt. */
  securityContact?: string | undefined
  cityName: string
  /** Licence of the open data; absent: the city has not decided yet, and every surface says so. */
  dataLicence?: DataLicence | undefined
}

export interface SmtpConfig {
  host: string
  port: number
  /** smtps://: encrypted from the first byte. */
  isSecure: boolean
  user?: string | undefined
  password?: string | undefined
  /** Sender: an address, or a name with the address in angle brackets. */
  from: string
  /** required: nothing leaves before STARTTLS has succeeded; if_offered: also unencrypted, for a server on a trusted network. */
  encryption: 'required' | 'if_offered'
  /** First pause after a failed attempt; later ones are 2, 5, 15, 30, 60 times as long. */
  retrySeconds: number
}

/** Ids as in the German list for metadata (DCAT-AP.de). */
export const dataLicences = ['dl-by-de/2.0', 'dl-zero-de/2.0', 'cc-by/4.0', 'cc-zero'] as const
export type DataLicence = (typeof dataLicences)[number]

/** Thrown by readConfig; names every mistake at once. */
export class ConfigMistakes extends Error {
  readonly mistakes: readonly string[]

  constructor(mistakes: readonly string[]) {
    super(['Die Konfiguration ist fehlerhaft:', ...mistakes.map((mistake) => `- ${mistake}`)].join('\n'))
    this.mistakes = mistakes
  }
}

const wholeNumber = (highest: number) => {
  const error = `Erwartet wird eine ganze Zahl von 0 bis ${highest}.`
  return z.string().regex(/^\d+$/, error).transform(Number).pipe(z.number().max(highest, error))
}
const webAddress = z.url({ protocol: /^https?$/, error: 'Erwartet wird eine Adresse mit http:// oder https://.' })
const publicAddress = webAddress.refine((url) => ['', '/'].includes(url.slice(new URL(url).origin.length)), {
  error: 'Erwartet wird eine Adresse ohne Pfad, zum Beispiel https://ausbau.leverkusen.de.',
  abort: true,
})

const mailServerAddress = z
  .url({ protocol: /^smtps?$/, error: 'Erwartet wird eine Adresse mit smtp:// oder smtps://.', abort: true })
  .refine((url) => isDecodable(new URL(url)), {
    error: 'Sonderzeichen in Benutzer und Kennwort werden als %-Zeichen geschrieben, zum Beispiel %40 für @.',
  })

function isDecodable({ username, password }: URL): boolean {
  try {
    return decodeURIComponent(username + password) !== null
  } catch {
    return false
  }
}

const environment = z.object({
  PORT: wholeNumber(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'Erwartet wird eine Adresse mit postgres://.' }).optional(),
  DATA_DIR: z.string().default(join(import.meta.dirname, '../var')),
  PUBLIC_BASE_URL: publicAddress.transform((url) => new URL(url).origin).optional(),
  BASEMAP_STYLE_URL: webAddress.optional(),
  BASEMAP_ATTRIBUTION: z.string().optional(),
  AUTH_SECRET: z.string().min(32, 'Erwartet werden mindestens 32 Zeichen.').optional(),
  OIDC_ISSUER: webAddress.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().optional(),
  SMTP_URL: mailServerAddress.optional(),
  MAIL_FROM: z
    .string()
    .regex(
      /^([^<>@\r\n]+<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
      'Erwartet wird eine Mailadresse, auch mit Namen davor: Stadt <mobilfunk@stadt.example>.',
    )
    .optional(),
  SMTP_ENCRYPTION: z.enum(['required', 'if_offered'], 'Erwartet wird required oder if_offered.').default('required'),
  SMTP_RETRY_SECONDS: wholeNumber(3600).default(60),
  BODY_LIMIT: z
    .string()
    .regex(/^\d+(kb|mb)$/, 'Erwartet wird eine Größe wie 512kb oder 2mb.')
    .default('1mb'),
  RATE_LIMIT: wholeNumber(1_000_000).default(3000),
  TRUST_PROXY: wholeNumber(10).default(0),
  REQUIRE_TOTP: z.enum(['none', 'admin', 'all'], 'Erwartet wird none, admin oder all.').default('none'),
  SECURITY_CONTACT: z.url({ protocol: /^(mailto|https)$/, error: 'Erwartet wird mailto:… oder https://….' }).optional(),
  CITY_NAME: z.string().default('Leverkusen'),
  DATA_LICENCE: z.enum(dataLicences, `Erwartet wird eine von: ${dataLicences.join(', ')}.`).optional(),
})

/** Variables that only make sense together, and what they are called in a sentence. */
const groups: readonly { words: string; names: readonly string[] }[] = [
  { words: 'die Werte OIDC_…', names: ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_NAME'] },
  { words: 'SMTP_URL und MAIL_FROM', names: ['SMTP_URL', 'MAIL_FROM'] },
]

/** Reads the configuration from environment variables; an empty one counts as absent. Throws ConfigMistakes. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const parsed = environment.safeParse(given)
  const mistakes = [
    ...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    ...groups.flatMap((group) => missingOf(group, given)),
  ]
  if (!parsed.success || mistakes.length > 0) throw new ConfigMistakes(mistakes)
  const values = parsed.data
  return {
    port: values.PORT,
    host: values.HOST,
    databaseUrl: values.DATABASE_URL,
    dataDir: resolve(values.DATA_DIR),
    publicBaseUrl: values.PUBLIC_BASE_URL ?? `http://localhost:${values.PORT}`,
    basemapStyleUrl: values.BASEMAP_STYLE_URL,
    basemapAttribution: values.BASEMAP_ATTRIBUTION,
    authSecret: values.AUTH_SECRET,
    oidc: oidc(values),
    smtp: smtp(values),
    bodyLimit: values.BODY_LIMIT,
    rateLimit: values.RATE_LIMIT,
    trustProxy: values.TRUST_PROXY,
    requireTotp: values.REQUIRE_TOTP,
    securityContact: values.SECURITY_CONTACT,
    cityName: values.CITY_NAME,
    dataLicence: values.DATA_LICENCE,
  }
}

/** The configuration of this process: the file .env, if there is one, below the real environment. */
export function loadConfig(): Config {
  try {
    process.loadEnvFile()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return readConfig(process.env)
}

function missingOf({ words, names }: (typeof groups)[number], given: Record<string, unknown>): string[] {
  const missing = names.filter((name) => given[name] === undefined)
  const isPartial = missing.length > 0 && missing.length < names.length
  return isPartial ? missing.map((name) => `${name}: Fehlt; ${words} gehören zusammen.`) : []
}

function oidc(values: z.infer<typeof environment>): Config['oidc'] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = values
  return issuer && clientId && clientSecret && name ? { issuer, clientId, clientSecret, name } : undefined
}

function smtp(values: z.infer<typeof environment>): Config['smtp'] {
  const { SMTP_URL: address, MAIL_FROM: from, SMTP_ENCRYPTION: encryption, SMTP_RETRY_SECONDS: retrySeconds } = values
  if (!address || !from) return undefined
  const { protocol, hostname, port, username, password } = new URL(address)
  const isSecure = protocol === 'smtps:'
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port ? Number(port) : isSecure ? 465 : 587,
    isSecure,
    ...(username && { user: decodeURIComponent(username), password: decodeURIComponent(password) }),
    from,
    encryption,
    retrySeconds,
  }
}
