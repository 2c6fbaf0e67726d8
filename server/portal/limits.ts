import type { RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import { Problem } from '../http/problem.ts'

const windowMs = 10 * 60_000
const messagesPerWindow = 5

/** A few messages per address and ten minutes; the counts are kept in memory only. */
export function limitFeedback(): RequestHandler {
  return rateLimit({
    windowMs,
    limit: messagesPerWindow,
    legacyHeaders: false,
    // Whose header is believed is configuration (TRUST_PROXY); one from elsewhere is no news.
    validate: { xForwardedForHeader: false },
    handler: (_request, _response, next) => {
      next(
        new Problem(
          429,
          'Sie haben in kurzer Zeit mehrere Nachrichten gesendet. Bitte versuchen Sie es in zehn Minuten erneut.',
          {
            headers: { 'Retry-After': String(windowMs / 1000) },
          },
        ),
      )
    },
  })
}
