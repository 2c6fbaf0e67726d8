import type { Request, Response, Router } from 'express'
import * as z from 'zod/mini'
import type { Access, Endpoint } from '../contract/endpoint.ts'
import type { AppContext, SignedInUser } from './context.ts'
import { badParameter, type FieldError, forbidden, invalid, Problem, unauthenticated } from './problem.ts'

/** What a handler is given after access, origin and input were checked. `user` is null on public endpoints unless someone is signed in. */
export interface Call<E extends Endpoint, User> {
  params: z.infer<E['params']>
  query: z.infer<E['query']>
  body: z.infer<E['body']>
  user: User
  request: Request
  response: Response
}

type UserOf<E extends Endpoint> = E['access'] extends 'public' ? SignedInUser | null : SignedInUser

/** Returned by handlers that have written the response themselves (finished bodies, streams). */
export const answered = Symbol('answered')

z.config(z.locales.de())

function fieldErrors(error: z.core.$ZodError): FieldError[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.join('.')
    if (issue.code !== 'unrecognized_keys') return [{ field: path, detail: issue.message }]
    return issue.keys.map((key) => ({ field: path ? `${path}.${key}` : key, detail: `„${key}“ ist hier nicht bekannt.` }))
  })
}

function parseParameters<Schema extends z.core.$ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const parsed = z.safeParse(schema, input)
  if (parsed.success) return parsed.data
  const errors = fieldErrors(parsed.error)
  throw new Problem(400, errors.map((error) => `${error.field}: ${error.detail}`).join(' '), { errors })
}

function parseQuery<Schema extends z.core.$ZodType>(schema: Schema, request: Request): z.infer<Schema> {
  for (const [name, value] of Object.entries(request.query)) {
    if (typeof value !== 'string') throw badParameter(name, `„${name}“ darf nur einmal angegeben werden.`)
  }
  return parseParameters(schema, request.query)
}

/** Deepest nesting of a body; GeoJSON in an envelope needs a dozen. */
const deepest = 32

/** PostgreSQL keeps neither NUL nor half a surrogate pair, and nobody nests that deep in good faith. */
function isStorable(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (typeof value !== 'object' || value === null) return true
  return depth < deepest && Object.values(value).every((part) => isStorable(part, depth + 1))
}

function parseBody<Schema extends z.core.$ZodType>(schema: Schema, request: Request): z.infer<Schema> {
  if (!isStorable(request.body))
    throw new Problem(400, 'Die Anfrage enthält ein unerlaubtes Zeichen oder ist zu tief verschachtelt.')
  const parsed = z.safeParse(schema, request.body)
  if (parsed.success) return parsed.data
  throw invalid(fieldErrors(parsed.error))
}

function mayCall(access: Access, user: SignedInUser): boolean {
  return access === 'public' || access === 'staff' || access.some((role) => user.roles.includes(role))
}

/**
 * Cross-site request forgery: browsers send `Origin` with every request that changes something, and pages cannot forge it.
 * A request without it is no browser's form; it is refused all the same, so that no client gets used to leaving it out.
 */
function checkOrigin(request: Request, publicBaseUrl: string): void {
  const origin = request.get('Origin')
  if (origin !== new URL(publicBaseUrl).origin) throw forbidden('Diese Anfrage kommt nicht von der eigenen Seite (Origin).')
}

/** Binds an endpoint: access, origin and input are checked before `work` runs; what it returns is the JSON answer. */
export function handle<E extends Endpoint>(
  router: Router,
  context: AppContext,
  endpoint: E,
  work: (call: Call<E, UserOf<E>>) => Promise<z.infer<E['response']> | typeof answered>,
): void {
  router[endpoint.method](endpoint.path, async (request, response) => {
    if (endpoint.method !== 'get') checkOrigin(request, context.config.publicBaseUrl)
    const user = endpoint.access === 'public' ? null : await context.sessions.findUser(request)
    if (endpoint.access !== 'public') {
      if (!user) throw unauthenticated()
      if (!mayCall(endpoint.access, user)) throw forbidden()
      response.set('Cache-Control', 'no-store')
    }
    const result = await work({
      params: parseParameters(endpoint.params, request.params),
      query: parseQuery(endpoint.query, request),
      body: endpoint.method === 'get' ? undefined : parseBody(endpoint.body, request),
      user: user as UserOf<E>,
      request,
      response,
    } as Call<E, UserOf<E>>)
    if (result === answered) return
    response.type('application/json').send(JSON.stringify(result))
  })
}
