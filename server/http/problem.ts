import { STATUS_CODES } from 'node:http'
import type { ErrorRequestHandler } from 'express'
import type { Problem as ProblemBody } from '../contract/endpoint.ts'
import { isDatabaseDown } from '../database/connect.ts'

export interface FieldError {
  field: string
  detail: string
}

/** The only error shown to callers (RFC 9457); thrown anywhere, answered by `answerProblem`. Texts are German: people read them. */
export class Problem extends Error {
  readonly status: number
  readonly errors: readonly FieldError[]
  readonly conflicts: readonly unknown[] | undefined
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    detail: string,
    more: { errors?: readonly FieldError[]; conflicts?: readonly unknown[]; headers?: Record<string, string> } = {},
  ) {
    super(detail)
    this.status = status
    this.errors = more.errors ?? []
    this.conflicts = more.conflicts
    this.headers = more.headers ?? {}
  }
}

/** 400: a parameter of the request is not understood. */
export function badParameter(field: string, detail: string): Problem {
  return new Problem(400, detail, { errors: [{ field, detail }] })
}

/** 401: nobody is signed in. */
export function unauthenticated(): Problem {
  return new Problem(401, 'Bitte melden Sie sich an.')
}

/** 403: signed in, but without a role that may do this. */
export function forbidden(detail = 'Ihr Konto hat dafür keine Berechtigung.'): Problem {
  return new Problem(403, detail)
}

/** 404: `thing` with its article, e.g. "Der Stadtteil". */
export function notFound(thing: string, field?: string): Problem {
  const detail = `${thing} wurde nicht gefunden.`
  return new Problem(404, detail, field ? { errors: [{ field, detail }] } : {})
}

/** 409: the request does not fit the present state. */
export function conflict(detail: string): Problem {
  return new Problem(409, detail)
}

/** 412: someone else changed the fact in the meantime; `conflicts` carries both versions. */
export function stale(conflicts: readonly unknown[]): Problem {
  return new Problem(412, 'Jemand anderes hat diese Angabe inzwischen geändert. Bitte führen Sie beide Fassungen zusammen.', {
    conflicts,
  })
}

/** 422: understood, but not possible; names each field. */
export function invalid(errors: readonly FieldError[]): Problem {
  return new Problem(422, errors.map((error) => error.detail).join(' '), { errors })
}

/** 503: the database is away; it is tried again with the next request. */
export function unavailable(): Problem {
  return new Problem(503, 'Die Datenbank ist gerade nicht erreichbar. Bitte versuchen Sie es in wenigen Sekunden erneut.', {
    headers: { 'Retry-After': '5' },
  })
}

/** Writers take turns (ADR 0002); a delivery of millions of rows takes minutes. */
const writersBusy =
  'Gerade wird eine sehr große Änderung veröffentlicht. Ihre eigene wurde noch nicht gespeichert: Bitte versuchen Sie es in einer halben Minute noch einmal.'

/** Maps what express, body parsers and PostgreSQL throw; everything unknown is a 500 without detail. */
function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (isDatabaseDown(error)) return unavailable()
  const { type, status, code } = (error ?? {}) as { type?: string; status?: number; code?: string }
  if (type === 'entity.too.large') return new Problem(413, 'Die Anfrage ist zu groß.')
  if (type === 'entity.parse.failed') return new Problem(400, 'Die Anfrage ist kein gültiges JSON.')
  if (type === 'charset.unsupported' || type === 'encoding.unsupported')
    return new Problem(415, 'Diese Kodierung wird nicht unterstützt.')
  if (error instanceof URIError || (status === 400 && type === undefined))
    return new Problem(400, 'Die Adresse ist nicht gültig kodiert.')
  // PostgreSQL keeps no NUL in texts.
  if (code === '22021' || code === '22P05') return new Problem(400, 'Die Anfrage enthält ein unerlaubtes Zeichen (NUL).')
  if (code === '57014') return new Problem(503, 'Die Anfrage hat zu lange gedauert.', { headers: { 'Retry-After': '10' } })
  if (code === '55P03') return new Problem(503, writersBusy, { headers: { 'Retry-After': '30' } })
  return new Problem(500, 'Es ist ein unerwarteter Fehler aufgetreten. Er wurde protokolliert.')
}

export function problemBody(problem: Problem): ProblemBody {
  return {
    type: 'about:blank',
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    detail: problem.message,
    ...(problem.errors.length > 0 ? { errors: [...problem.errors] } : {}),
    ...(problem.conflicts ? { conflicts: [...problem.conflicts] } : {}),
  }
}

/** The last middleware: the one place where an error becomes an answer. */
export function answerProblem(logError: (error: unknown, request?: string) => void): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) {
      next(error)
      return
    }
    const problem = toProblem(error)
    if (problem.status === 500) logError(error, response.get('X-Request-Id'))
    response
      .status(problem.status)
      .set(problem.headers)
      .set('Cache-Control', 'no-store')
      .type('application/problem+json')
      .send(JSON.stringify(problemBody(problem)))
  }
}
