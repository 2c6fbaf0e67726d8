import type { Router } from 'express'
import type { AppContext } from '../http/context.ts'

/** RFC 9116 wants less than a year; the date moves along, as long as somebody runs this. */
const validMs = 180 * 86_400_000
const dayMs = 86_400_000

/** What programs ask every website for: whom to tell of a weakness, and what not to search. */
export function mountWellKnown(router: Router, { config }: AppContext): void {
  const contact = config.securityContact ?? `${config.publicBaseUrl}/kontakt`
  router.get('/.well-known/security.txt', (_request, response) => {
    const expires = new Date(Math.ceil(Date.now() / dayMs) * dayMs + validMs).toISOString()
    response
      .type('text/plain')
      .send(
        [
          `Contact: ${contact}`,
          `Expires: ${expires}`,
          'Preferred-Languages: de, en',
          `Canonical: ${config.publicBaseUrl}/.well-known/security.txt`,
          '',
        ].join('\n'),
      )
  })
  router.get('/robots.txt', (_request, response) => {
    response
      .type('text/plain')
      .send(
        [
          'User-agent: *',
          'Disallow: /arbeitsplatz',
          'Disallow: /stellungnahme',
          'Disallow: /kalender/',
          'Disallow: /api/auth/',
          'Disallow: /tiles/',
          '',
        ].join('\n'),
      )
  })
}
