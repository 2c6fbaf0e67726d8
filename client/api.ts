import type * as z from 'zod/mini'
import type { Endpoint, Problem } from '../server/contract/endpoint.ts'

/** A refusal of the server as it said it (RFC 9457), or status 0 when it could not be reached. */
export class ApiError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.name = 'ApiError'
    this.problem = problem
  }

  /** What the server says about a field of the form, if it does. */
  field(name: string): string | undefined {
    return this.problem.errors?.find((error) => error.field === name)?.detail
  }
}

const patience = 20_000

interface Input<Params, Query, Body> {
  params?: Params
  query?: Query
  body?: Body
  signal?: AbortSignal
}

/** Asks the server: `call(getDistrict, { params: { id: 'opladen' } })`. Empty query values are left out. Throws `ApiError`. */
export async function call<
  Params extends z.core.$ZodType,
  Query extends z.core.$ZodType,
  Body extends z.core.$ZodType,
  Response extends z.core.$ZodType,
>(
  endpoint: Endpoint<Params, Query, Body, Response>,
  input: Input<z.input<Params>, z.input<Query>, z.input<Body>> = {},
): Promise<z.output<Response>> {
  const response = await send(addressOf(endpoint.path, input.params, input.query), {
    method: endpoint.method.toUpperCase(),
    headers: { accept: 'application/json', ...(input.body !== undefined && { 'content-type': 'application/json' }) },
    ...(input.body !== undefined && { body: JSON.stringify(input.body) }),
    signal: AbortSignal.any([AbortSignal.timeout(patience), ...(input.signal ? [input.signal] : [])]),
  })
  if (!response.ok) throw new ApiError(await readProblem(response))
  return (await response.json()) as z.output<Response>
}

/** Path with its parameters and query filled in. */
export function addressOf(path: string, params: unknown, query: unknown): string {
  const values = Object.entries((params ?? {}) as Record<string, unknown>)
  const filled = values.reduce((text, [name, value]) => text.replace(`:${name}`, encodeURIComponent(String(value))), path)
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  return search.size > 0 ? `${filled}?${search}` : filled
}

async function send(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError({ type: 'about:blank', title: 'Unreachable', status: 0 })
  }
}

async function readProblem(response: Response): Promise<Problem> {
  try {
    const body = await response.json()
    if (typeof body?.status === 'number') return body as Problem
  } catch {
    // Not JSON, e.g. the page of a proxy: the status says what there is to say.
  }
  return { type: 'about:blank', title: response.statusText, status: response.status }
}
