import { today } from '../../../server/contract/dates.ts'
import { decisions } from '../../../server/contract/mobile/codes.ts'
import type { SiteCandidate } from '../../../server/contract/mobile/site-candidate.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { dayWords } from '../words.ts'

const signs: Readonly<Record<SiteCandidate['decision'], IconName | null>> = {
  open: null,
  preferred: 'up',
  agreed: 'check',
  rejected: 'close',
}

/** The decision on a candidate, with a sign. */
export function DecisionWord({ decision }: { decision: SiteCandidate['decision'] }) {
  const sign = signs[decision]
  return (
    <span class="decision-word">
      {sign && <Icon name={sign} small />}
      {decisions.labels[decision].de}
    </span>
  )
}

/** "intern", "ab 01.12.2026", "seit 01.10.2026". */
export function publicWords({ releasedOn }: Pick<SiteCandidate, 'releasedOn'>): string {
  if (releasedOn === null) return 'intern'
  return `${releasedOn <= today() ? 'seit' : 'ab'} ${dayWords(releasedOn)}`
}
