import * as z from 'zod/mini'

/** Roles of staff accounts; one account may hold several. */
export const Role = z.enum(['viewer', 'departmentReviewer', 'mobileCoordinator', 'gigabitCoordinator', 'admin'])
export type Role = z.infer<typeof Role>

/** Who may call: everybody, any signed-in account, or an account with one of the named roles. */
export type Access = 'public' | 'staff' | readonly Role[]

/** A question to the server: a plain value from which handler, client call, OpenAPI and sweeping tests derive. */
export interface Endpoint<
  Params extends z.core.$ZodType = z.core.$ZodType,
  Query extends z.core.$ZodType = z.core.$ZodType,
  Body extends z.core.$ZodType = z.core.$ZodType,
  Response extends z.core.$ZodType = z.core.$ZodType,
> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Express path, e.g. `/api/drafts/:id`. */
  path: string
  access: Access
  summary: string
  params: Params
  query: Query
  body: Body
  response: Response
  /** Media types of the answer, the default one first; left out: JSON. */
  produces?: readonly string[]
}

const Nothing = z.strictObject({})
const Anything = z.undefined()

/** Declares an endpoint; parts left out accept nothing (an unknown or repeated parameter is a 400). */
export function endpoint<
  Response extends z.core.$ZodType,
  Params extends z.core.$ZodType = typeof Nothing,
  Query extends z.core.$ZodType = typeof Nothing,
  Body extends z.core.$ZodType = typeof Anything,
>(declaration: {
  method: Endpoint['method']
  path: string
  access: Access
  summary: string
  params?: Params
  query?: Query
  body?: Body
  response: Response
  produces?: readonly string[]
}): Endpoint<Params, Query, Body, Response> {
  return {
    ...declaration,
    params: declaration.params ?? (Nothing as unknown as Params),
    query: declaration.query ?? (Nothing as unknown as Query),
    body: declaration.body ?? (Anything as unknown as Body),
  }
}

/** RFC 9457 problem details: the only shape in which the server reports a failure. `errors` names the fields. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.optional(z.string()),
  errors: z.optional(z.array(z.object({ field: z.string(), detail: z.string() }))),
  /** 412 only: the version the caller started from is no longer the current one. */
  conflicts: z.optional(z.array(z.unknown())),
})
export type Problem = z.infer<typeof Problem>
