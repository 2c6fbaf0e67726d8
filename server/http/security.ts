import type { RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import helmet from 'helmet'
import type { Config } from '../config.ts'
import { Problem } from './problem.ts'

/**
 * Security headers of every answer. Pages load nothing from elsewhere; a basemap, when the city configures one, is the only
 * other host, and only map data comes from it.
 */
export function securityHeaders(config: Config): RequestHandler {
  const basemap = config.basemapStyleUrl ? [new URL(config.basemapStyleUrl).origin] : []
  const secure = config.publicBaseUrl.startsWith('https:')
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...basemap],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", ...basemap],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
        objectSrc: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  })
}

/** Limit per address for everything that answers from the database; generous, because a map asks for many tiles. */
export function publicRateLimit(config: Config): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: config.rateLimit,
    skip: () => config.rateLimit === 0,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, _response, next) => {
      next(new Problem(429, 'Zu viele Anfragen in kurzer Zeit. Bitte versuchen Sie es in einer Minute erneut.'))
    },
  })
}
