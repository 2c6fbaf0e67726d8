import type { RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import { Problem } from './problem.ts'

const windowMs = 10 * 60_000

/** A few messages of the public per address and ten minutes; the counts are kept in memory only. `what` in German: "Nachrichten". */
export function limitMessages(mostInTenMinutes: number, what: string): RequestHandler {
  return rateLimit({
    windowMs,
    limit: mostInTenMinutes,
    legacyHeaders: false,
    // Whose header is believed is configuration (TRUST_PROXY); one from elsewhere is no news.
    validate: { xForwardedForHeader: false },
    handler: (_request, _response, next) => {
      next(
        new Problem(429, `Sie haben in kurzer Zeit mehrere ${what} gesendet. Bitte versuchen Sie es in zehn Minuten erneut.`, {
          headers: { 'Retry-After': String(windowMs / 1000) },
        }),
      )
    },
  })
}
