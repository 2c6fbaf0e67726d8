import { formatImpreciseDate, formatMoment } from '../../../server/contract/dates.ts'
import type { ObjectStatement } from '../../../server/contract/objects.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { metres } from './words.ts'

/** Everything ever said about an object: who, when, why, after which source, and what it changed. */
export function ObjectHistory({ statements }: { statements: readonly ObjectStatement[] }) {
  return (
    <Disclosure summary={`Verlauf (${statements.length})`} open>
      <ol class="fact-history">
        {statements.map(({ version, change, sentence, trueOn, source, knownFrom, knownTo, lengthM }) => (
          <li key={version}>
            <p>
              <strong>{change.actorName}</strong>, {formatMoment(change.recordedAt, 'de')}: {change.reason}
            </p>
            <p>
              {sentence}
              {lengthM !== null && ` (${metres(lengthM)})`}
            </p>
            <p class="muted">
              Stand {formatImpreciseDate(trueOn, 'de')}, Quelle:{' '}
              {source.url ? <a href={source.url}>{source.citation}</a> : <span>{source.citation}</span>}. Bekannt seit{' '}
              {formatMoment(knownFrom, 'de')}
              {knownTo && `, berichtigt am ${formatMoment(knownTo, 'de')}`}.
            </p>
          </li>
        ))}
      </ol>
    </Disclosure>
  )
}
