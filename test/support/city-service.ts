import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { afterAll } from 'vitest'

/** Who sits in front of the sign-in service, and what it tells about them. */
export interface Citizen {
  sub: string
  [claim: string]: unknown
}

export interface CityService {
  issuer: string
  clientId: string
  clientSecret: string
  /** The service signs in whoever this is, without asking. */
  person: Citizen
  /** Walks through the service like a browser; returns the address it sends back to, which is not opened. */
  pass(url: string): Promise<URL>
  stop(): Promise<void>
  start(): Promise<void>
}

/** A real OpenID provider on the loopback address, ready to send people back to `appOrigin`. */
export async function cityService(appOrigin: string): Promise<CityService> {
  const server = createServer()
  await listen(server, 0)
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  const service: CityService = {
    issuer,
    clientId: 'ausbauatlas',
    clientSecret: 'a secret that both sides know, long enough',
    person: { sub: 'nobody' },
    pass: (url) => walk(url, appOrigin),
    stop: () => close(server),
    start: () => listen(server, port),
  }
  server.on('request', requestListener(service, appOrigin))
  afterAll(() => close(server))
  return service
}

function requestListener(service: CityService, appOrigin: string) {
  const provider = new Provider(service.issuer, {
    clients: [
      {
        client_id: service.clientId,
        client_secret: service.clientSecret,
        redirect_uris: [`${appOrigin}/api/auth/callback/city`],
      },
    ],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'role', 'roles'], email: ['email', 'email_verified'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ ...service.person, sub }) }),
    cookies: { keys: ['only for tests'] },
    // Said, because the library complains about its own default.
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
  })
  const answer = provider.callback()
  return (request: IncomingMessage, response: ServerResponse) => {
    if (!request.url?.startsWith('/interaction/')) return answer(request, response)
    return agree(provider, service, request, response)
  }
}

/** What a person would click: sign in, then agree that the product learns name and mail address. */
async function agree(provider: Provider, service: CityService, request: IncomingMessage, response: ServerResponse) {
  const { prompt, params, session } = await provider.interactionDetails(request, response)
  if (prompt.name === 'login') {
    return provider.interactionFinished(request, response, { login: { accountId: service.person.sub } })
  }
  const grant = new provider.Grant({ accountId: session?.accountId ?? '', clientId: String(params.client_id) })
  grant.addOIDCScope(String(params.scope))
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } })
}

async function walk(start: string, appOrigin: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let url = new URL(start)
  for (let step = 0; step < 10; step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { redirect: 'manual', headers: { Cookie: cookie } })
    for (const header of response.headers.getSetCookie()) {
      const pair = header.split(';', 1)[0] ?? ''
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const next = response.headers.get('Location')
    if (!next) throw new Error(`${url.pathname}: ${response.status} ${await response.text()}`)
    url = new URL(next, url)
    if (url.origin === appOrigin) return url
  }
  throw new Error('the sign-in service sends in circles')
}

async function listen(server: Server, port: number): Promise<void> {
  if (!server.listening) await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  if (server.listening) await new Promise((resolve) => server.close(resolve))
}
