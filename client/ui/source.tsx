import type { ComponentChildren } from 'preact'
import { dayOf, formatDay, formatImpreciseDate } from '../../server/contract/dates.ts'
import type { Provenance } from '../../server/contract/portal.ts'
import { language, say } from './language.ts'
import { uiTexts } from './texts.ts'

/**
 * "Stand 28.03.2022": date of a number or date at a glance; on request who said it, since when it is known, and what else there is to
 * say about its origin.
 */
export function Source({ of, about, children }: { of: Provenance; about: string; children?: ComponentChildren }) {
  return (
    <details class="source">
      <summary>
        {say(uiTexts.asOf)} {formatImpreciseDate(of.trueOn, language.value)}
        <span class="kern-sr-only">
          {', '}
          {say(uiTexts.source)}: {about}
        </span>
      </summary>
      <SourceDetails of={of}>{children}</SourceDetails>
    </details>
  )
}

/** Citation with link, and since when the statement is known. */
export function SourceDetails({ of, children }: { of: Provenance; children?: ComponentChildren }) {
  return (
    <span class="source__details">
      <span>
        {say(uiTexts.source)}: {of.url ? <a href={of.url}>{of.citation}</a> : of.citation}.
      </span>{' '}
      <span>
        {say(uiTexts.knownSince)} {formatDay(dayOf(new Date(of.knownFrom)), language.value)}.
        {of.knownAssumed && ` ${say(uiTexts.knownAssumed)}`}
      </span>{' '}
      {children}
    </span>
  )
}
