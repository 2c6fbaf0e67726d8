import { formatDay, formatImpreciseDate } from '../../server/contract/dates.ts'
import type { Provenance } from '../../server/contract/portal.ts'
import { language, say } from '../ui/language.ts'
import { dayInGermany } from './days.ts'
import { texts } from './texts.ts'

/** "Stand 28.03.2022": date of a number or date at a glance, who said it and since when it is known on request. */
export function Source({ of, about }: { of: Provenance; about: string }) {
  return (
    <details class="source">
      <summary>
        {say(texts.asOf)} {formatImpreciseDate(of.trueOn, language.value)}
        <span class="kern-sr-only">
          {', '}
          {say(texts.source)}: {about}
        </span>
      </summary>
      <SourceDetails of={of} />
    </details>
  )
}

/** Citation with link, and since when the statement is known. */
export function SourceDetails({ of }: { of: Provenance }) {
  return (
    <span class="source__details">
      <span>
        {say(texts.source)}: {of.url ? <a href={of.url}>{of.citation}</a> : of.citation}.
      </span>{' '}
      <span>
        {say(texts.knownSince)} {formatDay(dayInGermany(of.knownFrom), language.value)}.
        {of.knownAssumed && ` ${say(texts.knownAssumed)}`}
      </span>
    </span>
  )
}
